"""Random cities with all that supervision asks of a case, spread over days or weeks so that limits pass."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Engine, insert

from casedb import tables
from tests.queries import worlds as plain
from tests.queries.worlds import AT, START, Row, World

SELDOM: list[Any] = [None, None, None, AT]
RARELY: list[Any] = [*([None] * 9), AT]

OF_CASE: dict[str, list[Any]] = {
    "is_valid": [True, True, True, True, False],
    "closed_at": SELDOM,
    "stated_closed": [False] * 9 + [True],
    "cluster_id": [None] * 7 + ["event-1", "event-2", "event-3"],
    "recorded_at": [None, AT],
    "is_group": [False] * 7 + [True],
    "is_first": [None, True, True, False],
    "legal_route": [None, "信访事项", "行政调解"],
    "petitioner_id": [None, "person-1", "person-2", "person-3"],
    "petitioner_count": [1, 1, 2, 4],
    "promised_at": SELDOM,
    "promised_due": [None, AT],
}
OF_ASSIGNMENT: dict[str, list[Any]] = {
    "role": ["lead", "lead", "lead", "assist"],
    "unit_id": [None, "unit-1", "unit-1", "unit-2", "unit-2", "unit-3"],
    "due_rule": [None, "sla.help", "sla.urgent", "sla.petition", "local.own"],
    "dispatched_at": [AT, AT, AT, None],
    "due_at": [AT, AT, AT, None],
    "closed_at": RARELY,
    "return_asked_at": SELDOM,
    "returned_at": SELDOM,
    "sent_back_at": SELDOM,
}
OF_ROUND: dict[str, list[Any]] = {
    "role": ["lead"],
    "return_asked_at": [None, AT],
    "returned_at": [None],
    "sent_back_at": [None, AT],
}
OF_ACT: dict[str, list[Any]] = {"level": [1, 1, 2, 2, 2, 3, 3, 4, 5], "at": [AT]}
OF_EVENT: dict[str, list[Any]] = {
    "event": ["urged", "feedback", "meeting_refused", "hearing_from", "hearing_to", "hearing_from"],
    "at": [AT],
}
OF_ITEM: dict[str, list[Any]] = {
    "prepared_at": [None, AT],
    "assigned_at": [None, AT],
    "signed_off_at": [None, AT],
}
OF_WHISTLE: dict[str, list[Any]] = {
    "area_kind": ["urban", "rural"],
    "accepted_at": [None, AT, AT],
    "closed_at": SELDOM,
    "cancelled_at": RARELY,
    "ruled_void_at": RARELY,
}
OF_SUMMONS: dict[str, list[Any]] = {
    "called_at": [AT],
    "due_at": [None, AT],
    "last_due_at": [None, AT],
    "arrived_at": SELDOM,
    "ruled_out_at": RARELY,
}
BESIDE = {
    "escalations": (OF_ACT, [0, 0, 1, 2]),
    "case_events": (OF_EVENT, [0, 0, 1, 2, 3]),
    "meeting_items": (OF_ITEM, [0] * 9 + [1, 2]),
    "whistles": (OF_WHISTLE, [0, 0, 0, 1, 2]),
}
"""Rows that stand beside a case, by their table, and how many of them."""

HOUR = timedelta(hours=1)
NEAR = (
    -80 * HOUR,
    -HOUR,
    0 * HOUR,
    23 * HOUR,
    24 * HOUR,
    47 * HOUR,
    48 * HOUR,
    49 * HOUR,
    90 * HOUR,
    240 * HOUR,
)
ENDS: list[Any] = [*([None] * len(NEAR)), *NEAR]
"""How far from the moment looked at a limit ends; None: at its own random moment."""

STRETCHES = (1, 5, 16)
"""Times the sixty hours of a plain city are drawn out: a few days, two weeks, six weeks."""

MEETING = {
    "meeting_id": "m-36",
    "number": 36,
    "nominal_date": date(2026, 11, 26),
    "actual_date": date(2026, 11, 26),
}
"""As by the rule: the meetings around it follow the rule too."""

BELONGS = {"meeting_items": {"meeting_id": "m-36"}, "whistles": {"town_id": "unit-2"}}


@dataclass
class Supervised(World):
    """A city with what supervision knows besides."""

    escalations: list[Row] = field(default_factory=list)
    case_events: list[Row] = field(default_factory=list)
    meeting_items: list[Row] = field(default_factory=list)
    whistles: list[Row] = field(default_factory=list)
    summons: list[Row] = field(default_factory=list)


@st.composite
def supervised(draw: st.DrawFn) -> Supervised:
    """A city of one to six cases."""
    return _grown(
        draw(plain.worlds()), lambda options: draw(plain._row(options)), draw(st.sampled_from(STRETCHES))
    )


def crowd(seed: int, size: int) -> Supervised:
    """A city of many cases, by plain chance."""
    chance = Random(seed)

    def one(options: dict[str, list[Any]]) -> Row:
        picked = {name: chance.choice(some) for name, some in options.items()}
        return {
            name: plain._moment(chance, 0, plain.HOURS) if what is AT else what
            for name, what in picked.items()
        }

    return _grown(plain.crowd(seed, size), one, chance.choice(STRETCHES))


def _grown(city: World, one: Any, stretch: int) -> Supervised:
    """The city with more about every case, seen late rather than early, and its moments drawn out."""
    world = Supervised(**vars(city))
    world.as_of = max(world.as_of, one({"at": [AT]})["at"])
    for row in world.assignments:
        row.update(one(OF_ASSIGNMENT))
    for place, row in enumerate(world.cases):
        row.update(one(OF_CASE))
        first = one({"case": [None] * 7 + [0, 0, 1]})["case"]
        row["first_case_id"] = None if first is None or first >= place else f"case-{first}"
        if one({"is_simple": [True, False, False]})["is_simple"]:
            _keep_simple(world, row, one)
        else:
            _go_round(world, row["case_id"], one)
            _put_beside(world, row["case_id"], one)
    for row in world.whistles:
        row.update(one({"at": [AT]}))
        key = {"summons_id": row["whistle_id"], "whistle_id": row["whistle_id"], "unit_id": "unit-1"}
        world.summons.append({**key, **one(OF_SUMMONS)})
    world = _stretched(world, stretch)
    for row in world.assignments:
        end = one({"end": ENDS})["end"]
        if row["due_at"] is not None and end is not None:
            row["due_at"] = world.as_of + end
    return world


def _keep_simple(world: Supervised, row: Row, one: Any) -> None:
    """Some cases have nothing but a unit that handles them, and a limit."""
    row.update(is_valid=True, closed_at=None, stated_closed=False, cluster_id=None, first_case_id=None)
    world.assignments = [lead for lead in world.assignments if lead["case_id"] != row["case_id"]]
    for call in world.callbacks:
        call["assignment_id"] = None if call["case_id"] == row["case_id"] else call["assignment_id"]
    key = {"assignment_id": f"{row['case_id']}/1", "case_id": row["case_id"], "seq": 1, "role": "lead"}
    ends = dict.fromkeys(("closed_at", "returned_at", "sent_back_at"))
    world.assignments.append({**one(plain.OF_ASSIGNMENT), **one(OF_ASSIGNMENT), **key, **ends})


def _put_beside(world: Supervised, case_id: str, one: Any) -> None:
    """What stands beside a case."""
    for name, (options, times) in BESIDE.items():
        key = next(iter(tables.metadata.tables[name].primary_key.columns)).name
        for number in range(one({"times": times})["times"]):
            known = {key: f"{case_id}/{number}", "case_id": case_id, **BELONGS.get(name, {})}
            getattr(world, name).append({**known, **one(options)})


def _go_round(world: Supervised, case_id: str, one: Any) -> None:
    """Some cases are sent back, or given back, again and again before their last unit has them."""
    mine = [row for row in world.assignments if row["case_id"] == case_id]
    for seq in range(len(mine) + 1, len(mine) + 1 + one({"times": [0] * 7 + [2, 4, 5]})["times"]):
        key = {"assignment_id": f"{case_id}/{seq}", "case_id": case_id, "seq": seq}
        world.assignments.append({**one(plain.OF_ASSIGNMENT), **one(OF_ASSIGNMENT), **one(OF_ROUND), **key})


def _stretched(world: Supervised, times: int) -> Supervised:
    def moved(what: Any) -> Any:
        return START + times * (what - START) if isinstance(what, datetime) else what

    lists = {name: value for name, value in vars(world).items() if name != "as_of"}
    return Supervised(
        moved(world.as_of),
        **{
            name: [{key: moved(what) for key, what in row.items()} for row in rows]
            for name, rows in lists.items()
        },
    )


def build(engine: Engine, world: Supervised) -> None:
    """Write the city into an empty case database."""
    with engine.begin() as connection:
        connection.execute(insert(tables.units), [{"unit_id": "unit-3", "name": "unit-3"}])
    plain.build(engine, world)
    with engine.begin() as connection:
        connection.execute(insert(tables.meetings), [MEETING])
        for name in (*BESIDE, "summons"):
            if getattr(world, name):
                connection.execute(insert(tables.metadata.tables[name]), getattr(world, name))
