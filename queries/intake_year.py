"""The year that ends with the moment's day, in the figures the centre publishes."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pandas as pd
from sqlalchemy import Integer, and_, func, or_, select
from sqlalchemy import case as when

from casedb.tables import meeting_items, meetings
from queries.arguments import Scope
from queries.cache import cached
from queries.conditions import ANSWERED, CALL, GOOD, first_answer
from queries.database import read
from queries.definitions import cases_within, tally
from queries.door import question
from queries.feeds import known_only
from queries.holding import CASE
from rules.words import CallbackSource, ChairRole, MeetingState

RECORDED = {
    CALL.c.rating: ("rated", "satisfied"),
    CASE.c.settled_at: ("settled_online",),
    meetings.c.meeting_id: ("meetings", "by_secretary"),
    meeting_items.c.item_id: ("assigned", "closed"),
}
"""Figures that are empty where the source never records their column."""

COUNTED = ("received", "calls", "valid", "settled_online", "dispatched")


@question
@cached
def year(scope: Scope) -> pd.DataFrame:
    """The trailing year that ends with the moment's day, one row; filters and period are not used.

    Columns: start (first moment), received, calls, valid, settled_online, dispatched (cases received in the
    year), rated, satisfied (first ratings given in it), satisfaction (M01; empty: nobody rated), meetings,
    by_secretary (held), assigned, closed (items its meetings assigned, and those of them reported done).
    Empty is what the source never records.
    """
    midnight = datetime.combine(scope.as_of, time.min)
    start = _year_before(midnight + timedelta(days=1))
    whole = Scope(as_of=scope.as_of, start=start)
    until_today = Scope(as_of=midnight, start=start, end=midnight)
    figures = _cases_until(until_today) + _cases(replace(whole, start=midnight)) + _changes(whole, midnight)
    ratings = _ratings_until(until_today) + _ratings(start=midnight, last=scope.as_of)
    rated, satisfied = (int(ratings[name]) for name in ("rated", "satisfied"))
    row = {"start": start, **figures, "rated": rated, "satisfied": satisfied}
    row["satisfaction"] = satisfied / rated if rated else None
    table = pd.DataFrame([row | _meetings(start, scope.as_of)]).astype({"satisfaction": "float64"})
    for column, names in RECORDED.items():
        table = known_only(table, column, names)
    return table


def _year_before(end: datetime) -> datetime:
    """A year earlier; the 29th of February has the 1st of March."""
    try:
        return end.replace(year=end.year - 1)
    except ValueError:
        return end.replace(year=end.year - 1, month=3, day=1)


@cached
def _cases_until(closed: Scope) -> pd.Series:
    """The year without today, as known at midnight: the costly part, asked once a day."""
    return _cases(closed)


def _cases(scope: Scope) -> pd.Series:
    return read(cases_within(scope, [tally(scope, name) for name in COUNTED], "")).iloc[0]


def _changes(whole: Scope, midnight: datetime) -> pd.Series:
    """What became known today of the cases received before today: counted as now, less as at midnight."""
    earlier = replace(whole, end=midnight)
    now = [tally(earlier, name) for name in COUNTED]
    then = [tally(replace(earlier, as_of=midnight), name, f"{name}_then") for name in COUNTED]
    moved = or_(
        and_(CASE.c.settled_at > midnight, CASE.c.settled_at <= whole.as_of),
        and_(CASE.c.dispatched_at > midnight, CASE.c.dispatched_at <= whole.as_of),
    )
    counted = read(cases_within(earlier, [*now, *then], "").where(moved)).iloc[0]
    return pd.Series({name: counted[name] - counted[f"{name}_then"] for name in COUNTED})


@cached
def _ratings_until(closed: Scope) -> pd.Series:
    """First ratings of the year before today."""
    return _ratings(start=closed.start or closed.as_of, last=closed.as_of - timedelta(microseconds=1))


def _ratings(start: datetime, last: datetime) -> pd.Series:
    """First ratings of units given in [start, last]: rated, satisfied."""
    good = when((CALL.c.rating.in_(GOOD), 1), else_=0)
    counts = [func.count().label("rated"), func.coalesce(func.sum(good), 0, type_=Integer).label("satisfied")]
    mine = and_(CALL.c.at >= start, CALL.c.at <= last, CALL.c.rating.in_(ANSWERED))
    by_others = CALL.c.source != CallbackSource.UNIT.value
    return read(select(*counts).where(mine, first_answer(), by_others)).iloc[0]


def _meetings(start: datetime, as_of: datetime) -> dict[str, int]:
    """Meetings of the year (one still called planned after its day was held), and what they assigned."""
    planned = and_(meetings.c.state == MeetingState.PLANNED.value, meetings.c.actual_date < as_of.date())
    held = and_(
        or_(meetings.c.state == MeetingState.HELD.value, planned),
        meetings.c.actual_date >= start.date(),
        meetings.c.actual_date <= as_of.date(),
    )
    chaired = when((meetings.c.chair_role == ChairRole.SECRETARY.value, 1), else_=0)
    sessions = select(
        func.count().label("meetings"),
        func.coalesce(func.sum(chaired), 0, type_=Integer).label("by_secretary"),
    ).where(held)
    done = when((meeting_items.c.closed_at <= as_of, 1), else_=0)
    items = (
        select(
            func.count().label("assigned"), func.coalesce(func.sum(done), 0, type_=Integer).label("closed")
        )
        .join_from(meeting_items, meetings)
        .where(held, meeting_items.c.assigned_at <= as_of)
    )
    found = pd.concat([read(sessions).iloc[0], read(items).iloc[0]])
    return {name: int(count) for name, count in found.items()}
