"""Intake of the moment's day, hour by hour, against what is usual on such a weekday."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pandas as pd
from sqlalchemy import extract, func

from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.definitions import cases_within, count_cases, select_cases
from queries.door import question
from queries.holding import CASE
from queries.meetings import previous_same_point
from rules import comparison
from rules.rulebook import load

HOURS = range(24)
DAY = timedelta(days=1)


@question
@cached
def by_hour(scope: Scope) -> pd.DataFrame:
    """Cases received in each hour of the moment's day, against the last 8 same weekdays.

    Columns: hour (0 to 23), received (cases), usual_low, usual_high (P10 and P90; empty with fewer than 4
    days of data), complete (the hour is over), minutes (of the hour that have passed). The period is not
    used.
    """
    midnight = datetime.combine(scope.as_of, time.min)
    table = pd.DataFrame({"hour": HOURS, "received": _hours(_of_day(scope, midnight))})
    past = list(_past(scope).values())
    table["usual_low"], table["usual_high"] = _bands([[day[hour] for day in past] for hour in HOURS])
    table = table.astype({"usual_low": "float64", "usual_high": "float64"})
    passed = [(scope.as_of - midnight - timedelta(hours=hour)) / timedelta(minutes=1) for hour in HOURS]
    table["complete"] = [minutes >= 60 for minutes in passed]
    table["minutes"] = [int(min(max(minutes, 0), 60)) for minutes in passed]
    return table


@question
@cached
def today(scope: Scope) -> pd.DataFrame:
    """Cases received since midnight: one row.

    Columns: received, previous (up to the same point of the last period), usual_low, usual_high (P10 and
    P90 up to the same clock time on the last 8 same weekdays; empty with fewer than 4 days of data).
    """
    so_far = scope.as_of - datetime.combine(scope.as_of, time.min)
    days = [day for day in _like_days(scope) if _any_that_day(_of_day(scope, day))]
    usual = [_received_that_day(replace(scope, as_of=day + so_far)) for day in days]
    low, high = _bands([usual])
    before = previous_same_point(scope.as_of)
    row = {
        "received": [_received_that_day(scope)],
        "previous": [_received_that_day(replace(scope, as_of=before)) if before else None],
        "usual_low": low,
        "usual_high": high,
    }
    return pd.DataFrame(row).astype({"previous": "Int64", "usual_low": "float64", "usual_high": "float64"})


def _past(scope: Scope) -> dict[datetime, list[int]]:
    """The same weekdays before that have any data, with their hours; as known at midnight: kept all day."""
    midnight = datetime.combine(scope.as_of, time.min)
    hours = {day: _hours(replace(_of_day(scope, day), as_of=midnight)) for day in _like_days(scope)}
    return {day: counts for day, counts in hours.items() if sum(counts) > 0}


def _like_days(scope: Scope) -> list[datetime]:
    """Midnights of the same weekdays before."""
    midnight = datetime.combine(scope.as_of, time.min)
    return [midnight - timedelta(weeks=weeks) for weeks in range(1, load().usual.weekdays + 1)]


def _any_that_day(day: Scope) -> bool:
    """Whether anything at all was received that day."""
    return len(read(select_cases(day, "received").limit(1))) > 0


def _of_day(scope: Scope, day: datetime) -> Scope:
    return replace(scope, start=day, end=day + DAY)


@cached
def _hours(scope: Scope) -> list[int]:
    """Cases received in each of the 24 hours of the scope's one day."""
    hour = extract("hour", CASE.c.received_at).label("hour")
    found = read(cases_within(scope, [hour, func.count().label("received")], "").group_by(hour))
    counted = dict(zip(found["hour"], found["received"], strict=True))
    return [int(counted.get(one, 0)) for one in HOURS]


def _received_that_day(scope: Scope) -> int:
    """Cases received from midnight to the moment."""
    day = replace(scope, start=datetime.combine(scope.as_of, time.min), end=None)
    return int(read(count_cases(day, "received"))["cases"].iloc[0])


def _bands(like: list[list[int]]) -> tuple[list[float | None], list[float | None]]:
    """The usual band of each list of like counts: all lows, all highs; empty where too few are known."""
    found = [comparison.usual(values) or (None, None) for values in like]
    return [low for low, _ in found], [high for _, high in found]
