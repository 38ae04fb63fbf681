"""To which units cases were sent, and when: as far as anybody recorded it."""

from collections.abc import Iterable
from datetime import datetime

import pandas as pd
from sqlalchemy import select

from casedb.tables import assignments
from queries.database import read
from queries.holding import CASE
from queries.picked import picked
from rules.words import Role

OF_WORK = (
    "case_id",
    "unit_id",
    "role",
    "seq",
    "dispatched_at",
    "signed_at",
    "due_at",
    "returned_at",
    "closed_at",
)

MOMENTS = ("dispatched_at", "signed_at", "due_at", "returned_at", "closed_at")


def first_sent(codes: Iterable[str]) -> pd.Series:
    """When each case was first sent to a unit, as its own row says (empty: not known), by its number."""
    rows = read(select(CASE.c.case_id, CASE.c.dispatched_at).where(picked(CASE.c.case_id, codes)))
    return pd.to_datetime(rows.set_index("case_id")["dispatched_at"]).astype("datetime64[us]")


def sendings(sent: pd.Series, as_of: datetime) -> pd.DataFrame:
    """The assignments of these cases (`first_sent`) sent by the moment, in order: `OF_WORK`.

    What came later is not there yet. The first was sent when its case was; a lead unit's dispatched_at is
    empty where nobody recorded it, and an assisting unit's row without it is left out.
    """
    wanted = select(*(assignments.c[name] for name in OF_WORK))
    mine = wanted.where(picked(assignments.c.case_id, sent.index))
    found = read(mine.order_by(assignments.c.case_id, assignments.c.seq))
    for name in MOMENTS:
        found[name] = pd.to_datetime(found[name]).astype("datetime64[us]")
    leads = found["role"] == Role.LEAD.value
    first = leads & ~found["case_id"].where(leads).duplicated()
    own = found["dispatched_at"]
    found["dispatched_at"] = own.mask(first & own.isna(), found["case_id"].map(sent))
    for name in ("signed_at", "returned_at", "closed_at"):
        found[name] = found[name].mask(found[name] > as_of)
    there = (found["dispatched_at"] <= as_of) | (leads & found["dispatched_at"].isna())
    return found[there].reset_index(drop=True)
