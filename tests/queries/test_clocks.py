"""The limits of the field (M23, M24, the spot, notice, promise), at their edges, and the hours lost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine, insert

from casedb import tables
from queries import overdue_clocks
from queries.arguments import Scope
from queries.database import read
from queries.definitions import select_cases
from tests.builders import DAY, HOUR, NOON, add, add_assignment, add_case, add_contact, add_unit

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
EDGES = [(-SECOND, 1), (0 * SECOND, 1), (SECOND, 0)]
"""Beside a limit: just before it, at it (on time), just after it."""

MONDAY = datetime(2026, 11, 16, 9)
"""A working Monday with no rest day within the next four."""

Job = Callable[..., str]


def clock(name: str, as_of: datetime = NOON, start: datetime = NOON - 60 * DAY) -> pd.Series:
    found = overdue_clocks.clocks(Scope(as_of=as_of, start=start))
    return found.set_index("clock").loc[name]


def listed(name: str, as_of: datetime = NOON, start: datetime = NOON - 60 * DAY) -> int:
    return len(read(select_cases(Scope(as_of=as_of, start=start), name)))


def agree(name: str, n: int, kept: int) -> None:
    """The clock says so, and its lists are as long."""
    found = clock(name)
    assert (found["n"], found["kept"]) == (n, kept)
    assert (listed(f"{name}_due"), listed(f"{name}_kept")) == (n, kept)
    assert listed(f"{name}_late") == n - kept


@pytest.fixture
def job(desk: Engine) -> Job:
    """A function that adds a case with an assignment of the unit "a"; ``case`` holds columns of the case.

    Something else has all that can be recorded, so that nothing counts as never recorded.
    """
    with desk.begin() as connection:
        add_unit(connection, "甲局", unit_id="a")
        old = {"recorded_at": datetime(2020, 1, 2), "dispatched_at": datetime(2020, 1, 2), "is_first": False}
        number = add_case(connection, datetime(2020, 1, 2), **old, promised_at=datetime(2020, 1, 2))
        work = {
            "signed_at": NOON,
            "section_at": NOON,
            "closed_at": NOON,
            "due_at": NOON,
            "sent_back_at": NOON,
        }
        add_assignment(connection, number, unit_id="a", role="assist", **work)
        add_contact(connection, number, datetime(2020, 1, 2), mode="visit")
        add(connection, tables.case_events, case_id=number, at=datetime(2020, 1, 2), event="feedback")

    def made(case: dict[str, Any] | None = None, **values: Any) -> str:
        with desk.begin() as connection:
            number = add_case(connection, **{"received_at": MONDAY, **(case or {})})
            if values:
                add_assignment(connection, number, **{"unit_id": "a", **values})
        return number

    return made


# ── one hour, one hour, one hour (M23) ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("beside", "kept"), EDGES)
def test_a_case_is_recorded_within_the_hour(job: Job, beside: timedelta, kept: int) -> None:
    # given
    job({"recorded_at": MONDAY + HOUR + beside})
    # when, then
    agree("record", 1, kept)


def test_what_was_handled_without_a_time_of_recording_is_not_known(job: Job) -> None:
    # given
    job({"settled_at": MONDAY + HOUR})
    # when, then
    agree("record", 0, 0)


def test_what_nobody_recorded_yet_is_late_and_goes_on_being_so(job: Job) -> None:
    # given
    job({"received_at": NOON - 5 * HOUR})
    # when
    found = clock("record")
    # then
    assert (found["n"], found["kept"], found["hours_lost"], found["unit_id"]) == (1, 0, 4.0, "")


@pytest.mark.parametrize(("beside", "kept"), EDGES)
def test_a_case_is_sent_within_the_hour_after_it_was_recorded(job: Job, beside: timedelta, kept: int) -> None:
    # given
    recorded = MONDAY + 10 * MINUTE
    job({"recorded_at": recorded, "dispatched_at": recorded + HOUR + beside})
    # when, then
    agree("dispatch", 1, kept)


def test_what_the_centre_settles_is_not_sent(job: Job) -> None:
    # given
    job({"recorded_at": MONDAY, "settled_at": MONDAY + 3 * HOUR})
    # when, then
    agree("dispatch", 0, 0)


@pytest.mark.parametrize(("beside", "kept"), EDGES)
def test_the_unit_names_its_section_within_the_hour(job: Job, beside: timedelta, kept: int) -> None:
    # given
    job(dispatched_at=MONDAY, section_at=MONDAY + HOUR + beside)
    # when, then
    agree("section", 1, kept)


def test_the_chain_is_kept_only_if_all_three_are(job: Job) -> None:
    # given
    whole = {"recorded_at": MONDAY + HOUR, "dispatched_at": MONDAY + 2 * HOUR}
    job(whole, dispatched_at=MONDAY + 2 * HOUR, section_at=MONDAY + 3 * HOUR)
    slow = {"recorded_at": MONDAY + HOUR + SECOND, "dispatched_at": MONDAY + 2 * HOUR}
    job(slow, dispatched_at=MONDAY + 2 * HOUR, section_at=MONDAY + 2 * HOUR)
    # when, then
    agree("chain", 2, 1)


# ── on the spot ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("place", "minutes"), [("urban", 30), ("rural", 120)])
@pytest.mark.parametrize(("beside", "kept"), EDGES)
def test_a_critical_matter_is_visited_by_the_limit_of_its_place(
    desk: Engine, job: Job, place: str, minutes: int, beside: timedelta, kept: int
) -> None:
    # given
    number = job({"urgency": "critical", "area_kind": place}, dispatched_at=MONDAY)
    with desk.begin() as connection:
        there = MONDAY + minutes * MINUTE + beside
        add_contact(connection, number, there, unit_id="a", mode="visit", reached=True)
    # when, then
    agree("scene", 1, kept)


def test_where_the_place_is_not_known_nobody_is_late_on_the_spot(job: Job) -> None:
    # given
    job({"urgency": "critical"}, dispatched_at=MONDAY)
    # when, then
    agree("scene", 0, 0)


# ── petitions (M24) ──────────────────────────────────────────────────────────────────────────────────────

PETITION = {"legal_route": "信访事项", "is_first": True, "recorded_at": MONDAY}


@pytest.mark.parametrize(
    ("mode", "at", "kept"),
    [
        ("meeting", datetime(2026, 11, 20), 1),
        ("video", datetime(2026, 11, 19, 23, 59), 1),
        ("meeting", datetime(2026, 11, 20, 0, 0, 1), 0),
        ("phone", datetime(2026, 11, 17), 0),
    ],
)
def test_a_petitioner_is_met_within_three_days_and_not_by_telephone(
    desk: Engine, job: Job, mode: str, at: datetime, kept: int
) -> None:
    # given
    number = job(PETITION, dispatched_at=MONDAY)
    with desk.begin() as connection:
        add_contact(connection, number, at, unit_id="a", mode=mode, reached=True)
    # when, then
    agree("meet", 1, kept)


def test_who_refused_twice_is_not_to_be_met(desk: Engine, job: Job) -> None:
    # given
    number = job(PETITION, dispatched_at=MONDAY)
    with desk.begin() as connection:
        for day in (1, 2):
            at = MONDAY + day * DAY
            add(connection, tables.case_events, case_id=number, at=at, event="meeting_refused")
    # when, then
    agree("meet", 0, 0)


def test_the_twenty_one_days_roll_on_from_a_sunday(job: Job) -> None:
    # given: 2025-07-06 and 21 days is Sunday the 27th, and so ends with Monday the 28th
    accepted = datetime(2025, 7, 6, 9)
    case = {**PETITION, "received_at": accepted, "recorded_at": accepted}
    job(case, dispatched_at=accepted, closed_at=datetime(2025, 7, 29))
    job(case, dispatched_at=accepted, closed_at=datetime(2025, 7, 29, 0, 0, 1))
    # when
    found = clock("finish", start=datetime(2025, 7, 1))
    # then
    assert (found["n"], found["kept"]) == (2, 1)


def test_a_repeated_petition_has_no_milestones(job: Job) -> None:
    # given
    job({**PETITION, "is_first": False}, dispatched_at=MONDAY)
    # when, then
    agree("meet", 0, 0)
    agree("finish", 0, 0)


# ── promises ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("beside", "kept"), EDGES)
def test_a_promise_is_kept_by_an_answer_at_its_moment(job: Job, beside: timedelta, kept: int) -> None:
    # given
    limit = MONDAY + 3 * DAY
    job(
        {"promised_at": MONDAY, "promised_due": limit},
        dispatched_at=MONDAY,
        closed_at=limit + beside,
    )
    # when, then
    agree("promise", 1, kept)


def test_a_promise_that_has_not_come_due_is_not_counted(job: Job) -> None:
    # given
    job({"promised_at": MONDAY, "promised_due": NOON}, dispatched_at=MONDAY)
    # when, then
    agree("promise", 0, 0)


# ── all together ─────────────────────────────────────────────────────────────────────────────────────────


def test_hours_are_lost_with_the_unit_that_lost_most(desk: Engine, job: Job) -> None:
    # given
    with desk.begin() as connection:
        add_unit(connection, "乙局", unit_id="b")
    job(dispatched_at=MONDAY, section_at=MONDAY + 2 * HOUR)
    job(dispatched_at=MONDAY, section_at=MONDAY + 4 * HOUR, unit_id="b")
    # when
    found = clock("section")
    # then
    assert (found["hours_lost"], found["unit_id"], found["unit"], found["unit_hours"]) == (
        4.0,
        "b",
        "乙局",
        3.0,
    )


def test_what_nobody_records_has_no_figure(desk: Engine) -> None:
    # given
    with desk.begin() as connection:
        connection.execute(insert(tables.cases).values(case_id="1", received_at=MONDAY))
    # when
    found = overdue_clocks.clocks(Scope(as_of=NOON))
    # then
    assert found["n"].isna().all()
    assert found["rate"].isna().all()


@pytest.mark.parametrize(
    ("mode", "known"), [("phone", set()), ("meeting", {"meet"}), ("visit", {"meet", "scene"})]
)
def test_who_writes_down_no_meeting_and_no_visit_misses_none(
    desk: Engine, mode: str, known: set[str]
) -> None:
    # given
    with desk.begin() as connection:
        number = add_case(connection, MONDAY, **PETITION, urgency="critical", area_kind="urban")
        add_assignment(connection, number, dispatched_at=MONDAY)
        add_contact(connection, add_case(connection, MONDAY), MONDAY, mode=mode)
    # when
    found = (
        overdue_clocks.clocks(Scope(as_of=NOON, start=MONDAY)).set_index("clock").loc[["meet", "scene"], "n"]
    )
    # then
    assert found.dropna().to_dict() == dict.fromkeys(known, 1)


def test_every_clock_says_what_it_rests_on(job: Job) -> None:
    # given
    job()
    # when
    found = overdue_clocks.clocks(Scope(as_of=NOON))
    # then
    assert set(found["basis"]) <= {"law", "local", "centre"}
    assert found["source"].str.len().min() > 0


def test_every_server_counts_alike(board: Engine) -> None:
    # given
    with board.begin() as connection:
        add_unit(connection, "甲局", unit_id="a")
        sent = {"recorded_at": MONDAY + HOUR, "dispatched_at": MONDAY + 2 * HOUR}
        whole = {**PETITION, **sent, "urgency": "critical", "area_kind": "urban"}
        case = {**whole, "promised_at": MONDAY, "promised_due": MONDAY + 3 * DAY}
        number = add_case(connection, MONDAY, **case)
        work = {"signed_at": NOON, "section_at": NOON, "closed_at": NOON, "due_at": MONDAY + 2 * DAY}
        add_assignment(
            connection, number, unit_id="a", dispatched_at=MONDAY + 2 * HOUR, sent_back_at=NOON, **work
        )
        add_contact(connection, number, MONDAY + 3 * HOUR, unit_id="a", mode="visit", reached=True)
        for event in ("feedback", "notice"):
            add(connection, tables.case_events, case_id=number, at=MONDAY + DAY, event=event)
    # when
    found = overdue_clocks.clocks(Scope(as_of=NOON + DAY, start=MONDAY)).set_index("clock")
    # then
    on_time = {"record", "dispatch", "meet", "feedback"}
    late = {"section", "chain", "sign", "response", "scene", "petition", "promise"}
    assert set(found.index[found["kept"] == 1]) == on_time
    assert set(found.index[found["kept"] == 0]) - {"rework"} >= late
    assert found.loc["promise", "hours_lost"] == (NOON - MONDAY - 3 * DAY) / HOUR
    assert found.loc["section", "hours_lost"] == (NOON - MONDAY - 3 * HOUR) / HOUR
    assert found.loc["scene", "hours_lost"] == 0.5
