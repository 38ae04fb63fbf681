"""Requests of the demo that go the way of the law: mediated by an authority, or pursued as an offence."""

import numpy as np

from casedb.bulk import Columns
from casedb.city import City
from rules.words import Nature

MEDIATION, PROSECUTION = "行政调解", "执法办案"
ROUTES = (MEDIATION, PROSECUTION)

MEDIATED, PROSECUTED = 0.26, 0.36
"""Share of the fitting complaints that are mediated, and of the fitting reports that are pursued."""


def settle(city: City, rng: np.random.Generator, cases: Columns, told: set[int]) -> None:
    """Give some dispatched complaints and reports their route; petitions and those of ``told`` get none."""
    luck = rng.random(len(cases["case_id"]))
    free = ~np.isnat(cases["_dispatch"]) & (cases["legal_route"] == None)  # noqa: E711
    free[list(told)] = False
    for route, nature, share in (
        (MEDIATION, Nature.COMPLAINT, MEDIATED),
        (PROSECUTION, Nature.REPORT, PROSECUTED),
    ):
        branches = city.names["mediated" if route == MEDIATION else "prosecuted"]
        fitting = free & (cases["nature"] == nature.value) & _within(city, branches)[cases["_leaf"]]
        cases["legal_route"][fitting & (luck < share)] = route


def _within(city: City, branches: list[str]) -> np.ndarray:
    """Per matter: does it lie in one of these branches of the tree?"""
    paths = [row[0] + "/" for row in city.names["matters"]]
    return np.array([any(path.startswith(branch + "/") for branch in branches) for path in paths])
