"""Whistles and summons as rows: names for codes, texts masked, and no moment that has not come yet."""

from datetime import datetime

import pandas as pd
from sqlalchemy import ColumnElement, FromClause, Select, func, select

from casedb.tables import cases, summons, units
from queries.database import read
from queries.holding import Condition
from queries.summoned import (
    BLOWN,
    CALLED,
    PAIR,
    first_limit,
    flag,
    is_proved,
    is_wanted,
    last_limit,
    state,
    tells_arrivals,
)
from queries.texts import veiled
from rules.words import Confidentiality, Role

TOWN, UNIT = units.alias("town"), units.alias("unit")

TEXTS = ["matter", "place"]

ENDS = {"void": "ruled_void_at", "cancelled": "cancelled_at", "closed": "closed_at"}
"""How a whistle may be over, and when; where several are known, the first of these."""

WORST, BEST = 1, 5
"""Ratings both ways are points from 1 to 5; any other number is none."""

_STEPS = ("answered_at", "departed_at", "arrived_at", "left_at")


def of_summons(as_of: datetime, *where: Condition) -> Select:
    """A row a summons."""
    return _rows(PAIR, as_of).where(*where)


def of_whistles(as_of: datetime, *where: Condition) -> Select:
    """A row a whistle, with the summons of its lead unit; all that is of a unit is empty without one."""
    lead = summons.alias("lead")
    mine = (lead.c.whistle_id == BLOWN.c.whistle_id, lead.c.role == Role.LEAD.value)
    first = select(func.min(lead.c.summons_id)).where(*mine, lead.c.called_at <= as_of)
    led = CALLED.c.summons_id == first.correlate(BLOWN).scalar_subquery()
    return _rows(BLOWN.outerjoin(CALLED, led), as_of).where(*where)


def _rows(source: FromClause, as_of: datetime) -> Select:
    named = source.outerjoin(TOWN, TOWN.c.unit_id == BLOWN.c.town_id)
    named = named.outerjoin(UNIT, UNIT.c.unit_id == CALLED.c.unit_id)
    return select(*_of_whistle(), *_of_unit(as_of)).select_from(
        named.outerjoin(cases, cases.c.case_id == BLOWN.c.case_id)
    )


def _of_whistle() -> list[ColumnElement]:
    """A town or unit that does not exist any more is called by its code."""
    names = ("whistle_id", "town_id", "matter", "place", "spot_id", "kind", "area_kind", "case_id")
    moments = ("at", "accepted_at", "closed_at", "cancelled_at", "ruled_void_at", "unit_rating")
    town = func.coalesce(TOWN.c.name, BLOWN.c.town_id).label("town")
    return [*(BLOWN.c[name] for name in (*names, *moments)), town, cases.c.confidentiality]


def _of_unit(as_of: datetime) -> list[ColumnElement]:
    names = ("summons_id", "unit_id", "role", "called_at", *_STEPS, "town_rating")
    return [
        *(CALLED.c[name] for name in names),
        func.coalesce(UNIT.c.name, CALLED.c.unit_id).label("unit"),
        UNIT.c.short_name,
        first_limit().label("due_at"),
        last_limit().label("last_due_at"),
        state(as_of).label("state"),
        flag(is_wanted(as_of)).label("wanted"),
        flag(is_proved(as_of)).label("is_confirmed"),
    ]


def told(selection: Select, as_of: datetime) -> pd.DataFrame:
    """The rows as known at the moment, with what follows from them.

    hidden (matter and place are not for every eye, nor which case it is), end (open | closed | cancelled |
    void), closed_at (when it was over, however), late_minutes (whole minutes beyond the last limit until
    the unit came, or the whistle was over, or now; 0 in time), is_confirmed (not on the unit's word alone),
    ratings only of whistles signed off, is_told (the source says when units arrive: else nobody is late).
    """
    rows = _veiled(read(selection))
    for name in (*_STEPS, *ENDS.values()):
        rows[name] = rows[name].mask(rows[name] > as_of)
    rows = _rated(rows)
    rows = _ended(rows)
    rows["short_name"] = rows["short_name"].fillna(rows["unit"].str[:2])
    rows["is_confirmed"] = rows["is_confirmed"].eq(1) | rows["arrived_at"].isna()
    rows["late_minutes"] = _late_minutes(rows, as_of)
    rows["is_told"] = tells_arrivals()
    return rows


def _veiled(rows: pd.DataFrame) -> pd.DataFrame:
    """Where a case is named that nobody can find, it may be any: its texts are hidden."""
    alone = rows["case_id"].fillna("").eq("")
    known = rows["confidentiality"].mask(alone, Confidentiality.OPEN.value)
    veil = veiled(rows.assign(confidentiality=known), TEXTS)
    return veil.assign(case_id=veil["case_id"].mask(veil["hidden"]))


def _rated(rows: pd.DataFrame) -> pd.DataFrame:
    """A rating has no moment of its own: it is known once the whistle is signed off."""
    known = rows["closed_at"].notna()
    ratings = {name: rows[name].astype("Int64") for name in ("town_rating", "unit_rating")}
    return rows.assign(
        **{name: some.where(known & some.between(WORST, BEST)) for name, some in ratings.items()}
    )


def _ended(rows: pd.DataFrame) -> pd.DataFrame:
    end = pd.Series("open", rows.index, "str")
    over = pd.Series(pd.NaT, rows.index, "datetime64[us]")
    for name, column in reversed(ENDS.items()):
        end, over = end.mask(rows[column].notna(), name), rows[column].fillna(over)
    return rows.assign(end=end, closed_at=over).drop(columns=["cancelled_at", "ruled_void_at"])


def _late_minutes(rows: pd.DataFrame, as_of: datetime) -> pd.Series:
    until = rows["arrived_at"].fillna(rows["closed_at"]).fillna(pd.Timestamp(as_of))
    came_late = rows["arrived_at"] > rows["last_due_at"]
    late = rows["wanted"].eq(1) & (came_late | rows["state"].eq("late"))
    beyond = minutes(until - rows["last_due_at"]).clip(lower=1)
    return beyond.where(late, 0).astype("int64")


def minutes(span: pd.Series) -> pd.Series:
    return span.dt.total_seconds() / 60
