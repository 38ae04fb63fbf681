"""The hall's day read once a moment: every figure about queues is counted from these same rows."""

from datetime import datetime, time, timedelta

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true

from casedb.tables import visits
from queries import queues_seating as seating
from queries.arguments import MISSING
from queries.cache import cached
from queries.database import read
from rules import rulebook

LOOKBACK = timedelta(days=1)
"""A queue over midnight: nobody is believed to wait, or to talk, for longer than this."""

_TIMES = ("arrived_at", "registered_at", "ticket_at", "called_at", "left_at", "started_at", "ended_at")
_FACTS = (
    "window_id",
    "unit_id",
    "people",
    "is_misrouted",
    "answered_at_desk",
    "purpose",
    "outcome_level",
    "settled_on_spot",
)


def midnight(as_of: datetime) -> datetime:
    """00:00 of the moment's day."""
    return datetime.combine(as_of, time.min)


def times_known(as_of: datetime) -> list[ColumnElement[datetime]]:
    """The moments of a visit as known at ``as_of``: what is still to come is empty."""
    return [case((visits.c[name] <= as_of, visits.c[name])).label(name) for name in _TIMES]


def _has_not(as_of: datetime, *names: str) -> ColumnElement[bool]:
    """None of these had happened at the moment."""
    return and_(*(or_(visits.c[name].is_(None), visits.c[name] > as_of) for name in names))


def _rows(as_of: datetime) -> Select:
    """Visits that began today, and those of the last 24 hours still in the hall."""
    still_here = and_(_has_not(as_of, "ended_at", "left_at"), seating.went_on_overnight(as_of))
    return select(*(visits.c[name] for name in _FACTS), *times_known(as_of)).where(
        visits.c.arrived_at >= as_of - LOOKBACK,
        visits.c.arrived_at <= as_of,
        or_(visits.c.arrived_at >= midnight(as_of), still_here),
    )


def stand(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, their moments as known at the moment asked for, with where each visit stands then.

    Adds begun_at (service began) and the flags ticketed, begun, ended, left (the queue, uncalled), waiting,
    talking. Every ticketed visit is exactly one of waiting, left, begun; every begun one talking or ended.
    Where a source says of one visit that it left uncalled and also when its talk began, leaving counts.
    """
    uncalled = rows["called_at"].isna() & rows["left_at"].notna()
    begun_at = rows["called_at"].fillna(rows["started_at"]).fillna(rows["ended_at"]).mask(uncalled)
    ticketed, begun, ended = rows["ticket_at"].notna(), begun_at.notna(), rows["ended_at"].notna()
    return rows.assign(
        people=rows["people"].fillna(1).astype("int64"),
        begun_at=begun_at,
        ticketed=ticketed,
        begun=begun,
        ended=ended,
        left=ticketed & uncalled,
        waiting=ticketed & ~begun & ~uncalled,
        talking=begun & ~ended,
    )


@cached
def people_waiting(as_of: datetime, unit: str | None) -> int:
    """How many people waited at a moment of which nothing else is asked: counted by the database."""
    people = func.coalesce(func.sum(func.coalesce(visits.c.people, 1)), 0)
    waited = select(people.label("people")).where(
        visits.c.arrived_at >= as_of - LOOKBACK,
        visits.c.arrived_at <= as_of,
        or_(visits.c.arrived_at >= midnight(as_of), seating.went_on_overnight(as_of)),
        visits.c.ticket_at <= as_of,
        _has_not(as_of, "called_at", "left_at", "started_at", "ended_at"),
        asks_for(unit),
    )
    return int(read(waited)["people"].iloc[0])


@cached
def day(as_of: datetime) -> pd.DataFrame:
    """The visits of `stand` that matter now; ``is_today``: arrived today, not left over from before.

    Where the hall was shut at midnight nobody is left over: the queue of the day before dissolved.
    """
    rows = stand(read(_rows(as_of)))
    return rows.assign(is_today=rows["arrived_at"] >= midnight(as_of))


def of_today(as_of: datetime, unit: str | None) -> pd.DataFrame:
    """The visits that arrived today; of one unit if it is named."""
    rows = day(as_of)
    return of_unit(rows[rows["is_today"]], unit)


def of_unit(rows: pd.DataFrame, unit: str | None) -> pd.DataFrame:
    """The visits that asked for the unit; all where none is named."""
    if unit is None:
        return rows
    return rows[rows["unit_id"].isna() if unit == MISSING else rows["unit_id"] == unit]


def asks_for(unit: str | None) -> ColumnElement[bool]:
    """The same as a condition of a select."""
    if unit is None:
        return true()
    return visits.c.unit_id.is_(None) if unit == MISSING else visits.c.unit_id == unit


def minutes(span: pd.Series) -> pd.Series:
    """Spans of time as minutes."""
    return span.dt.total_seconds() / 60


def talks(rows: pd.DataFrame) -> pd.Series:
    """Minutes of each finished talk, without those too short (a wrong call) or too long (forgotten) (M13)."""
    lasted = minutes(rows["ended_at"] - rows["started_at"].fillna(rows["called_at"]))
    rule = rulebook.load().talk
    return lasted[lasted.between(rule.shortest / 60, rule.longest)]
