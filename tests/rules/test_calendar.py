"""The meeting calendar: slides, merges, entries by hand, and its windows."""

from datetime import date, datetime, timedelta

import pytest

from rules.calendar import CLOSE, SLID, Meeting, Window, around, from_rows, live, period, rolling, seed
from rules.words import MeetingState
from rules.workdays import UnknownYear, WorkCalendar

WORKDAYS = WorkCalendar()
YEAR_2026 = seed(date(2026, 1, 1), date(2026, 12, 31), WORKDAYS)
SECOND = timedelta(seconds=1)


def nominal(meetings: list[Meeting], day: date) -> Meeting:
    return next(meeting for meeting in meetings if meeting.nominal == day)


def test_a_year_has_thirty_six_nominal_days_and_2026_twelve_slides() -> None:
    slides = {(m.nominal, m.actual) for m in YEAR_2026 if m.actual != m.nominal}

    assert len(YEAR_2026) == 36
    assert slides == {
        (date(2026, 2, 16), date(2026, 2, 24)),
        (date(2026, 4, 6), date(2026, 4, 7)),
        (date(2026, 4, 26), date(2026, 4, 27)),
        (date(2026, 5, 16), date(2026, 5, 18)),
        (date(2026, 6, 6), date(2026, 6, 8)),
        (date(2026, 7, 26), date(2026, 7, 27)),
        (date(2026, 8, 16), date(2026, 8, 17)),
        (date(2026, 9, 6), date(2026, 9, 7)),
        (date(2026, 9, 26), date(2026, 9, 28)),
        (date(2026, 10, 6), date(2026, 10, 8)),
        (date(2026, 12, 6), date(2026, 12, 7)),
        (date(2026, 12, 26), date(2026, 12, 28)),
    }


def test_only_the_meeting_slid_to_two_days_before_the_next_is_proposed_for_merging() -> None:
    proposed = [meeting for meeting in YEAR_2026 if meeting.merge_is_proposed]

    assert [m.nominal for m in proposed] == [date(2026, 2, 16)]
    assert proposed[0].merged_into == date(2026, 2, 26)
    assert proposed[0].reason == CLOSE
    assert proposed[0].takes_place


def test_the_meeting_due_on_saturday_6_july_2019_is_held_on_monday_the_8th() -> None:
    meeting = seed(date(2019, 7, 1), date(2019, 7, 10), WORKDAYS)[0]

    assert (meeting.nominal, meeting.actual, meeting.reason) == (date(2019, 7, 6), date(2019, 7, 8), SLID)


def test_a_year_nobody_knows_stops_the_seed_aloud() -> None:
    with pytest.raises(UnknownYear, match="2027"):
        seed(date(2026, 12, 1), date(2027, 1, 31), WORKDAYS)


def test_an_entry_by_hand_wins_over_the_rule() -> None:
    moved = Meeting(35, date(2026, 11, 16), date(2026, 11, 17), reason="场地")

    meetings = seed(date(2026, 11, 1), date(2026, 11, 30), WORKDAYS, [moved])

    assert nominal(meetings, date(2026, 11, 16)) == moved


def test_numbers_go_on_from_the_last_entered_and_skip_what_does_not_take_place() -> None:
    held = Meeting(10, date(2026, 1, 16), date(2026, 1, 16), MeetingState.HELD)
    skipped = Meeting(None, date(2026, 1, 26), date(2026, 1, 26), MeetingState.SKIPPED)

    meetings = seed(date(2026, 1, 1), date(2026, 2, 10), WORKDAYS, [held, skipped])

    assert [m.number for m in meetings] == [None, 10, None, 11]


def test_a_merge_once_decided_is_no_longer_proposed() -> None:
    day = date(2026, 2, 16)
    decided = Meeting(None, day, date(2026, 2, 24), MeetingState.MERGED, "并入", date(2026, 2, 26))

    meetings = seed(date(2026, 2, 1), date(2026, 2, 28), WORKDAYS, [decided])

    assert not nominal(meetings, day).merge_is_proposed
    assert not nominal(meetings, day).takes_place


def test_keeping_a_close_meeting_by_hand_ends_the_proposal() -> None:
    kept = Meeting(5, date(2026, 2, 16), date(2026, 2, 24))

    meetings = seed(date(2026, 2, 1), date(2026, 2, 28), WORKDAYS, [kept])

    assert not nominal(meetings, date(2026, 2, 16)).merge_is_proposed


def test_entries_outside_the_span_are_left_out() -> None:
    other = Meeting(1, date(2025, 12, 26), date(2025, 12, 26))

    meetings = seed(date(2026, 1, 1), date(2026, 1, 10), WORKDAYS, [other])

    assert [m.nominal for m in meetings] == [date(2026, 1, 6)]


def test_a_meeting_is_the_last_one_from_midnight_of_its_day() -> None:
    midnight = datetime(2026, 11, 16)

    before, after = around(midnight - SECOND, YEAR_2026), around(midnight, YEAR_2026)

    assert [m.actual for m in before if m] == [date(2026, 11, 6), date(2026, 11, 16)]
    assert [m.actual for m in after if m] == [date(2026, 11, 16), date(2026, 11, 26)]


def test_before_the_first_and_after_the_last_meeting_there_is_none() -> None:
    assert around(datetime(2026, 1, 1), YEAR_2026)[0] is None
    assert around(datetime(2026, 12, 31), YEAR_2026)[1] is None
    assert around(datetime(2026, 1, 1), []) == (None, None)


def test_a_skipped_meeting_makes_the_next_period_longer() -> None:
    skipped = Meeting(None, date(2026, 11, 16), date(2026, 11, 16), MeetingState.SKIPPED)
    meetings = seed(date(2026, 11, 1), date(2026, 11, 30), WORKDAYS, [skipped])

    window = period(nominal(meetings, date(2026, 11, 26)), meetings)

    assert window == Window(datetime(2026, 11, 6), datetime(2026, 11, 26), "period")
    assert window.days == 20


def test_a_period_runs_between_actual_days() -> None:
    window = period(nominal(YEAR_2026, date(2026, 10, 6)), YEAR_2026)

    assert window == Window(datetime(2026, 9, 28), datetime(2026, 10, 8), "period")


def test_periods_follow_one_another_without_gap_or_overlap() -> None:
    windows = [period(meeting, YEAR_2026) for meeting in YEAR_2026[1:]]

    ends, starts = [w.end for w in windows[:-1]], [w.start for w in windows[1:]]

    assert ends == starts


def test_cut_offs_entered_by_hand_win() -> None:
    start, end = datetime(2026, 11, 6, 12), datetime(2026, 11, 16, 8)
    meeting = Meeting(1, date(2026, 11, 16), date(2026, 11, 16), cutoff_from=start, cutoff_to=end)

    assert period(meeting, [meeting]) == Window(start, end, "period")


def test_the_live_window_begins_with_the_last_meeting() -> None:
    moment = datetime(2026, 11, 25, 9, 30)

    assert live(moment, YEAR_2026) == Window(datetime(2026, 11, 16), moment, "live")
    assert live(datetime(2026, 11, 26), YEAR_2026).days == 0


def test_the_rolling_window_is_thirty_days() -> None:
    assert rolling(datetime(2026, 11, 25, 9)) == Window(
        datetime(2026, 10, 26, 9), datetime(2026, 11, 25, 9), "rolling"
    )


def test_a_window_without_a_meeting_before_says_so() -> None:
    with pytest.raises(ValueError, match="earlier"):
        live(datetime(2026, 1, 1), YEAR_2026)
    with pytest.raises(ValueError, match="2026-01-06"):
        period(YEAR_2026[0], YEAR_2026)


def test_rows_of_the_table_become_meetings() -> None:
    empty = {"number": None, "reason": None, "merged_into": None, "cutoff_from": None, "cutoff_to": None}
    days = {"nominal_date": date(2026, 2, 26), "actual_date": date(2026, 2, 26)}
    slid = {"nominal_date": date(2026, 2, 16), "actual_date": date(2026, 2, 24)}
    rows = [
        {**empty, **slid, "meeting_id": "a", "state": "merged", "merged_into": "b"},
        {**empty, **days, "meeting_id": "b", "state": "planned", "number": 6},
    ]

    merged, planned = from_rows(rows)

    assert merged.merged_into == date(2026, 2, 26)
    assert not merged.takes_place
    assert (planned.number, planned.merged_into, planned.reason) == (6, None, "")
