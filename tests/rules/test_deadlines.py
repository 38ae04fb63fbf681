"""Limits: the golden vectors, the edges, extensions."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from rules.deadlines import (
    after_days,
    after_workdays,
    arrival,
    citizens,
    due,
    dues,
    effective,
    hearings,
    is_late,
    limit_for,
    longest,
    paused,
)
from rules.rulebook import BadRule, load
from rules.words import AreaKind, Nature, Urgency
from rules.workdays import UnknownYear, WorkCalendar

CALENDAR = WorkCalendar()
SECOND = timedelta(seconds=1)
DUE = datetime(2026, 11, 25)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("start", "count", "last_day"),
    [
        ("2019-07-05T23:50", 5, "2019-07-12"),
        ("2019-07-06T09:00", 1, "2019-07-08"),
        ("2019-09-30T10:00", 5, "2019-10-12"),
        ("2025-09-28T09:00", 3, "2025-10-09"),
        ("2025-09-30T23:59", 1, "2025-10-09"),
        ("2026-02-13T18:00", 5, "2026-02-27"),  # over the Spring Festival
        ("2026-02-12T09:00", 2, "2026-02-14"),  # a Saturday that is made up
        ("2019-10-11T17:30", 1, "2019-10-12"),
    ],
)
def test_working_day_limits_end_with_the_golden_day(start: str, count: int, last_day: str) -> None:
    end = after_workdays(datetime.fromisoformat(start), count, CALENDAR)

    assert end == datetime.fromisoformat(last_day) + timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "count", "last_day"),
    [
        ("2019-10-14T15:00", 60, "2019-12-13"),
        ("2025-08-03T00:00", 60, "2025-10-09"),
        ("2025-07-06T23:59", 21, "2025-07-28"),
        ("2026-02-01T10:00", 15, "2026-02-24"),  # the 16th begins the Spring Festival
        ("2026-02-07T10:00", 7, "2026-02-14"),  # the last day is a Saturday that is made up
    ],
)
def test_natural_day_limits_roll_off_a_day_of_rest(start: str, count: int, last_day: str) -> None:
    end = after_days(datetime.fromisoformat(start), count, CALENDAR)

    assert end == datetime.fromisoformat(last_day) + timedelta(days=1)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("consult", "2026-11-27T00:00"),
        ("help", "2026-12-01T00:00"),
        ("complaint", "2026-12-03T00:00"),
        ("urgent", "2026-11-26T23:50"),
        ("record", "2026-11-26T00:50"),
        ("response_urgent", "2026-11-26T00:20"),
        ("meet", "2026-12-01T00:00"),  # the 28th is a Saturday: Monday the 30th
        ("feedback", "2026-12-03T00:00"),
        ("finish", "2026-12-17T00:00"),
    ],
)
def test_limits_are_read_from_the_rulebook(rule: str, expected: str) -> None:
    start = datetime(2026, 11, 25, 23, 50)

    assert due(rule, start, CALENDAR) == datetime.fromisoformat(expected)


def test_hours_run_on_through_days_of_rest() -> None:
    assert due("urgent", datetime(2026, 10, 1, 8), CALENDAR) == datetime(2026, 10, 2, 8)


def test_a_centre_s_own_limit_counts(tmp_path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('version = "own"\n[sla.meet]\nvalue = 3\nunit = "workday"\n', encoding="utf-8")

    assert due("meet", datetime(2026, 11, 25, 9), CALENDAR, load(own)) == datetime(2026, 12, 1)


def test_an_unknown_limit_is_named() -> None:
    with pytest.raises(BadRule, match=r"sla\.quickly"):
        due("quickly", DUE, CALENDAR)


def test_a_limit_that_ends_in_a_year_nobody_knows_is_not_guessed() -> None:
    with pytest.raises(UnknownYear, match="2027"):
        due("help", datetime(2026, 12, 30, 9), CALENDAR)
    with pytest.raises(UnknownYear, match="2027"):
        due("petition", datetime(2026, 12, 30, 9), CALENDAR)


@pytest.mark.parametrize(
    ("nature", "urgency", "limit"),
    [
        (Nature.CONSULT, Urgency.NORMAL, "consult"),
        (Nature.HELP, Urgency.NORMAL, "help"),
        (Nature.PRAISE, Urgency.NORMAL, "suggestion"),
        (None, Urgency.NORMAL, "suggestion"),
        ("complaint", "normal", "complaint"),
        (Nature.CONSULT, Urgency.URGENT, "urgent"),
        (None, Urgency.CRITICAL, "urgent"),
    ],
)
def test_urgency_goes_before_nature(nature, urgency, limit: str) -> None:
    assert limit_for(nature, urgency) == limit
    assert load().rule(f"sla.{limit}")


def test_a_scene_in_town_has_one_limit_and_in_the_country_two() -> None:
    accepted = datetime(2026, 11, 25, 23, 55)

    assert arrival(accepted, AreaKind.URBAN) == (datetime(2026, 11, 26, 0, 25), None)
    assert arrival(accepted, AreaKind.RURAL) == (datetime(2026, 11, 26, 0, 55), datetime(2026, 11, 26, 1, 55))


@pytest.mark.parametrize(
    ("asked", "approved", "counts"),
    [
        (DUE - SECOND, DUE, True),
        (DUE, DUE + HOUR, True),  # asked in time, approved after
        (DUE + SECOND, DUE + HOUR, False),
        (DUE, DUE + HOUR + SECOND, False),  # not approved yet at the moment
        (DUE, None, False),
        (None, DUE, False),
    ],
)
def test_an_extension_counts_if_asked_in_time_and_approved_by_the_moment(asked, approved, counts) -> None:
    new = DUE + timedelta(days=5)

    assert effective(DUE, asked, approved, new, DUE + HOUR) == (new if counts else DUE)


def test_without_a_limit_there_is_none_to_extend() -> None:
    assert effective(None, DUE, DUE, DUE, DUE) is None


@pytest.mark.parametrize(
    ("closed", "as_of", "late"),
    [
        (DUE - SECOND, DUE + HOUR, False),
        (DUE, DUE + HOUR, False),
        (DUE + SECOND, DUE + HOUR, True),
        (None, DUE, False),
        (None, DUE + SECOND, True),
        (DUE + HOUR, DUE, False),  # closed later than the moment: still open then
        (DUE + HOUR, DUE + SECOND, True),
    ],
)
def test_exactly_at_the_limit_is_on_time(closed, as_of: datetime, late: bool) -> None:
    assert is_late(closed, DUE, as_of) is late


@pytest.mark.parametrize("late", [timedelta(0), SECOND])
def test_arriving_at_the_very_limit_is_on_time(late: timedelta) -> None:
    accepted = datetime(2026, 11, 25, 23, 55)
    limit, _ = arrival(accepted, AreaKind.URBAN)

    assert is_late(limit + late, limit, accepted + timedelta(days=1)) is bool(late)


def test_an_extension_asked_for_before_the_limit_and_approved_after_it_counts_from_its_approval() -> None:
    asked, approved, new = DUE - HOUR, DUE + 5 * HOUR, DUE + timedelta(days=5)

    assert effective(DUE, asked, approved, new, approved - SECOND) == DUE
    assert effective(DUE, asked, approved, new, approved) == new
    assert is_late(DUE + HOUR, effective(DUE, asked, approved, new, approved), approved) is False


# ── many at once ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rule", ["help", "petition", "urgent", "response_urgent"])
def test_many_limits_are_each_what_one_is(rule: str) -> None:
    starts = [datetime(2026, 2, 13, 18) + n * timedelta(hours=37) for n in range(60)]

    found = dues(rule, np.array([*starts, None], "datetime64[us]"), CALENDAR).tolist()

    assert found == [*(due(rule, start, CALENDAR) for start in starts), None]


def test_among_many_a_limit_in_a_year_nobody_knows_is_none() -> None:
    starts = np.array([datetime(2026, 12, 1), datetime(2026, 12, 30)], "datetime64[us]")

    assert dues("help", starts, CALENDAR).tolist() == [datetime(2026, 12, 5), None]


# ── the citizen's own limit ──────────────────────────────────────────────────────────────────────────────


def own_limit(rule: str | None, received: datetime, sent: datetime | None, due_at: datetime | None):
    moments = (np.array([moment], "datetime64[us]") for moment in (received, sent, due_at))
    return citizens(np.array([rule], dtype=object), *moments, CALENDAR).tolist()[0]


@pytest.mark.parametrize(
    ("rule", "sent", "due_at", "expected"),
    [
        # received on Friday, sent to the unit on Monday: it has until Thursday, the citizen till Wednesday
        ("sla.help", "2026-11-23T09:00", "2026-11-27T00:00", "2026-11-26T00:00"),
        ("sla.urgent", "2026-11-23T09:00", "2026-11-24T09:00", "2026-11-21T09:00"),
        (
            "local.own",
            "2026-11-23T09:00",
            "2026-11-24T12:00",
            "2026-11-21T12:00",
        ),  # as long as the unit was given
        (None, "2026-11-23T09:00", "2026-11-24T12:00", "2026-11-21T12:00"),
        (None, None, "2026-11-24T12:00", "2026-11-24T12:00"),
        ("sla.help", "2026-11-23T09:00", None, None),
    ],
)
def test_the_citizens_limit_is_the_same_rule_from_the_receipt(rule, sent, due_at, expected) -> None:
    sent, due_at, expected = (
        moment and datetime.fromisoformat(moment) for moment in (sent, due_at, expected)
    )

    assert own_limit(rule, datetime(2026, 11, 20, 9), sent, due_at) == expected


# ── longer, and standing still ───────────────────────────────────────────────────────────────────────────


def test_a_petition_may_be_extended_by_thirty_days_and_other_cases_by_five_working_days() -> None:
    accepted = datetime(2026, 7, 1, 9)
    limit = due("petition", accepted, CALENDAR)
    assert limit == datetime(2026, 9, 1)  # the sixtieth day is a Sunday, 30 August

    assert longest("sla.petition", limit, CALENDAR) == datetime(2026, 10, 1)
    assert longest("sla.help", datetime(2026, 11, 27), CALENDAR) == datetime(2026, 12, 4)
    assert longest(None, datetime(2026, 11, 26, 10), CALENDAR) == datetime(2026, 12, 4)


LUNCH = (datetime(2026, 11, 25, 11, 30), datetime(2026, 11, 25, 13, 30))
LATER = datetime(2026, 11, 30)


@pytest.mark.parametrize(
    ("limit", "start", "as_of", "expected"),
    [
        ("2026-11-25T17:00", "2026-11-25T09:00", "2026-11-25T14:00", "2026-11-25T19:00"),  # across lunch
        ("2026-11-25T12:00", "2026-11-25T09:00", "2026-11-25T14:00", "2026-11-25T14:00"),
        ("2026-11-25T11:30", "2026-11-25T09:00", "2026-11-25T14:00", "2026-11-25T13:30"),  # begun in time
        ("2026-11-25T11:29", "2026-11-25T09:00", "2026-11-25T14:00", "2026-11-25T11:29"),  # over already
        ("2026-11-25T17:00", "2026-11-25T12:30", "2026-11-25T14:00", "2026-11-25T18:00"),  # sent meanwhile
        ("2026-11-25T17:00", "2026-11-25T13:30", "2026-11-25T14:00", "2026-11-25T17:00"),  # sent after it
        ("2026-11-25T17:00", "2026-11-25T09:00", "2026-11-25T12:00", "2026-11-25T17:30"),  # it still goes on
        ("2026-11-25T17:00", "2026-11-25T09:00", "2026-11-25T11:00", "2026-11-25T17:00"),  # still to come
    ],
)
def test_a_hearing_moves_a_limit_by_its_own_length(limit: str, start: str, as_of: str, expected: str) -> None:
    moments = (datetime.fromisoformat(text) for text in (limit, start, as_of))
    due_at, sent, now = moments

    assert paused(due_at, [LUNCH], sent, now) == datetime.fromisoformat(expected)


def test_while_a_hearing_goes_on_no_time_is_lost() -> None:
    begun, limit = datetime(2026, 11, 25, 9), datetime(2026, 11, 25, 17)

    left = [paused(limit, [(begun, None)], begun, now) - now for now in (begun, begun + HOUR, LATER)]

    assert left == [8 * HOUR] * 3


def test_a_second_hearing_counts_because_the_first_made_it_come_in_time() -> None:
    second = (datetime(2026, 11, 25, 18), datetime(2026, 11, 25, 19))

    assert paused(datetime(2026, 11, 25, 17), [second, LUNCH], datetime(2026, 11, 25), LATER) == datetime(
        2026, 11, 25, 20
    )


def test_only_hearings_pause_a_limit() -> None:
    begun, ended = LUNCH
    steps = [("urged", begun), ("site_visit", ended), ("hearing_to", begun - HOUR)]
    assert hearings(steps) == []

    steps += [("hearing_from", begun), ("hearing_from", begun + HOUR), ("hearing_to", ended)]
    assert hearings(steps) == [LUNCH]
    assert hearings([*steps, ("hearing_from", ended)]) == [LUNCH, (ended, None)]
