"""What asks for somebody now (A01 to A19): each alert just before and just after it begins."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from casedb import tables
from queries import alerts, alerts_known, meetings_items, units
from queries.arguments import Scope
from tests.builders import (
    DAY,
    HOUR,
    NOON,
    add,
    add_arrival,
    add_assignment,
    add_case,
    add_channel,
    add_contact,
    add_unit,
)

SECOND = timedelta(seconds=1)

Job = Callable[..., str]


def raised(as_of: datetime = NOON, **asked: Any) -> dict[str, int]:
    found = alerts.counts(Scope(as_of=as_of, **asked))
    return dict(zip(found["alert"], found["cases"], strict=True))


@pytest.fixture
def job(desk: Engine) -> Job:
    """A function that adds an open case, held by the unit "a" where columns of an assignment are given.

    An old case has all that can be recorded, so that nothing counts as never recorded.
    """
    old = datetime(2020, 1, 2)
    with desk.begin() as connection:
        add_unit(connection, "甲局", unit_id="a")
        add_unit(connection, "乙局", unit_id="b")
        for code in ("tel", "web"):
            add_channel(connection, code, channel_id=code)
        number = add_case(connection, old, recorded_at=old, dispatched_at=old, closed_at=old)
        add_assignment(connection, number, unit_id="b", section_at=old, closed_at=old, dispatched_at=old)
        add_contact(connection, number, old, mode="visit")
        for event in ("feedback", "notice"):
            add(connection, tables.case_events, case_id=number, at=old, event=event)

    def made(case: dict[str, Any] | None = None, **values: Any) -> str:
        with desk.begin() as connection:
            number = add_case(
                connection, **{"received_at": NOON - HOUR, "recorded_at": NOON - HOUR, **(case or {})}
            )
            if values:
                add_assignment(connection, number, **{"unit_id": "a", "section_at": NOON - HOUR, **values})
        return number

    return made


HELD = {"dispatched_at": NOON - HOUR}

PETITION = {"legal_route": "信访事项", "is_first": True}


def test_where_nothing_is_recorded_no_kind_of_alert_is_known(desk: Engine) -> None:
    assert alerts_known.unknown() == list(alerts.KINDS)


@pytest.mark.parametrize(
    ("case", "work", "known"),
    [
        ({"promised_due": NOON}, {}, {"A19"}),
        ({"recorded_at": None}, {"due_at": NOON}, {"A10"}),
        ({"legal_route": "信访事项"}, {"due_at": NOON}, {"A07", "A10"}),
        ({"petitioner_count": 2}, {}, {"A15"}),
        ({"cluster_id": "x"}, {}, {"A14", "A15"}),
        ({}, {"return_asked_at": NOON}, {"A17"}),
        ({}, {"seq": 2}, {"A17"}),
        ({}, {"section_at": NOON}, {"A03"}),
        ({"recorded_at": NOON}, {}, {"A01"}),
        ({"recorded_at": NOON, "dispatched_at": NOON}, {}, {"A01", "A02"}),
    ],
)
def test_a_kind_is_known_once_what_it_rests_on_is_recorded(
    desk: Engine, case: dict[str, Any], work: dict[str, Any], known: set[str]
) -> None:
    with desk.begin() as connection:
        number = add_case(connection, NOON - DAY, **{"recorded_at": None, "dispatched_at": None, **case})
        add_assignment(connection, number, **work)

    assert set(alerts.KINDS) - set(alerts_known.unknown()) == known


def test_a_quiet_city_has_none(job: Job) -> None:
    # given
    job(**HELD)
    # when, then
    assert raised() == {}
    assert alerts.active(Scope(as_of=NOON)).empty


@pytest.mark.parametrize(
    ("alert", "case", "work"),
    [
        ("A01", {"received_at": NOON - HOUR, "recorded_at": None}, {}),
        ("A02", {"recorded_at": NOON - HOUR}, {}),
        ("A03", {}, {"dispatched_at": NOON - HOUR, "section_at": None}),
        ("A08", {"urgency": "critical", "area_kind": "urban"}, {"dispatched_at": NOON - HOUR / 2}),
        ("A10", {}, {**HELD, "round": 2, "due_at": NOON}),
        ("A19", {"promised_at": NOON - HOUR, "promised_due": NOON}, HELD),
    ],
)
def test_a_limit_is_said_when_it_has_passed_and_not_before(
    job: Job, alert: str, case: dict[str, Any], work: dict[str, Any]
) -> None:
    # given
    number = job(case, **work)
    # when, then
    assert alert not in raised()
    assert raised(NOON + SECOND)[alert] == 1
    row = alerts.active(Scope(as_of=NOON + HOUR, measure=alert)).iloc[0]
    assert (row["case_id"], row["since"]) == (number, NOON)
    assert row["value"] == (60 if row["measure"] == "minutes" else 1)


@pytest.mark.parametrize(
    ("alert", "rolled"),
    [("A04", datetime(2026, 11, 20)), ("A05", datetime(2026, 11, 24)), ("A06", datetime(2026, 12, 8))],
)
def test_milestones_of_a_first_petition(job: Job, alert: str, rolled: datetime) -> None:
    # given
    monday = datetime(2026, 11, 16, 9)
    job({**PETITION, "received_at": monday, "recorded_at": monday}, dispatched_at=monday)
    # when, then
    assert alert not in raised(rolled)
    assert raised(rolled + SECOND)[alert] == 1


@pytest.mark.parametrize(
    ("mode", "raises"), [("phone", set()), ("meeting", {"A04"}), ("visit", {"A04", "A08"})]
)
def test_who_writes_down_no_meeting_and_no_visit_misses_none(
    desk: Engine, mode: str, raises: set[str]
) -> None:
    # given a first petition and a critical matter nobody went to, and another case with one contact
    with desk.begin() as connection:
        number = add_case(connection, NOON - 9 * DAY, **PETITION, urgency="critical", area_kind="urban")
        add_assignment(connection, number, dispatched_at=NOON - 9 * DAY)
        other = add_case(connection, NOON - 9 * DAY, closed_at=NOON - 8 * DAY)
        add_contact(connection, other, NOON - 8 * DAY, mode=mode)
    # when, then
    judged = {"A04", "A08"}
    assert judged & set(raised()) == raises
    assert judged - set(alerts_known.unknown()) == raises


def test_a_petition_is_said_before_its_limit(job: Job) -> None:
    # given
    monday = datetime(2026, 11, 23, 9)
    number = job(
        {"legal_route": "信访事项", "received_at": monday}, dispatched_at=monday, due_at=NOON + 2 * DAY
    )
    # when
    found = alerts.active(Scope(as_of=NOON, measure="A07"))
    # then
    assert list(found["case_id"]) == [number]
    assert list(found["value"]) == [-48.0]
    assert "A07" not in raised(NOON - SECOND)


def test_many_people_and_a_surge(job: Job) -> None:
    # given
    job({"petitioner_count": 6}, **HELD)
    for hour in range(5):
        case = {"cluster_id": "stench", "received_at": NOON - hour * HOUR, "petitioner_id": str(hour)}
        job({**case, "recorded_at": NOON - hour * HOUR}, dispatched_at=NOON - HOUR / 2)
    # when
    found = alerts.active(Scope(as_of=NOON, measure="A15"))
    # then
    assert sorted(found["value"]) == [5.0, 6.0]


def test_to_and_fro(desk: Engine, job: Job) -> None:
    # given
    back, sent = NOON - 2 * HOUR, NOON - 3 * HOUR
    number = job(None, dispatched_at=sent, returned_at=back, return_asked_at=back, return_ruling="accepted")
    again = {"seq": 2, "unit_id": "b", "dispatched_at": back, "section_at": NOON}
    with desk.begin() as connection:
        add_assignment(connection, number, **again, returned_at=NOON - HOUR, return_asked_at=NOON - HOUR)
    # when, then
    assert raised()["A17"] == 1


def test_a_return_that_was_refused_or_not_yet_ruled_on_is_none(desk: Engine, job: Job) -> None:
    # given: given back once; the next unit asked and was refused, and asks again
    back, sent = NOON - 2 * HOUR, NOON - 3 * HOUR
    number = job(None, dispatched_at=sent, returned_at=back, return_asked_at=back, return_ruling="accepted")
    again = {"seq": 2, "unit_id": "b", "dispatched_at": back, "section_at": NOON}
    with desk.begin() as connection:
        add_assignment(connection, number, **again, return_asked_at=NOON - HOUR, return_ruling="refused")
    # when, then
    assert "A17" not in raised()


def test_one_matter_on_two_channels_within_days(job: Job) -> None:
    # given
    first = job({"channel_id": "tel", "received_at": NOON - 6 * DAY}, **HELD)
    job({"channel_id": "web", "first_case_id": first}, **HELD)
    # when, then
    assert raised()["A14"] == 2
    assert "A14" not in raised(NOON + 2 * DAY)


def test_a_unit_missing_at_a_whistle(desk: Engine, job: Job) -> None:
    # given
    job(**HELD)
    with desk.begin() as connection:
        add_arrival(connection)
        blown = {"town_id": "b", "at": NOON - HOUR, "accepted_at": NOON - HOUR}
        whistle = add(connection, tables.whistles, **blown)
        called = {"unit_id": "a", "called_at": NOON - HOUR, "due_at": NOON, "role": "lead"}
        add(connection, tables.summons, whistle_id=whistle, **called)
    # when, then
    assert "A09" not in raised()
    row = alerts.active(Scope(as_of=NOON + HOUR / 2, measure="A09")).iloc[0]
    assert (row["whistle_id"], row["unit_id"], row["value"]) == (whistle, "a", 30.0)


def test_an_item_past_the_date_first_promised(desk: Engine, job: Job) -> None:
    # given
    job(**HELD)
    with desk.begin() as connection:
        day = NOON.date()
        meeting = add(connection, tables.meetings, nominal_date=day, actual_date=day)
        add(connection, tables.meeting_items, meeting_id=meeting, title="y", closed_at=NOON)
        dates = {"assigned_at": NOON - DAY, "first_due_at": NOON, "due_at": NOON + DAY}
        item = add(connection, tables.meeting_items, meeting_id=meeting, title="x", lead_unit_id="a", **dates)
    # when, then
    assert "A11" not in raised()
    assert list(alerts.active(Scope(as_of=NOON + SECOND, measure="A11"))["item_id"]) == [item]


def test_where_no_end_of_an_item_is_recorded_none_is_past_its_date(desk: Engine, job: Job) -> None:
    # given
    with desk.begin() as connection:
        meeting = add(connection, tables.meetings, nominal_date=NOON.date(), actual_date=NOON.date())
        dates = {"assigned_at": NOON - 2 * DAY, "first_due_at": NOON - DAY, "due_at": NOON - DAY}
        add(connection, tables.meeting_items, meeting_id=meeting, title="x", lead_unit_id="a", **dates)
    # when, then
    assert "A11" not in raised()
    assert "A11" in alerts_known.unknown()
    row = meetings_items.items(Scope(as_of=NOON, set="all")).iloc[0]
    assert not row[["is_late", "is_promised", "is_kept", "is_told"]].any()
    assert pd.isna(row["slip_days"])
    own = units.items(Scope(as_of=NOON, unit="a")).iloc[0]
    assert own[["state", "days_late", "is_told"]].tolist() == ["open", 0, False]


def test_a_unit_sees_its_own(job: Job) -> None:
    # given
    job(None, dispatched_at=NOON - 2 * HOUR, section_at=None)
    job(None, dispatched_at=NOON - 2 * HOUR, section_at=None, unit_id="b")
    # when, then
    assert raised(unit="b") == {"A03": 1}
    assert raised() == {"A03": 2}


def test_every_server_counts_alike(board: Engine) -> None:
    # given
    with board.begin() as connection:
        add_unit(connection, "甲局", unit_id="a")
        kinds = {"urgency": "critical", "area_kind": "rural", "promised_at": NOON, "promised_due": NOON}
        number = add_case(connection, NOON - 5 * DAY, recorded_at=NOON - 5 * DAY, **PETITION, **kinds)
        add_assignment(connection, number, unit_id="a", round=2, dispatched_at=NOON - 5 * DAY, due_at=NOON)
        other = add_case(connection, NOON - 5 * DAY, recorded_at=NOON - 5 * DAY)
        add_assignment(connection, other, unit_id="a", section_at=NOON, closed_at=NOON, dispatched_at=NOON)
        add_contact(connection, other, mode="visit")
    # when, then
    expected = {"A03": 1, "A04": 1, "A07": 1, "A08": 1, "A10": 1, "A19": 1}
    assert raised(NOON + HOUR) == expected
