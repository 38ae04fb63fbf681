"""Meetings and items nobody thought of: skipped, merged, moved meetings, and every order of an item's steps.

The rows lie in tables without keys and checks (`whistle_worlds.loose`): a unit, a case or a meeting may be
gone, an item be signed off before it was closed, or promised before it was assigned.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import Engine, insert

from casedb.tables import metadata

Row = dict[str, Any]

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
FIRST, LAST = date(2026, 8, 6), date(2027, 1, 26)
"""Every nominal day between them has a row, so that no meeting of the rule is left."""

BATCHES = (date(2026, 10, 6), date(2026, 11, 26))
"""Nominal days of the meetings that assign something."""

UNITS = ["u-1", "u-2", "u-3"]
GONE = "gone"
ISSUES = [None, "", "噪音", "停水"]
POSTS = [None, "分管副市长", "单位主要负责人", "12.5号专班"]
CHAINS = [None, None, "", "first-1", "first-2"]
EVENTS = [None, None, "", "event-1", "event-2"]
RATINGS = [None, "satisfied", "mostly", "declined", "dissatisfied"]


@dataclass
class World:
    """The rows of a city's meetings, and a moment to look at them."""

    as_of: datetime
    units: list[Row] = field(default_factory=list)
    cases: list[Row] = field(default_factory=list)
    callbacks: list[Row] = field(default_factory=list)
    meetings: list[Row] = field(default_factory=list)
    meeting_items: list[Row] = field(default_factory=list)


def crowd(seed: int, size: int) -> World:
    """A city of many items, looked at just when a meeting's figures close, or in between."""
    chance = Random(seed)
    exact = datetime(2026, 11, chance.choice([17, 26]))
    world = World(exact if seed % 2 == 0 else exact - chance.randint(1, 200) * timedelta(hours=1))
    world.units = [{"unit_id": code, "name": f"局{code}", "unit_group": "department"} for code in UNITS]
    world.meetings = list(_meetings(chance))
    world.cases = [_case(chance, world, f"c-{number}") for number in range(size)]
    world.cases += [_case(chance, world, code) for code in ("first-1", "first-2")]
    codes = [case["case_id"] for case in world.cases]
    world.callbacks = [_call(chance, world, number, codes) for number in range(size * 3)]
    batches = [row for row in world.meetings if BATCHES[0] <= row["nominal_date"] <= BATCHES[1]]
    world.meeting_items = [_item(chance, world, f"i-{number:03}", batches, codes) for number in range(size)]
    return world


def _nominal() -> Iterator[date]:
    days = ((FIRST + number * DAY) for number in range((LAST - FIRST).days + 1))
    return (day for day in days if day.day in (6, 16, 26))


def _meetings(chance: Random) -> Iterator[Row]:
    """One skipped, one merged into the next, some moved by a day or two, some nobody has numbered."""
    listed = list(_nominal())
    inner = [place for place, day in enumerate(listed) if BATCHES[0] < day < BATCHES[1]]
    skipped, merged = chance.sample(inner, 2)
    for place, day in enumerate(listed):
        state = {skipped: "skipped", merged: "merged"}.get(
            place, "held" if day < date(2026, 11, 20) else "planned"
        )
        yield {
            "meeting_id": f"m-{place}",
            "number": None if place in (skipped, merged) else chance.choice([place, place, None]),
            "nominal_date": day,
            "actual_date": day + chance.choice([0, 0, 1, 2]) * DAY,
            "state": state,
            "merged_into": f"m-{place + 1}" if place == merged else None,
            "chair_role": chance.choice([None, "secretary", "mayor"]) if state == "held" else None,
        }


def _at(chance: Random, about: datetime, first: int, last: int) -> datetime:
    """Days later, mostly at the same hour, so that a moment often meets another exactly."""
    return about + chance.randint(first, last) * DAY + chance.choice([0, 0, 0, -1, 1]) * SECOND


def _case(chance: Random, world: World, code: str) -> Row:
    received = _at(chance, world.as_of, -60, 3)
    return {
        "case_id": code,
        "received_at": received,
        "closed_at": chance.choice([None, _at(chance, received, 1, 20)]),
        "stated_closed": chance.choice([None, False, False, True]),
        "is_valid": chance.choice([True, True, True, False]),
        "first_case_id": chance.choice([*CHAINS, "c-1", "c-2", "c-3"]),
        "cluster_id": chance.choice(EVENTS),
        "confidentiality": chance.choice(["open", "open", "open", "report", "minor", None]),
    }


def _call(chance: Random, world: World, number: int, codes: list[str]) -> Row:
    return {
        "callback_id": f"b-{number:04}",
        "case_id": chance.choice([*codes, GONE, ""]),
        "at": _at(chance, world.as_of, -30, 2),
        "reached": chance.choice([True, True, True, False]),
        "source": chance.choice(["centre", "centre", "superior", "unit"]),
        "rated_object": chance.choice(["unit", "unit", "unit", "centre"]),
        "rating": chance.choice(RATINGS),
    }


def _item(chance: Random, world: World, code: str, batches: list[Row], codes: list[str]) -> Row:
    meeting = chance.choice(batches)
    held = datetime.combine(meeting["actual_date"], time(9, 40))
    due = datetime.combine(held.date() + chance.choice([9, 10, 10, 11, -3]) * DAY, time())
    promised = chance.choice([None, due, due, due, world.as_of, world.as_of - SECOND])

    def step(likely: int) -> datetime | None:
        moments = [_at(chance, held, -1, 20), due, world.as_of]
        return chance.choice(moments) if chance.randint(1, 10) <= likely else None

    return {
        "item_id": code,
        "meeting_id": chance.choice([meeting["meeting_id"]] * 12 + [GONE]),
        "position": chance.choice([None, 1, 2, 3, 4]),
        "case_id": chance.choice([*codes] * 2 + [None, "", GONE] * 12),
        "title": f"事项{code}，电话13812345678",
        "issue": chance.choice(ISSUES),
        "item_group": chance.choice(["supervision", "assignment", "consultation"]),
        "lead_unit_id": chance.choice([*UNITS * 3, None, "", GONE]),
        "assist_unit_ids": chance.choice([None, "", "u-1", "u-1,u-2", f"u-2, {GONE}", ",u-3,"]),
        "owner_post": chance.choice(POSTS),
        "pledge": chance.choice([None, "换泵，联系人张三丰13912345678"]),
        "assigned_at": chance.choice([held] * 9 + [None, _at(chance, held, 0, 3)]),
        "pledged_at": chance.choice([held, held, world.as_of, None]),
        "first_due_at": promised,
        "due_at": chance.choice([None, promised, due + 4 * DAY]),
        "closed_at": step(7),
        "signoff_applied_at": step(5),
        "verified_at": step(4),
        "signed_off_at": step(5),
        "refused_count": chance.choice([None, 0, 0, 2]),
    }


def build(engine: Engine, world: World) -> None:
    """Write the city into empty tables."""
    with engine.begin() as connection:
        for one in fields(World):
            if one.name != "as_of":
                connection.execute(insert(metadata.tables[one.name]), getattr(world, one.name))
