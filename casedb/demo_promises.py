"""Public promises of an answer (给说法) of the demo: most are kept, a few are broken, a few still run."""

import numpy as np

from casedb.bulk import Columns, take
from casedb.demo_cases import PETITION
from casedb.demo_plan import DAY, Plan
from casedb.demo_time import NEVER, between, in_hours, midnight

GIVEN = 0.07
"""Share of the petitions whose answer is promised in public."""

KEPT, STILL_KEPT = 0.94, 0.25
"""Share of the promises that are kept, and of those to what is still open that were not broken yet."""

DAYS = np.array([10, 20, 30, 45, 60])
"""Days after which an answer is promised: 60 at the most (太原市人民信访接待中心, 2019)."""


def promise(plan: Plan, rng: np.random.Generator, cases: Columns, leads: Columns) -> None:
    """Adds to the cases when an answer was promised, and by when; the promise ends with its last day."""
    n = len(cases["case_id"])
    cases["promised_at"], cases["promised_due"] = np.full(n, NEVER), np.full(n, NEVER)
    first = (leads["seq"] == 1) & (leads["_limit"] == PETITION) & np.isnat(leads["returned_at"])
    given = take(leads, first & ~np.isnat(leads["signed_at"]) & (rng.random(len(first)) < GIVEN))
    at = in_hours(rng, given["signed_at"] + DAY + between(rng, len(given["seq"]), 0, 72), 9, 17.5)
    end = np.where(np.isnat(given["closed_at"]), plan.last, given["closed_at"])
    ends = midnight(at)[:, None] + (DAYS + 1)[None, :] * DAY
    kept = np.minimum((ends <= end[:, None]).sum(axis=1), len(DAYS) - 1)
    broken = np.maximum(kept - 1, 0)
    share = np.where(np.isnat(given["closed_at"]), STILL_KEPT, KEPT)
    chosen = np.where(rng.random(len(at)) < share, kept, broken)
    known = at < end
    cases["promised_at"][given["_case"][known]] = at[known]
    cases["promised_due"][given["_case"][known]] = ends[np.arange(len(at)), chosen][known]
