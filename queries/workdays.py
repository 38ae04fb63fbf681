"""The working days, those that the centre entered in calendar_days included."""

from functools import lru_cache

from sqlalchemy import select

from casedb.tables import calendar_days
from queries.cache import cached
from queries.database import records
from rules.workdays import WorkCalendar


@lru_cache(maxsize=4)
def _workdays(days: tuple[tuple[object, bool], ...]) -> WorkCalendar:
    return WorkCalendar(dict(days))  # type: ignore[arg-type]


@cached
def _entered() -> tuple[tuple[object, bool], ...]:
    """The days the centre entered, and whether each is worked."""
    rows = records(select(calendar_days.c.day, calendar_days.c.is_workday).order_by(calendar_days.c.day))
    return tuple((row["day"], bool(row["is_workday"])) for row in rows)


def workdays() -> WorkCalendar:
    """The calendar in force."""
    return _workdays(_entered())
