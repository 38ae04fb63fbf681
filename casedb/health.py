"""What can be wrong with the data of a case database: named problems, each a select of the keys concerned.

Nothing is run here. ``casedb.check`` runs these selects for an operator, ``queries.health`` for the board.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from casedb.disorder import NEWEST, in_the_future, time_order
from casedb.identities import identities, orphans, repeated_keys
from casedb.problem import Problem
from casedb.tables import assignments, calendar_days, cases

__all__ = ["Problem", "newest", "problems", "special_days", "years_needed"]


def problems(moment: datetime) -> list[Problem]:
    """Everything that can be looked for at a moment: time order, future events, identities, orphans."""
    return [*time_order(), *in_the_future(moment), *identities(), *orphans(), *repeated_keys()]


def newest(moment: datetime) -> dict[str, Select[Any]]:
    """For each table with moments, the select of its newest one not after ``moment``: newest."""
    return {
        column.table.name: select(func.max(column).label("newest")).where(column <= moment)
        for column in NEWEST
    }


def years_needed() -> Select[Any]:
    """The span of moments that need a working-day calendar: first received, last due."""
    last = select(func.max(assignments.c.due_at)).scalar_subquery()
    return select(func.min(cases.c.received_at).label("first"), last.label("last"))


def special_days() -> Select[Any]:
    """The centre's own calendar entries: day, is_workday."""
    return select(calendar_days.c.day, calendar_days.c.is_workday)
