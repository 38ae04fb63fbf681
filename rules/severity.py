"""How grave a case past its limit is, from 0 to 100, and the colour it is shown in (M09)."""

from collections.abc import Mapping

import numpy as np

WEIGHTS = {
    "urgent": 0.5,
    "critical": 1.0,
    "group": 0.3,
    "meeting": 0.3,
    "rounds": 0.2,
    "repeats": 0.2,
    "promise": 0.2,
}
"""What each circumstance adds to how late it is; of ``rounds`` and ``repeats`` each, up to `MOST`."""

MOST = 3
"""Further rounds, and repeats, that make a case graver; more do not."""

HIGHEST = 100.0

COLOURS = ((0.0, "none"), (25.0, "yellow"), (60.0, "orange"))
"""Below these each colour ends (the first: at nought); what is graver is red."""


def severity(late: np.ndarray, limit: np.ndarray, marks: Mapping[str, np.ndarray]) -> np.ndarray:
    """Severity of each case: ``late`` and ``limit`` in hours, ``marks`` by the names of `WEIGHTS`.

    What is not late (0, below, or NaN) has severity 0; where the limit has no length, every delay is a whole
    one. ``rounds`` are those after the first.
    """
    is_late = late > 0
    has_length = is_late & (limit > 0)
    ratio = np.divide(late, limit, out=np.full(len(late), np.inf), where=has_length)
    base = np.where(is_late, -HIGHEST * np.expm1(-np.where(is_late, ratio, 0.0)), 0.0)
    times = 1.0 + sum(weight * _count(name, marks[name]) for name, weight in WEIGHTS.items())
    return np.minimum(HIGHEST, base * times)


def _count(name: str, mark: np.ndarray) -> np.ndarray:
    counted = mark.astype("float64")
    return np.clip(counted, 0, MOST) if name in ("rounds", "repeats") else counted


def colour(severities: np.ndarray) -> np.ndarray:
    """none, yellow, orange or red."""
    none, yellow, orange = (severities <= COLOURS[0][0], *(severities < end for end, _ in COLOURS[1:]))
    return np.select(
        [none, yellow, orange], np.array([name for _, name in COLOURS], dtype=object), default="red"
    )
