"""The calls back after each closing: three attempts, what the citizen says, and what is sent back for it."""

import numpy as np

from casedb.bulk import Columns, stack
from casedb.demo_plan import Plan
from casedb.demo_time import GOLDEN, NEVER, between, either, in_hours
from rules.words import CallbackSource, Rating, Resolved

DECLINES = 0.07

SENT_BACK = 0.62
"""Share of dissatisfied answers that are sent back for rework."""

COMPLAINTS = np.array(["问题未解决", "处理太慢", "态度不好", "答复与事实不符", "反复发生"], dtype=object)


def call_back(
    plan: Plan, rng: np.random.Generator, lead: Columns, content: np.ndarray, doubted: np.ndarray
) -> Columns:
    """Up to three attempts after each closing, at times the unit's own call; marks what is sent back.

    Per lead assignment: ``content``, the chance that its citizen is satisfied; ``doubted``, whether they say
    less often than others that it is resolved.
    """
    closed = np.flatnonzero(~np.isnat(lead["closed_at"]))
    at = in_hours(rng, lead["closed_at"][closed] + between(rng, len(closed), 8, 60), 8.8, 20.3)
    at = np.maximum(at, lead["closed_at"][closed] + between(rng, len(closed), 0.4, 3))
    rated = _ratings(plan, rng, lead, closed, content[closed])
    final = _attempts(rng, lead, closed, at, rated, doubted[closed])
    _send_back(rng, lead, closed, final)
    own = closed[rng.random(len(closed)) < 0.06]
    return stack([*final["parts"], _own_calls(rng, lead, own)])


def _ratings(
    plan: Plan,
    rng: np.random.Generator,
    lead: Columns,
    closed: np.ndarray,
    chance: np.ndarray,
) -> np.ndarray:
    """What each citizen would answer: satisfied, mostly, declined or dissatisfied."""
    n, luck = len(closed), rng.random(len(closed))
    first = _evenly(rng, lead["_unit"][closed]) < chance
    content = np.where(lead["round"][closed] > 1, rng.random(n) < 0.82, first)
    if plan.totals:
        content = rng.random(n) < plan.totals.satisfaction / 100
    kind = np.where(luck < 0.68, Rating.SATISFIED.value, Rating.MOSTLY.value)
    kind = np.where(content, kind, Rating.DISSATISFIED.value)
    return np.where(rng.random(n) < DECLINES, Rating.DECLINED.value, kind).astype(object)


def _evenly(rng: np.random.Generator, unit: np.ndarray) -> np.ndarray:
    """Numbers from 0 to 1 spread evenly over each unit's answers, so that a unit's rate is its own."""
    order = np.argsort(unit, kind="stable")
    luck = np.empty(len(unit))
    luck[order] = (np.arange(len(unit)) * GOLDEN + rng.random()) % 1
    return luck


def _attempts(
    rng: np.random.Generator,
    lead: Columns,
    closed: np.ndarray,
    at: np.ndarray,
    rated: np.ndarray,
    doubted: np.ndarray,
) -> dict[str, np.ndarray | list[Columns]]:
    parts, todo = [], np.arange(len(closed))
    reached_at = np.full(len(closed), NEVER)
    for chance in (0.80, 0.62, 0.5):
        n = len(todo)
        reached = rng.random(n) < chance
        source = rng.choice(["centre", "robot", "message", "superior"], n, p=[0.78, 0.12, 0.06, 0.04])
        parts.append(_rows(rng, lead, closed[todo], at[todo], source, reached, rated[todo], doubted[todo]))
        reached_at[todo[reached]] = at[todo[reached]]
        todo = todo[~reached]
        at = at + between(rng, len(at), 3, 30)
    return {"parts": parts, "rated": rated, "reached_at": reached_at}


def _rows(
    rng: np.random.Generator,
    lead: Columns,
    places: np.ndarray,
    at: np.ndarray,
    source: np.ndarray,
    reached: np.ndarray,
    rated: np.ndarray,
    doubted: np.ndarray,
) -> Columns:
    n, bad = len(places), rated == Rating.DISSATISFIED.value
    answer = resolved(rng, bad, doubted)
    return {
        "_case": lead["_case"][places],
        "_step": lead["_step"][places],
        "_unit": lead["_unit"][places],
        "round": lead["round"][places],
        "source": source.astype(object),
        "at": at,
        "reached": reached,
        "rating": either(reached, rated, None),
        "rated_object": np.full(n, "unit", dtype=object),
        "resolved": either(reached, answer, None),
        "reason": either(reached & bad, COMPLAINTS[rng.integers(0, 5, n)], None),
    }


def resolved(rng: np.random.Generator, bad: np.ndarray, doubted: np.ndarray) -> np.ndarray:
    """What each citizen says of the matter itself; where the unit is doubted the satisfied doubt it, too."""
    luck = rng.random(len(bad))
    unhappy = np.where(luck < 0.8, Resolved.NO.value, Resolved.PARTLY.value)
    happy = np.select(
        [luck < 0.88, luck < 0.95], [Resolved.YES.value, Resolved.PARTLY.value], Resolved.EXPLAINED.value
    )
    doubting = np.select(
        [luck < 0.68, luck < 0.80, luck < 0.97],
        [Resolved.YES.value, Resolved.PARTLY.value, Resolved.NO.value],
        Resolved.EXPLAINED.value,
    )
    return np.where(bad, unhappy, np.where(doubted, doubting, happy))


def _own_calls(rng: np.random.Generator, lead: Columns, places: np.ndarray) -> Columns:
    """A unit that calls by itself hears better news; such ratings never rank it."""
    at = lead["closed_at"][places] + between(rng, len(places), 0.5, 7)
    kind = rng.choice([Rating.SATISFIED.value, Rating.MOSTLY.value], len(places), p=[0.85, 0.15]).astype(
        object
    )
    source = np.full(len(places), CallbackSource.UNIT.value)
    reached, doubted = np.ones(len(places), bool), np.zeros(len(places), bool)
    return _rows(rng, lead, places, at, source, reached, kind, doubted)


def _send_back(rng: np.random.Generator, lead: Columns, closed: np.ndarray, final: dict) -> None:
    """Some dissatisfied answers are sent back for rework, some hours after the call."""
    bad = (final["rated"] == Rating.DISSATISFIED.value) & ~np.isnat(final["reached_at"])
    again = bad & (rng.random(len(closed)) < SENT_BACK) & (lead["round"][closed] < 4)
    sent_back = np.full(len(lead["closed_at"]), NEVER)
    # After the unit's own call too, which comes within seven hours of its closing.
    call = np.maximum(final["reached_at"], lead["closed_at"][closed] + np.timedelta64(7, "h"))
    sent_back[closed] = np.where(again, call + between(rng, len(closed), 1, 9), NEVER)
    lead["sent_back_at"] = sent_back
    reasons = np.full(len(sent_back), None, dtype=object)
    reasons[closed[again]] = "群众不满意，发回重办"
    lead["send_back_reason"] = reasons
