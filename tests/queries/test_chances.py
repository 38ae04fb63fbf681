"""Who will be late: against a slow twin on every server, without a look ahead, and against what happened."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine

import casedb
from casedb import demo, vetting
from casedb.importer import import_file
from queries import database, overdue_past
from queries.arguments import Scope
from queries.league_rows import closed_periods
from queries.overdue_calibration import calibration, skill
from queries.overdue_chances import chances, expected, next_cutoff
from rules.ranking import ALARM_Z, wilson
from rules.rulebook import load
from tests.builders import DAY, HOUR, NOON, add_assignment, add_case, add_unit
from tests.queries.chance_twins import Foretold, Past, became, foretold
from tests.queries.conftest import clear
from tests.queries.worlds import START, World, build, crowd, shifted

MANY = 10_000
"""No list is longer."""

BEGIN = START - 60 * DAY
"""Two months whose meetings are known."""


def city(seed: int, size: int) -> World:
    """A crowd whose hours are days, most of its work in order, seen near the end."""
    world = shifted(crowd(seed, size), lambda at: BEGIN + 24 * (at - START))
    world.as_of = BEGIN + timedelta(days=55, hours=10)
    world.cases[0]["received_at"] = BEGIN  # others are merged into it
    world.callbacks, world.contacts, world.exclusions = [], [], []
    received, chance = {case["case_id"]: case["received_at"] for case in world.cases}, Random(seed)
    for row in world.assignments:
        row["due_rule"] = chance.choice([None, "sla.help"])
        if chance.random() < 0.7:
            sent = received[row["case_id"]] + chance.randrange(48) * HOUR
            done = chance.choice([None, *(sent + 12 * n * HOUR for n in range(12))])
            row |= {"dispatched_at": sent, "due_at": sent + chance.randint(2, 5) * DAY, "closed_at": done}
            if chance.random() < 0.2:
                row.update(extended(row["due_at"] - DAY, row["due_at"] + 3 * DAY))
    for case in world.cases:
        case["nature"] = chance.choice([None, "help"])
    return world


def extended(asked: datetime, until: datetime) -> dict[str, Any]:
    """More time, asked for and approved six hours later."""
    times = {"extension_asked_at": asked, "extension_approved_at": asked + 6 * HOUR}
    return {**times, "extended_to": until}


# ── the twin ─────────────────────────────────────────────────────────────────────────────────────────────


def test_every_chance_is_the_slow_one(board: Engine) -> None:
    world = city(1, 3_000)
    build(board, world)
    slow = foretold(Past(world, world.as_of), world.as_of, next_cutoff(world.as_of))

    found = chances(Scope(world.as_of, limit=MANY)).set_index("case_id")

    assert set(found.index) == set(slow)
    assert {one.basis for one in slow.values()} == {"all", "kind", "unit", ""}
    assert len({one.meeting for one in slow.values()}) > 10
    for case, row in found.iterrows():
        one = slow[str(case)]
        assert (row["unit_id"], row["due_at"], row["n"], row["basis"]) == (
            one.unit,
            one.due_at,
            one.n,
            one.basis,
        )
        told = [float("nan") if share is None else share for share in (one.chance, one.meeting)]
        assert row[["chance", "meeting_chance"]].tolist() == pytest.approx(told, nan_ok=True)


def range_of(each: list[float]) -> tuple[int, int]:
    """The 80 % range of how many happen, by adding one chance after the other."""
    counts = {0: 1.0}
    for chance in each:
        stays, rises = ({n + k: p * c for n, p in counts.items()} for k, c in ((0, 1 - chance), (1, chance)))
        counts = {n: stays.get(n, 0.0) + rises.get(n, 0.0) for n in stays | rises}
    up_to = [sum(counts[n] for n in range(m + 1)) for m in range(len(counts))]
    low, high = (next(m for m, share in enumerate(up_to) if share >= part) for part in (0.1, 0.9))
    return low, high


def test_what_is_expected_is_the_sum_of_the_slow_chances(board: Engine) -> None:
    world = city(2, 2_000)
    build(board, world)
    cutoff = next_cutoff(world.as_of)
    assert cutoff is not None
    said = foretold(Past(world, world.as_of), world.as_of, cutoff).values()
    slow = [one for one in said if world.as_of <= one.due_at <= cutoff]

    found = expected(Scope(world.as_of))

    assert len(slow) > 3
    assert found["unit_id"].tolist()[0] == ""
    assert set(found["unit_id"]) == {"", *(one.unit for one in slow)}
    assert found["expected"][1:].is_monotonic_decreasing
    for _, row in found.iterrows():
        of = [one for one in slow if row["unit_id"] in ("", one.unit)]
        known = [one.chance for one in of if one.chance is not None]
        assert row["due"] == len(of)
        assert row["expected"] == pytest.approx(sum(known))
        assert (row["low"], row["high"]) == range_of(known)


@cache
def given(seed: int, size: int) -> list[tuple[str, Foretold, bool | None]]:
    """What was said in the mornings of the periods before, and what became of it: once for all servers."""
    world = city(seed, size)
    later = Past(world, world.as_of)
    said: list[tuple[str, Foretold, bool | None]] = []
    for window in closed_periods(Scope(world.as_of), load().chance.periods):
        at = datetime.combine(window.start + (window.end - window.start) / 2, time(10))
        ahead = foretold(Past(world, at), at, None)
        said += [
            (case, one, became(later, case, at)) for case, one in ahead.items() if one.chance is not None
        ]
    return said


def test_what_was_said_before_is_held_against_what_came(board: Engine) -> None:
    world = city(3, 5_000)
    build(board, world)
    said = given(3, 5_000)
    told = [(case, one.chance or 0.0, late) for case, one, late in said if late is not None]

    table, row = calibration(Scope(world.as_of)), skill(Scope(world.as_of)).iloc[0]

    assert (row["cases"], row["undecided"]) == (len(told), len(said) - len(told))
    assert len(told) > 60
    assert row["undecided"] > 3
    rate = sum(late for *_, late in told) / len(told)
    brier = sum((chance - late) ** 2 for _, chance, late in told) / len(told)
    assert row[["late", "brier", "base"]].tolist() == pytest.approx([rate, brier, rate * (1 - rate)])
    assert row["skill"] == pytest.approx(1 - brier / (rate * (1 - rate)))
    assert len(table) > 3
    for _, tenth in table.iterrows():
        of = [one for one in told if min(int(one[1] * 10), 9) == round(10 * tenth["from_share"])]
        mean, late = sum(one[1] for one in of) / len(of), sum(one[2] for one in of) / len(of)
        assert tenth["cases"] == len(of)
        assert tenth[["predicted", "late"]].tolist() == pytest.approx([mean, late])
        different = len({case for case, *_ in of})
        assert tenth[["low", "high"]].tolist() == pytest.approx(wilson(late * different, different))
    assert table["cases"].sum() == len(told)


# ── nothing after the moment ─────────────────────────────────────────────────────────────────────────────

PROMISED = {"due_at", "extended_to"}
"""Limits lie ahead and are known; an extension only once it is approved."""


def with_another_future(world: World) -> World:
    """What had happened by the moment; after it everything comes three days later, and some never begins."""
    other = World(world.as_of)
    for name in ("cases", "assignments"):
        for row in getattr(world, name):
            begun = row.get("received_at") or row.get("dispatched_at")
            if begun and begun > world.as_of:
                continue
            moved = {
                key: at + 3 * DAY
                if isinstance(at, datetime) and at > world.as_of and key not in PROMISED
                else at
                for key, at in row.items()
            }
            approved = row.get("extension_approved_at")
            if "extended_to" in row and (approved is None or approved > world.as_of):
                moved["extended_to"] = None
            getattr(other, name).append(moved)
    numbers = {case["case_id"] for case in other.cases}
    other.assignments = [row for row in other.assignments if row["case_id"] in numbers]
    for case in other.cases:
        case["first_case_id"] = case["first_case_id"] if case["first_case_id"] in numbers else None
    return other


def answers(as_of: datetime) -> list[str]:
    """Everything that is said at the moment, as text."""
    scope = Scope(as_of, limit=MANY)
    tables = [chances(scope), expected(scope), calibration(scope), skill(scope)]
    return [table.to_csv() for table in tables]


def test_nothing_that_happens_after_the_moment_changes_what_is_said(desk: Engine) -> None:
    world = city(4, 1_500)
    build(desk, world)
    before = answers(world.as_of)
    assert chances(Scope(world.as_of))["chance"].notna().any()

    clear(desk)
    build(desk, with_another_future(world))

    assert answers(world.as_of) == before


# ── edges ────────────────────────────────────────────────────────────────────────────────────────────────


def sent(connection: Connection, at: datetime, hours: float = 10, **values: Any) -> str:
    """A case sent to a unit with a limit so many hours later."""
    case = add_case(connection, at - HOUR, title=values.pop("title", "路灯不亮"), **values.pop("case", {}))
    add_assignment(connection, case, dispatched_at=at, due_at=at + hours * HOUR, **values)
    return case


def took(connection: Connection, *shares: float | None, at: datetime = NOON - 5 * DAY, **values: Any) -> None:
    """Past cases that were answered after these shares of their limit of ten hours; None: not yet."""
    for share in shares:
        sent(connection, at, closed_at=None if share is None else at + 10 * share * HOUR, **values)


def only() -> Any:
    """The one open case that is not past its limit, as it is told at noon."""
    found = chances(Scope(NOON))
    return found[found["due_at"] >= NOON].iloc[0]


@pytest.mark.parametrize(("hours_ago", "chance"), [(1, 1 / 4), (6, 1 / 2), (10, 1.0)])
def test_the_longer_a_case_is_open_the_likelier_it_is_late(
    desk: Engine, hours_ago: int, chance: float
) -> None:
    with desk.begin() as connection:
        took(connection, 0.3, 0.5, 1.0, 2.0)
        sent(connection, NOON - hours_ago * HOUR)

    row = only()

    assert (row["chance"], row["n"], row["basis"]) == (pytest.approx(chance), 4, "all")
    assert row["hours_open"] == hours_ago + 1


def test_with_nothing_to_learn_from_nothing_is_said(desk: Engine) -> None:
    with desk.begin() as connection:
        sent(connection, NOON - HOUR)
        took(connection, None)

    row = only()

    assert (row["n"], row["basis"]) == (0, "")
    assert pd.isna(row["chance"])
    assert pd.isna(row["meeting_chance"])
    total = expected(Scope(NOON)).iloc[0]
    assert total["due"] == 1
    assert pd.isna(total["expected"])
    assert calibration(Scope(NOON)).empty
    assert skill(Scope(NOON))[["cases", "undecided"]].to_numpy().tolist() == [[0, 0]]
    assert skill(Scope(NOON))[["brier", "base", "skill", "first"]].isna().all(axis=None)


def test_what_was_sent_nobody_knows_when_counts_from_its_receipt_until_somebody_says(desk: Engine) -> None:
    at = NOON - 5 * DAY
    with desk.begin() as connection:
        for share in (0.5, 2.0):
            case = add_case(connection, at)
            add_assignment(connection, case, due_at=at + 10 * HOUR, closed_at=at + 10 * share * HOUR)
        sent(connection, NOON - HOUR)

    assert (only()["n"], only()["chance"]) == (2, pytest.approx(1 / 2))


def test_what_happened_today_teaches_tomorrow(desk: Engine) -> None:
    with desk.begin() as connection:
        took(connection, 0.1, at=NOON - 11 * HOUR)
        sent(connection, NOON - HOUR)

    assert only()["n"] == 0


def test_a_case_past_its_limit_has_only_the_chance_to_be_open_at_the_meeting(desk: Engine) -> None:
    with desk.begin() as connection:
        took(connection, 1.5, 1.5, 4.0, at=NOON - 6 * DAY)
        late = sent(connection, NOON - 11 * HOUR)

    row = chances(Scope(NOON)).iloc[0]

    # Meeting day is the 26th: its figures close 23 hours after the case was sent, 2.3 of its limits.
    assert row["case_id"] == late
    assert pd.isna(row["chance"])
    assert row["meeting_chance"] == pytest.approx(1 / 3)
    assert expected(Scope(NOON))["due"].tolist() == [0]


def test_where_no_meeting_is_known_nothing_is_expected_for_it(desk: Engine) -> None:
    beyond = datetime(2090, 3, 1, 12)
    with desk.begin() as connection:
        took(connection, 0.5, 2.0, at=beyond - 5 * DAY)
        sent(connection, beyond - HOUR)

    row, total = chances(Scope(beyond)).iloc[0], expected(Scope(beyond))

    assert row["chance"] == pytest.approx(1 / 2)
    assert pd.isna(row["meeting_chance"])
    assert total["unit_id"].tolist() == [""]
    assert total[["due", "expected", "low", "high"]].isna().all(axis=None)


def test_a_limit_that_ends_with_the_last_day_before_the_meeting_is_among_those_due(desk: Engine) -> None:
    with desk.begin() as connection:
        took(connection, 0.5, 2.0)
        for hours in (13, 13.01):  # 00:00 of the 26th, and after it
            sent(connection, NOON - HOUR, hours)

    assert expected(Scope(NOON))["due"].tolist() == [1, 1]


def test_what_was_returned_says_only_that_it_took_longer(desk: Engine) -> None:
    at = NOON - 5 * DAY
    with desk.begin() as connection:
        took(connection, 0.5, 2.0)
        sent(connection, at, returned_at=at + 2 * HOUR, closed_at=at + 9 * HOUR)
        sent(connection, NOON - HOUR)

    # Of three at 0.1, one leaves unanswered at 0.2; of the two at 0.5, one is answered.
    assert (only()["chance"], only()["n"]) == (pytest.approx(1 / 2), 2)


@pytest.mark.parametrize(("answered", "n", "chance"), [(18, 4, 1 / 4), (None, 2, 1 / 3)])
def test_what_was_given_more_time_did_not_miss_its_limit(
    desk: Engine, answered: int | None, n: int, chance: float
) -> None:
    at = NOON - 5 * DAY
    with desk.begin() as connection:
        took(connection, 0.5, 2.0)
        more = extended(at - 2 * HOUR, at + 2000 * HOUR if answered is None else at + 20 * HOUR)
        sent(connection, at, **more, closed_at=answered and at + answered * HOUR)
        sent(connection, NOON - HOUR)

    # By the first limit 0.4 (extended), 0.5 and 2.0; by the longer one 0.9, or open still.
    assert (only()["n"], only()["chance"]) == (n, pytest.approx(chance))


def test_the_hours_of_a_night_hardly_count(desk: Engine) -> None:
    evening = NOON - 16 * HOUR
    with desk.begin() as connection:
        for _ in range(100):
            last = evening - 7 * DAY
            sent(connection, last, 20, closed_at=last + 14 * HOUR)
            sent(connection, last, 20, closed_at=last + 22 * HOUR)
            sent(connection, last + 12 * HOUR, 20, closed_at=last + 21 * HOUR)
        sent(connection, evening, 20)

    found = chances(Scope(evening + 11 * HOUR))

    # By the clock more of its time would be over than the third kind ever took: a half.
    assert found["chance"].tolist() == [pytest.approx(1 / 3)]


def test_a_units_own_past_counts_from_thirty_answers_on(desk: Engine) -> None:
    with desk.begin() as connection:
        slow = add_unit(connection, "市住建局")
        took(connection, *[0.5] * 60, due_rule="sla.help")
        took(connection, *[2.0] * 29, due_rule="sla.help", unit_id=slow)
        sent(connection, NOON - HOUR, unit_id=slow, due_rule="sla.help")
    row = only()
    assert (row["n"], row["basis"], row["chance"]) == (89, "kind", pytest.approx(29 / 89))

    with desk.begin() as connection:
        took(connection, 2.0, due_rule="sla.help", unit_id=slow)

    # All 30 of its own were late: drawn to 30 of 90 of the kind as if by 30 more.
    row = only()
    assert (row["n"], row["basis"]) == (30, "unit")
    assert row["chance"] == pytest.approx((30 + 30 * 30 / 90) / 60)


def test_the_likeliest_come_first_and_reports_keep_their_matter(desk: Engine) -> None:
    with desk.begin() as connection:
        took(connection, 0.3, 0.5, 1.0, 2.0)
        young, older, oldest = (sent(connection, NOON - hours * HOUR) for hours in (1, 4, 6))
        report = sent(connection, NOON - 7 * HOUR, case={"confidentiality": "report"}, title="举报某单位")

    found = chances(Scope(NOON, limit=3))
    rest = chances(Scope(NOON, limit=3, offset=3))

    assert found["case_id"].tolist() == [report, oldest, older]
    assert rest["case_id"].tolist() == [young]
    assert found["hidden"].tolist() == [True, False, False]
    assert found["title"].tolist() == ["", "路灯不亮", "路灯不亮"]


def test_of_a_unit_only_its_own_cases_are_told(desk: Engine) -> None:
    with desk.begin() as connection:
        took(connection, 0.5, 2.0)
        one, other = add_unit(connection, "市住建局"), add_unit(connection, "市水务局")
        mine = [sent(connection, NOON - HOUR, unit_id=unit) for unit in (one, one, other, None)]

    assert set(chances(Scope(NOON, unit=one))["case_id"]) == set(mine[:2])
    table = expected(Scope(NOON)).set_index("unit_id")
    assert table["due"].to_dict() == {"": 4, one: 2, other: 1, "-": 1}
    assert table.loc[one, "unit"] == "市住建局"
    assert expected(Scope(NOON, unit=one))["expected"].tolist() == [pytest.approx(1.0)] * 2


def test_of_a_large_city_days_are_sampled_and_no_weekday_speaks_for_all(
    desk: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.begin() as connection:
        for day in range(2, 142):
            at = NOON - day * DAY
            took(connection, 2.0 if at.weekday() == 0 else 0.5, at=at)
        sent(connection, NOON - HOUR)
    monkeypatch.setattr(overdue_past, "MOST", 20)

    row = only()

    assert 15 <= row["n"] <= 20
    assert 0 < row["chance"] < 2 / 7


# ── against what happened ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demo as it is shipped."""
    url = f"sqlite:///{tmp_path_factory.mktemp('chances') / 'demo.db'}"
    demo.run(url, demo.plan("today"))
    return url


@pytest.fixture(scope="module")
def baltimore_url(truth: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('chances') / 'baltimore.db'}"
    maps = Path(casedb.__file__).parent / "maps"
    import_file(truth / "baltimore_311_sample.csv", vetting.load(maps / "baltimore.toml"), url)
    return url


@pytest.fixture
def reading(request: pytest.FixtureRequest) -> Iterator[None]:
    database.connect(request.getfixturevalue(request.param))
    yield
    database.dispose()


@pytest.mark.parametrize("reading", ["demo_url"], indirect=True)
def test_in_the_demo_as_many_are_late_as_were_said_to_be(reading: None) -> None:
    found = calibration(Scope(datetime(2026, 11, 25, 10)))
    told = found[found["cases"] >= 30].set_index("from_share")

    assert len(told) >= 7
    tenth = told.loc[0.2]
    assert tenth["cases"] > 500
    assert 0.2 <= tenth["late"] <= 0.3 or tenth["low"] <= tenth["predicted"] <= tenth["high"]
    # Of ten ranges of 95 % one is often missed by chance, of 99.8 % none.
    far = [
        share
        for share, row in told.iterrows()
        if not within(row["predicted"], wilson(row["late"] * row["cases"], row["cases"], ALARM_Z))
    ]
    assert far == []


def within(rate: float, ends: tuple[float, float] | None) -> bool:
    return ends is not None and ends[0] <= rate <= ends[1]


@pytest.mark.parametrize("reading", ["demo_url"], indirect=True)
def test_in_the_demo_chances_say_more_than_the_mean(reading: None) -> None:
    row = skill(Scope(datetime(2026, 11, 25, 10))).iloc[0]

    assert row["cases"] > 5_000
    assert row["brier"] < 0.9 * row["base"]


@pytest.mark.truth
@pytest.mark.parametrize("reading", ["baltimore_url"], indirect=True)
def test_in_baltimore_chances_say_more_than_the_mean(reading: None) -> None:
    row = skill(Scope(datetime(2019, 2, 13, 16, 18, 56))).iloc[0]

    assert row["cases"] > 300
    assert row["brier"] < 0.9 * row["base"]
    assert row["last"] < datetime(2019, 2, 13)
