"""The lists behind the figures of a league and of a unit: their own periods, sets and rules of counting."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd

from queries.arguments import Scope
from queries.league_members import measure
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
    asked = Look.of(listed).before if column.startswith("before_") else Look.of(listed).now
    if asked is None:
        raise KeyError(column)
    start, end = (_moment(row.get(side, getattr(asked, side))) for side in ("start", "end"))
    within = replace(named, start=start, end=end)
    return settled(
        within if question == "league/excluded" or listed.unit is None else replace(within, group=None)
    )


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


def _moment(value: Any) -> datetime | None:
    if value is None or pd.isna(value):
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
