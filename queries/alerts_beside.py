"""The alerts that stand beside the cases: a unit missing at a whistle (A09), a meeting's item past its date
(A11), the same matter on several channels, or answered by several units (A14).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pandas as pd
from sqlalchemy import and_, func, or_, select, true

from casedb.tables import cases, meeting_items
from queries import summoned
from queries.alerts_cases import SECONDS, Found
from queries.alerts_open import watched
from queries.database import read
from queries.holding import CASE, by, not_by
from queries.meetings_standing import ENDS, tells_ends
from queries.picked import picked
from queries.summoned import BLOWN, CALLED, PAIR
from rules.rulebook import load


def beside(as_of: datetime) -> Iterator[Found]:
    """Every such alert at the moment."""
    yield _missing(as_of)
    if tells_ends():
        yield _items(as_of)
    yield _channels(as_of)


def _missing(as_of: datetime) -> Found:
    """Units called to a whistle under way that are beyond the last limit and not there."""
    wanted = select(
        BLOWN.c.whistle_id,
        func.coalesce(BLOWN.c.case_id, "").label("case_id"),
        CALLED.c.unit_id,
        BLOWN.c.accepted_at,
        summoned.last_limit().label("since"),
    ).select_from(PAIR)
    late = summoned.state(as_of) == "late"
    rows = read(wanted.where(summoned.is_under_way(as_of), summoned.is_called(as_of), late))
    since = pd.to_datetime(rows["since"])
    rows = rows.assign(since=since, value=(as_of - since).dt.total_seconds() / SECONDS["minutes"])
    return Found("A09", "whistle.urban", "minutes", rows, ("accepted_at",))


def _items(as_of: datetime) -> Found:
    """Items past the date first promised, and neither done nor signed off (M16: the first date counts)."""
    item = meeting_items.c
    limit = func.coalesce(item.first_due_at, item.due_at).label("since")
    wanted = select(
        item.item_id,
        func.coalesce(item.case_id, "").label("case_id"),
        item.lead_unit_id.label("unit_id"),
        item.assigned_at,
        limit,
    )
    open_still = and_(by(item.assigned_at, as_of), *(not_by(end, as_of) for end in ENDS))
    rows = read(wanted.where(open_still, limit < as_of))
    rows = rows.assign(value=(as_of - rows["since"]).dt.total_seconds() / SECONDS["hours"])
    return Found("A11", "meeting.days", "hours", rows, ("assigned_at",))


def _channels(as_of: datetime) -> Found:
    """Open cases whose matter came in on several channels within days, by person or by event."""
    found, book = watched(as_of), load().alert
    root = found["first_case_id"].fillna(found["case_id"])
    group = found["cluster_id"].fillna(root)
    others = read(_same(set(group), as_of, as_of - timedelta(days=book.channel_days)))
    others["group"] = others["cluster_id"].fillna(others["first_case_id"]).fillna(others["case_id"])
    many = others.groupby("group").agg(value=("channel_id", "nunique"), since=("received_at", "max"))
    many = many[many["value"] >= book.channels].astype({"value": "float64"})
    rows = found.assign(group=group).merge(many, left_on="group", right_index=True)
    return Found("A14", "alert.channels", "channels", rows, ("group",))


def _same(groups: set[str], as_of: datetime, first: datetime):  # type: ignore[no-untyped-def]
    """Lately received cases of these events or persons and matters."""
    names = ("case_id", "cluster_id", "first_case_id", "channel_id", "received_at")
    mine = or_(*(picked(cases.c[name], groups) for name in ("cluster_id", "first_case_id", "case_id")))
    lately = and_(cases.c.received_at > first, by(cases.c.received_at, as_of), cases.c.is_valid == true())
    return select(*(CASE.c[name] for name in names)).where(mine, lately)
