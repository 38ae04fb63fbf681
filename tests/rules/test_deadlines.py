"""Limits: the golden vectors, the edges, extensions."""

from datetime import datetime, timedelta

import pytest

from rules.deadlines import after_days, after_workdays, arrival, due, effective, is_late, limit_for
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
        ("2026-02-13T18:00", 5, "2026-02-27"),
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
