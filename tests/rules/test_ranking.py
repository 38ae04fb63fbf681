"""Intervals and tiers: their agreed test values."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.ranking import tier, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "interval"),
    [
        (3, 3, (0.4385, 1.0)),
        (29, 30, (0.8333, 0.9941)),
        (290, 300, (0.9397, 0.9818)),
        (697, 745, (0.9156, 0.9511)),
        (0, 1, (0.0, 0.7935)),
        (5, 6, (0.4365, 0.9699)),
    ],
)
def test_the_interval_has_the_known_ends(successes: int, trials: int, interval: tuple[float, float]) -> None:
    assert wilson(successes, trials) == pytest.approx(interval, abs=6e-5)


def test_without_trials_there_is_no_interval() -> None:
    assert wilson(0, 0) is None
    assert tier(0, 0, 0.9) == "same"


@given(st.integers(1, 2000), st.data())
def test_the_interval_holds_the_rate_and_stays_in_bounds(trials: int, data) -> None:
    successes = data.draw(st.integers(0, trials))

    interval = wilson(successes, trials)

    assert interval is not None
    low, high = interval
    assert 0 <= low <= successes / trials <= high <= 1


@pytest.mark.parametrize(
    ("successes", "trials", "mean", "expected"),
    [
        (5, 6, 0.95, "same"),
        (13, 13, 0.9, "same"),
        (150, 180, 0.9027, "worse"),
        (290, 300, 0.9397, "better"),
        (290, 300, 0.9398, "same"),
        (12, 20, 0.9027, "worse"),
        (0, 30, 0.0, "same"),
    ],
)
def test_a_tier_needs_the_whole_interval(successes: int, trials: int, mean: float, expected: str) -> None:
    assert tier(successes, trials, mean) == expected


@given(st.integers(1, 500), st.data(), st.floats(0.05, 0.95))
def test_a_tier_is_the_same_as_lying_outside_the_funnel(trials: int, data, mean: float) -> None:
    successes = data.draw(st.integers(0, trials))
    distance = abs(successes / trials - mean)
    limit = 1.96 * sqrt(mean * (1 - mean) / trials)

    if abs(distance - limit) > 1e-9:
        assert (tier(successes, trials, mean) != "same") == (distance > limit)
