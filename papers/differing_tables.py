"""Tables of a record against those of now, row by row."""

from collections.abc import Iterator, Mapping
from typing import Any

from papers.judging import Document
from papers.record import TEN_DAYS

KEYS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("meetings/look_back", "meetings/open_items"), ("item_id",)),
    "meetings/identities": ("name",),
    "meetings/close_rates": ("by", "key"),
    "meetings/chaired": ("chair_role",),
    "meetings/new_clusters": ("cluster_id",),
    "meetings/hot_places": ("area_id",),
    "meetings/candidates": ("case_id", "item_id"),
    "intake/issues": ("issue",),
    **dict.fromkeys(("overdue/by_unit", "overdue/units", "whistles/units", "league/table"), ("unit_id",)),
    "overdue/rungs": ("level",),
    "overdue/oldest": ("case_id",),
    "health/newest": ("table",),
}
"""What tells the rows of a table apart; a table not named here is one row."""

NAMES = ("unit", "area", "title", "name", "issue", "chair_role", "table", "level")
"""Columns that say what a row is about, the first that says something."""


def tables(then: Document, now: Document) -> Iterator[tuple[Any, ...]]:
    """Rows of all other tables, by what tells them apart."""
    for name in sorted(set(then["tables"]) & set(now["tables"]) - {TEN_DAYS}):
        before, after = _rows(then, name), _rows(now, name)
        for key in [*before, *(key for key in after if key not in before)]:
            yield from _changed(name, before.get(key), after.get(key))


def _rows(whole: Document, name: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The rows of a table by what tells them apart."""
    table = whole["tables"][name]
    named = [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
    keys = KEYS.get(name.partition(".")[0], ())
    return {tuple(row.get(key) for key in keys): row for row in named}


def _changed(
    name: str, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> Iterator[tuple[Any, ...]]:
    """The columns of a row that differ; a row that came or went is one difference."""
    row = before or after or {}
    said = _label(name, row)
    if before is None or after is None:
        yield name, said, "", None if before is None else said, None if after is None else said, "", []
        return
    for column in [column for column in before if column in after and before[column] != after[column]]:
        yield name, said, column, before[column], after[column], "", []


def _label(name: str, row: Mapping[str, Any]) -> str:
    """What a row is about; nothing where the table has but one."""
    if name.partition(".")[0] not in KEYS:
        return ""
    return str(next((row[column] for column in NAMES if row.get(column) not in (None, "")), "—"))
