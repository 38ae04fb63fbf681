"""What can be wrong with the data of a case database: named problems, each a select of the keys concerned.

Nothing is run here. ``casedb.check`` runs these selects for an operator, ``queries.health`` for the board.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from casedb.disorder import NEWEST, in_the_future, no_time, time_order
from casedb.identities import identities, orphans
from casedb.problem import Problem
from casedb.promises import empty_fields, repeated_keys, strange_places, strange_words
from casedb.tables import assignments, calendar_days, cases

__all__ = ["Problem", "newest", "problems", "promises", "special_days", "years_needed"]


def problems(moment: datetime) -> list[Problem]:
    """Everything that can be looked for at a moment.

    Time order, limits of nought, future events, identities, orphans, kinds of place.
    """
    when = [*time_order(), *no_time(), *in_the_future(moment)]
    return [*when, *identities(), *orphans(), *strange_places()]


def promises() -> list[Problem]:
    """What only a view can break: keys that occur twice, required fields empty, words nobody agreed on."""
    return [*repeated_keys(), *empty_fields(), *strange_words()]


def newest(moment: datetime) -> dict[str, Select[Any]]:
    """For each table with moments, the select of its newest one not after ``moment``: newest."""
    return {
        column.table.name: select(func.max(column).label("newest")).where(column <= moment)
        for column in NEWEST
    }


def years_needed() -> Select[Any]:
    """The span of moments that need a working-day calendar: first and last received, last due."""
    due = select(func.max(assignments.c.due_at)).scalar_subquery()
    received = cases.c.received_at
    return select(func.min(received).label("first"), func.max(received).label("last"), due.label("due"))


def special_days() -> Select[Any]:
    """The centre's own calendar entries: day, is_workday."""
    return select(calendar_days.c.day, calendar_days.c.is_workday)
