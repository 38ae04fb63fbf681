"""The lists behind the figures of a league and of a unit: their own periods, sets and rules of counting."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd

from queries.arguments import Scope
from queries.league_members import group, measure
from queries.league_rows import Look
from queries.measures import MEASURES, settled
from rules.words import CountingRule

DIRECTIONS = {"out": "passed_on", "in": "passed_in"}

REST = "*"
"""Code of the line of all other kinds: a sum, without a list of its own."""

LISTED = ("before", "kind", "now")
"""Parts of a change that have cases of their own."""

Row = Mapping[Hashable, Any]


def compared(question: str, column: str, row: Row, listed: Scope) -> Scope:
    """The scope of the list; ``listed`` has the filters of the row and a set still named by its place.

    KeyError where the figure has no list: the rest of the kinds, or what counts no cases.
    """
    if question == "units/stock":
        return replace(listed, start=None, end=None)
    if REST in (row.get("category_id"), row.get("other_id")) or row.get("part", "kind") not in LISTED:
        raise KeyError(column)
    named = replace(
        listed, set=_set(question, row, listed), measure=None, without=_without(question, row, listed)
    )
    start, end = _window(question, column, row, listed)
    kind = None if question == "units/why" and row["part"] != "kind" else listed.category
    mates = None if listed.unit else group(listed)
    return settled(replace(named, start=start, end=end, group=mates, category=kind))


def _set(question: str, row: Row, listed: Scope) -> str:
    """The set meant by "base" or "part" of a measure, or by a direction."""
    if listed.set == "direction":
        return DIRECTIONS[row["direction"]]
    own = row["measure"] if question == "units/measures" else measure(listed)
    return getattr(MEASURES[own], str(listed.set)) if listed.set in ("base", "part") else str(listed.set)


def _without(question: str, row: Row, listed: Scope) -> str | None:
    """Kinds are explained on the ratings before any exclusion."""
    is_kind = question == "units/why" and row["part"] == "kind"
    return CountingRule.ADJUDICATED.value if is_kind else listed.without


def _window(question: str, column: str, row: Row, listed: Scope) -> tuple[datetime | None, datetime | None]:
    """The period of a figure: the one before, the row's own (of what ranks it), or the one asked about."""
    look = Look.of(listed)
    if column.startswith("before_"):
        if look.before is None:
            raise KeyError(column)
        return look.before.start, look.before.end
    if question == "league/table" and column not in ("n", "k"):
        return look.now.start, look.now.end
    return _moment(row.get("start", look.now.start)), _moment(row.get("end", look.now.end))


def _moment(value: Any) -> datetime | None:
    if value is None or pd.isna(value):
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
