"""Where the units of one group stand by a measure: interval, tier, shrunk rate and rank, from their sums."""

from typing import NamedTuple

import pandas as pd

from queries.measures import KINDS, SUMS, Measure
from rules import ranking, shrinkage
from rules.rulebook import load

TIERS = (*ranking.RANKED, "few")
"""Tiers in printed order."""

STANDING = ["rate", "low", "high", "mean", "n_effective", "tier", "alarm", "shrunk", "rank"]


def summed(units: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    """The units with their sums beside them, zeros included: k, n, base, clusters, hits."""
    known = sums.set_index("unit_id").reindex(index=units["unit_id"], columns=list(SUMS))
    found = known.fillna(0.0).astype(KINDS)
    return pd.concat([units.reset_index(drop=True), found.reset_index(drop=True)], axis=1)


def share(part: pd.Series, whole: pd.Series) -> pd.Series:
    """part / whole, and nothing where there is nothing to divide by."""
    return part / whole.where(whole > 0).astype("float64")


def placed(
    rows: pd.DataFrame, measure: Measure, mean: float | None, prior: shrinkage.Prior | None
) -> pd.DataFrame:
    """One group's units (k, n, base, clusters) with `STANDING`, in printed order.

    Order: tier, then the shrunk rate (best first), then the unit's code. ``mean`` and ``prior`` are the
    group's; a high rate is bad where the measure says so. Units under ranking.least are "few", not ranked.
    A row of a window of its own has the group's mean of that window in ``own_mean`` and is judged by it;
    the column ``mean`` of every row is the one it was judged by.
    """
    sums = zip(rows["k"], rows["base"], rows["n"], rows["clusters"], strict=True)
    means = [mean] * len(rows) if "own_mean" not in rows else [known(one) for one in rows["own_mean"]]
    facts = [judged(Sums(*one), measure, own, prior) for one, own in zip(sums, means, strict=True)]
    order = sorted(range(len(rows)), key=lambda at: (*_order(facts[at], measure), rows["unit_id"].iloc[at]))
    ordered = rows.iloc[order].reset_index(drop=True)
    return _told(ordered, [facts[at] for at in order], measure, [means[at] for at in order])


def known(value: float | None) -> float | None:
    """The value; None where it is missing."""
    return None if value is None or pd.isna(value) else float(value)


def is_mostly_rolling(rows: pd.DataFrame) -> bool:
    """Whether more of the ranked rows rest on 30 days than on the period."""
    rolling = rows.loc[rows["tier"] != "few", "rolling"].astype(bool)
    return bool(2 * rolling.sum() > len(rolling))


def mean_of(rows: pd.DataFrame, is_rolling: bool) -> float | None:
    """The group's mean that its rows of 30 days, or those of the period, were judged by; None without any."""
    means = rows.loc[rows["rolling"].astype(bool) == is_rolling, "mean"].dropna()
    return float(means.iloc[0]) if len(means) else None


class Sums(NamedTuple):
    """The sums of one unit."""

    k: float
    base: float
    n: int
    clusters: int


class Facts(NamedTuple):
    """What one unit's sums say of it."""

    rate: float | None
    low: float | None
    high: float | None
    n_effective: float
    tier: str
    alarm: bool
    shrunk: float | None


NONE = Sums(0.0, 0.0, 0, 0)

NOTHING = Facts(None, None, None, 0.0, "few", False, None)

COLUMNS = dict.fromkeys(("rate", "low", "high", "n_effective", "shrunk"), "float64") | {"alarm": "bool"}


def judged(sums: Sums, measure: Measure, mean: float | None, prior: shrinkage.Prior | None) -> Facts:
    """What the sums of one unit say against its group's mean."""
    if not sums.base:
        return NOTHING
    rate, effective = sums.k / sums.base, ranking.effective(sums.base, sums.clusters * sums.base / sums.n)
    low, high = ranking.wilson(rate * effective, effective) or (None, None)
    good, usual = (1 - rate, 1 - (mean or 0)) if measure.is_bad_high else (rate, mean or 0)
    tiers = [ranking.tier(good * effective, effective, usual, z) for z in (ranking.Z, ranking.ALARM_Z)]
    ranked = sums.n >= load().ranking.least and mean is not None
    shrunk = shrinkage.shrunk(sums.k, sums.base, prior)
    tier, alarm = (tiers[0], tiers[1] != "same") if ranked else ("few", False)
    return Facts(rate, low, high, effective, tier, alarm, shrunk)


def _order(facts: Facts, measure: Measure) -> tuple[int, float]:
    """Tier first, then the better shrunk rate; a unit without one comes last."""
    if facts.shrunk is None:
        return TIERS.index(facts.tier), 2.0
    return TIERS.index(facts.tier), facts.shrunk if measure.is_bad_high else -facts.shrunk


def _told(
    rows: pd.DataFrame, facts: list[Facts], measure: Measure, means: list[float | None]
) -> pd.DataFrame:
    """The rows with `STANDING` beside them."""
    told = pd.DataFrame(facts, columns=list(Facts._fields)).astype({**COLUMNS, "tier": "str"})
    good = [
        None if one.shrunk is None else 1 - one.shrunk if measure.is_bad_high else one.shrunk for one in facts
    ]
    places = ranking.ranks([one.tier for one in facts], good)
    told["mean"] = pd.Series(means, told.index, "float64")
    told["rank"] = pd.Series(places, told.index, "Int64")
    return pd.concat([rows, told], axis=1)


def evidence(rate: float | None, effective: float) -> tuple[float, float]:
    """A rate as successes of so many trials, the effective ones; without a rate there are none."""
    return (0.0, 0.0) if rate is None or pd.isna(rate) else (rate * effective, effective)


def group_mean(sums: pd.DataFrame) -> float | None:
    """Σ k / Σ base of a group; None without any."""
    total = sums["base"].sum()
    return float(sums["k"].sum() / total) if total else None
