"""Hearings of petitions (听证): while one goes on the limit stands still; nothing else pauses (条例 §36)."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from casedb.tables import assignments, case_events
from queries.cache import cached
from queries.database import records
from rules.deadlines import HEARING_FROM, HEARING_TO, Pause, effective, hearings, paused

Limits = dict[str, datetime]

EXTENSION = ("due_at", "extension_asked_at", "extension_approved_at", "extended_to")
ENDS = ("closed_at", "returned_at", "sent_back_at")
OF_LIMIT = ("assignment_id", "case_id", "dispatched_at", *EXTENSION, *ENDS)


@cached
def held(as_of: datetime) -> dict[str, list[Pause]]:
    """The hearings that had begun, by number of the case."""
    step = case_events.c
    wanted = select(step.case_id, step.event, step.at).where(
        step.event.in_((HEARING_FROM, HEARING_TO)), step.at <= as_of
    )
    steps: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for row in records(wanted):
        steps[row["case_id"]].append((row["event"], row["at"]))
    found = {code: hearings(taken) for code, taken in steps.items()}
    return {code: pauses for code, pauses in found.items() if pauses}


@cached
def moved(as_of: datetime) -> Limits:
    """The limits that hearings moved, by code of the assignment: until when each runs now.

    What ended within its limit stays in time as it was: nothing is left to move.
    """
    cases = held(as_of)
    late = (_not_within(assignments.c[name], as_of) for name in ENDS)
    wanted = select(*(assignments.c[name] for name in OF_LIMIT)).where(
        assignments.c.case_id.in_(sorted(cases)), assignments.c.due_at.is_not(None), *late
    )
    found: Limits = {}
    for row in records(wanted) if cases else []:
        limit, ends = _limit(row, as_of), [row[name] for name in ENDS if row[name] and row[name] <= as_of]
        end = paused(limit, cases[row["case_id"]], row["dispatched_at"] or datetime.min, as_of)
        if end != limit and (not ends or min(ends) > limit):
            found[row["assignment_id"]] = end
    return found


def _not_within(end: ColumnElement[datetime], as_of: datetime) -> ColumnElement[bool]:
    """It had not ended so by its first limit: what had cannot be moved."""
    return or_(end.is_(None), end > assignments.c.due_at, end > as_of)


def going_on(as_of: datetime) -> list[str]:
    """Cases that are being heard at the moment."""
    return [code for code, pauses in held(as_of).items() if pauses[-1][1] is None]


def _limit(row: dict[str, Any], as_of: datetime) -> datetime:
    """The limit without a pause; an extension that granted nothing is none (`holding.due`)."""
    due_at, asked, approved, longer = (row[name] for name in EXTENSION)
    if longer is None or longer <= due_at:
        return due_at
    return effective(due_at, asked, approved, longer, as_of) or due_at
