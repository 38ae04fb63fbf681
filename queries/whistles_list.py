"""Whistles and the units they called as a list: every figure of the whistles opens one, as long as itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Select, and_, case, func, or_, select

from queries import whistles_live as now
from queries.arguments import Scope, refuse
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.holding import Condition
from queries.league_rows import Look
from queries.summoned import (
    BLOWN,
    CALLED,
    PAIR,
    is_counted,
    is_kept,
    is_late,
    is_signed_off,
    is_unconfirmed,
    is_under_way,
)
from queries.summoned_within import Conditions, fell_due, has_called, narrowed, whole
from queries.whistles_rows import of_summons, of_whistles, told
from queries.whistles_spots import on_spot, proposed
from queries.whistles_tiles import since_midnight
from queries.whistles_towns import accepted
from queries.whistles_units import IS_ASSISTING, IS_LEAD, is_good, pairs_closed, town_rated, unit_rated
from queries.within import passed
from rules.words import Role

ROWS = 200
"""Rows of a list unless told otherwise."""

FIRST = "under_way"
"""The set that is listed unless told otherwise."""

SPOT = "spot_"
"""A set ``spot_<code>`` has the whistles of one spot."""

COLUMNS = [
    *(
        "whistle_id",
        "town",
        "matter",
        "hidden",
        "place",
        "kind",
        "area_kind",
        "accepted_at",
        "unit_id",
        "unit",
    ),
    *(
        "role",
        "due_at",
        "last_due_at",
        "answered_at",
        "arrived_at",
        "is_confirmed",
        "late_minutes",
        "left_at",
    ),
    *("closed_at", "end", "town_rating", "unit_rating", "case_id"),
]


@dataclass(frozen=True)
class Set:
    """A set of summons, or of whistles, within the period and the filters of a scope."""

    holds: Callable[[Scope], Conditions]
    is_of_whistles: bool = False


def _pairs(more: Callable[..., Condition], *whose: Condition) -> Set:
    return Set(lambda scope: [*fell_due(scope), more(scope.as_of), *whose])


def _whole(is_kept_by_all: bool | None) -> Set:
    """Whistles whose last limit fell in the period and of which it is known whether all came in time."""

    def holds(scope: Scope) -> Conditions:
        each = whole(scope).subquery()
        kept, broken = and_(each.c.late == 0, each.c.doubtful == 0), each.c.late > 0
        which = or_(kept, broken) if is_kept_by_all is None else kept if is_kept_by_all else broken
        return [BLOWN.c.whistle_id.in_(select(each.c.whistle_id).where(passed(scope, each.c.last), which))]

    return Set(holds, is_of_whistles=True)


def _accepted(ended: str) -> Set:
    column = BLOWN.c[ended]
    return Set(lambda scope: [*accepted(scope), column <= scope.as_of], is_of_whistles=True)


def _of_whistles(holds: Callable[[Scope], Conditions]) -> Set:
    return Set(holds, is_of_whistles=True)


SETS: Mapping[str, Set] = {
    "under_way": _of_whistles(lambda scope: [is_under_way(scope.as_of), *narrowed(scope, has_called)]),
    "all_there": _of_whistles(lambda scope: [BLOWN.c.whistle_id.in_(now.all_there(scope))]),
    "today": _of_whistles(lambda scope: [since_midnight(scope), *narrowed(scope, has_called)]),
    "pairs": _pairs(is_counted),
    "pairs_kept": _pairs(is_kept),
    "pairs_late": _pairs(is_late),
    "lead_pairs": _pairs(is_counted, IS_LEAD),
    "lead_pairs_kept": _pairs(is_kept, IS_LEAD),
    "assist_pairs": _pairs(is_counted, IS_ASSISTING),
    "assist_pairs_kept": _pairs(is_kept, IS_ASSISTING),
    "unconfirmed": _pairs(is_unconfirmed),
    "whole": _whole(None),
    "whole_kept": _whole(True),
    "whole_late": _whole(False),
    "accepted": _of_whistles(accepted),
    "void": _accepted("ruled_void_at"),
    "cancelled": _accepted("cancelled_at"),
    "signed_off": _of_whistles(lambda scope: [*accepted(scope), is_signed_off(scope.as_of)]),
    "pairs_closed": Set(pairs_closed),
    "rated_town": Set(town_rated),
    "good_town": Set(lambda scope: [*town_rated(scope), is_good(CALLED.c.town_rating)]),
    "rated_unit": _of_whistles(unit_rated),
    "good_unit": _of_whistles(lambda scope: [*unit_rated(scope), is_good(BLOWN.c.unit_rating)]),
    "spots": _of_whistles(lambda scope: [proposed(scope)]),
}

NAMES = (*now.LIVE, *SETS)


def is_set(name: str) -> bool:
    """Whether there is a set of whistles or summons of this name."""
    return name in NAMES or (name.startswith(SPOT) and len(name) > len(SPOT))


@question
@cached
def list(scope: Scope) -> pd.DataFrame:
    """Rows of ``scope.set`` (whistles under way unless told), of the period if the set has one.

    A row a summons; in sets of whistles a row a whistle, with what is said of its lead unit. Summons of
    whistles under way: the most overdue first; all others: the newest. 200 rows unless told.

    Columns: whistle_id, town, matter, hidden, place (masked; both empty where ``hidden``), kind, area_kind,
    accepted_at, unit_id, unit, role, due_at, last_due_at (empty where no limit is known), answered_at,
    arrived_at, is_confirmed (not on the unit's word alone), late_minutes (whole minutes beyond the last
    limit; 0 in time), left_at, closed_at (when it was over, however), end (open | closed | cancelled | void),
    town_rating, unit_rating (1 to 5; empty until it is signed off), case_id (empty where ``hidden``).
    """
    name, start = _named(scope), scope.offset
    end = start + (scope.limit or ROWS)
    if name in now.LIVE:
        rows = now.within(scope, name).iloc[start:end]
    else:
        rows = told(_selected(scope, _set(name)).limit(end - start).offset(start), scope.as_of)
    return rows[COLUMNS].reset_index(drop=True)


@question
@cached
def count(scope: Scope) -> pd.DataFrame:
    """How many rows `list` has in all: one row, ``rows``."""
    name = _named(scope)
    if name in now.LIVE:
        return pd.DataFrame({"rows": [len(now.within(scope, name))]})
    chosen, period = _set(name), Look.of(scope).now
    source = BLOWN if chosen.is_of_whistles else PAIR
    return read(select(func.count().label("rows")).select_from(source).where(*chosen.holds(period)))


def _named(scope: Scope) -> str:
    """The set asked for; raises BadArgument where there is none of that name."""
    name = scope.set or FIRST
    if not is_set(name):
        allowed = ", ".join((*NAMES, f"{SPOT}…"))
        raise refuse("set", name, f"可用的有：{allowed}", f"use one of: {allowed}")
    return name


def _set(name: str) -> Set:
    if name in SETS:
        return SETS[name]
    return _of_whistles(lambda scope: [on_spot(scope, name.removeprefix(SPOT))])


def _selected(scope: Scope, chosen: Set) -> Select:
    """The rows of a set, newest whistle first, its lead unit before the others."""
    rows = of_whistles if chosen.is_of_whistles else of_summons
    second = case((CALLED.c.role == Role.LEAD.value, 0), else_=1)
    order = (BLOWN.c.accepted_at.desc(), BLOWN.c.whistle_id, second, CALLED.c.unit_id, CALLED.c.summons_id)
    return rows(scope.as_of, *chosen.holds(Look.of(scope).now)).order_by(*order)
