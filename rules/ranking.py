"""Fair comparison of rates: an interval instead of a point, tiers instead of ranks."""

from math import sqrt
from typing import Literal

Z = 1.96
"""Standard errors of a 95 % interval."""

Tier = Literal["better", "same", "worse"]


def wilson(successes: int, trials: int, z: float = Z) -> tuple[float, float] | None:
    """The Wilson interval of a rate, both ends in 0..1; None without trials."""
    if trials == 0:
        return None
    rate, square = successes / trials, z * z
    centre = rate + square / (2 * trials)
    reach = z * sqrt(rate * (1 - rate) / trials + square / (4 * trials * trials))
    scale = 1 + square / trials
    # At 0 and at n one end is exact; rounding must not push it past the edge.
    low = 0.0 if successes == 0 else (centre - reach) / scale
    high = 1.0 if successes == trials else (centre + reach) / scale
    return low, high


def tier(successes: int, trials: int, mean: float) -> Tier:
    """Better when the whole interval lies above the group's mean, worse when below, else the same."""
    interval = wilson(successes, trials)
    if interval is None:
        return "same"
    low, high = interval
    if low > mean:
        return "better"
    return "worse" if high < mean else "same"
