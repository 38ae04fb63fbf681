"""Every word at its edge, and every set against its slow twin."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine

from queries.arguments import Scope
from queries.database import read
from queries.definitions import SETS, cases_within, count_cases, select_cases, tally
from tests.builders import DAY, HOUR, NOON, add_assignment, add_callback, add_case, add_unit
from tests.queries.conftest import clear
from tests.queries.twins import members
from tests.queries.worlds import World, build, worlds

SECOND = timedelta(seconds=1)

randomly = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def size(set_name: str, **asked: object) -> int:
    return int(read(count_cases(Scope(**{"as_of": NOON, **asked}), set_name))["cases"].iloc[0])


@randomly
@given(world=worlds())
def test_every_set_holds_exactly_the_cases_its_slow_twin_finds(board: Engine, world: World) -> None:
    clear(board)
    build(board, world)

    found = {name: set(read(select_cases(Scope(world.as_of), name))["case_id"]) for name in SETS}

    assert found == {name: members(world, name) for name in SETS}


@randomly
@given(world=worlds())
def test_sets_counted_side_by_side_are_as_large_as_each_alone(board: Engine, world: World) -> None:
    clear(board)
    build(board, world)
    scope = Scope(world.as_of)

    beside = read(cases_within(scope, [tally(scope, name) for name in SETS], "outer")).iloc[0]

    assert beside.to_dict() == {name: len(members(world, name)) for name in SETS}


@randomly
@given(world=worlds())
def test_what_became_of_a_units_cases_adds_up_to_the_cases_it_answers_for(
    board: Engine, world: World
) -> None:
    clear(board)
    build(board, world)
    scope = Scope(world.as_of)
    parts = ("closed_on_time", "closed_late", "open_in_time", "open_overdue", "unknown")

    counted = read(cases_within(scope, [tally(scope, name) for name in ("assigned", *parts)], "inner")).iloc[
        0
    ]

    assert counted["assigned"] == sum(counted[name] for name in parts)


@pytest.mark.parametrize(("due_at", "expected"), [(NOON - SECOND, 1), (NOON, 0), (NOON + SECOND, 0)])
def test_a_case_is_overdue_only_after_its_due_moment(board: Engine, due_at: object, expected: int) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON - DAY)
        add_assignment(connection, case, dispatched_at=NOON - DAY, due_at=due_at)

    assert size("overdue") == expected


@pytest.mark.parametrize(("closed_at", "late"), [(NOON - SECOND, 0), (NOON, 0), (NOON + SECOND, 1)])
def test_an_answer_is_late_only_after_its_due_moment(board: Engine, closed_at: object, late: int) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON - DAY)
        add_assignment(connection, case, dispatched_at=NOON - DAY, due_at=NOON, closed_at=closed_at)

    assert size("closed_late", as_of=NOON + HOUR) == late
    assert size("closed_on_time", as_of=NOON + HOUR) == 1 - late


@pytest.mark.parametrize(("asked_at", "expected"), [(NOON - SECOND, 0), (NOON, 0), (NOON + SECOND, 1)])
def test_an_extension_counts_only_when_asked_before_the_limit_has_passed(
    board: Engine, asked_at: object, expected: int
) -> None:
    extension = {
        "extension_asked_at": asked_at,
        "extension_approved_at": NOON + HOUR,
        "extended_to": NOON + DAY,
    }
    with board.begin() as connection:
        case = add_case(connection, NOON - DAY)
        add_assignment(connection, case, dispatched_at=NOON - DAY, due_at=NOON, **extension)

    assert size("overdue", as_of=NOON + HOUR) == expected


@pytest.mark.parametrize(("as_of", "expected"), [(NOON - SECOND, 1), (NOON, 0), (NOON + SECOND, 0)])
def test_an_open_case_rests_from_its_units_answer_until_it_is_sent_back(
    board: Engine, as_of: object, expected: int
) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON - DAY)
        add_assignment(connection, case, dispatched_at=NOON - DAY, closed_at=NOON, sent_back_at=NOON + DAY)

    assert size("open", as_of=as_of) == expected
    assert size("open", as_of=NOON + DAY) == 1


@pytest.mark.parametrize(("received_at", "expected"), [(NOON - SECOND, 0), (NOON, 1), (NOON + HOUR, 0)])
def test_a_period_holds_its_first_moment_and_not_its_last(
    board: Engine, received_at: object, expected: int
) -> None:
    with board.begin() as connection:
        add_case(connection, received_at)

    assert size("received", as_of=NOON + DAY, start=NOON, end=NOON + HOUR) == expected


def test_the_units_own_calls_rate_nobody(board: Engine) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON - DAY)
        add_callback(connection, case, NOON - HOUR, source="unit")

    assert size("called_back") == size("rated") == 0


def test_a_returned_case_belongs_to_nobody(board: Engine) -> None:
    with board.begin() as connection:
        unit, case = add_unit(connection), add_case(connection, NOON - DAY)
        add_assignment(connection, case, unit_id=unit, dispatched_at=NOON - DAY, returned_at=NOON - HOUR)

    assert size("assigned", unit=unit) == 0
    assert size("awaiting_dispatch") == 1
