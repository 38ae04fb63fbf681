"""Where the days past the limit went, which cases go to and fro, and how limits are lengthened."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from casedb import tables
from queries import overdue_bounced, overdue_extensions, overdue_stages
from queries.arguments import Scope
from queries.database import read
from queries.definitions import select_cases
from tests.builders import DAY, HOUR, NOON, add, add_assignment, add_case, add_unit

MONDAY = datetime(2026, 11, 16, 9)

Job = Callable[..., str]


def lost(as_of: datetime = NOON, **asked: Any) -> dict[str, float]:
    found = overdue_stages.stages(Scope(as_of=as_of, **asked))
    return dict(zip(found["stage"], found["days"].round(6), strict=True))


@pytest.fixture
def job(board: Engine) -> Job:
    """A function that adds an open case with assignments one after the other, each a dict of its columns."""
    with board.begin() as connection:
        for code in "abc":
            add_unit(connection, f"{code}局", unit_id=code, short_name=code)

    def made(*work: dict[str, Any], **case: Any) -> str:
        with board.begin() as connection:
            number = add_case(connection, **{"received_at": MONDAY, "dispatched_at": MONDAY, **case})
            for seq, values in enumerate(work, start=1):
                add_assignment(connection, number, seq=seq, **values)
        return number

    return made


def held(unit: str, **values: Any) -> dict[str, Any]:
    return {"unit_id": unit, "dispatched_at": MONDAY, "signed_at": MONDAY + HOUR, **values}


def test_all_days_overdue_are_shared_and_add_up(job: Job) -> None:
    # given
    job(held("a", due_at=NOON - 3 * DAY))
    job(held("b", due_at=NOON - 2 * DAY), dispatched_at=MONDAY + 5 * DAY)
    # when
    found = lost()
    # then
    assert sum(found.values()) == pytest.approx(5)
    assert found["record"] > 0


def test_what_nobody_held_beyond_an_allowance_is_handling(job: Job) -> None:
    # given
    job(held("a", due_at=NOON - DAY))
    # when, then
    assert lost() == {"record": 0, "sign": 0, "return": 0, "handle": 1, "assist": 0}


def test_the_time_of_an_accepted_return_is_not_the_next_units(job: Job) -> None:
    # given: a kept it from Monday to Monday, its limit to give back was the end of Tuesday
    week = MONDAY + 7 * DAY
    back = held("a", return_asked_at=week, returned_at=week, return_ruling="accepted")
    job(back, held("b", dispatched_at=week, signed_at=week, due_at=NOON - DAY))
    # when
    found = overdue_stages.stages(Scope(as_of=NOON)).set_index("stage")
    # then
    beyond = (week - datetime(2026, 11, 18)) / DAY
    assert found.loc["return", "days"] == pytest.approx(beyond / (beyond + 1))
    assert (found.loc["return", "unit_id"], found.loc["handle", "unit_id"]) == ("a", "b")


def test_a_case_given_back_twice_is_one_case_that_lost_time_there(job: Job) -> None:
    # given: two units kept it for a week each before they gave it back
    first, second = MONDAY - 7 * DAY, MONDAY
    kept = [
        held(unit, dispatched_at=at, returned_at=at + 7 * DAY) for unit, at in (("a", first), ("b", second))
    ]
    sent = {"received_at": first, "dispatched_at": first}
    job(*kept, held("c", dispatched_at=second + 7 * DAY, due_at=NOON - DAY), **sent)
    # when
    found = overdue_stages.stages(Scope(as_of=NOON)).set_index("stage")
    # then
    assert (found.loc["return", "cases"], found.loc["return", "days"] > 0) == (1, True)


def test_an_assisting_unit_past_its_own_limit_has_its_share(job: Job) -> None:
    # given
    helping = {"unit_id": "c", "role": "assist", "dispatched_at": MONDAY, "due_at": NOON - 3 * DAY}
    job(held("a", due_at=NOON - DAY), helping)
    # when, then
    assert lost()["assist"] == pytest.approx(0.75)


def test_a_case_within_its_limit_has_lost_nothing(job: Job) -> None:
    # given
    job(held("a", due_at=NOON))
    # when, then
    assert sum(lost().values()) == 0


def test_stages_of_one_unit_are_those_of_its_cases(job: Job) -> None:
    # given
    job(held("a", due_at=NOON - DAY))
    job(held("b", due_at=NOON - 2 * DAY))
    # when, then
    assert sum(lost(unit="b").values()) == pytest.approx(2)


# ── what nobody recorded ─────────────────────────────────────────────────────────────────────────────────


def test_a_case_of_which_no_sending_is_recorded_condemns_nobody(job: Job) -> None:
    # given: one known to the last stage, one of which nobody wrote when it was sent
    job(held("a", due_at=NOON - DAY))
    job({"unit_id": "b", "due_at": NOON - 3 * DAY}, dispatched_at=None)
    # when
    found = overdue_stages.stages(Scope(as_of=NOON)).set_index("stage")
    # then
    assert found["days"].round(6).to_dict() == {
        "record": 0, "sign": 0, "return": 0, "handle": 1, "assist": 0, "unknown": 3,
    }  # fmt: skip
    assert (found.loc["unknown", "cases"], found.loc["unknown", "unit_id"]) == (1, "")
    assert found.loc["unknown", ["unit_days"]].isna().all()


def test_where_no_sending_is_ever_recorded_all_days_are_unknown(job: Job) -> None:
    # given
    job({"unit_id": "a", "due_at": NOON - 2 * DAY}, dispatched_at=None)
    # when, then
    assert lost() == {"record": 0, "sign": 0, "return": 0, "handle": 0, "assist": 0, "unknown": 2}


@pytest.mark.parametrize("known", ["case", "unit"])
def test_the_first_sending_is_the_cases_or_its_first_units(job: Job, known: str) -> None:
    # given: sent five days after it was received, signed at once, a day past its limit
    sent = MONDAY + 5 * DAY
    own = {"dispatched_at": sent} if known == "unit" else {}
    job(
        {"unit_id": "a", "signed_at": sent, "due_at": NOON - DAY, **own},
        dispatched_at=sent if known == "case" else None,
    )
    # when, then
    beyond = 5 - 2 / 24
    assert lost()["record"] == pytest.approx(beyond / (beyond + 1), abs=1e-6)


def test_a_later_sending_that_nobody_recorded_leaves_the_case_unknown(job: Job) -> None:
    # given: given back by a, and sent on to b nobody knows when
    week = MONDAY + 7 * DAY
    back_to_the_centre = held("a", return_asked_at=week, returned_at=week, return_ruling="accepted")
    job(back_to_the_centre, {"unit_id": "b", "signed_at": week, "due_at": NOON - DAY})
    # when, then
    assert lost()["unknown"] == 1


def test_what_was_sent_after_the_moment_is_not_unknown(job: Job) -> None:
    # given: a holds it, and will give it to b tomorrow
    job(held("a", due_at=NOON - DAY), held("b", dispatched_at=NOON + DAY, due_at=NOON + 3 * DAY))
    # when, then
    assert lost() == {"record": 0, "sign": 0, "return": 0, "handle": 1, "assist": 0}


@pytest.mark.parametrize(("others_sign", "stage"), [(True, "sign"), (False, "handle")])
def test_nobody_waits_to_sign_where_signing_is_never_recorded(
    job: Job, others_sign: bool, stage: str
) -> None:
    # given: one unsigned and late; in a source where others sign, or nobody ever does
    job({"unit_id": "a", "dispatched_at": MONDAY, "due_at": NOON - DAY})
    if others_sign:
        job(held("b", due_at=NOON + DAY))
    # when
    found = lost()
    # then
    assert found[stage] == max(found.values()) == 1


# ── to and fro ───────────────────────────────────────────────────────────────────────────────────────────


def back(unit: str, day: int) -> dict[str, Any]:
    sent = MONDAY + day * DAY
    return held(unit, dispatched_at=sent, return_asked_at=sent + HOUR, returned_at=sent + HOUR)


def test_a_case_given_back_twice_shows_its_way(job: Job) -> None:
    # given
    number = job(back("a", 0), back("b", 1), held("a", dispatched_at=MONDAY + 2 * DAY, due_at=NOON))
    job(back("a", 0), held("b", dispatched_at=MONDAY + DAY, due_at=NOON))
    # when
    found = overdue_bounced.bounced(Scope(as_of=NOON))
    # then
    assert list(found["case_id"]) == [number]
    row = found.iloc[0]
    assert (row["returns"], row["units"], row["path"], row["unit_id"]) == (2, 2, "a → b → a", "a")


def test_three_units_are_enough(job: Job) -> None:
    # given
    third = held("c", dispatched_at=MONDAY + 2 * DAY, due_at=NOON)
    job(back("a", 0), held("b", dispatched_at=MONDAY + DAY), third)
    # when, then
    assert list(overdue_bounced.bounced(Scope(as_of=NOON))["units"]) == [3]


# ── extensions ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "habit"),
    [
        (NOON - 2 * DAY - 24 * HOUR, "last_hours"),
        (NOON - 2 * DAY, "last_hours"),
        (NOON - 2 * DAY - 24 * HOUR - timedelta(seconds=1), ""),
        (NOON - 2 * DAY + timedelta(seconds=1), "after_limit"),
    ],
)
def test_when_more_time_is_asked_for(job: Job, asked: datetime, habit: str) -> None:
    # given
    job(held("a", due_at=NOON - 2 * DAY, extension_asked_at=asked))
    # when
    row = overdue_extensions.extensions(Scope(as_of=NOON, start=MONDAY)).iloc[0]
    # then
    assert row["asked"] == 1
    assert [name for name in ("last_hours", "after_limit", "too_many", "too_long") if row[name]] == (
        [habit] if habit else []
    )


def test_too_often_and_too_long(job: Job) -> None:
    # given: five working days after the limit, the end of Wednesday the 18th, are the end of the 25th
    limit, asked = datetime(2026, 11, 19), MONDAY + DAY
    granted = {"due_at": limit, "extension_asked_at": asked, "extension_approved_at": asked}
    job(held("a", **granted, extended_to=datetime(2026, 11, 26), extension_count=3))
    job(held("b", **granted, extended_to=datetime(2026, 11, 27), extension_count=2))
    # when
    found = overdue_extensions.extensions(Scope(as_of=NOON, start=MONDAY)).set_index("unit_id")
    # then
    assert list(found["too_many"][["a", "b"]]) == [1, 0]
    assert list(found["too_long"][["a", "b"]]) == [0, 1]


def test_a_hearing_that_goes_on_stops_the_limit(board: Engine, job: Job) -> None:
    # given
    going, over = (job(held("a", due_at=NOON + DAY, extension_asked_at=MONDAY)) for _ in range(2))
    with board.begin() as connection:
        for number, steps in ((going, ["hearing_from"]), (over, ["hearing_from", "hearing_to"])):
            for hour, step in enumerate(steps):
                at = NOON - DAY + hour * HOUR
                add(connection, tables.case_events, case_id=number, at=at, event=step)
    # when, then
    assert list(overdue_extensions.extensions(Scope(as_of=NOON, start=MONDAY))["paused"]) == [1]
    assert list(read(select_cases(Scope(as_of=NOON), "paused"))["case_id"]) == [going]
