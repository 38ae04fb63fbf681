"""Whistles under way, at the edges of their moments."""

from dataclasses import replace
from datetime import datetime, timedelta

import pandas as pd
import pytest

from queries import alerts, alerts_known, units, whistles, whistles_tiles
from queries.arguments import Scope
from tests.builders import DAY, add_arrival, add_case, add_summons, add_unit, add_whistle

AT = datetime(2026, 11, 25, 9, 42)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def blown(board):
    """A whistle accepted half an hour ago, and a function that summons a unit to it."""
    with board.begin() as connection:
        town = add_unit(connection, "玉河街道", unit_group="town", short_name="玉河")
        add_arrival(connection)
        whistle = add_whistle(connection, town, AT - 30 * MINUTE, matter="围挡倒伏，联系13812345678")

    def summon(name: str = "市城管局", **values) -> str:
        with board.begin() as connection:
            unit = add_unit(connection, name)
            row = {"called_at": AT - 30 * MINUTE, "due_at": AT + 5 * MINUTE, **values}
            return add_summons(connection, whistle, unit, **row)

    return summon


def states(as_of: datetime = AT) -> list[str]:
    return list(whistles.active(Scope(as_of=as_of))["state"])


@pytest.mark.parametrize("moment", ["answered_at", "departed_at", "arrived_at", "ruled_out_at"])
def test_a_step_counts_from_its_very_second(blown, moment):
    # given
    state = moment.removesuffix("_at")
    blown(**{moment: AT})
    # when, then
    assert states(AT - SECOND) == ["called"]
    assert states(AT) == [state]


def test_a_unit_is_late_only_after_its_limit(blown):
    # given
    blown(due_at=AT)
    # when, then
    assert states(AT) == ["called"]
    assert states(AT + SECOND) == ["late"]


def test_where_the_first_limit_is_soft_only_the_last_makes_late(blown):
    # given
    blown(due_at=AT - MINUTE, last_due_at=AT)
    # when, then
    assert states(AT) == ["called"]
    assert states(AT + SECOND) == ["late"]


def test_who_has_arrived_or_is_ruled_out_is_never_late(blown):
    # given
    blown("甲局", due_at=AT - MINUTE, arrived_at=AT)
    blown("乙局", due_at=AT - MINUTE, ruled_out_at=AT)
    # when, then
    assert sorted(states()) == ["arrived", "ruled_out"]


@pytest.mark.parametrize(("arrived", "late"), [(0, 0), (1, 1), (59, 1), (60, 1), (119, 1), (540, 9)])
def test_a_unit_that_came_late_says_by_how_many_minutes(blown, arrived, late):
    # given
    blown(due_at=AT - 10 * MINUTE, last_due_at=AT - 9 * MINUTE, arrived_at=AT - 9 * MINUTE + arrived * SECOND)
    # when
    row = whistles.active(Scope(as_of=AT)).iloc[0]
    # then
    assert (row["state"], row["late_minutes"]) == ("arrived", late)
    assert whistles.stock(Scope(as_of=AT))["late"].iloc[0] == 0


def test_a_missing_unit_is_late_by_the_minutes_since_its_last_limit(blown):
    # given
    blown("甲局", due_at=AT - 3 * MINUTE)
    blown("乙局", due_at=AT - 3 * MINUTE, last_due_at=AT)
    blown("丙局", due_at=AT - 3 * MINUTE, ruled_out_at=AT)
    blown("丁局", due_at=AT - 3 * MINUTE, arrived_at=AT + SECOND)
    # when
    rows = whistles.active(Scope(as_of=AT)).set_index("unit")
    # then
    assert rows["late_minutes"].to_dict() == {"甲局": 3, "乙局": 0, "丙局": 0, "丁局": 3}


def test_the_clock_stops_at_the_last_arrival_once_all_who_are_wanted_are_there(blown):
    # given
    blown("甲局", arrived_at=AT - 20 * MINUTE)
    blown("乙局", arrived_at=AT - 12 * MINUTE)
    blown("丙局", ruled_out_at=AT - 5 * MINUTE)
    # when, then
    assert list(whistles.active(Scope(as_of=AT - 6 * MINUTE))["minutes"]) == [24, 24, 24]
    assert list(whistles.active(Scope(as_of=AT + 60 * MINUTE))["minutes"]) == [18, 18, 18]


def test_the_clock_runs_on_while_nobody_wanted_is_left(blown):
    # given
    blown(ruled_out_at=AT - 5 * MINUTE)
    # when, then
    assert list(whistles.active(Scope(as_of=AT))["minutes"]) == [30]


def test_a_unit_on_the_way_is_late_too_once_the_limit_has_passed(blown):
    # given
    blown(due_at=AT - MINUTE, answered_at=AT - 20 * MINUTE, departed_at=AT - 10 * MINUTE)
    # when
    row = whistles.active(Scope(as_of=AT)).iloc[0]
    stock = whistles.stock(Scope(as_of=AT)).iloc[0]
    # then: it has answered, so nobody waits for its answer
    assert row["state"] == "late"
    assert (stock["awaiting"], stock["late"]) == (0, 1)


@pytest.mark.parametrize("over", ["closed_at", "cancelled_at", "ruled_void_at"])
def test_a_whistle_is_under_way_until_the_second_it_is_over(board, over):
    # given
    with board.begin() as connection:
        town, unit = add_unit(connection, "云台镇"), add_unit(connection)
        whistle = add_whistle(connection, town, AT - 30 * MINUTE, **{over: AT})
        add_summons(connection, whistle, unit, called_at=AT - 30 * MINUTE, due_at=AT)
    # when, then
    assert len(whistles.active(Scope(as_of=AT - SECOND))) == 1
    assert whistles.active(Scope(as_of=AT)).empty


def test_the_clock_starts_when_the_centre_accepts_the_whistle(board):
    # given blown ten minutes before it was accepted
    with board.begin() as connection:
        town, unit = add_unit(connection, "云台镇"), add_unit(connection)
        whistle = add_whistle(connection, town, AT - 30 * MINUTE, accepted_at=AT - 20 * MINUTE)
        called = {"called_at": AT - 20 * MINUTE, "last_due_at": AT + 100 * MINUTE}
        add_summons(connection, whistle, unit, due_at=AT + 40 * MINUTE, **called)
    # when
    row = whistles.active(Scope(as_of=AT)).iloc[0]
    # then
    assert (row["minutes"], row["limit_minutes"], row["last_limit_minutes"]) == (20, 60, 120)
    assert whistles.active(Scope(as_of=AT - 20 * MINUTE - SECOND)).empty


def test_the_number_to_answer_counts_units_that_are_silent(blown):
    # given
    blown("甲局")
    blown("乙局", due_at=AT - MINUTE)
    blown("丙局", answered_at=AT)
    blown("丁局", ruled_out_at=AT)
    # when
    row = whistles.stock(Scope(as_of=AT)).iloc[0]
    # then
    assert (row["awaiting"], row["late"], row["whistles"], row["previous"]) == (2, 1, 1, 0)


def test_the_number_to_answer_is_compared_with_the_same_point_of_the_last_period(blown):
    # given meetings on 16 and 26 November; ten days later each moment here is the same point before
    blown("甲局")
    blown("乙局", due_at=AT - MINUTE)
    blown("丙局", answered_at=AT)
    blown("丁局", answered_at=AT + SECOND)
    # when
    later = whistles.stock(Scope(as_of=AT + 11 * DAY)).iloc[0]
    # then: 6 December is a Sunday, so the meeting is on the 7th: 25 November is a day before, as 6 December
    assert later["previous"] == 3


def test_where_nobody_records_whistles_none_is_known(board):
    assert whistles.stock(Scope(as_of=AT)).iloc[0].isna().all()


def test_where_nobody_records_arrivals_no_unit_is_known_to_be_late(board):
    # given a unit called an hour ago, and no arrival anywhere
    with board.begin() as connection:
        town, unit = add_unit(connection, "云台镇", unit_group="town"), add_unit(connection)
        whistle = add_whistle(connection, town, AT - 60 * MINUTE)
        add_summons(connection, whistle, unit, called_at=AT - 60 * MINUTE, due_at=AT - 30 * MINUTE)
    scope = Scope(as_of=AT, start=AT - DAY)
    # when
    row, tiles = whistles.active(scope).iloc[0], whistles.tiles(scope).iloc[0]
    by_unit, own = whistles.units(scope).iloc[0], units.whistles(replace(scope, unit=unit)).iloc[0]
    # then
    assert (row["state"], row["late_minutes"], row["is_told"]) == ("called", 0, False)
    assert not whistles.day(scope)["is_told"].any()
    assert tiles[[*whistles_tiles.OF_ARRIVALS]].isna().all()
    assert (tiles["open"], tiles["late_units"]) == (1, "")
    assert pd.isna(whistles.stock(scope)["late"].iloc[0])
    assert (by_unit["n"], by_unit["is_told"]) == (0, False)
    assert (own["state"], pd.isna(own["minutes"])) == ("unknown", True)
    for name in ("late", "soft", "soon", "pairs", "pairs_late", "whole", "whole_late"):
        assert whistles.list(replace(scope, set=name)).empty, name
    assert "A09" not in set(alerts.active(Scope(as_of=AT))["alert"])
    assert "A09" in alerts_known.unknown()


@pytest.mark.parametrize("step", ["answered_at", "departed_at", "arrived_at"])
def test_where_nobody_records_answers_no_unit_is_known_to_be_silent(board, step):
    # given a unit called an hour ago, and no step of any unit
    with board.begin() as connection:
        town, unit = add_unit(connection, "云台镇", unit_group="town"), add_unit(connection)
        whistle = add_whistle(connection, town, AT - 60 * MINUTE)
        add_summons(connection, whistle, unit, called_at=AT - 60 * MINUTE)
    scope = Scope(as_of=AT)
    # when, then
    assert whistles.stock(scope)[["awaiting", "previous"]].isna().all(axis=None)
    assert not whistles.active(scope)["is_answer_told"].any()
    assert whistles.list(replace(scope, set="awaiting")).empty
    # given a unit that will answer, set out or come
    with board.begin() as connection:
        add_summons(connection, whistle, town, called_at=AT - 60 * MINUTE, **{step: AT + MINUTE})
    # when, then
    assert whistles.stock(scope)[["awaiting", "previous"]].iloc[0].tolist() == [2, 0]
    assert whistles.active(scope)["is_answer_told"].all()
    assert len(whistles.list(replace(scope, set="awaiting"))) == 2


def test_no_whistle_under_way_is_zero_everywhere(board):
    # given one that is long over, at which a unit arrived
    with board.begin() as connection:
        town = add_unit(connection)
        over = add_whistle(connection, town, AT - 40 * DAY, closed_at=AT - 40 * DAY)
        add_summons(connection, over, town, called_at=AT - 40 * DAY, arrived_at=AT - 40 * DAY)
    # when, then
    row = whistles.stock(Scope(as_of=AT)).iloc[0]
    assert (row["awaiting"], row["late"], row["whistles"], row["previous"]) == (0, 0, 0, 0)


def test_the_most_overdue_whistle_comes_first_and_its_lead_unit_before_the_others(board):
    # given
    with board.begin() as connection:
        town, first, second = (add_unit(connection, name) for name in ("云台镇", "甲局", "乙局"))
        calm = add_whistle(connection, town, AT - 10 * MINUTE)
        late = add_whistle(connection, town, AT - 60 * MINUTE)
        add_summons(connection, calm, first, called_at=AT - 10 * MINUTE, due_at=AT + 20 * MINUTE)
        add_summons(connection, late, first, called_at=AT - 60 * MINUTE, due_at=AT - 30 * MINUTE)
        arrived = {"arrived_at": AT - 40 * MINUTE, "due_at": AT - 30 * MINUTE}
        add_summons(connection, late, second, role="lead", called_at=AT - 60 * MINUTE, **arrived)
    # when
    rows = whistles.active(Scope(as_of=AT))
    # then
    assert list(rows["whistle_id"]) == [late, late, calm]
    assert list(rows["unit"]) == ["乙局", "甲局", "甲局"]
    assert list(rows["state"]) == ["arrived", "late", "called"]


def test_a_units_own_word_alone_does_not_confirm_its_arrival(blown):
    # given
    blown("甲局", arrived_at=AT, arrival_proof="self")
    blown("乙局", arrived_at=AT, arrival_proof="self", confirmed_at=AT)
    blown("丙局", arrived_at=AT, arrival_proof="position")
    # when
    rows = whistles.active(Scope(as_of=AT)).set_index("unit")
    # then
    assert rows["is_confirmed"].to_dict() == {"甲局": False, "乙局": True, "丙局": True}


def test_what_a_whistle_is_about_is_masked(blown):
    # given
    blown()
    # when
    row = whistles.active(Scope(as_of=AT)).iloc[0]
    # then
    assert "13812345678" not in row["matter"]
    assert "围挡倒伏" in row["matter"]
    assert row["short_name"] == "市城"


def test_a_whistle_about_a_confidential_case_does_not_say_what_it_is_about(board):
    # given
    with board.begin() as connection:
        town, unit = add_unit(connection, "云台镇"), add_unit(connection)
        case = add_case(connection, confidentiality="report")
        whistle = add_whistle(connection, town, AT, matter="举报某单位", case_id=case)
        add_summons(connection, whistle, unit, called_at=AT, due_at=AT)
    # when, then
    assert list(whistles.active(Scope(as_of=AT))["matter"]) == [""]
