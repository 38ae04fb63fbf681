"""A unit before the town and the meeting: whistles it was called by, and items it was assigned."""

from datetime import datetime

import pandas as pd
from sqlalchemy import and_, case, false, func, not_, or_, select

from casedb.tables import cases, meeting_items, meetings, summons, units
from casedb.tables import whistles as blown
from queries.arguments import Scope, unit_of
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.holding import Condition
from queries.league_rows import Look
from queries.standing import summed
from queries.texts import veiled
from queries.within import passed
from rules import masking
from rules.words import ArrivalProof, Confidentiality

SHOWN = 5000
"""Rows of either list unless told otherwise: a screen shows the first and counts them all."""


def _limit():  # type: ignore[no-untyped-def]
    """The last limit: the first one where it is not soft."""
    return func.coalesce(summons.c.last_due_at, summons.c.due_at)


def _arrived(as_of: datetime) -> Condition:
    """On the spot, by more than the unit's own word."""
    own = summons.c.arrival_proof == ArrivalProof.SELF.value
    proved = or_(summons.c.confirmed_at <= as_of, not_(func.coalesce(own, false())))
    return and_(summons.c.arrived_at.is_not(None), summons.c.arrived_at <= as_of, proved)


def _wanted(as_of: datetime) -> Condition:
    """Neither the whistle withdrawn nor void before the limit, nor the unit ruled out."""
    gone = (blown.c.cancelled_at, blown.c.ruled_void_at, summons.c.ruled_out_at)
    return and_(*(or_(column.is_(None), column > as_of, column > _limit()) for column in gone))


@cached
def _sums(scope: Scope) -> pd.DataFrame:
    on_time = and_(_arrived(scope.as_of), summons.c.arrived_at <= _limit())
    k = func.sum(case((on_time, 1.0), else_=0.0)).label("k")
    wanted = select(summons.c.unit_id, k, func.count().label("n")).join(
        blown, blown.c.whistle_id == summons.c.whistle_id
    )
    found = read(wanted.where(passed(scope, _limit()), _wanted(scope.as_of)).group_by(summons.c.unit_id))
    return found.assign(base=found["n"].astype("float64"), clusters=found["n"])


def pairs(scope: Scope, members: pd.DataFrame) -> pd.DataFrame:
    """Whistle and unit in pairs whose limit fell in the period (M15), by unit: as `standing.summed`.

    A unit's own word that it came counts only once confirmed.
    """
    return summed(members, _sums(Scope(scope.as_of, scope.start, scope.end)))


@question
@cached
def whistles(scope: Scope) -> pd.DataFrame:
    """Whistles that called the unit in the period, late ones first, then newest.

    Columns: town, matter (masked; empty where ``hidden``), hidden, called_at, due_at (last limit),
    arrived_at, state (missing | late | waiting | on_time), minutes (late by; left, where waiting; taken,
    where on time), limit_minutes.
    """
    unit_of(scope)
    now = Look.of(scope).now
    town = units.alias("town")
    columns = [town.c.name.label("town"), blown.c.matter, cases.c.confidentiality, summons.c.called_at]
    columns += [_limit().label("due_at"), summons.c.arrived_at, blown.c.accepted_at]
    source = summons.join(blown, blown.c.whistle_id == summons.c.whistle_id).join(
        town, town.c.unit_id == blown.c.town_id
    )
    source = source.outerjoin(cases, cases.c.case_id == blown.c.case_id)
    mine = and_(summons.c.unit_id == scope.unit, summons.c.called_at <= now.as_of, _wanted(now.as_of))
    begun = summons.c.called_at >= now.start if now.start else summons.c.called_at.is_not(None)
    until = summons.c.called_at < now.end if now.end else summons.c.called_at <= now.as_of
    found = read(select(*columns).select_from(source).where(mine, begun, until))
    return _judged(found, now.as_of).head(scope.limit or SHOWN).reset_index(drop=True)


def _judged(found: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    found["arrived_at"] = found["arrived_at"].mask(found["arrived_at"] > as_of)
    came = found["arrived_at"].notna()
    end = found["arrived_at"].fillna(pd.Timestamp(as_of))
    late = end > found["due_at"]
    state = pd.Series("waiting", found.index, "str").mask(late, "missing").mask(came & late, "late")
    found["state"] = state.mask(came & ~late, "on_time")
    over, spent = (
        _minutes(end - found["due_at"]),
        _minutes(end - found["accepted_at"].fillna(found["called_at"])),
    )
    left = _minutes(found["due_at"] - end)
    found["minutes"] = over.where(late, left.where(~came, spent)).clip(lower=0)
    found["limit_minutes"] = _minutes(found["due_at"] - found["accepted_at"].fillna(found["called_at"]))
    silent = found["confidentiality"].fillna(Confidentiality.OPEN.value)
    found["hidden"] = silent.map(masking.hidden).astype("bool")
    found["matter"] = found["matter"].map(masking.mask).astype("str").mask(found["hidden"], "")
    step = found["state"].map({"missing": 0, "late": 1, "waiting": 2, "on_time": 3})
    ordered = found.assign(step=step).sort_values(["step", "called_at"], ascending=[True, False])
    names = [
        "town",
        "matter",
        "hidden",
        "called_at",
        "due_at",
        "arrived_at",
        "state",
        "minutes",
        "limit_minutes",
    ]
    return ordered[names]


def _minutes(span: pd.Series) -> pd.Series:
    return (span.dt.total_seconds() // 60).astype("Int64")


@question
@cached
def items(scope: Scope) -> pd.DataFrame:
    """Items that meetings assigned to the unit as lead, those not settled first, then newest.

    Columns: number (of the meeting), title (masked; empty where ``hidden``), hidden, state (overdue: past the
    first promise and not done; open, closed: the unit says so; signed_off), first_due_at, at (when it came to
    this state; of overdue and open the first promise), days_late (whole days past the first promise).
    """
    unit_of(scope)
    item = meeting_items.c
    wanted = select(
        *(meetings.c.number, meetings.c.actual_date, item.title, cases.c.confidentiality, item.assigned_at),
        *(item.first_due_at, item.closed_at, item.signed_off_at),
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
    for name in ("closed_at", "signed_off_at"):
        found[name] = found[name].mask(found[name] > as_of)
    done = found["signed_off_at"].fillna(found["closed_at"])
    past = done.fillna(pd.Timestamp(as_of)) > found["first_due_at"]
    state = pd.Series("open", found.index, "str").mask(done.isna() & past, "overdue")
    found["state"] = state.mask(found["closed_at"].notna(), "closed").mask(
        found["signed_off_at"].notna(), "signed_off"
    )
    found["at"] = done.fillna(found["first_due_at"])
    behind = done.fillna(pd.Timestamp(as_of)) - found["first_due_at"]
    found["days_late"] = behind.dt.days.clip(lower=0).astype("Int64").fillna(0)
    step = found["state"].map({"overdue": 0, "open": 1, "closed": 2, "signed_off": 3})
    ordered = found.assign(step=step).sort_values(["step", "assigned_at"], ascending=[True, False])
    return ordered[["number", "title", "hidden", "state", "first_due_at", "at", "days_late"]]
