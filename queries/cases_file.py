"""All that is written down of one case, as it was known at a moment: what came later is not there yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select

from casedb import tables
from queries.arguments import Scope
from queries.cache import cached
from queries.cases_one import only
from queries.database import records
from queries.hearings import moved
from queries.overdue_standing import standing_of
from rules.deadlines import effective
from rules.words import Role

Row = Mapping[str, Any]

URGED = "urged"
"""The event of a citizen who asked again."""

AHEAD = ("due_at", "last_due_at", "first_due_at", "cutoff_at")
"""Moments that are set beforehand: they are known although they have not come."""


class Rung(NamedTuple):
    """Where an open case stands on the ladder (`overdue_standing`), and what time alone will do next."""

    level: int | None = None
    next_rule: str = ""
    next_at: datetime | None = None
    milestone_at: datetime | None = None
    milestone: str = ""
    is_missed: bool = False
    since: datetime | None = None


@dataclass(frozen=True)
class File:
    """One case at a moment; ``leads`` in order of their sending, ``rung`` None where it is not open.

    ``urged``: when the citizen asked again.
    """

    as_of: datetime
    case: Row
    leads: list[Row]
    contacts: list[Row]
    callbacks: list[Row]
    items: list[Row]
    summons: list[Row]
    rung: Rung | None
    urged: tuple[datetime, ...] = ()

    @property
    def holder(self) -> Row | None:
        """The lead that answers for it (`holding.holding`); None while it is with the centre."""
        last = self.leads[-1] if self.leads else None
        return None if last is None or last["returned_at"] or last["sent_back_at"] else last

    @property
    def counts(self) -> bool:
        """It is a request of its own: neither invalid nor merged into another."""
        return bool(self.case["is_valid"]) and self.case["merged_into"] is None

    @property
    def ended(self) -> bool:
        """Closed, by its own time or by the word of a source that gives none (`conditions.is_closed`)."""
        return bool(self.case["closed_at"] or self.case["closed_untimed"])

    @property
    def answered_at(self) -> datetime | None:
        """When the holder answered, or the case was closed where the source gives only that."""
        return None if self.holder is None else self.holder["closed_at"] or self.case["closed_at"]


@cached
def opened(scope: Scope) -> File | None:
    """The file of ``scope.case``; None where there is no such case (yet)."""
    name, as_of = only(scope).case, scope.as_of
    found = _of(tables.cases, name)
    if not found or found[0]["received_at"] > as_of:
        return None
    untimed = found[0]["closed_at"] is None and found[0]["stated_closed"]
    return File(
        as_of=as_of,
        case={**seen(found[0], as_of), "closed_untimed": untimed},
        leads=_leads(name, as_of),
        contacts=[row for row in _of(tables.contacts, name, "at") if row["at"] <= as_of],
        callbacks=[row for row in _of(tables.callbacks, name, "at") if row["at"] <= as_of],
        items=[seen(row, as_of) for row in _items(name) if (row["prepared_at"] or as_of) <= as_of],
        summons=[seen(row, as_of) for row in _summons(name) if row["called_at"] <= as_of],
        rung=_rung(found[0]["case_id"], as_of),
        urged=_urged(name, as_of),
    )


def seen(row: Row, as_of: datetime) -> dict[str, Any]:
    """The row without what had not happened yet."""
    return {
        name: None if name.endswith("_at") and name not in AHEAD and value and value > as_of else value
        for name, value in row.items()
    }


def limit_of(lead: Row, as_of: datetime) -> datetime | None:
    """The limit in force for an assignment at the moment, a granted extension included (`holding.due`).

    ``moved_to``: by a hearing.
    """
    if lead["moved_to"] is not None:
        return lead["moved_to"]
    asked, approved, longer = (
        lead[name] for name in ("extension_asked_at", "extension_approved_at", "extended_to")
    )
    if lead["due_at"] is None or longer is None or longer <= lead["due_at"]:
        return lead["due_at"]
    return effective(lead["due_at"], asked, approved, longer, as_of)


def _leads(name: str | None, as_of: datetime) -> list[Row]:
    rows = _of(tables.assignments, name, "seq")
    sent = [row for row in rows if row["dispatched_at"] is None or row["dispatched_at"] <= as_of]
    later = moved(as_of)
    leads = [row | {"moved_to": later.get(row["assignment_id"])} for row in sent]
    return [seen(row, as_of) for row in leads if row["role"] == Role.LEAD.value]


def _rung(name: str, as_of: datetime) -> Rung | None:
    """Where the case stands; None where it is not open."""
    found = standing_of(as_of, (name,)).astype(object)
    rows = found.where(found.notna(), None)[[*Rung._fields]].itertuples(index=False)
    return next((Rung(*row) for row in rows), None)


def _of(table: Any, name: str | None, order: str | None = None) -> list[dict[str, Any]]:
    """The rows of a table that speak of the case."""
    found = select(table).where(table.c.case_id == name)
    return records(found.order_by(table.c[order], next(iter(table.primary_key))) if order else found)


def _urged(name: str | None, as_of: datetime) -> tuple[datetime, ...]:
    rows = _of(tables.case_events, name, "at")
    return tuple(row["at"] for row in rows if row["event"] == URGED and row["at"] <= as_of)


def _summons(name: str | None) -> list[dict[str, Any]]:
    """Units called by the whistles of the case, each with the moments of its whistle."""
    call, blown = tables.summons, tables.whistles
    whole = (blown.c[name] for name in ("accepted_at", "closed_at", "cancelled_at", "ruled_void_at"))
    return records(select(*call.c, *whole).select_from(call.join(blown)).where(blown.c.case_id == name))


def _items(name: str | None) -> list[dict[str, Any]]:
    """Meeting items of the case, each with the meeting it comes before: number, actual_date, cutoff_at."""
    item, own, whole = tables.meeting_items, tables.meetings, tables.meetings.alias("whole")
    joined = item.join(own, own.c.meeting_id == item.c.meeting_id)
    joined = joined.join(whole, whole.c.meeting_id == func.coalesce(own.c.merged_into, own.c.meeting_id))
    wanted = [*item.c, whole.c.number, whole.c.actual_date, whole.c.cutoff_to.label("cutoff_at")]
    return records(select(*wanted).select_from(joined).where(item.c.case_id == name))
