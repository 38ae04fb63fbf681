"""The data door: every public question, as CSV and JSON, with a sentence for what cannot be asked."""

import json

import pytest
from sqlalchemy import Engine

from queries import door
from queries.arguments import BadArgument
from queries.door import NoSuchQuestion
from tests.builders import DAY, HOUR, NOON, add_assignment, add_case, add_channel, add_unit
from tests.queries.conftest import clear

NEEDS_A_CASE = {
    *("one", "timeline", "holders", "earlier", "siblings"),
    *("deadline", "evidence", "observed", "ratings"),
}


@pytest.fixture
def city(board: Engine) -> Engine:
    with board.begin() as connection:
        unit, channel = add_unit(connection, unit_id="units-1"), add_channel(connection, "@坪山")
        case = add_case(connection, NOON - DAY, case_id="c-1", channel_id=channel, title="=1+1")
        add_assignment(connection, case, unit_id=unit, dispatched_at=NOON - DAY, due_at=NOON - HOUR)
    return board


def needed(question: str) -> dict[str, str]:
    """What a question cannot do without: the case or the unit it is about."""
    subject, name = question.split("/")
    if subject == "units":
        return {"unit": "units-1"}
    is_one = name in NEEDS_A_CASE if subject == "cases" else name.startswith("matter")
    return {"case": "c-1"} if is_one else {}


def asked(question: str, kind: str = "json", **given: str) -> bytes:
    return door.answer(*question.split("/"), given, NOON, kind)[0]


def test_every_public_question_answers_on_every_server_with_and_without_rows(city: Engine) -> None:
    for question in door.questions():
        assert isinstance(json.loads(asked(question, **needed(question))), list), question
    clear(city)
    for question in door.questions():
        if not needed(question):
            assert asked(question, "csv"), question


def test_data_are_exact_and_no_guard_changes_a_value(city: Engine) -> None:
    assert "@坪山,1," in asked("intake/by_channel", "csv").decode()
    assert ",=1+1," in asked("cases/list", "csv").decode()


def test_moments_are_written_the_same_way_in_both_formats(city: Engine) -> None:
    assert "2026-11-24T12:00:00" in asked("cases/list", "csv").decode()
    assert json.loads(asked("cases/list"))[0]["received_at"] == "2026-11-24T12:00:00"
    assert json.loads(asked("cases/list"))[0]["closed_at"] is None


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("set", "late", "overdue"),
        ("unit", "nobody", "units-"),
        ("channel", "12346", "channels-"),
        ("area", "x", ""),
    ],
)
def test_a_name_that_does_not_exist_is_refused_with_what_is_allowed(
    city: Engine, name: str, value: str, allowed: str
) -> None:
    with pytest.raises(BadArgument) as raised:
        asked("cases/list", **{name: value})

    for sentence in (raised.value.zh, raised.value.en):
        assert name in sentence
        assert value in sentence
        assert allowed in sentence


def test_an_order_that_does_not_exist_is_refused(city: Engine) -> None:
    with pytest.raises(BadArgument, match="received_at"):
        asked("cases/list", order="title")


@pytest.mark.parametrize("question", ["cases/one", "cases/timeline"])
def test_a_question_about_one_case_needs_its_number(city: Engine, question: str) -> None:
    with pytest.raises(BadArgument, match="case"):
        asked(question)


def test_a_case_that_does_not_exist_is_said(city: Engine) -> None:
    with pytest.raises(BadArgument, match="does-not-exist"):
        asked("cases/one", case="does-not-exist")


@pytest.mark.parametrize(("question", "kind"), [("intake/by_weather", "csv"), ("cases/list", "xml")])
def test_a_question_or_format_that_does_not_exist_is_told_what_there_is(
    city: Engine, question: str, kind: str
) -> None:
    with pytest.raises(NoSuchQuestion, match="cases/list"):
        asked(question, kind)
