"""A unit's own page: every measure against its group, and a change explained to the last digit."""

from datetime import datetime, timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import Engine, delete

from casedb import tables
from queries import database, league, meetings, units
from queries.arguments import BadArgument, Scope
from queries.counted import behind
from queries.measures import MEASURES
from tests.builders import (
    DAY,
    HOUR,
    add,
    add_assignment,
    add_callback,
    add_case,
    add_category,
    add_exclusion,
    add_feeds,
    add_summons,
    add_unit,
    add_whistle,
)

AT = datetime(2026, 11, 25, 9, 42)
BEFORE, NOW = datetime(2026, 11, 10, 12), datetime(2026, 11, 20, 12)


@pytest.fixture
def unit(board: Engine) -> str:
    with board.begin() as connection:
        return add_unit(connection, "甲局", unit_id="a", short_name="甲", leader_post="局长")


@pytest.fixture
def lite(engine: Engine):
    database.connect(engine.url)
    yield engine
    database.dispose()


def test_a_unit_that_does_not_exist_is_none_and_no_unit_named_is_refused(board, unit):
    assert units.one(Scope(AT, unit="nobody")) is None
    assert units.one(Scope(AT, unit=unit)).iloc[0]["leader_post"] == "局长"
    with pytest.raises(BadArgument, match="unit"):
        units.measures(Scope(AT))


def test_every_measure_has_a_row_also_without_any_case(board, unit):
    found = units.measures(Scope(AT, unit=unit)).set_index("measure")
    assert set(found.index) == {*MEASURES, "whistles"}
    assert (found["n"] == 0).all()
    assert found[["rate", "low", "high", "before_rate"]].isna().all(axis=None)
    assert not found[["worse", "better"]].any(axis=None)


def test_a_unit_of_no_group_still_has_its_whistles(board):
    with board.begin() as connection:
        alone, town = add_unit(connection, "外单位", unit_group=None), add_unit(connection, "玉河街道")
        whistle = add_whistle(connection, town, AT - 2 * HOUR)
        add_summons(
            connection, whistle, alone, called_at=AT - 2 * HOUR, due_at=AT - HOUR, arrived_at=AT - HOUR
        )
    found = units.measures(Scope(AT, unit=alone)).set_index("measure")
    assert set(found.index) == {*MEASURES, "whistles"}
    assert found.loc["whistles", ["k", "n"]].tolist() == [1, 1]
    assert found[["median", "group_mean"]].isna().all(axis=None)


@pytest.mark.parametrize("as_of", [AT, AT + DAY])
def test_an_own_word_of_arrival_that_nobody_confirmed_is_in_no_rate(board, unit, as_of):
    with board.begin() as connection:
        whistle = add_whistle(connection, add_unit(connection, "玉河街道", unit_group="town"), AT - 3 * HOUR)
        said = {"called_at": AT - 3 * HOUR, "due_at": AT - 2 * HOUR, "arrived_at": AT - 2 * HOUR}
        add_summons(connection, whistle, unit, arrival_proof="self", **said)
        add_summons(connection, whistle, unit, arrival_proof="self", confirmed_at=AT - HOUR, **said)
    scope = Scope(as_of, start=AT - DAY, unit=unit)
    row = units.measures(scope).set_index("measure").loc["whistles"]
    assert (row["k"], row["n"]) == (1, 1)


def test_the_stages_add_up_to_the_measures(board, unit):
    # given one case closed late, one in time, one sent back and one not satisfied
    with board.begin() as connection:
        add_feeds(connection)
        kind = add_category(connection, "餐饮油烟")
        for number, closed in enumerate((NOW + DAY, NOW - HOUR)):
            case = add_case(connection, NOW - 5 * DAY, category_id=kind if number else None)
            sent = {"dispatched_at": NOW - 5 * DAY, "due_at": NOW, "closed_at": closed}
            add_assignment(connection, case, unit_id=unit, **sent)
            add_callback(connection, case, NOW + 2 * DAY, unit_id=unit, rating="dissatisfied", reason="太慢")
    scope = Scope(AT, unit=unit)
    # when
    found, measures = units.stages(scope), units.measures(scope).set_index("measure")
    # then
    assert sorted(found["category_id"]) == sorted(["", kind])
    assert found[["due", "closed_late", "dissatisfied", "rated"]].sum().tolist() == [2, 1, 2, 2]
    assert measures.loc["on_time", ["k", "n"]].tolist() == [1, 2]
    reasons = units.reasons(scope)
    assert reasons[["reason", "cases", "cumulative", "top_cases"]].to_numpy().tolist() == [
        ["太慢", 2, 1.0, 1]
    ]


def test_what_is_not_ranked_has_its_figures_and_no_group(board, unit):
    # given a case that the unit calls resolved and the citizen does not, and one of mediation
    with board.begin() as connection:
        for at, route in ((BEFORE, "行政调解"), (NOW, None), (NOW, "行政调解")):
            case = add_case(connection, BEFORE - DAY, legal_route=route)
            add_assignment(connection, case, unit_id=unit, closed_at=at, claims_resolved=True)
            add_callback(connection, case, at, resolved=None if route else "no")
    # when
    found = units.measures(Scope(AT, unit=unit)).set_index("measure")
    # then
    assert list(found.index[~found["is_ranked"]]) == ["satisfaction_apart", "claimed", "converted"]
    assert found.loc["satisfaction_apart", ["k", "n", "before_k", "before_n"]].tolist() == [1, 1, 1, 1]
    assert found.loc["claimed", ["k", "n"]].tolist() == [1, 1]
    apart = found[~found["is_ranked"]]
    assert apart[["median", "group_mean"]].isna().all(axis=None)
    assert not apart[["worse", "better"]].any(axis=None)
    assert found.loc["satisfaction", "group_mean"] == 1.0


@pytest.mark.parametrize(
    ("claims", "answer", "more"), [(True, "no", 1.0), (True, "yes", 0.0), (None, "no", None)]
)
def test_what_a_unit_claims_beyond_its_citizens_is_told_beside_resolution(board, unit, claims, answer, more):
    with board.begin() as connection:
        case = add_case(connection, BEFORE)
        add_assignment(connection, case, unit_id=unit, closed_at=NOW, claims_resolved=claims)
        add_callback(connection, case, NOW, resolved=answer)
    found = units.measures(Scope(AT, unit=unit)).set_index("measure")["overclaim"]
    assert found.drop("resolution").isna().all()
    assert found["resolution"] == more if more is not None else pd.isna(found["resolution"])


def test_what_nobody_records_is_no_stage_and_opens_no_list(board, unit):
    # given a source that says when a case was sent and due, and nothing more
    with board.begin() as connection:
        case = add_case(connection, NOW - 5 * DAY)
        add_assignment(connection, case, unit_id=unit, dispatched_at=NOW - 5 * DAY, due_at=NOW)
        add_callback(connection, case, NOW, unit_id=unit)
    scope = Scope(AT, unit=unit)
    # when
    row = units.stages(scope).iloc[0]
    measures = units.measures(scope).set_index("measure")
    # then
    unknown = ["due", "signed_late", "contacted_late", "closed_late", "sent_back"]
    assert row[unknown].isna().all()
    assert row[["dissatisfied", "rated"]].tolist() == [0, 1]
    assert measures.loc[["on_time", "signing", "response", "closure", "sent_back"], "n"].tolist() == [0] * 5
    for question, column, row in (
        ("units/measures", "n", {"measure": "signing"}),
        ("units/stages", "signed_late", {"category_id": "", "signed_late": float("nan")}),
    ):
        with pytest.raises(KeyError):
            behind(question, column, row, scope)


@pytest.mark.parametrize(("cluster", "move"), [(None, "down"), ("pigs", "level")])
def test_one_event_that_many_reported_moves_a_unit_less(board, unit, cluster, move):
    # given a good period, and then forty ratings a fifth of which are bad: of forty matters, or of one
    with board.begin() as connection:
        for at, good, event in ((BEFORE, 40, None), (NOW, 32, cluster)):
            for number in range(40):
                case = add_case(connection, BEFORE - DAY, cluster_id=event)
                rating = "satisfied" if number < good else "dissatisfied"
                add_callback(connection, case, at, unit_id=unit, rating=rating)
    scope = Scope(AT, unit=unit)
    assert units.measures(scope).set_index("measure").loc["satisfaction", "move"] == move
    assert league.table(scope)["move"].tolist() == [move]


def test_work_passed_to_and_fro_names_both_ends(board):
    with board.begin() as connection:
        first, second = add_unit(connection, "甲局", unit_id="a"), add_unit(connection, "乙局", unit_id="b")
        case = add_case(connection, NOW - DAY)
        add_assignment(connection, case, seq=1, unit_id=first, dispatched_at=NOW - DAY, returned_at=NOW)
        add_assignment(connection, case, seq=2, unit_id=second, dispatched_at=NOW + HOUR)
    rows = {code: units.returns(Scope(AT, unit=code)).to_numpy().tolist() for code in (first, second)}
    assert rows == {"a": [["out", "b", "乙局", 1]], "b": [["in", "a", "甲局", 1]]}


@pytest.mark.parametrize(("route", "age", "days"), [(None, 35, 4), ("信访事项", 95, 4), ("信访事项", 95, 80)])
def test_who_comes_again_is_listed_with_the_days_since(board, unit, route, age, days):
    closed = AT - age * DAY
    with board.begin() as connection:
        case = add_case(connection, closed - 3 * DAY, title="油烟直排", legal_route=route)
        add_assignment(connection, case, unit_id=unit, dispatched_at=closed - 2 * DAY, closed_at=closed)
        again = add_case(connection, closed + days * DAY, first_case_id=case, title="油烟又直排")
    scope = Scope(AT, AT - 10 * DAY, unit=unit)
    found = units.repeats(scope)
    assert found[["case_id", "first_case_id", "days_after"]].to_numpy().tolist() == [[again, case, days]]
    assert units.measures(scope).set_index("measure").loc["repeats", ["k", "n"]].tolist() == [1, 1]


PLAY = some.lists(
    some.tuples(
        some.sampled_from(["a", "b"]),
        some.sampled_from(["k1", "k2", "k3", None]),
        some.booleans(),
        some.sampled_from(["satisfied", "mostly", "dissatisfied", "declined"]),
        some.sampled_from([None, "approved_at", "rejected_at"]),
        some.sampled_from([None, None, "行政调解", "信访事项"]),
    ),
    max_size=30,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    play=PLAY,
    without=some.sampled_from([None, "mostly", "apart", "adjudicated", "adjudicated,mostly", "apart,mostly"]),
)
def test_the_parts_of_a_change_add_up_to_it_exactly(lite, play, without):
    # given any ratings of two units before and now, some of them left out
    with lite.begin() as connection:
        for table in (tables.exclusions, tables.callbacks, tables.cases, tables.categories, tables.units):
            connection.execute(delete(table))
        for code in ("a", "b"):
            add_unit(connection, code, unit_id=code)
        for code in ("k1", "k2", "k3"):
            add_category(connection, code, category_id=code)
        for code, kind, is_now, rating, ruled, route in play:
            case = add_case(connection, BEFORE - DAY, category_id=kind, legal_route=route)
            call = add_callback(connection, case, NOW if is_now else BEFORE, unit_id=code, rating=rating)
            if ruled:
                add_exclusion(connection, case, callback_id=call, proposed_at=NOW, **{ruled: NOW})
    # when
    scope = Scope(AT, unit="a", without=without)
    found = units.why(scope)
    # then
    rates = units.measures(scope).set_index("measure").loc["satisfaction"]
    if found.empty:
        return
    first, parts, last = found.iloc[0], found.iloc[1:-1], found.iloc[-1]
    assert first["points"] + parts["points"].sum() == pytest.approx(last["points"], abs=1e-9)
    assert last["points"] == pytest.approx(rates["rate"], abs=1e-12)
    assert first["points"] == pytest.approx(rates["before_rate"], abs=1e-12)


def test_a_rank_moves_by_the_unit_itself_and_by_the_others(board):
    # given three units; the second falls, the third rises past nobody
    counts = {"a": ((50, 0), (50, 0)), "b": ((45, 5), (20, 30)), "c": ((40, 10), (40, 10))}
    for code, periods in counts.items():
        with board.begin() as connection:
            add_unit(connection, code, unit_id=code)
            for at, (good, bad) in zip((BEFORE, NOW), periods, strict=True):
                for number in range(good + bad):
                    case = add_case(connection, BEFORE - DAY)
                    rating = "satisfied" if number < good else "dissatisfied"
                    add_callback(connection, case, at, unit_id=code, rating=rating)
    found = units.rank_shift(Scope(AT, unit="b")).iloc[0]
    assert found[["before_rank", "rank", "own", "others", "units"]].tolist() == [2, 3, 1, 0, 3]
    assert found[["move", "rate", "n", "before_rate", "before_n"]].tolist() == ["down", 0.4, 50, 0.9, 50]
    assert found[["rolling", "before_rolling"]].tolist() == [False, False]


def test_a_rank_of_thirty_days_says_what_it_rests_on_and_claims_no_movement(board):
    # given enough ratings before, and five in the period
    for code in ("a", "b"):
        with board.begin() as connection:
            add_unit(connection, code, unit_id=code)
            for at, good, bad in ((BEFORE, 15, 5), (NOW, 0, 5 if code == "a" else 40)):
                for number in range(good + bad):
                    case = add_case(connection, BEFORE - DAY)
                    rating = "satisfied" if number < good else "dissatisfied"
                    add_callback(connection, case, at, unit_id=code, rating=rating)
    found = units.rank_shift(Scope(AT, unit="a")).iloc[0]
    assert found[["move", "n", "rolling", "before_n", "before_rolling"]].tolist() == ["", 25, True, 20, False]
    assert found["rate"] == 0.6
    satisfaction = units.measures(Scope(AT, unit="a")).set_index("measure").loc["satisfaction"]
    assert satisfaction[["n", "is_judged", "worse"]].tolist() == [5, False, False]


@pytest.mark.parametrize(
    ("ends", "state", "reached", "late"),
    [
        ({}, "overdue", 2, 5),
        ({"signoff_applied_at": 1}, "closed", 1, 0),
        ({"signoff_applied_at": 1, "closed_at": 4}, "closed", 1, 0),
        ({"signoff_applied_at": 1, "signed_off_at": 5}, "signed_off", 5, 0),
        ({"signoff_applied_at": 4, "closed_at": 1}, "closed", 4, 2),
        ({"closed_at": 4, "signed_off_at": 5}, "signed_off", 5, 2),
        ({"signed_off_at": 4}, "signed_off", 4, 2),
        ({"signoff_applied_at": 30}, "overdue", 2, 5),
    ],
)
def test_on_a_units_page_an_item_is_done_when_the_meeting_says_so(board, unit, ends, state, reached, late):
    # given the days, from its assignment, of the ends of an item promised for the second
    begun = AT - 7 * DAY
    moments = {name: begun + days * DAY for name, days in ends.items()}
    with board.begin() as connection:
        meeting = add(connection, tables.meetings, nominal_date=begun.date(), actual_date=begun.date())
        both = {"meeting_id": meeting, "lead_unit_id": unit}
        dates = {"assigned_at": begun, "first_due_at": begun + 2 * DAY}
        add(connection, tables.meeting_items, title="x", **both, **dates, **moments)
        add(connection, tables.meeting_items, title="to come", **both, signoff_applied_at=begun)
    # when
    own = units.items(Scope(as_of=AT, unit=unit)).iloc[0]
    # then
    assert own[["state", "at", "days_late", "is_told"]].tolist() == [state, begun + reached * DAY, late, True]
    there = meetings.items(Scope(as_of=AT, unit=unit, set="all")).iloc[0]
    assert (state == "overdue", late > 0) == (there["is_late"], there["slip_days"] > 0)
    assert late == max(there["slip_days"], 0)


@pytest.mark.parametrize(("ahead", "state"), [(0, "overdue"), (1, "open")])
@pytest.mark.parametrize("name", ["first_due_at", "due_at"])
def test_a_promise_for_this_very_moment_has_come_on_both_pages(board, unit, name, ahead, state):
    # given
    with board.begin() as connection:
        meeting = add(connection, tables.meetings, nominal_date=AT.date(), actual_date=AT.date())
        both = {"meeting_id": meeting, "lead_unit_id": unit, "assigned_at": AT - DAY}
        add(connection, tables.meeting_items, title="x", **both, **{name: AT + timedelta(seconds=ahead)})
        add(connection, tables.meeting_items, title="y", **both, closed_at=AT)
    # when
    own = units.items(Scope(as_of=AT, unit=unit)).iloc[0]
    there = meetings.items(Scope(as_of=AT, unit=unit, set="all"))
    # then
    told = there.loc[there["title"] == "x"].iloc[0]
    assert own["state"] == state
    assert told["is_late"] == (state == "overdue")
    assert own["days_late"] == max(told["slip_days"], 0) == int(state == "overdue")
