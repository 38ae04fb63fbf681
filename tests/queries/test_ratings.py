"""What a rating counts for (M01, M02, M04, M17), at the edges of each rule of counting."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from queries.arguments import Scope
from queries.database import read
from queries.definitions import select_cases
from queries.measures import measured
from rules import rulebook
from tests.builders import DAY, HOUR, add_assignment, add_callback, add_case, add_exclusion, add_unit

NOW = datetime(2026, 11, 25, 9, 42)
FIRST = NOW - 10 * DAY
SECOND = timedelta(seconds=1)

Case = Callable[..., str]


def counted(name: str, **asked: Any) -> tuple[float, int]:
    """k and n of a measure over all units, in the thirty days before now unless told."""
    rows = measured(Scope(**{"as_of": NOW, "start": NOW - 30 * DAY, **asked}), name)
    return float(rows["k"].sum()), int(rows["n"].sum())


@pytest.fixture
def case(desk: Engine) -> Case:
    """A function that adds a case of one unit with calls back, each a dict; returns the case's number."""
    with desk.begin() as connection:
        add_unit(connection, "甲局", unit_id="a")

    def made(*calls: dict[str, Any], **values: Any) -> str:
        with desk.begin() as connection:
            number = add_case(connection, NOW - 40 * DAY, **values)
            add_assignment(connection, number, unit_id="a", dispatched_at=NOW - 40 * DAY)
            for call in calls:
                add_callback(connection, number, **{"at": FIRST, **call})
        return number

    return made


def test_who_gave_no_rating_is_no_row(case: Case) -> None:
    # given nobody reached, and one call nobody was asked in
    case({"reached": False, "rating": None})
    case({"rating": None})
    # when, then
    assert measured(Scope(NOW), "satisfaction").empty
    assert measured(Scope(NOW), "participation").empty


def test_three_good_and_five_declined_are_three_of_three_and_participation_three_of_eight(case: Case) -> None:
    # given the second edge of M01
    for rating in ("satisfied", "satisfied", "mostly", *["declined"] * 5):
        case({"rating": rating})
    # when, then
    assert counted("satisfaction") == (3, 3)
    assert counted("participation") == (3, 8)


def test_all_declined_is_no_satisfaction_at_all(case: Case) -> None:
    case({"rating": "declined"})
    assert measured(Scope(NOW), "satisfaction").empty
    assert counted("participation") == (0, 1)


def test_290_good_of_300_are_counted_as_such(case: Case) -> None:
    for number in range(300):
        case({"rating": "satisfied" if number < 200 else "mostly" if number < 290 else "dissatisfied"})
    assert counted("satisfaction") == (290, 300)
    assert counted("satisfaction", without="mostly") == (200, 300)


@pytest.mark.parametrize(("after", "good"), [(DAY - SECOND, 1), (DAY, 1), (DAY + SECOND, 0)])
def test_a_rating_is_corrected_within_24_hours_and_not_later(case: Case, after: timedelta, good: int) -> None:
    # given
    case({"rating": "dissatisfied"}, {"at": FIRST + after})
    # when, then
    assert counted("satisfaction") == (good, 1)


def test_a_correction_within_24_hours_of_a_correction_is_too_late_for_the_first(case: Case) -> None:
    case({}, {"at": FIRST + 20 * HOUR, "rating": "dissatisfied"}, {"at": FIRST + 30 * HOUR})
    assert counted("satisfaction") == (0, 1)


def test_a_correction_is_not_known_before_it_is_made(case: Case) -> None:
    case({"rating": "dissatisfied"}, {"at": FIRST + HOUR})
    assert counted("satisfaction", as_of=FIRST + HOUR - SECOND) == (0, 1)
    assert counted("satisfaction", as_of=FIRST + HOUR) == (1, 1)


def test_of_two_ratings_in_one_second_the_larger_number_counts(case: Case) -> None:
    case({"callback_id": "c-1"}, {"callback_id": "c-2", "rating": "dissatisfied"})
    assert counted("satisfaction") == (0, 1)


def test_a_correction_that_is_declined_leaves_no_rating(case: Case) -> None:
    case({}, {"at": FIRST + HOUR, "rating": "declined"})
    assert counted("participation") == (0, 1)
    assert measured(Scope(NOW), "satisfaction").empty


def test_the_units_own_call_counts_only_where_that_rule_is_off(case: Case) -> None:
    case({"source": "unit"})
    assert counted("satisfaction") == (0, 0)
    assert counted("satisfaction", without="centre") == (1, 1)


def test_the_units_own_call_is_no_first_answer(case: Case) -> None:
    # given the unit called first and heard a good answer
    case({"source": "unit"}, {"at": FIRST + 3 * DAY, "rating": "dissatisfied"})
    # when, then
    assert counted("satisfaction") == (0, 1)
    assert counted("satisfaction", without="centre") == (1, 1)


@pytest.mark.parametrize("source", ["centre", "superior", "message", "robot"])
def test_every_source_but_the_unit_counts(case: Case, source: str) -> None:
    case({"source": source})
    assert counted("satisfaction") == (1, 1)


def test_the_last_answer_counts_where_the_first_need_not(case: Case) -> None:
    # given dissatisfied with the first round, satisfied with the rework
    case({"rating": "dissatisfied"}, {"at": FIRST + 3 * DAY, "round": 2})
    # when, then
    assert counted("satisfaction") == (0, 1)
    assert counted("satisfaction", without="first") == (1, 1)


def test_a_second_round_alone_is_no_first_answer(case: Case) -> None:
    case({"round": 2})
    assert counted("satisfaction") == (0, 0)
    assert counted("satisfaction", without="first") == (1, 1)


def test_mostly_satisfied_counts_unless_told(case: Case) -> None:
    case({"rating": "mostly"})
    assert counted("satisfaction") == (1, 1)
    assert counted("satisfaction", without="mostly") == (0, 1)


def test_a_rating_of_the_centre_is_another_measure_than_one_of_the_unit(case: Case) -> None:
    case({"rated_object": "centre"}, {"rating": "dissatisfied"})
    assert counted("satisfaction") == (0, 1)
    assert counted("satisfaction", without="unit") == (1, 1)


@pytest.mark.parametrize(("as_of", "rated"), [(NOW - SECOND, 1), (NOW, 0)])
def test_an_approved_exclusion_leaves_the_rating_out_from_its_approval_on(
    desk: Engine, case: Case, as_of: datetime, rated: int
) -> None:
    # given
    number = case({"rating": "dissatisfied", "callback_id": "c-1"})
    with desk.begin() as connection:
        add_exclusion(connection, number, callback_id="c-1", proposed_at=FIRST, approved_at=NOW)
    # when, then
    assert counted("satisfaction", as_of=as_of) == (0, rated)
    assert counted("satisfaction", as_of=as_of, without="adjudicated") == (0, 1)
    assert counted("participation", as_of=as_of) == (1, 1)


@pytest.mark.parametrize(
    ("values", "rated"),
    [
        ({"proposed_at": FIRST}, 1),
        ({"proposed_at": FIRST, "rejected_at": FIRST + DAY}, 1),
        ({"callback_id": "other", "approved_at": FIRST + DAY}, 1),
        ({"approved_at": FIRST + DAY}, 0),
    ],
)
def test_only_an_approved_exclusion_of_this_rating_or_its_whole_case_leaves_it_out(
    desk: Engine, case: Case, values: dict[str, Any], rated: int
) -> None:
    # given a rating, and another call nobody answered
    number = case({"callback_id": "c-1"}, {"callback_id": "other", "reached": False, "rating": None})
    with desk.begin() as connection:
        add_exclusion(connection, number, **values)
    # when, then
    assert counted("satisfaction") == (rated, rated)


def test_a_late_rating_belongs_to_the_period_it_was_given_in(case: Case) -> None:
    # given a rating at the very end of a period
    case({"at": FIRST})
    # when, then
    assert counted("satisfaction", start=FIRST - DAY, end=FIRST) == (0, 0)
    assert counted("satisfaction", start=FIRST, end=FIRST + DAY) == (1, 1)


@pytest.mark.parametrize("values", [{}, {"merged_into": "parent"}])
def test_cases_that_do_not_count_rate_nobody(case: Case, values: dict[str, Any]) -> None:
    case(case_id="parent")
    case({}, is_valid=False, **values)
    assert counted("satisfaction") == counted("reach") == (0, 0)


def add_child(desk: Engine, *calls: dict[str, Any], **values: Any) -> str:
    """A case merged into "parent", which nobody was sent; its number."""
    with desk.begin() as connection:
        number = add_case(connection, NOW - 40 * DAY, merged_into="parent", **values)
        for call in calls:
            add_callback(connection, number, **{"at": FIRST, **call})
    return number


def test_who_was_merged_into_another_is_called_back_for_himself(desk: Engine, case: Case) -> None:
    # given one matter that three people brought, of whom one was called in vain
    case({}, case_id="parent")
    add_child(desk, {"rating": "dissatisfied", "resolved": "no"})
    add_child(desk, {"reached": False, "rating": None})
    # when, then all speak of the unit that had the case they were merged into
    assert measured(Scope(NOW), "satisfaction")["unit_id"].tolist() == ["a"]
    assert counted("satisfaction") == (1, 2)
    assert counted("participation") == (2, 2)
    assert counted("reach") == (2, 3)
    assert counted("resolution") == (0, 1)


def test_those_merged_into_one_are_one_event_with_it(desk: Engine, case: Case) -> None:
    # given three people of one matter, one of them of an event with others, and two who stand alone
    case({}, case_id="parent")
    add_child(desk, {})
    add_child(desk, {}, cluster_id="pigs")
    case({}, cluster_id="pigs")
    case({})
    # when
    rows = measured(Scope(NOW), "satisfaction")
    # then
    assert (rows["n"].tolist(), rows["clusters"].tolist()) == ([5], [3])


def test_a_merged_case_speaks_of_the_unit_that_answered_itself_before_that_of_its_parent(
    desk: Engine, case: Case
) -> None:
    # given one that another unit had answered before it was merged, and one whose call names a unit
    case(case_id="parent")
    answered = add_child(desk, {})
    with desk.begin() as connection:
        for code in ("b", "c"):
            add_unit(connection, code, unit_id=code)
        add_assignment(connection, answered, unit_id="b", dispatched_at=FIRST)
    add_child(desk, {"unit_id": "c"})
    add_child(desk, {})
    # when
    rows = measured(Scope(NOW), "satisfaction").set_index("unit_id")["n"]
    # then
    assert rows.to_dict() == {"a": 1, "b": 1, "c": 1}


def test_an_exclusion_of_a_merged_case_is_held_against_the_unit_of_its_parent(
    desk: Engine, case: Case
) -> None:
    case(case_id="parent")
    child = add_child(desk, {"callback_id": "c-1", "rating": "dissatisfied"})
    with desk.begin() as connection:
        for call in ("c-1", None):
            add_exclusion(connection, child, callback_id=call, proposed_at=FIRST)
    assert len(read(select_cases(Scope(NOW, unit="a"), "exclusion_asked"))) == 2


# ── shown apart (M01), mostly satisfied ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("route", "apart"),
    [("行政调解", 1), ("执法办案", 1), ("信访事项", 0), ("执法", 0), (None, 0)],
)
def test_mediation_and_enforcement_are_shown_apart_unless_that_rule_is_off(
    case: Case, route: str | None, apart: int
) -> None:
    case({"rating": "dissatisfied"}, legal_route=route)
    assert counted("satisfaction") == (0, 1 - apart)
    assert counted("satisfaction_apart") == counted("satisfaction_apart", without="apart") == (0, apart)
    assert counted("satisfaction", without="apart") == (0, 1)
    assert counted("participation") == (1, 1)


def test_which_routes_are_apart_is_the_centres_choice(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a centre that tells nothing apart
    case({}, legal_route="行政调解")
    ruled(tmp_path, monkeypatch, "[ranking.apart]\nvalue = []\n")
    # when, then
    assert counted("satisfaction") == (1, 1)
    assert counted("satisfaction_apart") == (0, 0)


def test_mostly_satisfied_is_worth_what_the_rulebook_says(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given (满意 + 基本满意 × w) ÷ all, with a weight of a half
    for rating in ("satisfied", "mostly", "mostly", "dissatisfied"):
        case({"rating": rating})
    ruled(tmp_path, monkeypatch, "[ranking.mostly_weight]\nvalue = 0.5\n")
    # when
    row = measured(Scope(NOW), "satisfaction").iloc[0]
    # then the rate is weighed, and the cases are as many as they are
    assert (row["k"], row["n"], row["base"], row["hits"]) == (2.0, 4, 4.0, 3)
    assert len(read(select_cases(Scope(NOW), "counted_good"))) == 3
    assert counted("satisfaction", without="mostly") == (1, 4)


def ruled(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put a centre's own rule in force until the test is over."""
    path = folder / "own.toml"
    path.write_text(f'version = "own"\n{text}', encoding="utf-8")
    monkeypatch.setattr(rulebook, "_in_force", {})
    rulebook.use(path)


# ── the unit's own word (M04) ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("own", "judged", "claimed"),
    [(True, None, (1, 1)), (False, None, (0, 1)), (None, None, (0, 0)), (True, "answer", (0, 1))],
    ids=["says yes", "says no", "says nothing", "the answer judged says no"],
)
def test_the_units_word_is_that_of_the_answer_judged_else_of_the_rounds_last(
    desk: Engine, case: Case, own: bool | None, judged: str | None, claimed: tuple[int, int]
) -> None:
    # given an earlier answer of the round that says no, and a later one
    number = case()
    with desk.begin() as connection:
        for seq, (code, word) in enumerate((("answer", False), ("last", own)), 2):
            row = {"unit_id": "a", "seq": seq, "claims_resolved": word}
            add_assignment(connection, number, assignment_id=code, **row)
        add_callback(connection, number, FIRST, assignment_id=judged, resolved="no")
    # when, then
    assert counted("claimed") == claimed
    assert counted("resolution") == (0, 1)


def test_the_units_word_counts_only_where_the_citizen_was_asked(desk: Engine, case: Case) -> None:
    for answer in (None, "explained", "yes"):
        number = case({"resolved": answer})
        with desk.begin() as connection:
            add_assignment(connection, number, seq=2, unit_id="a", claims_resolved=True)
    assert counted("claimed") == (1, 1)


def test_the_word_about_a_merged_case_is_that_about_its_parent(desk: Engine, case: Case) -> None:
    number = case(case_id="parent")
    with desk.begin() as connection:
        add_assignment(connection, number, seq=2, unit_id="a", claims_resolved=True)
    add_child(desk, {"resolved": "no"})
    assert counted("claimed") == (1, 1)


# ── turned after rework (M17) ────────────────────────────────────────────────────────────────────────────

LATER = {"round": 2, "at": FIRST + 5 * DAY}


@pytest.fixture
def reworked(desk: Engine, case: Case) -> Case:
    """A function that adds a case with a bad first rating, sent back after so long, and a later call."""

    def made(call: dict[str, Any], after: timedelta = DAY, **values: Any) -> str:
        number = case({"rating": "dissatisfied"}, {**LATER, **call}, **values)
        with desk.begin() as connection:
            add_assignment(connection, number, seq=2, unit_id="a", sent_back_at=FIRST + after)
        return number

    return made


@pytest.mark.parametrize(
    ("call", "turned"),
    [
        ({}, 1),
        ({"rating": "mostly"}, 1),
        ({"rating": "dissatisfied"}, 0),
        ({"rating": "declined"}, 0),
        ({"reached": False}, 0),
        ({"source": "unit"}, 0),
        ({"rated_object": "centre"}, 0),
        ({"round": 1, "at": FIRST + 5 * DAY}, 0),
        ({"at": NOW + SECOND}, 0),
    ],
)
def test_who_is_satisfied_with_the_rework_is_converted(
    reworked: Case, call: dict[str, Any], turned: int
) -> None:
    reworked(call)
    assert counted("converted") == (turned, 1)
    assert counted("converted", without="first") == (turned, 1)


def test_mostly_satisfied_converts_only_where_that_counts(reworked: Case) -> None:
    reworked({"rating": "mostly"})
    assert counted("converted", without="mostly") == (0, 1)


@pytest.mark.parametrize(("after", "base"), [(-SECOND, 0), (0 * SECOND, 1), (DAY, 1), (11 * DAY, 0)])
def test_only_what_was_sent_back_since_can_convert(reworked: Case, after: timedelta, base: int) -> None:
    reworked({}, after)
    assert counted("converted") == (base, base)


def test_an_exclusion_takes_the_first_rating_out_of_those_to_convert(desk: Engine, reworked: Case) -> None:
    number = reworked({})
    with desk.begin() as connection:
        add_exclusion(connection, number, approved_at=FIRST)
    assert counted("converted") == (0, 0)
    assert counted("converted", without="adjudicated") == (1, 1)


def test_a_merged_case_converts_by_the_rework_of_its_parent(desk: Engine, reworked: Case) -> None:
    reworked({}, case_id="parent")
    add_child(desk, {"rating": "dissatisfied"}, LATER)
    assert counted("converted") == (2, 2)


def test_people_of_one_event_count_each_and_the_event_once(case: Case) -> None:
    for _ in range(3):
        case({}, cluster_id="pigs")
    case({})
    rows = measured(Scope(NOW), "satisfaction")
    assert (rows["n"].tolist(), rows["clusters"].tolist()) == ([4], [2])


def test_partly_resolved_weighs_half_and_explained_is_told_apart(case: Case) -> None:
    # given
    for answer in ("yes", "yes", "partly", "partly", "no", "explained", None):
        case({"resolved": answer})
    # when
    row = measured(Scope(NOW), "resolution").iloc[0]
    # then 2 ÷ (2 + 2 × 0.5 + 1)
    assert (row["k"], row["n"], row["base"]) == (2, 5, 4)


def test_a_case_is_reached_once_and_tried_when_it_was_first_tried(case: Case) -> None:
    # given two attempts in vain and one that reached, over two periods
    missed = {"reached": False, "rating": None}
    case(missed, {"at": FIRST + DAY, **missed}, {"at": FIRST + 2 * DAY})
    case(missed)
    # when, then
    assert counted("reach", start=FIRST, end=FIRST + DAY) == (1, 2)
    assert counted("reach", start=FIRST + DAY) == (0, 0)


def test_an_exclusion_speaks_of_the_unit_whose_answer_the_call_judges(desk: Engine, case: Case) -> None:
    # given a first round by one unit, a second by another, and a call about the first that names no unit
    number = case({"callback_id": "c-1"})
    with desk.begin() as connection:
        other = add_unit(connection, "乙局")
        add_assignment(connection, number, seq=2, round=2, unit_id=other, dispatched_at=FIRST)
        add_exclusion(connection, number, callback_id="c-1", proposed_at=FIRST)
        add_exclusion(connection, number, proposed_at=FIRST)

    def asked(unit: str) -> int:
        return len(read(select_cases(Scope(NOW, unit=unit), "exclusion_asked")))

    # when, then: the rating's exclusion is the first unit's, that of the whole case the last lead's
    assert (asked("a"), asked(other)) == (1, 1)
    assert counted("satisfaction") == (1, 1)
