"""The dispatch meetings around a moment: the rule's, and every entry of the meetings table wins over it."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from casedb.tables import meetings
from queries.cache import cached
from queries.database import records
from queries.workdays import workdays
from rules import calendar as rule
from rules.calendar import Meeting

SEEN = timedelta(days=75)
"""How far around a moment meetings are seeded: two periods and the longest holidays, on both sides."""


@cached
def _entered() -> list[Meeting]:
    """The meetings entered by hand."""
    return rule.from_rows(records(select(meetings)))


def seeded(first: date, last: date) -> list[Meeting]:
    """Meetings from ``first`` to ``last``; of years nobody knows only those entered by hand."""
    entered = _entered()
    numbered = [meeting.nominal for meeting in entered if meeting.number and meeting.nominal < first]
    first = max(numbered, default=first)
    known = workdays()
    years = [year for year in range(first.year, last.year + 1) if known.knows(year)]
    if not years:
        return sorted(entered, key=lambda meeting: meeting.actual)
    within = max(first, date(years[0], 1, 1)), min(last, date(years[-1], 12, 26))
    beyond = [meeting for meeting in entered if not within[0] <= meeting.nominal <= within[1]]
    return [*rule.seed(*within, known, entered), *(m for m in beyond if first <= m.nominal <= last)]


@cached
def known_meetings(day: date) -> list[Meeting]:
    """The meetings around a day."""
    return seeded(day - SEEN, day + SEEN)


def around(as_of: datetime) -> tuple[Meeting | None, Meeting | None]:
    """The last meeting, from 00:00 of its day, and the next one; None where none is known."""
    return rule.around(as_of, known_meetings(as_of.date()))


@cached
def cutoffs(first: date, last: date) -> list[datetime]:
    """When the figures of each meeting from ``first`` to ``last`` close, in order."""
    return sorted(cutoff(meeting) for meeting in seeded(first, last) if meeting.takes_place)


def cutoff(meeting: Meeting) -> datetime:
    """When its figures close: 00:00 of its day unless it says otherwise."""
    return meeting.cutoff_to or datetime.combine(meeting.actual, time())
