"""Requests go on coming in: received, recorded, settled by the centre or dispatched to a unit."""

from datetime import timedelta
from typing import Any

import numpy as np
from sqlalchemy import Connection, RowMapping, func, insert, select, update

from casedb import demo_cases, demo_texts
from casedb.bulk import load
from casedb.city import TOWNS_OWN
from casedb.demo_plan import Plan
from casedb.demo_time import CALLS_BY_HOUR, NEVER, ON_REST_DAYS
from casedb.simulate_span import Span
from casedb.tables import assignments, cases
from rules.deadlines import due, limit_for

RECORD_MINUTES, DECIDE_MINUTES = 4.0, 12.0
LOOK_BACK = timedelta(days=2)
"""No request waits longer than this to be recorded or decided."""


def step(connection: Connection, span: Span) -> int:
    """Everything that happens to new requests in this stretch; returns the number of events."""
    waiting = _undecided(connection, span)
    events = sum(_decide(connection, span, row) for row in waiting)
    return events + _receive(connection, span)


def _receive(connection: Connection, span: Span) -> int:
    rate = CALLS_BY_HOUR[span.moment.hour] * (1.0 if span.is_workday else ON_REST_DAYS)
    count = span.happens(rate)
    if count:
        _insert(connection, span, count)
    return count


def _insert(connection: Connection, span: Span, count: int) -> None:
    """New requests as the demo draws them, but nothing has been done about them yet."""
    day = span.moment.date()
    times = np.sort(np.array([np.datetime64(span.at(), "s") for _ in range(count)]))
    plan = Plan(day, span.midnight + timedelta(days=1), rise_day=day)
    rows = demo_cases.draw(plan, span.city, span.rng, times, np.zeros(count, bool), demo_cases.Quotas())
    demo_cases.finish(span.city, rows)
    first = _next_number(connection, span)
    codes = [f"{day:%Y%m%d}-{first + place:04d}" for place in range(count)]
    rows["case_id"] = np.array(codes, dtype=object)
    for name in ("first_case_id", "merged_into", "cluster_id", "legal_route"):
        rows[name] = np.full(count, None, dtype=object)
    for name in ("recorded_at", "settled_at"):
        rows[name] = np.full(count, NEVER)
    rows["is_first"] = np.full(count, True)
    rows["closed_at"] = rows["settled_at"]
    demo_texts.write(span.city, span.rng, rows)
    load(connection, cases, rows)


def _next_number(connection: Connection, span: Span) -> int:
    """The number after the highest of the day."""
    prefix = f"{span.moment:%Y%m%d}-"
    highest = select(func.max(cases.c.case_id)).where(cases.c.case_id.between(prefix, prefix + "99999"))
    code = connection.execute(highest).scalar()
    return int(code.rpartition("-")[2]) + 1 if code else 1


def _undecided(connection: Connection, span: Span) -> list[RowMapping]:
    """Valid requests of the last days that are neither settled nor dispatched, and those not yet recorded."""
    columns = ("case_id", "recorded_at", "is_valid", "nature", "urgency", "category_id", "area_id")
    wanted = select(*(cases.c[name] for name in columns)).where(
        cases.c.received_at >= span.moment - LOOK_BACK,
        cases.c.received_at <= span.moment,
        cases.c.settled_at.is_(None),
        cases.c.dispatched_at.is_(None),
        cases.c.closed_at.is_(None),
        cases.c.merged_into.is_(None),
    )
    return list(connection.execute(wanted.order_by(cases.c.received_at)).mappings())


def _decide(connection: Connection, span: Span, row: RowMapping) -> int:
    if row["recorded_at"] is None:
        return _write(connection, row, {"recorded_at": span.at()}) if span.comes(RECORD_MINUTES) else 0
    if not row["is_valid"] or not span.comes(DECIDE_MINUTES):
        return 0
    at = span.at()
    nature = demo_cases.NATURES.index(row["nature"])
    if span.chance(float(demo_cases.SETTLED_BY_NATURE[nature])):
        return _write(connection, row, {"settled_at": at, "closed_at": at, "reply": demo_texts.REPLY})
    connection.execute(insert(assignments).values(_lead(span, row, at)))
    return _write(connection, row, {"dispatched_at": at})


def _lead(span: Span, row: RowMapping, at: Any) -> dict[str, Any]:
    """The first assignment: the unit whose matter it is, or the town of the place."""
    leaf = list(span.city.leaf_ids).index(row["category_id"])
    town = int(row["area_id"][1:3]) - 1 if row["area_id"] else 0
    unit = int(span.city.leaf_units[leaf])
    rule = limit_for(row["nature"], row["urgency"])
    return {
        "assignment_id": f"{row['case_id']}-1",
        "case_id": row["case_id"],
        "unit_id": span.city.unit_ids[town if unit == TOWNS_OWN else unit],
        "dispatched_at": at,
        "due_at": due(rule, at, span.calendar),
        "due_rule": f"sla.{rule}",
    }


def _write(connection: Connection, row: RowMapping, change: dict[str, Any]) -> int:
    connection.execute(update(cases).where(cases.c.case_id == row["case_id"]).values(change))
    return 1
