"""How every assigned item stood at a moment: its step, its slip against the first promise, and its faults."""

from datetime import datetime

import pandas as pd
from sqlalchemy import Select, and_, func, select

from casedb.tables import cases, meeting_items, meetings
from queries.cache import cached
from queries.conditions import matter_is_open
from queries.database import read
from queries.feeds import recorded
from queries.holding import CASE
from queries.meetings_returns import ratings, returned
from queries.names import unit_names, units
from queries.texts import veiled
from rules.words import Confidentiality, MeetingState

ITEM, HELD, INTO = meeting_items.c, meetings.alias("batch"), meetings.alias("into")

INSTANT = pd.Timedelta(microseconds=1)

TEXTS = ("title", "pledge")

ENDS = (ITEM.signoff_applied_at, ITEM.closed_at, ITEM.signed_off_at)
"""By which an item is done, the first that is known: the sign-off applied for, the closing, the sign-off."""

EVENTS = ("pledged_at", "closed_at", "signoff_applied_at", "verified_at", "signed_off_at")

CODES = (
    *("item_id", "case_id", "issue", "item_group", "lead_unit_id", "assist_unit_ids", "owner_post"),
    *("chair_role", "state"),
)

FAULTS = ("no_lead", "unknown_lead", "no_promise", "early_promise", "early_signoff", "open_case")
"""What cannot be right about an item: without a lead, with a unit nobody knows, without a promise, promised
before it was assigned, signed off before it was closed, or while its case is still open."""


@cached
def standing(as_of: datetime) -> pd.DataFrame:
    """Items assigned by the moment, oldest batch first, as known then.

    Columns: those of `meetings_items.COLUMNS`, and batch_nominal, batch_day (when it was held, as a moment;
    when it was assigned where no meeting is known), is_awaiting (done or applied for, not signed off),
    is_promised (the first promise has come), is_kept (of these: done by it). Where the source never records
    the end of an item, none is known to be late, and of none it is known whether its promise was kept.
    """
    rows = _named(_veiled(_read(as_of)))
    for name in EVENTS:
        rows[name] = rows[name].mask(rows[name] > as_of)
    rows["first_due_at"] = rows["first_due_at"].fillna(rows["due_at"])
    refused = rows["refused_count"].fillna(0).astype("int64")
    rows = rows.astype({"number": "Int64"}).assign(refused_count=refused)
    rows = _promised(rows, as_of).assign(step=_steps(rows, as_of))
    rows["faults"] = _faults(rows, settled_on_paper(as_of))
    return _ordered(_followed(rows, as_of))


def _read(as_of: datetime) -> pd.DataFrame:
    """The items with their meeting, or the one that was merged into, and their case."""
    merged = and_(INTO.c.meeting_id == HELD.c.merged_into, HELD.c.state == MeetingState.MERGED.value)
    joined = meeting_items.outerjoin(HELD, HELD.c.meeting_id == ITEM.meeting_id).outerjoin(INTO, merged)
    joined = joined.outerjoin(cases, cases.c.case_id == ITEM.case_id)
    found = read(_columns().select_from(joined).where(ITEM.assigned_at <= as_of))
    return found.assign(**{name: found[name].fillna("") for name in CODES if name in found})


def _columns() -> Select:
    of_batch = {
        "number": func.coalesce(INTO.c.number, HELD.c.number),
        "batch_date": func.coalesce(INTO.c.actual_date, HELD.c.actual_date),
        "batch_nominal": func.coalesce(INTO.c.nominal_date, HELD.c.nominal_date),
        "chair_role": func.coalesce(INTO.c.chair_role, HELD.c.chair_role),
    }
    names = (
        *("item_id", "position", "case_id", "title", "pledge", "issue", "item_group", "lead_unit_id"),
        *("assist_unit_ids", "owner_post", "assigned_at", "first_due_at", "due_at", "refused_count"),
    )
    own = [ITEM[name] for name in (*names, *EVENTS)]
    return select(*own, *(column.label(name) for name, column in of_batch.items()), cases.c.confidentiality)


def _veiled(rows: pd.DataFrame) -> pd.DataFrame:
    """Where a case is named that nobody can find, it may be any: its texts are hidden."""
    alone = rows["case_id"] == ""
    rows["confidentiality"] = rows["confidentiality"].mask(alone, Confidentiality.OPEN.value)
    return veiled(rows, TEXTS)


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    lead = unit_names(rows["lead_unit_id"])
    known = dict(units().itertuples(index=False, name=None))
    codes = [
        [code for code in map(str.strip, listed.split(",")) if code] for listed in rows["assist_unit_ids"]
    ]
    assisting = ["、".join(known.get(code, code) for code in listed) for listed in codes]
    is_known = rows["lead_unit_id"].isin(list(known))
    return rows.assign(
        lead_unit=lead.mask(~is_known, rows["lead_unit_id"]),
        assist_unit_ids=pd.Series([",".join(listed) for listed in codes], index=rows.index, dtype="str"),
        assist_units=pd.Series(assisting, index=rows.index, dtype="str"),
        is_known=is_known,
    )


def _promised(rows: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """What became of the first promise; a promise for this very moment has come."""
    done = rows["signoff_applied_at"].fillna(rows["closed_at"]).fillna(rows["signed_off_at"])
    is_told = tells_ends()
    promise = rows["first_due_at"].where(pd.Series(is_told, rows.index))
    has_come = promise <= as_of
    return rows.assign(
        slip_days=slip_days(done, promise, as_of),
        is_late=has_come & done.isna(),
        is_promised=has_come,
        is_kept=has_come & (done <= promise),
        is_awaiting=done.notna() & rows["signed_off_at"].isna(),
        is_told=is_told,
    )


def tells_ends() -> bool:
    """Whether the source ever says that an item is done: where it does not, none is known to be late."""
    return any(map(recorded, ENDS))


def slip_days(done: pd.Series, first: pd.Series, as_of: datetime) -> pd.Series:
    """Calendar days from the last day promised to the day it was done, or today; late is one at least."""
    moment = pd.Timestamp(as_of)
    ends = (done - INSTANT).fillna(moment).dt.normalize()
    days = (ends - (first - INSTANT).dt.normalize()).dt.days
    is_late = (done > first) | (done.isna() & (first <= moment))
    return days.clip(lower=1).where(is_late, days.clip(upper=0))


def _steps(rows: pd.DataFrame, as_of: datetime) -> pd.Series:
    """How far it has come; a pledge is that on its own day, and work afterwards."""
    pledged = rows["pledged_at"]
    reached = {
        "pledged": pledged.notna(),
        "handling": (pledged.dt.normalize() < pd.Timestamp(as_of.date())) | rows["closed_at"].notna(),
        "applied": rows["signoff_applied_at"].notna(),
        "verified": rows["verified_at"].notna(),
        "signed_off": rows["signed_off_at"].notna(),
    }
    step = pd.Series("assigned", index=rows.index, dtype="str")
    for name, holds in reached.items():
        step = step.mask(holds, name)
    return step


def _faults(rows: pd.DataFrame, on_paper: pd.Series) -> pd.Series:
    nobody = rows["lead_unit_id"] == ""
    unclosed = rows["closed_at"].isna() | (rows["closed_at"] > rows["signed_off_at"])
    found = {
        "no_lead": nobody,
        "unknown_lead": ~nobody & ~rows["is_known"],
        "no_promise": rows["first_due_at"].isna(),
        "early_promise": rows["first_due_at"] < rows["assigned_at"],
        "early_signoff": rows["signed_off_at"].notna() & unclosed,
        "open_case": rows["item_id"].isin(on_paper),
    }
    said = pd.Series("", index=rows.index, dtype="str")
    for name in FAULTS:
        said = said.mask(found[name], said + f",{name}")
    return said.str.removeprefix(",")


@cached
def settled_on_paper(as_of: datetime) -> pd.Series:
    """The codes of items signed off by the moment while the case behind them, or its whole, is still open."""
    own = cases.alias("own")
    joined = meeting_items.join(own, own.c.case_id == ITEM.case_id)
    joined = joined.join(CASE, CASE.c.case_id == func.coalesce(own.c.merged_into, own.c.case_id))
    signed = and_(ITEM.assigned_at <= as_of, ITEM.signed_off_at <= as_of)
    found = read(select(ITEM.item_id).select_from(joined).where(signed, matter_is_open(as_of)))
    return found["item_id"]


def _followed(rows: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """Beside each item the citizen's latest rating, and the request that re-opened it; by case and item."""
    joined = rows.merge(ratings(as_of), how="left", on="case_id").merge(
        returned(as_of), how="left", on="item_id"
    )
    texts = {name: joined[name].astype("str").fillna("") for name in ("rating", "reopened_by")}
    return joined.assign(
        **texts,
        is_reopened=joined["reopened_at"].notna(),
        case_id=joined["case_id"].mask(joined["hidden"], ""),
    )


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    """Oldest batch first, then in the order of its meeting."""
    held = pd.to_datetime(rows["batch_date"]).astype("datetime64[us]")
    day = held.fillna(rows["assigned_at"].dt.normalize())
    place = rows["position"].astype("Float64").fillna(float("inf"))
    ordered = rows.assign(batch_day=day, place=place).sort_values(["batch_day", "place", "item_id"])
    return ordered.drop(columns=["place", "position", "is_known"]).reset_index(drop=True)
