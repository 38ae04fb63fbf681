"""When a picture is too old to be trusted: by the age of the newest record, not of the query."""

from datetime import datetime, timedelta

from rules.rulebook import Rulebook, load
from rules.workdays import UnknownYear, WorkCalendar


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


def _is_open_day(now: datetime, calendar: WorkCalendar) -> bool:
    try:
        return calendar.is_workday(now)
    except UnknownYear:
        return True
