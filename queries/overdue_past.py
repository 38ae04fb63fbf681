"""What past assignments teach about the time answers take, as it was known at a midnight.

Time is measured as a share of an assignment's own limit, because rest days stretch both, and an hour of it
counts by how much is answered in that hour of the week: nobody answers at night, and in the morning the day's
answers are still to come. An extension gives another limit, and so another kind; the first limit was not
missed by what was given more time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Select, String, and_, case, func, or_, select

from casedb.tables import assignments
from queries.arguments import MISSING, Scope
from queries.cache import cached
from queries.conditions import is_valid
from queries.database import read
from queries.holding import CASE, HELD, Condition, answered_at, due, unindexed
from rules import survival
from rules.pace import Pace, pace
from rules.rulebook import load
from rules.survival import Curve
from rules.words import Role

DAY = timedelta(days=1)

MOST = 20_000
"""Past assignments read, or little more: of a larger city whole days are sampled, evenly."""

WEEK = 7

PLACES = 9
"""Decimals of a share: what differs by less, some milliseconds, is the same moment."""

ALL = ""
"""Any unit, any kind."""

LONGER = " +"
"""What the kind of an extended assignment ends with."""

_following = assignments.alias("following")


@dataclass(frozen=True)
class Lesson:
    """What ``n`` past answers teach, in shares of the limit: what is left beyond 1 missed it.

    ``waiting``: how long nothing was answered. ``missing``: the same, but what was given more time is over.
    """

    n: int
    waiting: Curve
    missing: Curve


Key = tuple[str, str]


@dataclass(frozen=True)
class Lessons:
    """When answers come (``pace``), and how long they take by (unit, kind), (`ALL`, kind) and (`ALL`, `ALL`).

    Of units and kinds only those with enough answers, the last always.
    """

    pace: Pace
    by: dict[Key, Lesson]


def learnt(as_of: datetime) -> Lessons:
    """What was known at the midnight before the moment, of what was sent in the days before it."""
    midnight = datetime.combine(as_of, time())
    return _learnt(Scope(midnight, midnight - timedelta(days=load().chance.days), midnight))


# ── what an assignment is compared by ────────────────────────────────────────────────────────────────────


def holder() -> ColumnElement[str]:
    """``unit_id``: the unit of HELD; "-" where none is named."""
    return func.coalesce(HELD.c.unit_id, MISSING, type_=String).label("unit_id")


def kind(as_of: datetime) -> ColumnElement[str]:
    """``kind``, by the limit in force: one of its own where that was extended."""
    return case((is_longer(as_of), _kind().concat(LONGER)), else_=_kind()).label("kind")


def _kind() -> ColumnElement[str]:
    """The rule of the limit, else the nature and urgency of the case."""
    said = func.coalesce(CASE.c.nature, "", type_=String).concat(" ").concat(CASE.c.urgency)
    return func.coalesce(HELD.c.due_rule, said, type_=String)


def is_longer(as_of: datetime) -> Condition:
    """The limit in force is an extension."""
    return due(as_of) > HELD.c.due_at


def began() -> ColumnElement[datetime]:
    """``began_at``: when HELD was sent; where the source does not say, when the case was received."""
    return func.coalesce(HELD.c.dispatched_at, CASE.c.received_at).label("began_at")


def left(as_of: datetime) -> ColumnElement[datetime]:
    """``left_at``: when it went from the unit unanswered: returned, sent back, or another sent after it."""
    after = select(func.min(_following.c.dispatched_at)).where(
        _following.c.case_id == HELD.c.case_id,
        _following.c.role == Role.LEAD.value,
        _following.c.seq > HELD.c.seq,
        _following.c.dispatched_at <= as_of,
    )
    return case(
        (HELD.c.returned_at <= as_of, HELD.c.returned_at),
        (HELD.c.closed_at <= as_of, None),
        (HELD.c.sent_back_at <= as_of, HELD.c.sent_back_at),
        else_=after.correlate(HELD).scalar_subquery(),
    ).label("left_at")


def share(measure: Pace, start: pd.Series, until: pd.Series | datetime | None, limit: pd.Series) -> pd.Series:
    """How much of its time had gone by: 1 is the very limit. Empty where the limit leaves no time."""
    moments = (start, pd.Series(until, start.index, "datetime64[us]"), limit)
    began, now, end = (pd.Series(measure.at(at.to_numpy("datetime64[us]")), start.index) for at in moments)
    given = end - began
    return ((now - began) / given.where(given > 0)).round(PLACES)


def alike(cases: pd.DataFrame) -> Iterator[tuple[Key, np.ndarray[Any, Any]]]:
    """The places of the rows of each unit and kind."""
    for key, places in cases.groupby(["unit_id", "kind"]).indices.items():
        yield key, np.asarray(places)  # type: ignore[misc]


# ── what is learnt ───────────────────────────────────────────────────────────────────────────────────────


@cached
def _learnt(scope: Scope) -> Lessons:
    rows = _ended(scope)
    answers = rows["answered_at"][rows["answered_at"] <= rows["ended_at"]]
    measure = pace(answers.to_numpy("datetime64[us]"), load().chance.least)
    past = _past(rows, measure)
    columns = {name: past[name].to_numpy() for name in ("waited", "is_answered", "ran", "is_over")}
    lessons = {(ALL, ALL): _lesson(columns, np.arange(len(past)))}
    for group in (past.assign(unit_id=ALL), past):
        for key, places in alike(group):
            if columns["is_answered"][places].sum() >= load().chance.least:
                lessons[key] = _lesson(columns, places)
    return Lessons(measure, lessons)


def _lesson(past: dict[str, np.ndarray[Any, Any]], places: np.ndarray[Any, Any]) -> Lesson:
    waited, is_answered, ran, is_over = (past[name][places] for name in past)
    n = int(is_answered.sum())
    return Lesson(n, survival.curve(waited, is_answered), survival.curve(ran, is_over))


def _ended(scope: Scope) -> pd.DataFrame:
    """What was sent in [start, end), and ``ended_at``: the answer, or when it left or was last seen."""
    rows = read(_select(scope))
    ends = rows[["answered_at", "left_at"]].assign(now=scope.as_of)
    return rows.assign(ended_at=ends.min(axis=1))


def _past(rows: pd.DataFrame, measure: Pace) -> pd.DataFrame:
    """What `_ended` tells, as known at the moment, a row a limit.

    Columns: unit_id, kind, waited (share of the limit until the answer, or until it left the unit or was last
    seen open), is_answered, ran (the same, or until it was extended), is_over (answered, or extended).
    """
    rows = pd.concat([rows, _again(rows)], ignore_index=True)
    began_at, limit, ended = rows["began_at"], rows["due_at"], rows["ended_at"]
    is_answered, is_extended = rows["answered_at"] <= ended, rows["longer_at"] <= ended
    # What is extended only after its limit has not missed it either.
    extended = rows[["longer_at", "due_at"]].min(axis=1)
    found = rows[["unit_id", "kind"]].assign(
        waited=share(measure, began_at, ended, limit),
        is_answered=is_answered,
        ran=share(measure, began_at, ended.mask(is_extended, extended), limit),
        is_over=is_answered | is_extended,
    )
    return found[found["waited"] >= 0].reset_index(drop=True)


def _again(rows: pd.DataFrame) -> pd.DataFrame:
    """The extended ones once more, by their new limit."""
    longer = rows[rows["longer_at"].notna()]
    again = longer.assign(due_at=longer["longer_due"], kind=longer["kind"] + LONGER)
    again["longer_at"] = pd.Series(pd.NaT, again.index, "datetime64[us]")
    return again


def _select(scope: Scope) -> Select[Any]:
    as_of = scope.as_of
    columns: list[ColumnElement[Any]] = [
        *(holder(), _kind().label("kind"), began(), HELD.c.due_at),
        *(answered_at(as_of).label("answered_at"), left(as_of)),
        case((is_longer(as_of), HELD.c.extension_approved_at)).label("longer_at"),
        case((is_longer(as_of), HELD.c.extended_to)).label("longer_due"),
    ]
    limited = and_(HELD.c.role == Role.LEAD.value, is_valid(as_of), HELD.c.due_at.is_not(None))
    known = unindexed(CASE.c.received_at, as_of) <= as_of
    paired = CASE.join(HELD, HELD.c.case_id == CASE.c.case_id)
    return select(*columns).select_from(paired).where(limited, known, _sampled(_sent(scope), scope))


def _sent(scope: Scope) -> ColumnElement[datetime]:
    """What says when it was sent: the receipt of the case where the source had never said it by then."""
    told = select(HELD.c.dispatched_at).where(HELD.c.dispatched_at < scope.end).limit(1)
    return HELD.c.dispatched_at if len(read(told)) else CASE.c.received_at


def _sampled(sent: ColumnElement[datetime], scope: Scope) -> Condition:
    """Sent in [start, end); where these are too many, on every second, third … day of it.

    Never on every seventh: one weekday would speak for all.
    """
    assert scope.start is not None and scope.end is not None
    whole = and_(sent >= scope.start, sent < scope.end)
    every = -(-_count(whole) // MOST)
    if every <= 1:
        return whole
    every += every % WEEK == 0
    days = [scope.start + n * DAY for n in range((scope.end - scope.start).days)]
    chosen = [day for day in days if day.toordinal() % every == 0]
    return or_(*(and_(sent >= day, sent < day + DAY) for day in chosen))


def _count(within: Condition) -> int:
    return int(read(select(func.count().label("rows")).where(within))["rows"].iloc[0])
