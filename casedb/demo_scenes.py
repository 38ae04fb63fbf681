"""Pressing requests of the demo: the unit calls at once, and goes to the spot, mostly in time."""

import numpy as np

from casedb.bulk import Columns, stack, take
from casedb.demo_cases import URGENT
from casedb.demo_plan import Plan
from casedb.demo_rows import numbered
from casedb.demo_time import between, spread
from casedb.demo_traces import fingerprints
from casedb.demo_whistles import limits
from rules.words import ContactMode, EvidenceKind, Urgency

CALLS, GOES = 0.88, 0.75
"""Share of the urgent ones that are called at once, and that somebody goes to; to a critical one always."""

TOO_LATE = 0.16


def scenes(plan: Plan, rng: np.random.Generator, cases: Columns, rows: Columns) -> tuple[Columns, Columns]:
    """(contacts, evidence): the call; the talk on the spot, and the position that proves the arrival.

    The limit for the arrival is that of a whistle: 30 minutes in town, 60 to 120 in the country.
    """
    held = take(rows, (rows["_limit"] == URGENT) & ~np.isnat(rows["signed_at"]))
    n, over = len(held["seq"]), np.fmin(np.fmin(held["closed_at"], held["returned_at"]), plan.last)
    called = held["signed_at"] + spread(rng, n, 3, 0.6, 12)
    there = np.maximum(_arrival(rng, cases, held), called + between(rng, n, 0.02, 0.1))
    critical = cases["urgency"][held["_case"]] == Urgency.CRITICAL.value
    calls = (rng.random(n) < CALLS) & (called < over)
    goes = (critical | (rng.random(n) < GOES)) & (there < over)
    talks = _talks(take(held, calls), called[calls], "R", ContactMode.PHONE)
    visits = _talks(take(held, goes), there[goes], "S", ContactMode.VISIT)
    return stack([talks, visits]), _positions(rng, take(held, goes), there[goes])


def _arrival(rng: np.random.Generator, cases: Columns, held: Columns) -> np.ndarray:
    """Somewhere within the limit, or beyond its last moment."""
    limit, last = limits(cases["area_kind"][held["_case"]])
    n = len(limit)
    late, share = rng.random(n) < TOO_LATE, rng.beta(5, 3, n) * 0.98
    minutes = np.where(late, last.astype(int) * rng.uniform(1.05, 1.9, n), limit.astype(int) * share)
    return held["dispatched_at"] + minutes.astype("m8[s]")


def _talks(held: Columns, at: np.ndarray, letter: str, mode: ContactMode) -> Columns:
    n = len(at)
    return {
        "contact_id": numbered(held["assignment_id"], letter, np.ones(n, int)),
        "case_id": held["case_id"],
        "unit_id": held["unit_id"],
        "at": at,
        "mode": np.full(n, mode.value, dtype=object),
        "reached": np.ones(n, bool),
    }


def _positions(rng: np.random.Generator, held: Columns, at: np.ndarray) -> Columns:
    n = len(at)
    return {
        "evidence_id": numbered(held["assignment_id"], "S", np.ones(n, int)),
        "case_id": held["case_id"],
        "unit_id": held["unit_id"],
        "kind": np.full(n, EvidenceKind.POSITION.value, dtype=object),
        "at": at,
        "sha256": fingerprints(rng.integers(0, 2**62, (n, 4))),
        "latitude": rng.normal(28.20, 0.12, n).round(6),
        "longitude": rng.normal(112.50, 0.16, n).round(6),
    }
