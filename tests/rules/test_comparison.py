"""Changes and usual bands."""

import pytest

from rules.comparison import change, expected, is_real, usual


def test_the_expected_count_is_last_period_s_daily_rate_for_these_days() -> None:
    assert expected(100, 10, 9) == 90
    assert expected(0, 10, 9) == 0
    assert expected(5, 0, 9) is None


def test_a_change_is_of_the_rate_per_day() -> None:
    assert change(90, 9, 100, 10) == pytest.approx(0)
    assert change(99, 9, 100, 10) == pytest.approx(0.1)
    assert change(0, 9, 100, 10) == -1
    assert change(3, 9, 0, 10) is None


@pytest.mark.parametrize(
    ("count", "previous", "real"),
    [
        (129, 100, False),
        (131, 100, True),
        (73, 100, True),
        (74, 100, False),
        (0, 0, False),
        (4, 0, False),
        (5, 0, True),
    ],
)
def test_a_change_is_real_beyond_two_standard_errors(count: int, previous: int, real: bool) -> None:
    assert is_real(count, 10, previous, 10) is real


def test_half_the_days_at_the_same_rate_is_no_change() -> None:
    assert not is_real(500, 5, 1000, 10)
    assert is_real(600, 5, 1000, 10)
    assert not is_real(5, 0, 5, 10)


def test_a_band_needs_four_weekdays() -> None:
    assert usual([1, 2, 3]) is None
    assert usual([10, 20, 30, 40]) == pytest.approx((13, 37))
    assert usual([5] * 8) == (5, 5)
