"""What the demo's units are like: most are alike, and a few do better, or worse, in a way of their own."""

from dataclasses import dataclass

import numpy as np

from casedb.bulk import Columns
from casedb.city import City
from casedb.demo_routes import ROUTES
from rules.words import ReturnRuling

LATE, LATE_AGAIN = 0.106, 0.04
"""Chance of an average unit to be late, at first and when a case was sent back to it."""

REFUSED, EXTENDS, CLAIMS = 0.018, 0.072, 0.93
"""Chance of an average unit to be refused a return, to ask for more time, to say that a case is resolved."""

MEETS, MEETS_SELDOM = 0.925, 0.62
"""Chance of an average unit, and of a distant one, to meet a petitioner in time."""

DISPUTED, UNWILLING = 0.80, 0.72
"""Most that are satisfied where the law decides, and where the unit had wanted to return the case."""

SEED = 610
"""Seed of the units' characters: they stay the same whatever the seed of the demo."""


@dataclass(frozen=True)
class Habits:
    """Per unit, by its number: chances from 0 to 1; ``doubted``, ``stretches``: whether or not."""

    satisfied: np.ndarray
    late: np.ndarray
    late_again: np.ndarray
    refused: np.ndarray
    extends: np.ndarray
    claims: np.ndarray
    meets: np.ndarray
    doubted: np.ndarray
    stretches: np.ndarray


def habits(city: City) -> Habits:
    """The units of the city, as city.toml tells of those that are not like the others."""
    rng, n = np.random.default_rng(SEED), len(city.unit_ids)
    satisfied, late = rng.normal(0.915, 0.008, n), LATE * rng.lognormal(0, 0.35, n)
    for name, rate, slow in (("better", 0.985, 0.4), ("lagging", 0.72, 1.7)):
        satisfied[_named(city, name)], late[_named(city, name)] = rate, LATE * slow
    meets = rng.normal(MEETS, 0.015, n)
    return Habits(
        satisfied,
        late,
        late_again=np.where(_named(city, "slow_again"), 3 * LATE_AGAIN, LATE_AGAIN),
        refused=np.where(_named(city, "blind"), 5 * REFUSED, REFUSED),
        extends=np.where(_named(city, "extending"), 2 * EXTENDS, EXTENDS),
        claims=np.where(_named(city, "overclaiming"), 0.99, CLAIMS),
        meets=np.where(_named(city, "distant"), MEETS_SELDOM, meets),
        doubted=_named(city, "overclaiming"),
        stretches=_named(city, "extending"),
    )


def _named(city: City, name: str) -> np.ndarray:
    return np.isin(city.unit_ids.astype(str), city.names[name])


def contentment(known: Habits, cases: Columns, lead: Columns) -> np.ndarray:
    """Per lead assignment: the chance that its citizen is satisfied with the unit's first answer."""
    chance = known.satisfied[lead["_unit"]]
    disputed = np.isin(cases["legal_route"][lead["_case"]].astype(str), ROUTES)
    unwilling = lead["return_ruling"] == ReturnRuling.REFUSED.value
    chance = np.where(disputed, np.minimum(chance, DISPUTED), chance)
    return np.where(unwilling, np.minimum(chance, UNWILLING), chance)
