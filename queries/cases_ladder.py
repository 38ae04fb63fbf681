"""What supervision and the meetings will do about one case, and when: their part of its limits."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from queries.cases_file import File, Row
from rules import deadlines
from rules.calendar import Meeting
from rules.rulebook import load
from rules.workdays import UnknownYear, WorkCalendar

RAISED = 3
"""The step of the ladder for what is overdue too long (D3 提级督办); the next meeting is the one above."""

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Limit:
    """A moment that will change something, or should have: who must act, and what happens then (a code).

    ``due_at`` of None: the working days of that year are not known.
    """

    kind: str
    due_at: datetime | None
    unit_id: str
    then: str
    number: int | None = None
    position: int | None = None


def raising(file: File, lead: Row, due: datetime, calendar: WorkCalendar) -> Iterator[Limit]:
    """Overdue: when it is raised (2.5), after five working days or as long again as the limit was."""
    ladder, sent = load().ladder, lead["dispatched_at"]
    dates = [due + ladder.raise_limits * (due - sent)] if sent and sent < due else []
    with suppress(UnknownYear):
        # A limit that ends with a day is due at 00:00 of the next: the days count from its own last day.
        dates.append(deadlines.after_workdays(due - _INSTANT, ladder.raise_workdays, calendar))
    if file.escalated < RAISED and dates and min(dates) >= file.as_of:
        yield Limit("raise", min(dates), lead["unit_id"] or "", "raised")


def agenda(file: File, lead: Row, is_late: bool, following: Meeting | None) -> Iterator[Limit]:
    """It goes before the next meeting at the cutoff: because it is on the list, or raised and not cured."""
    item = _prepared(file)
    if item is not None:
        unit = item["lead_unit_id"] or lead["unit_id"] or ""
        end = _cutoff(item["cutoff_at"], item["actual_date"])
        found = Limit("cutoff", end, unit, "meeting", item["number"], item["position"])
    elif is_late and file.escalated == RAISED and following is not None:
        end = _cutoff(following.cutoff_to, following.actual)
        found = Limit("cutoff", end, lead["unit_id"] or "", "to_meeting", following.number)
    else:
        return
    if end >= file.as_of:
        yield found


def pledged(file: File) -> Iterator[Limit]:
    """What a meeting assigned and the unit promised: the first date counts (M16)."""
    for item in file.items:
        done = item["closed_at"] or item["signoff_applied_at"] or item["signed_off_at"]
        due = item["first_due_at"] or item["due_at"]
        if item["assigned_at"] and due and not done:
            yield Limit("item", due, item["lead_unit_id"] or "", "pledge", item["number"], item["position"])


def _prepared(file: File) -> Row | None:
    """The item that brings the case before a coming meeting; None while it is on no list."""
    today = file.as_of.date()
    waiting = [item for item in file.items if not item["assigned_at"] and item["actual_date"] > today]
    return min(waiting, key=lambda item: item["actual_date"], default=None)


def _cutoff(entered: datetime | None, day: date) -> datetime:
    """When a meeting's figures close: 00:00 of its day unless it says otherwise."""
    return entered or datetime.combine(day, datetime.min.time())
