"""Whistles nobody thought of: every combination of empty, early, exact and late moments, broken rows too.

The rows lie in tables without keys and checks, as in somebody else's views: a unit, a town or a whistle may
be gone, a kind of place be none of the contract's, a limit be nought.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Column, Engine, MetaData, Table, insert

from casedb.tables import metadata

Row = dict[str, Any]

START = datetime(2026, 11, 20)
DAYS = 4
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)

TOWNS, OFFICES, UNITS = (
    ["town-1", "town-2", "town-3"],
    {"town-1": "area-1", "town-2": "area-2"},
    ["u-1", "u-2", "u-3"],
)
GONE = "gone"
SPOTS = [None, "", "spot-1", "spot-1", "spot-2"]
KINDS = ["urban", "urban", "rural", "rural", None, "", "suburb"]
PROOFS = [None, "position", "position", "township", "self", "self"]
AFTER = [0, 1, 15, 29, 30, 31, 45, 59, 60, 61, 90, 119, 120, 121, 300, 24 * 60, 24 * 60 + 30, 24 * 60 + 60]
"""Minutes after acceptance, or after arrival, at which something happens: often a limit, exactly."""

AGO = [0, 20, 23, 25, 30, 31, 45, 46, 50, 60, 70, 100, 120, 130]
"""Minutes before the moment looked at: the limits of such whistles are near."""


@dataclass
class World:
    """The rows of a city's whistles, and a moment to look at them."""

    as_of: datetime
    units: list[Row] = field(default_factory=list)
    areas: list[Row] = field(default_factory=list)
    cases: list[Row] = field(default_factory=list)
    whistles: list[Row] = field(default_factory=list)
    summons: list[Row] = field(default_factory=list)


def crowd(seed: int, size: int) -> World:
    """A city of many whistles, looked at when most of them have been blown and some just now."""
    chance = Random(seed)
    world = World(_moment(chance, DAYS // 2, DAYS))
    world.units = [
        *({"unit_id": code, "name": f"街{code}", "unit_group": "town"} for code in TOWNS),
        *({"unit_id": code, "name": f"局{code}", "unit_group": "department"} for code in UNITS),
    ]
    world.areas = [_area(area, town) for town, area in OFFICES.items()]
    world.areas.append(
        {**_area("area-1-1", None), "level": 2, "level1_id": "area-1", "level2_id": "area-1-1"}
    )
    world.cases = [_case(chance, number) for number in range(30)]
    for number in range(size):
        _blow(chance, world, f"w-{number:03}")
    world.summons.append({**_called(chance, START, 0), "summons_id": "lost", "whistle_id": GONE})
    return world


def _area(code: str, office: str | None) -> Row:
    return {
        "area_id": code,
        "name": code,
        "level": 1,
        "parent_id": None,
        "level1_id": code,
        "level2_id": None,
        "level3_id": None,
        "unit_id": office,
    }


def _case(chance: Random, number: int) -> Row:
    received = _moment(chance, 0, DAYS)
    secret = chance.choice(["open", "open", "report", "minor"])
    return {
        "case_id": f"c-{number}",
        "received_at": received,
        "confidentiality": secret,
        "dispatched_at": chance.choice([None, received, received + 60 * MINUTE]),
        "area_id": chance.choice([None, "area-1", "area-1-1", "area-2"]),
    }


def _moment(chance: Random, first_day: int, last_day: int) -> datetime:
    quarters = chance.randint(first_day * 96, last_day * 96)
    return START + quarters * 15 * MINUTE + chance.choice([0, 0, 0, -1, 1]) * SECOND


def _blow(chance: Random, world: World, code: str) -> None:
    at = chance.choice([_moment(chance, 0, DAYS), world.as_of - chance.choice(AGO) * MINUTE])
    accepted = chance.choice([None, *[at] * 6, *[at + 15 * MINUTE] * 3])
    base = accepted or at
    world.whistles.append(
        {
            "whistle_id": code,
            "town_id": chance.choice([*TOWNS, *TOWNS, GONE]),
            "at": at,
            "accepted_at": accepted,
            "kind": "emergency",
            "matter": f"事由{code}",
            "place": f"地点{code}",
            "spot_id": chance.choice(SPOTS),
            "area_kind": chance.choice(KINDS),
            "case_id": chance.choice([None, None, "", GONE, *(case["case_id"] for case in world.cases[:6])]),
            "cancelled_at": _after(chance, base, 6),
            "ruled_void_at": _after(chance, base, 9),
            "closed_at": _after(chance, base, 1),
            "unit_rating": chance.choice([None, 0, 2, 3, 4, 5, 5, 6]),
        }
    )
    for number in range(chance.choice([0, 1, 1, 2, 2, 3])):
        row = _called(chance, base, number)
        world.summons.append({**row, "summons_id": f"{code}/{number}", "whistle_id": code})


def _called(chance: Random, base: datetime, number: int) -> Row:
    in_time = base + chance.choice([1, 15, 29, 30]) * MINUTE + chance.choice([0, 0, 1]) * SECOND
    arrived = chance.choice([in_time, in_time, _after(chance, base, 1)])
    stated, last = chance.choice([None, None, 30, 60, 0]), chance.choice([None, None, None, 60, 120])
    return {
        "unit_id": chance.choice([*UNITS, *UNITS, GONE]),
        "role": chance.choice(["lead", "assist"]),
        "called_at": base + chance.choice([0, 0, 0, 10]) * MINUTE,
        "due_at": None if stated is None else base + stated * MINUTE,
        "last_due_at": None if last is None else base + last * MINUTE,
        "answered_at": _after(chance, base, 1),
        "departed_at": _after(chance, base, 1),
        "arrived_at": arrived,
        "arrival_proof": chance.choice(PROOFS),
        "confirmed_at": _after(chance, arrived or base, 1),
        "left_at": _after(chance, arrived or base, 1),
        "ruled_out_at": _after(chance, base, 6),
        "town_rating": chance.choice([None, 1, 3, 4, 5, 9]),
    }


def _after(chance: Random, base: datetime, empty: int) -> datetime | None:
    """A moment some minutes later, often to the second where a limit is; or none."""
    if chance.randint(0, empty + 1) > 1:
        return None
    return base + chance.choice(AFTER) * MINUTE + chance.choice([0, 0, 0, -1, 1]) * SECOND


def build(engine: Engine, world: World) -> None:
    """Write the city into empty tables."""
    with engine.begin() as connection:
        for one in fields(World):
            if one.name != "as_of" and getattr(world, one.name):
                connection.execute(insert(metadata.tables[one.name]), getattr(world, one.name))


# ── tables that promise nothing ──────────────────────────────────────────────────────────────────────────


def loosened() -> MetaData:
    """The tables of the contract without keys, checks and required fields."""
    made = MetaData()
    for table in metadata.sorted_tables:
        Table(
            table.name, made, *(Column(column.name, column.type, nullable=True) for column in table.columns)
        )
    return made


@contextmanager
def loose(engine: Engine) -> Iterator[Engine]:
    """The database of the engine with such tables in place of the strict ones, until the end."""
    metadata.drop_all(engine)
    promising_nothing = loosened()
    promising_nothing.create_all(engine)
    yield engine
    promising_nothing.drop_all(engine)
    metadata.create_all(engine)
