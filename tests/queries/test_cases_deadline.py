"""Which moment changes something next for one case, and who is late: every limit at its edge."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine

from casedb import tables
from queries import cases
from queries.arguments import Scope
from queries.cases_file import File, Rung
from queries.cases_ladder import Limit
from queries.cases_limits import STEPS, Known, running
from queries.overdue_standing import standing
from rules.calendar import Meeting
from rules.deadlines import after_workdays
from rules.workdays import WorkCalendar
from tests.builders import DAY, HOUR, NOON, add, add_assignment, add_callback, add_case, add_unit
from tests.queries import ladder_worlds
from tests.queries.conftest import clear
from tests.queries.worlds import World, build, worlds

SECOND = timedelta(seconds=1)
CUTOFF = datetime(2026, 11, 26)
CALENDAR = WorkCalendar()

CASE: dict[str, Any] = {
    **dict.fromkeys(("closed_at", "settled_at", "recorded_at", "promised_at", "promised_due", "merged_into")),
    "received_at": NOON - 9 * DAY,
    "is_valid": True,
    "urgency": "normal",
    "is_group": False,
    "closed_untimed": False,
}
LEAD: dict[str, Any] = {
    **dict.fromkeys(("returned_at", "sent_back_at", "closed_at", "due_at", "extended_to")),
    **dict.fromkeys(("extension_asked_at", "extension_approved_at", "return_asked_at", "moved_to")),
    "unit_id": "u1",
    "dispatched_at": NOON - 9 * DAY,
    "signed_at": NOON - 8 * DAY,
}
REACHED = {"at": NOON - 8 * DAY, "reached": True, "mode": "phone"}
ITEM: dict[str, Any] = {
    **dict.fromkeys(("assigned_at", "closed_at", "signoff_applied_at", "signed_off_at", "first_due_at")),
    "due_at": None,
    "cutoff_at": None,
    "actual_date": (NOON + DAY).date(),
    "number": 36,
    "position": 2,
    "lead_unit_id": "u1",
}
SUMMONS: dict[str, Any] = {
    **dict.fromkeys(
        ("closed_at", "cancelled_at", "ruled_void_at", "arrived_at", "ruled_out_at", "last_due_at")
    ),
    "accepted_at": NOON - HOUR,
    "due_at": NOON,
    "unit_id": "u2",
}


def made(as_of: datetime = NOON, **changed: Any) -> File:
    """A case that a unit signed for and contacted: nothing runs unless the test says so."""
    lead = changed.pop("lead", {})
    facts = {
        "case": CASE | changed.pop("case", {}),
        "leads": [] if lead is None else [LEAD | lead],
        "contacts": changed.pop("contacts", [REACHED]),
        "callbacks": changed.pop("callbacks", []),
        "items": [ITEM | item for item in changed.pop("items", [])],
        "summons": [SUMMONS | row for row in changed.pop("summons", [])],
        "rung": changed.pop("rung", Rung()),
    }
    return File(as_of=as_of, **facts)


def limits(file: File, following: Meeting | None = None) -> list[Limit]:
    return list(running(file, Known(CALENDAR, following)))


def kinds(file: File, following: Meeting | None = None) -> list[str]:
    return [limit.kind for limit in limits(file, following)]


def test_a_case_the_unit_has_signed_for_and_contacted_waits_for_nothing_without_a_limit() -> None:
    assert kinds(made()) == []


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (made(lead=None), Limit("record", NOON - 9 * DAY + HOUR, "", "undispatched")),
        (
            made(lead=None, case={"recorded_at": NOON}),
            Limit("dispatch", NOON + HOUR, "", "undispatched"),
        ),
        (made(lead={"returned_at": NOON}), Limit("dispatch", NOON + HOUR, "", "undispatched")),
        (made(lead={"sent_back_at": NOON}), Limit("dispatch", NOON + HOUR, "", "undispatched")),
        (
            made(lead={"signed_at": None}),
            Limit("sign", after_workdays(NOON - 9 * DAY, 1, CALENDAR), "u1", "urged"),
        ),
        (made(contacts=[]), Limit("contact", NOON - 8 * DAY, "u1", "urged")),
        (made(contacts=[REACHED | {"mode": "message"}]), Limit("contact", NOON - 8 * DAY, "u1", "urged")),
        (made(contacts=[REACHED | {"reached": False}]), Limit("contact", NOON - 8 * DAY, "u1", "urged")),
        (
            made(contacts=[], case={"urgency": "urgent"}),
            Limit("contact", NOON - 9 * DAY + timedelta(minutes=30), "u1", "urged"),
        ),
        (made(lead={"due_at": NOON}), Limit("answer", NOON, "u1", "overdue")),
        (
            made(case={"promised_at": NOON - DAY, "promised_due": NOON + DAY}),
            Limit("promise", NOON + DAY, "u1", "broken"),
        ),
        (
            made(lead={"closed_at": NOON}),
            Limit("callback", after_workdays(NOON, 3, CALENDAR), "", "uncalled"),
        ),
        (
            made(items=[{"assigned_at": NOON, "first_due_at": NOON + DAY, "due_at": NOON + 9 * DAY}]),
            Limit("item", NOON + DAY, "u1", "pledge", 36, 2),
        ),
        (made(items=[{}]), Limit("cutoff", datetime(2026, 11, 26), "u1", "meeting", 36, 2)),
        (made(items=[{"cutoff_at": NOON}]), Limit("cutoff", NOON, "u1", "meeting", 36, 2)),
    ],
)
def test_each_limit_runs_until_what_it_is_for_is_done(file: File, expected: Limit) -> None:
    assert limits(file) == [expected]


@pytest.mark.parametrize(
    "file",
    [
        made(lead=None, case={"merged_into": "c-1"}),
        made(lead=None, case={"is_valid": False}),
        made(lead=None, case={"closed_untimed": True}),
        made(lead=None, case={"settled_at": NOON, "closed_at": NOON}),
        made(lead={"closed_at": NOON - DAY}, callbacks=[{"at": NOON, "source": "centre"}]),
        made(items=[{"assigned_at": NOON, "due_at": NOON, "signoff_applied_at": NOON}]),
    ],
)
def test_nothing_runs_for_what_is_done_or_does_not_count(file: File) -> None:
    assert limits(file) == []


def test_the_units_own_call_and_one_before_the_answer_are_no_call_back() -> None:
    answered = {"closed_at": NOON - DAY}
    calls = [{"at": NOON, "source": "unit"}, {"at": NOON - DAY - SECOND, "source": "centre"}]
    assert kinds(made(lead=answered, callbacks=calls)) == ["callback"]


def test_an_extension_asked_in_time_moves_the_limit_and_one_asked_too_late_does_not() -> None:
    longer = {"due_at": NOON - DAY, "extended_to": NOON + DAY, "extension_approved_at": NOON}
    for asked, kind, due in (
        (NOON - DAY, "extended", NOON + DAY),
        (NOON - DAY + SECOND, "answer", NOON - DAY),
    ):
        first = limits(made(lead={**longer, "extension_asked_at": asked}))[0]
        assert (first.kind, first.due_at) == (kind, due)


def test_a_limit_moved_by_a_hearing_is_called_so_whatever_extended_it_before() -> None:
    longer = {"due_at": NOON - DAY, "extended_to": NOON, "extension_approved_at": NOON - DAY}
    for lead in ({"due_at": NOON}, {**longer, "extension_asked_at": NOON - DAY}):
        first = limits(made(lead={**lead, "moved_to": NOON + DAY}))[0]
        assert (first.kind, first.due_at) == ("heard", NOON + DAY)


@pytest.mark.parametrize(
    ("rung", "expected"),
    [
        (Rung(2, "over_limit", NOON), [Limit("raise", NOON, "u1", "raised")]),
        (Rung(2, "over_workdays", NOON + DAY), [Limit("raise", NOON + DAY, "u1", "raised")]),
        (
            Rung(3, "uncured", datetime(2026, 11, 26)),
            [Limit("cutoff", datetime(2026, 11, 26), "u1", "to_meeting", 36)],
        ),
        (
            Rung(3, "uncured", NOON),
            [Limit("cutoff", NOON, "u1", "to_meeting")],
        ),  # of a meeting after the next
        (Rung(0, "soon_24", NOON), []),  # nothing but its limit, which is said already
        (Rung(1, "overdue", NOON), []),
        (
            Rung(1, milestone_at=NOON - DAY, milestone="feedback"),
            [Limit("feedback", NOON - DAY, "u1", "urged")],
        ),
        (None, []),
    ],
)
def test_what_the_ladder_will_do_by_time_alone_is_said(rung: Rung | None, expected: list[Limit]) -> None:
    following = Meeting(36, (NOON + DAY).date(), (NOON + DAY).date())

    assert limits(made(rung=rung), following) == expected


def test_a_group_visit_past_its_limit_goes_before_the_chair() -> None:
    file = made(lead={"due_at": NOON}, case={"is_group": True})

    assert limits(file) == [Limit("answer", NOON, "u1", "grouped")]


@pytest.mark.parametrize(
    ("asked", "expected"), [(None, ["sign"]), (NOON - 8 * DAY, []), (NOON - DAY, ["sign"])]
)
def test_who_asks_in_time_to_give_it_back_need_not_sign(asked: datetime | None, expected: list[str]) -> None:
    assert kinds(made(lead={"signed_at": None, "return_asked_at": asked})) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, [Limit("whistle", NOON, "u2", "slip")]),
        ({"last_due_at": NOON + HOUR}, [Limit("whistle", NOON + HOUR, "u2", "slip")]),
        ({"arrived_at": NOON}, []),
        ({"ruled_out_at": NOON}, []),
        ({"closed_at": NOON}, []),
        ({"cancelled_at": NOON}, []),
        ({"ruled_void_at": NOON}, []),
        ({"accepted_at": None}, []),
        ({"due_at": None}, []),
    ],
)
def test_a_unit_called_by_a_whistle_is_waited_for_until_it_is_there(
    row: dict[str, Any], expected: list[Limit]
) -> None:
    assert limits(made(summons=[row])) == expected
    known = Known(CALENDAR, None, frozenset(STEPS) - {"arrival"})
    assert [one for one in running(made(summons=[row]), known) if one.kind == "whistle"] == []


def test_what_the_source_never_records_is_not_missed() -> None:
    known = Known(CALENDAR, None, frozenset())
    assert list(running(made(lead={"signed_at": None}, contacts=[]), known)) == []
    assert [limit.kind for limit in running(made(lead=None), known)] == ["dispatch"]


def test_a_year_without_known_working_days_is_said_not_guessed() -> None:
    sent = datetime(2031, 5, 5, 9)
    file = made(as_of=sent + HOUR, lead={"dispatched_at": sent, "signed_at": None})
    assert limits(file)[0] == Limit("sign", None, "u1", "urged")


# ── the question ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("left", "state"),
    [
        (-SECOND, "late"),
        (timedelta(0), "soon"),
        (SECOND, "soon"),
        (48 * HOUR, "soon"),
        (48 * HOUR + SECOND, "ahead"),
    ],
)
def test_a_limit_is_kept_at_its_very_moment_and_near_within_48_hours(
    board: Engine, left: timedelta, state: str
) -> None:
    with board.begin() as connection:
        unit, case = add_unit(connection, "水务公司"), add_case(connection, NOON - 9 * DAY)
        add_assignment(connection, case, unit_id=unit, dispatched_at=NOON - 9 * DAY, due_at=NOON + left)

    due = cases.deadline(Scope(NOON, case=case)).iloc[0]

    assert (due["kind"], due["who"], due["state"]) == ("answer", "水务公司", state)
    assert due["hours"] == left / HOUR


def test_the_earliest_limit_comes_first_and_what_is_later_is_not_known_yet(board: Engine) -> None:
    with board.begin() as connection:
        unit, case = add_unit(connection), add_case(connection, NOON)
        late = {"due_at": NOON + 9 * DAY, "closed_at": NOON + 2 * DAY, "signed_at": NOON + 3 * HOUR}
        add_assignment(connection, case, unit_id=unit, dispatched_at=NOON, **late)
        add(
            connection,
            tables.contacts,
            case_id=case,
            unit_id=unit,
            at=NOON + 2 * HOUR,
            mode="phone",
            reached=True,
        )
        add_callback(connection, case, NOON + 3 * DAY)

    def kinds_at(as_of: datetime) -> list[str]:
        return cases.deadline(Scope(as_of, case=case))["kind"].tolist()

    assert kinds_at(NOON + HOUR) == ["contact", "sign", "answer"]
    assert kinds_at(NOON + 3 * HOUR) == ["answer"]
    assert kinds_at(NOON + 2 * DAY) == ["callback"]
    assert kinds_at(NOON + 3 * DAY) == []
    assert kinds_at(NOON - SECOND) == []


def test_an_item_on_the_next_meetings_list_brings_its_number(board: Engine) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON)
        unit = add_unit(connection)
        add_assignment(connection, case, unit_id=unit, dispatched_at=NOON)
        day = {"nominal_date": (NOON + DAY).date(), "actual_date": (NOON + DAY).date()}
        meeting = add(connection, tables.meetings, number=36, **day)
        ready = {"meeting_id": meeting, "case_id": case, "position": 2, "prepared_at": NOON + HOUR}
        add(connection, tables.meeting_items, lead_unit_id=unit, **ready)

    due = cases.deadline(Scope(NOON + HOUR, case=case)).iloc[-1]

    assert (due["kind"], due["then"], due["number"], due["position"]) == ("cutoff", "meeting", 36, 2)
    assert cases.deadline(Scope(NOON, case=case)).empty


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds())
def test_the_units_limit_says_late_for_exactly_the_overdue_cases(board: Engine, world: World) -> None:
    clear(board)
    build(board, world)

    late = set(cases.list(Scope(world.as_of, set="overdue", limit=1000))["case_id"])

    found = set()
    for case in world.cases:
        due = cases.deadline(Scope(world.as_of, case=case["case_id"]))
        missed = due[(due["state"] == "late") & due["kind"].isin(["answer", "extended", "heard"])]
        found |= set() if missed.empty else {case["case_id"]}
    assert found == late


SAID_BY = {
    "overdue": ("answer", "extended", "heard"),
    "group": ("answer", "extended", "heard"),
    "unsigned": ("sign",),
    "milestone": ("meet", "feedback"),
    "whistle_late": ("whistle",),
    "over_limit": ("raise",),
    "over_workdays": ("raise",),
    "uncured": ("cutoff",),
}
"""The limit of a case's page that says what puts it on the next rung."""


@pytest.mark.parametrize("seed", [3, 7, 11])
def test_what_the_ladder_does_next_stands_on_the_cases_page(board: Engine, seed: int) -> None:
    world = ladder_worlds.crowd(seed, 100)
    ladder_worlds.build(board, world)
    rows = standing(world.as_of)

    for row in rows.itertuples():
        due = cases.deadline(Scope(world.as_of, case=row.case_id))
        kinds = SAID_BY.get(row.next_rule)
        found = due[due["kind"].isin(kinds or ("raise",)) | (due["then"] == "to_meeting")]
        assert (row.next_at in found["due_at"].tolist()) if kinds else found.empty, row
