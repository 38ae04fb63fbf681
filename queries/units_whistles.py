"""A unit before the town and the meeting: whistles it was called by, and items it was assigned."""

from dataclasses import replace
from datetime import datetime

import pandas as pd
from sqlalchemy import and_, func, or_, select

from casedb.tables import cases, meeting_items, meetings
from queries.arguments import Scope, unit_of
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.holding import Condition
from queries.league_rows import Look
from queries.meetings_standing import ENDS, slip_days, tells_ends
from queries.standing import summed
from queries.summoned import CALLED, flag, last_limit
from queries.summoned_within import called_within, is_of
from queries.texts import veiled
from queries.whistles_rows import of_summons, told
from queries.whistles_units import sums
from queries.within import inside, passed

SHOWN = 5000
"""Rows of either list unless told otherwise: a screen shows the first and counts them all."""


def pairs(scope: Scope, members: pd.DataFrame) -> pd.DataFrame:
    """Whistle and unit in pairs whose limit fell in the period (M15), by unit: as `standing.summed`."""
    found = sums(Scope(scope.as_of, scope.start, scope.end))
    return summed(members, found.assign(base=found["n"].astype("float64"), clusters=found["n"]))


@question
@cached
def whistles(scope: Scope) -> pd.DataFrame:
    """Whistles whose limit for the unit fell in the period, or is to come; late ones first, then newest.

    Columns: town, matter (masked; empty where ``hidden``), hidden, called_at, due_at (last limit),
    arrived_at, state (missing | late | waiting | unknown: past its limit where no arrivals are recorded |
    there, before the limit has passed | unconfirmed: in time by the unit's own word alone | on_time), minutes
    (late by; left, where waiting; taken, where there in time; empty: unknown), limit_minutes. Where no limit
    is known, due_at and limit_minutes are empty, and nobody is late. is_told: the source records arrivals.
    """
    now = Look.of(replace(scope, unit=unit_of(scope))).now
    mine = and_(*called_within(now), is_of(now), _is_before_it(now))
    found = told(of_summons(now.as_of, mine), now.as_of)
    return _judged(found, now.as_of).head(scope.limit or SHOWN).reset_index(drop=True)


def _is_before_it(now: Scope) -> Condition:
    """The last limit fell in the period, as in `pairs`; or has not passed, and the unit was called in it."""
    to_come = and_(inside(now, CALLED.c.called_at), flag(last_limit() < now.as_of) == 0)
    return or_(passed(now, last_limit()), to_come)


def _judged(found: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    limit, came = found["last_due_at"], found["arrived_at"].notna()
    end = found["arrived_at"].fillna(pd.Timestamp(as_of))
    late = end > limit
    state = pd.Series("waiting", found.index, "str").mask(late, "missing").mask(came & late, "late")
    state = state.mask(late & ~found["is_told"], "unknown")
    in_time = came & ~late
    state = state.mask(in_time, "on_time").mask(in_time & ~found["is_confirmed"], "unconfirmed")
    found["state"] = state.mask(in_time & ~(limit < as_of), "there")
    left, spent = _minutes(limit - end), _minutes(end - found["accepted_at"])
    over = found["late_minutes"].astype("Int64")
    minutes = over.where(late, left.where(~came, spent)).clip(lower=0)
    found["minutes"] = minutes.mask(found["state"] == "unknown")
    found["limit_minutes"] = _minutes(limit - found["accepted_at"])
    found = found.assign(due_at=limit, step=found["state"].map({name: n for n, name in enumerate(STATES)}))
    ordered = found.sort_values(["step", "called_at"], ascending=[True, False])
    names = ["town", "matter", "hidden", "called_at", "due_at", "arrived_at"]
    return ordered[[*names, "state", "minutes", "limit_minutes", "is_told"]]


STATES = ("missing", "late", "waiting", "unknown", "there", "unconfirmed", "on_time")
"""Where a unit stands with a whistle, worst first."""


def _minutes(span: pd.Series) -> pd.Series:
    return (span.dt.total_seconds() // 60).astype("Int64")


@question
@cached
def items(scope: Scope) -> pd.DataFrame:
    """Items that meetings assigned to the unit as lead, those not settled first, then newest.

    Columns: number (of the meeting), title (masked; empty where ``hidden``), hidden, state (overdue: past the
    first promise and not done; open, closed: the unit says so, or has applied for the sign-off; signed_off),
    first_due_at, at (when it came to this state; of overdue and open the first promise), days_late (past
    the first promise when it was done, or now: `meetings_standing.slip_days`), is_told (the source ever
    says that an item is done: where it does not, none is overdue).
    """
    unit_of(scope)
    item = meeting_items.c
    wanted = select(
        *(meetings.c.number, meetings.c.actual_date, item.title, cases.c.confidentiality, item.assigned_at),
        *(func.coalesce(item.first_due_at, item.due_at).label("first_due_at"), *ENDS),
    ).select_from(
        meeting_items.join(meetings, meetings.c.meeting_id == item.meeting_id).outerjoin(
            cases, cases.c.case_id == item.case_id
        )
    )
    found = read(wanted.where(item.lead_unit_id == scope.unit, item.assigned_at <= scope.as_of))
    found["confidentiality"] = found["confidentiality"].fillna("open")
    return _settled(veiled(found, ["title"]), scope.as_of).head(scope.limit or SHOWN).reset_index(drop=True)


@question
@cached
def assigned(scope: Scope) -> pd.DataFrame:
    """Meetings up to the moment that assigned something to the unit as lead: number, items (how many)."""
    unit_of(scope)
    item = meeting_items.c
    wanted = select(meetings.c.number, func.count().label("items")).select_from(
        meeting_items.join(meetings, meetings.c.meeting_id == item.meeting_id)
    )
    mine = wanted.where(item.lead_unit_id == scope.unit, item.assigned_at <= scope.as_of)
    return read(mine.where(meetings.c.number.is_not(None)).group_by(meetings.c.number))


def _settled(found: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    is_told, done = tells_ends(), pd.Series(pd.NaT, found.index, "datetime64[us]")
    for end in ENDS:
        found[end.name] = found[end.name].mask(found[end.name] > as_of)
        done = done.fillna(found[end.name])
    # A promise for this very moment has come, as in `meetings_standing`.
    past = done.isna() & (found["first_due_at"] <= as_of) & is_told
    state = pd.Series("open", found.index, "str").mask(past, "overdue")
    signed = found["signed_off_at"]
    found["state"] = state.mask(done.notna(), "closed").mask(signed.notna(), "signed_off")
    found["at"] = signed.fillna(done).fillna(found["first_due_at"])
    behind = slip_days(done, found["first_due_at"], as_of)
    found["days_late"] = behind.clip(lower=0).astype("Int64").fillna(0) * int(is_told)
    step = found["state"].map({"overdue": 0, "open": 1, "closed": 2, "signed_off": 3})
    ordered = found.assign(step=step, is_told=is_told).sort_values(
        ["step", "assigned_at"], ascending=[True, False]
    )
    return ordered[["number", "title", "hidden", "state", "first_due_at", "at", "days_late", "is_told"]]
