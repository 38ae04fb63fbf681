"""One case: who held it, what happened, what may be read, and its state at a moment."""

from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine

from casedb.tables import escalations
from queries import cases, overdue
from queries.arguments import Scope
from queries.events import EVENTS
from tests.builders import (
    DAY,
    HOUR,
    NOON,
    add,
    add_assignment,
    add_callback,
    add_case,
    add_exclusion,
    add_unit,
)
from tests.queries.conftest import clear
from tests.queries.twins import Seen
from tests.queries.worlds import World, build, worlds

SECRETS = {"title": "王先生电话13812345678反映停水", "body": "家住3栋502"}


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds())
def test_the_holders_of_a_case_add_up_to_the_citizens_clock(board: Engine, world: World) -> None:
    clear(board)
    build(board, world)
    seen = Seen(world, world.cases[0])
    case, start, end = seen.case, seen.case["received_at"], seen.case["closed_at"]

    held = cases.holders(Scope(world.as_of, case=case["case_id"]))

    known = start <= world.as_of and (end is not None or not case["stated_closed"])
    stop = min(world.as_of, end) if end is not None else world.as_of
    clock = max((stop - start).total_seconds(), 0) if known else 0
    assert held["seconds"].sum() == clock
    assert (held["start"].iloc[1:].to_numpy() == held["end"].iloc[:-1].to_numpy()).all()


def test_a_case_goes_from_unit_to_centre_and_back_when_it_is_sent_back(board: Engine) -> None:
    with board.begin() as connection:
        unit, case = add_unit(connection), add_case(connection, NOON)
        first = {"dispatched_at": NOON + HOUR, "closed_at": NOON + 3 * HOUR, "sent_back_at": NOON + 4 * HOUR}
        add_assignment(connection, case, unit_id=unit, **first)
        add_assignment(connection, case, unit_id=unit, seq=2, round=2, dispatched_at=NOON + 4 * HOUR)

    held = cases.holders(Scope(NOON + 6 * HOUR, case=case))

    assert held["kind"].tolist() == ["centre", "unit", "centre", "unit"]
    assert held["seconds"].tolist() == [3600, 7200, 3600, 7200]
    assert held["round"].tolist() == [0, 1, 1, 2]


def test_the_timeline_tells_every_step_and_which_limits_were_kept(board: Engine) -> None:
    with board.begin() as connection:
        unit, case = add_unit(connection, "水务公司"), add_case(connection, NOON, recorded_at=NOON + HOUR)
        late = {"due_at": NOON + 3 * HOUR, "closed_at": NOON + 4 * HOUR}
        add_assignment(connection, case, unit_id=unit, dispatched_at=NOON + 2 * HOUR, **late)
        add_callback(connection, case, NOON + 5 * HOUR, rating="dissatisfied")

    told = cases.timeline(Scope(NOON + DAY, case=case))

    assert told["event"].tolist() == [
        "received",
        "recorded",
        "dispatched",
        "limit_passed",
        "answered",
        "callback",
    ]
    kept = dict(zip(told["event"], told["kept"], strict=True))
    assert {step: held for step, held in kept.items() if held is not pd.NA} == {
        "recorded": True,
        "answered": False,
        "callback": True,
    }
    assert told["detail"].iloc[-1] == "dissatisfied"
    assert told["actor"].iloc[2] == "水务公司"


def test_the_timeline_knows_nothing_of_what_comes_later(board: Engine) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON, closed_at=NOON + DAY)

    assert cases.timeline(Scope(NOON + HOUR, case=case))["event"].tolist() == ["received"]
    assert cases.one(Scope(NOON + HOUR, case=case))["closed_at"].isna().all()
    assert cases.one(Scope(NOON - HOUR, case=case)) is None


def test_every_report_is_hidden_on_its_own_page(board: Engine) -> None:
    with board.begin() as connection:
        report = add_case(connection, NOON, nature="report", confidentiality="open", **SECRETS)

    row = cases.one(Scope(NOON, case=report)).iloc[0]

    assert row["hidden"]
    assert [row[name] for name in ("title", "body")] == ["", ""]


def test_texts_are_masked_before_they_leave(board: Engine) -> None:
    with board.begin() as connection:
        case = add_case(connection, **SECRETS)

    row = cases.one(Scope(NOON, case=case)).iloc[0]

    assert "13812345678" not in row["title"]
    assert "502" not in row["body"]
    assert not row["hidden"]
    assert cases.list(Scope(NOON))["title"].iloc[0] == row["title"]


@pytest.mark.parametrize("confidentiality", ["report", "minor", "health", "secret"])
def test_a_confidential_matter_shows_no_text_at_all(board: Engine, confidentiality: str) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON, confidentiality=confidentiality, **SECRETS)
        late = {
            "dispatched_at": NOON,
            "due_at": NOON + HOUR,
            "return_asked_at": NOON,
            "return_reason": "秘密",
        }
        add_assignment(connection, case, **late)
    scope = Scope(NOON + 2 * HOUR, case=case)

    row, old = cases.one(scope).iloc[0], overdue.oldest(scope).iloc[0]

    assert (row["title"], row["body"], old["title"]) == ("", "", "")
    assert row["hidden"]
    assert old["hidden"]
    assert (cases.timeline(scope)["note"] == "").all()


def test_the_oldest_case_comes_first_with_its_rung_whatever_act_is_recorded(board: Engine) -> None:
    with board.begin() as connection:
        for place, days in enumerate((3, 5), 1):
            case = add_case(connection, NOON - 9 * DAY, case_id=f"c-{place}")
            add_assignment(connection, case, dispatched_at=NOON - 9 * DAY, due_at=NOON - days * DAY)
        add(connection, escalations, case_id="c-1", level=4, at=NOON)
        add(connection, escalations, case_id="c-2", level=3, at=NOON + timedelta(seconds=1))

    old = overdue.oldest(Scope(NOON))

    assert old["case_id"].tolist() == ["c-2", "c-1"]
    assert old["days_late"].tolist() == [5, 3]
    assert old["level"].tolist() == [3, 2]  # the first is late by more than its limit of four days


def test_a_list_is_cut_and_ordered_by_the_database(board: Engine) -> None:
    with board.begin() as connection:
        for hour in range(5):
            add_case(connection, NOON + hour * HOUR, case_id=f"c-{hour}")
    scope = Scope(NOON + DAY, limit=2, offset=1)

    assert cases.list(scope)["case_id"].tolist() == ["c-3", "c-2"]
    assert cases.count(scope)["cases"].tolist() == [5]


def test_a_list_of_ratings_tells_what_was_said_when_to_whom_and_of_which_unit(board: Engine) -> None:
    with board.begin() as connection:
        first, second = add_unit(connection, "甲局"), add_unit(connection, "乙局")
        case = add_case(connection, NOON)
        add_assignment(connection, case, unit_id=first, dispatched_at=NOON, sent_back_at=NOON + 5 * HOUR)
        add_assignment(connection, case, unit_id=second, seq=2, round=2, dispatched_at=NOON + 5 * HOUR)
        said = {"rating": "dissatisfied", "resolved": "no", "reason": "太慢", "source": "robot"}
        add_callback(connection, case, NOON + 4 * HOUR, unit_id=first, **said)

    row = cases.list(Scope(NOON + DAY, set="counted_bad")).iloc[0]

    assert row["called_at"] == NOON + 4 * HOUR
    assert row[["unit", *said]].to_dict() == {"unit": "甲局", **said}


@pytest.mark.parametrize("confidentiality", ["open", "secret"])
def test_the_reason_of_a_rating_is_hidden_with_its_matter_and_masked(
    board: Engine, confidentiality: str
) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON, confidentiality=confidentiality)
        add_callback(connection, case, NOON, rating="dissatisfied", reason="打13812345678没人接")

    reason = cases.list(Scope(NOON, set="counted"))["reason"].iloc[0]

    assert bool(reason) is (confidentiality == "open")
    assert "13812345678" not in reason


def test_a_list_of_work_tells_its_steps_and_none_that_is_yet_to_come(board: Engine) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON)
        steps = {"dispatched_at": NOON, "signed_at": NOON + HOUR, "closed_at": NOON + 3 * HOUR}
        add_assignment(connection, case, due_at=NOON + DAY, **steps)

    before, after = (cases.list(Scope(NOON + hours * HOUR, set="sent_in")).iloc[0] for hours in (2, 4))

    assert before[["dispatched_at", "signed_at", "due_at", "round"]].tolist() == [
        NOON,
        NOON + HOUR,
        NOON + DAY,
        1,
    ]
    assert pd.isna(before["reported_at"])
    assert after["reported_at"] == NOON + 3 * HOUR


def test_a_list_of_exclusions_tells_the_ground_and_the_ruling_as_known_then(board: Engine) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON)
        add_exclusion(connection, case, reason="恶意评价", proposed_at=NOON, rejected_at=NOON + 2 * HOUR)

    before, after = (
        cases.list(Scope(NOON + hours * HOUR, set="exclusion_asked")).iloc[0] for hours in (1, 3)
    )

    assert before[["ground", "proposed_at"]].tolist() == ["恶意评价", NOON]
    assert before[["approved_at", "rejected_at"]].isna().all()
    assert after["rejected_at"] == NOON + 2 * HOUR


@pytest.mark.parametrize("name", ["counted", "due", "exclusion_asked"])
def test_a_list_of_events_is_sorted_by_each_of_its_own_columns(board: Engine, name: str) -> None:
    for column in cases.told(name):
        assert {*cases.told(name)} <= set(cases.list(Scope(NOON, set=name, order=f"-{column}")))


def test_every_set_of_events_has_columns_of_its_own() -> None:
    assert [name for name in EVENTS if not cases.told(name)] == []


def test_a_list_of_cases_has_no_columns_of_events() -> None:
    assert cases.told("overdue") == cases.told(None) == ()


def test_a_case_no_unit_ever_had_was_with_the_centre_all_its_time(board: Engine) -> None:
    clear(board)
    with board.begin() as connection:
        case = add_case(connection, NOON, settled_at=NOON + HOUR, closed_at=NOON + HOUR)

    held = cases.holders(Scope(NOON + DAY, case=case))

    assert list(held["kind"]) == ["centre"]
    assert list(held["seconds"]) == [3600]
