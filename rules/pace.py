"""Time counted by how much is answered in it: an hour of the night hardly counts, one of the office does."""

from dataclasses import dataclass
from typing import Any

import numpy as np

HOURS, DAYS = 168, 7
"""Of a week, which begins on Monday."""

MONDAY = np.datetime64("2018-01-01T00", "us")
HOUR = np.timedelta64(1, "h")

Times = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Pace:
    """``passed``: how much of a week is over by each hour of it, from 0 to 168."""

    passed: Times

    def at(self, moments: Times) -> Times:
        """Hours since a Monday, each counted by its weight; NaN where there is no moment."""
        weeks, hours = np.divmod((moments - MONDAY) / HOUR, HOURS)
        return weeks * HOURS + np.interp(hours, np.arange(HOURS + 1), self.passed)


def pace(answers: Times, weight: float) -> Pace:
    """By the hours of the week in which answers fell; each hour of the day has ``weight`` more of its own."""
    hours = (((answers - MONDAY) // HOUR) % HOURS).astype(int)
    weights = np.bincount(hours, minlength=HOURS) + weight / DAYS
    return Pace(np.append(0.0, np.cumsum(weights) / weights.mean()))
