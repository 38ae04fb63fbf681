"""How long answers take, learnt from past assignments, and what that says of those still open.

Times are of any one kind, such as shares of a case's own limit. An assignment whose end is not known (still
open, or given back unanswered) says only that it took longer (Kaplan–Meier, right censoring).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import CensoredData, ecdf

Numbers = Sequence[float] | np.ndarray[Any, Any]

EIGHTY_PERCENT = (0.1, 0.9)
"""Quantiles of an 80 % range."""

ROUNDING = 1e-12
"""A sum of probabilities this close to a quantile reaches it."""


@dataclass(frozen=True)
class Curve:
    """The share not answered after each of ``times``, rising; ``ends``: all times known, answered or not."""

    times: np.ndarray[Any, Any]
    open: np.ndarray[Any, Any]
    ends: np.ndarray[Any, Any]
    answered: int

    def still_open(self, after: Numbers) -> np.ndarray[Any, Any]:
        """Share not answered within so long; an answer at the very time counts as within."""
        return np.append(1.0, self.open)[np.searchsorted(self.times, after, side="right")]

    def seen_beyond(self, after: Numbers) -> np.ndarray[Any, Any]:
        """How many past assignments were seen open longer than that: what a chance from there rests on."""
        return len(self.ends) - np.searchsorted(self.ends, after, side="right")

    def chance(self, now: Numbers, then: Numbers) -> np.ndarray[Any, Any]:
        """Chance to be open after ``then`` of what is open after ``now``; NaN where none was seen beyond."""
        known = self.seen_beyond(now) > 0
        before = np.where(known, self.still_open(now), np.nan)
        return self.still_open(then) / before


def curve(times: Numbers, is_answered: Sequence[bool] | np.ndarray[Any, Any]) -> Curve:
    """The curve of past assignments: how long each took, or was seen open where it was not answered."""
    lengths, ended = np.asarray(times, dtype=float), np.asarray(is_answered, dtype=bool)
    if not len(lengths):
        return Curve(lengths, lengths, lengths, 0)
    share = ecdf(CensoredData(uncensored=lengths[ended], right=lengths[~ended])).sf
    return Curve(share.quantiles, share.probabilities, np.sort(lengths), int(ended.sum()))


def drawn(own: Numbers, seen: Numbers, wider: Numbers, weight: float) -> np.ndarray[Any, Any]:
    """Chances that rest on so many seen, drawn to those of a wider curve, which count as ``weight`` more."""
    rests = np.asarray(seen, dtype=float)
    return (np.where(rests > 0, own, 0.0) * rests + weight * np.asarray(wider)) / (rests + weight)


def happening(chances: Numbers) -> np.ndarray[Any, Any]:
    """Probabilities that 0, 1, 2 … of independent events happen, exactly (Poisson-binomial)."""
    parts = [np.array([1 - chance, chance]) for chance in chances] or [np.array([1.0])]
    while len(parts) > 1:
        odd = parts[-1:] if len(parts) % 2 else []
        parts = [np.convolve(*pair) for pair in zip(parts[::2], parts[1::2], strict=False)] + odd
    return parts[0]


def expected(chances: Numbers) -> tuple[float, int, int]:
    """How many of independent events are expected, and the 80 % range of how many happen."""
    up_to = np.cumsum(happening(chances))
    low, high = np.searchsorted(up_to, np.subtract(EIGHTY_PERCENT, ROUNDING))
    return float(np.sum(chances)), int(low), int(high)


def brier(chances: Numbers, happened: Sequence[bool] | np.ndarray[Any, Any]) -> float:
    """Mean squared distance of chances from what happened; 0 is perfect. NaN without any."""
    if not len(chances):
        return float("nan")
    return float(np.mean((np.asarray(chances) - np.asarray(happened, dtype=float)) ** 2))
