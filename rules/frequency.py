"""How often something happens: what a count says of the rate behind it."""

from scipy.stats import chi2

LEVEL = 0.95

Interval = tuple[float, float]


def interval(events: int, level: float = LEVEL) -> Interval:
    """The exact Poisson interval of a count (Garwood): between which numbers its expectation lies.

    Raises ValueError for a count below 0.
    """
    if events < 0:
        raise ValueError(f"A count is 0 or more, not {events}.")
    outside = (1 - level) / 2
    low = float(chi2.ppf(outside, 2 * events)) / 2 if events else 0.0
    return low, float(chi2.ppf(1 - outside, 2 * events + 2)) / 2
