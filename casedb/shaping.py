"""From the cells of a file to the fields of a table, a block of rows at a time."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Table

from casedb import times
from casedb.block import Block, holds
from casedb.fields import Texts, typed
from casedb.mapping import Map, Rule
from casedb.naming import Names
from casedb.vetting import named_table


def rows_with_key(
    table: Table, rules: Mapping[str, Rule], block: Block, made: Map, names: Names
) -> list[dict[str, Any] | None]:
    """As table_rows, but a row of the file whose key for this table is empty has no row in it."""
    keys = _texts(rules[next(iter(table.primary_key.columns)).name], block, made)
    places = [place for place, key in enumerate(keys) if key is not None]
    part = block.part(places)
    found: list[dict[str, Any] | None] = [None] * len(keys)
    for place, row in zip(places, table_rows(table, rules, part, made, names), strict=True):
        found[place] = row
    for place, reason in part.problems.items():
        block.reject(places[place], reason)
    return found


def table_rows(
    table: Table, rules: Mapping[str, Rule], block: Block, made: Map, names: Names
) -> list[dict[str, Any]]:
    """The rows of one table that a block feeds, one a row of the file; problems are noted in the block."""
    columns: dict[str, list[Any]] = {}
    for name in sorted(rules, key=lambda name: _depth(name, rules)):
        columns[name] = _values(table.columns[name], rules[name], block, made, names)
        if base := rules[name].not_before:
            columns[name] = times.roll_past_midnight(columns[name], columns[base], block.repairs)
        _fill_or_reject(table.columns[name], columns[name], block)
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _depth(name: str, rules: Mapping[str, Rule]) -> int:
    """How many fields must be known before this one (see not_before)."""
    seen: list[str] = []
    while (name := rules[name].not_before) and name not in seen:
        seen.append(name)
    return len(seen)


def _fill_or_reject(column: Column[Any], values: list[Any], block: Block) -> None:
    """An empty required field takes the contract's default, or its row is rejected."""
    if column.nullable:
        return
    default = getattr(column.default, "arg", None)
    for place, value in enumerate(values):
        if value is None and default is None:
            block.reject(place, f"{column.name} is missing")
        elif value is None:
            values[place] = default


def _values(column: Column[Any], rule: Rule, block: Block, made: Map, names: Names) -> list[Any]:
    if rule.is_levels:
        return _levels(column, rule, block, made, names)
    texts = _texts(rule, block, made)
    if target := named_table(column):
        return _keys(column.table.metadata.tables[target], texts, block, names)
    if rule.constant is not None:
        return [None if text is None else rule.constant for text in texts]
    if rule.values is not None or rule.patterns:
        return _told(column, rule, texts, block)
    return typed(column, texts, block, made)


def _texts(rule: Rule, block: Block, made: Map) -> Texts:
    """The text that feeds a field, row by row; none where it is missing or a condition fails."""
    missing = {*made.missing, *rule.missing}
    parts = [
        [None if cell in missing else cell for cell in block.cells[column]]
        for column in (*([rule.date] if rule.date else []), *rule.columns)
    ]
    glue = " " if rule.date else "-"
    fixed = [[str(rule.constant)] * len(block.numbers)] if rule.constant is not None else []
    texts = [_joined(row, glue) for row in zip(*parts, *fixed, strict=True)]
    for condition in rule.when:
        flags = holds(condition, block.cells[condition.column])
        texts = [text if flag else None for text, flag in zip(texts, flags, strict=True)]
    return [_hashed(made.name, text) for text in texts] if rule.is_hashed else texts


def _joined(parts: tuple[str | None, ...], glue: str) -> str | None:
    return None if None in parts else glue.join(part for part in parts if part is not None)


def _hashed(salt: str, text: str | None) -> str | None:
    return None if text is None else sha256(f"{salt}:{text}".encode()).hexdigest()[:32]


def _keys(table: Table, texts: Texts, block: Block, names: Names) -> Texts:
    """References by name: the key of each, its row made when new."""
    lacking = {text: lack for text in set(texts) if text and (lack := names.lacks(table, text))}
    for place, text in enumerate(texts):
        if text in lacking:
            block.reject(place, f"[names.{table.name}] gives no {lacking[text]} for {text!r}")
    return [None if text is None or text in lacking else names.one(table, text) for text in texts]


def _levels(column: Column[Any], rule: Rule, block: Block, made: Map, names: Names) -> Texts:
    """References to a tree: the key of the deepest level before the first one that is missing."""
    missing = {*made.missing, *rule.missing}
    table = column.table.metadata.tables[named_table(column)]
    deepest: dict[tuple[str, ...], str | None] = {}
    found: Texts = []
    for row in zip(*(block.cells[name] for name in rule.columns), strict=True):
        if row not in deepest:
            depth = next((n for n, cell in enumerate(row) if cell in missing), len(row))
            deepest[row] = names.path(table, row[:depth])[-1] if depth else None
        found.append(deepest[row])
    return found


def _told(column: Column[Any], rule: Rule, texts: Texts, block: Block) -> list[Any]:
    """Values by the map's table or patterns; a text that neither knows rejects its row."""
    known: dict[str | None, Any] = {None: None} | dict(rule.values or {})
    for text in {text for text in texts if text not in known}:
        told = next((value for pattern, value in rule.patterns if text and pattern.search(text)), None)
        if told is not None:
            known[text] = told
    for place, text in enumerate(texts):
        if text not in known:
            block.reject(place, f"{column.name}: the map has no value for {text!r}")
    return [known.get(text) for text in texts]
