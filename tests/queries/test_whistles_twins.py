"""Every figure of the whistles against its slow twin and its list, over cities with broken rows in them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pandas as pd
import pytest
from sqlalchemy import Engine

from queries import cases, counted, whistles, whistles_list, whistles_tiles
from queries.arguments import MISSING, Scope
from queries.league_rows import Look
from rules.frequency import interval
from rules.ranking import wilson
from rules.rulebook import load
from tests.queries import whistle_twins as twins
from tests.queries.conftest import peopled
from tests.queries.whistle_worlds import DAYS, MINUTE, START, UNITS, World, build, crowd
from tests.servers import ON_SERVERS

SIZE = 80


@pytest.fixture(scope="module", params=["one_file", *ON_SERVERS])
def views(request: pytest.FixtureRequest) -> Iterator[tuple[Engine, World]]:
    """A city of whistles in a case database that promises nothing, on each server."""
    yield from peopled(request, lambda: crowd(request.param_index, SIZE), build)


def scopes(world: World, number: int) -> list[Scope]:
    """Periods of quarter hours around the moment, with a filter or two."""
    chance = Random(number)
    found = []
    for _ in range(number):
        start = START + chance.randint(0, DAYS * 48) * 15 * MINUTE
        end = chance.choice([None, start + chance.randint(1, DAYS * 96) * 15 * MINUTE])
        filters = {
            "unit": chance.choice([None, None, *UNITS]),
            "other": chance.choice([None, None, None, "town-1", "town-2"]),
            "area": chance.choice([None, None, None, "area-1", "area-1-1", MISSING]),
        }
        found.append(Scope(world.as_of, start, end, **filters))
    return found


def listed(scope: Scope, name: str) -> Counter:
    """The rows of a list as the twin names them."""
    rows = whistles.list(replace(scope, set=name, limit=10_000))
    is_pair = name in twins.OF_SUMMONS
    return (
        Counter(zip(rows["whistle_id"], rows["unit_id"], strict=True))
        if is_pair
        else Counter(rows["whistle_id"])
    )


def test_every_set_has_a_twin() -> None:
    assert {*twins.OF_SUMMONS, *twins.OF_WHISTLES, "spots"} == set(whistles_list.NAMES)


def test_every_set_lists_exactly_what_its_twin_finds_and_counts_as_many(world: World) -> None:
    total = Counter()
    for scope in [Scope(world.as_of, START), *scopes(world, 3)]:
        period = Look.of(scope).now
        for name in (*whistles_list.NAMES, "spot_spot-1", "spot_nowhere"):
            expected = twins.members(world, period, name)
            assert listed(scope, name) == expected, (name, scope)
            counted = whistles.count(replace(scope, set=name))["rows"].tolist()
            assert counted == [expected.total()], (name, scope)
            total[name] += expected.total()
    # then: and no set was looked for in vain
    assert [name for name in whistles_list.NAMES if not total[name]] == []


def test_every_tile_is_as_long_as_its_list(world: World) -> None:
    for scope in scopes(world, 4):
        row = whistles.tiles(scope).iloc[0]
        look = Look.of(scope)

        for name in (*whistles_tiles.UNITS, "all_there", "today"):
            assert row[name] == twins.members(world, scope, name).total(), (name, scope)
        assert row["open"] == twins.members(world, scope, "under_way").total()
        for when, period in (("", look.now), ("before_", look.before)):
            for base, kept in (("pairs", "pairs_kept"), ("whole", "whole_kept")):
                if period is None:
                    assert pd.isna(row[f"{base}_{when}n"])
                    continue
                assert row[f"{base}_{when}n"] == twins.members(world, period, base).total(), scope
                assert row[f"{base}_{when}k"] == twins.members(world, period, kept).total(), scope
        assert row["pairs_unconfirmed"] == twins.members(world, look.now, "unconfirmed").total(), scope


def test_what_is_awaited_is_in_stock_and_in_its_list(world: World) -> None:
    scope = Scope(world.as_of)

    stock = whistles.stock(scope).iloc[0]

    assert stock["awaiting"] == twins.members(world, scope, "awaiting").total()
    assert stock["late"] == twins.members(world, scope, "late").total()
    assert stock["whistles"] == twins.members(world, scope, "under_way").total()


def test_each_summons_under_way_stands_as_its_twin_says(world: World) -> None:
    scope = Scope(world.as_of)
    pairs = [pair for one in twins.blown(world, scope) if one.open for pair in one.called]

    rows = whistles.active(scope)

    def facts(pair: twins.Pair) -> tuple:
        row = pair.whistle.row
        return (
            *(pair.whistle.code, pair.unit, pair.state, pair.late_minutes, pair.first, pair.last),
            *(twins.again(world, row, world.as_of), twins.hidden(world, row)),
        )

    names = ["whistle_id", "unit_id", "state", "late_minutes", "due_at", "last_due_at", "times", "hidden"]
    found = rows[names].astype(object).where(rows[names].notna(), None).itertuples(index=False, name=None)
    assert Counter(found) == Counter(map(facts, pairs))
    assert (rows.loc[rows["hidden"], ["matter", "place"]] == "").all(axis=None)


def test_the_day_has_every_summons_of_today_and_all_still_open(world: World) -> None:
    for scope in [Scope(world.as_of), *scopes(world, 3)]:
        mine = [one for one in twins.blown(world, scope) if one.today or one.open]

        rows = whistles.day(scope)

        expected = Counter(
            (one.code, pair.unit, pair.state, one.end, one.over_at) for one in mine for pair in one.called
        )
        names = ["whistle_id", "unit_id", "state", "end", "closed_at"]
        found = rows[names].astype(object).where(rows[names].notna(), None).itertuples(index=False, name=None)
        assert Counter(found) == expected
        assert rows["accepted_at"].is_monotonic_increasing
        for name in ("closed_at", "arrived_at", "left_at"):
            assert not (rows[name] > world.as_of).any(), name


def test_each_unit_has_the_figures_of_its_twin_and_stands_against_the_mean_of_all(world: World) -> None:
    for scope in scopes(world, 5):
        period = Look.of(scope).now
        expected = twins.by_unit(world, period)
        everyone = twins.by_unit(world, Scope(period.as_of, period.start, period.end)).values()
        total = sum(row["n"] for row in everyone)

        rows = whistles.units(scope).set_index("unit_id")

        assert set(rows.index) == set(expected)
        for unit, row in rows.iterrows():
            twin = expected[unit]
            for name in ("k", "n", "lead_k", "lead_n", "unconfirmed", "closed", "good", "rated"):
                assert row[name] == twin[name], (unit, name, scope)
            assert (row["assist_k"], row["assist_n"]) == (
                twin["k"] - twin["lead_k"],
                twin["n"] - twin["lead_n"],
            )
            assert (
                row["stay_minutes"] == pytest.approx(twin["stay"])
                if twin["stays"]
                else pd.isna(row["stay_minutes"])
            )
            if twin["n"]:
                assert row["mean"] == pytest.approx(sum(one["k"] for one in everyone) / total)
                assert (row["low"], row["high"]) == pytest.approx(wilson(twin["k"], twin["n"]))
            else:
                assert row[["rate", "low", "high"]].isna().all()


def test_the_ratings_of_both_sides_are_those_of_the_lists(world: World) -> None:
    for scope in scopes(world, 4):
        period = Look.of(scope).now

        rows = whistles.ratings(scope).set_index("side")

        for side in ("town", "unit"):
            good, rated = (
                twins.members(world, period, f"{what}_{side}").total() for what in ("good", "rated")
            )
            assert (rows.loc[side, "good"], rows.loc[side, "rated"]) == (good, rated)
            assert rows.loc[side, "rate"] == good / rated if rated else pd.isna(rows.loc[side, "rate"])


def test_each_town_has_the_whistles_and_orders_of_its_twin(world: World) -> None:
    for scope in scopes(world, 5):
        period = replace(Look.of(scope).now, other=None, area=None)
        taken = [one for one in twins.blown(world, period) if one.taken]

        whole = whistles.towns(replace(scope, other=None, area=None)).set_index("town_id")
        shown = whistles.towns(scope)

        assert whole["whistles"].sum() == len(taken)
        for town, row in whole.iterrows():
            mine = [one for one in taken if one.row["town_id"] == town]
            closed = [one for one in mine if one.signed_off]
            assert row["whistles"] == len(mine)
            assert (row["void"], row["cancelled"]) == (
                sum(o.void for o in mine),
                sum(o.cancelled for o in mine),
            )
            assert row["closed"] == len(closed)
            orders = _orders(world, period, town)
            assert pd.isna(row["orders"]) if orders is None else row["orders"] == orders
            per_100 = pytest.approx(100 * len(mine) / orders) if orders else None
            assert row["per_100"] == per_100 if orders else pd.isna(row["per_100"])
            assert row["outside"] == _outside(row)
        kept = shown.set_index("town_id")
        pd.testing.assert_frame_equal(kept, whole.loc[kept.index], check_names=False)


def test_the_orders_of_a_town_are_as_many_as_the_list_they_open(world: World) -> None:
    figures = 0
    for scope in [Scope(world.as_of, START), *scopes(world, 5)]:
        known = whistles.towns(scope)
        for row in known[known["orders"].fillna(0) > 0].to_dict("records"):
            listed = counted.behind("whistles/towns", "orders", row, scope)
            assert cases.count(listed)["cases"].tolist() == [row["orders"]], (row, scope)
            figures += 1
    assert figures


def test_the_pairs_of_a_unit_are_as_many_as_the_lists_they_open(world: World) -> None:
    columns = {
        **{f"{role}_{what}": f"{role}_pairs{end}" for role in ("lead", "assist")
           for what, end in (("n", ""), ("k", "_kept"))},
        "closed": "pairs_closed",
    }  # fmt: skip
    for scope in [Scope(world.as_of, START), *scopes(world, 3)]:
        for row in whistles.units(scope).to_dict("records"):
            for column, name in columns.items():
                listed = replace(scope, set=name, unit=row["unit_id"])
                assert whistles.count(listed)["rows"].tolist() == [row[column]], (row, scope)


def _outside(row: pd.Series) -> str:
    """Where the whole interval of a town of enough orders lies to the band."""
    if pd.isna(row["orders"]) or row["orders"] < load().whistle.least_orders:
        return "few"
    low, high = (100 * end / row["orders"] for end in interval(row["whistles"]))
    return "low" if high < row["band_low"] else "high" if low > row["band_high"] else ""


def _orders(world: World, scope: Scope, town: str) -> int | None:
    """Requests received in the period of the town's area that had been sent out; None: it has no area."""
    area = twins.OFFICES.get(town)
    if area is None:
        return None
    inside = [
        case
        for case in world.cases
        if (case["area_id"] or "").startswith(area)
        and case["received_at"] <= scope.as_of
        and (scope.start is None or case["received_at"] >= scope.start)
        and (scope.end is None or case["received_at"] < scope.end)
    ]
    return sum(case["dispatched_at"] is not None and case["dispatched_at"] <= scope.as_of for case in inside)


def test_a_spot_whistled_at_again_is_listed_with_its_last_whistle(world: World) -> None:
    for scope in [Scope(world.as_of), *scopes(world, 3)]:
        expected = {spot: some for spot, some in twins.spots(world, scope).items() if len(some) > 1}

        rows = whistles.spots(scope).set_index("spot_id")

        assert rows["times"].to_dict() == {spot: len(some) for spot, some in expected.items()}
        assert rows["is_proposed"].to_dict() == {spot: len(some) >= 3 for spot, some in expected.items()}
        for spot, row in rows.iterrows():
            newest = max(expected[spot], key=lambda one: (one.row["at"], one.code))
            assert row["last_at"] == newest.row["at"]
            assert row["hidden"] == twins.hidden(world, newest.row)
            assert row["place"] == ("" if row["hidden"] else newest.row["place"])
