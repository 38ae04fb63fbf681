"""The ladder against its slow twin, over random cities and on every server; and each of its figures."""

from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, update

from casedb import tables
from casedb.tables import escalations
from queries import cases, door, overdue
from queries.arguments import Scope
from queries.counted import COUNTED, behind
from queries.database import read
from queries.definitions import select_cases
from queries.overdue_open import Past
from queries.overdue_sets import SUPERVISED
from queries.overdue_standing import standing, standing_of
from rules import ladder
from tests.builders import (
    DAY,
    HOUR,
    NOON,
    add,
    add_arrival,
    add_assignment,
    add_case,
    add_contact,
    add_summons,
    add_unit,
    add_whistle,
)
from tests.queries import ladder_worlds
from tests.queries.conftest import clear
from tests.queries.ladder_twins import Stood, is_in, stood
from tests.queries.ladder_worlds import Supervised, supervised

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
LATER = NOON + timedelta(seconds=1)

randomly = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

CROWDS = (3, 6, 7, 11, 13, 23)
"""Cities that together have a case on its rung by every condition."""


def plain(value: Any) -> Any:
    """A value as Python has it; None for what is missing."""
    if value is None or pd.isna(value):
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def told(found: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Every case by its number, as the twin says it."""
    rows = found.to_dict("records")
    return {row["case_id"]: {str(name): plain(value) for name, value in row.items()} for row in rows}


def check(world: Supervised) -> None:
    """Every open case stands where its twin says."""
    found, twins = told(standing(world.as_of)), stood(world)
    assert set(found) == set(twins)
    for code, twin in twins.items():
        _check(found[code], twin)


def _check(row: dict[str, Any], twin: Stood) -> None:
    expected = twin.standing
    due = expected.pop("citizen_due")
    assert row["severity"] == pytest.approx(expected.pop("severity"))
    assert row["citizen_hours_late"] == pytest.approx(None if due is None else (twin.as_of - due) / HOUR)
    assert {name: row[name] for name in expected} == expected


@randomly
@given(world=supervised())
def test_every_case_stands_where_its_slow_twin_says(board: Engine, world: Supervised) -> None:
    clear(board)
    ladder_worlds.build(board, world)

    check(world)


@pytest.mark.parametrize("seed", CROWDS)
def test_in_a_crowd_every_case_stands_where_its_slow_twin_says(board: Engine, seed: int) -> None:
    world = ladder_worlds.crowd(seed, 150)
    ladder_worlds.build(board, world)

    check(world)


def test_the_crowds_have_a_case_for_every_condition() -> None:
    worlds = [ladder_worlds.crowd(seed, 150) for seed in CROWDS]
    rules = {twin.standing["rule"] for world in worlds for twin in stood(world).values()}

    assert rules - {""} == {one.id for one in ladder.conditions()}


@pytest.mark.parametrize("seed", CROWDS)
def test_every_set_holds_exactly_the_cases_its_slow_twin_finds(board: Engine, seed: int) -> None:
    world = ladder_worlds.crowd(seed, 150)
    ladder_worlds.build(board, world)

    twins, names = stood(world), [name for name, _, _ in SUPERVISED]
    found = {name: set(read(select_cases(Scope(world.as_of), name))["case_id"]) for name in names}

    assert found == {name: {code for code, one in twins.items() if is_in(one, name)} for name in names}


@pytest.mark.parametrize("seed", CROWDS[:2])
def test_a_case_alone_stands_where_it_stands_among_all(board: Engine, seed: int) -> None:
    world = ladder_worlds.crowd(seed, 60)
    ladder_worlds.build(board, world)
    among_all = told(standing(world.as_of))

    alone = {code: told(standing_of(world.as_of, (code,))).get(code) for code in among_all}

    assert alone == among_all
    assert standing_of(world.as_of, ("nobody knows",)).empty


FILTERS: tuple[dict[str, str], ...] = ({}, {"unit": "unit-1"}, {"group": "town"}, {"channel": "phone"})


@pytest.mark.parametrize(("seed", "filters"), list(zip(CROWDS, FILTERS, strict=False)))
def test_every_figure_is_as_long_as_its_list(desk: Engine, seed: int, filters: dict[str, str]) -> None:
    world = ladder_worlds.crowd(seed, 150)
    ladder_worlds.build(desk, world)
    scope, compared = Scope(world.as_of, limit=1000, **filters), 0

    for question in ("both", "ages", "units", "rungs", "rung_rules", "missed", "expected"):
        for row in door.asked("overdue", question)(scope).to_dict("records"):
            for column in COUNTED[f"overdue/{question}"].sets:
                try:
                    listed = behind(f"overdue/{question}", column, row, scope)
                except KeyError:
                    assert row[column] == 0  # another group than the one asked for
                    continue
                assert len(cases.list(listed)) == row[column], (question, column)
                compared += row[column] > 0
    assert compared


@randomly
@given(world=supervised(), unit=st.sampled_from([None, "unit-1", "-"]))
def test_what_adds_up_adds_up(desk: Engine, world: Supervised, unit: str | None) -> None:
    clear(desk)
    ladder_worlds.build(desk, world)
    scope = Scope(world.as_of, unit=unit)
    late = overdue.stock(scope)["overdue"].fillna(0).iloc[0]

    ages, rungs = overdue.ages(scope).fillna(0), overdue.rungs(scope).fillna(0)
    rules = overdue.rung_rules(scope)

    assert ages["cases"].sum() == rungs["overdue"].sum() == late
    assert (ages[["town", "department", "public", "other"]].sum(axis=1) == ages["cases"]).all()
    sums = rules.groupby("level")["cases"].sum().reindex(rungs["level"], fill_value=0)
    assert sums.tolist() == rungs["cases"].tolist()
    assert len(overdue.ladder(scope)) == min(rungs["cases"].sum(), 6 * 30)
    assert overdue.units(scope)["overdue"].sum() == late


def test_a_unit_that_gets_a_case_again_is_no_further_unit() -> None:
    sent = [("unit-1", 1), ("unit-2", 2), ("unit-1", 3), ("unit-3", None), ("unit-2", 5), (None, 6)]
    nothing = dict.fromkeys(("return_asked_at", "returned_at", "sent_back_at", "due_at"))
    leads = [{"unit_id": unit, "dispatched_at": days and NOON + days * DAY, **nothing} for unit, days in sent]

    reached = Past.of(leads, NOON + 4 * DAY, NOON + 9 * DAY).reached

    assert reached == [NOON + DAY, NOON + 2 * DAY, NOON + 4 * DAY]


@pytest.mark.parametrize(
    ("as_of", "level", "next_at"),
    [(NOON + 2 * HOUR, None, NOON + 2 * HOUR), (NOON + 2 * HOUR + SECOND, 2, None)],
)
def test_a_unit_is_late_at_a_whistle_after_its_last_limit(
    board: Engine, as_of: datetime, level: int | None, next_at: datetime | None
) -> None:
    with board.begin() as connection:
        unit, case = add_unit(connection), add_case(connection, NOON)
        whistle = add_whistle(connection, unit, case_id=case)
        add_summons(connection, whistle, unit, due_at=NOON + HOUR, last_due_at=NOON + 2 * HOUR)
        add_summons(connection, whistle, unit, due_at=NOON, arrived_at=NOON)

    row = told(standing(as_of))[case]

    assert (row["level"], row["next_at"], row["whistle_at"]) == (level, next_at, NOON + 2 * HOUR)


@pytest.mark.parametrize(("kind", "minutes"), [("urban", 30), ("rural", 120)])
@pytest.mark.parametrize(("beside", "level"), [(timedelta(0), None), (SECOND, 2)])
def test_a_limit_nobody_stated_is_reckoned_from_the_place(
    board: Engine, kind: str, minutes: int, beside: timedelta, level: int | None
) -> None:
    with board.begin() as connection:
        unit, case = add_unit(connection), add_case(connection, NOON)
        whistle = add_whistle(connection, unit, case_id=case, area_kind=kind, accepted_at=NOON)
        add_summons(connection, whistle, unit, due_at=None, last_due_at=None)
        add_arrival(connection)

    row = told(standing(NOON + minutes * MINUTE + beside))[case]

    assert (row["level"], row["whistle_at"]) == (level, NOON + minutes * MINUTE)


def before_the_chair(connection: Connection, prepared: datetime, meetings: tuple[date, ...]) -> str:
    """A case that was put on the list of the first of these meetings."""
    unit, case = add_unit(connection), add_case(connection, prepared - DAY)
    add_assignment(connection, case, unit_id=unit, dispatched_at=prepared - DAY, signed_at=prepared - DAY)
    held = [
        add(connection, tables.meetings, number=n, nominal_date=day, actual_date=day)
        for n, day in enumerate(meetings, 36)
    ]
    item = {"case_id": case, "prepared_at": prepared, "item_group": "supervision", "refused_count": 0}
    add(connection, tables.meeting_items, item_id="item", meeting_id=held[0], **item)
    somebody_acted(connection)
    return case


def somebody_acted(connection: Connection) -> None:
    """An act on another case: the source records them."""
    add(connection, escalations, case_id=add_case(connection, NOON), level=1, at=NOON - DAY)


def assign(connection: Connection, at: datetime) -> None:
    connection.execute(update(tables.meeting_items).values(assigned_at=at))


@pytest.mark.parametrize(
    ("as_of", "missed"),
    [
        (datetime(2026, 11, 26, 0), False),  # on the list for days: the chair acts at the meeting
        (datetime(2026, 11, 26, 23, 59, 59), False),
        (datetime(2026, 11, 27), True),
    ],
)
def test_the_chair_has_until_the_day_of_the_meeting_that_follows_is_over(
    board: Engine, as_of: datetime, missed: bool
) -> None:
    with board.begin() as connection:
        case = before_the_chair(connection, datetime(2026, 11, 20, 9), (date(2026, 11, 26),))

    row = told(standing(as_of))[case]

    assert (row["level"], row["rule"], row["is_missed"]) == (4, "listed", missed)
    assert (
        len(cases.list(Scope(as_of, set="missed"))) == len(cases.list(Scope(as_of, set="missed_4"))) == missed
    )


def test_to_be_assigned_at_a_meeting_is_the_act_of_its_chair(board: Engine) -> None:
    at = datetime(2026, 11, 26, 9, 40)
    with board.begin() as connection:
        case = before_the_chair(connection, datetime(2026, 11, 20, 9), (date(2026, 11, 26),))
        assign(connection, at)

    before, after = (told(standing(moment))[case] for moment in (at - SECOND, at + 9 * DAY))

    assert (before["acted_level"], before["is_missed"]) == (None, False)
    assert (after["acted_level"], after["acted_at"], after["is_missed"]) == (4, at, False)


def test_an_item_assigned_before_the_case_came_on_the_rung_is_no_act(board: Engine) -> None:
    # given: assigned and signed off; sent back later, and a meeting has found it raised and still open since
    assigned = datetime(2026, 11, 6, 9, 40)
    with board.begin() as connection:
        case = before_the_chair(connection, datetime(2026, 11, 4), (date(2026, 11, 6), date(2026, 11, 26)))
        signed_off = {"assigned_at": assigned, "signed_off_at": assigned + DAY}
        connection.execute(update(tables.meeting_items).values(**signed_off))
        again = {"dispatched_at": datetime(2026, 11, 9), "due_at": datetime(2026, 11, 10)}
        add_assignment(connection, case, seq=2, round=2, **again, signed_at=datetime(2026, 11, 9))

    row = told(standing(datetime(2026, 11, 27)))[case]

    assert (row["level"], row["rule"], row["acted_level"]) == (4, "uncured", None)
    assert row["is_missed"]


def test_where_no_act_is_ever_recorded_none_is_said_to_be_missing(board: Engine) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON - 9 * DAY)
        late = {"dispatched_at": NOON - 9 * DAY, "signed_at": NOON - 9 * DAY, "due_at": NOON - 8 * DAY}
        add_assignment(connection, case, unit_id=add_unit(connection), **late)
    silent, counts = told(standing(NOON))[case], overdue.missed(Scope(NOON)).set_index("level")["cases"]
    proposed = overdue.rungs(Scope(NOON)).set_index("level")["cases"]
    with board.begin() as connection:
        somebody_acted(connection)
    spoken = told(standing(NOON))[case]

    assert (silent["level"], silent["is_missed"], spoken["is_missed"]) == (3, False, True)
    assert counts[counts.isna()].index.tolist() == [3]
    assert proposed[proposed.isna()].index.tolist() == [5]


def test_a_refused_return_has_not_given_the_case_back(board: Engine) -> None:
    with board.begin() as connection:
        case, sent = (
            add_case(connection, NOON - 3 * DAY),
            {"dispatched_at": NOON - 3 * DAY, "signed_at": NOON},
        )
        for seq in (1, 2):
            back = {"return_asked_at": NOON - DAY, "returned_at": NOON - DAY if seq == 1 else None}
            add_assignment(
                connection, case, seq=seq, unit_id=add_unit(connection, f"unit {seq}"), **back, **sent
            )

    row = told(standing(NOON))[case]

    assert (row["given_back"], row["level"]) == (1, None)


@pytest.mark.parametrize("kept", ["meet", "feedback"])
def test_the_milestone_that_is_still_to_be_kept_is_named(board: Engine, kept: str) -> None:
    other = {"meet": "feedback", "feedback": "meet"}[kept]
    with board.begin() as connection:
        first = {"is_first": True, "legal_route": "信访事项"}
        case, stranger = (add_case(connection, NOON - 30 * DAY, **first) for _ in range(2))
        add_assignment(connection, case, unit_id=add_unit(connection), dispatched_at=NOON - 30 * DAY)
        add_contact(connection, case if kept == "meet" else stranger, NOON - 29 * DAY, mode="visit")
        told_to = case if kept == "feedback" else stranger
        add(connection, tables.case_events, case_id=told_to, event="feedback", at=NOON - 29 * DAY)

    assert told(standing(NOON))[case]["milestone"] == other
    late = cases.deadline(Scope(NOON, case=case))
    assert other in late["kind"].tolist() and kept not in late["kind"].tolist()


@pytest.mark.parametrize("secret", [{"nature": "report"}, {"confidentiality": "minor"}])
def test_the_ladder_hides_reports_and_confidential_matters(board: Engine, secret: dict[str, str]) -> None:
    with board.begin() as connection:
        told_of = [add_case(connection, NOON - 9 * DAY, title="停水", **own) for own in ({}, secret)]
        for case in told_of:
            add_assignment(connection, case, dispatched_at=NOON - 9 * DAY, due_at=NOON - DAY)

    found = overdue.ladder(Scope(NOON)).set_index("case_id").loc[told_of]

    assert found["hidden"].tolist() == [False, True]
    assert found["title"].tolist() == ["停水", ""]


def test_what_no_source_records_is_not_missed(board: Engine) -> None:
    with board.begin() as connection:
        first = {"is_first": True, "legal_route": "信访事项"}
        case = add_case(connection, NOON - 30 * DAY, **first)
        add_assignment(connection, case, unit_id=add_unit(connection), dispatched_at=NOON - 30 * DAY)

    assert told(standing(NOON))[case]["level"] is None

    with board.begin() as connection:
        other = add_case(connection, NOON - 30 * DAY)
        add_contact(connection, other, NOON - 29 * DAY)

    assert told(standing(NOON))[case]["level"] is None

    with board.begin() as connection:
        add_contact(connection, other, NOON - 29 * DAY, mode="visit")

    assert told(standing(NOON))[case]["rule"] == "milestone"


def test_a_case_is_proposed_since_the_first_act_and_acted_on_at_the_last(board: Engine) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON - 9 * DAY)
        for level, days in ((5, 2), (3, 1), (5, 1), (5, -1)):
            add(connection, escalations, case_id=case, level=level, at=NOON - days * DAY)

    row = told(standing(NOON))[case]

    assert (row["level"], row["rule"], row["since"]) == (5, "proposed", NOON - 2 * DAY)
    assert (row["acted_level"], row["acted_at"]) == (5, NOON - DAY)


@pytest.mark.parametrize(
    ("counts", "level"), [({}, 3), ({"is_valid": False}, None), ({"received_at": LATER}, None)]
)
def test_repeats_are_requests_that_count_and_have_come(
    board: Engine, counts: dict[str, Any], level: int | None
) -> None:
    with board.begin() as connection:
        first = add_case(connection, NOON - 9 * DAY, merged_into=None)
        for days in (3, 2):
            add_case(connection, NOON - days * DAY, first_case_id=first, merged_into=first)
        add_case(connection, **{"received_at": NOON - DAY, "first_case_id": first, **counts})

    assert told(standing(NOON))[first]["level"] == level


@pytest.mark.parametrize(
    ("late", "band"),
    [
        (timedelta(0), None),
        (SECOND, "1"),
        (DAY, "1"),
        (DAY + SECOND, "2"),
        (60 * DAY, "5"),
        (60 * DAY + SECOND, "more"),
    ],
)
def test_a_band_of_days_has_its_last_moment_and_not_its_first(
    board: Engine, late: timedelta, band: str | None
) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON - 99 * DAY)
        add_assignment(connection, case, dispatched_at=NOON - 99 * DAY, due_at=NOON - late)

    ages = overdue.ages(Scope(NOON)).set_index("bucket")["cases"]
    listed = [name for name in ages.index if len(cases.list(Scope(NOON, set=f"age_{name}")))]

    assert ages[ages > 0].index.tolist() == listed == ([] if band is None else [band])
    assert overdue.rungs(Scope(NOON))["overdue"].sum() == (band is not None)


def test_without_limits_only_what_other_rules_hold_is_known(board: Engine) -> None:
    # given: no limit anywhere; one case sent back once, so that somebody must act on it
    with board.begin() as connection:
        add_case(connection, NOON - 9 * DAY)
        again = add_case(connection, NOON - 9 * DAY)
        sent = {"dispatched_at": NOON - 9 * DAY, "signed_at": NOON - 9 * DAY}
        add_assignment(connection, again, seq=1, sent_back_at=NOON - 5 * DAY, **sent)
        sent = {"dispatched_at": NOON - 5 * DAY, "signed_at": NOON - 5 * DAY}
        add_assignment(connection, again, seq=2, round=2, **sent)
        somebody_acted(connection)
    # when
    found = overdue.rungs(Scope(NOON)).set_index("level")
    # then
    assert found["cases"].dropna().to_dict() == {2: 1, 5: 0}  # of D5 the acts are known
    assert found["overdue"].isna().all()
    assert overdue.missed(Scope(NOON)).set_index("level")["cases"].dropna().to_dict() == {2: 1}


@pytest.mark.parametrize(
    ("due_at", "expected"),
    [
        (NOON - SECOND, 0),
        (NOON, 1),
        (datetime(2026, 11, 26), 1),  # 24:00 is still today
        (datetime(2026, 11, 26) + SECOND, 0),
    ],
)
def test_what_ends_today_ends_at_24_o_clock_at_the_latest(
    board: Engine, due_at: datetime, expected: int
) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON - DAY)
        add_assignment(connection, case, dispatched_at=NOON - DAY, due_at=due_at)

    assert overdue.both(Scope(NOON))["due_tonight"].tolist() == [expected]
    assert len(cases.list(Scope(NOON, set="due_tonight"))) == expected


def test_a_meeting_that_slid_past_the_receipt_of_a_case_found_it_uncured(board: Engine) -> None:
    received = datetime(2026, 6, 7, 9)  # a Sunday: the meeting of Saturday the 6th is held on Monday the 8th
    with board.begin() as connection:
        case, units = add_case(connection, received), [add_unit(connection) for _ in range(3)]
        for seq, unit in enumerate(units, 1):
            add_assignment(connection, case, seq=seq, unit_id=unit, dispatched_at=received)

    row = told(standing(datetime(2026, 6, 8, 12)))[case]

    assert (row["rule"], row["since"]) == ("uncured", datetime(2026, 6, 8))


def test_a_case_sent_back_is_behind_its_milestones(board: Engine) -> None:
    with board.begin() as connection:
        case = add_case(connection, NOON - 30 * DAY, is_first=True, legal_route="信访事项")
        add_contact(connection, add_case(connection), NOON - 29 * DAY, mode="visit")
        sent = {"dispatched_at": NOON - 30 * DAY, "closed_at": NOON - 9 * DAY, "sent_back_at": NOON - 8 * DAY}
        add_assignment(connection, case, **sent)

    row = told(standing(NOON))[case]

    assert (row["level"], row["rule"], row["milestone_at"]) == (2, "first_rework", None)
