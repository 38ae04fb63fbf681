"""Small random cities: every combination of empty, early, exact and late moments, as plain rows."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Engine, insert

from casedb import tables

START = datetime(2026, 11, 16)
HOURS = 60
"""Moments lie on whole hours, so that a moment often meets a limit exactly."""

Row = dict[str, Any]

UNITS = ["unit-1", "unit-2"]
CHANNELS = {"phone": True, "letter": False}
TREE = {"top-1": None, "top-2": None, "leaf-1": "top-1", "leaf-2": "top-2"}


@dataclass
class World:
    """The rows of a city, and a moment to look at it."""

    as_of: datetime
    cases: list[Row] = field(default_factory=list)
    assignments: list[Row] = field(default_factory=list)
    callbacks: list[Row] = field(default_factory=list)


moments = st.integers(0, HOURS).map(lambda hours: START + timedelta(hours=hours))
sometimes = st.none() | moments
codes = st.sampled_from([None, *TREE])

_case = st.fixed_dictionaries(
    {
        "received_at": moments,
        "channel_id": st.sampled_from([None, *CHANNELS]),
        "category_id": codes,
        "area_id": codes,
        "issue": st.sampled_from([None, "停水停电", "噪音"]),
        "is_valid": st.sampled_from([True, True, True, False]),
        "settled_at": st.one_of(st.none(), st.none(), moments),
        "dispatched_at": sometimes,
        "closed_at": sometimes,
        "stated_closed": st.sampled_from([False, False, True]),
    }
)
_assignment = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["lead", "lead", "assist"]),
        "unit_id": st.sampled_from([None, *UNITS]),
        "dispatched_at": sometimes,
        "due_at": sometimes,
        "extension_asked_at": sometimes,
        "extension_approved_at": sometimes,
        "extended_to": sometimes,
        "returned_at": st.one_of(st.none(), st.none(), moments),
        "closed_at": sometimes,
        "sent_back_at": st.one_of(st.none(), st.none(), moments),
        "stated_verdict": st.sampled_from([None, None, "on_time", "late"]),
    }
)
_callback = st.fixed_dictionaries(
    {
        "at": moments,
        "reached": st.booleans(),
        "round": st.sampled_from([1, 1, 2]),
        "source": st.sampled_from(["centre", "superior", "unit"]),
        "rated_object": st.sampled_from(["unit", "unit", "centre"]),
        "rating": st.sampled_from([None, "satisfied", "mostly", "declined", "dissatisfied"]),
    }
)
_matter = st.tuples(_case, st.lists(_assignment, max_size=3), st.lists(_callback, max_size=2), st.booleans())


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A city of one to six cases."""
    world = World(draw(moments))
    for place, (case, held, calls, is_merged) in enumerate(draw(st.lists(_matter, min_size=1, max_size=6))):
        case_id = f"case-{place}"
        merged = "case-0" if is_merged and place > 4 else None
        world.cases.append({"case_id": case_id, "merged_into": merged, **case})
        for seq, row in enumerate(held, 1):
            world.assignments.append(
                {"assignment_id": f"{case_id}/{seq}", "case_id": case_id, "seq": seq, **row}
            )
        for number, row in enumerate(calls):
            world.callbacks.append({"callback_id": f"{case_id}/{number}", "case_id": case_id, **row})
    return world


def build(engine: Engine, world: World) -> None:
    """Write the city into an empty case database."""
    with engine.begin() as connection:
        connection.execute(insert(tables.units), [{"unit_id": one, "name": one} for one in UNITS])
        connection.execute(
            insert(tables.channels),
            [{"channel_id": c, "name": c, "is_call": call} for c, call in CHANNELS.items()],
        )
        for table, key in ((tables.categories, "category_id"), (tables.areas, "area_id")):
            connection.execute(insert(table), [_node(key, code, parent) for code, parent in TREE.items()])
        for table, rows in (
            (tables.cases, world.cases),
            (tables.assignments, world.assignments),
            (tables.callbacks, world.callbacks),
        ):
            if rows:
                connection.execute(insert(table), rows)


def _node(key: str, code: str, parent: str | None) -> Row:
    """A node of a tree of two levels."""
    levels = {"level1_id": parent or code, "level2_id": code if parent else None}
    return {key: code, "name": code, "level": 2 if parent else 1, "parent_id": parent, **levels}
