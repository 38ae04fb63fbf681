"""Which meeting a day belongs to, and the period and moment its figures are of."""

from datetime import date, datetime, timedelta

import pytest

from queries import meetings
from queries.arguments import BadArgument, Scope
from queries.meetings_pack import last_batch
from tests.queries.test_meetings import AT, add_meeting

SECOND = timedelta(seconds=1)
NOV_26 = datetime(2026, 11, 26)


def number(day: date, now: datetime = AT) -> int | None:
    return meetings.pack(day, now).meeting.number


def test_the_meeting_of_6_july_2019_is_the_27th_on_monday_the_8th(desk):
    with desk.begin() as connection:
        add_meeting(connection, date(2019, 6, 26), number=26)

    pack = meetings.pack(date(2019, 7, 6), datetime(2019, 7, 20))

    assert (pack.meeting.number, pack.meeting.actual) == (27, date(2019, 7, 8))
    assert (pack.scope.start, pack.scope.end) == (datetime(2019, 6, 26), datetime(2019, 7, 8))
    assert pack == meetings.pack(date(2019, 7, 8), datetime(2019, 7, 20))


def test_without_a_day_the_pack_is_of_the_next_meeting_and_of_todays_until_midnight(desk):
    def day(now: datetime) -> date:
        return meetings.pack(None, now).meeting.actual

    assert day(datetime(2026, 11, 16, 23, 59, 59)) == date(2026, 11, 16)
    assert day(datetime(2026, 11, 17)) == date(2026, 11, 26)
    assert day(NOV_26 - SECOND) == date(2026, 11, 26)
    assert day(NOV_26) == date(2026, 11, 26)


def test_figures_stand_still_once_they_have_closed(desk):
    day = date(2026, 11, 26)

    before, at, after = (meetings.pack(day, NOV_26 + step) for step in (-SECOND, 0 * SECOND, SECOND))

    assert [pack.scope.as_of for pack in (before, at, after)] == [NOV_26 - SECOND, NOV_26, NOV_26]
    assert [pack.is_closed for pack in (before, at, after)] == [False, True, True]
    assert at.scope == after.scope == Scope(NOV_26, datetime(2026, 11, 16), NOV_26)
    assert at.before and at.before.actual == date(2026, 11, 16)


def test_a_cutoff_entered_by_hand_closes_the_figures(desk):
    cutoff = datetime(2026, 11, 26, 8)
    with desk.begin() as connection:
        add_meeting(connection, date(2026, 11, 26), cutoff_to=cutoff, state="planned")

    pack = meetings.pack(date(2026, 11, 26), cutoff + 3 * SECOND)

    assert (pack.scope.as_of, pack.scope.end, pack.is_closed) == (cutoff, cutoff, True)
    assert meetings.meeting_of(pack.scope) == pack.meeting


def test_a_meeting_moved_by_hand_keeps_its_reason_and_is_found_by_both_days(desk):
    with desk.begin() as connection:
        moved = {"actual_date": date(2026, 11, 17), "number": 35, "reason": "16日市委全会，顺延一天"}
        add_meeting(connection, date(2026, 11, 16), **moved)

    for day in (date(2026, 11, 16), date(2026, 11, 17)):
        meeting = meetings.pack(day, AT).meeting
        assert (meeting.number, meeting.actual) == (35, date(2026, 11, 17))
        assert meeting.reason == "16日市委全会，顺延一天"
    assert meetings.pack(date(2026, 11, 26), AT).scope.start == datetime(2026, 11, 17)


def test_the_february_case_is_two_meetings_until_the_merge_is_decided_and_one_afterwards(desk):
    slid, next_one = date(2026, 2, 24), date(2026, 2, 26)
    proposed = meetings.pack(slid, AT).meeting
    assert (proposed.nominal, proposed.merge_is_proposed) == (date(2026, 2, 16), True)

    with desk.begin() as connection:
        into = add_meeting(connection, next_one, number=6)
        merged = {"actual_date": slid, "state": "merged", "merged_into": into}
        add_meeting(connection, date(2026, 2, 16), **merged)

    # then: its nominal day leads to the meeting it went into, whose period is the longer
    pack = meetings.pack(date(2026, 2, 16), AT)
    assert (pack.meeting.number, pack.meeting.actual) == (6, next_one)
    assert (pack.scope.start, pack.scope.end) == (datetime(2026, 2, 6), datetime(2026, 2, 26))


def test_a_day_without_a_meeting_names_the_nearest_two(desk):
    with desk.begin() as connection:
        add_meeting(connection, date(2026, 11, 6), number=34)
        add_meeting(connection, date(2026, 11, 16), state="skipped", reason="停开")

    for day in (date(2026, 11, 16), date(2026, 11, 20)):
        with pytest.raises(BadArgument) as refused:
            meetings.pack(day, AT)
        for sentence in (refused.value.zh, refused.value.en):
            assert all(near in sentence for near in (f"{day}", "2026-11-06", "2026-11-26"))
    assert number(date(2026, 11, 26)) == 35


def test_a_year_without_holiday_data_is_named(desk):
    for day in (date(2027, 1, 6), date(1999, 2, 10), None):
        with pytest.raises(BadArgument) as refused:
            meetings.pack(day, datetime(2027, 1, 2))
        year = str(day.year if day else 2027)
        assert f"{year} 年的工作日历未知" in refused.value.zh
        assert f"the working days of {year} are not known" in refused.value.en


def test_a_period_that_ends_between_meetings_goes_before_the_next_one(desk):
    def actual(end: datetime | None) -> date | None:
        meeting = meetings.meeting_of(Scope(AT, end=end))
        return meeting and meeting.actual

    assert actual(NOV_26) == date(2026, 11, 26)
    assert actual(NOV_26 - SECOND) == date(2026, 11, 26)
    assert actual(NOV_26 + SECOND) == date(2026, 12, 7)
    assert actual(None) == date(2026, 11, 26)
    assert actual(datetime(1999, 1, 1)) is None


def test_the_last_batch_is_that_of_the_meeting_before(desk):
    def actual(scope: Scope) -> date | None:
        meeting = last_batch(scope)
        return meeting and meeting.actual

    assert actual(meetings.pack(date(2026, 11, 16), AT).scope) == date(2026, 11, 6)
    assert actual(Scope(AT)) == date(2026, 11, 16)
    assert actual(Scope(datetime(1999, 1, 1))) is None
