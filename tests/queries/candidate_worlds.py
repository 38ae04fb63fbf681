"""Supervised cities with what a meeting has before it: items prepared and assigned, spots, rounds."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Engine, insert

from casedb import tables
from tests.queries import ladder_worlds
from tests.queries import worlds as plain
from tests.queries.ladder_worlds import Supervised
from tests.queries.worlds import Row

DAYS = {"m-34": date(2026, 11, 6), "m-35": date(2026, 11, 16), "m-36": date(2026, 11, 26)}
"""As by the rule, so that the meetings around them follow it too."""

DAY = timedelta(days=1)


def crowd(seed: int, size: int) -> Supervised:
    """A city of many cases before the 36th meeting, by plain chance."""
    world, chance = ladder_worlds.crowd(seed, size), Random(f"candidates {seed}")
    # The cutoff itself, the morning before, or any moment: what holds at the cutoff holds from then on.
    world.as_of = chance.choice([datetime(2026, 11, 26), datetime(2026, 11, 25, 10), world.as_of])
    events = [f"event-{number}" for number in range(3)]
    for case in world.cases:
        case["cluster_id"] = chance.choice([None, None, None, None, *events])
        case["petitioner_count"] = chance.choice([1, 1, 1, 2, 5, 6])
    for lead in world.assignments:
        lead["round"] = chance.choice([lead["round"]] * 6 + [3, 4])
    for whistle in world.whistles:
        whistle["spot_id"] = chance.choice([None, "", "spot-1", "spot-2", "spot-3"])
        whistle["case_id"] = chance.choice([whistle["case_id"], None])
    _rearrange(world, chance)
    return world


def _rearrange(world: Supervised, chance: Random) -> None:
    """Items of three meetings: of open cases and closed ones, merged ones, and of none."""
    codes = [case["case_id"] for case in world.cases]
    world.meeting_items = [
        _item(world, chance, f"item-{number:03}", chance.choice([*codes, *codes, None]))
        for number in range(len(codes) // 3)
    ]


def _item(world: Supervised, chance: Random, code: str, case: str | None) -> Row:
    def near(some: list[Any]) -> Any:
        picked = chance.choice(some)
        return None if picked is None else world.as_of + picked * DAY

    meeting = chance.choice([*DAYS])
    is_assigned = meeting != "m-36" or chance.random() < 0.2
    return {
        "item_id": code,
        "meeting_id": meeting,
        "position": chance.choice([None, 1, 2, 3, 4]),
        "case_id": case,
        "title": f"matter {code}",
        "item_group": chance.choice(["supervision", "assignment", "consultation"]),
        "lead_unit_id": chance.choice([None, *plain.UNITS]),
        "prepared_at": near([None, -9, -1, 0, 1]),
        "assigned_at": near([-12, -9, -2, 1]) if is_assigned else None,
        "first_due_at": near([None, -7.5, -2, -0.25, 0, 3]),
        "closed_at": near([None, None, None, -3, 1]),
        "signoff_applied_at": near([None, None, None, -2, 1]),
        "signed_off_at": near([None, None, -1, 1]),
    }


def build(engine: Engine, world: Supervised) -> None:
    """Write the city into an empty case database."""
    items, world.meeting_items = world.meeting_items, []
    ladder_worlds.build(engine, world)
    world.meeting_items = items
    with engine.begin() as connection:
        rows = [
            {"meeting_id": code, "number": int(code[2:]), "nominal_date": day, "actual_date": day}
            for code, day in DAYS.items()
            if code != "m-36"
        ]
        connection.execute(insert(tables.meetings), rows)
        connection.execute(insert(tables.meeting_items), items)
