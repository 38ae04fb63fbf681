"""The row of figures over the whistles: who is late now, and how the period went against the last one."""

from datetime import datetime, time, timedelta

import pandas as pd
from sqlalchemy import ColumnElement, and_, func, or_, select, true

from casedb.tables import whistles
from queries import whistles_live as now
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.feeds import known_only
from queries.holding import Condition
from queries.league_rows import Look
from queries.summoned import (
    BLOWN,
    CALLED,
    how_many,
    is_accepted,
    is_counted,
    is_kept,
    is_unconfirmed,
    is_under_way,
    last_limit,
)
from queries.summoned_within import LONGEST, has_called, is_of, narrowed, whole
from queries.within import passed
from rules import comparison
from rules.rulebook import load

OF_ARRIVALS = (
    *("late", "soon", "soft", "arrived", "all_there", "leads_there"),
    *("pairs_k", "pairs_n", "pairs_unconfirmed", "pairs_before_k", "pairs_before_n"),
    *("whole_k", "whole_n", "whole_before_k", "whole_before_n"),
)
"""What nobody can tell where no arrival is ever recorded."""

UNITS = ("late", "soon", "soft", "arrived", "summoned", "leads_there", "leads")

SUMS = ("pairs_k", "pairs_n", "pairs_unconfirmed", "whole_k", "whole_n")


@question
@cached
def tiles(scope: Scope) -> pd.DataFrame:
    """The whistles in one row; every figure but the usual ones is as long as its list (`whistles.list`).

    Units of the whistles under way: late (missing past the last limit), late_units (their short names joined
    by 、), soon (missing, no more than whistle.soon of the limit left), soft (missing, past the soft limit
    only), arrived, summoned (those still wanted), leads_there, leads. Whistles: open (under way), all_there
    (of those), today (accepted since midnight), usual_low, usual_high (P10 and P90 by this clock time on the
    last 8 same weekdays; empty with fewer than 4 recorded). Of the period (since the last meeting unless
    told), and of the one before with _before: pairs_k of pairs_n kept their limit (M15), whole_k of whole_n
    whistles had all their units in time. pairs_unconfirmed (of this period only): in time by the unit's own
    word alone, in no pairs_n. All empty where no whistle was ever recorded, `OF_ARRIVALS` where no arrival
    ever was.
    """
    rows, as_of, look = now.live(scope), scope.as_of, Look.of(scope)
    counted, usual = _accepted(scope)
    late = now.part(rows, "late", as_of)["short_name"].drop_duplicates()
    row = {
        **{name: len(now.part(rows, name, as_of)) for name in UNITS},
        "late_units": "、".join(late),
        "open": under_way(scope),
        "all_there": len(now.all_there(scope, rows)),
        "today": counted,
        "usual_low": usual[0],
        "usual_high": usual[1],
        **_sums(look.now),
        **{name.replace("_", "_before_"): sums for name, sums in _sums(look.before).items()},
    }
    table = pd.DataFrame([row], columns=[*COLUMNS]).astype(COLUMNS)
    table = known_only(table, CALLED.c.arrived_at, OF_ARRIVALS)
    return known_only(table, whistles.c.at, [name for name in COLUMNS if name != "late_units"])


COLUMNS = {
    "late": "Int64",
    "late_units": "str",
    **dict.fromkeys(("soon", "soft", "open", "today"), "Int64"),
    **dict.fromkeys(("usual_low", "usual_high"), "float64"),
    **dict.fromkeys(("arrived", "summoned", "all_there", "leads_there", "leads"), "Int64"),
    **dict.fromkeys(("pairs_k", "pairs_n", "pairs_unconfirmed", "pairs_before_k", "pairs_before_n"), "Int64"),
    **dict.fromkeys(("whole_k", "whole_n", "whole_before_k", "whole_before_n"), "Int64"),
}


def under_way(scope: Scope) -> int:
    """Whistles under way, those included that have called nobody yet."""
    number = select(func.count().label("whistles")).select_from(BLOWN)
    return _one(read(number.where(is_under_way(scope.as_of), *narrowed(scope, has_called))), "whistles")


def since_midnight(scope: Scope) -> Condition:
    """Accepted since midnight."""
    midnight = datetime.combine(scope.as_of, time.min)
    young = BLOWN.c.at >= midnight - LONGEST
    return and_(young, is_accepted(scope.as_of), _that_day(midnight, scope.as_of))


def _that_day(midnight: datetime, until: datetime) -> Condition:
    return and_(BLOWN.c.accepted_at >= midnight, BLOWN.c.accepted_at <= until)


def _accepted(scope: Scope) -> tuple[int, tuple[float, float] | tuple[None, None]]:
    """Whistles accepted by this clock time: today, and the usual band of the last same weekdays."""
    midnight = datetime.combine(scope.as_of, time.min)
    weeks = [timedelta(weeks=week) for week in range(load().usual.weekdays + 1)]
    days: list[ColumnElement] = [
        how_many(_that_day(midnight - week, scope.as_of - week)).label(f"{week.days}") for week in weeks
    ]
    young = BLOWN.c.at >= midnight - weeks[-1] - LONGEST
    counted = select(*days).where(young, is_accepted(scope.as_of), *narrowed(scope, has_called))
    row = read(counted).iloc[0]
    first = _first()
    like = [int(row[f"{week.days}"]) for week in weeks[1:] if first and first <= midnight - week]
    return int(row["0"]), comparison.usual(like) or (None, None)


@cached
def _first() -> datetime | None:
    """When the first whistle was blown: on days before, none was recorded."""
    at = read(select(func.min(BLOWN.c.at).label("at")))["at"].iloc[0]
    return None if pd.isna(at) else at.to_pydatetime()


def _sums(period: Scope | None) -> dict[str, int | None]:
    """Pairs and whole whistles of a period: `SUMS`; empty where the period is not known."""
    if period is None:
        return dict.fromkeys(SUMS)
    as_of, mine = period.as_of, true() if period.unit is None else is_of(period)
    due = and_(mine, passed(period, last_limit()))
    pairs = {"pairs_k": is_kept, "pairs_n": is_counted, "pairs_unconfirmed": is_unconfirmed}
    counted = [how_many(and_(due, holds(as_of))).label(name) for name, holds in pairs.items()]
    each = whole(period, *counted).subquery()
    known = and_(passed(period, each.c.last), or_(each.c.late > 0, each.c.doubtful == 0))
    sums: list[ColumnElement] = [
        *(func.coalesce(func.sum(each.c[name]), 0).label(name) for name in pairs),
        how_many(and_(known, each.c.late == 0)).label("whole_k"),
        how_many(known).label("whole_n"),
    ]
    found = read(select(*sums))
    return {name: _one(found, name) for name in SUMS}


def _one(found: pd.DataFrame, name: str) -> int:
    return int(found[name].iloc[0])
