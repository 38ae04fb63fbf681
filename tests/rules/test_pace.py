"""Hours that count by what is answered in them: against walking through them, and at the edges of a week."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.pace import pace

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 23)

MOMENTS = st.integers(0, 3 * 168 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes))


def times(*moments: datetime | None) -> np.ndarray:
    return np.array(moments, dtype="datetime64[us]")


def walked(answers: list[datetime], weight: float, begin: datetime, end: datetime) -> float:
    """Minute by minute: each is worth the answers in its hour of the week, and a seventh of the weight."""
    in_hour = [sum(weekly(at) == hour for at in answers) + weight / 7 for hour in range(168)]
    minutes = int((end - begin) / timedelta(minutes=1))
    worth = sum(in_hour[weekly(begin + timedelta(minutes=minute))] for minute in range(minutes))
    return worth / 60 / (sum(in_hour) / 168)


def weekly(at: datetime) -> int:
    return at.weekday() * 24 + at.hour


@given(st.lists(MOMENTS, max_size=8), MOMENTS, MOMENTS)
def test_time_is_what_walking_it_says(answers: list[datetime], one: datetime, other: datetime) -> None:
    begin, end = sorted((one, other))

    first, last = pace(times(*answers), 7).at(times(begin, end))

    assert last - first == pytest.approx(walked(answers, 7, begin, end))


def test_without_answers_an_hour_is_an_hour() -> None:
    begin, end = pace(times(), 30).at(times(MONDAY - HOUR, MONDAY + 2 * HOUR))

    assert end - begin == pytest.approx(3)


def test_an_answer_counts_in_the_hour_it_begins() -> None:
    found = pace(times(MONDAY + 9 * HOUR), 7).at(times(*(MONDAY + n * HOUR for n in (8, 9, 10, 11))))

    before, within, after = np.diff(found)
    assert within == pytest.approx(2 * before)
    assert after == pytest.approx(before)


def test_a_week_is_a_week_and_no_moment_is_none() -> None:
    found = pace(times(MONDAY + 9 * HOUR), 30).at(times(MONDAY, MONDAY + 168 * HOUR, None))

    assert found[1] - found[0] == pytest.approx(168)
    assert np.isnan(found[2])
