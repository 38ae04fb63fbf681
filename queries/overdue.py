"""Limits kept and broken: the stock past its limit, the units that answer for it, the oldest cases."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
from sqlalchemy import Integer, and_, func, select
from sqlalchemy import case as when

from casedb.tables import assignments
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.definitions import SETS, cases_within, select_cases, tally, within_set
from queries.door import question
from queries.feeds import known_only
from queries.holding import CASE, HELD, due
from queries.meetings import previous_same_point
from queries.names import about, placed, unit_names
from queries.names import units as every_unit
from queries.overdue_ages import ages, both, units
from queries.overdue_ladder import ladder, missed, rung_rules, rungs
from queries.overdue_standing import levels
from queries.texts import veiled

__all__ = [
    "ages",
    "both",
    "by_unit",
    "ladder",
    "missed",
    "oldest",
    "rung_rules",
    "rungs",
    "stock",
    "units",
]

OUTCOMES = ("closed_on_time", "closed_late", "open_in_time", "open_overdue", "unknown")
"""What became of the cases a unit answers for; they add up to those received."""

LIMITED = ("overdue", "previous", "due_24h", "due_48h", "previous_48h")
"""Figures that mean nothing where the source gives no limits."""

OLDEST = 8
"""Cases the list of the oldest has unless told otherwise."""


NOT_KNOWN = {"overdue": pd.Series([None], dtype="Int64"), "due_48h": pd.Series([None], dtype="Int64")}
"""The stock at a moment nobody knows."""


@question
@cached
def stock(scope: Scope) -> pd.DataFrame:
    """Cases past their limit now: one row.

    Columns: overdue, previous (at the same point of the last period; empty: not known, or the scope has a
    period), oldest_days (whole days past the limit; empty: none), due_24h, due_48h (open, limit within so
    many hours), previous_48h. All empty where the source gives no limits at all.
    """
    before = None if scope.start or scope.end else previous_same_point(scope.as_of)
    now, then = _stock(scope), _stock(replace(scope, as_of=before)) if before else NOT_KNOWN
    row = now | {"previous": then["overdue"], "previous_48h": then["due_48h"]}
    row["oldest_days"] = (scope.as_of - row.pop("oldest_due")).dt.days
    table = pd.DataFrame(row)[["overdue", "previous", "oldest_days", "due_24h", "due_48h", "previous_48h"]]
    return known_only(table, assignments.c.due_at, LIMITED)


@question
@cached
def by_unit(scope: Scope) -> pd.DataFrame:
    """What became of the cases received in [start, end), by the unit that answers for them, most first.

    Columns: unit_id, unit, received (cases a lead unit answers for), closed_on_time, closed_late,
    open_in_time, open_overdue, unknown (a time is missing and the source gives no verdict). Where the
    source gives no times but a verdict, the verdict counts. Cases whose unit is not named are under empty
    names.
    """
    unit = func.coalesce(HELD.c.unit_id, "").label("code")
    tallies = [tally(scope, "assigned", "received"), *(tally(scope, name) for name in OUTCOMES)]
    counted = read(cases_within(replace(scope, unit=None), [unit, *tallies], "inner").group_by(unit))
    table = placed(counted, every_unit()).rename(columns={"code": "unit_id", "name": "unit"})
    table = table[about(table["unit_id"], scope.unit)].reset_index(drop=True)
    return table[["unit_id", "unit", "received", *OUTCOMES]]


@question
@cached
def oldest(scope: Scope) -> pd.DataFrame:
    """Open cases longest past their limit, worst first; 8 of them unless ``limit`` says otherwise.

    Columns: case_id, unit_id, unit, title (masked; empty where ``hidden``), due_at, days_late (whole days
    begun and ended), hours_late (exact), level (step D2 to D5 of the ladder), hidden.
    """
    limit_in_force = due(scope.as_of).label("due_at")
    columns = [CASE.c.case_id, HELD.c.unit_id, CASE.c.title, CASE.c.confidentiality, limit_in_force]
    listed = select_cases(scope, "overdue", *columns)
    ordered = listed.order_by(limit_in_force, CASE.c.case_id)
    table = read(ordered.limit(scope.limit or OLDEST).offset(scope.offset))
    late = (scope.as_of - table["due_at"]).dt.total_seconds() / 3600
    table = veiled(table, ["title"]).assign(hours_late=late, days_late=(late // 24).astype("int64"))
    table["level"] = levels(scope.as_of, table["case_id"]).astype("int64")
    table["unit"] = unit_names(table["unit_id"])
    names = ["case_id", "unit_id", "unit", "title", "due_at", "days_late", "hours_late", "level", "hidden"]
    return table[names]


def _stock(scope: Scope) -> dict[str, pd.Series]:
    """The sets of the stock, counted by the limits of the open cases: each one number."""
    held = within_set(scope, [due(scope.as_of).label("due_at")], SETS["open"], "outer").subquery()
    limit, now = held.c.due_at, scope.as_of
    counts = {
        "overdue": limit < now,
        "due_24h": and_(limit >= now, limit <= now + timedelta(hours=24)),
        "due_48h": and_(limit >= now, limit <= now + timedelta(hours=48)),
    }
    sums = [
        func.coalesce(func.sum(when((holds, 1), else_=0)), 0, type_=Integer).label(n)
        for n, holds in counts.items()
    ]
    oldest_due = func.min(when((limit < now, limit), else_=None)).label("oldest_due")
    found = read(select(*sums, oldest_due).where(limit <= now + timedelta(hours=48)))
    return {str(name): found[name] for name in found}
