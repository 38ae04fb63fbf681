"""The working days, those that the centre entered in calendar_days included."""

from functools import lru_cache

from sqlalchemy import select

from casedb.tables import calendar_days
from queries.database import read
from rules.workdays import WorkCalendar


@lru_cache(maxsize=4)
def _workdays(days: tuple[tuple[object, bool], ...]) -> WorkCalendar:
    return WorkCalendar(dict(days))  # type: ignore[arg-type]


def workdays() -> WorkCalendar:
    """The calendar in force."""
    rows = read(select(calendar_days.c.day, calendar_days.c.is_workday).order_by(calendar_days.c.day))
    return _workdays(tuple(zip(rows["day"], rows["is_workday"].astype(bool), strict=True)))
