"""The same spot whistled at again: how often within the days of the rulebook, and who leads there."""

from datetime import datetime, timedelta

import pandas as pd
from sqlalchemy import and_, func, select

from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.holding import Condition
from queries.summoned import BLOWN, is_real
from queries.summoned_within import Conditions, has_called, narrowed
from queries.whistles_rows import of_whistles, told
from rules.rulebook import load


def _span() -> timedelta:
    return timedelta(days=load().whistle.repeat_days)


def recent(scope: Scope) -> Condition:
    """Whistles on a spot that has a code, in the days up to the moment; withdrawn and void ones left out."""
    on_a_spot = and_(BLOWN.c.spot_id.is_not(None), BLOWN.c.spot_id != "")
    return and_(BLOWN.c.at > scope.as_of - _span(), is_real(scope.as_of), on_a_spot, *_narrowed(scope))


def _narrowed(scope: Scope) -> Conditions:
    return narrowed(scope, has_called)


def on_spot(scope: Scope, spot_id: str) -> Condition:
    """Those of one spot."""
    return and_(recent(scope), BLOWN.c.spot_id == spot_id)


def proposed(scope: Scope) -> Condition:
    """Those of every spot whistled at often enough for the agenda (whistle.repeats)."""
    often = select(BLOWN.c.spot_id).where(recent(scope)).group_by(BLOWN.c.spot_id)
    enough = often.having(func.count() >= load().whistle.repeats).subquery()
    return and_(recent(scope), BLOWN.c.spot_id.in_(select(enough.c.spot_id)))


def times(rows: pd.DataFrame, as_of: datetime) -> pd.Series:
    """Which whistle on its spot each row's is, of the 30 days up to it; 1 the first, or on no known spot."""
    each = rows.drop_duplicates("whistle_id")[["whistle_id", "spot_id", "at"]]
    each = each[each["spot_id"].fillna("") != ""]
    if each.empty:
        return pd.Series(1, rows.index, "int64")
    first = each["at"].min().to_pydatetime() - _span()
    earlier = read(
        select(BLOWN.c.spot_id, BLOWN.c.at.label("then")).where(BLOWN.c.at > first, is_real(as_of))
    )
    pairs = each.merge(earlier, on="spot_id")
    counts = (pairs["then"] <= pairs["at"]) & (pairs["then"] > pairs["at"] - _span())
    nth = counts.groupby(pairs["whistle_id"]).sum()
    return rows["whistle_id"].map(nth).fillna(1).clip(lower=1).astype("int64")


@question
@cached
def spots(scope: Scope) -> pd.DataFrame:
    """Spots whistled at more than once in the 30 days up to ``as_of``, most often first.

    Columns: spot_id, place, town, matter (masked; empty where ``hidden``), hidden, unit_id, unit (the lead),
    all of the last whistle there, times, last_at (blown), is_proposed (for the agenda: whistle.repeats times
    or more). Whistles withdrawn or ruled void do not count; the period is not used.
    """
    counted = select(BLOWN.c.spot_id, func.count().label("times"), func.max(BLOWN.c.at).label("last"))
    again = counted.where(recent(scope)).group_by(BLOWN.c.spot_id).having(func.count() > 1).subquery()
    last = and_(
        recent(scope), BLOWN.c.spot_id.in_(select(again.c.spot_id)), BLOWN.c.at.in_(select(again.c.last))
    )
    rows = told(of_whistles(scope.as_of, last), scope.as_of).merge(
        read(select(again.c.spot_id, again.c.times)), on="spot_id"
    )
    rows = rows.sort_values(["at", "whistle_id"]).drop_duplicates("spot_id", keep="last")
    rows = rows.assign(last_at=rows["at"], is_proposed=rows["times"] >= load().whistle.repeats)
    ordered = rows.sort_values(["times", "last_at", "spot_id"], ascending=[False, False, True])
    names = ["spot_id", "place", "town", "matter", "hidden", "unit_id", "unit", "times", "last_at"]
    return ordered[[*names, "is_proposed"]].reset_index(drop=True)
