"""Extensions of the demo: asked for in good time, in the last hours, too late, and now and then too often."""

import numpy as np

from casedb.bulk import Columns
from casedb.demo_cases import PETITION, URGENT
from casedb.demo_habits import Habits
from casedb.demo_plan import LIMITS, Plan
from casedb.demo_time import NEVER, SECOND, between, part

EXTENSION = LIMITS.index("extension")

TOO_LATE, LAST_HOURS = 0.06, 0.22
"""Share of the extensions asked for after the limit, and in the last hours before it."""

STRETCHED, TIMES = 0.3, 3
"""Share of the extensions of some units that become so many, one after the other."""


def extension(
    plan: Plan, rng: np.random.Generator, lead: Columns, stays: np.ndarray, known: Habits
) -> Columns:
    """Some ask for more time; the few who ask after the limit get nothing by it."""
    n, due = len(stays), lead["due_at"]
    wanted = stays & (lead["_limit"] != URGENT) & (rng.random(n) < known.extends[lead["_unit"]])
    asked = np.where(wanted, _asked(rng, lead, due), NEVER)
    granted = {
        "extension_asked_at": asked,
        "extension_approved_at": np.where(wanted, asked + between(rng, n, 0.5, 16), NEVER),
        "extended_to": np.where(wanted, _longer(plan, due), NEVER),
        "extension_count": wanted.astype(int),
    }
    many = wanted & (asked <= due) & (rng.random(n) < STRETCHED) & known.stretches[lead["_unit"]]
    _stretch(plan, rng, granted, np.flatnonzero(many & (lead["_limit"] != PETITION)))
    return granted | {"_effective": np.where(wanted & (asked <= due), granted["extended_to"], due)}


def _stretch(plan: Plan, rng: np.random.Generator, granted: Columns, places: np.ndarray) -> None:
    """Three extensions on end; the last is approved while the one before it still runs."""
    places = places[granted["extended_to"][places] <= plan.last]
    second = _longer(plan, granted["extended_to"][places])
    approved = second - between(rng, len(places), 3, 30)
    done = (approved <= plan.last) & (approved > granted["extension_approved_at"][places])
    places, second, approved = places[done], second[done], approved[done]
    granted["extended_to"][places] = _longer(plan, second)
    granted["extension_approved_at"][places], granted["extension_count"][places] = approved, TIMES


def _asked(rng: np.random.Generator, lead: Columns, due: np.ndarray) -> np.ndarray:
    """In the second half of the limit, or in its last hours, or after it."""
    n, luck = len(due), rng.random(len(due))
    begin = lead["section_at"] + (due - lead["section_at"]) // 2
    in_time = np.where(luck < LAST_HOURS, due - between(rng, n, 0.2, 3.5), part(rng, begin, due))
    in_time = np.maximum(in_time, lead["section_at"])
    return np.where(luck < 1 - TOO_LATE, in_time, due + between(rng, n, 1, 20))


def _longer(plan: Plan, due: np.ndarray) -> np.ndarray:
    """The limit after one extension more."""
    return plan.due(np.full(len(due), EXTENSION), due - SECOND)
