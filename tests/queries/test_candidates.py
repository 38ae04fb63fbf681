"""The candidates of a meeting against their slow twin, and at their edges."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from casedb.tables import meeting_items, meetings
from queries import meetings as asked
from queries.arguments import Scope
from queries.meetings_candidates import COLUMNS
from queries.meetings_entries import chosen
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
    add_whistle,
)
from tests.queries import candidate_worlds
from tests.queries.candidate_twins import Before

CROWDS = (1, 2, 3, 4, 5, 6, 7, 8)
CUTOFF = datetime(2026, 11, 26)
SCOPE = Scope(NOON, datetime(2026, 11, 16), CUTOFF)


def told(scope: Scope = SCOPE):
    """Rows by their number, without a limit."""
    return asked.candidates(replace(scope, limit=1000)).to_dict("records")


def why(row) -> list:
    return json.loads(row["reasons"])


@pytest.mark.parametrize("seed", CROWDS)
def test_every_candidate_is_the_one_its_slow_twin_finds_in_the_same_order(board: Engine, seed: int) -> None:
    world = candidate_worlds.crowd(seed, 60)
    candidate_worlds.build(board, world)

    rows = chosen(Scope(world.as_of))
    cases = rows[~rows["matter"].str.startswith("spot ")]
    found = list(zip(cases["case_id"], cases["item_id"], cases["item_group"], cases["why"], strict=True))

    assert found == Before(world).candidates()


def test_the_crowds_know_every_reason_and_every_group() -> None:
    twins = [twin for seed in CROWDS for twin in Before(candidate_worlds.crowd(seed, 60)).candidates()]
    codes = {reason[0] for twin in twins for reason in twin[3]}

    wanted = {"item_late", "item_late_before", "overdue_days", "uncured", "group_visit", "promise_missed"}
    wanted |= {
        "times_at_meeting",
        "rounds",
        "conflict",
        "passed",
        "people",
        "repeats",
        "whistles",
        "severity",
    }
    assert wanted <= codes
    assert {twin[2] for twin in twins} == {"supervision", "assignment", "consultation"}


@pytest.mark.parametrize("seed", CROWDS[:3])
def test_a_matter_is_listed_once_and_has_its_place_in_its_group(desk: Engine, seed: int) -> None:
    world = candidate_worlds.crowd(seed, 60)
    candidate_worlds.build(desk, world)

    rows = asked.candidates(Scope(world.as_of, limit=1000))

    assert list(rows.columns) == COLUMNS
    assert rows["matter"].is_unique
    assert rows.loc[rows["case_id"] != "", "case_id"].is_unique
    for _, group in rows.groupby("item_group"):
        assert group["place"].tolist() == list(range(1, len(group) + 1))
        assert group["is_prepared"].is_monotonic_decreasing
    groups = rows["item_group"].drop_duplicates().tolist()
    assert groups == [one for one in ("supervision", "assignment", "consultation") if one in groups]
    assert all(1 <= len(json.loads(reasons)) <= 2 for reasons in rows["reasons"])


# ── edges ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def city(board: Engine) -> Engine:
    """A town with its office, two departments, a category, and the meetings of November."""
    with board.begin() as connection:
        for code, name, group in (
            ("t", "东湖街道", "town"),
            ("t2", "玉河街道", "town"),
            ("d", "市城管局", "department"),
            ("e", "市住建局", "department"),
        ):
            add_unit(connection, name, unit_id=code, unit_group=group)
        add_area(connection, "东湖街道", area_id="a", area_kind="urban", unit_id="t")
        add_area(connection, "玉河街道", area_id="b", area_kind="urban", unit_id="t2")
        add_category(connection, "噪音", category_id="k")
        for number, day in ((34, 6), (35, 16), (36, 26)):
            held = datetime(2026, 11, day).date()
            add(
                connection,
                meetings,
                meeting_id=f"m-{number}",
                number=number,
                nominal_date=held,
                actual_date=held,
            )
    return board


def hard(connection, code: str = "hard", **values) -> str:
    """An open case that many came about: a candidate by itself."""
    row = {"case_id": code, "category_id": "k", "area_id": "a", "is_group": True, "petitioner_count": 8}
    return add_case(connection, NOON - 3 * DAY, **{**row, "title": "烧烤噪音", **values})


def closed(
    connection, lead: str, number: int = 1, area: str = "a", helping: str | None = None, **rating
) -> None:
    """Cases such as the hard one that a unit has led to their end."""
    for _ in range(number):
        case = add_case(connection, NOON - 40 * DAY, category_id="k", area_id=area, closed_at=NOON - 30 * DAY)
        add_assignment(
            connection, case, unit_id=lead, dispatched_at=NOON - 39 * DAY, closed_at=NOON - 31 * DAY
        )
        if helping:
            add_assignment(
                connection, case, unit_id=helping, role="assist", seq=2, dispatched_at=NOON - 39 * DAY
            )
        if rating:
            add_callback(connection, case, NOON - 29 * DAY, **rating)


def item(connection, meeting: str, **values) -> str:
    return add(connection, meeting_items, meeting_id=meeting, **{"title": "事项", **values})


def test_without_any_case_there_is_nothing_to_assign(city: Engine) -> None:
    assert told() == []
    assert asked.joining(SCOPE).empty


def test_the_unit_that_led_most_such_cases_is_proposed_with_how_many_it_did_well(city: Engine) -> None:
    with city.begin() as connection:
        hard(connection)
        closed(connection, "d", 3, helping="t")
        closed(connection, "d", 1, rating="dissatisfied")
        closed(connection, "e", 3)

    row = told()[0]

    assert (row["lead_unit"], row["lead_basis"], row["led"], row["led_well"]) == ("市城管局", "handled", 4, 3)
    assert (row["assist_unit_ids"], row["assist_units"], row["waits"]) == ("t", "东湖街道", False)


def test_too_few_cases_propose_nobody_and_the_matter_waits_for_a_lead(city: Engine) -> None:
    with city.begin() as connection:
        hard(connection)
        closed(connection, "d", 2)

    row = told()[0]

    assert (row["lead_unit_id"], row["lead_basis"], row["waits"]) == ("", "", True)


def test_the_office_of_another_town_is_never_proposed(city: Engine) -> None:
    with city.begin() as connection:
        hard(connection)
        closed(connection, "t2", 9, area="b", helping="t2")
        closed(connection, "d", 3, area="b", helping="t2")

    row = told()[0]

    assert (row["lead_unit_id"], row["led"], row["assist_unit_ids"]) == ("d", 3, "")


def test_who_took_over_after_an_accepted_return_helps_and_who_gave_it_back_did_not_lead(city: Engine) -> None:
    with city.begin() as connection:
        hard(connection)
        closed(connection, "d", 4)
        for _ in range(3):
            case = add_case(
                connection, NOON - 40 * DAY, category_id="k", area_id="a", closed_at=NOON - 30 * DAY
            )
            sent = {"dispatched_at": NOON - 39 * DAY, "unit_id": "t"}
            add_assignment(connection, case, **sent, returned_at=NOON - 38 * DAY)
            add_assignment(connection, case, unit_id="e", seq=2, dispatched_at=NOON - 38 * DAY)

    row = told()[0]

    assert (row["lead_unit_id"], row["led"]) == ("d", 4)
    assert row["assist_unit_ids"] == "e"


def test_what_was_closed_after_the_moment_taught_nobody_anything(city: Engine) -> None:
    with city.begin() as connection:
        hard(connection)
        for _ in range(3):
            case = add_case(connection, NOON - 40 * DAY, category_id="k", area_id="a", closed_at=NOON + HOUR)
            add_assignment(connection, case, unit_id="d", dispatched_at=NOON - 39 * DAY)

    assert told()[0]["waits"]


def test_an_item_prepared_by_hand_comes_first_with_its_own_units_and_group(city: Engine) -> None:
    with city.begin() as connection:
        hard(connection)
        hard(connection, "other")
        own = {"item_group": "assignment", "lead_unit_id": "e", "assist_unit_ids": "d, gone"}
        item(connection, "m-36", item_id="i", case_id="other", position=1, title="人工列入", **own)

    rows = told()

    assert [(row["case_id"], row["is_prepared"], row["place"]) for row in rows] == [
        ("other", True, 1),
        ("hard", False, 2),
    ]
    assert (rows[0]["title"], rows[0]["lead_unit"], rows[0]["lead_basis"]) == (
        "人工列入",
        "市住建局",
        "prepared",
    )
    assert rows[0]["assist_units"] == "市城管局、gone"
    assert why(rows[0]) == [["group_visit", 8]]


def test_an_item_without_a_case_stays_on_the_list(city: Engine) -> None:
    with city.begin() as connection:
        item(connection, "m-36", item_id="none", case_id=None, position=1)

    row = told()[0]

    assert (row["item_id"], row["case_id"], row["title"], row["hidden"]) == ("none", "", "事项", False)
    assert why(row) == [["by_hand"]]


def test_an_item_for_which_nothing_else_speaks_says_how_long_its_matter_is_open(city: Engine) -> None:
    with city.begin() as connection:
        add_case(connection, NOON - 3 * DAY, case_id="quiet", title="路灯不亮")
        item(connection, "m-36", case_id="quiet", position=1)

    assert why(told()[0]) == [["waiting_days", 3]]


def test_an_item_of_a_merged_case_is_the_same_matter_as_the_whole(city: Engine) -> None:
    with city.begin() as connection:
        hard(connection)
        hard(connection, "part", merged_into="hard")
        item(connection, "m-36", item_id="i", case_id="part", position=1)

    rows = told()

    assert [(row["case_id"], row["item_id"]) for row in rows] == [("hard", "i")]


def test_a_confidential_matter_has_a_kind_and_no_words(city: Engine) -> None:
    with city.begin() as connection:
        hard(connection, confidentiality="minor")

    row = told()[0]

    assert (row["title"], row["hidden"], row["category"]) == ("", True, "噪音")


def test_what_a_meeting_has_under_way_is_not_assigned_again_unless_it_is_late(city: Engine) -> None:
    with city.begin() as connection:
        hard(connection)
        item(connection, "m-35", closed_at=NOON - DAY)  # the end of items is recorded
        code = item(
            connection,
            "m-35",
            case_id="hard",
            assigned_at=NOON - 9 * DAY,
            first_due_at=NOON,
            lead_unit_id="e",
        )

    assert told(replace(SCOPE, as_of=NOON - HOUR)) == []
    late = told(replace(SCOPE, as_of=NOON))[0]
    later = told(replace(SCOPE, as_of=NOON + timedelta(seconds=1)))[0]

    assert code
    assert why(late) == [["item_late", 1], ["group_visit", 8]]
    assert why(later)[0] == ["item_late", 1]
    assert (later["item_group"], later["lead_unit_id"], later["lead_basis"]) == ("supervision", "e", "item")


def test_an_item_late_since_an_older_batch_says_which(city: Engine) -> None:
    with city.begin() as connection:
        hard(connection)
        item(connection, "m-34", case_id="hard", assigned_at=NOON - 19 * DAY, first_due_at=NOON - 5 * DAY)
        item(connection, "m-35", closed_at=NOON - DAY)  # the end of items is recorded

    assert why(told()[0])[0] == ["item_late_before", 5, 34]


def test_what_is_prepared_for_another_meeting_is_left_to_it(city: Engine) -> None:
    with city.begin() as connection:
        hard(connection)
        item(connection, "m-35", case_id="hard", prepared_at=NOON - 20 * DAY)

    assert told() == []


def test_a_late_item_whose_case_is_closed_is_supervised_all_the_same(city: Engine) -> None:
    with city.begin() as connection:
        add_case(connection, NOON - 30 * DAY, case_id="done", closed_at=NOON - 2 * DAY)
        item(connection, "m-35", case_id="done", assigned_at=NOON - 9 * DAY, first_due_at=NOON - DAY)
        item(connection, "m-35", closed_at=NOON - DAY)  # the end of items is recorded

    row = told()[0]

    assert (row["case_id"], row["item_group"]) == ("done", "supervision")
    assert why(row) == [["item_late", 1], ["times_at_meeting", 2]]


@pytest.mark.parametrize(("times", "listed"), [(2, 0), (3, 1)])
def test_a_spot_whistled_at_often_enough_comes_without_a_case(city: Engine, times: int, listed: int) -> None:
    with city.begin() as connection:
        for _ in range(times):
            add_whistle(connection, "t", NOON - DAY, spot_id="s", place="北门", matter="棚架倾斜")

    rows = told()

    assert len(rows) == listed
    for row in rows:
        assert (row["case_id"], row["title"]) == ("", "北门棚架倾斜")
        assert why(row) == [["whistles", 3, 30]]


def test_as_many_are_shown_as_agreed_and_the_others_are_counted(city: Engine) -> None:
    with city.begin() as connection:
        for number in range(15):
            hard(connection, f"c-{number:02}")

    rows = asked.candidates(SCOPE)

    assert len(rows) == 12
    assert set(rows["others"]) == {3}
    assert len(asked.candidates(replace(SCOPE, limit=100))) == 15
    assert asked.candidates(replace(SCOPE, limit=100, offset=14))["case_id"].tolist() == ["c-14"]


def test_a_raised_case_joins_at_the_cutoff_and_is_a_candidate_from_then_on(city: Engine) -> None:
    with city.begin() as connection:
        case = add_case(connection, NOON - 9 * DAY, case_id="raised", title="厂区异味")
        limit = {"dispatched_at": NOON - 9 * DAY, "due_at": NOON - 4 * DAY}
        for seq in (1, 2):
            ends = {"return_asked_at": NOON - 6 * DAY, "returned_at": NOON - 6 * DAY}
            add_assignment(
                connection, case, seq=seq, unit_id="d", **{**limit, "due_at": CUTOFF + 9 * DAY}, **ends
            )
        add_assignment(
            connection, case, seq=3, unit_id="e", dispatched_at=NOON - 5 * DAY, due_at=CUTOFF + 9 * DAY
        )

    joining = asked.joining(SCOPE)

    assert told() == []
    assert joining[["case_id", "title", "unit"]].to_numpy().tolist() == [["raised", "厂区异味", "市住建局"]]
    at_cutoff = replace(SCOPE, as_of=CUTOFF)
    assert why(told(at_cutoff)[0]) == [["uncured"], ["passed", 2, 2]]
    assert told(at_cutoff)[0]["item_group"] == "consultation"
    assert asked.joining(at_cutoff).empty


def test_a_matter_whose_item_is_signed_off_is_no_candidate_though_its_case_is_open(city: Engine) -> None:
    signed = {"assigned_at": NOON - 20 * DAY, "closed_at": NOON - 9 * DAY, "signed_off_at": NOON - 2 * DAY}
    with city.begin() as connection:
        for code in ("done", "again", "by hand"):
            hard(connection, code)
            item(connection, "m-34", case_id=code, **signed)
        add_case(connection, NOON - DAY, case_id="new", first_case_id="again")
        item(connection, "m-36", case_id="by hand", prepared_at=NOON - DAY, item_group="assignment")

    rows = told()

    assert {row["case_id"] for row in rows} == {"by hand", "again"}
    assert [row["is_prepared"] for row in rows if row["case_id"] == "by hand"] == [True]


def test_the_crowds_know_matters_that_only_their_sign_off_keeps_away() -> None:
    worlds = [Before(candidate_worlds.crowd(seed, 60)) for seed in CROWDS]

    assert any(before.settled() for before in worlds)
