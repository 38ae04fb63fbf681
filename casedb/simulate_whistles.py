"""Whistles go on: units answer, set out and arrive, some of them late; now and then a new one is blown."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from casedb.demo_whistles import BY_HOUR, LATE, USUALLY_LATE
from casedb.simulate_span import Span
from casedb.tables import summons, whistles
from rules.deadlines import arrival
from rules.words import AreaKind, ArrivalProof, Role, WhistleKind

AN_HOUR, AT_LEAST = 0.8, 2
"""Whistles blown in a busy hour, and how few may be under way before another is soon blown."""

ON_THE_SPOT = 45.0
"""Minutes a unit stays, on average."""


def step(connection: Connection, span: Span) -> int:
    """Everything that happens about whistles in this stretch; returns the number of events."""
    running = _running(connection, span)
    events = 0
    for whistle in running:
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


def _called(connection: Connection, whistle: str) -> list[RowMapping]:
    wanted = select(summons).where(summons.c.whistle_id == whistle, summons.c.ruled_out_at.is_(None))
    return list(connection.execute(wanted.order_by(summons.c.summons_id)).mappings())


def _move(connection: Connection, span: Span, row: RowMapping) -> int:
    """The next step of one unit: answered, on the way, there, gone."""
    limit = (row["due_at"] - row["called_at"]).total_seconds() / 60
    slow = 2.6 if _is_slow(row) else 1.0
    at = span.at()
    if row["answered_at"] is None:
        change: dict[str, Any] = {"answered_at": at} if span.comes(4 * slow) else {}
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
        connection.execute(update(summons).where(summons.c.summons_id == row["summons_id"]).values(change))
    return bool(change)


def _is_slow(row: RowMapping) -> bool:
    """Always the same for one summons: some units are late on this whistle, some are not."""
    lot = sum(map(ord, row["summons_id"])) % 100 / 100
    return lot < LATE.get(row["unit_id"], USUALLY_LATE)


def _end(connection: Connection, span: Span, whistle: RowMapping, called: list[RowMapping]) -> int:
    """Signed off by the town once everybody has left."""
    left = [row["left_at"] for row in called]
    if not called or any(at is None or at > span.last for at in left) or not span.comes(6):
        return 0
    change = {"closed_at": span.at(), "unit_rating": int(span.rng.integers(3, 6))}
    connection.execute(update(whistles).where(whistles.c.whistle_id == whistle["whistle_id"]).values(change))
    return 1


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
