"""The figures of the whistles at the edges of their words: limits, proof, who is wanted, what is usual."""

import json
from datetime import datetime, timedelta

import pandas as pd
import pytest

from queries import door, units, whistles, whistles_list
from queries.arguments import BadArgument, Scope
from tests.builders import (
    DAY,
    HOUR,
    add_area,
    add_arrival,
    add_assignment,
    add_case,
    add_summons,
    add_unit,
    add_whistle,
)

AT = datetime(2026, 11, 25, 9, 42)
MIDNIGHT = datetime(2026, 11, 25)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def city(desk):
    """A town and its units; functions that blow a whistle and call a unit to it."""
    with desk.begin() as connection:
        town = add_unit(connection, "玉河街道", unit_id="town", unit_group="town", short_name="玉河")
        for code in "abc":
            add_unit(connection, f"{code}局", unit_id=code, short_name=code.upper())

    class City:
        tells_arrivals = False

        def blow(self, at=AT - 2 * HOUR, **values) -> str:
            with desk.begin() as connection:
                if not self.tells_arrivals:
                    add_arrival(connection)
                    self.tells_arrivals = True
                return add_whistle(connection, values.pop("town_id", town), at, **values)

        def call(self, whistle: str, unit: str = "a", at=AT - 2 * HOUR, **values) -> str:
            row = {"called_at": at, "due_at": at + 30 * MINUTE, **values}
            with desk.begin() as connection:
                return add_summons(connection, whistle, unit, **row)

        def add(self, builder, *given, **values) -> str:
            with desk.begin() as connection:
                return builder(connection, *given, **values)

    return City()


def pairs(as_of=AT, start=AT - 30 * DAY, end=None, **filters) -> tuple[int, int]:
    """Kept of counted, as the tiles have it; the units and the list say the same."""
    scope = Scope(as_of, start, end, **filters)
    row, by_unit = whistles.tiles(scope).iloc[0], whistles.units(scope)
    found = int(row["pairs_k"]), int(row["pairs_n"])
    assert (by_unit["k"].sum(), by_unit["n"].sum()) == found
    listed = (
        len(whistles.list(Scope(as_of, start, end, set=name, **filters))) for name in ("pairs_kept", "pairs")
    )
    assert tuple(listed) == found
    return found


def whole(as_of=AT, start=AT - 30 * DAY, end=None, **filters) -> tuple[int, int]:
    row = whistles.tiles(Scope(as_of, start, end, **filters)).iloc[0]
    return int(row["whole_k"]), int(row["whole_n"])


def one(name: str, as_of=AT, **given) -> pd.Series:
    return getattr(whistles, name)(Scope(as_of, **given)).iloc[0]


# ── on time ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("beside", "kept"), [(-SECOND, 1), (0 * SECOND, 1), (SECOND, 0)])
def test_arriving_at_the_very_limit_is_on_time(city, beside, kept):
    city.call(city.blow(), arrived_at=AT - 90 * MINUTE + beside)

    assert pairs() == (kept, 1)
    assert whole() == (kept, 1)


def test_on_its_own_page_a_unit_is_late_only_beyond_its_limit(city):
    limit = AT - 90 * MINUTE
    city.call(city.blow(), "a", arrived_at=limit)
    city.call(city.blow(), "b", arrived_at=limit + SECOND)
    city.call(city.blow(), "c")

    def state(unit: str, as_of: datetime = AT) -> list:
        row = units.whistles(Scope(as_of, MIDNIGHT, unit=unit)).iloc[0]
        return row[["state", "minutes"]].tolist()

    assert [state("a"), state("b")] == [["on_time", 30], ["late", 1]]
    assert state("c", limit) == ["waiting", 0]
    assert state("c", limit + SECOND) == ["missing", 1]


def test_a_whistle_before_midnight_belongs_to_the_day_of_its_limit(city):
    # given a whistle at 23:55 and an arrival 25 minutes later, at 00:20
    accepted = MIDNIGHT - 5 * MINUTE
    city.call(city.blow(accepted), at=accepted, due_at=None, arrived_at=accepted + 25 * MINUTE)
    # when, then
    assert pairs(start=MIDNIGHT - DAY, end=MIDNIGHT) == (0, 0)
    assert pairs(start=MIDNIGHT, end=MIDNIGHT + DAY) == (1, 1)
    assert whole(start=MIDNIGHT, end=MIDNIGHT + DAY) == (1, 1)
    row = units.whistles(Scope(AT, MIDNIGHT - DAY, unit="a")).iloc[0]
    assert (row["state"], row["minutes"]) == ("on_time", 25)


def test_one_late_of_two_units_is_half_the_pairs_and_no_whole_whistle(city):
    whistle = city.blow()
    city.call(whistle, "a", arrived_at=AT - 100 * MINUTE)
    city.call(whistle, "b", arrived_at=AT - 80 * MINUTE)

    assert pairs() == (1, 2)
    assert whole() == (0, 1)


def test_in_the_country_the_last_limit_decides_and_the_soft_one_is_counted_apart(city):
    # given a whistle in the country 90 minutes ago, and one 60 minutes ago
    for ago in (90, 60):
        at = AT - ago * MINUTE
        city.call(city.blow(at, area_kind="rural"), at=at, due_at=None)
    # when
    row = one("tiles")
    # then: at the very soft limit it is nearly due, not yet past it
    assert (row["late"], row["soft"], row["soon"]) == (0, 1, 1)
    assert pairs(AT + 30 * MINUTE) == (0, 0)
    assert one("tiles", AT + 30 * MINUTE)["late"] == 0
    assert pairs(AT + 30 * MINUTE + SECOND) == (0, 1)
    assert one("tiles", AT + 30 * MINUTE + SECOND)["late"] == 1


def test_a_limit_that_is_not_stated_follows_from_the_place(city):
    at = AT - 2 * HOUR
    for kind, minutes in (("urban", 30), ("rural", 120)):
        whistle = city.blow(at, area_kind=kind)
        city.call(whistle, at=at, due_at=None, arrived_at=at + minutes * MINUTE)
    rows = whistles.active(Scope(AT)).set_index("area_kind")

    assert pairs(AT + SECOND) == (2, 2)
    assert rows.loc["urban", ["limit_minutes", "last_limit_minutes"]].tolist() == [30, 30]
    assert rows.loc["rural", ["limit_minutes", "last_limit_minutes"]].tolist() == [60, 120]


def test_a_limit_that_is_stated_wins_over_the_place(city):
    at = AT - 2 * HOUR
    city.call(city.blow(at, area_kind="rural"), at=at, due_at=at + 20 * MINUTE, arrived_at=at + 25 * MINUTE)

    assert pairs() == (0, 1)


def test_what_is_not_yet_due_is_outside(city):
    at = AT - 30 * MINUTE
    city.call(city.blow(at), at=at, arrived_at=at + MINUTE)

    assert (pairs(AT), whole(AT)) == ((0, 0), (0, 0))
    assert (pairs(AT + SECOND), whole(AT + SECOND)) == ((1, 1), (1, 1))


# ── proof ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_unit_in_time_by_its_own_word_is_neither_kept_nor_late_however_long_nobody_confirms(city):
    # given one arrival proved, one on the unit's own word
    came = AT - 100 * MINUTE
    city.call(city.blow(), arrived_at=came)
    city.call(city.blow(), arrived_at=came, arrival_proof="self")
    # when, then
    for moment in (AT, came + DAY, came + DAY + SECOND, AT + 20 * DAY):
        assert pairs(moment) == (1, 1), moment
        assert whole(moment) == (1, 1), moment
        scope = Scope(moment, AT - DAY)
        assert one("tiles", moment, start=AT - DAY)["pairs_unconfirmed"] == 1
        assert whistles.units(scope)["unconfirmed"].tolist() == [1]
        assert len(whistles.list(Scope(moment, AT - DAY, set="unconfirmed"))) == 1
        assert whistles.list(Scope(moment, AT - DAY, set="pairs_late")).empty
        assert units.whistles(Scope(moment, AT - DAY, unit="a"))["state"].tolist() == [
            "unconfirmed",
            "on_time",
        ]


@pytest.mark.parametrize(("beside", "counted"), [(0 * SECOND, (0, 0)), (SECOND, (0, 1))])
def test_who_came_late_by_its_own_word_is_late_and_nothing_is_to_be_confirmed(city, beside, counted):
    city.call(city.blow(), arrived_at=AT - 90 * MINUTE + beside, arrival_proof="self")

    assert (pairs(), whole()) == (counted, counted)
    assert whistles.units(Scope(AT, AT - DAY))["unconfirmed"].sum() == 1 - counted[1]
    assert len(whistles.list(Scope(AT, set="claimed"))) == 1 - counted[1]
    assert one("list", start=AT - DAY, set="today")["whistle_id"]
    row = units.whistles(Scope(AT, AT - DAY, unit="a")).iloc[0]
    assert row["state"] == ("late" if counted[1] else "unconfirmed")


@pytest.mark.parametrize(("after", "counted"), [(DAY, (1, 1)), (DAY + SECOND, (0, 0))])
def test_a_confirmation_counts_within_a_day(city, after, counted):
    came = AT - 100 * MINUTE
    city.call(city.blow(), arrived_at=came, arrival_proof="self", confirmed_at=came + after)

    assert pairs(AT + 2 * DAY) == counted


def test_the_page_of_a_unit_says_on_time_only_of_limits_that_have_passed(city):
    # given one in time, one there while the limit runs, one called before the period and due in it
    city.call(city.blow(), arrived_at=AT - 100 * MINUTE)
    city.call(city.blow(AT - MINUTE), at=AT - MINUTE, arrived_at=AT)
    scope = Scope(AT, AT - 100 * MINUTE, unit="a")
    # when
    states = units.whistles(scope)["state"].tolist()
    # then
    assert states == ["there", "on_time"]
    assert pairs(start=AT - 100 * MINUTE, unit="a") == (1, 1)
    later = Scope(AT + HOUR, AT - 100 * MINUTE, unit="a")
    assert units.whistles(later)["state"].tolist() == ["on_time", "on_time"]


@pytest.mark.parametrize("proof", ["position", "township", None])
def test_an_arrival_proved_otherwise_or_by_nothing_named_counts_at_once(city, proof):
    city.call(city.blow(), arrived_at=AT - 100 * MINUTE, arrival_proof=proof)

    assert pairs() == (1, 1)


def test_a_whistle_with_one_unit_late_is_not_whole_whatever_the_others_prove(city):
    whistle = city.blow()
    city.call(whistle, "a", arrived_at=AT - 100 * MINUTE, arrival_proof="self")
    city.call(whistle, "b")

    assert (pairs(), whole()) == ((0, 1), (0, 1))


# ── wanted ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("beside", "n"), [(-SECOND, 0), (0 * SECOND, 0), (SECOND, 1)])
def test_a_whistle_withdrawn_by_the_limit_calls_nobody(city, beside, n):
    city.call(city.blow(cancelled_at=AT - 90 * MINUTE + beside))

    assert (pairs(), whole()) == ((0, n), (0, n))
    assert whistles.day(Scope(AT))["state"].tolist() == ["late" if n else "called"]


@pytest.mark.parametrize("moment", [AT - 100 * MINUTE, AT - 10 * MINUTE])
def test_a_void_whistle_and_a_unit_ruled_out_count_for_nothing_whenever_it_was_ruled(city, moment):
    city.call(city.blow(ruled_void_at=moment))
    whistle = city.blow()
    city.call(whistle, "a", ruled_out_at=moment)
    city.call(whistle, "b", arrived_at=AT - 95 * MINUTE)

    assert (pairs(), whole()) == ((1, 1), (1, 1))


def test_a_whistle_that_was_over_before_everyone_came_leaves_the_missing_late_by_then(city):
    city.call(city.blow(closed_at=AT - 80 * MINUTE))
    row = one("list", AT + DAY, start=AT - DAY, set="pairs_late")

    assert (row["late_minutes"], row["end"]) == (10, "closed")


# ── now ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_quarter_of_the_limit_left_is_nearly_due(city):
    # given a limit of 40 minutes, ten of them left
    at = AT - 30 * MINUTE
    city.call(city.blow(at), at=at, due_at=at + 40 * MINUTE)
    # when, then
    assert one("tiles", AT - SECOND)["soon"] == 0
    assert one("tiles", AT)["soon"] == 1
    assert one("tiles", AT + 10 * MINUTE)["soon"] == 1
    assert one("tiles", AT + 10 * MINUTE + SECOND)[["soon", "late"]].tolist() == [0, 1]


def test_the_tiles_count_units_and_whistles_under_way(city):
    # given one with all there, one with a late lead, one nobody is wanted at, one that called nobody
    first, second, third = city.blow(), city.blow(), city.blow()
    city.blow()
    city.call(first, "a", role="lead", arrived_at=AT - HOUR)
    city.call(first, "b", ruled_out_at=AT - HOUR)
    city.call(second, "c", role="lead")
    city.call(second, "a", arrived_at=AT - HOUR)
    city.call(second, "b")
    city.call(third, "a", ruled_out_at=AT - HOUR)
    # when
    row = one("tiles")
    # then
    assert row[["open", "today", "all_there"]].tolist() == [4, 4, 1]
    assert row[["arrived", "summoned", "leads_there", "leads"]].tolist() == [2, 4, 1, 2]
    assert row["late"] == 2
    assert row["late_units"] == "C、B"
    assert one("stock")["whistles"] == 4
    assert len(whistles.list(Scope(AT))) == 4


def test_a_unit_late_at_two_whistles_is_named_once_and_counted_twice(city):
    for _ in range(2):
        city.call(city.blow(), "a")

    assert one("tiles")[["late", "late_units"]].tolist() == [2, "A"]


def test_where_nobody_records_whistles_no_tile_is_nought(desk):
    assert one("tiles").drop("late_units").isna().all()


def test_what_is_usual_needs_four_like_weekdays_since_whistles_are_recorded(city):
    # given two whistles four Wednesdays ago, one of them later in the day than now, and none since
    city.blow(MIDNIGHT - timedelta(weeks=4))
    city.blow(MIDNIGHT - timedelta(weeks=4) + 10 * HOUR)
    # when, then: a recorded day without whistles is a nought
    assert one("tiles")[["today", "usual_low", "usual_high"]].tolist() == [0, 0.0, pytest.approx(0.7)]
    later = one("tiles", AT + HOUR)
    assert later["usual_high"] == pytest.approx(1.4)
    # and a week earlier the first of the four was not recorded
    assert one("tiles", AT - timedelta(weeks=1))[["usual_low", "usual_high"]].isna().all()


# ── units and ratings ────────────────────────────────────────────────────────────────────────────────────


def test_a_unit_is_worse_only_where_its_whole_interval_is_below_the_mean_of_all(city):
    # given 72.7 % of 33 pairs, of 11, and of nine; the rest is all in time
    for unit, kept, n in (("a", 24, 33), ("b", 8, 11), ("c", 8, 9), ("town", 90, 95)):
        whistle = city.blow()
        for number in range(n):
            city.call(whistle, unit, arrived_at=AT - 100 * MINUTE if number < kept else None)
    # when
    rows = whistles.units(Scope(AT, AT - DAY)).set_index("unit_id")
    # then: those of too few pairs come last
    assert rows["tier"].to_dict() == {"town": "better", "b": "same", "a": "worse", "c": "few"}
    assert rows.index.tolist() == ["town", "a", "b", "c"]
    assert rows.loc["a", "rate"] == pytest.approx(24 / 33)
    assert rows["mean"].tolist() == pytest.approx([130 / 148] * 4)
    assert whistles.units(Scope(AT, AT - DAY, unit="a"))["mean"].tolist() == pytest.approx([130 / 148])


def test_a_rating_is_known_once_the_whistle_is_signed_off_and_none_is_no_good_one(city):
    # given
    whistle = city.blow(closed_at=AT, unit_rating=4)
    city.call(whistle, "a", town_rating=4, arrived_at=AT - HOUR, left_at=AT - 20 * MINUTE)
    city.call(whistle, "b", town_rating=3, arrived_at=AT - HOUR, left_at=AT - 30 * MINUTE)
    city.call(whistle, "c")
    # when, then
    before = whistles.ratings(Scope(AT - SECOND, AT - DAY))
    assert before[["good", "rated"]].to_numpy().tolist() == [[0, 0], [0, 0]]
    assert before[["rate", "low", "high"]].isna().all(axis=None)
    rows = whistles.ratings(Scope(AT, AT - DAY)).set_index("side")
    assert rows[["good", "rated", "rate"]].to_numpy().tolist() == [[1, 2, 0.5], [1, 1, 1.0]]
    found = whistles.units(Scope(AT, AT - DAY)).set_index("unit_id")
    assert found.loc["a", ["good", "rated", "stay_minutes"]].tolist() == [1, 1, 40]
    assert found.loc["b", ["good", "rated", "stay_minutes"]].tolist() == [0, 1, 30]
    assert found.loc["c", "rated"] == 0
    listed = whistles.list(Scope(AT - SECOND, AT - DAY, set="pairs"))
    assert listed[["town_rating", "unit_rating"]].isna().all(axis=None)


# ── towns and spots ──────────────────────────────────────────────────────────────────────────────────────


def towns_of(city, *counts: tuple[int, int]) -> list[str]:
    """A town for each number of whistles and of orders; the areas of all."""
    areas = []
    for number, (blown, orders) in enumerate(counts, 1):
        code = city.add(add_unit, f"{number}镇", unit_id=f"t-{number:02}", unit_group="town")
        areas.append(city.add(add_area, f"{number}镇", unit_id=code))
        for _ in range(orders):
            city.add(add_case, AT - DAY, area_id=areas[-1], dispatched_at=AT - DAY)
        for _ in range(blown):
            city.blow(town_id=code, closed_at=AT - HOUR)
    return areas


def test_a_town_is_outside_only_where_its_whole_interval_is_beyond_nine_in_ten(city):
    # given ten towns of 2 on 10, one of 1 on 40, of 10 on 10, of 4 on 10 (which may be chance)
    areas = towns_of(city, *[(2, 10)] * 10, (1, 40), (10, 10), (4, 10))
    city.add(add_case, AT - DAY, area_id=areas[-1])
    # when
    rows = whistles.towns(Scope(AT, AT - 2 * DAY)).set_index("town_id")
    # then: the town of the fixture has no area, so nobody knows its orders
    told = rows["outside"][rows["outside"] != ""].to_dict()
    assert told == {"t-11": "low", "t-12": "high", "town": "few"}
    assert rows.loc["t-13", ["orders", "per_100", "closed", "hours"]].tolist() == [10, 40, 4, 1]
    assert rows.loc["t-13", ["per_100_low", "per_100_high"]].tolist() == pytest.approx([10.9, 102.4], abs=0.1)
    assert rows.loc["town", ["orders", "per_100", "per_100_low"]].isna().all()
    assert set(rows["band_low"]) == {20}
    assert set(rows["band_high"]) == {40}
    narrowed = whistles.towns(Scope(AT, AT - 2 * DAY, area=areas[11]))
    assert narrowed[["town_id", "outside", "band_low"]].to_numpy().tolist() == [["t-12", "high", 20]]


def test_a_town_of_few_orders_is_neither_named_nor_part_of_the_band(city):
    # given nine orders, and ten
    towns_of(city, (50, 9), *[(2, 10)] * 3, (50, 10))
    # when
    rows = whistles.towns(Scope(AT, AT - 2 * DAY)).set_index("town_id")
    # then
    assert rows.loc["t-01", ["outside", "band_low"]].tolist() == ["few", 20]
    assert set(rows["band_high"]) == {500}
    assert rows.loc["t-05", "outside"] == ""


def test_where_no_town_has_enough_orders_there_is_no_band(city):
    towns_of(city, (50, 9), (0, 1))

    rows = whistles.towns(Scope(AT, AT - 2 * DAY))

    assert set(rows["outside"]) == {"few"}
    assert rows[["band_low", "band_high"]].isna().all(axis=None)


def test_a_whistle_counts_on_its_spot_for_thirty_days(city):
    # given one a second too old, and three within thirty days of now, one of them void
    span = 30 * DAY
    for at, more in ((AT - span, {}), (AT - span + SECOND, {}), (AT - DAY, {"ruled_void_at": AT}), (AT, {})):
        city.call(city.blow(at, spot_id="s", place="东门", closed_at=None if at == AT else at, **more), at=at)
    # when, then
    row = one("spots")
    assert row[["spot_id", "place", "times", "is_proposed"]].tolist() == ["s", "东门", 2, False]
    assert one("spots", AT - SECOND)[["times", "is_proposed"]].tolist() == [3, True]
    assert one("active")["times"] == 2
    assert len(whistles.list(Scope(AT, set="spot_s"))) == 2
    assert whistles.list(Scope(AT, set="spots")).empty
    assert len(whistles.list(Scope(AT - SECOND, set="spots"))) == 3


def test_each_whistle_under_way_counts_the_thirty_days_up_to_itself(city):
    city.blow(AT - 30 * DAY, spot_id="s", closed_at=AT - 29 * DAY)
    for at in (AT - DAY, AT):
        city.call(city.blow(at, spot_id="s"), at=at)
    city.call(city.blow(AT), at=AT)

    rows = whistles.active(Scope(AT))

    assert rows[["accepted_at", "times"]].sort_values(["accepted_at", "times"])["times"].tolist() == [2, 1, 2]


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("named", ["report", "minor", "gone"])
def test_a_case_that_is_not_for_every_eye_shows_neither_matter_nor_place_nor_number(city, desk, named):
    # given
    case = city.add(add_case, confidentiality="open" if named == "gone" else named)
    whistle = city.blow(matter="举报某单位", place="东门", spot_id="s", case_id=case)
    city.blow(spot_id="s", at=AT - 3 * HOUR)
    city.call(whistle)
    if named == "gone":
        with desk.connect() as connection:
            connection.exec_driver_sql("pragma foreign_keys = off")
            connection.exec_driver_sql("delete from cases")
            connection.commit()
    # when, then
    assert one("active")[["matter", "place", "hidden"]].tolist() == ["", "", True]
    assert one("spots")[["matter", "place", "hidden"]].tolist() == ["", "", True]
    assert one("day", unit="a")[["matter", "hidden"]].tolist() == ["", True]
    for name in ("late", "pairs", "under_way", "spot_s"):
        row = one("list", start=AT - DAY, set=name)
        assert row[["matter", "place", "hidden"]].tolist() == ["", "", True], name
        assert pd.isna(row["case_id"]), name


def test_what_is_shown_of_a_whistle_is_masked(city):
    city.call(city.blow(matter="联系13812345678", place="金桥小区3栋2单元501室"))
    row = one("list", set="late")

    assert "13812345678" not in row["matter"]
    assert "501" not in row["place"]


def test_a_list_is_cut_and_the_newest_come_first(city):
    for ago in range(5):
        city.call(city.blow(AT - ago * HOUR), at=AT - ago * HOUR, ruled_out_at=None)
    scope = {"start": AT - DAY, "set": "accepted"}

    assert whistles.list(Scope(AT, limit=2, **scope))["accepted_at"].tolist() == [AT, AT - HOUR]
    assert whistles.list(Scope(AT, limit=2, offset=4, **scope))["accepted_at"].tolist() == [AT - 4 * HOUR]
    assert len(whistles.list(Scope(AT, set="late", limit=2))) == 2
    assert whistles.count(Scope(AT, **scope))["rows"].tolist() == [5]


@pytest.mark.parametrize("question", [whistles.list, whistles.count])
def test_a_set_that_does_not_exist_is_refused_with_those_that_do(city, question):
    with pytest.raises(BadArgument, match="pairs_late"):
        question(Scope(AT, set="overdue"))


def test_every_set_can_be_asked_for_at_the_door(city):
    city.call(city.blow(spot_id="s"))

    for name in (*whistles_list.NAMES, "spot_s"):
        given = {"set": name, "start": "2026-11-01"}
        counted = json.loads(door.answer("whistles", "count", given, AT, "json")[0])
        assert len(json.loads(door.answer("whistles", "list", given, AT, "json")[0])) == counted[0]["rows"], (
            name
        )


def test_narrowed_to_a_unit_the_whole_whistle_is_still_judged_by_all_its_units(city):
    whistle = city.blow()
    city.call(whistle, "a", arrived_at=AT - 100 * MINUTE)
    city.call(whistle, "b")
    city.call(city.blow(), "b", arrived_at=AT - 100 * MINUTE)

    assert pairs(unit="a") == (1, 1)
    assert whole(unit="a") == (0, 1)
    assert whistles.list(Scope(AT, unit="a"))["whistle_id"].tolist() == [whistle]
    assert whistles.list(Scope(AT, unit="a", set="summoned"))["unit_id"].tolist() == ["a"]


def test_a_unit_called_only_later_is_not_known_yet(city):
    city.call(city.blow(), "a", at=AT)

    for moment, known in ((AT - SECOND, 0), (AT, 1)):
        assert len(whistles.list(Scope(moment, unit="a"))) == known
        assert len(whistles.active(Scope(moment, unit="a"))) == known


def test_a_whistle_without_a_lead_is_listed_with_no_unit(city):
    whistle = city.blow()
    city.call(whistle, "a", role="assist")
    row = one("list")

    assert row["whistle_id"] == whistle
    assert pd.isna(row["unit_id"])


def test_an_order_of_another_unit_is_no_matter_of_the_whistles(city):
    case = city.add(add_case, AT - DAY)
    city.add(add_assignment, case, unit_id="a", due_at=AT - HOUR)

    assert one("tiles").drop("late_units").isna().all()
