"""Sets of events: a figure, its list and its slow twin are the same, and parts stay inside their bases."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine

from queries import cases
from queries.arguments import MISSING, Scope
from queries.database import read
from queries.definitions import ALL, SETS, select_cases
from queries.events import EVENTS
from queries.measures import MEASURES
from tests.queries import clock_twins
from tests.queries import measure_twins as twins
from tests.queries.conftest import clear
from tests.queries.test_measures import FACTORS, WITHOUT, World, at, looked_at, stretched
from tests.queries.worlds import CHANNELS, GROUPS, HOURS, UNITS, build, crowd

PEOPLE = 150

WHOLES = {
    "response_due": ("responded", "response_late"),
    "sign_due": ("signed", "sign_late"),
    "due": ("kept", "broken"),
    "counted": ("counted_good", "counted_bad"),
    "asked": ("resolved", "partly_resolved", "unresolved"),
    "exclusion_asked": ("exclusion_approved", "exclusion_refused", "exclusion_open"),
    **{f"{name}_due": (f"{name}_kept", f"{name}_late") for name in clock_twins.KEPT},
}
"""Bases that their parts fill exactly."""

randomly = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def members(scope: Scope, set_name: str) -> Counter[str]:
    """The cases of the events in the set, each as often as it has one."""
    return Counter(read(select_cases(scope, set_name))["case_id"])


def twin(world: World, scope: Scope, set_name: str) -> Counter[str]:
    return Counter(one.case["case_id"] for one in clock_twins.happened(world, scope, set_name))


def random_scope(chance: Random, factor: float) -> Scope:
    """A period, a moment in or after it, rules of counting, and one or two filters."""
    start, end, now = (at(place, factor) for place in sorted(chance.sample(range(HOURS + 1), 3)))
    filters = {
        "unit": chance.choice([None, MISSING, *UNITS]),
        "group": chance.choice([None, None, *GROUPS.values()]),
        "channel": chance.choice([None, None, MISSING, *CHANNELS]),
        "reason": chance.choice([None, None, None, "态度差"]),
        "other": chance.choice([None, None, MISSING, *UNITS]),
    }
    begin, until = chance.choice([None, start]), chance.choice([None, end])
    return Scope(now, begin, until, without=chance.choice(WITHOUT), **filters)


def test_every_set_of_events_has_a_twin_and_a_name_of_its_own() -> None:
    known = [*twins.BASES, *twins.PARTS, *twins.OTHERS]
    assert {*known, *clock_twins.BASES, *clock_twins.PARTS, *clock_twins.OTHERS} == set(EVENTS)
    assert not set(SETS) & set(EVENTS)
    assert len(ALL) == len(SETS) + len(EVENTS)


def test_every_measure_counts_a_part_of_its_base() -> None:
    assert {name: (one.part, one.base) for name, one in MEASURES.items()} == {
        name: (part, twins.PARTS[part][0]) for name, part in twins.MEASURED.items()
    }


@randomly
@given(seen=looked_at())
def test_every_set_holds_exactly_the_events_its_slow_twin_finds(
    board: Engine, seen: tuple[World, list[Scope]]
) -> None:
    world, (scope, *_) = seen
    clear(board)
    build(board, world)

    for name in EVENTS:
        assert members(scope, name) == twin(world, scope, name), (name, scope)


@pytest.mark.parametrize("factor", [1, 24])
def test_a_list_is_as_long_as_its_count_and_has_the_events_of_its_twin(board: Engine, factor: float) -> None:
    chance = Random(factor)
    world = stretched(crowd(chance.randrange(10**6), PEOPLE), factor)
    build(board, world)

    for name in EVENTS:
        scope = replace(random_scope(chance, factor), set=name, limit=10 * PEOPLE)
        expected = twin(world, scope, name)

        assert Counter(cases.list(scope)["case_id"]) == expected, scope
        assert cases.count(scope)["cases"].tolist() == [expected.total()], scope


@pytest.mark.parametrize("factor", FACTORS)
def test_every_part_is_inside_its_base_and_the_parts_fill_it(desk: Engine, factor: float) -> None:
    chance = Random(factor + 100)
    build(desk, stretched(crowd(chance.randrange(10**6), PEOPLE), factor))

    for _ in range(2):
        scope = random_scope(chance, factor)
        found = {name: members(scope, name) for name in EVENTS}

        for part, (base, _) in (twins.PARTS | clock_twins.PARTS).items():
            assert found[part] <= found[base], (part, scope)
        for base, parts in WHOLES.items():
            assert sum((found[part] for part in parts), Counter()) == found[base], (base, scope)


@pytest.mark.parametrize("factor", [1, 24])
def test_what_is_shown_apart_is_what_the_rule_takes_out(desk: Engine, factor: float) -> None:
    chance = Random(factor + 200)
    build(desk, stretched(crowd(chance.randrange(10**6), PEOPLE), factor))

    for _ in range(4):
        scope = random_scope(chance, factor)
        parted = scope.switching_off(scope.off - {"apart"})
        together = scope.switching_off(scope.off | {"apart"})

        apart = members(parted, "apart")

        assert apart == members(together, "apart"), scope
        assert members(parted, "counted") + apart == members(together, "counted"), scope


def test_a_list_is_cut_and_turned_like_any_other(desk: Engine) -> None:
    world = stretched(crowd(3, PEOPLE), 12)
    build(desk, world)
    scope = Scope(at(HOURS, 12), set="sent_in", order="-received_at", limit=5)

    first, second = cases.list(scope), cases.list(replace(scope, offset=5))

    assert len(first) == len(second) == 5
    assert first["received_at"].is_monotonic_decreasing
    assert first["received_at"].min() >= second["received_at"].max()
