"""Petitions of the demo: their citizens are met in person, told how it goes, and notified in writing."""

import numpy as np

from casedb.bulk import Columns, stack, take
from casedb.city import City
from casedb.demo_cases import PETITION, PETITIONS
from casedb.demo_habits import habits
from casedb.demo_plan import DAY, Plan
from casedb.demo_rows import numbered
from casedb.demo_time import NEVER, SECOND, between, in_hours, known, part
from rules.deadlines import dues
from rules.words import ContactMode

FEEDBACK, NOTICE, REFUSED = "feedback", "notice", "meeting_refused"

TELLS, NOTIFIES = 0.945, 0.957
"""Chance to be told in time, as a share of that to be met in time; chance to be notified in time."""

NOT_AT_ALL = 0.42
"""Share of what is not done in time that is not done at all."""

DECLINES = 80
"""Of every so many citizens one would not be met, asked twice."""

LONG_ENOUGH = 5 * DAY
"""To be asked twice."""

MODES, MODE_SHARES = (ContactMode.MEETING, ContactMode.VISIT, ContactMode.VIDEO), (0.62, 0.29, 0.09)

PAYLOADS = {
    FEEDBACK: "向群众反馈办理进展",
    NOTICE: "送达《信访事项受理告知书》",
    REFUSED: "约请见面，群众谢绝",
}


def held(cases: Columns, leads: Columns) -> Columns:
    """The assignments of petitions that their first unit signed for and kept."""
    kept = (leads["round"] == 1) & np.isnat(leads["returned_at"]) & ~np.isnat(leads["signed_at"])
    return take(leads, kept & (cases["legal_route"][leads["_case"]] == PETITIONS))


def milestones(
    plan: Plan, city: City, rng: np.random.Generator, cases: Columns, rows: Columns
) -> tuple[Columns, Columns]:
    """(contacts, events) of the assignments `held`: citizens met, or unwilling to be; told; notified."""
    n, meets = len(rows["seq"]), habits(city).meets[rows["_unit"]]
    received, recorded = (cases[name][rows["_case"]] for name in ("received_at", "recorded_at"))
    accepted = np.where(np.isnat(recorded), received, recorded)
    met = _done(plan, rng, rows, _limit(plan, "meet", accepted), meets, 0.4)
    told = _done(plan, rng, rows, _limit(plan, "feedback", accepted), meets * TELLS, 0.55)
    notified = _done(plan, rng, rows, _limit(plan, "petition_notice", received), np.full(n, NOTIFIES), 0.4)
    declines = np.isin(np.arange(n), _unwilling(plan, rows))
    first = np.where(declines, _soon(plan, rng, rows, rows["signed_at"]), NEVER)
    again = np.where(declines, _soon(plan, rng, rows, first), NEVER)
    taken = ((FEEDBACK, 1, told), (NOTICE, 1, notified), (REFUSED, 1, first), (REFUSED, 2, again))
    parts = [event(rows, at, code, "经办人", PAYLOADS[code], number) for code, number, at in taken]
    return _meetings(rng, rows, np.where(declines, NEVER, met)), stack(parts)


def _unwilling(plan: Plan, rows: Columns) -> np.ndarray:
    """Places of those whose citizens would not be met; none that is handled by another limit."""
    lasts = np.fmin(rows["closed_at"], plan.last) - rows["signed_at"]
    return every(DECLINES, rows, (lasts > LONG_ENOUGH) & (rows["_limit"] == PETITION))


def every(count: int, rows: Columns, wanted: np.ndarray) -> np.ndarray:
    """Places of every so-many-th wanted row, from the newest on: of those open, and of those closed."""
    is_open = np.isnat(rows["closed_at"])
    return np.r_[np.flatnonzero(wanted & is_open)[::-count], np.flatnonzero(wanted & ~is_open)[::-count]]


def _limit(plan: Plan, rule: str, begins: np.ndarray) -> np.ndarray:
    return dues(rule, begins.astype("M8[us]"), plan.calendar).astype("M8[s]")


def _done(
    plan: Plan, rng: np.random.Generator, rows: Columns, limit: np.ndarray, chance: np.ndarray, middle: float
) -> np.ndarray:
    """When a unit did it: in time by its chance, else days later or not at all, and before it closed.

    ``middle``: how far along its limit it is mostly done, from 0 to 1.
    """
    n, begins = len(limit), rows["signed_at"]
    share, luck = rng.beta(4 * middle, 4 * (1 - middle), n), rng.random(n)
    at = begins + (share * ((limit - begins) / SECOND)).astype("m8[s]")
    at = np.where(luck < chance, at, limit + between(rng, n, 6, 150))
    at = np.maximum(in_hours(rng, at, 9, 17.5), begins + between(rng, n, 0.3, 2))
    at = np.where(at > rows["closed_at"], part(rng, begins, np.fmax(begins, rows["closed_at"])), at)
    return known(np.where(luck > 1 - NOT_AT_ALL * (1 - chance), NEVER, at), plan.last)


def _soon(plan: Plan, rng: np.random.Generator, rows: Columns, since: np.ndarray) -> np.ndarray:
    """The next day or the one after, while the case is open."""
    at = in_hours(rng, since + between(rng, len(since), 22, 50), 9, 17.5)
    return known(np.where(at > rows["closed_at"], NEVER, at), plan.last)


def _meetings(rng: np.random.Generator, rows: Columns, at: np.ndarray) -> Columns:
    """A contact for each moment at which a unit and the citizen saw each other."""
    met, n = take(rows, ~np.isnat(at)), int((~np.isnat(at)).sum())
    modes = np.array([mode.value for mode in MODES], dtype=object)
    return {
        "contact_id": numbered(met["assignment_id"], "M", np.ones(n, int)),
        "case_id": met["case_id"],
        "unit_id": met["unit_id"],
        "at": at[~np.isnat(at)],
        "mode": rng.choice(modes, n, p=MODE_SHARES),
        "reached": np.ones(n, bool),
    }


def event(rows: Columns, at: np.ndarray, code: str, post: str, payload: str, number: int = 1) -> Columns:
    """A step of this code, by a post of the unit, for each moment there is."""
    done, n = take(rows, ~np.isnat(at)), int((~np.isnat(at)).sum())
    return {
        "event_id": numbered(done["assignment_id"], code, np.full(n, number)),
        "case_id": done["case_id"],
        "at": at[~np.isnat(at)],
        "actor_unit_id": done["unit_id"],
        "actor_role": np.full(n, post, dtype=object),
        "event": np.full(n, code, dtype=object),
        "payload": np.full(n, payload, dtype=object),
    }
