"""How each unit of a group did from period to period."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pandas as pd

from queries.arguments import Scope
from queries.cache import cached
from queries.door import question
from queries.league_members import group, measure, members
from queries.league_rows import Look, closed_periods
from queries.measures import MEASURES, measured
from queries.meetings_calendar import known_meetings
from queries.standing import NONE, Sums, judged
from rules import calendar

PERIODS = 12
"""Periods looked back at unless told otherwise; 36 make a year."""

MOST = 36
"""Periods asked at most: a year of them."""

AT_ONCE = 4
"""Periods asked side by side: while the database works on one, the figures of another are put together."""


@question
@cached
def trend(scope: Scope) -> pd.DataFrame:
    """Every unit of the group in each of the last periods between meetings, the running one included.

    ``limit`` periods in all, 12 unless told, 36 at most. Columns: unit_id, unit, unit_group, number (of the
    meeting that closes the period; empty: not numbered), start, end, complete, k, n, rate, low, high, mean,
    tier; oldest period first. A closed period is asked once and remembered.
    """
    count = min(scope.limit or PERIODS, MOST)
    now = Look.of(scope).now
    windows = closed_periods(scope, count - 1)
    asked = [*(replace(scope, start=one.start, end=one.end) for one in windows), now]
    with ThreadPoolExecutor(AT_ONCE) as askers:
        parts = list(askers.map(partial(_one, group=group(scope)), asked))
    found = pd.DataFrame([line for lines in parts for line in lines], columns=list(KINDS)).astype(KINDS)
    return found if scope.unit is None else found[found["unit_id"] == scope.unit].reset_index(drop=True)


KINDS = {
    **dict.fromkeys(("unit_id", "unit", "unit_group"), "str"),
    "number": "Int64",
    "start": "datetime64[us]",
    "end": "datetime64[us]",
    "complete": "bool",
    "k": "float64",
    "n": "int64",
    **dict.fromkeys(("rate", "low", "high", "mean"), "float64"),
    "tier": "str",
}


def _one(period: Scope, group: str) -> list[tuple[object, ...]]:
    """A period's lines, a unit each: plain tuples, for a year has two thousand of them."""
    name, mates = measure(period), members(group)
    found = measured(period, name)
    facts = zip(*(found[column] for column in Sums._fields), strict=True)
    known = dict(zip(found["unit_id"], map(Sums._make, facts), strict=True))
    sums = [known.get(unit, NONE) for unit in mates["unit_id"]]
    base = sum(one.base for one in sums)
    mean = sum(one.k for one in sums) / base if base else None
    complete = period.end is not None and period.end <= period.as_of
    when = (_number(period), period.start, period.end or period.as_of, complete)
    lines = []
    for unit, mine in zip(mates.itertuples(index=False, name=None), sums, strict=True):
        fact = judged(mine, MEASURES[name], mean, None)
        lines.append((*unit, *when, mine.k, mine.n, fact.rate, fact.low, fact.high, mean, fact.tier))
    return lines


def _number(period: Scope) -> int | None:
    """Number of the meeting that closes the period."""
    if period.start is None:
        return None
    _, meeting = calendar.around(period.start, known_meetings(period.start.date()))
    return meeting.number if meeting else None
