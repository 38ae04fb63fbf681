"""What the source records at all: known as soon as one row says it."""

from typing import Any

import pytest
from sqlalchemy import Engine

from casedb import tables
from queries import feeds
from tests.builders import (
    NOON,
    add,
    add_area,
    add_assignment,
    add_case,
    add_contact,
    add_unit,
    add_whistle,
)


def known() -> set[str]:
    return {thing for thing in feeds.THINGS if feeds.told(thing)}


def test_nothing_is_told_of_an_empty_source(board: Engine) -> None:
    assert known() == set()


@pytest.mark.parametrize(
    ("case", "work", "told"),
    [
        ({}, {}, set()),
        ({"cluster_id": "x"}, {}, {"events"}),
        ({"area_id": "town"}, {}, set()),
        ({"area_id": "village"}, {}, {"villages"}),
        ({}, {"return_asked_at": NOON}, {"returns", "ways"}),
        ({}, {"returned_at": NOON}, {"returns", "ways"}),
        ({}, {"seq": 2}, {"ways"}),
        ({"first_case_id": "first"}, {}, {"repeats"}),
    ],
)
def test_a_case_tells_what_it_names(
    desk: Engine, case: dict[str, Any], work: dict[str, Any], told: set[str]
) -> None:
    with desk.begin() as connection:
        add_area(connection, area_id="town")
        add_area(connection, area_id="village", level=2, level1_id="town", level2_id="village")
        add_case(connection, case_id="first")
        add_assignment(connection, add_case(connection, **case), **work)

    assert known() == told


def test_whistles_items_and_evidence_are_told_by_their_own_rows(desk: Engine) -> None:
    with desk.begin() as connection:
        case = add_case(connection)
        add_whistle(connection, add_unit(connection))
        meeting = add(connection, tables.meetings, nominal_date=NOON.date(), actual_date=NOON.date())
        add(connection, tables.meeting_items, meeting_id=meeting, title="x", assigned_at=NOON)
        add(connection, tables.evidence, case_id=case, at=NOON, kind="photo")

    assert known() == {"whistles", "items", "evidence"}


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ({"mode": "visit"}, {"talks", "faces", "visits"}),
        ({"mode": "meeting"}, {"talks", "faces"}),
        ({"mode": "phone"}, {"talks"}),
        ({"mode": None}, {"talks"}),
        ({"mode": "message"}, set()),
        ({"mode": "visit", "reached": False}, set()),
    ],
)
def test_contacts_are_told_by_their_way_where_somebody_was_reached(
    desk: Engine, contact: dict[str, Any], told: set[str]
) -> None:
    with desk.begin() as connection:
        add_contact(connection, add_case(connection), **contact)

    assert known() == told
