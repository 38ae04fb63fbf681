"""The published year, September 2018 – August 2019, to be met exactly."""

from datetime import date, datetime

import numpy as np

from casedb.bulk import Columns
from casedb.demo_cases import Quotas
from casedb.demo_plan import Plan, Totals
from rules.words import Rating

START = date(2018, 9, 1)
UNTIL = datetime(2019, 8, 31, 18, 0)

PUBLISHED = Totals(
    received=82_853,
    calls=78_685,
    valid=59_624,
    settled=41_658,
    satisfaction=97.4,
    meetings=30,
    by_secretary=14,
    assigned=745,
    done=697,
)


def quotas(totals: Totals | None) -> Quotas:
    """What the requests must add up to."""
    return Quotas(totals.calls, totals.valid, totals.settled) if totals else Quotas()


def counts(weights: np.ndarray, rng: np.random.Generator, plan: Plan, walk_ins: int) -> np.ndarray:
    """Requests in each hour, those at a window of the hall left out: by chance, or exactly the total."""
    if plan.totals:
        return rng.multinomial(plan.totals.received - walk_ins, weights / weights.sum())
    return rng.poisson(weights)


def settle_satisfaction(plan: Plan, rng: np.random.Generator, leads: Columns, calls: Columns) -> None:
    """Turn so many ratings that the published satisfaction comes out; none that was sent back."""
    if not plan.totals:
        return
    rated = np.isin(calls["rating"].astype(str), [Rating.SATISFIED, Rating.MOSTLY, Rating.DISSATISFIED])
    rated &= (calls["source"] != "unit") & (calls["round"] == 1) & (calls["rated_object"] == "unit")
    bad = rated & (calls["rating"] == Rating.DISSATISFIED.value)
    sent_back = leads["assignment_id"][~np.isnat(leads["sent_back_at"])]
    fixed = np.isin(calls["assignment_id"].astype(str), sent_back.astype(str))
    surplus = int(bad.sum()) - round(rated.sum() * (1 - plan.totals.satisfaction / 100))
    turned = np.flatnonzero(bad & ~fixed) if surplus > 0 else np.flatnonzero(rated & ~bad)
    turned = rng.choice(turned, abs(surplus), replace=False)
    good = surplus > 0
    calls["rating"][turned] = (Rating.SATISFIED if good else Rating.DISSATISFIED).value
    calls["resolved"][turned] = "yes" if good else "no"
    calls["reason"][turned] = None if good else "问题未解决"
