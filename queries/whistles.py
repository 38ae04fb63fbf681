"""Whistles: who was called to the spot, who is there, who is late; and how units and towns keep to it."""

from datetime import datetime

import pandas as pd
from sqlalchemy import Select, func, select

from casedb.tables import whistles
from queries import whistles_live as now
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.feeds import known_only
from queries.holding import not_by
from queries.meetings import previous_same_point
from queries.summoned import CALLED, PAIR, is_called, is_under_way, tells_answers
from queries.summoned_within import narrowed
from queries.whistles_day import day
from queries.whistles_list import count, list
from queries.whistles_spots import spots, times
from queries.whistles_tiles import tiles, under_way
from queries.whistles_towns import towns
from queries.whistles_units import ratings, units

__all__ = ["active", "count", "day", "list", "ratings", "spots", "stock", "tiles", "towns", "units"]

COLUMNS = [
    *("whistle_id", "town_id", "town", "matter", "hidden", "place", "times", "area_kind", "accepted_at"),
    *("minutes", "limit_minutes", "last_limit_minutes"),
    *("unit_id", "unit", "short_name", "role", "state", "late_minutes"),
    *("due_at", "last_due_at", "answered_at", "departed_at", "arrived_at", "is_confirmed", "case_id"),
    *("is_told", "is_answer_told"),
]


@question
@cached
def active(scope: Scope) -> pd.DataFrame:
    """Every summons of the whistles under way at ``as_of``, most overdue whistle first.

    whistle_id, town_id, town, matter, place (masked; empty where ``hidden``), hidden, times (which whistle on
    that spot within 30 days; 1 the first), area_kind, accepted_at, minutes (since accepted; until the last
    arrival once all are there), limit_minutes, last_limit_minutes (where the first limit is soft; both empty
    where no limit is known), unit_id, unit, short_name, role, state (called | answered | departed | arrived |
    late | ruled_out; late = the last limit has passed without arrival), late_minutes (whole minutes beyond
    the last limit, of who came late too; 0 in time), due_at, last_due_at (the same where the first is not
    soft), answered_at, departed_at, arrived_at, is_confirmed (the arrival rests on more than the unit's own
    word), case_id (empty where ``hidden``, or no case is behind it), is_told (the source ever says that a
    unit arrived: where it does not, nobody is late), is_answer_told (or that one answered or set out: where
    it does not, nobody is silent).
    """
    rows = now.live(scope)
    return rows.assign(times=times(rows, scope.as_of), is_answer_told=tells_answers())[COLUMNS]


@question
@cached
def stock(scope: Scope) -> pd.DataFrame:
    """One row: awaiting (units called that have not answered), previous (the same at the same point of the
    last period; None where no meeting is known), late (units past the last limit and not there), whistles
    (under way). All empty where no whistle was ever recorded, late where no arrival ever was, awaiting and
    previous where no answer was either.
    """
    rows = now.live(scope)
    awaiting = len(now.part(rows, "awaiting", scope.as_of)) if tells_answers() else None
    table = pd.DataFrame(
        {
            "awaiting": pd.Series([awaiting], dtype="Int64"),
            "previous": pd.Series([_before(scope)], dtype="Int64"),
            "late": [len(now.part(rows, "late", scope.as_of))],
            "whistles": [under_way(scope)],
        }
    )
    return known_only(known_only(table, CALLED.c.arrived_at, ["late"]), whistles.c.at, table.columns)


def _before(scope: Scope) -> int | None:
    """Units that had not answered at the same point of the last period; None where nobody can tell."""
    then = previous_same_point(scope.as_of)
    if then is None or not tells_answers():
        return None
    return int(read(_awaited(then, scope))["units"].iloc[0])


def _awaited(as_of: datetime, scope: Scope) -> Select:
    """The same number, counted by the database, for a moment of which nothing else is asked."""
    steps = (CALLED.c[name] for name in ("answered_at", "departed_at", "arrived_at", "ruled_out_at"))
    silent = (not_by(step, as_of) for step in steps)
    number = select(func.count().label("units")).select_from(PAIR)
    return number.where(is_under_way(as_of), is_called(as_of), *silent, *narrowed(scope))
