"""When a picture is too old to be trusted: by the age of the newest record, not of the query."""

from datetime import datetime, timedelta

from rules.rulebook import Rulebook, load
from rules.workdays import UnknownYear, WorkCalendar

DAY, TICK = timedelta(days=1), timedelta(microseconds=1)

LOOKED_BACK = 30
"""Days in which an open one is looked for: longer than any holidays."""


def is_stale(
    newest: datetime | None,
    now: datetime,
    calendar: WorkCalendar | None = None,
    book: Rulebook | None = None,
) -> bool:
    """Whether records stopped coming, counting only today's opening hours.

    Nothing is stale without any record, or with one from later than now. A day of a year nobody knows counts
    as open: better said than not.
    """
    book = book or load()
    opens, closes = (datetime.combine(now.date(), at) for at in (book.opening.start, book.opening.end))
    # Written so that pandas' NaT, which compares with nothing, is no record either.
    if newest is None or not newest <= now or not opens <= now < closes:
        return False
    silence = now - max(newest, opens)
    return silence > timedelta(minutes=book.fresh.stale) and _is_open_day(now, calendar or WorkCalendar())


def had_stopped(
    newest: datetime | None,
    at: datetime,
    calendar: WorkCalendar | None = None,
    book: Rulebook | None = None,
) -> bool:
    """Whether records had stopped by a moment of any hour: then, or when the last open day before it closed.

    What is said of midnight rests on the day before it. Nothing stopped without any record.
    """
    book, calendar = book or load(), calendar or WorkCalendar()
    if newest is None or not newest <= at:
        return False
    closings = (
        datetime.combine(at.date() - back * DAY, book.opening.end) - TICK for back in range(LOOKED_BACK)
    )
    last = next((one for one in closings if one < at and _is_open_day(one, calendar)), at)
    return is_stale(newest, at, calendar, book) or is_stale(newest, last, calendar, book)


def _is_open_day(now: datetime, calendar: WorkCalendar) -> bool:
    try:
        return calendar.is_workday(now)
    except UnknownYear:
        return True
