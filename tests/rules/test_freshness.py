"""Stale data: by the newest record, in opening hours only."""

from datetime import datetime, timedelta

import pytest

from rules.freshness import had_stopped, is_stale

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


MIDNIGHT = datetime(2026, 11, 26)


@pytest.mark.parametrize(
    ("newest", "at", "stopped"),
    [
        (datetime(2026, 11, 25, 9, 29), MIDNIGHT, True),
        (datetime(2026, 11, 25, 17, 19, 59), MIDNIGHT, True),
        (datetime(2026, 11, 25, 17, 20), MIDNIGHT, False),  # ten minutes before the hall closes
        (datetime(2026, 11, 25, 23, 50), MIDNIGHT, False),
        (datetime(2026, 11, 24, 17, 29), datetime(2026, 11, 25, 8, 0), False),
        (datetime(2026, 11, 24, 9, 29), datetime(2026, 11, 25, 8, 35), True),
        (datetime(2026, 11, 20, 17, 29), datetime(2026, 11, 23), False),  # Friday, then a weekend
        (datetime(2026, 11, 20, 9, 29), datetime(2026, 11, 23), True),
        (datetime(2026, 11, 26, 1), MIDNIGHT, False),
        (None, MIDNIGHT, False),
    ],
)
def test_by_midnight_data_had_stopped_when_the_day_before_closed_without_them(
    newest: datetime | None, at: datetime, stopped: bool
) -> None:
    assert had_stopped(newest, at) is stopped
