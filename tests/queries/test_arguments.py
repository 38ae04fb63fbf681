"""What may be asked, and what a wrong argument is told."""

from datetime import datetime

import pytest

from queries.arguments import BadArgument, Scope
from tests.builders import NOON


def refused(**given: str) -> BadArgument:
    with pytest.raises(BadArgument) as raised:
        Scope.parse(given, NOON)
    return raised.value


def test_nothing_asked_means_everything_known_at_the_boards_moment() -> None:
    assert Scope.parse({}, NOON) == Scope(as_of=NOON)


def test_moments_may_be_days_or_minutes_or_seconds() -> None:
    given = {"as_of": "2026-11-25T09:30:15", "start": "2026-11-01", "end": "2026-11-25 09:30"}

    scope = Scope.parse(given, NOON)

    assert scope.as_of == datetime(2026, 11, 25, 9, 30, 15)
    assert (scope.start, scope.end) == (datetime(2026, 11, 1), datetime(2026, 11, 25, 9, 30))


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "2026-13-01",
        "2026-02-30",
        "2026-11-25T25:00",
        "2026-11-25T09:30+08:00",
        "0001-01-01",
        "２０２６-11-25",
    ],
)
def test_a_moment_that_is_none_is_refused_by_name_and_value_in_both_languages(text: str) -> None:
    problem = refused(as_of=text)

    assert (problem.name, problem.value) == ("as_of", text)
    for sentence in (problem.zh, problem.en):
        assert "as_of" in sentence
        assert text in sentence
        assert "2026-11-25T09:30" in sentence


@pytest.mark.parametrize(
    ("name", "text"),
    [("level", "4"), ("level", "0"), ("limit", "0"), ("limit", "-1"), ("limit", "1e3"), ("offset", "x")],
)
def test_a_number_out_of_its_range_is_refused(name: str, text: str) -> None:
    problem = refused(**{name: text})

    assert problem.name == name
    assert text in problem.en


def test_an_unknown_argument_is_refused_with_those_there_are() -> None:
    problem = refused(chanel="12345")

    assert problem.name == "chanel"
    assert "channel" in problem.zh
    assert "channel" in problem.en


@pytest.mark.parametrize("end", ["2026-11-16", "2026-11-15"])
def test_a_period_that_ends_with_or_before_its_start_is_refused(end: str) -> None:
    assert refused(start="2026-11-16", end=end).name == "end"


def test_an_empty_argument_counts_as_not_given() -> None:
    assert Scope.parse({"unit": " "}, NOON).unit is None


def test_a_moment_later_than_the_boards_own_is_refused_and_its_own_is_not() -> None:
    asked = {"as_of": "2026-11-25T12:00:01"}

    with pytest.raises(BadArgument, match="nothing later is known"):
        Scope.parse(asked, NOON, latest=NOON)

    assert Scope.parse({"as_of": NOON.isoformat()}, NOON, latest=NOON).as_of == NOON


def test_rules_of_counting_are_off_by_name_and_turned_over_one_by_one() -> None:
    scope = Scope(as_of=NOON, without="first,mostly")

    assert (Scope(as_of=NOON).off, scope.off) == (frozenset(), {"first", "mostly"})
    assert scope.turning("mostly").without == "first"
    assert scope.turning("centre").without == "centre,first,mostly"
    assert scope.turning("first").turning("mostly") == Scope(as_of=NOON)
    assert scope.switching_off(scope.off | {"first", "unit"}).without == "first,mostly,unit"
