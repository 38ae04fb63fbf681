"""Is a change real, and what is usual: the two comparisons every screen makes."""

from collections.abc import Sequence
from math import sqrt

import numpy as np

from rules.rulebook import Rulebook, load


def expected(previous: float, previous_days: float, days: float) -> float | None:
    """Count to expect in ``days`` at the daily rate of the period before; None without days before."""
    return previous / previous_days * days if previous_days > 0 else None


def change(count: float, days: float, previous: float, previous_days: float) -> float | None:
    """Relative change of the rate per day, 0.1 for ten per cent more; None where there was nothing before."""
    usual = expected(previous, previous_days, days)
    return count / usual - 1 if usual else None


def is_real(
    count: float, days: float, previous: float, previous_days: float, book: Rulebook | None = None
) -> bool:
    """Whether two counts differ in their rate per day by more than chance (Poisson, 2 standard errors)."""
    if days <= 0 or previous_days <= 0:
        return False
    error = sqrt(count / days**2 + previous / previous_days**2)
    return abs(count / days - previous / previous_days) > (book or load()).change.errors * error


def usual(values: Sequence[float], book: Rulebook | None = None) -> tuple[float, float] | None:
    """The usual band (P10 to P90) of the same hour on like weekdays; None when too few are known."""
    limits = (book or load()).usual
    if len(values) < limits.least:
        return None
    low, high = np.quantile(np.asarray(values, dtype=float), [limits.low, limits.high])
    return float(low), float(high)
