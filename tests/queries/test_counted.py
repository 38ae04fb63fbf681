"""Every figure that counts cases equals the length of its list: any moment, period, unit and filter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from queries import cases, database, door
from queries.arguments import MISSING, Scope
from queries.counted import COUNTED, behind
from queries.definitions import SETS
from tests.queries.conftest import clear
from tests.queries.worlds import CHANNELS, HOURS, START, TREE, UNITS, World, build, worlds

randomly = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def lite(engine: Engine) -> Iterator[Engine]:
    """On SQLite only: the sets themselves are compared on every server (test_definitions)."""
    database.connect(engine.url)
    yield engine
    database.dispose()


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    """Any moment, period and filters that an address may hold."""
    as_of = START + timedelta(hours=draw(st.integers(0, HOURS)))
    start = draw(st.none() | st.integers(0, HOURS).map(lambda hours: START + timedelta(hours=hours)))
    length = draw(st.none() | st.integers(1, HOURS))
    return Scope(
        as_of=as_of,
        start=start,
        end=start + timedelta(hours=length) if start and length else None,
        unit=draw(st.sampled_from([None, None, MISSING, *UNITS])),
        channel=draw(st.sampled_from([None, None, MISSING, *CHANNELS])),
        category=draw(st.sampled_from([None, None, None, MISSING, *TREE])),
        event=draw(st.sampled_from([None, None, None, MISSING, "event-1"])),
        level=draw(st.sampled_from([1, 1, 2, 3])),
    )


def figures(question: str, scope: Scope) -> list[tuple[Scope, int]]:
    """Every counting figure of a question that is known, with the scope of the list behind it."""
    subject, name = question.split("/")
    if subject == "units":
        scope = replace(scope, unit="unit-1", group=None)
    table: pd.DataFrame = door.asked(subject, name)(scope)
    found = []
    for row in table.to_dict("records"):
        for column in COUNTED[question].sets:
            if pd.isna(row[column]) or _is_weighed(row, column):
                continue
            try:
                found.append((behind(question, column, row, scope), int(row[column])))
            except KeyError:  # a sum of the rest, or what counts no cases: no link either
                continue
    return found


def _is_weighed(row: dict, column: str) -> bool:
    """A share of a rate, not a count of its cases."""
    return column == "k" and row.get("part") == "kind"


COMPARED = [question for question in COUNTED if question.startswith(("league/", "units/"))]
"""Each of these asks dozens of others, and links dozens of figures: fewer worlds are enough work."""


@pytest.mark.parametrize("question", [name for name in COUNTED if name not in COMPARED])
@randomly
@given(world=worlds(), scope=scopes())
def test_a_figure_equals_the_length_of_its_list(
    lite: Engine, question: str, world: World, scope: Scope
) -> None:
    clear(lite)
    build(lite, world)

    for listed, figure in figures(question, scope):
        assert len(cases.list(listed)) == figure, listed


@pytest.mark.parametrize("question", COMPARED)
@settings(randomly, max_examples=4)
@given(world=worlds(), scope=scopes())
def test_a_compared_figure_equals_the_length_of_its_list(
    lite: Engine, question: str, world: World, scope: Scope
) -> None:
    clear(lite)
    build(lite, world)

    for listed, figure in figures(question, scope):
        assert len(cases.list(listed)) == figure, listed


@randomly
@given(world=worlds(), scope=scopes(), name=st.sampled_from(sorted(SETS)))
def test_a_list_is_as_long_as_its_count(lite: Engine, world: World, scope: Scope, name: str) -> None:
    clear(lite)
    build(lite, world)

    listed = replace(scope, set=name)

    assert len(cases.list(listed)) == cases.count(listed)["cases"].iloc[0]


def test_every_question_that_counts_cases_is_a_public_question() -> None:
    assert set(COUNTED) <= set(door.questions())
