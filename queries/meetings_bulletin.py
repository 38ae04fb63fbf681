"""What the bulletin of ten days says in its one sentence, and the sums that must agree before it is said."""

import json
from dataclasses import replace
from typing import Any

import pandas as pd
from sqlalchemy import and_, func, select

from casedb.tables import meeting_items, units
from queries.arguments import MISSING, Scope
from queries.cache import cached
from queries.conditions import is_valid, was_sent
from queries.database import read
from queries.definitions import cases_within, select_events, tally
from queries.door import question
from queries.events import EVENTS
from queries.feeds import known_only
from queries.holding import CASE
from queries.measures import is_known, measured
from queries.meetings_spans import before, days, lasting, period_of
from rules import comparison

TALLIED = {
    "total": "received",
    "calls": "calls",
    "sms": "sms",
    "others": "otherwise",
    "valid": "valid",
    "online": "settled_online",
    "dispatched": "dispatched",
    "waiting": "undispatched",
}
"""Figures that are a set of the cases received in the period."""

TICKETS = {"closed": "tickets_done", "in_hand": "tickets_left", "carried": "tickets_carried"}
"""Figures of the tickets, by the set that each is."""

JUDGED = {"on_time": "on_time", "satisfied": "satisfaction"}
"""Figures of a measure over all units: counted of base."""

ITEMS = {"all_assigned": "assigned_at", "all_closed": "closed_at", "all_signed": "signed_off_at"}

KINDS = {
    **dict.fromkeys(("issue", "mover"), "str"),
    **dict.fromkeys(("on_time_n", "satisfied_n", "mover_count"), "Int64"),
    **dict.fromkeys(("on_time_k", "satisfied_k", "mover_change", "per_day"), "float64"),
    **dict.fromkeys(("per_day_before", "days_before"), "float64"),
}

SUMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "channels": (("calls", "sms", "others"), ("total",)),
    "valid": (("online", "sent", "waiting"), ("valid",)),
    "stock": (("closed", "in_hand"), ("dispatched", "carried")),
}
"""Each identity: the terms of its left side, and of its right. What was merged into another case, does not
count or is settled by the centre stands on neither side of the stock."""


@question
@cached
def ten_days(scope: Scope) -> pd.DataFrame:
    """The figures of the bulletin's sentence: one row, of [start, end), or since the last meeting.

    total (cases received) = calls + sms (text messages) + others; valid = online (settled by the centre) +
    dispatched (sent to a unit) + waiting (neither, yet); of tickets, which are valid cases sent to a unit:
    closed (in the period), in_hand (open at its end, or now), carried (received before it, open when it
    began); closed + in_hand = dispatched + carried. issue, issue_count (the most frequent kind), on_time_k
    and on_time_n (assignments whose limit fell in the period, closed by it: M06), satisfied_k and satisfied_n
    (ratings that count: M01), days (of the period so far), per_day (cases a day), per_day_before and
    days_before (of the period before; empty: not known), mover, mover_count, mover_change (the kind whose
    daily rate rose by the largest fraction, beyond two standard errors, and by which; empty: none did),
    all_assigned, all_closed, all_signed (items of all meetings; empty: the source never records that).
    """
    asked = period_of(scope)
    facts: dict[str, Any] = {**_cases(asked), **_tickets(asked), **_leading(asked), **_judged(asked)}
    facts |= {**_daily(asked, facts["total"]), **_mover(asked), **_items(asked)}
    table = pd.DataFrame([facts])
    table = known_only(table.astype(KINDS), meeting_items.c.closed_at, ["all_closed"])
    return known_only(table, meeting_items.c.signed_off_at, ["all_signed"])


@question
@cached
def identities(scope: Scope) -> pd.DataFrame:
    """The sums that must agree before a bulletin is said; one that does not is the fault of some row.

    name (channels | valid | stock), left, right (cases), holds, left_terms, right_terms (what is added on
    each side, as JSON: [[figure, cases], …]). ``sent`` is what was sent to a unit, whether or not the centre
    settled it as well: a case that is both breaks the sum.
    """
    asked = period_of(scope)
    found = {**_cases(asked), **_tickets(asked), "sent": _sent(asked)}
    rows = []
    for name, sides in SUMS.items():
        terms = [[(term, found[term]) for term in side] for side in sides]
        left, right = (sum(count for _, count in side) for side in terms)
        rows.append((name, left, right, left == right, *(json.dumps(side) for side in terms)))
    return pd.DataFrame(rows, columns=["name", "left", "right", "holds", "left_terms", "right_terms"])


@cached
def _cases(asked: Scope) -> dict[str, int]:
    """The figures that are a set of the cases received in the period."""
    tallies = [tally(asked, name, label) for label, name in TALLIED.items()]
    return _counts(read(cases_within(asked, tallies, "")))


@cached
def _tickets(asked: Scope) -> dict[str, int]:
    """The figures of the tickets."""
    counts = {name: select_events(asked, EVENTS[of], func.count()) for name, of in TICKETS.items()}
    return _counts(read(select(*(one.scalar_subquery().label(name) for name, one in counts.items()))))


def _sent(asked: Scope) -> int:
    """Valid cases received in the period that a unit was sent."""
    sent = and_(is_valid(asked.as_of), was_sent(asked.as_of))
    return int(read(cases_within(asked, [func.count().label("sent")], "").where(sent))["sent"].iloc[0])


def _counts(table: pd.DataFrame) -> dict[str, int]:
    return {str(name): int(count) for name, count in table.iloc[0].items()}


def by_issue(asked: Scope) -> dict[str, int]:
    """Cases received in the period by kind of issue; those of no kind are left out."""
    wanted = cases_within(asked, [CASE.c.issue, func.count().label("cases")], "")
    found = read(wanted.where(CASE.c.issue.is_not(None)).group_by(CASE.c.issue))
    return {str(issue): int(count) for issue, count in zip(found["issue"], found["cases"], strict=True)}


def _leading(asked: Scope) -> dict[str, Any]:
    """The most frequent kind of issue; of equals the first by name."""
    counts = by_issue(asked)
    first = min(counts, key=lambda issue: (-counts[issue], issue), default="")
    return {"issue": first, "issue_count": counts.get(first, 0)}


def _judged(asked: Scope) -> dict[str, Any]:
    """Counted and base of each measure, over all units the scope is about; empty where nobody records it."""
    facts: dict[str, Any] = {}
    for name, measure in JUDGED.items():
        sums = _about(measured(asked, measure), asked)
        known = is_known(measure)
        facts |= {f"{name}_k": float(sums["k"].sum()) if known else None}
        facts |= {f"{name}_n": int(sums["n"].sum()) if known else None}
    return facts


def _about(sums: pd.DataFrame, asked: Scope) -> pd.DataFrame:
    """The sums of the unit, or of the units of the group, that the scope names."""
    if asked.unit is not None:
        sums = sums[sums["unit_id"] == ("" if asked.unit == MISSING else asked.unit)]
    if asked.group is not None:
        group = read(select(units.c.unit_id).where(units.c.unit_group == asked.group))
        sums = sums[sums["unit_id"].isin(group["unit_id"])]
    return sums


def _daily(asked: Scope, total: int) -> dict[str, float | None]:
    """Cases a day, in the period and in the one before."""
    length, past = lasting(asked), before(asked)
    earlier = _cases(replace(asked, start=past[0], end=past[1]))["total"] if past else 0
    usual = earlier / days(past) if past else None
    per_day = total / length if length else None
    return {"days": length, "per_day": per_day, "per_day_before": usual, "days_before": days(past) or None}


def _mover(asked: Scope) -> dict[str, Any]:
    """The kind whose daily rate rose by the largest fraction, beyond chance: that of `intake/issues`."""
    length, past = lasting(asked), before(asked)
    now = by_issue(asked)
    earlier = by_issue(replace(asked, start=past[0], end=past[1])) if past else {}
    rises = {}
    for issue, count in now.items():
        sides = (count, length, earlier.get(issue, 0), days(past))
        if earlier and comparison.is_real(*sides) and count / length > sides[2] / sides[3]:
            rises[issue] = comparison.change(*sides)
    most = min(rises, key=lambda issue: (rises[issue] is None, -(rises[issue] or 0), issue), default="")
    change = rises.get(most)
    return {"mover": most, "mover_count": now.get(most), "mover_change": change}


def _items(asked: Scope) -> dict[str, int]:
    """Items of all meetings: assigned, and of these done and signed off."""
    assigned = meeting_items.c.assigned_at <= asked.as_of
    counts = (
        select(func.count())
        .select_from(meeting_items)
        .where(assigned, meeting_items.c[column] <= asked.as_of)
        .scalar_subquery()
        .label(name)
        for name, column in ITEMS.items()
    )
    return _counts(read(select(*counts)))
