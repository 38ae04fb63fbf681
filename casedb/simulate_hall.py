"""The hall goes on: people come, register, draw a number, are called, talk and leave; clerks too."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from casedb.demo_hall import OPENS, PARTIES, PARTY, PEOPLE_A_DAY, TICKETS_BY_HALF_HOUR
from casedb.simulate_span import Span
from casedb.tables import seats, visits
from rules.words import OutcomeLevel, VisitPurpose

CLERKS_COME, CLERKS_GO = 9.0, 17.6
TALK_MINUTES = 21.0
PATIENCE_MINUTES = 320.0
"""Average time after which somebody who waits would leave: about one in twenty does."""

SHORTEST_TALK = timedelta(minutes=2)
MORE_CLERKS_AT = 8
"""Tickets waiting at one seat before its window asks for a second clerk."""


def step(connection: Connection, span: Span) -> int:
    """Everything that happens in the hall in this stretch; returns the number of events."""
    today = _today(connection, span)
    sittings = _sittings(connection, span)
    events = _move(connection, span, today) + _call(connection, span, today, sittings)
    events += _clerks(connection, span, today, sittings) + _arrive(connection, span)
    return events


def _today(connection: Connection, span: Span) -> list[RowMapping]:
    """Visits of the running day that are not over, in order of their tickets."""
    wanted = select(visits).where(
        visits.c.arrived_at >= span.midnight,
        visits.c.arrived_at <= span.moment,
        visits.c.ended_at.is_(None),
        visits.c.left_at.is_(None),
        visits.c.answered_at_desk.is_(False),
    )
    return list(connection.execute(wanted.order_by(visits.c.ticket_at, visits.c.visit_id)).mappings())


def _sittings(connection: Connection, span: Span) -> list[RowMapping]:
    wanted = select(seats).where(seats.c.opened_at >= span.midnight, seats.c.closed_at.is_(None))
    return list(connection.execute(wanted).mappings())


def _move(connection: Connection, span: Span, today: list[RowMapping]) -> int:
    """Whoever is neither waiting nor due to be called takes the next step."""
    events = 0
    for row in today:
        change = _next(span, row)
        if change:
            _write(connection, row["visit_id"], change)
            events += 1
    return events


def _next(span: Span, row: RowMapping) -> dict[str, Any]:
    if row["registered_at"] is None:
        return {"registered_at": span.at()} if span.comes(2.5) else {}
    if row["ticket_at"] is None:
        return _after_the_desk(span) if span.comes(1.5) else {}
    if row["called_at"] is None:
        return {"left_at": span.at()} if span.comes(PATIENCE_MINUTES) else {}
    if row["started_at"] is None:
        return {"started_at": span.at()} if span.comes(0.4) else {}
    if span.last - row["started_at"] > SHORTEST_TALK and span.comes(TALK_MINUTES - 2):
        return _end(span, row)
    return {}


def _after_the_desk(span: Span) -> dict[str, Any]:
    if span.chance(0.035):
        return {"answered_at_desk": True}
    windows = span.city.names["windows"]
    weights = [row[2] * (row[3] > 0) for row in windows]
    number = int(span.rng.choice(len(windows), p=[weight / sum(weights) for weight in weights]))
    unit = windows[number][0 if span.chance(0.72) else 1]
    wrong = span.chance(0.028)
    return {"ticket_at": span.at(), "window_id": f"W{number + 1:02d}", "unit_id": unit, "is_misrouted": wrong}


def _end(span: Span, row: RowMapping) -> dict[str, Any]:
    settled = row["purpose"] == VisitPurpose.MATTER.value and span.chance(0.25)
    level = OutcomeLevel.WINDOW.value if settled else None
    return {"ended_at": span.at(), "settled_on_spot": settled, "outcome_level": level}


def _call(connection: Connection, span: Span, today: list[RowMapping], sittings: list[RowMapping]) -> int:
    """The next number at every free seat."""
    free: dict[str, int] = {}
    for sitting in sittings:
        free[sitting["window_id"]] = free.get(sitting["window_id"], 0) + 1
    for row in today:
        if row["called_at"] is not None:
            free[row["window_id"]] = free.get(row["window_id"], 0) - 1
    events = 0
    for row in today:
        waits = row["ticket_at"] is not None and row["called_at"] is None
        if waits and free.get(row["window_id"], 0) > 0 and span.comes(0.5):
            free[row["window_id"]] -= 1
            _write(connection, row["visit_id"], {"called_at": span.at(), "left_at": None})
            events += 1
    return events


def _clerks(connection: Connection, span: Span, today: list[RowMapping], sittings: list[RowMapping]) -> int:
    """Clerks sit down in the morning, a second one where many wait, and go when nobody is left."""
    waiting: dict[str, int] = {}
    for row in today:
        if row["window_id"] is not None and row["ended_at"] is None:
            waiting[row["window_id"]] = waiting.get(row["window_id"], 0) + 1
    events = 0
    for number, (unit, second, _weight, usual) in enumerate(span.city.names["windows"]):
        window = f"W{number + 1:02d}"
        here = [sitting for sitting in sittings if sitting["window_id"] == window]
        wanted = usual + (0 < usual < 2 and waiting.get(window, 0) > MORE_CLERKS_AT)
        if span.is_workday and CLERKS_COME <= span.hour < CLERKS_GO:
            if len(here) < wanted and span.comes(6):
                _sit_down(connection, span, window, second if here else unit)
                events += 1
        elif here and not waiting.get(window) and span.comes(6):
            _stand_up(connection, here[0]["seat_id"], span.at())
            events += 1
    return events


def _sit_down(connection: Connection, span: Span, window: str, unit: str) -> None:
    row = {"seat_id": f"S-{span.code()}", "window_id": window, "unit_id": unit, "opened_at": span.at()}
    connection.execute(insert(seats).values(row))


def _stand_up(connection: Connection, seat: str, at: datetime) -> None:
    connection.execute(update(seats).where(seats.c.seat_id == seat).values(closed_at=at))


def _arrive(connection: Connection, span: Span) -> int:
    """People come through the door."""
    place = int((span.hour - OPENS) * 2)
    if not span.is_workday or span.hour < OPENS or place >= len(TICKETS_BY_HALF_HOUR):
        return 0
    share = TICKETS_BY_HALF_HOUR[place] / TICKETS_BY_HALF_HOUR.sum()
    count = span.happens(PEOPLE_A_DAY / float(PARTY @ PARTIES) * share * 2)
    purposes = [purpose.value for purpose in VisitPurpose]
    for _ in range(count):
        row = {
            "visit_id": f"V-{span.code()}",
            "arrived_at": span.at(),
            "people": int(span.rng.choice(PARTIES, p=PARTY)),
            "purpose": str(span.rng.choice(purposes, p=[0.86, 0.09, 0.05])),
        }
        connection.execute(insert(visits).values(row))
    return count


def _write(connection: Connection, visit: str, change: dict[str, Any]) -> None:
    connection.execute(update(visits).where(visits.c.visit_id == visit).values(change))
