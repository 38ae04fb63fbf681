"""Meetings go on: items are closed, looked at and signed off; a planned meeting is held on its day."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from casedb.simulate_span import Span
from casedb.tables import meeting_items, meetings
from rules.words import ChairRole, MeetingState

STEPS_AN_HOUR = 1.6
BEGINS = timedelta(hours=9)


def step(connection: Connection, span: Span) -> int:
    """Everything that happens about meetings in this stretch; returns the number of events."""
    events = _hold(connection, span)
    if span.is_workday and 8.5 <= span.hour < 18 and span.happens(STEPS_AN_HOUR):
        events += _progress(connection, span)
    return events


def _progress(connection: Connection, span: Span) -> int:
    """The oldest open item, mostly, takes its next step."""
    wanted = select(meeting_items).where(
        meeting_items.c.assigned_at <= span.last, meeting_items.c.signed_off_at.is_(None)
    )
    rows = list(connection.execute(wanted.order_by(meeting_items.c.assigned_at).limit(12)).mappings())
    if not rows:
        return 0
    row = rows[int(span.rng.integers(len(rows)))]
    change = _next(span, row)
    connection.execute(update(meeting_items).where(meeting_items.c.item_id == row["item_id"]).values(change))
    return 1


def _next(span: Span, row: RowMapping) -> dict[str, Any]:
    at = span.at()
    for name in ("closed_at", "signoff_applied_at", "verified_at"):
        if row[name] is None:
            return {name: at}
    return {"signed_off_at": at, "signed_off_by": "市委督查室", "look_back_result": "现场核查，已整改到位"}


def _hold(connection: Connection, span: Span) -> int:
    """At nine of its day a planned meeting is held, and its prepared items are assigned."""
    if span.hour < 9:
        return 0
    wanted = select(meetings).where(
        meetings.c.state == MeetingState.PLANNED.value, meetings.c.actual_date <= span.moment.date()
    )
    held = connection.execute(wanted.order_by(meetings.c.actual_date)).mappings().all()
    for row in held:
        chair = (ChairRole.SECRETARY if (row["number"] or 0) % 2 else ChairRole.MAYOR).value
        change = {"state": MeetingState.HELD.value, "chair_role": chair}
        connection.execute(update(meetings).where(meetings.c.meeting_id == row["meeting_id"]).values(change))
        _assign(connection, span, row)
    return len(held)


def _assign(connection: Connection, span: Span, row: RowMapping) -> None:
    following = select(meetings.c.actual_date).where(
        meetings.c.state == MeetingState.PLANNED.value, meetings.c.actual_date > row["actual_date"]
    )
    day = connection.execute(following.order_by(meetings.c.actual_date)).scalar()
    due = datetime.combine(day or row["actual_date"] + timedelta(days=10), time())
    at = span.at()
    prepared = meeting_items.c.assigned_at.is_(None) & (meeting_items.c.meeting_id == row["meeting_id"])
    change = {
        "assigned_at": at,
        "pledged_at": at,
        "first_due_at": due,
        "due_at": due,
        "pledge": "下次调度会前办结",
    }
    connection.execute(update(meeting_items).where(prepared).values(change))
