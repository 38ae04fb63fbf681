"""One matter as a meeting looks at it on the wall: since when, how many, who had it, why it is there."""

from datetime import datetime, timedelta
from typing import Any

import orjson
import pandas as pd
from sqlalchemy import and_, func, select, true

from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.holding import CASE
from queries.meetings_alike import told
from queries.meetings_entries import BY_HAND, chosen
from queries.meetings_past import is_hidden, same_matter, the_case, times
from queries.meetings_spans import before, days, lasting, period_of, until
from queries.names import areas, at_level, categories, named
from rules import candidates as rule
from rules import masking

WEEKS = 26
"""Weeks shown at most, the last ones: half a year."""

WEEK = timedelta(days=7)


@question
@cached
def matter(scope: Scope) -> pd.DataFrame | None:
    """What present mode shows of ``scope.case``: one row, masked as for a wall; None where there is none.

    Columns: case_id, title and place (down to the estate; masked, empty where ``hidden``), hidden
    (confidential, or a report), category, nature, confidentiality, issue, area (town; empty where
    ``hidden``), first_at (first heard of the matter), waiting_days, affected (empty: nothing records it),
    reports, people, places (communities reported from), failed (times the unit said it was done and the
    citizen was not satisfied), round, hands (times sent to a unit), units, returned, now_reports and now_days
    (of the period so far), before_reports and before_days, issue_reports (of all matters of its issue in the
    period; empty: it has none), reasons (JSON: every reason, strongest first), item_group (empty: no
    candidate).
    """
    own = the_case(scope)
    if own is None:
        return None
    same = same_matter(scope)
    rates = _rates(own, same, scope)
    row = {**_shown(own), **_spread(own, same, scope), **times(scope), **rates, **_why(scope, rates)}
    return pd.DataFrame([row]).astype({"affected": "Int64", "issue_reports": "Int64", "round": "Int64"})


@question
@cached
def matter_weeks(scope: Scope) -> pd.DataFrame:
    """Reports of the matter of ``scope.case`` by week, oldest first, at most 26 weeks.

    A week begins on the weekday and at the hour at which the meeting's period does. Columns: start, end (of
    the running week ``as_of``), reports, is_complete, is_period (it lies in the meeting's period).
    """
    columns = ["start", "end", "reports", "is_complete", "is_period"]
    same = same_matter(scope)
    if same.empty:
        return pd.DataFrame(columns=columns)
    whole, as_of = period_of(scope), scope.as_of
    zero = whole.start or as_of
    first, last = same["received_at"].min().to_pydatetime(), until(whole)
    begun = range(max((first - zero) // WEEK, (last - zero) // WEEK - WEEKS + 1), (last - zero) // WEEK + 1)
    starts = [zero + number * WEEK for number in begun if zero + number * WEEK < last or number == begun[0]]
    rows = [
        (at, min(at + WEEK, last), _between(same, at, at + WEEK), at + WEEK <= last, at >= zero)
        for at in starts
    ]
    return pd.DataFrame(rows, columns=columns).astype({"start": "datetime64[us]", "end": "datetime64[us]"})


# ── the case ─────────────────────────────────────────────────────────────────────────────────────────────


def _shown(own: dict[str, Any]) -> dict[str, Any]:
    """What a wall may say of it; of a confidential matter, and of any report, only the kind."""
    hidden = is_hidden(own)
    code = pd.Series([own["category_id"] or ""])
    town = at_level(pd.Series([own["area_id"] or ""]), areas(), 1)
    return {
        "case_id": own["case_id"],
        "title": "" if hidden else estate(own["title"]),
        "place": "" if hidden else estate(own["place"]),
        "hidden": hidden,
        "category": named(code, categories())[0],
        "nature": own["nature"] or "",
        "confidentiality": own["confidentiality"] or "",
        "issue": own["issue"] or "",
        "area": "" if hidden else named(town, areas())[0],
    }


def estate(text: str | None) -> str:
    """A text as a projected screen may say it: without persons, numbers, buildings and doors."""
    return masking.projected(text)


# ── how much ─────────────────────────────────────────────────────────────────────────────────────────────


def _spread(own: dict[str, Any], same: pd.DataFrame, scope: Scope) -> dict[str, Any]:
    first = same["received_at"].min() if len(same) else own["received_at"]
    counts = told(same, scope.as_of)
    lived = at_level(same["area_id"].fillna(""), areas(), 2)
    return {
        "first_at": first,
        "waiting_days": (scope.as_of - first).days,
        "affected": pd.NA,
        "reports": len(same),
        "people": int(counts["people"].sum()),
        "places": int(lived[lived != ""].nunique()),
    }


# ── the period, and why ──────────────────────────────────────────────────────────────────────────────────


def _rates(own: dict[str, Any], same: pd.DataFrame, scope: Scope) -> dict[str, Any]:
    whole = period_of(scope)
    last, start = before(whole), whole.start or scope.as_of
    return {
        "now_reports": _between(same, start, until(whole)),
        "now_days": lasting(whole),
        "before_reports": _between(same, *last) if last else 0,
        "before_days": days(last),
        "issue_reports": _of_issue(own["issue"], start, until(whole)) if own["issue"] else pd.NA,
    }


def _between(same: pd.DataFrame, start: datetime, end: datetime) -> int:
    return int(((same["received_at"] >= start) & (same["received_at"] < end)).sum())


def _of_issue(issue: str, start: datetime, end: datetime) -> int:
    within = and_(CASE.c.received_at >= start, CASE.c.received_at < end, CASE.c.is_valid == true())
    return int(read(select(func.count().label("n")).where(within, CASE.c.issue == issue))["n"].iloc[0])


def _why(scope: Scope, rates: dict[str, Any]) -> dict[str, Any]:
    """Every reason, of the candidate that is the same matter; none of its own: put there by hand."""
    known = chosen(Scope(scope.as_of, scope.start, scope.end))
    codes = {*same_matter(scope)["case_id"]}
    mine = known[known["case_id"].isin(codes)]
    why = [BY_HAND] if mine.empty else mine["why"].iloc[0]
    span = (rates["now_reports"], rates["now_days"], rates["before_reports"], rates["before_days"])
    return {
        "reasons": orjson.dumps(rule.with_surge(why, *span)).decode(),
        "item_group": "" if mine.empty else mine["item_group"].iloc[0],
    }
