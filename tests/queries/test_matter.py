"""One matter as the wall shows it: since when, how many, by week, who had it, and what stays unsaid."""

import json
from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest
from sqlalchemy import Engine

from casedb.tables import meetings
from queries import meetings as asked
from queries.arguments import BadArgument, Scope
from tests.builders import (
    DAY,
    HOUR,
    NOON,
    add,
    add_area,
    add_assignment,
    add_callback,
    add_case,
    add_category,
    add_unit,
)

START, CUTOFF = datetime(2026, 11, 16), datetime(2026, 11, 26)
SCOPE = Scope(NOON, START, CUTOFF, case="c")


@pytest.fixture
def city(board: Engine) -> Engine:
    """A case in its second round, its first request, and two neighbours who reported the same event."""
    with board.begin() as connection:
        for code, name in (("u", "市住建局"), ("w", "宁溪供电公司")):
            add_unit(connection, name, unit_id=code)
        add_area(connection, "东湖街道", area_id="a")
        add_category(connection, "停电", category_id="k")
        for number, day in ((34, 6), (35, 16), (36, 26)):
            held = datetime(2026, 11, day).date()
            add(connection, meetings, number=number, nominal_date=held, actual_date=held)
        first = add_case(
            connection, NOON - 30 * DAY, case_id="first", petitioner_id="p", closed_at=NOON - 20 * DAY
        )
        add_assignment(
            connection, first, unit_id="w", dispatched_at=NOON - 30 * DAY + HOUR, closed_at=NOON - 20 * DAY
        )
        add_callback(connection, first, NOON - 19 * DAY, rating="dissatisfied")
        own = {
            "case_id": "c",
            "first_case_id": "first",
            "cluster_id": "e",
            "petitioner_id": "p",
            "issue": "停水停电",
        }
        texts = {"title": "金桂苑3栋2单元102室停电", "place": "金桂苑3栋", "area_id": "a", "category_id": "k"}
        add_case(connection, NOON - 12 * DAY, **own, **texts)
        add_assignment(
            connection, "c", unit_id="w", dispatched_at=NOON - 12 * DAY, returned_at=NOON - 11 * DAY
        )
        sent = {"unit_id": "u", "dispatched_at": NOON - 10 * DAY, "closed_at": NOON - 6 * DAY}
        add_assignment(connection, "c", seq=2, **sent, sent_back_at=NOON - 5 * DAY)
        add_assignment(connection, "c", seq=3, round=2, unit_id="u", dispatched_at=NOON - 4 * DAY)
        for number in range(2):
            who = {"petitioner_id": f"n-{number}", "petitioner_count": 2, "cluster_id": "e"}
            add_case(connection, NOON - 2 * DAY, case_id=f"n-{number}", **who, issue="停水停电")
        add_case(connection, NOON - DAY, case_id="else", issue="停水停电")
    return board


def one(scope: Scope = SCOPE) -> dict:
    found = asked.matter(scope)
    assert found is not None
    return found.to_dict("records")[0]


def test_the_figures_of_a_matter_count_all_its_requests_and_each_person_once(city: Engine) -> None:
    row = one()

    assert (row["first_at"], row["waiting_days"]) == (NOON - 30 * DAY, 30)
    assert (row["reports"], row["people"]) == (4, 5)
    assert (row["failed"], row["round"], row["hands"], row["units"], row["returned"]) == (2, 2, 4, 2, 1)
    assert pd.isna(row["affected"])


def test_the_rates_are_those_of_the_meeting_s_period_and_the_one_before(city: Engine) -> None:
    row = one()

    assert (row["now_reports"], row["now_days"], row["issue_reports"]) == (2, 9.5, 3)
    assert (row["before_reports"], row["before_days"]) == (1, 10.0)


def test_a_wall_says_the_estate_and_neither_house_nor_door(city: Engine) -> None:
    row = one()

    assert (row["title"], row["place"], row["area"], row["category"]) == (
        "金桂苑停电",
        "金桂苑",
        "东湖街道",
        "停电",
    )


@pytest.mark.parametrize(
    "secret", [{"confidentiality": "minor"}, {"confidentiality": "health"}, {"nature": "report"}]
)
def test_of_a_confidential_matter_or_a_report_only_kind_and_numbers_are_said(
    city: Engine, secret: dict
) -> None:
    with city.begin() as connection:
        case = {"title": "实验小学食堂", "place": "实验小学", "area_id": "a", "category_id": "k"}
        add_case(connection, NOON - 3 * DAY, case_id="s", **case, **secret)
        add_assignment(connection, "s", unit_id="u", dispatched_at=NOON - 2 * DAY)

    row = one(replace(SCOPE, case="s"))

    assert (row["title"], row["place"], row["area"], row["hidden"]) == ("", "", "", True)
    assert (row["category"], row["reports"], row["hands"]) == ("停电", 1, 1)
    assert asked.matter_holders(replace(SCOPE, case="s")).empty
    assert "小学" not in asked.matter(replace(SCOPE, case="s")).to_csv()


def test_weeks_count_from_the_period_s_start_and_the_last_one_runs(city: Engine) -> None:
    weeks = asked.matter_weeks(SCOPE)

    assert weeks["start"].tolist() == [START + number * 7 * DAY for number in range(-3, 2)]
    assert weeks["reports"].tolist() == [1, 0, 1, 0, 2]
    assert weeks["is_complete"].tolist() == [True, True, True, True, False]
    assert weeks["is_period"].tolist() == [False, False, False, True, True]
    assert weeks["end"].iloc[-1] == NOON


def test_a_long_history_shows_its_last_half_year(city: Engine) -> None:
    with city.begin() as connection:
        add_case(connection, NOON - 700 * DAY, case_id="old", cluster_id="e")

    assert len(asked.matter_weeks(SCOPE)) == 26
    assert one()["reports"] == 5


def test_holders_end_as_the_citizen_saw_it_and_the_last_one_holds(city: Engine) -> None:
    held = asked.matter_holders(SCOPE)
    units = held[held["kind"] == "unit"]

    ends = list(zip(units["unit"], units["end_word"], units["is_failed"], strict=True))
    assert ends == [
        ("宁溪供电公司", "dissatisfied", True),
        ("宁溪供电公司", "returned", True),
        ("市住建局", "sent_back", True),
        ("市住建局", "holding", False),
    ]
    assert units["days"].round(2).tolist() == [9.96, 1.0, 4.0, 4.0]
    assert held["start"].is_monotonic_increasing


def test_a_matter_no_candidate_of_the_meeting_was_put_there_by_hand(city: Engine) -> None:
    row = one(replace(SCOPE, case="else"))

    assert (json.loads(row["reasons"]), row["item_group"]) == ([["by_hand"]], "")


def test_every_reason_is_said_and_not_only_two(city: Engine) -> None:
    with city.begin() as connection:
        for number in range(9):
            add_case(connection, NOON - HOUR, case_id=f"m-{number}", cluster_id="e", channel_id=None)

    row = one()

    assert json.loads(row["reasons"]) == [["surge", 1.2, 0.1], ["people", 14]]
    assert row["item_group"] == "assignment"


def test_a_case_that_is_not_there_yet_has_no_matter(city: Engine) -> None:
    gone, early = replace(SCOPE, case="nobody"), replace(SCOPE, as_of=NOON - 13 * DAY)

    assert asked.matter(gone) is None
    assert asked.matter(early) is None
    assert asked.matter_weeks(gone).empty
    assert asked.matter_holders(gone).empty


def test_a_request_merged_into_the_case_is_one_of_its_reports(city: Engine) -> None:
    with city.begin() as connection:
        add_case(connection, NOON - DAY, case_id="part", merged_into="c", petitioner_id="q")

    assert (one()["reports"], one()["people"]) == (5, 6)


def test_a_question_about_a_matter_needs_its_case() -> None:
    for question in (asked.matter, asked.matter_weeks, asked.matter_holders):
        with pytest.raises(BadArgument, match="case"):
            question(replace(SCOPE, case=None))
