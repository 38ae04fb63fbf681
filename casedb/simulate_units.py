"""Units go on working: they sign, contact, close; the centre calls back, sends back, supervises."""

from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import Connection, RowMapping, exists, func, insert, or_, select

from casedb.demo_callbacks import resolved
from casedb.demo_habits import contentment, habits
from casedb.demo_steps import NOTES
from casedb.simulate_leads import change, change_case, in_order, open_leads, send
from casedb.simulate_petitions import aim, is_not_heard
from casedb.simulate_span import Span
from casedb.tables import assignments, callbacks, case_events, cases, contacts, escalations, evidence
from rules.words import Rating

SIGN_MINUTES, SIGN_URGENT_MINUTES = 45.0, 8.0
CLOSED_AN_HOUR, CALLED_AN_HOUR, SIGNED_OFF_AN_HOUR = 8.5, 11.0, 9.0
LATE_SHARE = 0.09
"""Share of the closings that are late ones."""

REPORTS_AN_HOUR = 70.0
"""Progress reports: the units are on duty round the clock, so something happens at night as well."""

SATISFIED_SHARE = {True: Rating.SATISFIED.value, False: Rating.MOSTLY.value}


def step(connection: Connection, span: Span) -> int:
    """Everything the units and those who watch them do in this stretch; returns the number of events."""
    events = _sign(connection, span) + _report(connection, span) + _supervise(connection, span)
    if 8 <= span.hour < 20.5:
        busy = 1.0 if span.is_workday else 0.5
        events += _close(connection, span, busy) + _call_back(connection, span, busy)
        events += _sign_off(connection, span, busy)
    return events


def _sign(connection: Connection, span: Span) -> int:
    wanted = open_leads(span).where(assignments.c.signed_at.is_(None))
    events = 0
    for row in in_order(connection.execute(wanted).mappings())[:60]:
        if span.comes(SIGN_URGENT_MINUTES if row["due_rule"] == "sla.urgent" else SIGN_MINUTES):
            at = span.at()
            change(connection, row, {"signed_at": at, "section": "业务科", "section_at": at})
            events += 1
    return events


def _report(connection: Connection, span: Span) -> int:
    """Contacts, photographs and words on how it goes."""
    count = span.happens(REPORTS_AN_HOUR)
    if not count:
        return 0
    wanted = open_leads(span).where(assignments.c.signed_at <= span.last)
    signed = in_order(connection.execute(wanted).mappings())
    for _ in range(min(count, len(signed))):
        _trace(connection, span, signed[int(span.rng.integers(len(signed)))])
    return min(count, len(signed))


def _trace(connection: Connection, span: Span, row: RowMapping) -> None:
    base = {"case_id": row["case_id"], "at": span.at()}
    kind = int(span.rng.integers(3))
    if kind == 0:
        reached = span.chance(0.84)
        more = {
            "contact_id": f"C-{span.code()}",
            "unit_id": row["unit_id"],
            "mode": "phone",
            "reached": reached,
        }
        connection.execute(insert(contacts).values({**base, **more}))
    elif kind == 1:
        more = {"evidence_id": f"E-{span.code()}", "unit_id": row["unit_id"], "kind": "photo"}
        connection.execute(insert(evidence).values({**base, **more, "sha256": span.code() * 4}))
    else:
        more = {"event_id": f"S-{span.code()}", "actor_unit_id": row["unit_id"], "actor_role": "经办人"}
        connection.execute(insert(case_events).values({**base, **more, "event": "progress"}))


def _close(connection: Connection, span: Span, busy: float) -> int:
    """What is meant to be done soonest is closed first, mostly; what is late already stays so for a while."""
    count = span.happens(CLOSED_AN_HOUR * busy)
    if not count:
        return 0
    free = or_(assignments.c.return_asked_at.is_(None), assignments.c.return_ruling.is_not(None))
    wanted = open_leads(span).where(assignments.c.section_at <= span.last, free, is_not_heard())
    rows = in_order(connection.execute(wanted).mappings())
    late = [row for row in rows if row["due_at"] < span.last]
    coming = sorted(rows[len(late) :], key=lambda row: aim(span, row))
    closed = 0
    for _ in range(count):
        pool = late if late and span.chance(LATE_SHARE) else coming
        if pool:
            _close_one(connection, span, pool.pop(min(int(span.rng.exponential(28)), len(pool) - 1)))
            closed += 1
    return closed


def _close_one(connection: Connection, span: Span, row: RowMapping) -> None:
    at, note = span.at(), str(NOTES[int(span.rng.integers(len(NOTES)))])
    claims = span.chance(float(habits(span.city).claims[span.city.unit_number[row["unit_id"]]]))
    change(connection, row, {"closed_at": at, "close_note": note, "claims_resolved": claims})
    change_case(connection, row["case_id"], {"closed_at": at, "reply": note})


def _call_back(connection: Connection, span: Span, busy: float) -> int:
    """Answers of the last days that nobody has called about yet."""
    count = span.happens(CALLED_AN_HOUR * busy)
    if not count:
        return 0
    called = exists().where(
        callbacks.c.case_id == assignments.c.case_id,
        callbacks.c.assignment_id == assignments.c.assignment_id,
        callbacks.c.reached.is_(True),
    )
    wanted = select(assignments).where(
        assignments.c.closed_at > span.last - timedelta(days=3),
        assignments.c.closed_at <= span.last,
        assignments.c.role == "lead",
        assignments.c.sent_back_at.is_(None),
        ~called,
    )
    rows = list(connection.execute(wanted.order_by(assignments.c.closed_at).limit(40)).mappings())
    for row in rows[:count]:
        _call(connection, span, row)
    return min(count, len(rows))


def _call(connection: Connection, span: Span, row: RowMapping) -> None:
    reached, content = span.chance(0.8), span.chance(_contentment(connection, span, row))
    rating = SATISFIED_SHARE[span.chance(0.68)] if content else Rating.DISSATISFIED.value
    rating = Rating.DECLINED.value if span.chance(0.07) else rating
    at = span.at()
    call = {
        "callback_id": f"B-{span.code()}",
        "case_id": row["case_id"],
        "assignment_id": row["assignment_id"],
        "unit_id": row["unit_id"],
        "round": row["round"],
        "at": at,
        "reached": reached,
        "rating": rating if reached else None,
        "resolved": _resolved(span, row, content) if reached else None,
    }
    connection.execute(insert(callbacks).values(call))
    if reached and rating == Rating.DISSATISFIED.value and row["round"] < 3 and span.chance(0.6):
        _send_back(connection, span, row, at)


def _contentment(connection: Connection, span: Span, row: RowMapping) -> float:
    """How likely the citizen is satisfied, as in the demo."""
    route = select(cases.c.legal_route).where(cases.c.case_id == row["case_id"])
    case = {"legal_route": np.array([connection.execute(route).scalar()], dtype=object)}
    unit = np.array([span.city.unit_number[row["unit_id"]]])
    lead = {
        "_unit": unit,
        "_case": np.zeros(1, int),
        "return_ruling": np.array([row["return_ruling"]], object),
    }
    return float(contentment(habits(span.city), case, lead)[0])


def _resolved(span: Span, row: RowMapping, content: bool) -> str:
    doubted = habits(span.city).doubted[span.city.unit_number[row["unit_id"]]]
    return str(resolved(span.rng, np.array([not content]), np.array([doubted]))[0])


def _send_back(connection: Connection, span: Span, row: RowMapping, at: datetime) -> None:
    """A new round with the same unit; the case is open again."""
    change(connection, row, {"sent_back_at": at, "send_back_reason": "群众不满意，发回重办"})
    change_case(connection, row["case_id"], {"closed_at": None, "reply": None, "signed_off_at": None})
    send(connection, span, row, at, "rework", unit_id=row["unit_id"], round=row["round"] + 1)


def _supervise(connection: Connection, span: Span) -> int:
    """Whatever became late a while ago and has no slip yet gets one (D2)."""
    if not span.comes(5):
        return 0
    slip = exists().where(escalations.c.case_id == assignments.c.case_id, escalations.c.level >= 2)
    late = span.last - timedelta(minutes=30)
    wanted = open_leads(span).where(assignments.c.due_at < late, assignments.c.extended_to.is_(None), ~slip)
    rows = in_order(connection.execute(wanted).mappings())[:5]
    for row in rows:
        act = {"escalation_id": f"D-{span.code()}", "case_id": row["case_id"], "level": 2, "at": span.at()}
        connection.execute(
            insert(escalations).values({**act, "by_post": "中心督办科", "rule": "ladder.overdue"})
        )
    return len(rows)


def _sign_off(connection: Connection, span: Span, busy: float) -> int:
    """Closed requests whose citizen was called back and is content."""
    count = span.happens(SIGNED_OFF_AN_HOUR * busy)
    if not count:
        return 0
    recent = span.last - timedelta(days=6)
    called = select(func.max(callbacks.c.at)).where(callbacks.c.case_id == cases.c.case_id).scalar_subquery()
    wanted = select(cases.c.case_id).where(
        cases.c.closed_at > recent,
        cases.c.closed_at <= span.last,
        cases.c.dispatched_at.is_not(None),
        cases.c.signed_off_at.is_(None),
        called <= span.last,
    )
    codes = connection.execute(wanted.order_by(cases.c.closed_at).limit(count)).scalars().all()
    for code in codes:
        change_case(connection, code, {"signed_off_at": span.at()})
    return len(codes)
