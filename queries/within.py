"""When an event falls in the period of a scope: by its own time, or by a limit that follows from it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, select

from casedb.tables import assignments
from queries.arguments import Scope, refuse
from queries.cache import cached
from queries.database import read
from queries.holding import Condition
from queries.workdays import workdays
from rules.deadlines import due
from rules.workdays import UnknownYear, WorkCalendar

DAY = timedelta(days=1)

NONE = timedelta(0)

LONGEST = timedelta(days=31)
"""No limit of a few working days ends later than this after it began, holidays included."""


def inside(scope: Scope, moment: ColumnElement[Any], shift: timedelta = NONE) -> Condition:
    """The moment, and ``shift`` more, lies in [start, end) and has come."""
    is_over = scope.end is not None and scope.end <= scope.as_of
    last = moment < scope.end - shift if is_over and scope.end else moment <= scope.as_of - shift
    return and_(moment >= scope.start - shift, last) if scope.start else last


def passed(scope: Scope, limit: ColumnElement[Any], shift: timedelta = NONE) -> Condition:
    """The limit, ``shift`` after the moment given, lies in [start, end) and has passed."""
    end = min(scope.end or scope.as_of, scope.as_of)
    before = limit < end - shift
    return and_(limit >= scope.start - shift, before) if scope.start else before


@dataclass(frozen=True)
class Stretch:
    """Beginnings in [start, end) that have one and the same limit."""

    start: datetime
    end: datetime
    limit: datetime


@cached
def first_known() -> datetime | None:
    """When the first assignment known was sent, or reported done: no limit in working days is older."""
    columns = (assignments.c.dispatched_at, assignments.c.closed_at)
    each = (select(func.min(column)).scalar_subquery().label(column.name) for column in columns)
    return min((at.to_pydatetime() for at in read(select(*each)).iloc[0].dropna()), default=None)


def stretches(rule: str, scope: Scope) -> list[Stretch]:
    """Days whose limit (a rule of section ``sla`` in working days) fell in the scope's period.

    Raises BadArgument, naming the year, where the working days of the period are not known.
    """
    first, end = scope.start or first_known(), min(scope.end or scope.as_of, scope.as_of)
    calendar = workdays()
    days: dict[datetime, list[datetime]] = {}
    day = datetime.combine((first - LONGEST).date(), time()) if first else end
    while day < end:
        limit = _limit(rule, day, calendar, end)
        if limit < end and (scope.start is None or limit >= scope.start):
            days.setdefault(limit, []).append(day)
        day += DAY
    return [Stretch(same[0], same[-1] + DAY, limit) for limit, same in days.items()]


def _limit(rule: str, day: datetime, calendar: WorkCalendar, end: datetime) -> datetime:
    """When the limit of a day ends; ``end`` where that is in a year after it which nobody knows yet."""
    try:
        return due(rule, day, calendar)
    except UnknownYear as unknown:
        if datetime(unknown.year, 1, 1) >= end:
            return end
        zh = f"{unknown.year} 年的工作日历未知，请在 calendar_days 补录"
        en = f"the working days of {unknown.year} are not known; enter them in calendar_days"
        raise refuse("start", f"{day:%Y-%m-%d}", zh, en) from None


def began(begin: ColumnElement[Any], spans: list[Stretch]) -> Condition:
    """It began on one of the days."""
    return and_(begin >= spans[0].start, begin < spans[-1].end) if spans else false()


def kept(begin: ColumnElement[Any], done: ColumnElement[Any], spans: list[Stretch]) -> Condition:
    """What `began` on one of the days was done by its limit."""
    if not spans:
        return false()
    limit = case(*((begin < one.end, one.limit) for one in spans))
    return and_(done.is_not(None), done <= limit)
