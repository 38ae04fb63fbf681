"""Whistles under way put into a demonstration city: as many as a test wants, of every kind; and its board."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, create_engine, delete, func, insert, select, update

from casedb.tables import cases, summons, whistles
from tests.browser import boards
from tests.browser.boards import Board

UNITS = ("D04", "D08", "D11", "D12", "D13", "D14", "D15", "D20", "D21", "P01", "P03")
NOW = datetime.fromisoformat(boards.MOMENT)
QUIET = boards.day(7, 30)
"""An hour of the same day at which no whistle is under way."""


@contextmanager
def serve(city: Path, folder: Path, count: int) -> Iterator[Board]:
    """A board of a copy of the city with exactly so many whistles under way, at a clock that stands still."""
    url = f"sqlite:///{shutil.copy(city, folder / 'whistles.db')}"
    with create_engine(url).begin() as connection:
        clear(connection)
        for number in range(count):
            blow(connection, number)
        tie(connection, 0, "open")
        tie(connection, 1, "report")
    with boards.serve(url, folder / "log.txt") as running:
        yield running


def clear(connection: Connection) -> None:
    """Take out the whistles under way, now and at the quiet hour."""
    was_open = (whistles.c.at <= QUIET) & (whistles.c.closed_at > QUIET)
    going = whistles.c.closed_at.is_(None) | was_open
    codes = [row.whistle_id for row in connection.execute(whistles.select().where(going))]
    connection.execute(delete(summons).where(summons.c.whistle_id.in_(codes)))
    connection.execute(delete(whistles).where(going))


def blow(connection: Connection, number: int) -> None:
    """A whistle of a town of its own, in every third place rural; of one to seven units, some there."""
    at = NOW - timedelta(minutes=1 + 7 * number % 150)
    code, is_rural = f"many-{number:02}", number % 3 == 0
    row = {
        "whistle_id": code, "town_id": f"T{1 + number % 29:02}", "at": at, "accepted_at": at,
        "kind": "emergency", "matter": f"河道边坡垮塌压占道路{number}", "place": "东河沿",
        "spot_id": f"spot-{number % 7}", "area_kind": "rural" if is_rural else "urban",
    }  # fmt: skip
    connection.execute(insert(whistles).values(row))
    limit, last = (60, 120) if is_rural else (30, 30)
    for place in range(1 + number % 7):
        there = at + timedelta(minutes=9 + 11 * place)
        came = there if (number + place) % 2 and there <= NOW else None
        called = {
            "summons_id": f"{code}/{place}", "whistle_id": code,
            "unit_id": UNITS[(number + place) % len(UNITS)], "role": "assist" if place else "lead",
            "called_at": at, "due_at": at + timedelta(minutes=limit),
            "last_due_at": at + timedelta(minutes=last), "arrived_at": came,
            "arrival_proof": "self" if came and place % 3 == 2 else None,
            "answered_at": at if number % 4 else None, "departed_at": at if number % 5 == 1 else None,
        }  # fmt: skip
        connection.execute(insert(summons).values(called))


def tie(connection: Connection, number: int, confidentiality: str) -> None:
    """The whistle of that number, if there is one, belongs to a case that so many may see."""
    known = cases.c.confidentiality == confidentiality
    case_id = connection.scalar(select(func.min(cases.c.case_id)).where(known))
    one = whistles.c.whistle_id == f"many-{number:02}"
    connection.execute(update(whistles).where(one).values(case_id=case_id))
