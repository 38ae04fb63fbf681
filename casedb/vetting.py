"""Holding a parsed map against the contract: every table, field, word and reference must exist there."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Boolean, CheckConstraint, Column, DateTime, Table

from casedb import mapping
from casedb.cleaning import KINDS
from casedb.mapping import BadMap, Map, Rule
from casedb.tables import metadata

NAMED = ("units", "channels", "categories", "areas", "windows")
"""Tables whose rows the importer makes from a name: a text that feeds a reference to one of them."""

TREES = ("categories", "areas")
"""Those of them that have levels."""


def load(path: Path) -> Map:
    """A mapping file, read and held against the contract; BadMap names the file and the key."""
    raw = mapping.read(path)
    try:
        made = mapping.parse(raw)
        vet(made)
    except BadMap as error:
        raise BadMap(f"{path}: {error}") from error
    return made


def vet(made: Map) -> None:
    """Raise BadMap unless every key of the map has its place in the contract."""
    if not made.tables:
        raise BadMap("the map fills no table; write at least one, such as [cases].")
    for kind in made.clean:
        _known(kind, KINDS, "clean: there is no kind of cleaning named")
    try:
        ZoneInfo(made.zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadMap(f"zone: there is no time zone {made.zone}.") from error
    for name, rules in made.tables.items():
        _vet_table(name, name, rules)
    for name, rules in made.names.items():
        _known(name, NAMED, "[names]: no table is filled by names that is called")
        _vet_fields(f"names.{name}", metadata.tables[name], rules)
    _vet_windows(made)


def allowed_words(column: Column[Any]) -> tuple[str, ...]:
    """The words a coded column may hold, as its check in the contract lists them; empty: any text."""
    checks = [rule for rule in column.constraints if isinstance(rule, CheckConstraint)]
    return tuple(re.findall(r"'(\w+)'", str(checks[0].sqltext))) if checks else ()


def named_table(column: Column[Any]) -> str:
    """The table a reference makes rows in (see NAMED); empty: the column is no such reference."""
    target = refers_to(column)
    return target if target in NAMED else ""


def refers_to(column: Column[Any]) -> str:
    """The table a column refers to; empty: none."""
    return next((key.column.table.name for key in column.foreign_keys), "")


def _vet_table(section: str, name: str, rules: Mapping[str, Rule]) -> None:
    _known(name, list(metadata.tables), "the contract has no table")
    table = metadata.tables[name]
    _vet_fields(section, table, rules)
    for column in table.columns:
        if not column.nullable and column.default is None and column.name not in rules:
            raise BadMap(f"[{section}] needs {column.name} ({column.comment}).")


def _vet_fields(section: str, table: Table, rules: Mapping[str, Rule]) -> None:
    for field, rule in rules.items():
        _known(field, list(table.columns.keys()), f"[{section}]: the table {table.name} has no field")
        _vet_rule(f"[{section}] {field}", table.columns[field], rule)
        if rule.not_before:
            _known(
                rule.not_before, list(rules), f"[{section}] {field}: not_before names no field of the map:"
            )


def _vet_rule(where: str, column: Column[Any], rule: Rule) -> None:
    if rule.is_levels and named_table(column) not in TREES:
        raise BadMap(f"{where}: levels belong to a reference to {' or '.join(TREES)}.")
    if (rule.date or rule.not_before) and not isinstance(column.type, DateTime):
        raise BadMap(f"{where}: date and not_before belong to a moment.")
    given = [*(rule.values or {}).values(), *(value for _, value in rule.patterns)]
    for value in [*given, *([] if rule.constant is None else [rule.constant])]:
        _vet_value(where, column, value)


def _vet_value(where: str, column: Column[Any], value: Any) -> None:
    """A value written in the map must be one that the column can hold."""
    words = allowed_words(column)
    if words and value not in words:
        raise BadMap(f"{where}: {value!r} is not one of {', '.join(words)}.")
    kind = column.type.python_type
    fits = isinstance(value, kind) or (kind is float and isinstance(value, int))
    if not fits or (isinstance(value, bool) and not isinstance(column.type, Boolean)):
        raise BadMap(f"{where}: {value!r} is not a {kind.__name__}.")


def _vet_windows(made: Map) -> None:
    """A window cannot be made from a name alone: it has a number on its door."""
    fields = ((name, field) for name, rules in made.tables.items() for field in rules)
    makes = any(named_table(metadata.tables[name].columns[field]) == "windows" for name, field in fields)
    if makes and "windows" not in made.tables and "number" not in made.names.get("windows", {}):
        raise BadMap("[names.windows] needs number: which number each window has, by its name.")


def _known(word: str, words: Iterable[str], otherwise: str) -> None:
    there = list(words)
    if word in there:
        return
    near = get_close_matches(word, there, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(there)}."
    raise BadMap(f"{otherwise} {word}; {hint}")
