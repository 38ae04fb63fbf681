"""Units before the whistle: who came in time (M15), who stayed, and how each side rates the other."""

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, func, select, true

from casedb import tables
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.holding import Condition
from queries.league_rows import Look
from queries.measures import MEASURES
from queries.standing import group_mean, placed, share
from queries.summoned import (
    BLOWN,
    CALLED,
    PAIR,
    how_many,
    is_called,
    is_counted,
    is_kept,
    is_real,
    is_unconfirmed,
    is_wanted,
    tells_arrivals,
)
from queries.summoned_within import Conditions, fell_due, has_called, narrowed
from queries.whistles_rows import BEST, WORST, minutes
from queries.within import inside
from rules import ranking
from rules.rulebook import load
from rules.words import Role

COUNTS = ["k", "n", "lead_k", "lead_n", "assist_k", "assist_n", "unconfirmed"]

AFTER = ["closed", "good", "rated"]

IS_LEAD, IS_ASSISTING = CALLED.c.role == Role.LEAD.value, CALLED.c.role != Role.LEAD.value


@cached
def sums(scope: Scope) -> pd.DataFrame:
    """Pairs whose last limit fell in the period, by unit: unit_id and `COUNTS`.

    k of n kept the limit; so for the lead and the assisting units; unconfirmed: in time by the unit's own
    word alone, in no n.
    """
    as_of = scope.as_of
    columns: list[ColumnElement] = [how_many(is_unconfirmed(as_of)).label("unconfirmed")]
    for name, some in (("", true()), ("lead_", IS_LEAD), ("assist_", IS_ASSISTING)):
        columns.append(how_many(and_(some, is_kept(as_of))).label(f"{name}k"))
        columns.append(how_many(and_(some, is_counted(as_of))).label(f"{name}n"))
    wanted = select(CALLED.c.unit_id, *columns).select_from(PAIR).where(*fell_due(scope))
    return read(wanted.group_by(CALLED.c.unit_id))


@question
@cached
def units(scope: Scope) -> pd.DataFrame:
    """Units called by whistles whose limit fell in the period, best rate first, then those of too few pairs.

    Columns: unit_id, unit, short_name, k (pairs in time), n (pairs that count, M15), rate, low, high (Wilson
    95 %), mean (of all units, whatever the filter), tier (worse | same | better than the mean; few: under
    ranking.least pairs), lead_k, lead_n, assist_k, assist_n, unconfirmed (in time by the unit's own word
    alone, in no n), stay_minutes (median on the spot), closed (pairs), good of rated (the town gave 4 points
    of 5 or more), the last four of whistles signed off in the period; is_told (the source ever says that a
    unit arrived: where it does not, none counts).
    """
    period = Look.of(scope).now
    found = sums(Scope(period.as_of, period.start, period.end))
    mean = group_mean(found.rename(columns={"n": "base"}))
    mine = sums(period).merge(_after(period), how="outer", on="unit_id")
    mine[COUNTS] = mine[COUNTS].fillna(0).astype("int64")
    rows = mine.assign(base=mine["n"].astype("float64"), clusters=mine["n"])
    table = placed(rows, MEASURES["on_time"], mean, None).merge(_labels(), how="left", on="unit_id")
    table["unit"] = table["unit"].fillna(table["unit_id"])
    table["short_name"] = table["short_name"].fillna(table["unit"].str[:2])
    table = table.assign(few=table["tier"].eq("few"), is_told=tells_arrivals())
    table[AFTER] = table[AFTER].fillna(0).astype("int64")
    order = ["few", "rate", "n", "unit_id"]
    ordered = table.sort_values(order, ascending=[True, False, False, True]).reset_index(drop=True)
    names = ["unit_id", "unit", "short_name", "k", "n", "rate", "low", "high", "mean", "tier", *COUNTS[2:]]
    return ordered[[*names, "stay_minutes", *AFTER, "is_told"]]


@cached
def _labels() -> pd.DataFrame:
    """Every unit: unit_id, unit, short_name."""
    named = tables.units.c
    return read(select(named.unit_id, named.name.label("unit"), named.short_name))


# ── after it is over ─────────────────────────────────────────────────────────────────────────────────────


def signed_off(scope: Scope) -> Condition:
    """The whistle was signed off in the period, and is neither withdrawn nor void: its ratings are known."""
    return and_(inside(scope, BLOWN.c.closed_at), is_real(scope.as_of))


def pairs_closed(scope: Scope) -> Conditions:
    """Wanted pairs of whistles signed off in the period."""
    as_of = scope.as_of
    return [signed_off(scope), is_called(as_of), is_wanted(as_of), *narrowed(scope)]


def town_rated(scope: Scope) -> Conditions:
    """Those that the town has rated."""
    return [*pairs_closed(scope), _is_rated()]


def _is_rated() -> Condition:
    return CALLED.c.town_rating.between(WORST, BEST)


def unit_rated(scope: Scope) -> Conditions:
    """Whistles signed off in the period that the units have rated."""
    return [signed_off(scope), BLOWN.c.unit_rating.between(WORST, BEST), *narrowed(scope, has_called)]


def is_good(points: ColumnElement[int]) -> Condition:
    return points >= load().whistle.good


def _after(scope: Scope) -> pd.DataFrame:
    """By unit, of whistles signed off in the period: unit_id, `AFTER`, stay_minutes."""
    good = and_(_is_rated(), is_good(CALLED.c.town_rating))
    sums = [how_many(some).label(name) for name, some in (("good", good), ("rated", _is_rated()))]
    wanted = select(CALLED.c.unit_id, func.count().label("closed"), *sums).select_from(PAIR)
    found = read(wanted.where(*pairs_closed(scope)).group_by(CALLED.c.unit_id))
    return found.merge(_stays(scope), how="outer", on="unit_id")


def _stays(scope: Scope) -> pd.DataFrame:
    """The median stay on the spot by unit: unit_id, stay_minutes."""
    there = and_(CALLED.c.left_at <= scope.as_of, CALLED.c.left_at >= CALLED.c.arrived_at)
    wanted = select(CALLED.c.unit_id, CALLED.c.arrived_at, CALLED.c.left_at).select_from(PAIR)
    rows = read(wanted.where(*pairs_closed(scope), there))
    stay = minutes(rows["left_at"] - rows["arrived_at"]).groupby(rows["unit_id"]).median()
    return stay.rename("stay_minutes").reset_index()


@question
@cached
def ratings(scope: Scope) -> pd.DataFrame:
    """How each side rates the other, of whistles signed off in the period: two rows.

    Columns: side (town: of the units it called; unit: of the whistle), good (4 points of 5 or more), rated
    (pairs; whistles), rate, low, high (Wilson 95 %; empty where nobody rated).
    """
    period = Look.of(scope).now
    by_town = _good(CALLED.c.town_rating).select_from(PAIR).where(*town_rated(period))
    by_unit = _good(BLOWN.c.unit_rating).select_from(BLOWN).where(*unit_rated(period))
    table = pd.concat([read(by_town), read(by_unit)], ignore_index=True)
    table.insert(0, "side", ["town", "unit"])
    table["rate"] = share(table["good"], table["rated"])
    found = [
        ranking.wilson(good, rated) or (None, None)
        for good, rated in zip(table["good"], table["rated"], strict=True)
    ]
    bounds = pd.DataFrame(found, columns=["low", "high"], dtype="float64")
    return pd.concat([table, bounds], axis=1)


def _good(points: ColumnElement[int]) -> Select:
    return select(how_many(is_good(points)).label("good"), func.count().label("rated"))
