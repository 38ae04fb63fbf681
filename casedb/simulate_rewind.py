"""Where a database of the demo stands: its newest moment, and the way back when the clock is set back."""

from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Select,
    Table,
    delete,
    exists,
    func,
    select,
    update,
)

from casedb.tables import assignments, cases, meetings, metadata, visits
from rules.words import ReturnRuling

BORN = {
    "cases": "received_at",
    "assignments": "dispatched_at",
    "case_events": "at",
    "contacts": "at",
    "evidence": "at",
    "callbacks": "at",
    "exclusions": "proposed_at",
    "escalations": "at",
    "visits": "arrived_at",
    "seats": "opened_at",
    "whistles": "accepted_at",
    "summons": "called_at",
    "meeting_items": "prepared_at",
}
"""The moment from which a row exists."""

STILL_TO_COME = (
    "due_at",
    "last_due_at",
    "first_due_at",
    "extended_to",
    "promised_due",
    "cutoff_from",
    "cutoff_to",
)
"""Columns that speak of the future by their nature."""

UNDONE = (
    (visits, visits.c.ended_at.is_(None), {"settled_on_spot": False, "outcome_level": None}),
    (
        assignments,
        assignments.c.return_asked_at.is_(None) & assignments.c.return_reason.is_not(None),
        {"return_ruling": None, "return_reason": None},
    ),
    (
        assignments,
        assignments.c.returned_at.is_(None) & (assignments.c.return_ruling == ReturnRuling.ACCEPTED.value),
        {"return_ruling": None},
    ),
    (
        assignments,
        assignments.c.extension_approved_at.is_(None) & assignments.c.extended_to.is_not(None),
        {"extended_to": None, "extension_count": 0},
    ),
    (cases, cases.c.promised_at.is_(None) & cases.c.promised_due.is_not(None), {"promised_due": None}),
)
"""What goes with a moment that was taken back: the table, where it is gone, and what else never happened."""


def newest(connection: Connection) -> datetime | None:
    """The latest moment that anything in the database happened."""
    moments = [
        connection.execute(select(func.max(column))).scalar()
        for table in _tables()
        for column in _happened(table)
    ]
    return max((moment for moment in moments if moment is not None), default=None)


def rewind(connection: Connection, moment: datetime) -> None:
    """Take back everything that happened after the moment, so that the demo can go on from there."""
    for table in reversed(_tables()):
        connection.execute(delete(table).where(table.c[BORN[table.name]] > moment))
    for table in _tables():
        for column in _happened(table):
            if column.nullable:
                connection.execute(update(table).where(column > moment).values({column.name: None}))
    _undo(connection, moment)


def _undo(connection: Connection, moment: datetime) -> None:
    """What goes with moments that were taken back: outcomes, rulings, closings, meetings held."""
    for table, without, change in UNDONE:
        connection.execute(update(table).where(without).values(change))
    held = (meetings.c.state == "held") & (meetings.c.actual_date > moment.date())
    connection.execute(update(meetings).where(held).values(state="planned", chair_role=None))
    for code, closed_at in connection.execute(_closed_again()).all():
        connection.execute(update(cases).where(cases.c.case_id == code).values(closed_at=closed_at))


def _closed_again() -> Select:
    """Cases that were opened again by a send-back now taken back: their last answer closes them."""
    later = assignments.alias("later")
    newer = exists().where(
        later.c.case_id == assignments.c.case_id, later.c.role == "lead", later.c.seq > assignments.c.seq
    )
    return select(assignments.c.case_id, assignments.c.closed_at).where(
        assignments.c.role == "lead",
        assignments.c.closed_at.is_not(None),
        assignments.c.sent_back_at.is_(None),
        assignments.c.case_id.in_(select(cases.c.case_id).where(cases.c.closed_at.is_(None))),
        ~newer,
    )


def _tables() -> list[Table]:
    return [table for table in metadata.sorted_tables if table.name in BORN]


def _happened(table: Table) -> list[Column]:
    return [
        column
        for column in table.columns
        if isinstance(column.type, DateTime) and column.name not in STILL_TO_COME
    ]
