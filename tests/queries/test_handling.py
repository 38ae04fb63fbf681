"""How a unit handled what it was sent (M02, M03, M05–M08, M17, M18), at the edges of each limit."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from queries.arguments import Scope
from queries.database import read
from queries.definitions import select_cases
from queries.measures import measured
from tests.builders import (
    DAY,
    HOUR,
    NOON,
    add_assignment,
    add_callback,
    add_case,
    add_contact,
    add_feeds,
    add_unit,
)

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)

BEFORE_HOLIDAY = datetime(2019, 9, 30, 10)
"""A Monday; 1 to 7 October are holidays."""

BEFORE_MAKE_UP = datetime(2019, 10, 11, 10)
"""A Friday; the Saturday after is worked, to make up for the holidays."""

BEFORE_WEEKEND = datetime(2019, 10, 18, 10)

Job = Callable[..., str]


def counted(name: str, as_of: datetime = NOON, **asked: Any) -> tuple[float, int]:
    """k and n of a measure over all units."""
    rows = measured(Scope(as_of=as_of, **asked), name)
    return float(rows["k"].sum()), int(rows["n"].sum())


def size(set_name: str, as_of: datetime = NOON, **asked: Any) -> int:
    return len(read(select_cases(Scope(as_of=as_of, **asked), set_name)))


@pytest.fixture
def job(desk: Engine) -> Job:
    """A function that adds a case with an assignment of the unit "a"; ``case`` holds columns of the case."""
    with desk.begin() as connection:
        add_feeds(connection)
        add_unit(connection, "甲局", unit_id="a")
        add_unit(connection, "乙局", unit_id="b")

    def made(case: dict[str, Any] | None = None, **values: Any) -> str:
        sent = values.get("dispatched_at") or NOON - 60 * DAY
        with desk.begin() as connection:
            number = add_case(connection, **{"received_at": sent, **(case or {})})
            add_assignment(connection, number, **{"unit_id": "a", **values})
        return number

    return made


# ── response (M03) ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("urgency", "limit"),
    [("urgent", 30 * MINUTE), ("critical", 30 * MINUTE), ("normal", 24 * HOUR)],
)
@pytest.mark.parametrize(("beside", "kept"), [(-SECOND, 1), (0 * SECOND, 1), (SECOND, 0)])
def test_contact_counts_up_to_the_limit_of_the_urgency(
    desk: Engine, job: Job, urgency: str, limit: timedelta, beside: timedelta, kept: int
) -> None:
    # given
    sent = NOON - 3 * DAY
    number = job({"urgency": urgency}, dispatched_at=sent, signed_at=sent + MINUTE)
    with desk.begin() as connection:
        add_contact(connection, number, sent + limit + beside, unit_id="a")
    # when, then
    assert counted("response") == (kept, 1)
    assert size("response_late") == 1 - kept


@pytest.mark.parametrize(
    ("contact", "kept"),
    [
        ({}, 1),
        ({"unit_id": None}, 1),
        ({"mode": "visit"}, 1),
        ({"mode": "message"}, 0),
        ({"unit_id": "b"}, 0),
        ({"reached": False}, 0),
        ({"at": NOON - 3 * DAY - SECOND}, 0),
    ],
)
def test_only_the_units_own_talk_with_the_person_after_dispatch_is_contact(
    desk: Engine, job: Job, contact: dict[str, Any], kept: int
) -> None:
    # given
    sent = NOON - 3 * DAY
    number = job(dispatched_at=sent, signed_at=sent + MINUTE)
    with desk.begin() as connection:
        add_contact(connection, number, **{"at": sent + HOUR, "unit_id": "a", **contact})
    # when, then
    assert counted("response") == (kept, 1)


@pytest.mark.parametrize(
    ("signed", "kept"), [(DAY, 1), (DAY + SECOND, 0), (None, 0)], ids=["at the limit", "later", "never"]
)
def test_contact_without_signing_in_time_is_no_response(
    desk: Engine, job: Job, signed: timedelta | None, kept: int
) -> None:
    # given
    sent = NOON - 3 * DAY
    number = job(dispatched_at=sent, signed_at=sent + signed if signed else None)
    with desk.begin() as connection:
        add_contact(connection, number, sent + HOUR, unit_id="a")
    # when, then
    assert counted("response") == (kept, 1)


def test_signing_at_the_last_second_without_contact_is_no_response(job: Job) -> None:
    job(dispatched_at=NOON - 3 * DAY, signed_at=NOON - 2 * DAY)
    assert counted("response") == (0, 1)


def test_at_its_very_limit_a_response_is_not_yet_due(job: Job) -> None:
    job({"urgency": "urgent"}, dispatched_at=NOON - 30 * MINUTE)
    assert counted("response") == (0, 0)
    assert counted("response", as_of=NOON + SECOND) == (0, 1)


# ── signing (M05) ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sent", "limit"),
    [
        (BEFORE_HOLIDAY, datetime(2019, 10, 9)),
        (BEFORE_MAKE_UP, datetime(2019, 10, 13)),
        (BEFORE_WEEKEND, datetime(2019, 10, 22)),
        (datetime(2026, 2, 13, 18), datetime(2026, 2, 15)),
    ],
    ids=["before a holiday", "before a make-up day", "before a weekend", "before a make-up day in 2026"],
)
def test_signing_is_due_at_the_end_of_the_next_working_day(job: Job, sent: datetime, limit: datetime) -> None:
    # given one signed at the limit, one a second later, one never
    for signed in (limit, limit + SECOND, None):
        job(dispatched_at=sent, signed_at=signed)
    # when, then
    assert counted("signing", as_of=limit) == (0, 0)
    assert counted("signing", as_of=limit + SECOND) == (1, 3)
    assert counted("signing", as_of=limit + DAY, start=limit, end=limit + SECOND) == (1, 3)
    assert counted("signing", as_of=limit + DAY, start=limit - DAY, end=limit) == (0, 0)


@pytest.mark.parametrize(("beside", "kept"), [(0 * SECOND, 1), (SECOND, 0)])
def test_a_return_asked_in_time_is_action_in_time(job: Job, beside: timedelta, kept: int) -> None:
    limit = datetime(2019, 10, 22)
    job(dispatched_at=BEFORE_WEEKEND, return_asked_at=limit + beside)
    assert counted("signing", as_of=limit + DAY) == (kept, 1)
    assert size("sign_late", as_of=limit + DAY) == 1 - kept


def test_an_accepted_return_speaks_of_nobodys_signing_response_or_limit(job: Job) -> None:
    job(dispatched_at=NOON - 5 * DAY, due_at=NOON - DAY, returned_at=NOON - 4 * DAY)
    for name in ("signing", "response", "on_time", "on_time_original", "closure"):
        assert counted(name) == (0, 0)
    assert counted("on_time", as_of=NOON - 4 * DAY - SECOND) == (0, 0)
    assert counted("closure", as_of=NOON - 4 * DAY - SECOND) == (0, 1)


# ── closing by the limit (M06, M08) ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("beside", "kept"), [(-SECOND, 1), (0 * SECOND, 1), (SECOND, 0)])
def test_closed_at_the_limit_is_on_time_and_a_second_later_is_not(
    job: Job, beside: timedelta, kept: int
) -> None:
    # given
    job(dispatched_at=NOON - 5 * DAY, due_at=NOON - DAY, closed_at=NOON - DAY + beside)
    # when, then
    assert counted("on_time") == counted("on_time_original") == (kept, 1)
    assert counted("closed_late") == (1 - kept, 1)
    assert size("broken") == 1 - kept


@pytest.mark.parametrize(("as_of", "due"), [(NOON - SECOND, 0), (NOON, 0), (NOON + SECOND, 1)])
def test_what_is_open_counts_against_the_unit_only_once_its_limit_has_passed(
    job: Job, as_of: datetime, due: int
) -> None:
    job(dispatched_at=NOON - 5 * DAY, due_at=NOON)
    assert counted("on_time", as_of=as_of) == (0, due)
    assert counted("closed_late", as_of=as_of) == (0, 0)


def test_what_was_closed_early_is_counted_when_its_limit_falls(job: Job) -> None:
    job(dispatched_at=NOON - 5 * DAY, due_at=NOON, closed_at=NOON - 4 * DAY)
    assert counted("on_time") == (0, 0)
    assert counted("on_time", as_of=NOON + SECOND) == (1, 1)


@pytest.mark.parametrize(("asked", "approved", "kept"), [(0, 1, 1), (1, 1, 0), (0, None, 0)])
def test_an_extension_counts_if_asked_for_by_the_old_limit_and_approved(
    job: Job, asked: int, approved: int | None, kept: int
) -> None:
    # given closed between the old limit and the new, asked for at the old limit or a second after
    old = NOON - 3 * DAY
    job(
        dispatched_at=NOON - 5 * DAY,
        due_at=old,
        extension_asked_at=old + asked * SECOND,
        extension_approved_at=None if approved is None else old + approved * HOUR,
        extended_to=NOON - DAY,
        closed_at=NOON - 2 * DAY,
    )
    # when, then: the old limit never moves
    assert counted("on_time") == (kept, 1)
    assert counted("on_time_original") == (0, 1)


def test_an_extension_moves_the_case_into_the_period_of_its_new_limit(job: Job) -> None:
    # given
    old, new = NOON - 3 * DAY, NOON - DAY
    extended = {"extension_asked_at": old, "extension_approved_at": old + HOUR, "extended_to": new}
    job(dispatched_at=NOON - 5 * DAY, due_at=old, closed_at=NOON - 2 * DAY, **extended)
    # when, then
    assert counted("on_time", start=old, end=old + DAY) == (0, 0)
    assert counted("on_time", start=new, end=new + DAY) == (1, 1)
    assert counted("on_time_original", start=old, end=old + DAY) == (0, 1)
    assert counted("on_time", as_of=old + HOUR - SECOND) == (0, 1)


def test_a_limit_at_the_end_of_a_period_belongs_to_the_next(job: Job) -> None:
    job(dispatched_at=NOON - 5 * DAY, due_at=NOON - DAY)
    assert counted("on_time", start=NOON - 2 * DAY, end=NOON - DAY) == (0, 0)
    assert counted("on_time", start=NOON - DAY, end=NOON) == (0, 1)


def test_the_sources_own_verdict_is_used_only_where_there_is_no_limit(job: Job) -> None:
    # given two verdicts without a limit, in the period they were received in, and one beside a limit
    received = NOON - 5 * DAY
    for verdict in ("on_time", "late"):
        job({"received_at": received}, stated_verdict=verdict)
    job({"received_at": received}, stated_verdict="on_time", due_at=NOON - DAY)
    # when, then
    assert counted("on_time") == (1, 3)
    assert counted("on_time_original") == (0, 1)
    assert counted("on_time", start=received, end=received + SECOND) == (1, 2)
    assert counted("on_time", start=received - SECOND, end=received) == (0, 0)


def test_each_round_has_its_own_limit_and_assisting_units_have_none(desk: Engine, job: Job) -> None:
    # given a first round kept and sent back, rework broken, and an assisting unit
    first = {"dispatched_at": NOON - 9 * DAY, "due_at": NOON - 6 * DAY, "closed_at": NOON - 7 * DAY}
    number = job(**first, sent_back_at=NOON - 5 * DAY)
    with desk.begin() as connection:
        again = {"seq": 2, "round": 2, "dispatched_at": NOON - 5 * DAY, "due_at": NOON - 2 * DAY}
        add_assignment(connection, number, unit_id="a", **again)
        add_assignment(connection, number, unit_id="b", **{**again, "seq": 3, "role": "assist"})
    # when
    rows = measured(Scope(NOON), "on_time")
    # then
    assert rows[["unit_id", "k", "n"]].to_numpy().tolist() == [["a", 1.0, 2]]


# ── closing at all (M07) ─────────────────────────────────────────────────────────────────────────────────


def test_what_was_in_hand_and_not_done_is_what_the_next_period_begins_with(job: Job) -> None:
    # given two carried in, three sent in the period, one returned, one after it; three of them done
    start, end = NOON - 20 * DAY, NOON - 10 * DAY
    early, within, after = start - DAY, start + DAY, end + DAY
    job(dispatched_at=early, closed_at=start)
    job(dispatched_at=early)
    job(dispatched_at=start, closed_at=within)
    job(dispatched_at=within, closed_at=end - SECOND)
    job(dispatched_at=within, closed_at=end)
    job(dispatched_at=within, returned_at=end - DAY)
    job(dispatched_at=early, closed_at=start - SECOND)
    job(dispatched_at=after)
    # when
    done, in_hand = counted("closure", start=start, end=end)
    # then open(t1) = open(t0) + dispatched − closed − accepted returns
    assert (done, in_hand) == (3, 5)
    assert counted("closure", start=end) == (1, in_hand - done + 1)


def test_what_was_sent_at_an_unknown_time_is_in_hand_since_it_was_received(job: Job) -> None:
    job({"received_at": NOON - 5 * DAY})
    assert counted("closure") == (0, 1)
    assert counted("closure", start=NOON - 6 * DAY, end=NOON - 5 * DAY) == (0, 0)
    assert counted("closure", start=NOON - 5 * DAY, end=NOON - 4 * DAY) == (0, 1)


# ── sent back (M17) ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("age", "mature"), [(10 * DAY - SECOND, 0), (10 * DAY, 1)])
def test_a_closing_is_counted_once_it_is_ten_days_old(job: Job, age: timedelta, mature: int) -> None:
    job(dispatched_at=NOON - 20 * DAY, closed_at=NOON - age, sent_back_at=NOON - DAY)
    assert counted("sent_back") == (mature, mature)


@pytest.mark.parametrize(
    ("values", "back"),
    [
        ({"sent_back_at": NOON}, 1),
        ({"sent_back_at": NOON, "send_back_reason": "答复敷衍"}, 1),
        ({"sent_back_at": NOON, "send_back_reason": "中心差错"}, 0),
        ({"sent_back_at": NOON + SECOND}, 0),
        ({}, 0),
    ],
)
def test_what_the_centre_got_wrong_is_not_held_against_the_unit(
    job: Job, values: dict[str, Any], back: int
) -> None:
    job(dispatched_at=NOON - 20 * DAY, closed_at=NOON - 15 * DAY, **values)
    assert counted("sent_back") == (back, 1)


# ── rework in time (M17) ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("beside", "kept"), [(0 * SECOND, 1), (SECOND, 0)])
def test_rework_is_due_by_its_own_limit_and_a_first_round_is_no_rework(
    job: Job, beside: timedelta, kept: int
) -> None:
    # given
    step = {"dispatched_at": NOON - 5 * DAY, "due_at": NOON - DAY, "closed_at": NOON - DAY + beside}
    job(**step)
    job(**step, round=2)
    job(**{**step, "due_at": NOON}, round=2)
    # when, then
    assert counted("rework_on_time") == (kept, 1)
    assert counted("rework_on_time", start=NOON - DAY, end=NOON) == (kept, 1)
    assert counted("rework_on_time", start=NOON - 2 * DAY, end=NOON - DAY) == (0, 0)


# ── repeated, returned (M18) ─────────────────────────────────────────────────────────────────────────────

CLOSED = NOON - 40 * DAY


@pytest.mark.parametrize(
    ("after", "again"),
    [(-SECOND, 0), (0 * SECOND, 0), (SECOND, 1), (30 * DAY, 1), (30 * DAY + SECOND, 0), (31 * DAY, 0)],
)
def test_a_repeat_comes_after_the_closing_and_within_thirty_days(
    job: Job, after: timedelta, again: int
) -> None:
    # given a call while the case was open is an urging
    first = job(dispatched_at=CLOSED - DAY, closed_at=CLOSED)
    job({"received_at": CLOSED + after, "first_case_id": first})
    # when, then
    assert counted("repeats") == (again, 1)


LONG_AGO = NOON - 100 * DAY


@pytest.mark.parametrize(
    ("route", "after", "again"),
    [
        ("信访事项", 31 * DAY, 1),
        ("信访事项", 90 * DAY, 1),
        ("信访事项", 90 * DAY + SECOND, 0),
        ("诉讼", 31 * DAY, 0),
    ],
)
def test_a_petition_is_watched_for_ninety_days(job: Job, route: str, after: timedelta, again: int) -> None:
    # given the route of what was closed decides, not that of what came
    first = job({"legal_route": route}, dispatched_at=LONG_AGO - DAY, closed_at=LONG_AGO)
    job({"received_at": LONG_AGO + after, "first_case_id": first})
    # when, then
    assert counted("repeats") == (again, 1)


@pytest.mark.parametrize(("route", "days"), [("信访事项", 90), (None, 30)])
def test_a_closing_is_counted_when_its_days_are_over(job: Job, route: str | None, days: int) -> None:
    job({"legal_route": route}, dispatched_at=LONG_AGO - DAY, closed_at=LONG_AGO)
    over = LONG_AGO + days * DAY
    assert counted("repeats", as_of=over) == (0, 0)
    assert counted("repeats", as_of=over + SECOND, start=over, end=over + DAY) == (0, 1)
    assert counted("repeats", start=over - DAY, end=over) == (0, 0)


@pytest.mark.parametrize(
    "case",
    [
        {"cluster_id": "pigs"},
        {"first_case_id": "first", "is_valid": False},
        {"first_case_id": "first", "merged_into": "first"},
    ],
    ids=["another person's case of the same event", "no request", "merged into another"],
)
def test_what_is_no_case_of_the_same_person_and_matter_is_no_repeat(job: Job, case: dict[str, Any]) -> None:
    job({"case_id": "first", "cluster_id": "pigs"}, dispatched_at=CLOSED - DAY, closed_at=CLOSED)
    job({"received_at": CLOSED + DAY, **case})
    assert counted("repeats") == (0, 1)


def test_a_repeat_of_a_repeat_is_one_too(job: Job) -> None:
    job({"case_id": "first", "received_at": CLOSED - 90 * DAY}, dispatched_at=CLOSED - 90 * DAY)
    job({"first_case_id": "first"}, dispatched_at=CLOSED - DAY, closed_at=CLOSED)
    job({"first_case_id": "first", "received_at": CLOSED + DAY})
    assert counted("repeats") == (1, 1)


def test_a_closing_is_watched_until_thirty_days_are_over_and_not_if_sent_back(job: Job) -> None:
    job(dispatched_at=NOON - 40 * DAY, closed_at=NOON - 30 * DAY)
    job(dispatched_at=NOON - 60 * DAY, closed_at=NOON - 50 * DAY, sent_back_at=NOON - 49 * DAY)
    assert counted("repeats") == (0, 0)
    assert counted("repeats", as_of=NOON + SECOND) == (0, 1)


def test_every_return_asked_for_counts_among_what_was_sent(job: Job) -> None:
    # given accepted, refused, not asked for, and sent before the period
    sent = NOON - 5 * DAY
    job(dispatched_at=sent, return_asked_at=sent + HOUR, returned_at=sent + DAY)
    job(dispatched_at=sent, return_asked_at=sent + HOUR, return_ruling="refused")
    job(dispatched_at=sent)
    job(dispatched_at=sent - SECOND, return_asked_at=sent)
    # when, then
    assert counted("returns", start=sent) == (2, 3)
    assert counted("returns", start=sent, as_of=sent + HOUR - SECOND) == (0, 3)


def test_a_return_that_is_refused_is_improper_and_one_not_ruled_on_is_not_counted(job: Job) -> None:
    # given refused, accepted, not ruled on, and ruled on without having been asked for
    sent = NOON - 5 * DAY
    asked = {"dispatched_at": sent, "return_asked_at": sent + HOUR}
    job(**asked, return_ruling="refused")
    job(**asked, return_ruling="accepted", returned_at=sent + DAY)
    job(**asked)
    job(dispatched_at=sent, return_ruling="refused")
    job(**{**asked, "dispatched_at": sent - SECOND}, return_ruling="refused")
    # when, then
    assert counted("returns_refused", start=sent) == (1, 2)
    assert counted("returns_refused", start=sent, as_of=sent + DAY - SECOND) == (1, 1)
    assert counted("returns_refused", start=sent, as_of=sent + HOUR - SECOND) == (0, 0)


@pytest.mark.parametrize(("as_of", "passed"), [(NOON - SECOND, 0), (NOON, 1)])
def test_work_is_passed_on_once_another_unit_has_it(
    desk: Engine, job: Job, as_of: datetime, passed: int
) -> None:
    # given
    number = job(dispatched_at=NOON - 5 * DAY, returned_at=NOON - 4 * DAY)
    with desk.begin() as connection:
        add_assignment(connection, number, seq=2, unit_id="b", dispatched_at=NOON)
    # when, then
    assert size("passed_on", as_of=as_of, unit="a") == size("passed_in", as_of=as_of, unit="b") == passed
    assert size("passed_on", as_of=as_of, unit="a", other="b") == passed
    assert size("passed_on", as_of=as_of, unit="a", other="a") == 0


def test_work_sent_to_the_same_unit_again_was_not_passed_on(desk: Engine, job: Job) -> None:
    number = job(dispatched_at=NOON - 5 * DAY, returned_at=NOON - 4 * DAY)
    with desk.begin() as connection:
        add_assignment(connection, number, seq=2, unit_id="a", dispatched_at=NOON)
    assert size("passed_on") == size("passed_in") == 0


# ── called back (M02) ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("closed", "limit"),
    [
        (BEFORE_HOLIDAY, datetime(2019, 10, 11)),
        (BEFORE_MAKE_UP, datetime(2019, 10, 16)),
        (BEFORE_WEEKEND, datetime(2019, 10, 24)),
    ],
    ids=["before a holiday", "before a make-up day", "before a weekend"],
)
@pytest.mark.parametrize(("beside", "kept"), [(0 * SECOND, 1), (SECOND, 0)])
def test_calling_back_is_due_at_the_end_of_the_third_working_day(
    desk: Engine, job: Job, closed: datetime, limit: datetime, beside: timedelta, kept: int
) -> None:
    # given
    number = job(dispatched_at=closed - DAY, closed_at=closed)
    with desk.begin() as connection:
        add_callback(connection, number, limit + beside, reached=False, rating=None)
    # when, then
    assert counted("callback", as_of=limit) == (0, 0)
    assert counted("callback", as_of=limit + DAY, start=limit, end=limit + SECOND) == (kept, 1)


@pytest.mark.parametrize(
    ("call", "kept"),
    [({}, 1), ({"at": BEFORE_WEEKEND - SECOND}, 0), ({"source": "unit"}, 0), ({"source": "robot"}, 1)],
    ids=["by the centre", "before the closing", "by the unit", "by a robot"],
)
def test_only_an_attempt_by_others_after_the_closing_is_a_call_back(
    desk: Engine, job: Job, call: dict[str, Any], kept: int
) -> None:
    number = job(dispatched_at=BEFORE_WEEKEND - DAY, closed_at=BEFORE_WEEKEND)
    with desk.begin() as connection:
        add_callback(connection, number, **{"at": BEFORE_WEEKEND + HOUR, **call})
    assert counted("callback", as_of=BEFORE_WEEKEND + 9 * DAY) == (kept, 1)


def test_a_closing_after_rework_needs_no_call_back_in_time(job: Job) -> None:
    job(dispatched_at=BEFORE_WEEKEND - DAY, closed_at=BEFORE_WEEKEND, round=2)
    assert counted("callback", as_of=BEFORE_WEEKEND + 9 * DAY) == (0, 0)
