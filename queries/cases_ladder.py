"""What supervision and the meetings will do about one case, and when: their part of its limits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from queries.cases_file import File, Row
from queries.meetings_known import cutoff
from rules.calendar import Meeting

RAISING = ("over_limit", "over_workdays")
"""Conditions by which time alone raises a case to the head of the unit (D3)."""

OVER = ("closed_at", "cancelled_at", "ruled_void_at")
"""Ends of a whistle."""


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


def climbing(file: File, unit: str, following: Meeting | None) -> Iterator[Limit]:
    """The rung that time alone will put it on, where that is more than its limit passing (`rules.ladder`)."""
    if file.rung is None:
        return
    if file.rung.next_rule in RAISING:
        yield Limit("raise", file.rung.next_at, unit, "raised")
    if file.rung.next_rule == "uncured":
        at = file.rung.next_at
        number = following.number if following is not None and cutoff(following) == at else None
        yield Limit("cutoff", at, unit, "to_meeting", number)


def milestone(file: File, unit: str) -> Iterator[Limit]:
    """The citizen of a first petition is still to be met, or to be told (M24)."""
    if file.rung is not None and file.rung.milestone_at is not None:
        yield Limit(file.rung.milestone, file.rung.milestone_at, unit, "urged")


def called(file: File) -> Iterator[Limit]:
    """Units that a whistle of the case has called and that are not there."""
    for row in file.summons:
        under_way = row["accepted_at"] and not any(row[name] for name in OVER)
        limit = row["last_due_at"] or row["due_at"]
        if under_way and limit and not row["arrived_at"] and not row["ruled_out_at"]:
            yield Limit("whistle", limit, row["unit_id"], "slip")


def agenda(file: File, unit: str) -> Iterator[Limit]:
    """It goes before the meeting on whose list it is, at the cutoff."""
    item = _prepared(file)
    if item is None:
        return
    end = item["cutoff_at"] or datetime.combine(item["actual_date"], datetime.min.time())
    if end >= file.as_of:
        yield Limit("cutoff", end, item["lead_unit_id"] or unit, "meeting", item["number"], item["position"])


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
