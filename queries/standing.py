"""Where the units of one group stand by a measure: interval, tier, shrunk rate and rank, from their sums."""

from typing import NamedTuple

import pandas as pd

from queries.measures import KINDS, SUMS, Measure
from rules import ranking, shrinkage
from rules.rulebook import load

STANDING = ["rate", "low", "high", "mean", "n_effective", "tier", "alarm", "shrunk", "rank"]


def summed(units: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    """The units with their sums beside them, zeros included: k, n, base, clusters."""
    rows = units.merge(sums, how="left", on="unit_id")
    return rows.assign(**{name: rows[name].astype("float64").fillna(0.0) for name in SUMS}).astype(KINDS)


def share(part: pd.Series, whole: pd.Series) -> pd.Series:
    """part / whole, and nothing where there is nothing to divide by."""
    return part / whole.where(whole > 0).astype("float64")


def placed(
    rows: pd.DataFrame, measure: Measure, mean: float | None, prior: shrinkage.Prior | None
) -> pd.DataFrame:
    """One group's units (k, n, base, clusters) with `STANDING`, in printed order.

    Order: tier, then the shrunk rate (best first), then the unit's code. ``mean`` and ``prior`` are the
    group's; a high rate is bad where the measure says so. Units under ranking.least are "few", not ranked.
    A row of a window of its own has the group's mean of that window in ``own_mean``, and is judged by it.
    """
    sums = zip(rows["k"], rows["base"], rows["n"], rows["clusters"], strict=True)
    means = rows["own_mean"] if "own_mean" in rows else [mean] * len(rows)
    facts = [_facts(Sums(*one), measure, usual, prior) for one, usual in zip(sums, means, strict=True)]
    names = [name for name in STANDING if name not in ("mean", "rank")]
    judged = pd.DataFrame(facts, columns=names, index=rows.index)
    kinds = {"rate": "float64", "low": "float64", "high": "float64", "shrunk": "float64", "alarm": "bool"}
    found = rows.join(judged.astype(kinds)).assign(mean=pd.Series(mean, rows.index, "float64"))
    return _ranked(found, measure)


class Sums(NamedTuple):
    """The sums of one unit."""

    k: float
    base: float
    n: int
    clusters: int


def _facts(sums: Sums, measure: Measure, mean: float | None, prior: shrinkage.Prior | None) -> list[object]:
    """Of one unit: rate, low, high, n_effective, tier, alarm, shrunk."""
    if not sums.base:
        return [None, None, None, 0.0, "few", False, None]
    rate, effective = sums.k / sums.base, ranking.effective(sums.base, sums.clusters * sums.base / sums.n)
    low, high = ranking.wilson(rate * effective, effective) or (None, None)
    good, usual = (1 - rate, 1 - (mean or 0)) if measure.is_bad_high else (rate, mean or 0)
    tiers = [ranking.tier(good * effective, effective, usual, z) for z in (ranking.Z, ranking.ALARM_Z)]
    ranked = sums.n >= load().ranking.least and mean is not None
    shrunk = shrinkage.shrunk(sums.k, sums.base, prior)
    return [rate, low, high, effective, tiers[0] if ranked else "few", ranked and tiers[1] != "same", shrunk]


def _ranked(rows: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    steps = rows["tier"].map({tier: step for step, tier in enumerate((*ranking.RANKED, "few"))})
    best = -rows["shrunk"] if not measure.is_bad_high else rows["shrunk"]
    ordered = rows.assign(step=steps, best=best).sort_values(["step", "best", "unit_id"]).drop(columns="step")
    places = ranking.ranks(list(ordered["tier"]), [None if pd.isna(b) else 1 - b for b in ordered["best"]])
    return ordered.drop(columns="best").assign(rank=pd.Series(places, ordered.index, "Int64"))


def group_mean(sums: pd.DataFrame) -> float | None:
    """Σ k / Σ base of a group; None without any."""
    total = sums["base"].sum()
    return float(sums["k"].sum() / total) if total else None
