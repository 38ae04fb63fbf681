"""Seats of the hall: which are really open, as the sittings say."""

from datetime import datetime, time, timedelta

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select

from casedb.tables import seats, units, windows
from queries.cache import cached
from queries.database import read

LONGEST_SITTING = timedelta(days=1)
"""A sitting without an end is believed for a day, then taken as forgotten."""


def _goes_on(moment: datetime) -> ColumnElement[bool]:
    """A sitting that has begun, is not over, and is not a forgotten one."""
    begun = and_(seats.c.opened_at > moment - LONGEST_SITTING, seats.c.opened_at <= moment)
    return and_(begun, or_(seats.c.closed_at.is_(None), seats.c.closed_at > moment))


def went_on_overnight(as_of: datetime) -> ColumnElement[bool]:
    """Somebody was received at the last midnight, or the source never says when seats are open."""
    at_midnight = exists().where(_goes_on(datetime.combine(as_of, time.min)))
    return or_(at_midnight, not_(exists().select_from(seats)))


def _sittings(as_of: datetime) -> Select:
    goes_on = _goes_on(as_of)
    today = and_(seats.c.opened_at >= datetime.combine(as_of, time.min), seats.c.opened_at <= as_of)
    facts = (seats.c.window_id, seats.c.unit_id, seats.c.opened_at)
    return select(*facts, goes_on.label("is_open")).where(or_(goes_on, today))


@cached
def sittings(as_of: datetime) -> pd.DataFrame:
    """Today's sittings and those still open: window_id, unit_id, opened_at, is_open."""
    return read(_sittings(as_of))


@cached
def _are_known() -> bool:
    """The source says at all when seats are open; a call centre's may not."""
    return not read(select(seats.c.seat_id).limit(1)).empty


def open_by_window(as_of: datetime) -> pd.Series | None:
    """Open seats of each window that has one, by window_id; None where the source has no sittings."""
    rows = sittings(as_of)
    if rows.empty and not _are_known():
        return None
    return rows[rows["is_open"]].groupby("window_id").size()


def first_opened(as_of: datetime) -> pd.Series:
    """The moment today each window began to receive, by window_id."""
    rows = sittings(as_of)
    today = rows[rows["opened_at"] >= datetime.combine(as_of, time.min)]
    return today.groupby("window_id")["opened_at"].min()


@cached
def plan() -> pd.DataFrame:
    """The windows in order: window_id, number, unit_id, second_unit_id, seats, unit, second_unit.

    The units by their short names, empty text for none; a window without a unit shows its own name.
    """
    first, second = units.alias("first_unit"), units.alias("second_unit")
    rows = read(
        select(
            windows.c.window_id,
            windows.c.number,
            windows.c.name,
            windows.c.unit_id,
            windows.c.second_unit_id,
            first.c.name.label("unit_name"),
            first.c.short_name.label("unit_short"),
            second.c.name.label("second_name"),
            second.c.short_name.label("second_short"),
            windows.c.seats,
        )
        .join(first, first.c.unit_id == windows.c.unit_id, isouter=True)
        .join(second, second.c.unit_id == windows.c.second_unit_id, isouter=True)
        .order_by(windows.c.number, windows.c.window_id)
    )
    for place, unit in (("unit", "unit"), ("second_unit", "second")):
        rows[place] = rows.pop(f"{unit}_short").fillna(rows.pop(f"{unit}_name").str[:2])
    rows["unit"] = rows["unit"].fillna(rows.pop("name"))
    return rows.assign(unit=rows["unit"].fillna(""), second_unit=rows["second_unit"].fillna(""))
