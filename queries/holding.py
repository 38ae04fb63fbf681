"""The assignment that answers for a case at a moment: who holds it, by which limit, and when it answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, DateTime, and_, case, exists, func, literal, not_, or_

from casedb import tables
from queries import hearings
from rules.words import Role

Condition = ColumnElement[bool]

CASE = tables.cases
HELD = tables.assignments.alias("held")
_later = tables.assignments.alias("later")


def holding(as_of: datetime) -> Condition:
    """HELD is the lead assignment of CASE at the moment: the last one sent, neither returned nor sent back.

    A case whose last assignment was returned or sent back is with the centre: nobody holds it.
    """
    return and_(
        HELD.c.case_id == CASE.c.case_id,
        HELD.c.role == Role.LEAD.value,
        by(HELD.c.dispatched_at, as_of, if_empty=True),
        not_(exists().where(_follows(as_of))),
        not_by(HELD.c.returned_at, as_of),
        not_by(HELD.c.sent_back_at, as_of),
    )


def _follows(as_of: datetime) -> Condition:
    return and_(
        _later.c.case_id == HELD.c.case_id,
        _later.c.role == Role.LEAD.value,
        _later.c.seq > HELD.c.seq,
        by(_later.c.dispatched_at, as_of, if_empty=True),
    )


def by(moment: ColumnElement[Any], as_of: datetime, if_empty: bool = False) -> Condition:
    """It had happened at the moment."""
    return or_(moment.is_(None), moment <= as_of) if if_empty else moment <= as_of


def not_by(moment: ColumnElement[Any], as_of: datetime) -> Condition:
    return or_(moment.is_(None), moment > as_of)


def unindexed(moment: ColumnElement[Any], as_of: datetime) -> ColumnElement[Any]:
    """The moment, compared without its index; an empty one counts as ``as_of``.

    Every case was received before now: a planner without statistics that starts there reads the whole table,
    where the few open cases are one step away in the index on closing.
    """
    return func.coalesce(moment, as_of)


def due(as_of: datetime) -> ColumnElement[datetime]:
    """The limit in force: with its extension, and moved on by a hearing."""
    limit, moved = case((is_extended(as_of), HELD.c.extended_to), else_=HELD.c.due_at), hearings.moved(as_of)
    if not moved:
        return limit
    later = case({code: literal(at, DateTime) for code, at in moved.items()}, value=HELD.c.assignment_id)
    return case((HELD.c.assignment_id.in_(moved), later), else_=limit)


def is_extended(as_of: datetime) -> Condition:
    """An extension counts if asked for before the old limit ended and approved by now."""
    return and_(
        HELD.c.extension_asked_at <= HELD.c.due_at,
        HELD.c.extension_approved_at <= as_of,
        HELD.c.extended_to > HELD.c.due_at,
    )


def answered_at(as_of: datetime) -> ColumnElement[datetime]:
    """When the holder answered: its own closing, or the case's where the source gives only that."""
    own, whole = HELD.c.closed_at, CASE.c.closed_at
    return case((own <= as_of, own), (whole <= as_of, whole), else_=None)
