"""Hearings of petitions (听证): while one goes on the limit stands still; nothing else pauses (条例 §36)."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select

from casedb.tables import assignments, case_events
from queries.cache import cached
from queries.database import records
from queries.picked import picked
from rules.deadlines import HEARING_FROM, HEARING_TO, Pause, effective, hearings, paused

Limits = dict[str, datetime]

EXTENSION = ("due_at", "extension_asked_at", "extension_approved_at", "extended_to")
ENDS = ("closed_at", "returned_at", "sent_back_at")
OF_LIMIT = ("assignment_id", "case_id", "dispatched_at", *EXTENSION, *ENDS)


@cached
def moved(as_of: datetime) -> Limits:
    """The limits that hearings moved, by code of the assignment: until when each runs now.

    What ended within its limit stays in time as it was: nothing is left to move.
    """
    late = (_not_within(assignments.c[name], as_of) for name in ENDS)
    heard = assignments.c.case_id.in_(_begun(as_of))
    wanted = select(*(assignments.c[name] for name in OF_LIMIT))
    limits = records(wanted.where(heard, assignments.c.due_at.is_not(None), *late))
    pauses, found = _held(as_of, {row["case_id"] for row in limits}), Limits()
    for row in limits:
        limit, ends = _limit(row, as_of), [row[name] for name in ENDS if row[name] and row[name] <= as_of]
        end = paused(limit, pauses.get(row["case_id"], []), row["dispatched_at"] or datetime.min, as_of)
        if end != limit and (not ends or min(ends) > limit):
            found[row["assignment_id"]] = end
    return found


@cached
def going_on(as_of: datetime) -> list[str]:
    """Cases that are being heard at the moment."""
    after = case_events.alias("after")
    over = and_(
        after.c.case_id == case_events.c.case_id,
        after.c.event == HEARING_TO,
        after.c.at > case_events.c.at,
        after.c.at <= as_of,
    )
    return [row["case_id"] for row in records(_begun(as_of).where(not_(exists().where(over))).distinct())]


def _held(as_of: datetime, numbers: set[str]) -> dict[str, list[Pause]]:
    """The hearings of these cases that had begun, by number of the case."""
    step = case_events.c
    wanted = select(step.case_id, step.event, step.at).where(
        step.event.in_((HEARING_FROM, HEARING_TO)), step.at <= as_of, picked(step.case_id, numbers)
    )
    steps: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for row in records(wanted):
        steps[row["case_id"]].append((row["event"], row["at"]))
    return {code: hearings(taken) for code, taken in steps.items()}


def _begun(as_of: datetime) -> Select:
    """Cases that have ever been heard."""
    step = case_events.c
    return select(step.case_id).where(step.event == HEARING_FROM, step.at <= as_of)


def _not_within(end: ColumnElement[datetime], as_of: datetime) -> ColumnElement[bool]:
    """It had not ended so by its first limit: what had cannot be moved."""
    return or_(end.is_(None), end > assignments.c.due_at, end > as_of)


def _limit(row: dict[str, Any], as_of: datetime) -> datetime:
    """The limit without a pause; an extension that granted nothing is none (`holding.due`)."""
    due_at, asked, approved, longer = (row[name] for name in EXTENSION)
    if longer is None or longer <= due_at:
        return due_at
    return effective(due_at, asked, approved, longer, as_of) or due_at
