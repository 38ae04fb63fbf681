"""Satisfaction by unit: what counts (M01), groups apart, tiers only where the data support them."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import delete

from casedb import tables
from queries import league
from queries.arguments import Scope
from tests.builders import DAY, add, add_assignment, add_callback, add_case, add_unit

AT = datetime(2026, 11, 25, 9, 42)
SECOND = timedelta(seconds=1)


def satisfaction(**values):
    return league.satisfaction(Scope(as_of=AT, **values)).set_index("unit")


@pytest.fixture
def rate(board):
    """A unit, a closed case, and a function that adds ratings of that unit."""
    with board.begin() as connection:
        unit = add_unit(connection, "甲局", unit_id="a")
        case = add_case(connection, AT - 20 * DAY)

    def add_ratings(count: int = 1, **values) -> list[str]:
        row = {"at": AT - DAY, "unit_id": unit, **values}
        with board.begin() as connection:
            return [add_callback(connection, case, **row) for _ in range(count)]

    return add_ratings


def test_satisfied_and_mostly_satisfied_count_and_who_declined_does_not(rate):
    # given the third edge of M01: 3 satisfied, 5 declined
    rate(2)
    rate(1, rating="mostly")
    rate(5, rating="declined")
    # when
    row = satisfaction().loc["甲局"]
    # then
    assert (row["rated"], row["satisfied"], row["rate"], row["tier"]) == (3, 3, 1.0, "few")


@pytest.mark.parametrize(
    "left_out",
    [
        {"reached": False, "rating": None},
        {"source": "unit"},
        {"round": 2},
        {"rated_object": "centre"},
        {"at": AT - 30 * DAY - SECOND},
        {"at": AT},
    ],
)
def test_what_m01_leaves_out_changes_nothing(rate, left_out):
    # given
    rate(1, rating="dissatisfied")
    rate(1, **left_out)
    # when
    row = satisfaction().loc["甲局"]
    # then
    assert (row["rated"], row["satisfied"]) == (1, 0)


@pytest.mark.parametrize("source", ["centre", "superior", "message", "robot"])
def test_every_source_but_the_unit_itself_counts(rate, source):
    rate(1, source=source)
    assert satisfaction().loc["甲局", "rated"] == 1


def test_a_period_is_half_open(rate):
    # given
    start, end = AT - 20 * DAY, AT - 10 * DAY
    for at in (start - SECOND, start, end - SECOND, end):
        rate(1, at=at)
    # when, then
    assert satisfaction(start=start, end=end).loc["甲局", "rated"] == 2


def test_a_unit_without_a_rating_has_no_rate(board):
    # given
    with board.begin() as connection:
        add_unit(connection, "甲局")
    # when
    row = satisfaction().loc["甲局"]
    # then
    assert row["rated"] == 0
    assert row[["rate", "low", "high", "group_mean", "adjudicated_rate"]].isna().all()
    assert row["tier"] == "few"


def test_a_unit_outside_every_group_is_not_compared(board):
    # given
    with board.begin() as connection:
        add_unit(connection, "外单位", unit_group=None)
    # when, then
    assert satisfaction().empty


def test_an_invalid_case_is_not_counted(board):
    # given
    with board.begin() as connection:
        unit = add_unit(connection, "甲局")
        case = add_case(connection, AT - 20 * DAY, is_valid=False)
        add_callback(connection, case, at=AT - DAY, unit_id=unit)
    # when, then
    assert satisfaction().loc["甲局", "rated"] == 0


def test_a_rating_without_a_unit_goes_to_the_lead_unit_of_the_answer(board):
    # given the first answer was the first unit's, the second round is another's
    with board.begin() as connection:
        first, second, third = (add_unit(connection, name) for name in ("甲局", "乙局", "丙局"))
        case = add_case(connection, AT - 20 * DAY)
        answer = add_assignment(connection, case, seq=1, round=1, unit_id=first)
        add_assignment(connection, case, seq=2, round=1, unit_id=second, role="assist")
        add_assignment(connection, case, seq=3, round=2, unit_id=third)
        add_callback(connection, case, at=AT - DAY, assignment_id=answer)
        add_callback(connection, case, at=AT - DAY)
    # when, then
    assert satisfaction()["rated"].to_dict() == {"甲局": 2, "乙局": 0, "丙局": 0}


def test_an_approved_exclusion_changes_only_the_adjudicated_rate(board, rate):
    # given
    rate(9)
    [bad] = rate(1, rating="dissatisfied")
    with board.begin() as connection:
        row = connection.execute(tables.callbacks.select().where(tables.callbacks.c.callback_id == bad)).one()
        about = {"case_id": row.case_id, "callback_id": bad, "reason": "不合理诉求"}
        add(connection, tables.exclusions, **about, approved_at=AT)
        add(connection, tables.exclusions, **about, approved_at=AT + SECOND)
    # when
    row = satisfaction().loc["甲局"]
    before = league.satisfaction(Scope(as_of=AT - SECOND)).iloc[0]
    # then
    assert (row["rated"], row["rate"], row["adjudicated_rate"], row["excluded"]) == (10, 0.9, 1.0, 1)
    assert (before["adjudicated_rate"], before["excluded"]) == (0.9, 0)


def test_units_are_compared_with_their_own_group_only(board):
    # given a town with a low rate, and a department as low as all departments
    with board.begin() as connection:
        for name, group, good, bad in (
            ("玉河街道", "town", 60, 40),
            ("青禾街道", "town", 290, 10),
            ("甲局", "department", 30, 20),
            ("乙局", "department", 5, 4),
        ):
            unit = add_unit(connection, name, unit_group=group)
            case = add_case(connection, AT - 20 * DAY)
            for number in range(good + bad):
                rating = "satisfied" if number < good else "dissatisfied"
                add_callback(connection, case, at=AT - DAY, unit_id=unit, rating=rating)
    # when
    rows = satisfaction()
    # then
    assert list(rows.index) == ["青禾街道", "玉河街道", "甲局", "乙局"]
    assert list(rows["tier"]) == ["better", "worse", "same", "few"]
    assert rows["group_mean"].round(4).to_list() == [0.875, 0.875, 0.5932, 0.5932]
    assert (rows.loc["青禾街道", ["low", "high"]].astype(float).round(4)).to_list() == [0.9397, 0.9818]


CALLS = some.lists(
    some.tuples(
        some.sampled_from(["a", "b", None]),
        some.sampled_from(["satisfied", "mostly", "declined", "dissatisfied", None]),
        some.sampled_from(["centre", "unit", "robot"]),
        some.sampled_from(["unit", "centre"]),
        some.integers(1, 2),
        some.booleans(),
        some.integers(-32, 1),
    ),
    max_size=25,
)


def slowly(calls) -> dict[str, tuple[int, int]]:
    """M01 in plain words: per unit (rated, satisfied); calls without a unit judge the lead unit, a."""
    counts = {"a": (0, 0), "b": (0, 0)}
    for unit, rating, source, about, number, reached, days in calls:
        inside = AT - 30 * DAY <= AT + days * DAY < AT
        if inside and reached and source != "unit" and about == "unit" and number == 1:
            rated, satisfied = counts[unit or "a"]
            if rating in ("satisfied", "mostly", "dissatisfied"):
                counts[unit or "a"] = (rated + 1, satisfied + (rating != "dissatisfied"))
    return counts


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(calls=CALLS)
def test_any_ratings_are_counted_as_the_slow_twin_counts_them(board, calls):
    # given
    with board.begin() as connection:
        for table in (tables.callbacks, tables.assignments, tables.cases, tables.units):
            connection.execute(delete(table))
        for name in ("a", "b"):
            add_unit(connection, name, unit_id=name)
        case = add_case(connection, AT - 40 * DAY)
        add_assignment(connection, case, unit_id="a")
        for unit, rating, source, about, number, reached, days in calls:
            facts = {"rating": rating, "source": source, "rated_object": about, "round": number}
            at = AT + days * DAY
            add_callback(connection, case, at=at, unit_id=unit, reached=reached, **facts)
    # when
    rows = satisfaction()
    # then
    found = {unit: (row["rated"], row["satisfied"]) for unit, row in rows.iterrows()}
    assert found == slowly(calls)
