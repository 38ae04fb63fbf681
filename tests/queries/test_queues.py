"""The hall's windows, totals, funnel, heat and advice, at the edges of their moments."""

from datetime import datetime, timedelta

import pandas as pd
import pytest

from casedb import tables
from queries import queues
from queries.arguments import Scope
from tests.builders import DAY, add, add_unit, add_visit, add_window

AT = datetime(2026, 11, 25, 14, 42)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
EIGHT = datetime(2026, 11, 25, 8, 0)


@pytest.fixture
def hall(board):
    """A window of two units and two seats, one staffed since eight; and a function that adds visits."""
    with board.begin() as connection:
        first = add_unit(connection, "市住建局", unit_id="housing", short_name="住建")
        second = add_unit(connection, "房产中心", unit_id="estate", short_name="房产")
        add_window(connection, 8, window_id="w8", unit_id=first, second_unit_id=second)
        add(connection, tables.seats, window_id="w8", unit_id=first, opened_at=EIGHT)

    def visit(arrived_at: datetime = AT - 30 * MINUTE, **values) -> str:
        row = {"window_id": "w8", "unit_id": "housing", "ticket_at": arrived_at, **values}
        with board.begin() as connection:
            return add_visit(connection, arrived_at, **row)

    return visit


def served(visit, minutes: int, count: int, start: datetime = EIGHT) -> None:
    """Talks that are over, one after the other, each of the same length."""
    for number in range(count):
        began = start + number * minutes * MINUTE
        visit(began, called_at=began, started_at=began, ended_at=began + minutes * MINUTE)


def window(number: int = 8, as_of: datetime = AT):
    return queues.windows(Scope(as_of=as_of)).set_index("number").loc[number]


def total(as_of: datetime = AT):
    return queues.hall(Scope(as_of=as_of)).iloc[0]


# ── who waits ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_ticket_waits_from_the_second_it_is_taken(hall):
    # given
    hall(AT, people=3)
    # when, then
    assert window(as_of=AT - SECOND)["waiting_tickets"] == 0
    assert (window()["waiting_tickets"], window()["waiting_people"]) == (1, 3)
    assert window()["longest_minutes"] == 0


@pytest.mark.parametrize("ends", ["called_at", "left_at"])
def test_a_ticket_waits_until_the_second_it_is_called_or_leaves(hall, ends):
    # given
    hall(**{ends: AT})
    # when, then
    assert window(as_of=AT - SECOND)["waiting_tickets"] == 1
    assert window()["waiting_tickets"] == 0


def test_a_talk_is_under_way_from_the_call_until_it_ends(hall):
    # given
    hall(called_at=AT - 10 * MINUTE, ended_at=AT)
    # when, then
    assert window(as_of=AT - 10 * MINUTE)["talking"] == 1
    assert window(as_of=AT - SECOND)["talking"] == 1
    assert window()["talking"] == 0


def test_a_visit_that_took_no_number_does_not_wait(hall):
    # given
    hall(ticket_at=None, registered_at=AT - 29 * MINUTE)
    # when, then
    assert window()["waiting_tickets"] == 0


def test_only_a_wait_of_more_than_an_hour_is_too_long(hall):
    # given
    hall(AT - 60 * MINUTE)
    # when, then
    assert total()["over_60"] == 0
    assert total(AT + SECOND)["over_60"] == 1


def test_a_hall_that_was_shut_at_midnight_has_nobody_left_over(hall):
    # given a ticket of yesterday evening that was never called
    hall(EIGHT - 12 * 60 * MINUTE)
    # when, then
    assert total(EIGHT)["waiting_tickets"] == 0


def test_a_call_centre_has_queues_over_midnight(board):
    # given no sittings at all: it never says that it is shut
    midnight = datetime(2026, 11, 25)
    with board.begin() as connection:
        add_window(connection, 1, window_id="w1")
        add_visit(connection, midnight - SECOND, ticket_at=midnight - SECOND, window_id="w1")
    # when, then
    assert total(midnight + SECOND)["waiting_tickets"] == 1
    assert total(midnight + DAY)["waiting_tickets"] == 0


def test_who_waits_for_no_known_window_still_counts(hall):
    # given
    hall(window_id=None)
    # when
    rows = queues.windows(Scope(as_of=AT))
    # then
    assert list(rows["number"]) == [8, 0]
    assert rows["waiting_tickets"].sum() == total()["waiting_tickets"] == 1


# ── load and wait ────────────────────────────────────────────────────────────────────────────────────────


def test_load_is_arrivals_times_talk_over_open_seats(hall):
    # given ten talks of twelve minutes, and three tickets in the last hour
    served(hall, 12, 10)
    for ago in (59, 30, 1):
        hall(AT - ago * MINUTE, called_at=AT - ago * MINUTE, ended_at=AT)
    # when
    row = window()
    # then: the ended ones count as talks too, so the mean is theirs
    lasting = (10 * 12 + 59 + 30 + 1) / 13
    assert row["arrivals_hour"] == pytest.approx(3)
    assert row["service_minutes"] == pytest.approx(lasting)
    assert row["load"] == pytest.approx(3 * lasting / 60)
    assert (row["open_seats"], row["seats"]) == (1, 2)


def test_a_ticket_taken_exactly_an_hour_ago_is_no_longer_a_fresh_arrival(hall):
    # given
    hall(AT - 60 * MINUTE)
    # when, then
    assert window()["arrivals_hour"] == 0
    assert window(as_of=AT - SECOND)["arrivals_hour"] == 1


def test_a_window_opened_half_an_hour_ago_has_its_arrivals_counted_over_that_half_hour(board, hall):
    # given
    hall(EIGHT + 10 * MINUTE)
    # when, then
    assert window(as_of=EIGHT + 30 * MINUTE)["arrivals_hour"] == pytest.approx(2)
    assert window(as_of=EIGHT + 11 * MINUTE)["arrivals_hour"] == pytest.approx(4)


def test_the_wait_of_a_ticket_taken_now_is_talk_times_queue_and_a_half_over_seats(hall):
    # given talks of ten minutes, somebody at the seat, two waiting
    served(hall, 10, 12)
    hall(AT - 5 * MINUTE, called_at=AT - 5 * MINUTE)
    hall(AT - 4 * MINUTE)
    hall(AT - 3 * MINUTE)
    # when
    row = window()
    # then: all talks are alike, so nothing is uncertain
    assert row["expected_minutes"] == pytest.approx(25)
    assert (row["low_minutes"], row["high_minutes"]) == (pytest.approx(25), pytest.approx(25))


def test_a_free_seat_means_no_wait(hall):
    # given
    served(hall, 10, 12)
    # when
    row = window()
    # then
    assert (row["level"], row["expected_minutes"]) == ("free", 0)


def test_a_window_nobody_sits_at_is_shut(board, hall):
    # given
    with board.begin() as connection:
        add_window(connection, 26, window_id="w26")
    # when
    row = window(26)
    # then
    assert (row["level"], row["open_seats"]) == ("shut", 0)
    assert row[["load", "expected_minutes"]].isna().all()


def test_a_sitting_counts_until_the_second_it_ends(board, hall):
    # given
    with board.begin() as connection:
        add(connection, tables.seats, window_id="w8", unit_id="estate", opened_at=EIGHT, closed_at=AT)
    # when, then
    assert window(as_of=AT - SECOND)["open_seats"] == 2
    assert window()["open_seats"] == 1


def test_without_sittings_seats_load_and_wait_are_unknown(board):
    # given a call centre
    with board.begin() as connection:
        add_window(connection, 1, window_id="w1", seats=None, name="PS")
        add_visit(connection, AT - MINUTE, ticket_at=AT - MINUTE, window_id="w1")
    # when
    row = window(1)
    # then
    assert (row["level"], row["waiting_tickets"], row["unit"]) == ("unknown", 1, "PS")
    assert row[["open_seats", "seats", "load", "expected_minutes"]].isna().all()
    assert total()[["seats", "open_seats", "free", "shut"]].isna().all()


def test_a_window_with_few_talks_borrows_from_the_halls_day(board, hall):
    # given ten talks of ten minutes at window 8, one of thirty at window 9
    with board.begin() as connection:
        add_window(connection, 9, window_id="w9", unit_id="estate")
    served(hall, 10, 10)
    hall(EIGHT, window_id="w9", called_at=EIGHT, ended_at=EIGHT + 30 * MINUTE)
    # when, then: 1/10 its own, 9/10 the hall's mean of 130/11
    assert window(8)["service_minutes"] == pytest.approx(10)
    assert window(9)["service_minutes"] == pytest.approx(0.1 * 30 + 0.9 * 130 / 11)


# ── the hall ─────────────────────────────────────────────────────────────────────────────────────────────


def test_where_nobody_records_visits_nothing_is_known_of_the_hall(board):
    row = total()
    assert row[["waiting_people", "people_today", "called", "left"]].isna().all()
    assert queues.windows(Scope(as_of=AT)).empty


def test_an_empty_hall_has_zeros_and_no_rates(hall):
    # given visits of other days only
    hall(EIGHT - 3 * DAY, called_at=EIGHT - 3 * DAY + MINUTE, ended_at=EIGHT - 3 * DAY + 2 * MINUTE)
    # when
    row = total()
    # then
    assert (row["waiting_people"], row["people_today"], row["called"], row["left"]) == (0, 0, 0, 0)
    without_base = ["longest_minutes", "p90_minutes", "median_minutes", "left_share", "settled_share"]
    assert row[without_base].isna().all()
    assert queues.advice(Scope(as_of=AT)).empty


def test_the_same_point_of_the_last_period_is_asked_with_its_own_queue(hall):
    # given meetings on 16 and 26 November: 25 November is compared with the 15th
    then = AT - 10 * DAY
    hall(then - MINUTE, people=4)
    # when, then
    assert total()["previous_people"] == 4


def test_matters_settled_at_the_window_are_a_share_of_the_matters_that_are_over(hall):
    # given
    over = {"called_at": EIGHT, "ended_at": EIGHT + 20 * MINUTE}
    hall(EIGHT, **over, settled_on_spot=True, outcome_level="window")
    hall(EIGHT, **over)
    hall(EIGHT, **over, purpose="progress")
    hall(EIGHT, called_at=EIGHT)
    # when
    row = total()
    # then
    assert (row["settled"], row["settleable"], row["settled_share"]) == (1, 2, 0.5)
    assert row["settled_low"] < 0.5 < row["settled_high"]


def test_who_left_uncalled_is_a_share_of_all_whose_wait_is_over(hall):
    # given
    hall(EIGHT, left_at=EIGHT + 5 * MINUTE)
    hall(EIGHT, called_at=EIGHT + 10 * MINUTE)
    hall(EIGHT, called_at=EIGHT + 30 * MINUTE)
    hall(EIGHT)
    # when
    row = total()
    # then
    assert (row["called"], row["left"]) == (2, 1)
    assert row["left_share"] == pytest.approx(1 / 3)
    assert (row["median_minutes"], row["p90_minutes"]) == (20, 28)


def test_the_funnel_says_at_every_stage_where_the_others_are(hall):
    # given
    hall(ticket_at=None)
    hall(ticket_at=None, registered_at=AT)
    hall(ticket_at=None, registered_at=AT, answered_at_desk=True)
    hall(registered_at=AT, people=2)
    hall(left_at=AT)
    hall(called_at=AT)
    hall(called_at=AT - MINUTE, ended_at=AT)
    # when
    rows = queues.visit_funnel(Scope(as_of=AT)).set_index("stage")
    # then
    assert rows["tickets"].to_dict() == {
        "arrived": 7,
        "registered": 6,
        "ticketed": 4,
        "called": 2,
        "ended": 1,
    }
    assert rows["people"].to_dict() == {"arrived": 8, "registered": 7, "ticketed": 5, "called": 2, "ended": 1}
    assert rows["in_progress"].to_list() == [0, 1, 1, 1, 1]
    assert rows["left"].to_list() == [0, 0, 1, 1, 0]


def test_the_heat_map_shows_the_fullest_moment_of_each_hour(hall):
    # given two people at half past eight, one of whom waits until ten
    hall(EIGHT + 30 * MINUTE, called_at=EIGHT + 45 * MINUTE)
    hall(EIGHT + 40 * MINUTE, called_at=EIGHT + 120 * MINUTE)
    # when
    rows = queues.heat(Scope(as_of=EIGHT + 200 * MINUTE))
    # then: who is called at ten sharp still waited when that hour began
    assert list(rows["hour"]) == [8, 9, 10, 11]
    assert list(rows["waiting"]) == [2, 1, 1, 0]


def test_the_newest_record_is_the_latest_step_before_the_moment(hall):
    # given
    hall(AT - 30 * MINUTE, called_at=AT - MINUTE, ended_at=AT + MINUTE)
    # when, then
    assert queues.newest(Scope(as_of=AT))["newest"].iloc[0] == AT - MINUTE
    assert queues.newest(Scope(as_of=AT + 9 * DAY))["newest"].iloc[0] == AT - 30 * MINUTE
    assert queues.newest(Scope(as_of=AT - 9 * DAY))["newest"].isna().all()


# ── advice ───────────────────────────────────────────────────────────────────────────────────────────────


def overload(visit, tickets: int = 3) -> None:
    """Window 8 with talks of ten minutes, somebody at its seat, and more coming than one seat can take."""
    served(visit, 10, 12)
    visit(AT - 20 * MINUTE, called_at=AT - 5 * MINUTE)
    for number in range(tickets):
        visit(AT - (19 - number) * MINUTE)
    for number in range(5):
        visit(AT - (50 - number) * MINUTE, called_at=AT - 40 * MINUTE, ended_at=AT - 30 * MINUTE)


def test_an_overloaded_window_is_advised_to_open_its_second_seat_by_its_own_second_unit(hall):
    # given
    overload(hall)
    # when
    [row] = queues.advice(Scope(as_of=AT)).to_dict("records")
    # then: 10 · 3½ / 1 before, 10 · 2½ / 2 after
    assert (row["number"], row["action"], row["unit"]) == (8, "open_seat", "房产")
    assert (row["from_minutes"], row["to_minutes"]) == (pytest.approx(35), pytest.approx(12.5))
    assert row["low"] <= row["to_minutes"] <= row["high"]
    assert (row["longest_minutes"], row["longest_after_minutes"]) == (pytest.approx(35), pytest.approx(12.5))


def test_with_both_seats_taken_tickets_go_to_a_free_seat_of_the_same_unit(board, hall):
    # given window 8 cannot open another seat; window 14 has a free seat of the same unit
    with board.begin() as connection:
        connection.execute(tables.windows.update().values(seats=1))
        add_window(connection, 14, window_id="w14", unit_id="housing")
        add(connection, tables.seats, window_id="w14", unit_id="housing", opened_at=EIGHT)
    overload(hall)
    # when
    [row] = queues.advice(Scope(as_of=AT)).to_dict("records")
    # then: one of three tickets fills the free seat, the second would wait there for half a talk
    assert (row["action"], row["unit"], row["to_number"]) == ("send", "住建", 14)
    assert row["to_minutes"] < row["from_minutes"]
    assert row["tickets"] in (1, 2)


def test_another_units_clerk_is_never_moved(board, hall):
    # given the only free seat belongs to a unit that nobody at window 8 waits for
    with board.begin() as connection:
        connection.execute(tables.windows.update().values(seats=1))
        other = add_unit(connection, "市医保局", unit_id="health")
        add_window(connection, 14, window_id="w14", unit_id="housing", second_unit_id=other)
        add(connection, tables.seats, window_id="w14", unit_id=other, opened_at=EIGHT)
    overload(hall)
    # when
    [row] = queues.advice(Scope(as_of=AT)).to_dict("records")
    # then: nothing helps, which is said without an effect
    assert (row["number"], row["action"], row["seats"]) == (8, "none", 1)
    assert pd.isna(row["to_minutes"])
    assert row["longest_minutes"] == row["longest_after_minutes"]


def test_no_more_than_three_things_are_advised_at_once(board, hall):
    # given four overloaded windows
    def visit_of(window_id: str):
        return lambda arrived_at, **values: hall(arrived_at, **{**values, "window_id": window_id})

    with board.begin() as connection:
        for number in (1, 2, 3):
            add_window(connection, number, window_id=f"w{number}", unit_id="housing", second_unit_id="estate")
            add(connection, tables.seats, window_id=f"w{number}", unit_id="housing", opened_at=EIGHT)
    for tickets, window_id in enumerate(("w1", "w2", "w3", "w8"), start=2):
        overload(visit_of(window_id), tickets)
    # when
    rows = queues.advice(Scope(as_of=AT))
    # then: the longest waits first; the hall's longest wait afterwards is the window left alone
    assert list(rows["number"]) == [8, 3, 2]
    assert rows["longest_after_minutes"].iloc[0] == pytest.approx(window(1)["expected_minutes"])


def test_what_saves_most_people_most_minutes_comes_first(board, hall):
    # given the longer wait at window 8, but far more people waiting at window 1
    with board.begin() as connection:
        add_window(connection, 1, window_id="w1", unit_id="housing", second_unit_id="estate")
        add(connection, tables.seats, window_id="w1", unit_id="housing", opened_at=EIGHT)
    overload(hall, 4)
    overload(lambda at, **values: hall(at, **{"people": 9, **values, "window_id": "w1"}), 3)
    # when, then
    assert window(8)["expected_minutes"] > window(1)["expected_minutes"]
    assert list(queues.advice(Scope(as_of=AT))["number"]) == [1, 8]


def test_advice_for_the_worst_window_that_nothing_helps_keeps_one_of_the_three_rows(board, hall):
    # given three windows that could open a seat, and one that is full
    with board.begin() as connection:
        connection.execute(tables.windows.update().values(seats=1))
        for number in (1, 2, 3):
            add_window(connection, number, window_id=f"w{number}", unit_id="housing", second_unit_id="estate")
            add(connection, tables.seats, window_id=f"w{number}", unit_id="housing", opened_at=EIGHT)
    overload(hall, 6)
    for tickets, window_id in enumerate(("w1", "w2", "w3"), start=2):
        overload(lambda at, to=window_id, **values: hall(at, **{**values, "window_id": to}), tickets)
    # when
    rows = queues.advice(Scope(as_of=AT))
    # then
    assert list(rows["number"]) == [3, 2, 8]
    assert list(rows["action"]) == ["open_seat", "open_seat", "none"]


# ── arrivals ─────────────────────────────────────────────────────────────────────────────────────────────


def add_like_days(visit, counts: list[int], hour: int) -> None:
    for week, count in enumerate(counts, start=1):
        for _ in range(count):
            visit(datetime(2026, 11, 25, hour, 30) - week * 7 * DAY)


def test_fewer_than_four_like_weekdays_are_no_band(hall):
    # given
    add_like_days(hall, [5, 5, 5], 9)
    hall(EIGHT + 90 * MINUTE)
    # when, then
    assert queues.arrivals(Scope(as_of=AT))["usual_low"].isna().all()
    assert pd.isna(total()["usual_low"])


def test_the_band_is_the_tenth_to_ninetieth_percentile_of_like_weekdays(hall):
    # given five Wednesdays with nine o'clock visitors; the other three the hall was shut
    add_like_days(hall, [1, 2, 3, 4, 5], 9)
    hall(EIGHT + 90 * MINUTE, people=7)
    # when
    row = queues.arrivals(Scope(as_of=AT)).set_index("hour").loc[9]
    # then
    assert (row["people"], row["usual_low"], row["usual_high"]) == (7, pytest.approx(1.4), pytest.approx(4.6))
    assert row["complete"]
    assert (total()["usual_low"], total()["usual_high"]) == (pytest.approx(1.4), pytest.approx(4.6))


def test_the_forecast_scales_the_usual_median_by_today_so_far(hall):
    # given usually 2 people at nine and 4 at fifteen; today twice as many at nine
    for hour, count in ((9, 2), (15, 4), (17, 3)):
        add_like_days(hall, [count] * 4, hour)
    for _ in range(4):
        hall(EIGHT + 90 * MINUTE)
    # when
    rows = queues.arrivals(Scope(as_of=AT)).set_index("hour")
    # then
    assert rows.loc[15, ["forecast", "forecast_low", "forecast_high"]].to_list() == [8, 8, 8]
    assert rows.loc[[9, 14, 17], "forecast"].isna().all()
    assert (rows.loc[14, "minutes"], rows.loc[14, "complete"], rows.loc[14, "people"]) == (42, False, 0)
    assert pd.isna(rows.loc[15, "people"])


def test_an_hour_is_complete_only_once_the_next_has_begun(hall):
    # given
    hall(EIGHT)
    nine = EIGHT + 60 * MINUTE
    # when
    before = queues.arrivals(Scope(as_of=nine - SECOND)).set_index("hour")
    after = queues.arrivals(Scope(as_of=nine)).set_index("hour")
    # then
    assert (before.loc[8, "complete"], before.loc[8, "minutes"]) == (False, 59)
    assert (after.loc[8, "complete"], after.loc[8, "minutes"], after.loc[9, "minutes"]) == (True, 60, 0)
