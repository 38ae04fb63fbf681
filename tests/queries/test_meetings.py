"""The meeting calendar with entries by hand, its windows, and what the next meeting has before it."""

from datetime import date, datetime, timedelta

from casedb import tables
from queries import meetings
from queries.arguments import Scope
from tests.builders import add, add_unit

AT = datetime(2026, 11, 25, 9, 42)


def add_meeting(connection, nominal: date, **values) -> str:
    row = {"nominal_date": nominal, "actual_date": nominal, "state": "held", **values}
    return add(connection, tables.meetings, **row)


def test_without_entries_the_meetings_follow_the_rule(board):
    # given an empty table; 16 November 2026 is a Monday, 26 November a Thursday
    # when
    previous, following = meetings.around(AT)
    # then
    assert previous.actual == date(2026, 11, 16)
    assert following.actual == date(2026, 11, 26)


def test_an_entry_by_hand_wins_and_numbers_go_on_from_it(board):
    # given
    with board.begin() as connection:
        add_meeting(connection, date(2026, 11, 16), actual_date=date(2026, 11, 17), number=35)
    # when
    row = meetings.next(Scope(as_of=AT)).iloc[0]
    # then
    assert (row["number"], row["actual"], row["days_left"]) == (36, date(2026, 11, 26), 1)
    assert row["period_day"] == 9
    assert row["cutoff"] == datetime(2026, 11, 26)


def test_the_live_window_begins_at_midnight_of_the_last_meetings_day(board):
    assert meetings.live_window(AT).start == datetime(2026, 11, 16)
    on_the_day = meetings.live_window(datetime(2026, 11, 26, 0, 0))
    assert on_the_day.start == datetime(2026, 11, 26)
    second_before = meetings.live_window(datetime(2026, 11, 25, 23, 59, 59))
    assert second_before.start == datetime(2026, 11, 16)


def test_the_same_point_of_the_last_period_is_as_many_days_before_its_meeting(board):
    # given meeting 35 was moved by a day, as in the reference picture
    with board.begin() as connection:
        add_meeting(connection, date(2026, 11, 16), actual_date=date(2026, 11, 17), number=35)
    # when, then: the day before a meeting is compared with the day before the last one
    assert meetings.previous_same_point(AT) == datetime(2026, 11, 16, 9, 42)


def test_the_last_period_is_the_one_the_last_meeting_closed(board):
    window = meetings.previous_window(AT)
    assert (window.start, window.end) == (datetime(2026, 11, 6), datetime(2026, 11, 16))


def test_a_skipped_meeting_neither_ends_a_period_nor_takes_a_number(board):
    # given
    with board.begin() as connection:
        add_meeting(connection, date(2026, 11, 6), number=34)
        add_meeting(connection, date(2026, 11, 16), state="skipped", reason="停开")
    # when
    row = meetings.next(Scope(as_of=AT)).iloc[0]
    # then
    assert meetings.live_window(AT).start == datetime(2026, 11, 6)
    assert row["number"] == 35


def test_a_year_without_a_calendar_gives_no_meeting_and_says_which_year(board):
    # given nobody has entered the working days of 1999
    moment = datetime(1999, 2, 10, 12, 0)
    # when
    row = meetings.next(Scope(as_of=moment)).iloc[0]
    # then
    assert meetings.previous_same_point(moment) is None
    assert meetings.live_window(moment).name == "rolling"
    assert row["unknown_year"] == 1999
    assert row[["number", "actual", "days_left"]].isna().all()


def test_the_last_days_of_the_known_years_still_have_their_live_window(board):
    # given 2027 is not known
    moment = datetime(2026, 12, 30, 12, 0)
    # when
    row = meetings.next(Scope(as_of=moment)).iloc[0]
    # then
    assert meetings.live_window(moment).start == datetime(2026, 12, 28)
    assert row["unknown_year"] == 2027


def test_days_entered_by_hand_make_an_unknown_year_known(board):
    # given every day of 2027 is entered, Monday to Friday as working days
    days = [date(2027, 1, 1) + timedelta(days=number) for number in range(365)]
    with board.begin() as connection:
        rows = [{"day": day, "is_workday": day.weekday() < 5} for day in days]
        connection.execute(tables.calendar_days.insert(), rows)
    # when
    row = meetings.next(Scope(as_of=datetime(2026, 12, 30, 12, 0))).iloc[0]
    # then
    assert row["actual"] == date(2027, 1, 6)
    assert row[["unknown_year"]].isna().all()


def test_items_of_the_next_meeting_are_counted_by_group_and_those_of_the_last_by_outcome(board):
    # given
    day = datetime(2026, 11, 16, 9, 0)
    with board.begin() as connection:
        unit = add_unit(connection)
        last = add_meeting(connection, date(2026, 11, 16), number=35)
        coming = add_meeting(connection, date(2026, 11, 26), state="planned")

        def item(meeting: str, **values) -> None:
            add(connection, tables.meeting_items, meeting_id=meeting, lead_unit_id=unit, **values)

        item(coming, item_group="supervision", prepared_at=day)
        item(coming, item_group="assignment", prepared_at=AT)
        item(coming, item_group="assignment", prepared_at=AT + timedelta(seconds=1))
        item(last, assigned_at=day, closed_at=day, signed_off_at=AT)
        item(last, assigned_at=day, closed_at=day, signed_off_at=AT + timedelta(seconds=1))
        item(last, assigned_at=day, signoff_applied_at=AT)
        item(last, assigned_at=day, due_at=AT + timedelta(seconds=1))
        item(last, assigned_at=day, due_at=AT)
        item(last, assigned_at=day, first_due_at=AT - timedelta(seconds=1), due_at=AT + timedelta(days=2))
    # when
    row = meetings.next(Scope(as_of=AT)).iloc[0]
    # then
    assert (row["prepared"], row["supervision"], row["assignment"], row["consultation"]) == (2, 1, 1, 0)
    assert (row["look_back"], row["signed_off"], row["awaiting"], row["late"]) == (6, 1, 2, 2)
    assert (row["all_assigned"], row["all_closed"]) == (6, 2)


def test_what_came_of_items_is_not_known_where_no_end_is_ever_recorded(board):
    # given two items of the last meeting, one past its promise, and a source that writes down no ends
    day = datetime(2026, 11, 16, 9, 0)
    with board.begin() as connection:
        unit = add_unit(connection)
        last = add_meeting(connection, date(2026, 11, 16), number=35)
        for due_at in (AT, AT + timedelta(seconds=1)):
            add(
                connection,
                tables.meeting_items,
                meeting_id=last,
                lead_unit_id=unit,
                assigned_at=day,
                due_at=due_at,
            )
    # when
    row = meetings.next(Scope(as_of=AT)).iloc[0]
    # then
    assert (row["look_back"], row["all_assigned"]) == (2, 2)
    assert row[["signed_off", "awaiting", "late", "all_closed"]].isna().all()


def test_nothing_waits_for_its_sign_off_where_none_is_ever_recorded(board):
    # given an item that is done, and no promise
    day = datetime(2026, 11, 16, 9, 0)
    with board.begin() as connection:
        last = add_meeting(connection, date(2026, 11, 16), number=35)
        both = {"meeting_id": last, "assigned_at": day}
        add(connection, tables.meeting_items, lead_unit_id=add_unit(connection), closed_at=day, **both)
    # when
    row = meetings.next(Scope(as_of=AT)).iloc[0]
    # then
    assert (row["look_back"], row["all_closed"]) == (1, 1)
    assert row[["signed_off", "awaiting", "late"]].isna().all()


def test_the_calendar_lists_slides_and_proposed_merges(board):
    # given the days of 2026: the meeting of 16 February slides to the 24th, two days before the next
    # when
    rows = meetings.calendar(Scope(as_of=AT, start=datetime(2026, 2, 1), end=datetime(2026, 3, 1)))
    # then
    assert list(rows["nominal"]) == [date(2026, 2, 6), date(2026, 2, 16), date(2026, 2, 26)]
    slid = rows.iloc[1]
    assert (slid["actual"], slid["reason"], slid["merged_into"]) == (
        date(2026, 2, 24),
        "close",
        date(2026, 2, 26),
    )
    assert slid["is_proposal"]
