"""Whistles under way: who was called to the spot, who is there, who is late."""

from datetime import datetime

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from casedb.tables import cases, summons, units, whistles
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.feeds import known_only
from queries.meetings import previous_same_point
from rules import masking

STATES = ("late", "called", "answered", "departed", "arrived", "ruled_out")


def _under_way(as_of: datetime) -> ColumnElement[bool]:
    """Accepted, and neither signed off, withdrawn nor ruled unnecessary."""
    over = (whistles.c.closed_at, whistles.c.cancelled_at, whistles.c.ruled_void_at)
    return and_(
        whistles.c.at <= as_of,
        whistles.c.accepted_at <= as_of,
        *(or_(column.is_(None), column > as_of) for column in over),
    )


def _summoned(as_of: datetime, unit: str | None) -> Select:
    """One row a summons of a whistle under way."""
    town = units.alias("town")
    known = select(
        whistles.c.whistle_id,
        town.c.name.label("town"),
        whistles.c.matter,
        cases.c.confidentiality,
        whistles.c.area_kind,
        whistles.c.accepted_at,
        summons.c.unit_id,
        units.c.name.label("unit"),
        units.c.short_name,
        *(summons.c[name] for name in ("role", "due_at", "last_due_at", "answered_at", "departed_at")),
        *(summons.c[name] for name in ("arrived_at", "arrival_proof", "confirmed_at", "ruled_out_at")),
    )
    joined = known.select_from(
        whistles.join(town, town.c.unit_id == whistles.c.town_id)
        .join(summons, summons.c.whistle_id == whistles.c.whistle_id)
        .join(units, units.c.unit_id == summons.c.unit_id)
        .join(cases, cases.c.case_id == whistles.c.case_id, isouter=True)
    ).where(_under_way(as_of), summons.c.called_at <= as_of)
    return joined if unit is None else joined.where(summons.c.unit_id == unit)


def _states(rows: pd.DataFrame, as_of: datetime) -> pd.Series:
    """The state of each summons; arriving at the very limit is on time."""
    last_due = rows["last_due_at"].fillna(rows["due_at"])
    state = pd.Series("called", index=rows.index, dtype=object)
    state[rows["answered_at"] <= as_of] = "answered"
    state[rows["departed_at"] <= as_of] = "departed"
    state[last_due < as_of] = "late"
    state[rows["arrived_at"] <= as_of] = "arrived"
    state[rows["ruled_out_at"] <= as_of] = "ruled_out"
    return state


def _late_minutes(rows: pd.DataFrame, as_of: datetime) -> pd.Series:
    """Whole minutes each unit came, or still stays away, beyond its last limit; any delay is one at least."""
    arrived = rows["arrived_at"].where(rows["arrived_at"] <= as_of, as_of)
    beyond = _minutes(arrived - rows["last_due_at"].fillna(rows["due_at"]))
    late = (beyond > 0) & ~(rows["ruled_out_at"] <= as_of)
    return beyond.clip(lower=1).where(late, 0).astype("int64")


def _spent(rows: pd.DataFrame, as_of: datetime) -> pd.Series:
    """Minutes since each whistle was accepted; once every unit still wanted is there, until the last came."""
    by = rows["whistle_id"]
    last = rows["arrived_at"].where(rows["state"] == "arrived").groupby(by).transform("max")
    all_there = rows["state"].isin(["arrived", "ruled_out"]).groupby(by).transform("all")
    end = last.where(all_there & last.notna(), as_of)
    return _minutes(end - rows["accepted_at"]).clip(lower=0)


def _shown(rows: pd.DataFrame) -> list[str]:
    """What each whistle is about, masked; empty where the case behind it is not for every eye."""
    secret = rows["confidentiality"].map(masking.hidden, na_action="ignore").eq(True)
    return [
        "" if is_secret else masking.mask(text or "")
        for text, is_secret in zip(rows["matter"].fillna(""), secret, strict=True)
    ]


def _minutes(span: pd.Series) -> pd.Series:
    return span.dt.total_seconds() / 60


def _with_clocks(rows: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """The rows with their state, and their clocks in minutes."""
    accepted = rows["accepted_at"]
    done = rows.assign(
        matter=_shown(rows),
        short_name=rows["short_name"].fillna(rows["unit"].str[:2]),
        limit_minutes=_minutes(rows["due_at"] - accepted),
        last_limit_minutes=_minutes(rows["last_due_at"].fillna(rows["due_at"]) - accepted),
        late_minutes=_late_minutes(rows, as_of),
        state=_states(rows, as_of),
        is_confirmed=rows["arrival_proof"].ne("self") | (rows["confirmed_at"] <= as_of),
    )
    done["minutes"] = _spent(done, as_of)
    for column in ("answered_at", "departed_at", "arrived_at"):
        done[column] = done[column].where(done[column] <= as_of)
    return done


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    """Whistles with most minutes over first, then least of the limit left; in each the lead unit first."""
    missing = rows[~rows["state"].isin(["arrived", "ruled_out"])]
    used = missing["minutes"] / missing["limit_minutes"]
    over = (missing["minutes"] - missing["last_limit_minutes"]).clip(lower=0)
    by = missing["whistle_id"]
    keys = rows.assign(
        over=rows["whistle_id"].map(over.groupby(by).max()).fillna(-1.0),
        used=rows["whistle_id"].map(used.groupby(by).max()).fillna(-1.0),
        second=rows["role"].ne("lead"),
        place=rows["state"].map(STATES.index),
    )
    order = ["over", "used", "accepted_at", "whistle_id", "second", "place", "unit_id"]
    return keys.sort_values(order, ascending=[False, False, True, True, True, True, True])


@question
@cached
def active(scope: Scope) -> pd.DataFrame:
    """Every summons of the whistles under way at ``as_of``, most overdue whistle first.

    whistle_id, town, matter (masked; empty if the case is confidential), area_kind, accepted_at, minutes
    (since accepted; until the last arrival once all are there), limit_minutes, last_limit_minutes (where the
    first limit is soft), unit_id, unit, short_name, role, state (called | answered | departed | arrived |
    late | ruled_out; late = the last limit has passed without arrival), late_minutes (whole minutes beyond
    the last limit, of who came late too; 0 in time), due_at, last_due_at, answered_at, departed_at,
    arrived_at, is_confirmed (the arrival rests on more than the unit's own word).
    """
    rows = read(_summoned(scope.as_of, scope.unit))
    done = _ordered(_with_clocks(rows, scope.as_of))
    clocks = ["minutes", "limit_minutes", "last_limit_minutes"]
    unit = ["unit_id", "unit", "short_name", "role", "state", "late_minutes"]
    times = ["due_at", "last_due_at", "answered_at", "departed_at", "arrived_at", "is_confirmed"]
    columns = ["whistle_id", "town", "matter", "area_kind", "accepted_at", *clocks, *unit, *times]
    return done[columns].reset_index(drop=True)


def _awaiting(rows: pd.DataFrame) -> int:
    """Units that have not answered, late ones included."""
    silent = rows["answered_at"].isna() & rows["departed_at"].isna()
    return int((silent & rows["state"].isin(["called", "late"])).sum())


def _awaited(as_of: datetime, unit: str | None) -> Select:
    """The same number, counted by the database, for a moment of which nothing else is asked."""
    steps = (summons.c[name] for name in ("answered_at", "departed_at", "arrived_at", "ruled_out_at"))
    silent = (or_(step.is_(None), step > as_of) for step in steps)
    called = summons.join(whistles, whistles.c.whistle_id == summons.c.whistle_id)
    whose = true() if unit is None else summons.c.unit_id == unit
    number = select(func.count().label("units")).select_from(called)
    return number.where(_under_way(as_of), summons.c.called_at <= as_of, *silent, whose)


@question
@cached
def stock(scope: Scope) -> pd.DataFrame:
    """One row: awaiting (units called that have not answered), previous (the same at the same point of the
    last period; None where no meeting is known), late (units past the last limit and not there), whistles.
    All empty where no whistle was ever recorded.
    """
    now = active(scope)
    then = previous_same_point(scope.as_of)
    before = None if then is None else int(read(_awaited(then, scope.unit))["units"].iloc[0])
    table = pd.DataFrame(
        {
            "awaiting": [_awaiting(now)],
            "previous": pd.Series([before], dtype="Int64"),
            "late": [int(now["state"].eq("late").sum())],
            "whistles": [now["whistle_id"].nunique()],
        }
    )
    return known_only(table, whistles.c.at, table.columns)
