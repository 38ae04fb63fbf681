"""The figures of the ten days against their slow twin, and the sums that must agree before they are said."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pandas as pd
import pytest
from sqlalchemy import Engine, insert, update

from casedb import tables
from queries.arguments import Scope
from queries.intake import issues
from queries.meetings_bulletin import identities, ten_days
from queries.meetings_places import hot_places, new_clusters
from tests.builders import DAY, NOON, add_area, add_assignment, add_case, add_channel, add_unit
from tests.queries import bulletin_twins as twins
from tests.queries.worlds import HOURS, START, World, build, crowd

MIDNIGHT = datetime(2026, 11, 25)
PERIOD = Scope(NOON, datetime(2026, 11, 17), datetime(2026, 11, 26))


def seen(seed: int, size: int = 60) -> tuple[World, list[Scope]]:
    """A city, and three looks at it: before the end of the period, at its very end, and after."""
    chance = Random(seed)
    moments = [START + timedelta(hours=place) for place in sorted(chance.sample(range(1, HOURS), 3))]
    first, middle, last = moments
    looks = [Scope(middle, first, last), Scope(last, first, last), Scope(last, first, middle)]
    return crowd(seed, size), [replace(looks[0], channel="phone"), *looks]


@pytest.mark.parametrize("seed", range(6))
def test_every_figure_is_what_its_slow_twin_finds(board: Engine, seed: int) -> None:
    world, looks = seen(seed)
    build(board, world)

    for scope in looks:
        twin = twins.figures(replace_moment(world, scope), scope)
        row = ten_days(scope).iloc[0]
        got = {name: row[name] for name in twin if name != "sent"}
        assert {name: None if pd.isna(value) else value for name, value in got.items()} == {
            name: pytest.approx(value) if isinstance(value, float) else value
            for name, value in twin.items()
            if name != "sent"
        }


def replace_moment(world: World, scope: Scope) -> World:
    """The same city looked at from the moment of the scope."""
    return replace(world, as_of=scope.as_of)


@pytest.mark.parametrize("seed", range(6))
def test_the_sums_add_up_what_the_twin_counts(board: Engine, seed: int) -> None:
    world, looks = seen(seed)
    build(board, world)

    for scope in looks:
        twin = twins.figures(replace_moment(world, scope), scope)
        found = identities(scope).set_index("name")
        expected = {
            "channels": (twin["calls"] + twin["sms"] + twin["others"], twin["total"]),
            "valid": (twin["online"] + twin["sent"] + twin["waiting"], twin["valid"]),
            "stock": (twin["closed"] + twin["in_hand"], twin["dispatched"] + twin["carried"]),
        }
        assert {name: (row["left"], row["right"]) for name, row in found.iterrows()} == expected
        assert found["holds"].to_dict() == {name: left == right for name, (left, right) in expected.items()}


@pytest.mark.parametrize("seed", range(4))
def test_events_and_places_are_what_their_slow_twins_find(board: Engine, seed: int) -> None:
    world, looks = seen(seed, 120)
    build(board, world)

    for scope in looks:
        events = new_clusters(scope)
        names = ["case_id", "reports", "before", "is_new"]
        told = {row["cluster_id"]: tuple(row[name] for name in names) for _, row in events.iterrows()}
        spots = {row["area_id"]: (row["received"], row["before"]) for _, row in hot_places(scope).iterrows()}
        assert told == twins.clusters(world, scope)
        assert spots == twins.places(world, scope)


def test_a_place_that_grew_for_real_is_hot_and_one_by_chance_is_not(board: Engine) -> None:
    with board.begin() as connection:
        add_area(connection, area_id="town")
        for code, now, before in (("spring", 12, 2), ("hill", 3, 2)):
            add_area(connection, code, area_id=code, level=2, level1_id="town", level2_id=code)
            for place in range(now):
                add_case(connection, PERIOD.start + place * timedelta(hours=1), area_id=code)
            for place in range(before):
                add_case(connection, PERIOD.start - DAY - place * DAY, area_id=code)

    rows = hot_places(PERIOD)

    assert rows[["area", "parent", "received", "before"]].to_numpy().tolist() == [
        ["spring", "玉河街道", 12, 2]
    ]


@pytest.fixture
def ticket(board: Engine) -> Engine:
    """A call of the day that a unit was sent."""
    with board.begin() as connection:
        add_channel(connection, channel_id="phone", is_call=True)
        case = add_case(connection, NOON - DAY, case_id="c", channel_id="phone", dispatched_at=NOON - DAY)
        add_assignment(connection, case, unit_id=add_unit(connection), dispatched_at=NOON - DAY)
    return board


def failing(scope: Scope = PERIOD) -> dict[str, tuple[int, int]]:
    table = identities(scope)
    return {row.name_: (row.left, row.right) for row in _rows(table) if not row.holds}


def _rows(table: pd.DataFrame) -> list:
    return list(table.rename(columns={"name": "name_"}).itertuples())


@pytest.mark.parametrize(
    ("wrong", "broken"),
    [
        ({}, {}),
        ({"settled_at": NOON - DAY}, {"valid": (2, 1)}),
        ({"closed_at": PERIOD.start - DAY}, {"stock": (0, 1)}),
        ({"closed_at": NOON}, {}),
        ({"closed_at": NOON + DAY}, {}),
        ({"stated_closed": True}, {}),
        ({"is_valid": False}, {}),
    ],
)
def test_a_sum_fails_only_where_a_row_is_wrong(ticket: Engine, wrong: dict, broken: dict) -> None:
    with ticket.begin() as connection:
        connection.execute(update(tables.cases).values(**wrong) if wrong else insert_nothing(connection))

    assert failing() == broken


def insert_nothing(connection) -> object:
    return update(tables.cases).where(tables.cases.c.case_id == "").values(title="")


def test_a_channel_that_is_both_telephone_and_text_message_breaks_the_sum(ticket: Engine) -> None:
    with ticket.begin() as connection:
        connection.execute(update(tables.channels).values(name="12345短信"))

    row = identities(PERIOD).set_index("name").loc["channels"]

    assert not row["holds"]
    assert json.loads(row["left_terms"]) == [["calls", 1], ["sms", 1], ["others", 0]]
    assert json.loads(row["right_terms"]) == [["total", 1]]


@pytest.mark.parametrize(
    ("closed_at", "figures"),
    [
        (PERIOD.start - timedelta(seconds=1), (0, 0, 0)),
        (PERIOD.start, (1, 0, 1)),
        (PERIOD.end - timedelta(seconds=1), (1, 0, 1)),
        (PERIOD.end, (0, 1, 1)),
        (None, (0, 1, 1)),
    ],
)
def test_a_ticket_carried_in_is_closed_in_the_period_or_in_hand_to_the_second(
    ticket: Engine, closed_at: datetime | None, figures: tuple[int, int, int]
) -> None:
    whole = replace(PERIOD, as_of=PERIOD.end)
    with ticket.begin() as connection:
        early = {"received_at": PERIOD.start - DAY, "closed_at": closed_at}
        connection.execute(update(tables.cases).values(**early))

    row = ten_days(whole).iloc[0]

    assert (row["closed"], row["in_hand"], row["carried"]) == figures


def test_an_empty_database_has_no_rates_and_its_sums_agree(board: Engine) -> None:
    row = ten_days(PERIOD).iloc[0]

    assert row["total"] == row["closed"] == row["issue_count"] == 0
    assert row["issue"] == row["mover"] == ""
    assert pd.isna(row["on_time_n"])
    assert identities(PERIOD)["holds"].all()
    assert hot_places(PERIOD).empty
    assert new_clusters(PERIOD).empty


def test_items_of_all_meetings_are_counted_as_known_at_the_moment(board: Engine) -> None:
    moments = [
        {"assigned_at": NOON - DAY},
        {"assigned_at": NOON, "closed_at": NOON, "signed_off_at": NOON + DAY},
    ]
    with board.begin() as connection:
        connection.execute(
            insert(tables.meetings),
            [{"meeting_id": "m", "nominal_date": NOON.date(), "actual_date": NOON.date()}],
        )
        rows = [*moments, {"assigned_at": NOON + DAY}, {}]
        for place, row in enumerate(rows):
            connection.execute(
                insert(tables.meeting_items), {"item_id": f"i{place}", "meeting_id": "m", **row}
            )

    row = ten_days(PERIOD).iloc[0]

    assert (row["all_assigned"], row["all_closed"], row["all_signed"]) == (2, 1, 0)


def test_ends_of_items_that_no_source_records_are_not_nought(board: Engine) -> None:
    day = {"nominal_date": NOON.date(), "actual_date": NOON.date()}
    with board.begin() as connection:
        connection.execute(insert(tables.meetings), {"meeting_id": "m", **day})
        connection.execute(
            insert(tables.meeting_items), {"item_id": "i", "meeting_id": "m", "assigned_at": NOON - DAY}
        )

    row = ten_days(PERIOD).iloc[0]

    assert row["all_assigned"] == 1
    assert row[["all_closed", "all_signed"]].isna().all()


def test_the_period_before_is_the_one_the_meeting_of_the_first_day_closed(board: Engine) -> None:
    with board.begin() as connection:
        days = [(33, 10, 26), (34, 11, 6), (35, 11, 17)]
        for number, month, day in days:
            held = datetime(2026, month, day).date()
            nominal = datetime(2026, month, {17: 16}.get(day, day)).date()
            row = {"number": number, "nominal_date": nominal, "actual_date": held, "state": "held"}
            connection.execute(insert(tables.meetings), {"meeting_id": f"m{number}", **row})
        for day in (datetime(2026, 11, 6), datetime(2026, 11, 16, 23), datetime(2026, 11, 5, 23)):
            add_case(connection, day, issue="噪音扰民")

    row = ten_days(PERIOD).iloc[0]

    at_cutoff = replace(PERIOD, as_of=PERIOD.end)
    kinds = issues(at_cutoff)
    assert kinds["expected"].tolist() == pytest.approx([2 / 11 * 9])
    assert ten_days(at_cutoff).iloc[0]["days_before"] == 11
    assert row["days_before"] == 11
    assert row["per_day_before"] == pytest.approx(2 / 11)
