"""The dispatch meetings on dates ending in 6, how they slide, skip and merge, and the windows they cut."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from rules.rulebook import Rulebook, load
from rules.words import MeetingState
from rules.workdays import WorkCalendar

SLID = "slid"
"""Reason of a meeting that moved because its nominal day is a rest day."""

CLOSE = "close"
"""Reason of a proposal to merge: the slide brought it too close to the next meeting."""


@dataclass(frozen=True)
class Meeting:
    """A dispatch meeting; ``merged_into`` is the nominal day of the meeting it went, or should go, into."""

    number: int | None
    nominal: date
    actual: date
    state: MeetingState = MeetingState.PLANNED
    reason: str = ""
    merged_into: date | None = None
    cutoff_from: datetime | None = None
    cutoff_to: datetime | None = None

    @property
    def takes_place(self) -> bool:
        """Neither skipped nor merged; a meeting that is only proposed for merging takes place."""
        return self.state in (MeetingState.PLANNED, MeetingState.HELD)

    @property
    def merge_is_proposed(self) -> bool:
        """Too close to the next one: the rule proposes a merge, people decide."""
        return self.takes_place and self.merged_into is not None


@dataclass(frozen=True)
class Window:
    """A half-open stretch of time [start, end): ``period``, ``live`` or ``rolling``."""

    start: datetime
    end: datetime
    name: str

    @property
    def days(self) -> float:
        """Length in days, for rates per day."""
        return (self.end - self.start) / timedelta(days=1)


def from_rows(rows: Iterable[Mapping[str, Any]]) -> list[Meeting]:
    """Meetings from rows of the meetings table, by its column names."""
    listed = list(rows)
    nominal = {row["meeting_id"]: row["nominal_date"] for row in listed}
    return [
        Meeting(
            row["number"],
            row["nominal_date"],
            row["actual_date"],
            MeetingState(row["state"]),
            row["reason"] or "",
            nominal.get(row["merged_into"]),
            row["cutoff_from"],
            row["cutoff_to"],
        )
        for row in listed
    ]


def seed(
    first: date,
    last: date,
    workdays: WorkCalendar,
    overrides: Iterable[Meeting] = (),
    book: Rulebook | None = None,
) -> list[Meeting]:
    """Meetings whose nominal day lies in first..last, in order of the day they are held.

    A hand-made entry wins over the rule. Numbers go on from the last one entered by hand; before any they are
    None. Raises UnknownYear when a nominal day falls in a year nobody knows.
    """
    book = book or load()
    entered = {meeting.nominal: meeting for meeting in overrides if first <= meeting.nominal <= last}
    by_rule = (_planned(day, workdays) for day in _nominal(first, last, book) if day not in entered)
    meetings = sorted([*entered.values(), *by_rule], key=lambda meeting: (meeting.actual, meeting.nominal))
    return _propose_merges(_numbered(meetings), entered.keys(), book.meeting.closest)


def around(moment: datetime, meetings: Iterable[Meeting]) -> tuple[Meeting | None, Meeting | None]:
    """The last meeting and the next one; a meeting is the last from 00:00 of its own day."""
    held = sorted((m for m in meetings if m.takes_place), key=lambda m: (m.actual, m.nominal))
    before = [m for m in held if m.actual <= moment.date()]
    after = [m for m in held if m.actual > moment.date()]
    return (before[-1] if before else None), (after[0] if after else None)


def period(meeting: Meeting, meetings: Iterable[Meeting]) -> Window:
    """From the meeting before (00:00 of its day) to this one; cut-offs entered by hand win.

    Raises ValueError without a meeting before.
    """
    end = meeting.cutoff_to or _midnight(meeting.actual)
    if meeting.cutoff_from:
        return Window(meeting.cutoff_from, end, "period")
    previous, _ = around(_midnight(meeting.actual) - timedelta(seconds=1), meetings)
    return Window(_end_of(previous, f"before {meeting.actual:%Y-%m-%d}"), end, "period")


def live(moment: datetime, meetings: Iterable[Meeting]) -> Window:
    """From the last meeting to the moment. Raises ValueError without a meeting before."""
    previous, _ = around(moment, meetings)
    return Window(_end_of(previous, f"up to {moment:%Y-%m-%d}"), moment, "live")


def rolling(moment: datetime, days: int = 30) -> Window:
    """The days before the moment."""
    return Window(moment - timedelta(days=days), moment, "rolling")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _end_of(meeting: Meeting | None, where: str) -> datetime:
    if meeting is None:
        raise ValueError(f"No meeting {where} is known: seed the calendar from an earlier day.")
    return _midnight(meeting.actual)


def _nominal(first: date, last: date, book: Rulebook) -> list[date]:
    span = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in span if day.day in book.meeting.days]


def _planned(nominal: date, workdays: WorkCalendar) -> Meeting:
    actual = workdays.next_workday(nominal)
    return Meeting(None, nominal, actual, reason="" if actual == nominal else SLID)


def _numbered(meetings: Sequence[Meeting]) -> list[Meeting]:
    numbered, last = [], None
    for meeting in meetings:
        if meeting.number is not None:
            last = meeting.number
        elif last is not None and meeting.takes_place:
            last += 1
            meeting = replace(meeting, number=last)  # noqa: PLW2901 — the list keeps the numbered one
        numbered.append(meeting)
    return numbered


def _propose_merges(meetings: Sequence[Meeting], entered: Iterable[date], closest: int) -> list[Meeting]:
    """Mark what the rule moved to fewer than ``closest`` days before the next meeting."""
    settled = set(entered)
    proposed = {
        meeting.nominal: replace(meeting, reason=CLOSE, merged_into=following.nominal)
        for meeting, following in pairwise([m for m in meetings if m.takes_place])
        if meeting.nominal not in settled
        and meeting.actual != meeting.nominal
        and (following.actual - meeting.actual).days < closest
    }
    return [proposed.get(meeting.nominal, meeting) for meeting in meetings]
