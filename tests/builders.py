"""Rows with defaults: a test names only what it is about."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection, Table, insert

from casedb import tables

NOON = datetime(2026, 11, 25, 12, 0)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

_numbers = count(1)


def add(connection: Connection, table: Table, **values: Any) -> str:
    """Insert one row; its single key gets a fresh value unless it is given. Returns the key."""
    key = next(iter(table.primary_key.columns)).name
    row = {key: f"{table.name}-{next(_numbers)}", **values}
    connection.execute(insert(table).values(**row))
    return row[key]


def add_unit(connection: Connection, name: str = "市城管局", **values: Any) -> str:
    return add(connection, tables.units, **{"name": name, "unit_group": "department", **values})


def add_channel(connection: Connection, name: str = "12345电话", **values: Any) -> str:
    return add(connection, tables.channels, **{"name": name, **values})


def add_category(connection: Connection, name: str = "市容环卫", **values: Any) -> str:
    key = values.pop("category_id", f"category-{next(_numbers)}")
    row = {"category_id": key, "name": name, "level": 1, "level1_id": key, **values}
    return add(connection, tables.categories, **row)


def add_area(connection: Connection, name: str = "玉河街道", **values: Any) -> str:
    key = values.pop("area_id", f"area-{next(_numbers)}")
    return add(
        connection, tables.areas, **{"area_id": key, "name": name, "level": 1, "level1_id": key, **values}
    )


def add_case(connection: Connection, received_at: datetime = NOON, **values: Any) -> str:
    return add(connection, tables.cases, **{"received_at": received_at, **values})


def add_assignment(connection: Connection, case_id: str, **values: Any) -> str:
    return add(connection, tables.assignments, case_id=case_id, **values)


def add_callback(connection: Connection, case_id: str, at: datetime = NOON, **values: Any) -> str:
    row = {"reached": True, "rating": "satisfied", "at": at, **values}
    return add(connection, tables.callbacks, case_id=case_id, **row)


def add_contact(connection: Connection, case_id: str, at: datetime = NOON, **values: Any) -> str:
    row = {"mode": "phone", "reached": True, "at": at, **values}
    return add(connection, tables.contacts, case_id=case_id, **row)


def add_feeds(connection: Connection, at: datetime = NOON) -> str:
    """A case that does not count, of which every step was recorded: so the source is known to record them."""
    case = add_case(connection, at, case_id="recorded", is_valid=False, first_case_id="recorded")
    steps = ("dispatched_at", "signed_at", "due_at", "closed_at", "sent_back_at", "return_asked_at")
    add_assignment(connection, case, **dict.fromkeys(steps, at))
    add_contact(connection, case, at)
    add_callback(connection, case, at)
    return case


def add_arrival(connection: Connection, at: datetime = NOON) -> str:
    """A unit that came to a whistle of next year: so the source is known to record arrivals."""
    town = add_unit(connection, "远街道", unit_id="far-town")
    whistle = add_whistle(connection, town, at + timedelta(days=366))
    return add_summons(connection, whistle, town, called_at=at + timedelta(days=366), arrived_at=at)


def add_exclusion(connection: Connection, case_id: str, **values: Any) -> str:
    return add(connection, tables.exclusions, **{"case_id": case_id, "reason": "诉求不合理", **values})


def add_window(connection: Connection, number: int = 1, **values: Any) -> str:
    return add(connection, tables.windows, **{"number": number, "seats": 2, **values})


def add_visit(connection: Connection, arrived_at: datetime = NOON, **values: Any) -> str:
    return add(connection, tables.visits, **{"arrived_at": arrived_at, **values})


def add_whistle(connection: Connection, town_id: str, at: datetime = NOON, **values: Any) -> str:
    return add(connection, tables.whistles, **{"town_id": town_id, "at": at, "accepted_at": at, **values})


def add_summons(connection: Connection, whistle_id: str, unit_id: str, **values: Any) -> str:
    row = {"called_at": NOON, "due_at": NOON + timedelta(minutes=30), **values}
    return add(connection, tables.summons, whistle_id=whistle_id, unit_id=unit_id, **row)
