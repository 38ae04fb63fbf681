"""The hall's day read once a moment: every figure about queues is counted from these same rows."""

from datetime import datetime, time, timedelta

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from casedb.tables import visits
from queries import queues_seating as seating
from queries.arguments import MISSING
from queries.cache import cached
from queries.database import read
from rules import rulebook

LOOKBACK = timedelta(days=1)
"""A queue over midnight: nobody is believed to wait, or to talk, for longer than this."""

_TIMES = ("arrived_at", "registered_at", "ticket_at", "called_at", "left_at", "started_at", "ended_at")
_FACTS = ("window_id", "unit_id", "people", "is_misrouted", "answered_at_desk", "purpose", "settled_on_spot")


def midnight(as_of: datetime) -> datetime:
    """00:00 of the moment's day."""
    return datetime.combine(as_of, time.min)


def _not_before(column: ColumnElement[datetime], as_of: datetime) -> ColumnElement[bool]:
    return or_(column.is_(None), column > as_of)


def _rows(as_of: datetime) -> Select:
    """Visits that began today, and those of the last 24 hours still in the hall."""
    still_here = and_(_not_before(visits.c.ended_at, as_of), _not_before(visits.c.left_at, as_of))
    return select(*(visits.c[name] for name in (*_FACTS, *_TIMES))).where(
        visits.c.arrived_at > as_of - LOOKBACK,
        visits.c.arrived_at <= as_of,
        or_(visits.c.arrived_at >= midnight(as_of), still_here),
    )


def known(rows: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """The rows as known at the moment, with where each visit stands.

    Adds begun_at (service began) and the flags ticketed, begun, ended, left (the queue, uncalled), waiting,
    talking. Every ticketed visit is exactly one of waiting, left, begun; every begun one talking or ended.
    """
    rows = rows.assign(**{name: rows[name].where(rows[name] <= as_of) for name in _TIMES if name in rows})
    begun_at = rows["called_at"].fillna(rows["started_at"]).fillna(rows["ended_at"])
    ticketed, begun, ended = rows["ticket_at"].notna(), begun_at.notna(), rows["ended_at"].notna()
    left = ticketed & ~begun & rows["left_at"].notna()
    return rows.assign(
        people=rows["people"].fillna(1).astype("int64"),
        begun_at=begun_at,
        ticketed=ticketed,
        begun=begun,
        ended=ended,
        left=left,
        waiting=ticketed & ~begun & ~left,
        talking=begun & ~ended,
    )


@cached
def day(as_of: datetime) -> pd.DataFrame:
    """The visits of `known` that matter now; ``is_today``: arrived today, not left over from before.

    Where the hall was shut at midnight nobody is left over: the queue of the day before dissolved.
    """
    rows = known(read(_rows(as_of)), as_of)
    rows = rows.assign(is_today=rows["arrived_at"] >= midnight(as_of))
    return rows if seating.went_on_overnight(as_of) else rows[rows["is_today"]].reset_index(drop=True)


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
