"""Pressing requests go on: the unit calls at once and goes to the spot, now and then too late."""

from datetime import timedelta

from sqlalchemy import Connection, RowMapping, exists, insert, select

from casedb.demo_scenes import TOO_LATE
from casedb.simulate_leads import in_order, open_leads
from casedb.simulate_span import Span
from casedb.tables import assignments, cases, contacts, evidence
from rules.deadlines import arrival
from rules.words import ContactMode, EvidenceKind

CALL_MINUTES = 5.0
GONE = timedelta(hours=4)
"""Whoever has not come by then comes no more."""


def step(connection: Connection, span: Span) -> int:
    """Every first call and every arrival in this stretch; returns the number of events."""
    return _call(connection, span) + _arrive(connection, span)


def _pressing(connection: Connection, span: Span, *without: ContactMode) -> list[RowMapping]:
    """Urgent assignments of the last hours, signed for, whose unit has made none of these contacts."""
    made = exists().where(
        contacts.c.case_id == assignments.c.case_id,
        contacts.c.unit_id == assignments.c.unit_id,
        contacts.c.mode.in_([mode.value for mode in without]),
        contacts.c.at >= assignments.c.dispatched_at,
    )
    wanted = open_leads(span).where(
        assignments.c.due_rule == "sla.urgent",
        assignments.c.dispatched_at > span.last - GONE,
        assignments.c.signed_at <= span.last,
        ~made,
    )
    return in_order(connection.execute(wanted).mappings())


def _call(connection: Connection, span: Span) -> int:
    events = 0
    for row in _pressing(connection, span, ContactMode.PHONE, ContactMode.VISIT):
        if span.comes(CALL_MINUTES):
            _contact(connection, span, row, ContactMode.PHONE)
            events += 1
    return events


def _arrive(connection: Connection, span: Span) -> int:
    """Within the limit of a whistle, mostly; some units need much longer."""
    events = 0
    for row in _pressing(connection, span, ContactMode.VISIT):
        kind = connection.execute(select(cases.c.area_kind).where(cases.c.case_id == row["case_id"])).scalar()
        soon, last = arrival(row["dispatched_at"], kind or "urban")
        minutes = ((last or soon) - row["dispatched_at"]).total_seconds() / 60
        if span.comes(minutes * (1.3 if span.lot(row["assignment_id"]) < TOO_LATE else 0.3)):
            _contact(connection, span, row, ContactMode.VISIT)
            events += 1
    return events


def _contact(connection: Connection, span: Span, row: RowMapping, mode: ContactMode) -> None:
    """The talk; on the spot the position beside it, which proves the arrival."""
    at = span.at()
    base = {"case_id": row["case_id"], "unit_id": row["unit_id"], "at": at}
    talk = {"contact_id": f"C-{span.code()}", "mode": mode.value, "reached": True}
    connection.execute(insert(contacts).values(base | talk))
    if mode == ContactMode.VISIT:
        position = {"evidence_id": f"E-{span.code()}", "kind": EvidenceKind.POSITION.value}
        connection.execute(insert(evidence).values(base | position | {"sha256": span.code() * 4}))
