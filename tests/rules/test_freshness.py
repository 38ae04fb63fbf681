"""Stale data: by the newest record, in opening hours only."""

from datetime import datetime, timedelta

import pytest

from rules.freshness import is_stale

NOON = datetime(2026, 11, 25, 12, 0)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def test_data_are_stale_only_after_ten_minutes_without_a_record() -> None:
    assert not is_stale(NOON - 10 * MINUTE, NOON)
    assert is_stale(NOON - 10 * MINUTE - SECOND, NOON)


def test_the_night_before_does_not_count() -> None:
    yesterday = datetime(2026, 11, 24, 17, 0)
    opening = datetime(2026, 11, 25, 8, 30)

    assert not is_stale(yesterday, opening)
    assert not is_stale(yesterday, opening + 10 * MINUTE)
    assert is_stale(yesterday, opening + 11 * MINUTE)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 25, 8, 29, 59),
        datetime(2026, 11, 25, 17, 30),
        datetime(2026, 11, 22, 12, 0),  # a Sunday
        datetime(2026, 10, 1, 12, 0),
    ],
)
def test_nothing_is_stale_while_the_hall_is_shut(now: datetime) -> None:
    assert not is_stale(now - timedelta(hours=3), now)


def test_a_day_of_an_unknown_year_counts_as_open() -> None:
    now = datetime(2027, 3, 7, 12, 0)

    assert is_stale(now - 11 * MINUTE, now)


def test_no_record_and_a_record_from_the_future_are_not_stale() -> None:
    assert not is_stale(None, NOON)
    assert not is_stale(NOON + 60 * MINUTE, NOON)
