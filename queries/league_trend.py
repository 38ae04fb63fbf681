"""How each unit of a group did from period to period."""

from dataclasses import replace

import pandas as pd

from queries.arguments import Scope
from queries.cache import cached
from queries.door import question
from queries.league_members import group
from queries.league_rows import Look, closed_periods, in_period
from queries.meetings_calendar import known_meetings
from rules import calendar

PERIODS = 12
"""Periods looked back at unless told otherwise; 36 make a year."""


@question
@cached
def trend(scope: Scope) -> pd.DataFrame:
    """Every unit of the group in each of the last periods between meetings, the running one included.

    ``limit`` periods in all, 12 unless told. Columns: unit_id, unit, unit_group, number (of the meeting that
    closes the period; empty: not numbered), start, end, complete, k, n, rate, low, high, mean, tier; oldest
    period first. A closed period is asked once and remembered.
    """
    count = scope.limit or PERIODS
    now = Look.of(scope).now
    windows = closed_periods(scope, count - 1)
    asked = [replace(scope, start=one.start, end=one.end) for one in windows]
    parts = [_one(period, group(scope), complete=True) for period in asked]
    parts.append(_one(now, group(scope), complete=now.end is not None and now.end <= now.as_of))
    found = pd.concat(parts, ignore_index=True)
    return found if scope.unit is None else found[found["unit_id"] == scope.unit].reset_index(drop=True)


def _one(period: Scope, one: str, complete: bool) -> pd.DataFrame:
    found = in_period(period, one)
    facts = {"number": _number(period), "start": period.start, "end": period.end or period.as_of}
    found = found.assign(**facts, complete=complete).astype({"number": "Int64"})
    names = ["unit_id", "unit", "unit_group", "number", "start", "end", "complete", "k", "n", "rate"]
    return found[[*names, "low", "high", "mean", "tier"]]


def _number(period: Scope) -> int | None:
    """Number of the meeting that closes the period."""
    if period.start is None:
        return None
    _, meeting = calendar.around(period.start, known_meetings(period.start.date()))
    return meeting.number if meeting else None
