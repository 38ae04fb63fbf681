"""Whistles go on: units answer, set out and arrive, some of them late; now and then a new one is blown.

A few are withdrawn by the town or ruled void by the centre, and a few units are ruled out.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, insert, select, update

from casedb.demo_whistles import BY_HOUR, LATE, USUALLY_LATE
from casedb.simulate_span import Span
from casedb.tables import summons, whistles
from rules.deadlines import arrival
from rules.words import AreaKind, ArrivalProof, Role, WhistleKind

AN_HOUR, AT_LEAST = 0.8, 2
"""Whistles blown in a busy hour, and how few may be under way before another is soon blown."""

ON_THE_SPOT = 45.0
"""Minutes a unit stays, on average."""

CANCELLED, VOID, RULED_OUT = 0.04, 0.10, 0.05
"""Share of the whistles withdrawn; of those withdrawn or ruled void; of the assisting units ruled out."""

CANCEL_MINUTES, VOID_MINUTES, RULE_OUT_MINUTES = 8.0, 25.0, 5.0


def step(connection: Connection, span: Span) -> int:
    """Everything that happens about whistles in this stretch; returns the number of events."""
    running = _running(connection, span)
    events = 0
    for whistle in running:
        if _call_off(connection, span, whistle):
            events += 1
            continue
        called = _called(connection, whistle["whistle_id"])
        events += sum(_move(connection, span, row) for row in called)
        events += _end(connection, span, whistle, called)
    return events + _blow(connection, span, len(running))


def _running(connection: Connection, span: Span) -> list[RowMapping]:
    wanted = select(whistles).where(
        whistles.c.closed_at.is_(None),
        whistles.c.cancelled_at.is_(None),
        whistles.c.ruled_void_at.is_(None),
        whistles.c.accepted_at <= span.last,
    )
    return list(connection.execute(wanted).mappings())


def _call_off(connection: Connection, span: Span, whistle: RowMapping) -> bool:
    """Withdrawn, or ruled void, where that is the lot of this whistle."""
    lot = span.lot(whistle["whistle_id"])
    if lot >= VOID or not span.comes(CANCEL_MINUTES if lot < CANCELLED else VOID_MINUTES):
        return False
    name = "cancelled_at" if lot < CANCELLED else "ruled_void_at"
    _write(connection, whistles, whistle, {name: span.at()})
    return True


def _called(connection: Connection, whistle: str) -> list[RowMapping]:
    wanted = select(summons).where(summons.c.whistle_id == whistle, summons.c.ruled_out_at.is_(None))
    return list(connection.execute(wanted.order_by(summons.c.summons_id)).mappings())


def _move(connection: Connection, span: Span, row: RowMapping) -> int:
    """The next step of one unit: answered, on the way, there, gone."""
    limit = (row["due_at"] - row["called_at"]).total_seconds() / 60
    slow = 2.6 if span.lot(row["summons_id"]) < LATE.get(row["unit_id"], USUALLY_LATE) else 1.0
    at = span.at()
    if row["answered_at"] is None:
        change: dict[str, Any] = {"answered_at": at} if span.comes(4 * slow) else {}
    elif row["departed_at"] is None and _is_not_its_duty(span, row):
        change = {"ruled_out_at": at} if span.comes(RULE_OUT_MINUTES) else {}
    elif row["departed_at"] is None:
        change = {"departed_at": at} if span.comes(4 * slow) else {}
    elif row["arrived_at"] is None:
        there = {"arrived_at": at, "arrival_proof": ArrivalProof.POSITION.value, "confirmed_at": at}
        change = there if span.comes(limit * 0.35 * slow) else {}
    elif row["left_at"] is None:
        change = {"left_at": at, "action": "到场处置，现场清理"} if span.comes(ON_THE_SPOT) else {}
    else:
        change = {}
    if change:
        _write(connection, summons, row, change)
    return bool(change)


def _is_not_its_duty(span: Span, row: RowMapping) -> bool:
    """The lot of some assisting units; the lead always goes."""
    return row["role"] == Role.ASSIST.value and span.lot(row["summons_id"]) > 1 - RULED_OUT


def _end(connection: Connection, span: Span, whistle: RowMapping, called: list[RowMapping]) -> int:
    """Signed off by the town once everybody has left."""
    left = [row["left_at"] for row in called]
    if not called or any(at is None or at > span.last for at in left) or not span.comes(6):
        return 0
    change = {"closed_at": span.at(), "unit_rating": int(span.rng.integers(3, 6))}
    _write(connection, whistles, whistle, change)
    return 1


def _write(connection: Connection, table: Table, row: RowMapping, change: dict[str, Any]) -> None:
    key = next(iter(table.primary_key.columns))
    connection.execute(update(table).where(key == row[key.name]).values(change))


def _blow(connection: Connection, span: Span, running: int) -> int:
    rate = AN_HOUR * float(BY_HOUR[span.moment.hour] / BY_HOUR.max())
    if not span.happens(rate * (3 if running < AT_LEAST else 1)):
        return 0
    towns, matters = span.city.names["towns"], span.city.names["whistle_matters"]
    town = towns[int(span.rng.integers(len(towns)))]
    matter, units = matters[int(span.rng.integers(len(matters)))]
    kind = AreaKind.URBAN if town[3] else AreaKind.RURAL
    at, code = span.at(), f"WH-{span.code()}"
    row = {
        "whistle_id": code,
        "town_id": town[0],
        "at": max(span.last, at - timedelta(seconds=90)),
        "accepted_at": at,
        "kind": WhistleKind.EMERGENCY.value,
        "matter": matter,
        "spot_id": f"{town[0]}-{int(span.rng.integers(9))}",
        "area_kind": kind.value,
    }
    connection.execute(insert(whistles).values(row))
    for place, unit in enumerate(units.split()):
        due_at, last_due_at = arrival(at, kind)
        one = {"summons_id": f"{code}-{place + 1}", "whistle_id": code, "unit_id": unit, "called_at": at}
        role = (Role.ASSIST if place else Role.LEAD).value
        connection.execute(
            insert(summons).values({**one, "role": role, "due_at": due_at, "last_due_at": last_due_at})
        )
    return 1
