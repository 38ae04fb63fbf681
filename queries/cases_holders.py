"""Who had a case, from when to when: the parts add up to the citizen's clock, to the second."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import or_, select

from casedb.tables import assignments
from queries.arguments import Scope
from queries.cache import cached
from queries.cases_one import only
from queries.database import read
from queries.definitions import cases_within
from queries.door import question
from queries.holding import CASE
from queries.names import unit_names
from rules.words import Role

COLUMNS = ["holder", "unit_id", "seconds", "round", "start", "end", "kind"]


@dataclass(frozen=True)
class Part:
    """A stretch of a case's time with one holder; ``unit_id`` is empty while the centre has it."""

    start: datetime
    end: datetime
    unit_id: str
    round: int
    kind: str


@question
@cached
def holders(scope: Scope) -> pd.DataFrame:
    """Who had ``scope.case``, in order, from its receipt until it was closed or the moment.

    Columns: holder (name of the unit; empty: the centre), unit_id, seconds, round (0 before the first
    unit), start, end, kind (unit or centre). The seconds add up to the citizen's clock. No rows where there
    is no such case, or it is closed and nobody knows when.
    """
    clock = _clock(scope)
    parts = list(_parts(*clock, _leads(scope))) if clock else []
    table = pd.DataFrame([vars(part) for part in parts], columns=["start", "end", "unit_id", "round", "kind"])
    spans = pd.to_datetime(table["end"]) - pd.to_datetime(table["start"])
    table["seconds"] = (spans // timedelta(seconds=1)).astype("int64")
    table["holder"] = unit_names(table["unit_id"])
    return table[COLUMNS]


def _clock(scope: Scope) -> tuple[datetime, datetime] | None:
    """Start and end of the citizen's clock: it runs from receipt to closing and never pauses."""
    wanted = [CASE.c.received_at, CASE.c.closed_at, CASE.c.stated_closed]
    found = read(cases_within(only(scope), wanted, ""))
    if found.empty:
        return None
    received, closed, stated = found.iloc[0]
    if pd.isna(closed) and stated:
        return None
    end = scope.as_of if pd.isna(closed) else min(closed.to_pydatetime(), scope.as_of)
    return received.to_pydatetime(), end


def _leads(scope: Scope) -> list[dict[str, Any]]:
    """The lead assignments sent by the moment, in order; what happened later is not known yet."""
    facts = assignments.c
    wanted = (
        facts.unit_id,
        facts.round,
        facts.dispatched_at,
        facts.returned_at,
        facts.sent_back_at,
        facts.closed_at,
    )
    sent = or_(facts.dispatched_at.is_(None), facts.dispatched_at <= scope.as_of)
    mine = facts.case_id == scope.case, facts.role == Role.LEAD.value
    found = read(select(*wanted).where(*mine, sent).order_by(facts.seq))
    rows = found.astype(object).where(found.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _parts(start: datetime, stop: datetime, leads: list[dict[str, Any]]) -> Iterator[Part]:
    """The clock cut at every change of hands; what no unit holds, the centre holds."""
    at, turn = start, 0
    for lead, following in zip(leads, [*leads[1:], None], strict=False):
        begun = min(max(lead["dispatched_at"] or at, at), stop)
        ends = [
            lead["closed_at"],
            lead["returned_at"],
            lead["sent_back_at"],
            following and following["dispatched_at"],
        ]
        ended = min([stop, *(end for end in ends if end is not None)])
        if begun > at:
            yield Part(at, begun, "", turn, "centre")
        turn, at = lead["round"], max(begun, ended)
        if at > begun:
            yield Part(begun, at, lead["unit_id"] or "", turn, "unit")
    if stop > at:
        yield Part(at, stop, "", turn, "centre")
