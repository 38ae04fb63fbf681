"""What came after an item: how the citizen rated it, and who brought the matter again once it was signed off.

A matter is the same where person and matter are (the chain of first_case_id), or the event is (cluster_id).
"""

from datetime import datetime, timedelta

import pandas as pd
from sqlalchemy import Select, and_, false, func, or_, select, true, union_all
from sqlalchemy.sql.selectable import FromClause

from casedb.tables import callbacks, cases, meeting_items
from queries.cache import cached
from queries.database import read
from queries.holding import Condition
from queries.meetings_calendar import UNKNOWN_PERIOD
from queries.meetings_known import SEEN, cutoffs
from rules.masking import hidden
from rules.words import CallbackSource, RatedObject

ITEM, BROUGHT, AGAIN = meeting_items, cases.alias("brought"), cases.alias("again")


@cached
def returned(as_of: datetime) -> pd.DataFrame:
    """Items that are open again, by the first request that re-opens each: item_id, reopened_by, reopened_at.

    It was received after the sign-off, and is still open, or came since the last meeting before ``as_of``
    closed its figures: so that each return is looked at once. ``reopened_by`` is empty where it is
    confidential.
    """
    found = read(_returns(as_of))
    first = found.sort_values(["received_at", "case_id"]).drop_duplicates("item_id")
    secret = first["confidentiality"].map(hidden).astype("bool")
    named = first.assign(case_id=first["case_id"].mask(secret, ""))
    named = named.rename(columns={"case_id": "reopened_by", "received_at": "reopened_at"})
    return named[["item_id", "reopened_by", "reopened_at"]].reset_index(drop=True)


def _returns(as_of: datetime) -> Select:
    """Three ways of being the same matter, each found by its own index."""
    of_event = and_(AGAIN.c.cluster_id == BROUGHT.c.cluster_id, BROUGHT.c.cluster_id != "")
    of_chain = and_(AGAIN.c.first_case_id == BROUGHT.c.first_case_id, BROUGHT.c.first_case_id != "")
    ways = (AGAIN.c.first_case_id == BROUGHT.c.case_id, of_chain, of_event)
    each = union_all(*(_joined(way, as_of) for way in ways)).subquery()
    return select(each)


def _joined(same: Condition, as_of: datetime) -> Select:
    pairs = ITEM.join(BROUGHT, BROUGHT.c.case_id == ITEM.c.case_id).join(AGAIN, same)
    columns = (ITEM.c.item_id, AGAIN.c.case_id, AGAIN.c.received_at, AGAIN.c.confidentiality)
    return (
        select(*columns)
        .select_from(pairs)
        .where(
            AGAIN.c.case_id != BROUGHT.c.case_id,
            AGAIN.c.is_valid == true(),
            ITEM.c.assigned_at <= as_of,
            ITEM.c.signed_off_at <= as_of,
            AGAIN.c.received_at > ITEM.c.signed_off_at,
            AGAIN.c.received_at <= as_of,
            or_(AGAIN.c.received_at >= period_start(as_of), _is_open(AGAIN, as_of)),
        )
    )


def _is_open(request: FromClause, as_of: datetime) -> Condition:
    closed, stated = request.c.closed_at, func.coalesce(request.c.stated_closed, false())
    return or_(closed > as_of, and_(closed.is_(None), stated == false()))


def period_start(as_of: datetime) -> datetime:
    """When the last meeting before the moment closed its figures."""
    known = [at for at in cutoffs((as_of - SEEN).date(), as_of.date()) if at < as_of]
    return known[-1] if known else as_of - timedelta(days=UNKNOWN_PERIOD)


@cached
def ratings(as_of: datetime) -> pd.DataFrame:
    """The citizen's latest rating of the unit in each case of an item: case_id, rating, rated_at.

    The unit's own calls do not count.
    """
    call = callbacks.c
    heard = and_(call.reached == true(), call.rating.is_not(None), call.at <= as_of)
    counts = and_(call.source != CallbackSource.UNIT.value, call.rated_object == RatedObject.UNIT.value)
    behind = select(ITEM.c.case_id).where(ITEM.c.assigned_at <= as_of, ITEM.c.case_id != "")
    columns = (call.case_id, call.rating, call.at.label("rated_at"), call.callback_id)
    found = read(select(*columns).where(heard, counts, call.case_id.in_(behind)))
    latest = found.sort_values(["rated_at", "callback_id"]).drop_duplicates("case_id", keep="last")
    return latest.drop(columns="callback_id").reset_index(drop=True)
