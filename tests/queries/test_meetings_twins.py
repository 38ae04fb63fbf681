"""Every figure of the look-back against its slow twin and its list, over cities with broken rows in them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time

import pandas as pd
import pytest
from sqlalchemy import Engine

from queries import meetings, meetings_items, meetings_rates
from queries.arguments import MISSING, Scope
from queries.meetings_lookback import COLUMNS
from tests.queries import meeting_twins as twins
from tests.queries.conftest import peopled
from tests.queries.meeting_worlds import DAY, GONE, UNITS, World, build, crowd
from tests.servers import ON_SERVERS

SIZE = 120

FACTS = [
    *("item_id", "case_id", "number", "hidden", "batch_date", "lead_unit_id", "lead_unit"),
    *("assist_unit_ids", "assist_units", "is_promised", "is_kept"),
    *("first_due_at", "step", "refused_count", "is_late", "closed_at", "signed_off_at", "rating", "rated_at"),
    *("is_reopened", "reopened_by", "reopened_at", "faults"),
]


@pytest.fixture(scope="module", params=["one_file", *ON_SERVERS])
def views(request: pytest.FixtureRequest) -> Iterator[tuple[Engine, World]]:
    """A city of meetings in a case database that promises nothing, on each server."""
    yield from peopled(request, lambda: crowd(request.param_index, SIZE), build)


def plain(rows: pd.DataFrame) -> list[tuple]:
    found = rows[FACTS].astype(object).where(rows[FACTS].notna(), None)
    return list(found.itertuples(index=False, name=None))


def listed(scope: Scope, name: str) -> Counter:
    rows = meetings.items(replace(scope, set=name, limit=10_000))
    assert meetings.items_count(replace(scope, set=name))["rows"].tolist() == [len(rows)]
    return Counter(rows["item_id"])


def test_every_item_stands_as_its_twin_says(world: World) -> None:
    expected = {one.code: one for one in twins.items(world)}

    rows = meetings.items(Scope(world.as_of, set="all", limit=10_000))

    assert Counter(plain(rows)) == Counter(one.facts for one in expected.values())
    for row in rows.to_dict("records"):
        slip = expected[row["item_id"]].slip
        assert pd.isna(row["slip_days"]) if slip is None else row["slip_days"] == pytest.approx(slip)


def test_no_text_names_a_person_and_hidden_ones_say_nothing(world: World) -> None:
    rows = meetings.items(Scope(world.as_of, set="all", limit=10_000))

    assert not rows["title"].str.contains("13812345678").any()
    assert not rows["pledge"].fillna("").str.contains("13912345678").any()
    assert (rows.loc[rows["hidden"], ["title", "pledge", "case_id"]] == "").all(axis=None)
    assert rows["hidden"].any()


def test_every_set_has_a_twin_and_lists_exactly_what_it_finds(world: World) -> None:
    assert set(twins.OF_ITEMS) == set(meetings_items.SETS)
    found = twins.items(world)
    for name, holds in twins.OF_ITEMS.items():
        mine = [one.code for one in found if holds(one)]
        assert listed(Scope(world.as_of), name) == Counter(mine), name
        # then: and no set was looked for in vain
        assert mine, name


@pytest.mark.parametrize(("unit", "lead"), [(UNITS[0], UNITS[0]), (MISSING, ""), (GONE, GONE)])
def test_the_items_of_a_unit_are_those_it_leads(world: World, unit: str, lead: str) -> None:
    mine = [one.code for one in twins.items(world) if one.lead == lead]

    assert listed(Scope(world.as_of, unit=unit), "all") == Counter(mine)


def test_items_of_batches_held_in_a_period_are_listed_by_the_day_they_were_held(world: World) -> None:
    days = sorted({one.day for one in twins.items(world)})
    for first, last in ((days[0], days[-1]), (days[1], days[3])):
        scope = Scope(world.as_of, datetime.combine(first, time()), datetime.combine(last, time()))

        rows = listed(scope, "all")

        assert rows == Counter(one.code for one in twins.items(world) if first <= one.day < last)


def test_the_rates_count_what_their_twins_do_(world: World) -> None:
    found = twins.items(world)
    rows = meetings.close_rates(Scope(world.as_of))

    for by, key in twins.KEYS.items():
        mine = rows[rows["by"] == by]
        assert Counter(mine["key"]) == Counter({key(one) for one in found}), by
        for row in mine.to_dict("records"):
            own = [one for one in found if key(one) == row["key"]]
            for figure, name in meetings_rates.FIGURES.items():
                assert row[figure] == sum(map(twins.OF_ITEMS[name], own)), (by, row["key"], figure)
            rate = row["promise_kept"] / row["promise_due"] if row["promise_due"] else None
            assert pd.isna(row["kept_rate"]) if rate is None else row["kept_rate"] == rate


def test_a_rate_opens_as_many_items_as_it_counts(world: World) -> None:
    scope = Scope(world.as_of)
    rows = meetings.close_rates(scope)
    # given of each way of summing the first, and what names no unit, chair or owner
    for row in rows[(rows["key"] == "") | ~rows["by"].duplicated()].to_dict("records"):
        for figure in ("assigned", "promise_kept", "open"):
            opened = meetings_items.behind(scope, row["by"], row, meetings_rates.FIGURES[figure])

            assert meetings.items_count(opened)["rows"].tolist() == [row[figure]], (row, figure)


def test_each_look_back_has_the_items_of_its_twin_in_that_order(world: World) -> None:
    for meeting in twins.held(world)[3:-3]:
        day = meeting["actual_date"]
        pack = meetings.pack(day, world.as_of + 90 * DAY)
        last = twins.previous(world, meeting)
        assert pack.scope.end == twins.closes(meeting)
        assert last and pack.scope.start == twins.closes(last)

        rows = meetings.look_back(replace(pack.scope, as_of=world.as_of))

        assert rows["item_id"].tolist() == twins.look_back(world, last, meeting), day
        assert list(rows.columns) == COLUMNS


def test_both_figures_of_a_look_back_are_as_long_as_their_lists(world: World) -> None:
    scope = meetings.pack(None, world.as_of).scope

    last = meetings.look_back(scope)["is_last_batch"]

    older = Scope(scope.as_of, end=scope.start, set="unsettled")
    mine = Scope(scope.as_of, scope.start, scope.end, set="all")
    counts = [meetings.items_count(one)["rows"].iloc[0] for one in (mine, older)]
    assert counts == [last.sum(), (~last).sum()]
    assert min(counts) > 0


def test_all_items_not_signed_off_are_listed_oldest_batch_first(world: World) -> None:
    open_still = [one for one in twins.items(world) if not one.signed]

    rows = meetings.open_items(Scope(world.as_of))

    assert rows["item_id"].tolist() == [one.code for one in sorted(open_still, key=twins._order)]


def test_who_chaired_is_counted_of_meetings_that_were_held(world: World) -> None:
    before = [row for row in world.meetings if datetime.combine(row["actual_date"], time()) < world.as_of]
    today = world.as_of.date()
    held = [
        row
        for row in before
        if row["state"] == "held" or (row["state"] == "planned" and row["actual_date"] < today)
    ]

    rows = meetings.chaired(Scope(world.as_of))

    expected = Counter(row["chair_role"] or "" for row in held)
    assert rows.set_index("chair_role")["meetings"].to_dict() == expected
    assert rows["meetings"].is_monotonic_decreasing
