"""What belongs to one case beside its clock: judged steps, ratings, evidence, facts to check, other cases."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from casedb.tables import case_events, contacts, escalations, evidence, exclusions
from queries import cases
from queries.arguments import Scope
from tests.builders import DAY, HOUR, NOON, add, add_assignment, add_callback, add_case, add_unit

SECOND = timedelta(seconds=1)


def add_contact(connection: Connection, case: str, at: datetime, **values: Any) -> None:
    row = {"at": at, "mode": "phone", "reached": True, **values}
    add(connection, contacts, case_id=case, **row)


@pytest.mark.parametrize(("after", "expected"), [(-SECOND, True), (0 * SECOND, True), (SECOND, False)])
def test_entering_signing_contacting_and_calling_back_are_judged_at_their_limits(
    board: Engine, after: timedelta, expected: bool
) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON, recorded_at=NOON + HOUR + after)
        unit = add_unit(connection)
        # Wednesday noon: signing ends with Thursday, calling back with the third working day after
        signed, closed = datetime(2026, 11, 27) + after, NOON + 7 * DAY
        steps = {"dispatched_at": NOON, "signed_at": signed, "closed_at": closed}
        add_assignment(connection, case, unit_id=unit, **steps)
        add_contact(connection, case, NOON + DAY + after)
        add_callback(connection, case, datetime(2026, 12, 8) + after)

    told = cases.timeline(Scope(NOON + 90 * DAY, case=case)).set_index("event")["kept"]

    assert {
        step: bool(told[step]) for step in ("recorded", "signed", "contact", "callback")
    } == dict.fromkeys(("recorded", "signed", "contact", "callback"), expected)


def test_a_message_and_a_call_that_reached_nobody_keep_no_limit(board: Engine) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON)
        add_assignment(connection, case, dispatched_at=NOON)
        add_contact(connection, case, NOON + HOUR, mode="message")
        add_contact(connection, case, NOON + 2 * HOUR, reached=False)

    told = cases.timeline(Scope(NOON + 9 * DAY, case=case))

    assert told.loc[told["event"] == "contact", "kept"].isna().all()


def test_the_holders_know_their_limit_and_how_their_clock_ended(board: Engine) -> None:
    with board.begin() as connection:
        unit, case = add_unit(connection), add_case(connection, NOON)
        refused = {"return_asked_at": NOON + HOUR, "return_ruling": "refused"}
        first = {"dispatched_at": NOON, "returned_at": NOON + HOUR, "due_at": NOON + DAY}
        add_assignment(connection, case, unit_id=unit, **first)
        longer = {
            "due_at": NOON + DAY,
            "extension_asked_at": NOON,
            "extension_approved_at": NOON + 5 * HOUR,
            "extended_to": NOON + 2 * DAY,
        }
        add_assignment(connection, case, unit_id=unit, seq=2, dispatched_at=NOON + HOUR, **longer, **refused)

    early, held = (
        cases.holders(Scope(NOON + 4 * HOUR, case=case)),
        cases.holders(Scope(NOON + DAY, case=case)),
    )

    assert held["ended"].tolist() == ["returned", ""]
    assert early["due_at"].iloc[-1] == NOON + DAY
    assert held["due_at"].iloc[-1] == NOON + 2 * DAY


def test_the_first_rating_stays_and_both_rated_objects_are_told(board: Engine) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON)
        add_assignment(connection, case, closed_at=NOON)
        add_callback(connection, case, NOON + HOUR, reached=False, rating=None)
        first = add_callback(
            connection, case, NOON + 2 * HOUR, rating="dissatisfied", resolved="no", reason="慢"
        )
        add_callback(connection, case, NOON + 3 * HOUR, rating="satisfied")
        add_callback(connection, case, NOON + 3 * HOUR, rated_object="centre", rating="mostly")
        add_callback(connection, case, NOON + 4 * HOUR, source="unit", rating="satisfied")
        asked = {"case_id": case, "callback_id": first, "reason": "恶意评价", "proposed_at": NOON + 5 * HOUR}
        add(connection, exclusions, approved_at=NOON + DAY, **asked)

    def told(as_of: datetime) -> dict[str, Any]:
        return dict(cases.ratings(Scope(as_of, case=case)).iloc[0])

    day, last = told(NOON + 6 * HOUR), told(NOON + DAY)
    assert (day["rating"], day["resolved"], day["reason"]) == ("dissatisfied", "no", "慢")
    assert (day["centre_rating"], day["own_rating"]) == ("mostly", "satisfied")
    assert (day["calls"], day["missed"]) == (4, 1)
    assert (day["exclusion"], last["exclusion"], last["ground"]) == ("open", "approved", "恶意评价")
    assert told(NOON + HOUR)["rating"] == ""
    assert cases.ratings(Scope(NOON, case=case)).empty


def test_a_confidential_case_keeps_the_reasons_of_its_ratings(board: Engine) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON, confidentiality="report")
        add_callback(connection, case, NOON, rating="dissatisfied", reason="秘密")

    assert cases.ratings(Scope(NOON, case=case))["reason"].tolist() == [""]


def test_a_fingerprint_found_again_is_told_once_it_is_known(board: Engine) -> None:
    with board.begin() as connection:
        case, other = add_case(connection, NOON, case_id="c-1"), add_case(connection, NOON, case_id="c-2")
        for at, owner, mark in ((NOON, case, "a"), (NOON, case, "b"), (NOON + HOUR, other, "a")):
            add(connection, evidence, case_id=owner, kind="photo", at=at, sha256=mark)
        add(connection, evidence, case_id=case, kind="position", at=NOON)

    before, after = (cases.evidence(Scope(at, case=case)) for at in (NOON, NOON + HOUR))

    assert before["copies"].tolist() == [0, 0, 0]
    assert after["copies"].tolist() == [1, 0, 0]
    assert after["other_case"].tolist() == ["c-2", "", ""]
    assert cases.observed(Scope(NOON + HOUR, case=case))["fact"].tolist() == ["same_print"]


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ({"at": NOON}, []),
        ({"at": NOON + DAY}, []),
        ({"at": NOON - SECOND}, ["no_contact"]),
        ({"at": NOON + DAY + SECOND}, ["no_contact"]),
        ({"at": NOON + HOUR, "mode": "message"}, ["no_contact"]),
        ({"at": NOON + HOUR, "reached": False}, ["no_contact"]),
    ],
)
def test_an_answer_without_one_contact_since_signing_is_a_fact_to_check(
    board: Engine, contact: dict[str, Any], expected: list[str]
) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON - DAY)
        add_assignment(connection, case, dispatched_at=NOON - DAY, signed_at=NOON, closed_at=NOON + DAY)
        add_contact(connection, case, **contact)
        add_contact(connection, add_case(connection), NOON)  # that somebody was reached is recorded

    assert cases.observed(Scope(NOON + 9 * DAY, case=case))["fact"].tolist() == expected


@pytest.mark.parametrize(
    ("source", "resolved", "expected"),
    [("centre", "no", ["claim"]), ("centre", "partly", []), ("unit", "no", [])],
)
def test_what_the_unit_calls_resolved_and_the_citizen_does_not_is_a_fact_to_check(
    board: Engine, source: str, resolved: str, expected: list[str]
) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON)
        add_assignment(connection, case, closed_at=NOON, claims_resolved=True)
        add_callback(connection, case, NOON + HOUR, source=source, resolved=resolved)

    assert cases.observed(Scope(NOON + DAY, case=case))["fact"].tolist() == expected


@pytest.mark.parametrize(
    ("spoken", "asked", "expected"),
    [
        ((22, 0), [(8, 30), (17, 30)], ["office_hours"]),
        ((5, 59), [(9, 0)], ["office_hours"]),
        ((21, 59), [(9, 0)], []),
        ((6, 0), [(9, 0)], []),
        ((23, 0), [(9, 0), (22, 0)], []),
        ((23, 0), [], []),
    ],
)
def test_a_matter_of_the_night_looked_into_only_by_day_is_a_fact_to_check(
    board: Engine, spoken: tuple[int, int], asked: list[tuple[int, int]], expected: list[str]
) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON.replace(hour=spoken[0], minute=spoken[1]))
        for hour, minute in asked:
            add_contact(connection, case, (NOON + DAY).replace(hour=hour, minute=minute))

    assert cases.observed(Scope(NOON + 9 * DAY, case=case))["fact"].tolist() == expected


@pytest.mark.parametrize(
    ("asked", "granted", "expected"),
    [
        (NOON - 25 * HOUR, None, []),
        (NOON - HOUR, NOON, ["last_hours"]),
        (NOON, None, ["last_hours"]),
        (NOON + SECOND, None, ["after_limit"]),
        (NOON - HOUR, NOON + SECOND, ["last_hours", "granted_late"]),
    ],
)
def test_an_extension_asked_for_or_granted_late_is_a_fact_to_check(
    board: Engine, asked: datetime, granted: datetime | None, expected: list[str]
) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON - 9 * DAY)
        longer = {
            "extension_asked_at": asked,
            "extension_approved_at": granted,
            "extended_to": NOON + 9 * DAY,
        }
        add_assignment(connection, case, dispatched_at=NOON - 9 * DAY, due_at=NOON, **longer)

    assert cases.observed(Scope(NOON + DAY, case=case))["fact"].tolist() == expected


def test_returns_urgings_and_a_step_not_taken_are_facts_to_check(board: Engine) -> None:
    # given: given back twice, a third time refused, urged twice, raised for days without an act
    with board.begin() as connection:
        case, unit = add_case(connection, NOON - 9 * DAY), add_unit(connection)
        for seq in (1, 2, 3):
            at = NOON - (9 - seq) * DAY
            back = {"returned_at": at + HOUR} if seq < 3 else {"return_ruling": "refused"}
            sent = {"dispatched_at": at, "signed_at": at, "return_asked_at": at + HOUR}
            add_assignment(connection, case, seq=seq, unit_id=unit, **sent, **back)
        for days in (2, 1, -1):
            add(connection, case_events, case_id=case, event="urged", at=NOON - days * DAY)
        add(connection, escalations, case_id=add_case(connection), level=1, at=NOON)  # of another case

    found = cases.observed(Scope(NOON, case=case)).set_index("fact")

    assert found["count"].to_dict() == {"returned": 2, "undone": 3, "refused_return": 0, "urged": 2}
    assert found["at"].loc["urged"] == NOON - DAY
    assert found["at"].loc["undone"] == NOON - 7 * DAY + HOUR


def test_one_return_and_one_urging_are_no_facts_to_check(board: Engine) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON - DAY)
        add_assignment(connection, case, dispatched_at=NOON - DAY, returned_at=NOON - HOUR)
        add(connection, case_events, case_id=case, event="urged", at=NOON - HOUR)

    assert cases.observed(Scope(NOON, case=case)).empty


def test_merged_cases_know_each_other_and_how_many_there_are(board: Engine) -> None:
    with board.begin() as connection:
        add_case(connection, NOON, case_id="whole")
        for place in (1, 2):
            add_case(connection, NOON + place * HOUR, case_id=f"part-{place}", merged_into="whole")
        add_case(connection, NOON, case_id="stranger")

    beside = cases.siblings(Scope(NOON + DAY, case="part-1"))

    assert beside["case_id"].tolist() == ["part-2", "whole"]
    assert beside["alike"].tolist() == [2, 2]
    assert cases.siblings(Scope(NOON + DAY, case="whole", limit=1))["alike"].tolist() == [2]
    assert cases.siblings(Scope(NOON + DAY, case="stranger")).empty
