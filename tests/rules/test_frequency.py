"""What a count says of the rate behind it, against published values."""

import pytest

from rules.frequency import interval


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(0, 0, 3.689), (1, 0.025, 5.572), (2, 0.242, 7.225), (10, 4.795, 18.390), (100, 81.364, 121.627)],
)
def test_the_interval_of_a_count_is_that_of_the_tables(events: int, low: float, high: float) -> None:
    assert interval(events) == pytest.approx((low, high), abs=5e-4)


def test_a_lower_level_is_a_narrower_interval() -> None:
    wide, narrow = interval(10), interval(10, level=0.8)

    assert wide[0] < narrow[0] < 10 < narrow[1] < wide[1]


def test_a_count_below_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        interval(-1)
