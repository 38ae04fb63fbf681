"""One matter signed off and complained of again, so that the demo's next look-back re-opens it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from casedb.bulk import Columns
from casedb.demo_plan import Plan
from casedb.tables import assignments, cases
from rules.words import Confidentiality, Role

LATELY = timedelta(days=5)
"""The citizen came again this long ago at most."""

FIRST, AGAIN = cases.alias("first"), cases.alias("again")


def bring_again(connection: Connection, plan: Plan, items: Columns) -> Columns:
    """The items, the latest that fits now about a matter that came again after its sign-off.

    None of the last batch, whose outcome is told; unchanged where no matter fits, and in a published year.
    """
    if plan.totals or not items:
        return items
    fitting = (
        (place, matter)
        for matter in connection.execute(_again(plan.until)).mappings()
        for place in _places(items, matter)
    )
    place, matter = next(fitting, (None, None))
    return items if place is None or matter is None else _about(items, place, matter)


def _again(until: datetime) -> Any:
    """Open requests of the last days about a matter that had been closed before, newest first."""
    pairs = AGAIN.join(FIRST, FIRST.c.case_id == AGAIN.c.first_case_id).join(
        assignments, assignments.c.case_id == FIRST.c.case_id
    )
    plain = (one.c.confidentiality == Confidentiality.OPEN.value for one in (FIRST, AGAIN))
    return (
        select(
            *(FIRST.c[name] for name in ("case_id", "title", "issue", "received_at", "closed_at")),
            assignments.c.unit_id,
            AGAIN.c.received_at.label("again_at"),
        )
        .select_from(pairs)
        .where(
            *plain,
            AGAIN.c.received_at > until - LATELY,
            AGAIN.c.received_at <= until,
            AGAIN.c.is_valid,
            AGAIN.c.closed_at.is_(None),
            FIRST.c.closed_at.is_not(None),
            assignments.c.role == Role.LEAD.value,
            assignments.c.seq == 1,
        )
        .order_by(AGAIN.c.received_at.desc(), AGAIN.c.case_id)
    )


def _places(items: Columns, matter: RowMapping) -> list[int]:
    """Items signed off between the closing of the first request and the new one, the latest first."""
    if matter["case_id"] in items["case_id"]:
        return []
    last = max(items["assigned_at"][place].item() for place in _signed(items))
    return [
        place
        for place in reversed(_signed(items))
        if matter["received_at"] < items["assigned_at"][place].item() < last
        and matter["closed_at"] < items["signed_off_at"][place].item() < matter["again_at"]
    ]


def _signed(items: Columns) -> list[int]:
    return [place for place, moment in enumerate(items["signed_off_at"]) if moment.item() is not None]


def _about(items: Columns, place: int, matter: RowMapping) -> Columns:
    """The items, one of them about another matter."""
    changed = {"case_id": "case_id", "title": "title", "issue": "issue", "lead_unit_id": "unit_id"}
    for column, name in changed.items():
        items[column] = items[column].copy()
        items[column][place] = matter[name]
    return items
