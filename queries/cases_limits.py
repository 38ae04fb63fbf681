"""Which limits run for one case, or have been missed: pure reckoning over its file (`cases_file`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from queries.cases_file import File, Row, limit_of
from queries.cases_ladder import Limit, agenda, called, climbing, milestone, pledged
from rules import deadlines
from rules.calendar import Meeting
from rules.words import CallbackSource, ContactMode, Urgency
from rules.workdays import UnknownYear, WorkCalendar

STEPS = ("recording", "signing", "contact", "callback", "arrival", "settling")
"""What a source may record; arrival: at a whistle; settling: the end of a meeting's item."""


@dataclass(frozen=True)
class Known:
    """What is reckoned with: the working days, the next meeting, and what the source records at all.

    ``told`` has some of `STEPS`: what nobody records cannot be missing.
    """

    calendar: WorkCalendar
    following: Meeting | None = None
    told: frozenset[str] = frozenset(STEPS)


def running(file: File, known: Known) -> Iterator[Limit]:
    """Every limit that runs at the moment, or was missed and is still to be made good."""
    if not file.counts:
        return
    if not file.ended:
        unit = (file.holder["unit_id"] or "") if file.holder else ""
        yield from _with_unit(file, known) if file.holder else _with_centre(file, known)
        yield from climbing(file, unit, known.following)
        yield from milestone(file, unit)
        yield from called(file) if "arrival" in known.told else ()
        yield from _promised(file)
    if file.answered_at and "callback" in known.told:
        yield from _callback(file, known.calendar)
    yield from pledged(file) if "settling" in known.told else ()


def sla(rule: str, start: datetime, calendar: WorkCalendar) -> datetime | None:
    """The end of a limit of the rulebook; None where the calendar does not reach so far."""
    try:
        return deadlines.due(rule, start, calendar)
    except UnknownYear:
        return None


def is_contact(row: Row) -> bool:
    """The citizen was reached by a person (M03): an automatic message does not count."""
    return bool(row["reached"]) and row["mode"] != ContactMode.MESSAGE.value


def response(urgency: str) -> str:
    """The rule for contacting the citizen."""
    return "response" if urgency == Urgency.NORMAL else "response_urgent"


def _with_centre(file: File, known: Known) -> Iterator[Limit]:
    """Nobody holds it: the centre enters it, then sends it."""
    case, last = file.case, file.leads[-1] if file.leads else None
    if last is None and case["recorded_at"] is None and "recording" in known.told:
        yield Limit("record", sla("record", case["received_at"], known.calendar), "", "undispatched")
        return
    free = (last["sent_back_at"] or last["returned_at"]) if last else case["recorded_at"]
    yield Limit("dispatch", sla("dispatch", free or case["received_at"], known.calendar), "", "undispatched")


def _with_unit(file: File, known: Known) -> Iterator[Limit]:
    """A unit holds it: it signs, contacts the citizen, and answers by its limit."""
    lead = file.holder
    if lead is None or file.answered_at:
        return
    yield from _first_steps(file, lead, known)
    due, unit = limit_of(lead, file.as_of), lead["unit_id"] or ""
    if due is not None:
        then = "grouped" if file.case["is_group"] else "overdue"
        yield Limit(named(lead, due), due, unit, then)
    yield from agenda(file, unit)


def named(lead: Row, due: datetime) -> str:
    """What the limit in force is: answer, extended, or heard (moved by a hearing, whatever came before)."""
    if lead["moved_to"] is not None:
        return "heard"
    return "extended" if due != lead["due_at"] else "answer"


def _first_steps(file: File, lead: Row, known: Known) -> Iterator[Limit]:
    """Signing for it (M05) and reaching the citizen (M03), while they are still to be done."""
    sent, unit = lead["dispatched_at"], lead["unit_id"] or ""
    if sent is None:
        return
    limit, asked = sla("sign", sent, known.calendar), lead["return_asked_at"]
    # To ask in time to give it back is as good as to sign for it (M05).
    acts = lead["signed_at"] or (asked and (limit is None or asked <= limit))
    if "signing" in known.told and not acts:
        yield Limit("sign", limit, unit, "urged")
    if "contact" in known.told and not any(is_contact(row) and row["at"] >= sent for row in file.contacts):
        yield Limit("contact", sla(response(file.case["urgency"]), sent, known.calendar), unit, "urged")


def _promised(file: File) -> Iterator[Limit]:
    """A public promise of an answer (给说法)."""
    if file.case["promised_at"] and file.case["promised_due"] and not file.answered_at:
        holder = file.holder["unit_id"] if file.holder else None
        yield Limit("promise", file.case["promised_due"], holder or "", "broken")


def _callback(file: File, calendar: WorkCalendar) -> Iterator[Limit]:
    """Answered, and nobody but the unit has called the citizen since (M02)."""
    answered = file.answered_at
    if answered is None or file.case["settled_at"]:
        return
    calls = [row for row in file.callbacks if row["source"] != CallbackSource.UNIT.value]
    if not any(row["at"] >= answered for row in calls):
        yield Limit("callback", sla("callback", answered, calendar), "", "uncalled")
