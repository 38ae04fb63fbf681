"""Hearings of the demo (听证): now and then a petition that takes long is heard; its limit stands still."""

import numpy as np

from casedb.bulk import Columns, stack, take
from casedb.demo_petitions import event, every
from casedb.demo_plan import DAY, Plan
from casedb.demo_time import NEVER, between, in_hours, known
from rules.deadlines import HEARING_FROM, HEARING_TO

LONG = 16 * DAY
EVERY = 16
"""Every so-many-th petition that takes longer than `LONG`, and is not late, has a hearing."""

CHAIR = "听证主持人"
PAYLOADS = {HEARING_FROM: "启动听证，期间不计入办理期限", HEARING_TO: "听证结束，形成听证意见"}


def hearings(plan: Plan, rng: np.random.Generator, rows: Columns) -> Columns:
    """The events of the hearings about the assignments of petitions; one that still goes on has no end."""
    over = np.fmin(rows["closed_at"], plan.last)
    long = (over - rows["dispatched_at"] > LONG) & (over < rows["due_at"])
    heard = take(rows, every(EVERY, rows, long))
    n = len(heard["seq"])
    begun = in_hours(rng, _workdays(plan, heard["dispatched_at"] + between(rng, n, 12 * 24, 13 * 24)), 9, 10)
    ended = in_hours(rng, _workdays(plan, begun + between(rng, n, 4.6 * 24, 5.4 * 24)), 15, 17)
    ended = np.where(ended > heard["closed_at"], heard["closed_at"] - between(rng, n, 0.2, 2), ended)
    begun = np.where(begun < np.fmin(ended, plan.last), begun, NEVER)
    ended = np.where(np.isnat(begun), NEVER, known(ended, plan.last))
    taken = ((HEARING_FROM, begun), (HEARING_TO, ended))
    return stack([event(heard, at, code, CHAIR, PAYLOADS[code]) for code, at in taken])


def _workdays(plan: Plan, times: np.ndarray) -> np.ndarray:
    """The day itself, or the next one on which people work."""
    days = [plan.calendar.next_workday(day) for day in times.astype("M8[D]").tolist()]
    return np.array(days, dtype="M8[s]")
