"""Queues: load, levels, Erlang C, and the wait of a ticket taken now."""

from math import factorial, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.queueing import (
    erlang_c,
    expected_wait,
    level,
    load,
    service_minutes,
    wait_now,
    wait_with_new_seat,
)


def slow_erlang_c(work: float, seats: int) -> float:
    """The textbook sum."""
    last = work**seats / factorial(seats) * seats / (seats - work)
    return last / (sum(work**k / factorial(k) for k in range(seats)) + last)


@pytest.mark.parametrize(
    ("talk", "seats", "ratio", "wait"),
    [(20, 27, 0.93, 6.0), (20, 54, 0.46, 0.0), (30, 27, 1.39, inf), (30, 54, 0.69, 0.0)],
)
def test_whether_capacity_is_27_or_54_flips_the_alarm(talk, seats, ratio, wait) -> None:
    assert load(75, talk, seats) == pytest.approx(ratio, abs=0.005)
    assert expected_wait(75, talk, seats) == pytest.approx(wait, abs=0.05)


@given(st.integers(1, 60), st.floats(0.01, 0.99))
def test_erlang_c_agrees_with_the_textbook(seats: int, ratio: float) -> None:
    assert erlang_c(ratio * seats, seats) == pytest.approx(slow_erlang_c(ratio * seats, seats), rel=1e-6)


def test_one_seat_waits_as_long_as_its_load_says() -> None:
    assert erlang_c(0.5, 1) == pytest.approx(0.5)
    assert expected_wait(3, 10, 1) == pytest.approx(10)  # ρ 0.5: S·ρ/(1−ρ)


def test_nothing_coming_means_nobody_waits_and_too_much_means_everybody() -> None:
    assert erlang_c(0, 3) == 0
    assert expected_wait(0, 20, 3) == 0
    assert erlang_c(3, 3) == 1
    assert expected_wait(9, 20, 3) == inf


def test_a_load_needs_seats_and_a_talk() -> None:
    assert load(10, 20, 0) is None
    assert load(10, 20, None) is None
    assert load(10, None, 2) is None
    assert expected_wait(10, None, 2) is None


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (0.69, "easy"),
        (0.70, "busy"),
        (0.8499, "busy"),
        (0.85, "near"),
        (0.9999, "near"),
        (1.0, "over"),
        (3, "over"),
    ],
)
def test_levels_begin_at_their_thresholds(ratio: float, expected: str) -> None:
    assert level(ratio, open_seats=2, talking=2, waiting=3) == expected


def test_a_free_seat_a_shut_window_and_an_unknown_one_have_words_of_their_own() -> None:
    assert level(0.5, open_seats=2, talking=1, waiting=0) == "free"
    assert level(0.5, open_seats=2, talking=2, waiting=0) == "easy"
    assert level(0.5, open_seats=2, talking=1, waiting=1) == "easy"
    assert level(0.9, open_seats=2, talking=1, waiting=0) == "near"
    assert level(None, open_seats=0) == "shut"
    assert level(None, open_seats=None) == "unknown"
    assert level(None, open_seats=1, talking=1) == "unknown"
    assert level(None, open_seats=1, talking=0) == "free"


def test_the_wait_now_is_that_of_the_reference_picture() -> None:
    wait = wait_now(waiting_tickets=8, service_minutes=4, open_seats=1, spread=0.85)

    assert wait.expected == 34
    assert (round(wait.low), round(wait.high)) == (21, 47)


def test_a_range_never_begins_before_now() -> None:
    assert wait_now(0, 20, 1, 2.0).low == 0
    assert wait_now(0, 20, 1, 2.0).expected == 10


def test_a_new_seat_takes_the_first_ticket_at_once() -> None:
    wait = wait_with_new_seat(waiting_tickets=8, service_minutes=4, seats_then=2, spread=0.85)

    assert wait.expected == 15  # S·(q − ½)/c
    assert wait_with_new_seat(0, 4, 2, 0.85).high == 0


@pytest.mark.parametrize(
    ("mean", "talks", "day", "expected"),
    [
        (10, 10, 20, 10),
        (10, 9, 20, 11),
        (10, 5, 20, 15),
        (None, 0, 20, 20),
        (10, 3, None, 10),
        (None, 0, None, None),
    ],
)
def test_few_talks_borrow_from_the_whole_day(mean, talks, day, expected) -> None:
    assert service_minutes(mean, talks, day) == expected
