"""Units compared fairly: only within their group, by interval and tier, on what the data support."""

from dataclasses import replace

import pandas as pd

from queries.arguments import Scope, refuse
from queries.cache import cached
from queries.door import question
from queries.league_burdens import burdens
from queries.league_ledger import excluded, exclusions, ledger
from queries.league_members import GROUPS, group, groups, measure, members
from queries.league_rows import Look, closed_periods, in_period, rolling, rows
from queries.league_trend import trend
from queries.league_variants import slope, variants
from queries.measures import MEASURES, measured, measured_by
from queries.standing import TIERS, evidence, group_mean, placed, summed
from rules import ranking

__all__ = [
    "burdens",
    "excluded",
    "exclusions",
    "groups",
    "ledger",
    "satisfaction",
    "slope",
    "table",
    "trend",
    "variants",
]

SIDE = ("on_time", "response", "resolution", "sent_back", "participation")
"""Measures shown beside the one that orders the table."""

ORDERS = {
    "unit": "unit_id",
    "n": "n",
    "rate": "rate",
    "shrunk": "shrunk",
    "adjusted": "adjusted",
    "change": "change",
    "recent": "in_tier",
    **{name: f"{name}_rate" for name in SIDE},
}
"""What the rows may be sorted by inside their tier."""

RECENT = 3
"""Periods whose tiers stand beside a unit: two of three decide on an interview (A13)."""

MIX = ("issue", "area_kind")
"""What a case is, for adjusting a rate to the mix of a unit's cases."""


@question
@cached
def table(scope: Scope) -> pd.DataFrame:
    """The units of one group (``group``; departments unless told) by one measure, in printed order.

    Columns: unit_id, unit, unit_group, tier (better | same | worse: the whole interval lies on that side of
    the row's mean; few: too few cases, not ranked), rank (ties share one; empty: few), k, n and base (what
    counts, the cases, and what these weigh: the rate is k / base), n_effective (n worth of independent
    cases), rate, low, high (Wilson 95 %), shrunk (drawn to the group's mean; orders the rows), mean (the
    group's Σk/Σbase in the window of the row: what it is judged by), alarm (outside 99.8 %), adjusted (rate
    at the group's mix of cases), start, end (window of the row), rolling (it is the 30 days, for few cases),
    missing (cases it lacks to be ranked), before_k, before_n, before_rate, change (now − before; empty: not
    the same window), move (up | down | level | empty), recent (tiers of the two periods before and this one,
    joined by commas), in_tier (how many of them are this one's), and of each side measure m: m_k, m_n,
    m_base, m_rate, m_worse (significantly worse than its group).
    Rates are fractions; without a base they are empty. ``order`` sorts inside the tiers, which always lead.
    """
    one = group(scope)
    found = _beside(_compared(_adjusted(rows(scope, one), scope), scope, one), scope, one)
    found = _sorted(found, scope.order)
    if scope.unit is not None:
        found = found[found["unit_id"] == scope.unit]
    return found.drop(columns=["clusters", "hits", "before_n_effective"]).reset_index(drop=True)


def _sorted(found: pd.DataFrame, order: str | None) -> pd.DataFrame:
    """The rows by a column of ORDERS, the largest first (with a leading minus the smallest), tier by tier."""
    if order is None:
        return found
    column = ORDERS.get(order.removeprefix("-"))
    if column is None:
        known = ", ".join(ORDERS)
        raise refuse(
            "order",
            order,
            f"可用的有：{known}，前加 - 为倒序",
            f"use one of: {known}, with a leading - to turn it",
        )
    steps = found["tier"].map(TIERS.index).astype("int64")
    up = column == "unit_id" or order.startswith("-")
    ordered = found.assign(step=steps).sort_values(["step", column, "unit_id"], ascending=[True, up, True])
    return ordered.drop(columns="step")


def _adjusted(found: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """With the rate at the group's mix of cases: overall × observed / expected (indirect standardisation)."""
    mix = measured_by(replace(Look.of(scope).now, unit=None), measure(scope), *MIX)
    mix = mix[mix["unit_id"].isin(found["unit_id"])]
    sums = mix.groupby(list(MIX))[["k", "base"]].transform("sum")
    expected = (mix["base"] * sums["k"] / sums["base"]).groupby(mix["unit_id"]).sum()
    facts = zip(found["unit_id"], found["k"], found["mean"], found["rolling"], strict=True)
    rates = [
        None if longer or pd.isna(mean) else ranking.standardised(k, expected.get(unit, 0.0), mean)
        for unit, k, mean, longer in facts
    ]
    return found.assign(adjusted=pd.Series(rates, found.index, "float64"))


def _compared(found: pd.DataFrame, scope: Scope, one: str) -> pd.DataFrame:
    """With the period before: its sums, the change and whether it is more than chance; and recent tiers."""
    before = Look.of(scope).before
    names = {name: f"before_{name}" for name in ("k", "n", "rate", "n_effective")}
    if before is None:
        nothing = pd.Series(dtype="float64")
        found = found.assign(before_k=0.0, before_n=0, before_rate=nothing, before_n_effective=0.0)
    else:
        then = in_period(before, one).rename(columns=names)
        found = found.merge(then[["unit_id", *names.values()]], how="left", on="unit_id")
    ends = [map(evidence, found[f"{side}rate"], found[f"{side}n_effective"]) for side in ("", "before_")]
    sides = zip(*ends, found["rolling"], strict=True)
    moves = ["" if longer else ranking.movement(here, was) for here, was, longer in sides]
    change = (found["rate"] - found["before_rate"]).mask(found["rolling"])
    return _recent(found.assign(change=change, move=moves), scope, one)


def _recent(found: pd.DataFrame, scope: Scope, one: str) -> pd.DataFrame:
    past = closed_periods(scope, RECENT - 1)
    asked = [replace(scope, start=period.start, end=period.end) for period in past]
    tiers = [in_period(period, one).set_index("unit_id")["tier"] for period in asked]
    own = found["unit_id"]
    sides = [own.map(tier).fillna("").tolist() for tier in tiers] + [found["tier"].tolist()]
    lists = list(zip(*sides, strict=True))
    same = [row.count(row[-1]) for row in lists]
    return found.assign(
        recent=[",".join(row) for row in lists], in_tier=pd.Series(same, found.index, "int64")
    )


def _beside(found: pd.DataFrame, scope: Scope, one: str) -> pd.DataFrame:
    """With the side measures of the period, each judged against its own group."""
    for name in SIDE:
        now = in_period(replace(Look.of(scope).now, measure=name), one)
        ranked = now["tier"].eq("worse")
        side = pd.DataFrame(
            {
                "unit_id": now["unit_id"],
                f"{name}_k": now["k"],
                f"{name}_n": now["n"],
                f"{name}_base": now["base"],
                f"{name}_rate": now["rate"],
                f"{name}_worse": ranked,
            }
        )
        found = found.merge(side, how="left", on="unit_id")
    return found


@question
@cached
def satisfaction(scope: Scope) -> pd.DataFrame:
    """Satisfaction (M01) of the units of every group, in [start, end) or the 30 days before ``as_of``.

    unit_id, unit, unit_group, rated (ratings that count: approved exclusions, those shown apart and those who
    declined are not in it), satisfied (mostly satisfied included), rate, low and high (Wilson 95 %),
    group_mean (of its own group), tier (as in `table`). Rates are fractions, empty without ratings. By
    group, then as in `table`.
    """
    asked = scope if scope.start or scope.end else rolling(scope)
    sums = measured(asked, "satisfaction")
    parts = []
    for one in GROUPS:
        units = summed(members(one), sums)
        parts.append(placed(units, MEASURES["satisfaction"], group_mean(units), None))
    found = pd.concat(parts, ignore_index=True)
    if scope.unit is not None:
        found = found[found["unit_id"] == scope.unit].reset_index(drop=True)
    found = found.rename(columns={"n": "rated", "hits": "satisfied", "mean": "group_mean"})
    figures = ["rated", "satisfied", "rate", "low", "high", "group_mean", "tier"]
    return found[["unit_id", "unit", "unit_group", *figures]]
