"""Fair comparison of rates: intervals instead of points, tiers before ranks, real ties, supported changes."""

from bisect import bisect_left
from collections.abc import Sequence
from math import isnan, sqrt
from typing import Literal

from rules.rulebook import Rulebook, load

Z = 1.96
"""Standard errors of a 95 % interval: beyond it a unit stands in a tier of its own."""

ALARM_Z = 3.09
"""Standard errors of a 99.8 % interval: beyond it a unit is named in bold."""

OUTSIDE = 0.05
"""Share of like units that a 95 % interval puts outside by chance."""

ROUNDING = 1e-12
"""A bound this close to the mean touches it: only rounding lies between."""

Tier = Literal["better", "same", "worse"]
Interval = tuple[float, float]

RANKED = ("better", "same", "worse")
"""Tiers in printed order; a unit of any other ("few") has no rank."""


def wilson(successes: float, trials: float, z: float = Z) -> Interval | None:
    """The Wilson interval of a rate, both ends in 0..1; None without trials.

    Both may be fractions: successes of half weight, trials of an effective sample.
    """
    if trials <= 0:
        return None
    rate, square = min(1.0, successes / trials), z * z
    centre = rate + square / (2 * trials)
    reach = z * sqrt(rate * (1 - rate) / trials + square / (4 * trials * trials))
    scale = 1 + square / trials
    # At 0 and at n one end is exact; rounding must not push it past the edge.
    low = 0.0 if rate <= 0 else max(0.0, (centre - reach) / scale)
    high = 1.0 if rate >= 1 else min(1.0, (centre + reach) / scale)
    return low, high


def tier(successes: float, trials: float, mean: float, z: float = Z) -> Tier:
    """Better when the whole interval lies above the group's mean, worse when below, else the same.

    "Better" means a higher rate. With ALARM_Z instead of Z: "same" inside the 99.8 % limits.
    """
    interval = wilson(successes, trials, z)
    if interval is None:
        return "same"
    low, high = interval
    if low > mean + ROUNDING:
        return "better"
    return "worse" if high < mean - ROUNDING else "same"


def limits(mean: float, trials: float, z: float = Z) -> Interval:
    """The funnel at this many trials: rates outside are exactly those whose tier is not "same"."""
    if trials <= 0:
        return 0.0, 1.0
    reach = z * sqrt(mean * (1 - mean) / trials)
    return max(0.0, mean - reach), min(1.0, mean + reach)


def ranks(tiers: Sequence[str], shrunk: Sequence[float | None]) -> list[int | None]:
    """The rank of each unit of one group: by tier, then by the shrunk rate, highest first.

    Same tier and same shrunk rate as printed (one decimal of a per cent) share a rank and the next is
    skipped: 1, 2, 2, 4. None for a unit of no ranked tier, or without a shrunk rate.
    """
    places = [_place(level, value) for level, value in zip(tiers, shrunk, strict=True)]
    taken = sorted(place for place in places if place is not None)
    return [None if place is None else bisect_left(taken, place) + 1 for place in places]


def _place(level: str, value: float | None) -> tuple[int, float] | None:
    if level not in RANKED or value is None or isnan(value):
        return None
    return RANKED.index(level), -round(100 * value, 1)


def movement(
    now: tuple[float, float], before: tuple[float, float], book: Rulebook | None = None
) -> Literal["up", "down", "level", ""]:
    """Whether two rates (successes, trials) differ by more than their intervals allow; "" without trials.

    Up or down only where the intervals share at most half (ranking.overlap) of the shorter one.
    """
    new, old = wilson(*now), wilson(*before)
    if new is None or old is None:
        return ""
    if _overlap(new, old) > (book or load()).ranking.overlap:
        return "level"
    return "up" if now[0] / now[1] > before[0] / before[1] else "down"


def _overlap(one: Interval, other: Interval) -> float:
    """Shared length as a fraction of the shorter interval."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0.0, shared) / min(one[1] - one[0], other[1] - other[0])


def chance(units: int) -> float:
    """How many of so many ranked units would leave the 95 % limits if all were alike."""
    return OUTSIDE * units


def effective(trials: float, clusters: float, book: Rulebook | None = None) -> float:
    """Trials worth of evidence when they come in clusters: people who rate one event do not rate apart.

    n ÷ (1 + (m − 1) × ranking.design), m = n ÷ clusters; a trial on its own is a cluster of one.
    """
    if trials <= 0:
        return 0.0
    return trials / (1 + (trials / clusters - 1) * (book or load()).ranking.design)


def standardised(observed: float, expected: float, overall: float) -> float | None:
    """The rate adjusted for the mix of cases: overall × observed ÷ expected; None where nothing is expected.

    ``expected``: successes had each kind of case gone as in the whole group. May pass 1: it is no share.
    """
    return overall * observed / expected if expected > 0 else None


def excess(share: float | None, group_share: float | None, book: Rulebook | None = None) -> bool:
    """Whether too much is excluded (A22): over exclusion.share, or exclusion.times the group's share."""
    if share is None or isnan(share):
        return False
    rule = (book or load()).exclusion
    known = group_share is not None and not isnan(group_share)
    return share > rule.share or (known and share > rule.times * group_share)
