"""The measures of a unit's work against their slow twins, over cities nobody thought of."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from random import Random
from typing import Any

import pandas as pd
import pytest
from chinese_calendar import constants
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from queries.arguments import MISSING, Scope
from queries.league_rows import in_period
from queries.measures import MEASURES, SUMS, measured, measured_by, settled
from rules.words import CountingRule
from tests.builders import (
    DAY,
    HOUR,
    NOON,
    add_assignment,
    add_callback,
    add_case,
    add_contact,
    add_exclusion,
    add_feeds,
    add_unit,
)
from tests.queries.conftest import clear
from tests.queries.measure_twins import MEASURED, Sums, sums
from tests.queries.worlds import HOURS, START, World, build, crowd, shifted, worlds

FIRST = datetime(2026, 1, 5)
"""Stretched to four months, a city lives through the Spring Festival, May Day and their make-up days."""

FACTORS = [0.5, 1, 12, 24, 48]
"""The hours of a city become half hours, hours, half days, days or two days."""

PEOPLE = 300
"""Cases of a city made by chance."""

WITHOUT = [
    ",".join(some) or None
    for length in range(len(CountingRule) + 1)
    for some in combinations(sorted(CountingRule), length)
]

randomly = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def stretch(moment: datetime, factor: float) -> datetime:
    return FIRST + (moment - START) * factor


def stretched(world: World, factor: float) -> World:
    """The city lived so many times slower."""
    return shifted(world, lambda moment: stretch(moment, factor))


def at(place: int, factor: float) -> datetime:
    return stretch(START + timedelta(hours=place), factor)


places = st.integers(0, HOURS)


@st.composite
def scopes(draw: st.DrawFn, factor: float) -> Scope:
    """A moment, a period and rules of counting, on the grid of the city's moments."""
    start, length = draw(st.none() | places), draw(st.integers(1, HOURS))
    end = draw(st.sampled_from([None, at((start or 0) + length, factor)]))
    period = {"start": None if start is None else at(start, factor), "end": end}
    return Scope(as_of=at(draw(places), factor), without=draw(st.sampled_from(WITHOUT)), **period)


@st.composite
def looked_at(draw: st.DrawFn) -> tuple[World, list[Scope]]:
    factor = draw(st.sampled_from(FACTORS))
    return stretched(draw(worlds()), factor), draw(st.lists(scopes(factor), min_size=1, max_size=2))


def found(scope: Scope, name: str) -> dict[str, Sums]:
    rows = measured(scope, name)
    return {row.unit_id: (row.k, row.n, row.base, row.clusters, row.hits) for row in rows.itertuples()}


def checked(world: World, scope: Scope, name: str) -> int:
    """Compare a measure with its twin; returns how many events are in its base."""
    got, twin = found(scope, name), sums(world, scope, name)
    assert got == twin, (name, scope)
    return sum(n for _, n, *_ in twin.values())


def test_every_measure_has_a_twin() -> None:
    assert set(MEASURED) == set(MEASURES)


@randomly
@given(seen=looked_at())
def test_every_measure_is_what_its_slow_twin_finds(board: Engine, seen: tuple[World, list[Scope]]) -> None:
    world, asked = seen
    clear(board)
    build(board, world)

    for scope in asked:
        for name in MEASURES:
            checked(world, scope, name)


@pytest.mark.parametrize("factor", FACTORS)
def test_every_measure_of_hundreds_of_cases_is_what_its_slow_twin_finds(board: Engine, factor: float) -> None:
    chance = Random(factor)
    world = stretched(crowd(chance.randrange(10**6), PEOPLE), factor)
    build(board, world)
    seen: Counter[str] = Counter()

    for rules in chance.sample(WITHOUT, 4):
        places = sorted(chance.sample(range(HOURS + 1), 3))
        start, end, now = (at(place, factor) for place in places)
        as_of, until = chance.choice([now, at(HOURS, factor)]), chance.choice([None, end])
        scope = Scope(as_of, start, until, without=rules)
        seen.update({name: checked(world, scope, name) for name in MEASURES})

    assert sum(seen.values()) > PEOPLE


def test_a_filter_of_the_scope_narrows_all_but_the_unit(desk: Engine) -> None:
    world = stretched(crowd(7, PEOPLE), 24)
    build(desk, world)
    scope = Scope(at(50, 24), channel="phone", unit="unit-1", group="town")

    for name in MEASURES:
        checked(world, scope, name)


@pytest.mark.parametrize("name", MEASURES)
def test_the_kinds_of_case_add_up_to_the_unit(desk: Engine, name: str) -> None:
    build(desk, stretched(crowd(8, PEOPLE), 12))
    scope = Scope(at(55, 12), start=at(5, 12))

    apart = measured_by(scope, name, "issue", "category_id")

    together = apart.groupby("unit_id", as_index=False)[["k", "n", "base"]].sum()
    pd.testing.assert_frame_equal(
        together, measured(scope, name).sort_values("unit_id", ignore_index=True)[[*together.columns]]
    )


# ── periods longer than a chunk, and years nobody knows ──────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["signing", "callback"])
def test_a_long_period_is_the_sum_of_its_days(desk: Engine, name: str) -> None:
    # given two months with the Spring Festival in them: more than a chunk
    build(desk, stretched(crowd(9, PEOPLE), 24))
    start, days = datetime(2026, 1, 7, 10), 50
    end = start + days * DAY
    assert days > 31
    # when
    whole = measured(Scope(at(HOURS, 24), start, end), name)
    # then
    each = [
        measured(Scope(at(HOURS, 24), start + day * DAY, start + (day + 1) * DAY), name)
        for day in range(days)
    ]
    assert whole[["k", "n", "base"]].sum().tolist() == pd.concat(each)[["k", "n", "base"]].sum().tolist()
    assert whole["n"].sum() > whole["k"].sum() > 0


def test_an_event_that_several_reported_counts_once_in_a_long_period(desk: Engine) -> None:
    # given two cases of one event, signed for two months apart
    with desk.begin() as connection:
        add_feeds(connection)
        unit = add_unit(connection)
        for sent in (NOON - 70 * DAY, NOON - 10 * DAY):
            case = add_case(connection, sent, cluster_id="pigs")
            add_assignment(connection, case, unit_id=unit, dispatched_at=sent)
    # when
    row = measured(Scope(NOON, start=NOON - 80 * DAY, end=NOON), "signing").iloc[0]
    # then
    assert (row["n"], row["clusters"]) == (2, 1)


@pytest.mark.parametrize("name", MEASURES)
def test_where_the_working_days_are_not_known_there_is_no_figure_and_no_error(
    desk: Engine, name: str
) -> None:
    # given a case that came back, and one of mediation that the unit would not have
    sent = datetime(2031, 2, 26, 9)
    with desk.begin() as connection:
        add_feeds(connection, sent)
        case, unit = add_case(connection, sent), add_unit(connection)
        step = {"unit_id": unit, "dispatched_at": sent, "signed_at": sent + HOUR, "due_at": sent + DAY}
        answer = {**step, "closed_at": sent + 2 * HOUR, "claims_resolved": True}
        add_assignment(connection, case, **answer, sent_back_at=sent + 2 * DAY)
        add_assignment(connection, case, **answer, seq=2, round=2)
        add_callback(connection, case, sent + DAY, rating="dissatisfied", resolved="no")
        other = add_case(connection, sent, legal_route="行政调解")
        add_assignment(connection, other, **step, return_asked_at=sent + HOUR, return_ruling="refused")
        add_callback(connection, other, sent + DAY)
    # when
    rows = measured(Scope(sent + 60 * DAY, start=sent - DAY, end=sent + 59 * DAY), name)
    # then
    assert list(rows) == ["unit_id", *SUMS]
    assert len(rows) == (0 if name in ("signing", "callback") else 1)


def test_the_last_days_of_the_last_known_year_are_counted(desk: Engine) -> None:
    # given the next year's working days are not published yet
    last = datetime(max(constants.holidays).year, 12, 31, 23)
    with desk.begin() as connection:
        add_feeds(connection, last)
        unit = add_unit(connection)
        for sent in (last - 20 * DAY, last - HOUR):
            add_assignment(connection, add_case(connection, sent), unit_id=unit, dispatched_at=sent)
    # when, then the one sent in the last hour is not due in any year that is known
    assert found(Scope(last, start=last - 30 * DAY), "signing") == {unit: (0.0, 1, 1.0, 1, 0)}
    assert found(Scope(last + HOUR, start=last - 30 * DAY), "signing") == {unit: (0.0, 1, 1.0, 1, 0)}
    assert found(Scope(last + 2 * HOUR, start=last - 30 * DAY), "signing") == {}


def test_a_source_that_says_only_when_it_was_done_is_called_back_by_that(desk: Engine) -> None:
    # given no time of sending anywhere, and no period
    with desk.begin() as connection:
        unit, done = add_unit(connection), NOON - 10 * DAY
        case = add_case(connection, done - DAY)
        add_assignment(connection, case, unit_id=unit, closed_at=done)
        add_callback(connection, case, done + HOUR)
    # when, then
    assert found(Scope(NOON), "callback") == {unit: (1.0, 1, 1.0, 1, 1)}


# ── a period that is over ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("end", "as_of", "expected"),
    [
        (None, NOON, NOON),
        (NOON - 12 * HOUR, NOON, NOON - 12 * HOUR),
        (NOON - 11 * HOUR, NOON, NOON),
        (NOON - 3 * DAY, NOON, NOON - 12 * HOUR),
        (NOON + DAY, NOON, NOON),
        (NOON - 12 * HOUR, NOON - 12 * HOUR, NOON - 12 * HOUR),
    ],
)
def test_a_period_over_before_midnight_is_asked_as_of_midnight(
    end: datetime | None, as_of: datetime, expected: datetime
) -> None:
    assert settled(Scope(as_of, end=end)) == Scope(expected, end=end)


def test_what_is_ruled_today_changes_a_period_that_is_over_from_midnight_on(desk: Engine) -> None:
    # given a rating of yesterday, left out this morning
    yesterday, midnight = NOON - DAY, NOON - 12 * HOUR
    with desk.begin() as connection:
        unit, case = add_unit(connection), add_case(connection, NOON - 9 * DAY)
        add_callback(connection, case, yesterday, unit_id=unit)
        add_exclusion(connection, case, approved_at=NOON - HOUR)

    def rated(**asked: Any) -> int:
        return int(measured(Scope(**{"start": NOON - 9 * DAY, **asked}), "satisfaction")["n"].sum())

    # when, then
    assert rated(as_of=NOON, end=midnight) == 1
    assert rated(as_of=NOON) == 0
    assert rated(as_of=NOON + DAY, end=midnight) == 0


# ── what nobody records ──────────────────────────────────────────────────────────────────────────────────

STEP = NOON - 40 * DAY

LACKING = [
    ("response", ("signed_at",)),
    ("response", ("contact",)),
    ("signing", ("signed_at",)),
    ("on_time", ("closed_at", "case_closed_at")),
    ("on_time_original", ("closed_at", "case_closed_at")),
    ("rework_on_time", ("closed_at", "case_closed_at")),
    ("closure", ("closed_at",)),
    ("closed_late", ("due_at",)),
    ("sent_back", ("sent_back_at",)),
    ("repeats", ("first_case_id",)),
    ("returns", ("return_asked_at", "returned_at")),
    ("callback", ("call",)),
]
"""A measure, and what a source must not lack all at once."""


def recording(desk: Engine, lacking: tuple[str, ...] = ()) -> None:
    """A city whose source records every step of one case, of two rounds, but for what is lacking."""
    steps = {"dispatched_at": STEP, "signed_at": STEP, "due_at": STEP + DAY, "closed_at": STEP + HOUR}
    late = {"sent_back_at": NOON + DAY, "return_asked_at": STEP, "returned_at": NOON + DAY}
    told = {name: at for name, at in {**steps, **late}.items() if name not in lacking}
    whole = {"case_closed_at": STEP + HOUR, "first_case_id": "case"}
    case = {name.removeprefix("case_"): what for name, what in whole.items() if name not in lacking}
    with desk.begin() as connection:
        unit, code = add_unit(connection), add_case(connection, STEP, case_id="case", **case)
        for number in (1, 2):
            add_assignment(connection, code, unit_id=unit, seq=number, round=number, **told)
        if "contact" not in lacking:
            add_contact(connection, code, STEP, unit_id=unit)
        if "call" not in lacking:
            add_callback(connection, code, STEP + HOUR, unit_id=unit)


@pytest.mark.parametrize("name", sorted({name for name, _ in LACKING}))
def test_what_the_source_records_has_a_figure(desk: Engine, name: str) -> None:
    recording(desk)
    assert measured(Scope(NOON), name)["n"].sum() > 0


@pytest.mark.parametrize(("name", "lacking"), LACKING)
def test_what_the_source_never_records_is_not_known_rather_than_nought(
    desk: Engine, name: str, lacking: tuple[str, ...]
) -> None:
    recording(desk, lacking)
    assert measured(Scope(NOON), name).empty


@pytest.mark.parametrize(
    ("name", "lacking"),
    [
        ("on_time", "closed_at"),
        ("on_time", "case_closed_at"),
        ("rework_on_time", "closed_at"),
        ("returns", "return_asked_at"),
        ("returns", "returned_at"),
    ],
)
def test_of_two_columns_that_say_the_same_one_is_enough(desk: Engine, name: str, lacking: str) -> None:
    recording(desk, (lacking,))
    assert measured(Scope(NOON), name)["n"].sum() > 0


@pytest.mark.parametrize("level", [1, 2, 3])
def test_what_is_placed_less_deep_is_unplaced_on_a_deeper_level(desk: Engine, level: int) -> None:
    build(desk, stretched(crowd(9, PEOPLE), 12))
    scope = Scope(at(55, 12), set="received", category=MISSING, level=level)

    found = [measured(replace(scope, level=one), "on_time")["n"].sum() for one in (level, level - 1 or 1)]
    mates = [in_period(replace(scope, level=one, start=at(5, 12)), "town")["n"].sum() for one in (1, level)]

    assert found[0] >= found[1] > 0
    assert mates[0] <= mates[1]
    assert (found[0] > found[1]) == (mates[0] < mates[1]) == (level > 1)
