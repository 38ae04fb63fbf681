"""Rows that cannot be right, in tables that promise nothing: all are counted, no question stumbles."""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine

from casedb.check import check
from casedb.tables import areas, meeting_items, meetings
from queries import database, door, units, whistles
from queries.arguments import Scope
from tests.builders import (
    DAY,
    HOUR,
    NOON,
    add,
    add_assignment,
    add_callback,
    add_case,
    add_channel,
    add_summons,
    add_unit,
    add_whistle,
)
from tests.queries.test_door import needed
from tests.queries.whistle_worlds import GONE, loose
from tests.servers import ON_SERVERS, silent

MINUTE = HOUR / 60

SPOILT = {
    "summons.whistle_id_orphan": 1,
    "summons.arrived_at_before_called_at": 1,
    "summons.unit_id_orphan": 1,
    "summons.due_at_nought": 2,
    "whistles.town_id_orphan": 1,
    "whistles.area_kind_strange": 1,
    "cases.area_kind_strange": 1,
    "assignments.unit_id_orphan": 2,
    "assignments.due_at_nought": 2,
    "meeting_items.lead_unit_id_orphan": 1,
    "meeting_items.assist_unit_ids_orphan": 2,
}
"""What is wrong with the rows below, and how often."""


@pytest.fixture(scope="module", params=["one_file", *ON_SERVERS])
def spoilt(request: pytest.FixtureRequest) -> Iterator[Engine]:
    made: Engine | None = request.getfixturevalue(request.param)
    if made is None:
        pytest.skip(silent(request.param))
    with loose(made) as engine:
        _spoil(engine)
        database.connect(engine.url)
        yield engine
        database.dispose()


def _spoil(engine: Engine) -> None:
    """A sound unit, case and whistle, and beside each the broken ones."""
    with engine.begin() as connection:
        unit = add_unit(connection, unit_id="units-1")
        town = add_unit(connection, "玉河街道", unit_id="town", unit_group="town")
        add(connection, areas, area_id="a", name="玉河", level=1, level1_id="a", unit_id=town)
        channel = add_channel(connection, channel_id="phone", is_call=True)
        for number, (kind, holder, due) in enumerate(
            (("rural", unit, HOUR), ("suburb", GONE, HOUR), ("", unit, 0 * HOUR), (None, GONE, -HOUR)), 1
        ):
            case = add_case(
                connection, NOON - DAY, case_id=f"c-{number}", area_kind=kind, channel_id=channel, area_id="a"
            )
            sent = NOON - DAY
            closed = {"closed_at": NOON - HOUR} if number > 2 else {}
            add_assignment(connection, case, unit_id=holder, dispatched_at=sent, due_at=sent + due, **closed)
            add_callback(connection, case, NOON - MINUTE, unit_id=holder)
        _spoil_whistles(connection, unit, town)
        _spoil_items(connection, unit)


def _spoil_whistles(connection, unit: str, town: str) -> None:
    at = NOON - HOUR
    for kind, blower, end in (
        ("urban", town, None),
        ("suburb", town, None),
        ("", GONE, None),
        ("urban", town, NOON),
    ):
        whistle = add_whistle(
            connection, town_id=blower, at=at, area_kind=kind, case_id="c-2", spot_id="s", closed_at=end
        )
        add_summons(connection, whistle, unit, called_at=at, due_at=None, role="lead", arrived_at=end)
    called = {"called_at": at, "due_at": at + HOUR}
    add_summons(connection, GONE, unit, **called)
    add_summons(connection, whistle, GONE, **called)
    add_summons(connection, whistle, unit, **{**called, "due_at": at})
    add_summons(connection, whistle, unit, **{**called, "due_at": at - HOUR})
    add_summons(connection, whistle, unit, **called, arrived_at=at - HOUR, left_at=NOON)


def _spoil_items(connection, unit: str) -> None:
    held = {"nominal_date": date(2026, 11, 16), "actual_date": date(2026, 11, 16), "state": "held"}
    meeting = add(connection, meetings, number=35, **held)
    told = {"meeting_id": meeting, "assigned_at": NOON - 9 * DAY, "case_id": "c-1", "title": "积水"}
    for lead, assist in (
        (unit, "town"),
        (GONE, None),
        (unit, f"town,{GONE}"),
        (unit, GONE),
        (unit, "town, units-1"),
    ):
        add(connection, meeting_items, lead_unit_id=lead, assist_unit_ids=assist, **told)


def test_each_fault_is_counted_with_its_first_examples(spoilt: Engine) -> None:
    report = {one.id: one for one in check(spoilt, NOON).findings}

    assert {name: report[name].count for name in SPOILT} == SPOILT
    assert all(report[name].examples for name in SPOILT)
    assert report["cases.area_kind_strange"].examples == ["c-2"]


def test_the_definitions_count_the_same_faults(spoilt: Engine) -> None:
    rows = json.loads(door.answer("health", "problems", {}, NOON, "json")[0])

    found = {row["id"]: row for row in rows if row["rows"]}
    assert {name: found[name]["rows"] for name in SPOILT} == SPOILT
    assert all(found[name]["examples"] and found[name]["zh"] and found[name]["en"] for name in SPOILT)


def test_every_question_answers_over_such_rows(spoilt: Engine) -> None:
    stumbled = {}
    for question in door.questions():
        for narrowed in ({}, {"unit": "units-1", "area": "a"}):
            try:
                door.answer(*question.split("/"), {**needed(question), **narrowed}, NOON, "csv")
            except Exception as error:
                stumbled[question] = repr(error)

    assert stumbled == {}


def test_the_broken_rows_are_among_those_asked_for(spoilt: Engine) -> None:
    # then: the whistle of no known place has no limit and is never late; units that are gone keep their codes
    rows = whistles.active(Scope(NOON))
    nowhere = rows[rows["area_kind"].isin(["suburb", ""])]
    assert nowhere["state"].tolist() == ["called", "called"]
    assert nowhere[["due_at", "limit_minutes", "last_limit_minutes"]].isna().all(axis=None)
    assert GONE in set(rows["town"])
    listed = whistles.list(Scope(NOON, NOON - DAY, set="accepted"))
    assert listed["hidden"].tolist() == [False] * 4
    assert GONE in set(whistles.day(Scope(NOON))["unit_id"])
    called = units.whistles(Scope(NOON, NOON - DAY, unit="units-1"))
    limitless = called[called["due_at"].isna()]
    assert limitless["state"].tolist() == ["waiting", "waiting"]
    assert limitless[["minutes", "limit_minutes"]].isna().all(axis=None)
