"""Working days: the published calendar, entries by hand, and years nobody knows."""

import csv
import gzip
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.workdays import UnknownYear, WorkCalendar

DAY = timedelta(days=1)
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
CALENDAR = WorkCalendar()
days = st.dates(FIRST, LAST)


def every_day_of(year: int) -> dict[date, bool]:
    first = date(year, 1, 1)
    span = (first + number * DAY for number in range((date(year + 1, 1, 1) - first).days))
    return {day: day.weekday() < 5 for day in span}


def slow_between(after: date, until: date) -> int:
    count, day = 0, after
    while day < until:
        day += DAY
        count += CALENDAR.is_workday(day)
    return count


@pytest.mark.truth
def test_every_day_of_the_public_calendar_agrees(truth: Path) -> None:
    with gzip.open(truth / "cn_workday_calendar_2004_2026.csv.gz", "rt", encoding="utf-8-sig") as file:
        rows = [(date.fromisoformat(row["date"]), row["is_workday"] == "1") for row in csv.DictReader(file)]

    wrong = [day for day, is_workday in rows if CALENDAR.is_workday(day) != is_workday]

    assert len(rows) == 8401
    assert wrong == []


@given(days, days)
def test_counting_agrees_with_walking_day_by_day(first: date, second: date) -> None:
    after = min(first, second)
    until = min(max(first, second), after + 400 * DAY)

    count = CALENDAR.workdays_between(after, until)

    assert count == slow_between(after, until)
    assert CALENDAR.workdays_between(until, after) == -count


@given(st.dates(FIRST, date(2025, 6, 30)), st.integers(1, 250))
def test_the_nth_working_day_is_one_and_has_n_behind_it(day: date, count: int) -> None:
    found = CALENDAR.add_workdays(day, count)

    assert CALENDAR.is_workday(found)
    assert CALENDAR.workdays_between(day, found) == count


@given(st.dates(date(2005, 6, 30), LAST), st.integers(1, 250))
def test_going_back_is_the_mirror_of_going_on(day: date, count: int) -> None:
    found = CALENDAR.add_workdays(day, -count)

    assert CALENDAR.is_workday(found)
    assert CALENDAR.workdays_between(found - DAY, day - DAY) == count


@given(days)
def test_the_next_working_day_of_a_working_day_is_itself(day: date) -> None:
    if CALENDAR.is_workday(day):
        assert CALENDAR.next_workday(day) == day


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 14), True),  # a Saturday made up
        (date(2026, 2, 15), False),
        (date(2026, 2, 23), False),  # a Monday of the Spring Festival
        (date(2026, 2, 24), True),
        (date(2019, 7, 6), False),
        (date(2026, 9, 20), True),  # a Sunday made up
    ],
)
def test_make_up_days_work_and_holidays_do_not(day: date, works: bool) -> None:
    assert CALENDAR.is_workday(day) is works


def test_no_working_days_away_is_the_day_itself() -> None:
    assert CALENDAR.add_workdays(date(2019, 7, 6), 0) == date(2019, 7, 6)
    assert CALENDAR.workdays_between(date(2030, 1, 1), date(2030, 1, 1)) == 0


@pytest.mark.parametrize(
    "ask",
    [
        lambda: CALENDAR.is_workday(date(2027, 1, 1)),
        lambda: CALENDAR.next_workday(date(2027, 3, 6)),
        lambda: CALENDAR.add_workdays(date(2026, 12, 31), 1),
        lambda: CALENDAR.add_workdays(date(2026, 12, 1), 500),
        lambda: CALENDAR.add_workdays(date(2027, 1, 1), 1),
        lambda: CALENDAR.workdays_between(date(2026, 12, 1), date(2027, 1, 1)),
    ],
)
def test_a_year_nobody_knows_is_said_aloud(ask) -> None:
    with pytest.raises(UnknownYear, match="2027") as told:
        ask()

    assert told.value.year == 2027


def test_the_last_known_day_can_still_be_reached() -> None:
    assert CALENDAR.add_workdays(date(2026, 12, 30), 1) == date(2026, 12, 31)
    assert CALENDAR.workdays_between(date(2026, 12, 30), date(2026, 12, 31)) == 1


def test_years_are_known_when_all_their_days_are() -> None:
    partly = {date(2027, 1, 1): False, date(2027, 1, 2): False}

    assert CALENDAR.knows(2004) and CALENDAR.knows(2026)
    assert not CALENDAR.knows(2003) and not CALENDAR.knows(2027)
    assert not WorkCalendar(partly).knows(2027)
    assert WorkCalendar(every_day_of(2027)).knows(2027)


def test_days_entered_by_hand_win_and_reach_further() -> None:
    ordinary = date(2026, 11, 25)
    calendar = WorkCalendar({**every_day_of(2027), ordinary: False, date(2027, 1, 1): False})

    assert not calendar.is_workday(ordinary)
    assert calendar.add_workdays(date(2026, 11, 24), 1) == date(2026, 11, 26)
    assert calendar.add_workdays(date(2026, 12, 31), 1) == date(2027, 1, 4)


def test_a_count_does_not_jump_over_a_year_nobody_knows() -> None:
    calendar = WorkCalendar(every_day_of(2028))

    assert calendar.knows(2028) and calendar.is_workday(date(2028, 1, 3))
    assert calendar.add_workdays(date(2028, 1, 3), 1) == date(2028, 1, 4)
    with pytest.raises(UnknownYear, match="2027"):
        calendar.add_workdays(date(2026, 12, 31), 1)
    with pytest.raises(UnknownYear, match="2027"):
        calendar.add_workdays(date(2028, 1, 3), -1)
    with pytest.raises(UnknownYear, match="2027"):
        calendar.workdays_between(date(2026, 12, 1), date(2028, 1, 5))


@pytest.mark.truth
def test_the_working_days_of_every_changsha_message_agree(truth: Path) -> None:
    with gzip.open(truth / "changsha_messages_expected_durations.csv.gz", "rt", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))

    def day(row: dict[str, str], column: str) -> date:
        return date.fromisoformat(row[column][:10])

    wrong = [
        row["留言编号"]
        for row in rows
        if CALENDAR.workdays_between(day(row, "留言时间"), day(row, "答复时间")) != int(row["cn_workdays"])
    ]

    assert len(rows) == 2816
    assert wrong == []
