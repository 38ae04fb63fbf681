"""Rows of units, channels, categories, areas and windows, made from the names a file uses for them."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import Table

from casedb.mapping import Rule

KEY_LENGTH = 64
NAME_LENGTH = 120


class Names:
    """The rows that the names in a file stand for, by table; ``fresh`` are those not handed out yet."""

    def __init__(self, rules: Mapping[str, Mapping[str, Rule]]) -> None:
        self._rules = rules
        self._known: set[tuple[str, str]] = set()
        self.fresh: dict[str, list[dict[str, Any]]] = {}

    def one(self, table: Table, name: str) -> str:
        """The key of a name without levels; its row is made when it is new."""
        return self.path(table, (name,))[-1]

    def path(self, table: Table, names: tuple[str, ...]) -> list[str]:
        """The keys of a name at every level down to the last; a key is the path of names from level 1."""
        steps = [name.replace("/", "／") for name in names] if "level" in table.columns else list(names)
        keys = [key_of("/".join(steps[: level + 1])) for level in range(len(steps))]
        for level, (key, name) in enumerate(zip(keys, names, strict=True), start=1):
            if (table.name, key) not in self._known:
                self._known.add((table.name, key))
                self.fresh.setdefault(table.name, []).append(self._row(table, key, name, level, keys))
        return keys

    def take(self) -> dict[str, list[dict[str, Any]]]:
        """The rows not handed out yet, by table."""
        taken, self.fresh = self.fresh, {}
        return taken

    def lacks(self, table: Table, name: str) -> str:
        """A field that the table requires and the map does not know for this name; empty: none."""
        row = {**self._from_name(table, name), **_own(table, "", name, 1, [""])}
        for column in table.columns:
            if not column.nullable and column.default is None and row.get(column.name) is None:
                return str(column.name)
        return ""

    def _row(self, table: Table, key: str, name: str, level: int, keys: list[str]) -> dict[str, Any]:
        return {**self._from_name(table, name), **_own(table, key, name, level, keys)}

    def _from_name(self, table: Table, name: str) -> dict[str, Any]:
        """Every field of the map's [names.table], so that all rows of a table have the same fields."""
        rules = self._rules.get(table.name, {})
        return {field: _told(rule, name, table.columns[field].default) for field, rule in rules.items()}


def key_of(text: str) -> str:
    """The text itself as a key; a longer one is cut and told apart by a fingerprint."""
    if len(text) <= KEY_LENGTH:
        return text
    return f"{text[: KEY_LENGTH - 9]}~{sha256(text.encode()).hexdigest()[:8]}"


def _own(table: Table, key: str, name: str, level: int, keys: list[str]) -> dict[str, Any]:
    """The fields that follow from the name and its place in the tree."""
    row: dict[str, Any] = {next(iter(table.primary_key.columns)).name: key, "name": name[:NAME_LENGTH]}
    if "level" in table.columns:
        row |= {"level": level, "parent_id": keys[level - 2] if level > 1 else None}
        row |= {f"level{n}_id": keys[n - 1] if n <= level else None for n in (1, 2, 3)}
    return row


def _told(rule: Rule, name: str, default: Any) -> Any:
    """What a rule of [names] says of a name: its value, its pattern's, the constant, else the default."""
    if rule.values and name in rule.values:
        return rule.values[name]
    for pattern, value in rule.patterns:
        if pattern.search(name):
            return value
    if rule.constant is not None:
        return rule.constant
    return default.arg if default is not None else None
