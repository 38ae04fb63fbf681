"""The demo's merged requests: each ends with the case it went into, and its citizen is called back, too."""

import numpy as np

from casedb.bulk import Columns
from casedb.city import City
from casedb.demo_callbacks import COMPLAINTS, resolved
from casedb.demo_habits import contentment, habits
from casedb.demo_plan import Plan
from casedb.demo_rows import numbered
from casedb.demo_time import between, either, in_hours
from rules.words import RatedObject, Rating

CALLED, REACHED = 0.88, 0.84
"""Share of the merged requests that are called back once their case is closed, and of those reached."""

OF_THE_CENTRE = 0.965
"""Share that is satisfied where the centre settled it all by itself."""


def close(cases: Columns) -> None:
    """A merged request is closed when the case it went into is; where that is closed already, at once."""
    child, parent = _pairs(cases)
    merged = np.fmax(cases["recorded_at"][child], cases["received_at"][child])
    cases["closed_at"][child] = np.maximum(cases["closed_at"][parent], merged)


def call_back(plan: Plan, city: City, rng: np.random.Generator, cases: Columns, leads: Columns) -> Columns:
    """One call for most merged requests whose case is closed, about the unit that answered, or the centre.

    It names no assignment: that of the answer belongs to another case.
    """
    child, parent = _pairs(cases)
    n, closed = len(child), cases["closed_at"][child]
    at = in_hours(rng, closed + between(rng, n, 8, 60), 8.8, 20.3)
    at = np.maximum(at, closed + between(rng, n, 0.4, 3))
    called = (rng.random(n) < CALLED) & (at <= plan.last)
    unit, content, doubted, number = (column[parent[called]] for column in _answers(city, cases, leads))
    bad = rng.random(len(unit)) >= content
    code = cases["case_id"][child[called]]
    return {
        "callback_id": numbered(code, "B", np.ones(len(code), int)),
        "case_id": code,
        "unit_id": either(unit < 0, None, city.unit_ids[unit]),
        "round": number,
        "at": at[called],
        "rated_object": either(unit < 0, RatedObject.CENTRE.value, RatedObject.UNIT.value),
        **_said(rng, bad, doubted),
    }


def _said(rng: np.random.Generator, bad: np.ndarray, doubted: np.ndarray) -> Columns:
    """Whether they were reached, and what they said."""
    n, reached = len(bad), rng.random(len(bad)) < REACHED
    kind = np.where(rng.random(n) < 0.68, Rating.SATISFIED.value, Rating.MOSTLY.value)
    return {
        "reached": reached,
        "rating": either(reached, np.where(bad, Rating.DISSATISFIED.value, kind), None),
        "resolved": either(reached, resolved(rng, bad, doubted), None),
        "reason": either(reached & bad, COMPLAINTS[rng.integers(0, len(COMPLAINTS), n)], None),
    }


def _pairs(cases: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Places of the merged requests, and of the cases they went into."""
    child = np.flatnonzero(cases["merged_into"] != None)  # noqa: E711
    wanted = set(cases["merged_into"][child])
    place = {code: row for row, code in enumerate(cases["case_id"].tolist()) if code in wanted}
    return child, np.array([place[code] for code in cases["merged_into"][child]], dtype=int)


def _answers(city: City, cases: Columns, leads: Columns) -> tuple[np.ndarray, ...]:
    """Per case: the unit that answered last (-1: the centre), how likely its citizens are content, whether
    they doubt it, and the round of the answer.
    """
    known, n, case = habits(city), len(cases["case_id"]), leads["_case"]
    unit, content = np.full(n, -1), np.full(n, OF_THE_CENTRE)
    doubted, number = np.zeros(n, bool), np.ones(n, int)
    unit[case], content[case] = leads["_unit"], contentment(known, cases, leads)
    doubted[case], number[case] = known.doubted[leads["_unit"]], leads["round"]
    return unit, content, doubted, number
