"""The lists behind the figures of a league and of a unit: their own periods, sets and rules of counting."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd

from queries.arguments import Scope
from queries.league_members import group, measure
from queries.league_rows import Look
from queries.measures import MEASURES, is_known, is_whole, settled
from rules.words import CountingRule

DIRECTIONS = {"out": "passed_on", "in": "passed_in"}

REST = "*"
"""Code of the line of all other kinds: a sum, without a list of its own."""

LISTED = ("before", "kind", "now")
"""Parts of a change that have cases of their own."""

Row = Mapping[Hashable, Any]


def compared(question: str, column: str, row: Row, listed: Scope) -> Scope:
    """The scope of the list; ``listed`` has the filters of the row and a set still named by its place.

    KeyError where the figure has no list: the rest of the kinds, or what counts no cases, or is not known.
    """
    if question == "units/stock":
        return replace(listed, start=None, end=None)
    is_sum = REST in (row.get("category_id"), row.get("other_id")) or row.get("part", "kind") not in LISTED
    if is_sum or not _is_counted(question, column, row, listed):
        raise KeyError(column)
    chosen, off = _set(question, column, row, listed), _without(question, row, listed)
    named = replace(listed, set=chosen, measure=None, without=off)
    start, end = _window(question, column, row, listed)
    kind = None if question == "units/why" and row["part"] != "kind" else listed.category
    mates = None if listed.unit else group(listed)
    return settled(replace(named, start=start, end=end, group=mates, category=kind))


def _is_counted(question: str, column: str, row: Row, listed: Scope) -> bool:
    """The source records what the figure's measure needs, and the figure is a whole number of cases."""
    name = _measure(question, column, row, listed)
    if name is None:
        return not pd.isna(row.get(column, 0))
    return is_known(name) and (column.endswith("n") or is_whole(name))


def _measure(question: str, column: str, row: Row, listed: Scope) -> str | None:
    """The measure a figure belongs to: the row's, the one compared or one beside it; None: it has none."""
    if listed.set in ("base", "part"):
        return str(row["measure"]) if question == "units/measures" else measure(listed)
    return column.rsplit("_", 1)[0] if question == "league/table" else None


def _set(question: str, column: str, row: Row, listed: Scope) -> str:
    """The set meant by "base" or "part" of a measure, or by a direction."""
    if listed.set == "direction":
        return DIRECTIONS[row["direction"]]
    if listed.set not in ("base", "part"):
        return str(listed.set)
    return getattr(MEASURES[str(_measure(question, column, row, listed))], listed.set)


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
