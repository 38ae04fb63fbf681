"""Which whistles and pairs a scope is about: the limits that fell in its period, and its filters."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from casedb.tables import areas, summons
from queries.arguments import MISSING, Scope
from queries.holding import Condition
from queries.summoned import (
    BLOWN,
    CALLED,
    PAIR,
    flag,
    how_many,
    is_accepted,
    is_called,
    is_counted,
    is_late,
    is_wanted,
    last_limit,
)
from queries.within import passed

Conditions = list[Condition]

LONGEST = timedelta(days=14)
"""No whistle is older when it is accepted or its limits fall: older ones are not looked at for a period."""


def fell_due(scope: Scope) -> Conditions:
    """Wanted pairs whose last limit fell in the period and has passed, unconfirmed ones included."""
    return [*called_within(scope), *narrowed(scope), passed(scope, last_limit())]


def called_within(scope: Scope) -> Conditions:
    """Wanted pairs of whistles young enough for their limits to fall in the period."""
    as_of = scope.as_of
    return [*blown_since(scope), is_accepted(as_of), is_called(as_of), is_wanted(as_of)]


def blown_since(scope: Scope) -> Conditions:
    """Read from the index of the whistles, not from all of them."""
    return [BLOWN.c.at >= scope.start - LONGEST] if scope.start else []


def whole(scope: Scope, *more: ColumnElement[Any]) -> Select[Any]:
    """A row a whistle: whistle_id, last (its last limit), late and doubtful (wanted units of which that is
    so), and ``more`` sums over its units.
    """
    as_of = scope.as_of
    doubtful = or_(last_limit().is_(None), last_limit() >= as_of, flag(is_counted(as_of)) == 0)
    return (
        select(
            BLOWN.c.whistle_id,
            func.max(last_limit()).label("last"),
            how_many(is_late(as_of)).label("late"),
            how_many(doubtful).label("doubtful"),
            *more,
        )
        .select_from(PAIR)
        .where(*called_within(scope), *narrowed(scope, has_called))
        .group_by(BLOWN.c.whistle_id)
    )


# ── filters ──────────────────────────────────────────────────────────────────────────────────────────────


def narrowed(scope: Scope, by_unit: Any = None) -> Conditions:
    """The filters of the scope: ``unit`` called, ``other`` (the town that blew it) and ``area`` of the town.

    ``by_unit``: how the unit narrows; it is the unit of the summons unless told.
    """
    chosen: Conditions = []
    if scope.unit is not None:
        chosen.append((by_unit or is_of)(scope))
    if scope.other is not None:
        chosen.append(BLOWN.c.town_id == scope.other)
    if scope.area is not None:
        chosen.append(_lies_in(scope.area))
    return chosen


def is_of(scope: Scope) -> Condition:
    """It is the unit of the scope that was called."""
    return CALLED.c.unit_id == scope.unit


def has_called(scope: Scope) -> Condition:
    """The whistle called the unit of the scope, whomever else."""
    mine = summons.alias("mine")
    same = (mine.c.whistle_id == BLOWN.c.whistle_id, mine.c.unit_id == scope.unit)
    return select(mine.c.summons_id).where(*same, mine.c.called_at <= scope.as_of).exists()


def _lies_in(area: str) -> Condition:
    """The town is the office of this area, or of one below it; `MISSING`: of none."""
    offices = select(areas.c.unit_id).where(areas.c.unit_id.is_not(None))
    if area == MISSING:
        return BLOWN.c.town_id.not_in(offices)
    above = (areas.c.level1_id, areas.c.level2_id, areas.c.level3_id)
    return BLOWN.c.town_id.in_(offices.where(or_(*(one == area for one in above))))
