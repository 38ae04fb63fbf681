"""Shapes of a day and helpers for moments: when people call, when offices work, how long things take."""

from typing import Any

import numpy as np

from casedb.demo_plan import DAY, Plan

SECOND = np.timedelta64(1, "s")
GOLDEN = (5**0.5 - 1) / 2
"""Steps of this length round a circle fill it evenly at any time: shares hold in every short stretch."""

NEVER = np.datetime64("NaT", "s")

CALLS_BY_HOUR = np.array(
    [4, 3, 2, 2, 2, 3, 5, 11, 24, 32, 24, 17, 10, 11, 20, 23, 19, 13, 10, 9, 8, 6, 5, 4], dtype=float
)
"""Requests by hour of a working day: a morning and an afternoon peak, and some at night."""

ON_REST_DAYS = 0.70
"""Share of a working day's requests that come on a day of rest."""

LAST_DAY = 1.33
"""The running day is busier than usual."""


def hourly_weights(plan: Plan, rng: np.random.Generator) -> np.ndarray:
    """Expected requests in each hour from the plan's start to its last moment."""
    days = np.arange(len(plan.days))
    weight = np.where(plan.workdays, 1.0, ON_REST_DAYS) * (1 + 0.07 * np.sin(days / 58.0))
    weight *= rng.lognormal(0, 0.06, len(days))
    if not plan.totals:
        weight[-1] = LAST_DAY
    hours = (weight[:, None] * CALLS_BY_HOUR).ravel()
    whole = (plan.last - plan.first) / np.timedelta64(3600, "s")
    return hours * np.clip(whole - np.arange(len(hours)), 0, 1)


def moments(plan: Plan, counts: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Sorted moments, so many in each hour from the plan's start; none after its last moment."""
    hours = np.repeat(np.arange(len(counts)), counts)
    length = int((plan.last - plan.first) / SECOND)
    width = np.minimum(3600, length - hours * 3600)
    seconds = hours * 3600 + (rng.random(len(hours)) * width).astype(int)
    return plan.first + np.sort(seconds).astype("m8[s]")


def spread(rng: np.random.Generator, n: int, median: float, sigma: float, most: float) -> np.ndarray:
    """Log-normal lengths of time in whole seconds, from a median and a largest value in minutes."""
    minutes = np.minimum(rng.lognormal(np.log(median), sigma, n), most)
    return np.round(minutes * 60).astype("m8[s]")


def between(rng: np.random.Generator, n: int, low: float, high: float) -> np.ndarray:
    """Even lengths of time in whole seconds, bounds in hours."""
    return np.round(rng.uniform(low, high, n) * 3600).astype("m8[s]")


def part(rng: np.random.Generator, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """A moment somewhere between two."""
    return low + (rng.random(len(low)) * ((high - low) / SECOND)).astype("m8[s]")


def midnight(times: np.ndarray) -> np.ndarray:
    """00:00 of each day."""
    return times.astype("M8[D]").astype("M8[s]")


def in_hours(rng: np.random.Generator, times: np.ndarray, opens: float, shuts: float) -> np.ndarray:
    """The same days at hours when offices work, between ``opens`` and ``shuts``."""
    return midnight(times) + between(rng, len(times), opens, shuts)


def known(times: np.ndarray, last: np.datetime64) -> np.ndarray:
    """What has happened by the last moment; the rest has not happened."""
    return np.where(times <= last, times, NEVER)


def either(mask: Any, this: Any, other: Any) -> np.ndarray:
    """This where the mask holds, else the other; either may be None."""
    return np.where(mask, this, other)


def at_most(times: np.ndarray, last: np.datetime64) -> np.ndarray:
    """No later than the last moment."""
    return np.minimum(times, last)


def day_of(plan: Plan, times: np.ndarray) -> np.ndarray:
    """Number of the plan's day that each moment falls on."""
    return ((times - plan.first) // DAY).astype(int)
