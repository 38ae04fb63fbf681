"""Towns that whistle: how often for the orders they have, since neither too seldom nor too often is good."""

import pandas as pd
from sqlalchemy import and_, select

from casedb import tables
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.definitions import cases_within, join_for, tally
from queries.door import question
from queries.holding import CASE
from queries.league_rows import Look
from queries.names import about, areas, at_level
from queries.standing import share
from queries.summoned import BLOWN, is_accepted
from queries.summoned_within import Conditions, blown_since, has_called, narrowed
from queries.whistles_rows import ENDS
from queries.within import inside
from rules.frequency import interval
from rules.rulebook import load
from rules.words import UnitGroup

COUNTS = ["whistles", "void", "cancelled", "orders", "closed"]

COLUMNS = [
    *("town_id", "town", "area_id", "whistles", "void", "cancelled", "orders", "per_100"),
    *("per_100_low", "per_100_high", "band_low", "band_high", "outside", "closed", "hours"),
]


def accepted(scope: Scope) -> Conditions:
    """Whistles accepted in the period."""
    taken = and_(is_accepted(scope.as_of), inside(scope, BLOWN.c.accepted_at))
    return [taken, *blown_since(scope), *narrowed(scope, has_called)]


@question
@cached
def towns(scope: Scope) -> pd.DataFrame:
    """Towns by whistles accepted in the period for each hundred orders, most first.

    Columns: town_id, town, area_id (of which it is the office; empty: of none), whistles, void, cancelled (of
    these, ruled unnecessary or withdrawn by now), orders (requests of the town's area, received in the period
    and sent to a unit; empty where no area is the town's), per_100 (empty without orders), per_100_low,
    per_100_high (its Poisson interval, 95 %), band_low, band_high (P10 and P90 over all towns of enough
    orders), outside (low | high: the whole interval is; few: under whistle.least_orders orders; empty: not
    to be told, or inside), closed (of these, signed off by now), hours (median, from acceptance to that).
    """
    table = _placed(_rated(_counted(Look.of(scope).now)))
    shown = table[_asked(table, scope)]
    ordered = shown.sort_values(["per_100", "whistles", "town_id"], ascending=[False, False, True])
    return ordered[COLUMNS].reset_index(drop=True)


def _asked(table: pd.DataFrame, scope: Scope) -> pd.Series:
    """The towns the filters are about; the band is of all."""
    return about(table["town_id"], scope.other) & about(table["area_id"], scope.area, areas())


def _rated(table: pd.DataFrame) -> pd.DataFrame:
    """With per_100 and its interval."""
    ends = pd.DataFrame([interval(count) for count in table["whistles"]], table.index, ["low", "high"])
    counts = {"per_100": table["whistles"], "per_100_low": ends["low"], "per_100_high": ends["high"]}
    return table.assign(
        **{name: 100 * share(count, table["orders"]).astype("float64") for name, count in counts.items()}
    )


def _placed(table: pd.DataFrame) -> pd.DataFrame:
    """With the band of all towns, and where each stands to it."""
    few = table["orders"].fillna(0) < load().whistle.least_orders
    low, high = _band(table["per_100"].mask(few))
    outside = pd.Series("", table.index, "str").mask(table["per_100_high"] < low, "low")
    outside = outside.mask(table["per_100_low"] > high, "high").mask(few, "few")
    return table.assign(band_low=low, band_high=high, outside=outside)


def _counted(period: Scope) -> pd.DataFrame:
    """Every town with `COUNTS` and hours, zeros included."""
    whole = Scope(period.as_of, period.start, period.end, unit=period.unit)
    table = (
        _places()
        .merge(_blown(whole), how="outer", on="town_id")
        .merge(_orders(whole), how="left", on="area_id")
    )
    table[COUNTS] = table[COUNTS].fillna(0).astype("Int64")
    table["orders"] = table["orders"].where(table["area_id"].notna())
    return table.assign(town=table["town"].fillna(table["town_id"]), area_id=table["area_id"].fillna(""))


@cached
def _places() -> pd.DataFrame:
    """The towns and streets, and the area of which each is the office: town_id, town, area_id."""
    units, places = tables.units, tables.areas
    office = and_(places.c.unit_id == units.c.unit_id, places.c.level == 1)
    known = select(units.c.unit_id.label("town_id"), units.c.name.label("town"), places.c.area_id)
    found = read(
        known.outerjoin_from(units, places, office).where(units.c.unit_group == UnitGroup.TOWN.value)
    )
    return found.sort_values("area_id").drop_duplicates("town_id")


def _blown(scope: Scope) -> pd.DataFrame:
    """Whistles accepted in the period by town: town_id, whistles, void, cancelled, closed, hours."""
    ends = (BLOWN.c[name] for name in ENDS.values())
    rows = read(select(BLOWN.c.town_id, BLOWN.c.accepted_at, *ends).where(*accepted(scope)))
    for name, column in ENDS.items():
        rows[name] = rows[column] <= scope.as_of
    rows["closed"] &= ~rows["void"] & ~rows["cancelled"]  # as `is_signed_off`
    took = (rows["closed_at"] - rows["accepted_at"]).dt.total_seconds() / 3600
    rows["hours"] = took.where(rows["closed"] & (took >= 0))
    by = rows.groupby("town_id")
    counts = by[list(ENDS)].sum().assign(whistles=by.size(), hours=by["hours"].median())
    return counts.reset_index()


def _orders(scope: Scope) -> pd.DataFrame:
    """Requests received in the period and sent to a unit, by area of level 1: area_id, orders."""
    period = Scope(scope.as_of, scope.start, scope.end)
    sent = tally(period, "dispatched", "orders")
    found = read(
        cases_within(period, [CASE.c.area_id, sent], join_for(["dispatched"])).group_by(CASE.c.area_id)
    )
    place = at_level(found["area_id"].fillna(""), areas(), 1)
    return found.groupby(place)["orders"].sum().drop("", errors="ignore").rename_axis("area_id").reset_index()


def _band(per_100: pd.Series) -> tuple[float, float]:
    """What nine towns in ten whistle at least, and at most; each end is the figure of a town, or empty."""
    rule, known = load().whistle, per_100.dropna()
    return known.quantile(rule.band_low, "lower"), known.quantile(rule.band_high, "higher")
