"""Curves of how long answers take against the textbook product, and sums of chances against every outcome."""

from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from rules import survival

PAST = st.lists(st.tuples(st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.25, 3.0]), st.booleans()), max_size=30)
"""Few different lengths, so that answers and ends unseen often meet, at the very limit too."""

MOMENTS = (0.0, 0.1, 0.25, 0.5, 0.999, 1.0, 1.001, 1.25, 3.0, 9.0)


def slow_still_open(past: list[tuple[float, bool]], after: float) -> float:
    """The product-limit estimate, one length after the other."""
    left = 1.0
    for length in sorted({length for length, is_answered in past if is_answered and length <= after}):
        at_risk = sum(other >= length for other, _ in past)
        answered = sum(other == length and is_answered for other, is_answered in past)
        left *= 1 - answered / at_risk
    return left


def made(past: list[tuple[float, bool]]) -> survival.Curve:
    return survival.curve([length for length, _ in past], [is_answered for _, is_answered in past])


@given(PAST)
def test_the_share_still_open_is_the_textbooks_product(past: list[tuple[float, bool]]) -> None:
    curve = made(past)

    assert curve.still_open(MOMENTS) == pytest.approx([slow_still_open(past, at) for at in MOMENTS])
    assert curve.seen_beyond(MOMENTS).tolist() == [sum(n > at for n, _ in past) for at in MOMENTS]
    assert curve.answered == sum(is_answered for _, is_answered in past)


@given(PAST, st.sampled_from(MOMENTS), st.sampled_from(MOMENTS))
def test_a_chance_is_the_share_left_of_those_left_now(
    past: list[tuple[float, bool]], one: float, other: float
) -> None:
    now, then = sorted((one, other))

    chance = float(made(past).chance([now], [then])[0])

    if not any(length > now for length, _ in past):
        assert np.isnan(chance)
    else:
        assert chance == pytest.approx(slow_still_open(past, then) / slow_still_open(past, now))
        assert 0 <= chance <= 1


def test_an_answer_at_the_very_limit_does_not_miss_it() -> None:
    assert made([(1.0, True), (1.0001, True)]).chance([0.5], [1.0]).tolist() == [0.5]


def test_what_was_last_seen_open_counts_until_then_and_not_as_answered() -> None:
    seen = made([(0.5, False), (0.5, True), (0.8, True), (2.0, True)])

    # 4 at risk at 0.5, one of them answers; then 2 at 0.8, one answers
    assert seen.still_open([0.5, 0.8]) == pytest.approx([3 / 4, 3 / 8])


def test_a_case_that_is_seen_open_right_now_says_nothing_about_itself() -> None:
    assert np.isnan(made([(0.7, False)]).chance([0.7], [1.0])[0])


def test_without_a_past_there_is_no_chance() -> None:
    empty = survival.curve([], [])

    assert np.isnan(empty.chance([0.0, 0.5], [1.0, 1.0])).all()
    assert empty.answered == 0


@pytest.mark.parametrize(("seen", "drawn"), [(0, 0.5), (30, 0.3), (270, 0.14)])
def test_a_chance_is_drawn_to_the_wider_one_the_less_was_seen(seen: int, drawn: float) -> None:
    own = [np.nan if seen == 0 else 0.1]

    assert survival.drawn(own, [seen], [0.5], 30) == pytest.approx([drawn])


CHANCES = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), max_size=7)


@given(CHANCES)
def test_how_many_happen_is_the_sum_over_every_outcome(chances: list[float]) -> None:
    slow = [0.0] * (len(chances) + 1)
    for outcome in product((False, True), repeat=len(chances)):
        parts = zip(outcome, chances, strict=True)
        slow[sum(outcome)] += prod(chance if happens else 1 - chance for happens, chance in parts)

    assert survival.happening(chances) == pytest.approx(slow)


@given(CHANCES)
def test_the_range_leaves_out_no_more_than_a_tenth_on_either_side(chances: list[float]) -> None:
    mean, low, high = survival.expected(chances)
    each = survival.happening(chances)

    assert mean == pytest.approx(sum(chances))
    assert sum(each[:low]) < 0.1 <= sum(each[: low + 1]) + 2e-12
    assert sum(each[:high]) < 0.9 <= sum(each[: high + 1]) + 2e-12


def test_thousands_of_even_chances_are_a_binomial() -> None:
    mean, low, high = survival.expected([0.125] * 4001)

    assert (low, high) == tuple(binom.ppf([0.1, 0.9], 4001, 0.125))
    assert mean == pytest.approx(4001 / 8)


def test_nothing_due_is_nothing_late() -> None:
    assert survival.expected([]) == (0.0, 0, 0)


def test_the_brier_score_is_the_mean_squared_error() -> None:
    assert survival.brier([0.8, 0.5, 0.0], [True, False, False]) == pytest.approx((0.04 + 0.25) / 3)
    assert np.isnan(survival.brier([], []))
