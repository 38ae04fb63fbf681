"""To which units cases were sent, and when: as far as anybody recorded it."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import pandas as pd
from sqlalchemy import func, select

from casedb.tables import assignments
from queries.database import read
from queries.holding import CASE
from queries.picked import picked
from queries.workdays import workdays
from rules.deadlines import dues
from rules.words import Role

OF_WORK = ("role", "dispatched_at", "signed_at", "due_at", "returned_at", "closed_at")


class Sending(NamedTuple):
    """One unit's part of a case, as it was at a moment: what came later is not there yet.

    ``unit_id`` is empty where no unit is named; ``case_sent_at`` is when the case was first sent to a unit,
    as its own row says; ``sign_by`` and ``return_by`` are the limits to sign and to give back. A
    moment is empty where not known.
    """

    case_id: str
    unit_id: str
    role: str
    dispatched_at: datetime | None
    signed_at: datetime | None
    due_at: datetime | None
    returned_at: datetime | None
    closed_at: datetime | None
    case_sent_at: datetime | None
    sign_by: datetime | None
    return_by: datetime | None


def sendings(codes: Iterable[str], as_of: datetime) -> list[Sending]:
    """The assignments of these cases sent by the moment, case by case, in order.

    The first was sent when its case was; a lead unit's dispatched_at is empty where nobody recorded it, and
    an assisting unit's row without it is left out.
    """
    found = _read(codes)
    leads = found["role"] == Role.LEAD.value
    first = leads & ~found["case_id"].where(leads).duplicated()
    sent = found["dispatched_at"].where(~first, found["dispatched_at"].fillna(found["case_sent_at"]))
    found["dispatched_at"] = sent
    for name in ("signed_at", "returned_at", "closed_at", "case_sent_at"):
        found[name] = found[name].mask(found[name] > as_of)
    there = found[(sent <= as_of) | (leads & sent.isna())]
    limits = (dues(rule, there["dispatched_at"].to_numpy(), workdays()) for rule in ("sign", "return"))
    columns = [*(there[name].to_numpy() for name in found), *limits]
    return [Sending(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def _read(codes: Iterable[str]) -> pd.DataFrame:
    """As the source has them: the first columns of `Sending`."""
    part = assignments.c
    unit, sent = func.coalesce(part.unit_id, "").label("unit_id"), CASE.c.dispatched_at.label("case_sent_at")
    wanted = select(part.case_id, unit, *(part[name] for name in OF_WORK), sent)
    mine = wanted.join_from(assignments, CASE, CASE.c.case_id == part.case_id)
    return read(mine.where(picked(CASE.c.case_id, codes)).order_by(part.case_id, part.seq))
