"""Which meeting a day, or a question's period, belongs to; its period, and the moment its figures are of."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from queries.arguments import BadArgument, Scope, refuse
from queries.meetings_calendar import UNKNOWN_PERIOD
from queries.meetings_known import around, cutoff, known_meetings
from queries.workdays import workdays
from rules import calendar as rule
from rules.calendar import Meeting, Window

TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Pack:
    """A meeting, the one held before it (None: not known), and what its questions are asked with.

    ``scope`` has the meeting's period and the moment its figures are of: now, but never after they closed.
    ``is_closed``: they have closed, and only what is entered late still changes them.
    """

    meeting: Meeting
    before: Meeting | None
    scope: Scope
    is_closed: bool


def pack(day: date | None, now: datetime) -> Pack:
    """The meeting held on a day (or due on it); of today, else the next one, where no day is given.

    Raises BadArgument for a day without a meeting, naming the nearest two, and where none is known.
    """
    meeting = _held_on(day) if day else _coming(now)
    end, window = cutoff(meeting), _period(meeting)
    scope = Scope(as_of=min(now, end), start=window.start, end=window.end)
    return Pack(meeting, before(meeting), scope, now >= end)


def meeting_of(scope: Scope) -> Meeting | None:
    """The meeting that a period goes before: the one it ends with, else the first that closes after it.

    Without an end the next one after ``as_of``. None where the calendar does not reach so far.
    """
    if scope.end is None:
        return around(scope.as_of)[1]
    later = [meeting for meeting in _taking_place(scope.end.date()) if cutoff(meeting) >= scope.end]
    exact = [meeting for meeting in later if cutoff(meeting) == scope.end]
    return next(iter(exact[-1:] + later), None)


def last_batch(scope: Scope) -> Meeting | None:
    """The meeting whose items are looked back at: the one before the scope's."""
    meeting = meeting_of(scope)
    return before(meeting) if meeting else around(scope.as_of)[0]


def before(meeting: Meeting) -> Meeting | None:
    """The meeting held before this one."""
    return around(_midnight(meeting.actual) - TICK)[0]


def _coming(now: datetime) -> Meeting:
    today = [meeting for meeting in _taking_place(now.date()) if meeting.actual == now.date()]
    coming = today[-1] if today else around(now)[1]
    if coming is None:
        raise _refused(now.date())
    return coming


def _held_on(day: date) -> Meeting:
    """By the day it is held, else by its nominal day; a merged one is the one it went into."""
    known = known_meetings(day)
    merged = {meeting.merged_into for meeting in known if meeting.nominal == day and not meeting.takes_place}
    taking = _taking_place(day)
    held = [meeting for meeting in taking if meeting.actual == day]
    due = [meeting for meeting in taking if meeting.nominal == day or meeting.nominal in merged]
    if not held and not due:
        raise _refused(day)
    return (held or due)[-1]


def _taking_place(day: date) -> list[Meeting]:
    """The meetings around a day that take place, in order."""
    found = [meeting for meeting in known_meetings(day) if meeting.takes_place]
    return sorted(found, key=lambda meeting: (meeting.actual, meeting.nominal))


def _refused(day: date) -> BadArgument:
    """No meeting on the day: the nearest two, or the year whose working days nobody has entered."""
    near = [meeting for meeting in around(_midnight(day)) if meeting]
    zh, en = "没有调度会", "there is no meeting"
    if near:
        days = [f"{meeting.actual:%Y-%m-%d}" for meeting in near]
        zh, en = f"{zh}；最近的是 {'、'.join(days)}", f"{en}; the nearest are {' and '.join(days)}"
    unknown = [year for year in (day.year, day.year + 1) if not workdays().knows(year)]
    if len(near) < 2 and unknown:
        zh = f"{zh}；{unknown[0]} 年的工作日历未知，请在 calendar_days 补录"
        en = f"{en}; the working days of {unknown[0]} are not known, enter them in calendar_days"
    return refuse("day", f"{day:%Y-%m-%d}", zh, en)


def _period(meeting: Meeting) -> Window:
    """Its period; as long as one by the rule where no meeting before it is known."""
    try:
        return rule.period(meeting, known_meetings(meeting.actual))
    except ValueError:
        return rule.rolling(cutoff(meeting), UNKNOWN_PERIOD)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
