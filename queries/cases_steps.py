"""The steps a case can take: which moment of which table is which step, and what it says of itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table

from casedb import tables
from queries.hearings import moved
from rules.words import CallbackSource, RatedObject

Row = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """A moment that is a step: the event's code, and the columns of who, what (text or code), by when.

    ``judged``: the step itself keeps or breaks the limit; otherwise it only sets or carries it.
    """

    at: str
    event: str
    actor: str = ""
    text: str = ""
    code: str = ""
    due: str = ""
    judged: bool = False


_UNIT = "unit_id"

STEPS: dict[Table, tuple[Step, ...]] = {
    tables.cases: (
        Step("received_at", "received"),
        Step("recorded_at", "recorded"),
        Step("promised_at", "promised", due="promised_due"),
        Step("settled_at", "settled_online"),
        Step("closed_at", "closed"),
        Step("signed_off_at", "signed_off"),
    ),
    tables.assignments: (
        Step("dispatched_at", "dispatched", _UNIT, code="role", due="due_at"),
        Step("signed_at", "signed", _UNIT),
        Step("section_at", "section_named", _UNIT, text="section"),
        Step("extension_asked_at", "extension_asked", _UNIT),
        Step("extension_approved_at", "extension_approved", due="extended_to"),
        Step("return_asked_at", "return_asked", _UNIT, text="return_reason"),
        Step("returned_at", "returned", _UNIT),
        Step("limit_passed_at", "limit_passed", _UNIT, due="limit"),
        Step("closed_at", "answered", _UNIT, text="close_note", due="limit", judged=True),
        Step("sent_back_at", "sent_back", text="send_back_reason"),
    ),
    tables.case_events: (Step("at", "", "actor_unit_id", text="payload"),),
    tables.contacts: (Step("at", "contact", _UNIT, code="outcome"),),
    tables.evidence: (Step("at", "evidence", _UNIT, code="kind"),),
    tables.callbacks: (Step("at", "", "caller", code="outcome", text="reason"),),
    tables.exclusions: (
        Step("proposed_at", "exclusion_proposed", "proposed_by", text="reason"),
        Step("approved_at", "exclusion_approved", text="reason"),
        Step("rejected_at", "exclusion_rejected", text="reason"),
    ),
    tables.escalations: (Step("at", "escalated", code="step", text="doc_no"),),
    tables.whistles: (
        Step("at", "whistle", "town_id", text="matter"),
        Step("closed_at", "whistle_closed", "town_id"),
    ),
    tables.summons: (
        Step("called_at", "summoned", _UNIT, code="role", due="due_at"),
        Step("arrived_at", "arrived", _UNIT, text="action", due="due_at", judged=True),
    ),
    tables.meeting_items: (
        Step("assigned_at", "item_assigned", "lead_unit_id", text="title", code="item_group"),
        Step("pledged_at", "item_pledged", "lead_unit_id", text="pledge", due="first_due_at"),
        Step("closed_at", "item_closed", "lead_unit_id", due="first_due_at", judged=True),
        Step("signoff_applied_at", "item_signoff_asked", "lead_unit_id"),
        Step("verified_at", "item_verified", text="look_back_result"),
        Step("signed_off_at", "item_signed_off"),
    ),
    tables.visits: (Step("arrived_at", "visited"), Step("called_at", "called_to_window")),
}


def steps(table: Table, row: Row, as_of: datetime) -> Iterator[tuple[Step, Row]]:
    """The steps a row has taken by the moment, each with the row that tells of it."""
    known = row | _derived(table, row, as_of)
    for step in STEPS[table]:
        at = known[step.at]
        if at is not None and at <= as_of:
            yield step, known


def _derived(table: Table, row: Row, as_of: datetime) -> Row:
    """What a row says only together: its limit in force, when it ran out, how a call ended."""
    if table is tables.assignments:
        return _limit(row, as_of)
    if table is tables.escalations:
        return {"step": f"D{row['level']}"}
    if table is tables.contacts:
        return {"outcome": row["mode"] if row["reached"] else "missed"}
    if table is tables.callbacks:
        outcome = (row["rating"] or "reached") if row["reached"] else "missed"
        own = row["source"] == CallbackSource.UNIT.value
        return {"outcome": outcome, "event": _call(row), "caller": row["unit_id"] if own else None}
    return {}


def _call(row: Row) -> str:
    """A call back by its kind: the unit's own never counts, one about the centre does not rate the unit."""
    if row["source"] == CallbackSource.UNIT.value:
        return "callback_own"
    return "callback_centre" if row["rated_object"] == RatedObject.CENTRE.value else "callback"


def _limit(row: Row, as_of: datetime) -> Row:
    """The limit in force (`holding.due`, for one row), and the moment it passed unanswered, if it did."""
    due, asked, approved, longer = (
        row[name] for name in ("due_at", "extension_asked_at", "extension_approved_at", "extended_to")
    )
    if due and asked and approved and longer and asked <= due and approved <= as_of and longer > due:
        due = longer
    due = moved(as_of).get(row["assignment_id"], due)
    ends = [row[name] for name in ("closed_at", "returned_at", "sent_back_at") if row[name] is not None]
    passed = due if due and due < min([as_of, *ends]) else None
    return {"limit": due, "limit_passed_at": passed}
