"""Items that meetings assigned, as they stood at a moment; and the lists behind every figure about them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pandas as pd

from queries.arguments import MISSING, Scope, refuse
from queries.cache import cached
from queries.door import question
from queries.meetings_standing import standing

ROWS = 200
"""Rows of a list unless told otherwise."""

FIRST = "open"
"""The set that is listed unless told otherwise."""

COLUMNS = [
    *("item_id", "case_id", "number", "batch_date", "title", "hidden", "issue", "item_group"),
    *("lead_unit_id", "lead_unit", "assist_unit_ids", "assist_units", "owner_post"),
    *("chair_role", "pledge"),
    *("assigned_at", "pledged_at", "first_due_at", "due_at", "step", "refused_count", "slip_days", "is_late"),
    *("is_promised", "is_kept", "is_told"),
    *("closed_at", "signoff_applied_at", "verified_at", "signed_off_at", "rating", "rated_at"),
    *("is_reopened", "reopened_by", "reopened_at", "faults"),
]

Some = Callable[[pd.DataFrame], pd.Series]

SETS: Mapping[str, Some] = {
    "all": lambda rows: rows["assigned_at"].notna(),
    "closed": lambda rows: rows["closed_at"].notna(),
    "signed_off": lambda rows: rows["signed_off_at"].notna(),
    "open": lambda rows: rows["signed_off_at"].isna(),
    "unsettled": lambda rows: rows["signed_off_at"].isna() | rows["is_reopened"],
    "awaiting": lambda rows: rows["is_awaiting"],
    "late": lambda rows: rows["is_late"],
    "promised": lambda rows: rows["is_promised"],
    "kept": lambda rows: rows["is_kept"],
    "broken": lambda rows: rows["is_promised"] & ~rows["is_kept"],
    "unpromised": lambda rows: rows["first_due_at"].isna(),
    "reopened": lambda rows: rows["is_reopened"],
    "faulty": lambda rows: rows["faults"] != "",
}

BY = {"chair": "chair_role", "owner": "owner_post"}
"""A set ``<name>.chair.<role>`` or ``<name>.owner.<post>`` has the items of one; - has those of none."""

OLDEST_FIRST = ("open", "unsettled", "awaiting", "late", "reopened")


def is_set(name: str) -> bool:
    """Whether there is a set of items of this name."""
    whole, by, key = parts(name)
    return whole in SETS and ((by == "" and key == "") or (by in BY and key != ""))


@question
@cached
def items(scope: Scope) -> pd.DataFrame:
    """Items of ``scope.set`` (those not signed off unless told), of batches held in [start, end).

    Newest batch first; sets of open items oldest first. 200 rows unless told; ``unit`` is the lead.

    Columns: item_id, case_id (empty where ``hidden``, or none is behind it), number (of the meeting),
    batch_date, title and pledge (masked; empty where ``hidden``), hidden, issue, item_group, lead_unit_id,
    lead_unit (a unit nobody knows is called by its code), assist_unit_ids (joined by commas), assist_units
    (their names in the same order, joined by 、), owner_post, chair_role, assigned_at, pledged_at,
    first_due_at (first promise), due_at (in force), step (assigned | pledged: today | handling | applied |
    verified | signed_off), refused_count, slip_days (days by the calendar from the first promise to the
    application, else the closing, else ``as_of``; negative: early; empty: no promise, or not is_told),
    is_late (the first promise has come and it is neither done nor applied for), is_promised (the first
    promise has come), is_kept (of these: done by it), is_told (the source ever says that an item is done:
    where it does not, no item is late, promised or kept, as nobody can know), closed_at, signoff_applied_at,
    verified_at, signed_off_at, rating (the citizen's latest), rated_at, is_reopened, reopened_by, reopened_at
    (brought again after sign-off), faults (codes joined by commas: no_lead, unknown_lead, no_promise,
    early_promise, early_signoff, and open_case:
    signed off while its case is open).
    """
    start = scope.offset
    return members(scope).iloc[start : start + (scope.limit or ROWS)][COLUMNS].reset_index(drop=True)


@question
@cached
def items_count(scope: Scope) -> pd.DataFrame:
    """How many rows `items` has in all: one row, ``rows``."""
    return pd.DataFrame({"rows": [len(members(scope))]})


def members(scope: Scope) -> pd.DataFrame:
    """The rows of the set, in the order of the list, with all that `standing` says."""
    whole, by, key = _named(scope)
    rows = within(scope)
    chosen = rows[SETS[whole](rows)]
    if by:
        chosen = chosen[chosen[BY[by]] == ("" if key == MISSING else key)]
    chosen = chosen[_held(chosen, scope)]
    return chosen if whole in OLDEST_FIRST else newest_first(chosen)


def within(scope: Scope) -> pd.DataFrame:
    """All assigned items that the filters are about, oldest batch first."""
    rows = standing(scope.as_of)
    if scope.unit is not None:
        rows = rows[rows["lead_unit_id"] == ("" if scope.unit == MISSING else scope.unit)]
    if scope.issue is not None:
        rows = rows[rows["issue"] == ("" if scope.issue == MISSING else scope.issue)]
    return rows


def newest_first(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values("batch_day", ascending=False, kind="stable")


def behind(scope: Scope, by: str, row: Mapping[str, Any], set_name: str) -> Scope:
    """The list behind a figure of `meetings_rates.close_rates`: the row's own batch, unit, chair or owner."""
    listed = Scope(scope.as_of, unit=scope.unit, issue=scope.issue, set=set_name)
    if by == "unit":
        return replace(listed, unit=row["key"] or MISSING)
    if by in BY:
        return replace(listed, set=f"{set_name}.{by}.{row['key'] or MISSING}")
    return replace(listed, **_day(row["actual"])) if by == "batch" else listed


def _day(day: date) -> dict[str, Any]:
    start = datetime.combine(day, time())
    return {"start": start, "end": start + timedelta(days=1)}


def _held(rows: pd.DataFrame, scope: Scope) -> pd.Series:
    """Whose batch was held in the period."""
    kept = pd.Series(True, index=rows.index)
    if scope.start:
        kept &= rows["batch_day"] >= scope.start
    if scope.end:
        kept &= rows["batch_day"] < scope.end
    return kept


def parts(name: str) -> tuple[str, str, str]:
    """A set's own name, and by whom it is narrowed: ``open.chair.secretary``."""
    whole, _, rest = name.partition(".")
    by, _, key = rest.partition(".")
    return whole, by, key


def _named(scope: Scope) -> tuple[str, str, str]:
    """The set asked for; raises BadArgument where there is none of that name."""
    name = scope.set or FIRST
    if not is_set(name):
        allowed = ", ".join(SETS)
        raise refuse("set", name, f"可用的有：{allowed}", f"use one of: {allowed}")
    return parts(name)
