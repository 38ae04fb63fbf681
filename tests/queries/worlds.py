"""Small random cities: every combination of empty, early, exact and late moments, as plain rows.

Each field is a list of what it may be, all as likely; hypothesis picks (`worlds`), or plain chance (`crowd`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Engine, insert

from casedb import tables
from queries.afterwards import CENTRE_ERROR

START = datetime(2026, 11, 16)
HOURS = 60
"""Moments lie on whole hours, or two seconds beside, so that a moment often meets a limit exactly."""

BESIDE = timedelta(seconds=2)

Row = dict[str, Any]

UNITS = ["unit-1", "unit-2"]
GROUPS = {"unit-1": "department", "unit-2": "town"}
CHANNELS = {"phone": True, "letter": False, "短信": False}
TREE = {"top-1": None, "top-2": None, "leaf-1": "top-1", "leaf-2": "top-2"}


@dataclass
class World:
    """The rows of a city, and a moment to look at it."""

    as_of: datetime
    cases: list[Row] = field(default_factory=list)
    assignments: list[Row] = field(default_factory=list)
    callbacks: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    exclusions: list[Row] = field(default_factory=list)


AT = "a moment"

OF_CASE: dict[str, list[Any]] = {
    "received_at": [AT],
    "channel_id": [None, *CHANNELS],
    "category_id": [None, *TREE],
    "area_id": [None, *TREE],
    "issue": [None, "停水停电", "噪音"],
    "is_valid": [True, True, True, False],
    "recorded_at": [None, AT],
    "settled_at": [None, None, AT],
    "dispatched_at": [None, AT],
    "closed_at": [None, AT],
    "stated_closed": [False, False, True],
    "urgency": ["normal", "normal", "urgent", "critical"],
    "cluster_id": [None, None, "event-1", "event-2"],
    "legal_route": [None, None, "信访事项", "行政调解", "诉讼"],
    "is_first": [None, True, True, False],
    "area_kind": [None, "urban", "rural"],
    "promised_at": [None, None, AT],
    "promised_due": [None, AT],
}
OF_ASSIGNMENT: dict[str, list[Any]] = {
    "role": ["lead", "lead", "assist"],
    "round": [1, 1, 2],
    "unit_id": [None, *UNITS],
    "dispatched_at": [None, AT],
    "signed_at": [None, AT],
    "section_at": [None, AT],
    "due_at": [None, AT],
    "due_rule": [None, "sla.petition", "sla.help"],
    "extension_asked_at": [None, AT],
    "extension_count": [0, 2, 3],
    "extension_approved_at": [None, AT],
    "extended_to": [None, AT],
    "return_asked_at": [None, None, AT],
    "returned_at": [None, None, AT],
    "return_ruling": [None, "accepted", "refused"],
    "closed_at": [None, AT],
    "claims_resolved": [None, True, False],
    "sent_back_at": [None, None, AT],
    "send_back_reason": [None, "答复敷衍", CENTRE_ERROR],
    "stated_verdict": [None, None, "on_time", "late"],
}
OF_CALL: dict[str, list[Any]] = {
    "at": [AT],
    "reached": [True, False],
    "round": [1, 1, 2],
    "source": ["centre", "superior", "unit"],
    "rated_object": ["unit", "unit", "centre"],
    "rating": [None, "satisfied", "mostly", "declined", "dissatisfied"],
    "resolved": [None, "yes", "partly", "no", "explained"],
    "reason": [None, "态度差", "未解决"],
    "unit_id": [None, *UNITS],
    "assignment": [None, 1, 2],
}
OF_CONTACT: dict[str, list[Any]] = {
    "at": [AT],
    "unit_id": [None, *UNITS],
    "mode": ["phone", "visit", "meeting", "message", None],
    "reached": [True, True, False],
}
OF_EXCLUSION: dict[str, list[Any]] = {
    "call": [None, 0, 1],
    "proposed_at": [None, AT, AT],
    "approved_at": [None, AT],
    "rejected_at": [None, None, AT],
}
OF_TIES: dict[str, list[Any]] = {
    "is_merged": [False, False, False, True],
    "cases_back_to_the_first": [None, None, 0, 1, 1, 2],
}


@dataclass
class Matter:
    """A case with all that belongs to it, before the rows know each other's numbers."""

    case: Row
    ties: Row
    held: list[Row]
    calls: list[Row]
    contacts: list[Row]
    exclusions: list[Row]


# ── picked by hypothesis ─────────────────────────────────────────────────────────────────────────────────


moments = st.builds(
    lambda hours, beside: START + timedelta(hours=hours) + beside * BESIDE,
    st.integers(0, HOURS),
    st.sampled_from([0, 0, 0, 0, -1, 1]),
)


def _row(options: dict[str, list[Any]]) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries({name: _one_of(some) for name, some in options.items()})


def _one_of(some: list[Any]) -> st.SearchStrategy[Any]:
    if AT not in some:
        return st.sampled_from(some)
    return st.one_of(*(moments if one is AT else st.just(one) for one in some))


_matter = st.builds(
    Matter,
    _row(OF_CASE),
    _row(OF_TIES),
    st.lists(_row(OF_ASSIGNMENT), max_size=3),
    st.lists(_row(OF_CALL), max_size=2),
    st.lists(_row(OF_CONTACT), max_size=2),
    st.lists(_row(OF_EXCLUSION), max_size=1),
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A city of one to six cases."""
    return _city(draw(moments), draw(st.lists(_matter, min_size=1, max_size=6)))


# ── picked by chance ─────────────────────────────────────────────────────────────────────────────────────


def crowd(seed: int, size: int) -> World:
    """A city of many cases; what happens to a case mostly happens within a few hours of each other."""
    chance = Random(seed)
    return _city(_moment(chance, 0, HOURS), [_chanced(chance) for _ in range(size)])


def _chanced(chance: Random) -> Matter:
    first = chance.randrange(HOURS)
    last = min(first + chance.choice([4, 12, HOURS]), HOURS)

    def one(options: dict[str, list[Any]]) -> Row:
        picked = {name: chance.choice(some) for name, some in options.items()}
        return {name: _moment(chance, first, last) if what is AT else what for name, what in picked.items()}

    def some(options: dict[str, list[Any]], most: int) -> list[Row]:
        return [one(options) for _ in range(chance.randrange(most + 1))]

    return Matter(
        one(OF_CASE),
        one(OF_TIES),
        some(OF_ASSIGNMENT, 3),
        some(OF_CALL, 3),
        some(OF_CONTACT, 2),
        some(OF_EXCLUSION, 1),
    )


def _moment(chance: Random, first: int, last: int) -> datetime:
    beside = chance.choice([0, 0, 0, 0, -1, 1])
    return START + timedelta(hours=chance.randint(first, last)) + beside * BESIDE


# ── the rows ─────────────────────────────────────────────────────────────────────────────────────────────


def _city(as_of: datetime, matters: list[Matter]) -> World:
    world = World(as_of)
    for place, matter in enumerate(matters):
        _settle(world, matter, place)
    return world


def _settle(world: World, matter: Matter, place: int) -> None:
    """Add the rows of a matter, with their numbers and what they refer to."""
    case_id, back = f"case-{place}", matter.ties["cases_back_to_the_first"]
    ties = {
        "merged_into": "case-0" if matter.ties["is_merged"] and place else None,
        "first_case_id": None if back is None or back > place else f"case-{place - back}",
    }
    world.cases.append({"case_id": case_id, **ties, **matter.case})
    for seq, row in enumerate(matter.held, 1):
        world.assignments.append({"assignment_id": f"{case_id}/{seq}", "case_id": case_id, "seq": seq, **row})
    for number, row in enumerate(matter.calls):
        judged = _known(row.pop("assignment"), range(1, len(matter.held) + 1), case_id)
        key = {"callback_id": f"{case_id}/{number}", "case_id": case_id, "assignment_id": judged}
        world.callbacks.append({**key, **row})
    for number, row in enumerate(matter.contacts):
        world.contacts.append({"contact_id": f"{case_id}/{number}", "case_id": case_id, **row})
    for number, row in enumerate(matter.exclusions):
        of_call = _known(row.pop("call"), range(len(matter.calls)), case_id)
        key = {"exclusion_id": f"{case_id}/{number}", "case_id": case_id, "callback_id": of_call}
        world.exclusions.append({**key, "reason": "不合理", **row})


def _known(number: int | None, numbers: range, case_id: str) -> str | None:
    """The key of a row of the case, where there is one of this number."""
    return f"{case_id}/{number}" if number is not None and number in numbers else None


def shifted(world: World, shift: Callable[[datetime], datetime]) -> World:
    """The same city with every moment moved."""

    def moved(row: Row) -> Row:
        return {name: shift(what) if isinstance(what, datetime) else what for name, what in row.items()}

    lists = [one.name for one in fields(World) if one.name != "as_of"]
    return World(shift(world.as_of), **{name: [moved(row) for row in getattr(world, name)] for name in lists})


def build(engine: Engine, world: World) -> None:
    """Write the city into an empty case database."""
    with engine.begin() as connection:
        connection.execute(
            insert(tables.units),
            [{"unit_id": one, "name": one, "unit_group": GROUPS[one]} for one in UNITS],
        )
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
            (tables.contacts, world.contacts),
            (tables.exclusions, world.exclusions),
        ):
            if rows:
                connection.execute(insert(table), rows)


def _node(key: str, code: str, parent: str | None) -> Row:
    """A node of a tree of two levels."""
    levels = {"level1_id": parent or code, "level2_id": code if parent else None}
    return {key: code, "name": code, "level": 2 if parent else 1, "parent_id": parent, **levels}
