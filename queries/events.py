"""Sets of events that a period counts by their own time: assignments, calls back, exclusions, one row each.

A set of cases (`definitions.SETS`) asks when a case was received; these ask when something happened to it.
Their lists have a row an event, so that a figure and its list are as long as each other.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, and_, not_

from queries import (
    afterwards,
    clocks,
    converting,
    excluding,
    extending,
    handling,
    milestones,
    passing,
    ratings,
    tickets,
)
from queries.arguments import Scope
from queries.conditions import CALL
from queries.excluding import OUT
from queries.holding import CASE, HELD, Condition, holding
from queries.judging import judged_unit
from rules.words import Resolved

Holds = Callable[[Scope], Condition]


@dataclass(frozen=True)
class Kind:
    """Where the events of a kind are read, and which unit each is about."""

    table: FromClause
    unit: Callable[[], ColumnElement[str]]

    def joined(self, scope: Scope, with_holder: bool = True) -> FromClause:
        """The events with their cases, and with the assignment a list tells of."""
        whole = self.table is CASE
        paired = CASE if whole else CASE.join(self.table, self.table.c.case_id == CASE.c.case_id)
        holder = self.table is not HELD and with_holder
        return paired.outerjoin(HELD, holding(scope.as_of)) if holder else paired


ASSIGNMENT = Kind(HELD, lambda: HELD.c.unit_id)
CALLED = Kind(CALL, judged_unit)
EXCLUSION = Kind(OUT, excluding.concerned_unit)
REQUEST = Kind(CASE, lambda: HELD.c.unit_id)


@dataclass(frozen=True)
class Event:
    """A set of events: which they are within a scope, its period included."""

    name: str
    words: str
    kind: Kind
    holds: Holds


def _part(base: Event, name: str, words: str, holds: Holds, others: str = "") -> list[Event]:
    """Those of the base of which something holds; and the others, where they have a name."""
    part = Event(name, words, base.kind, lambda scope: and_(base.holds(scope), holds(scope)))
    rest = Event(others, f"not {words}", base.kind, lambda scope: and_(base.holds(scope), not_(holds(scope))))
    return [part, rest] if others else [part]


BASES = {
    base.name: base
    for base in (
        Event(
            "response_due", "its limit to respond fell in the period", ASSIGNMENT, handling.is_response_due
        ),
        Event("sign_due", "its limit to sign for fell in the period", ASSIGNMENT, handling.is_sign_due),
        Event("due", "its limit fell in the period", ASSIGNMENT, handling.is_due),
        Event("first_due", "its first limit fell in the period", ASSIGNMENT, handling.is_first_due),
        Event("rework_due", "its limit, of rework, fell in the period", ASSIGNMENT, handling.is_rework_due),
        Event("reported", "reported done in the period", ASSIGNMENT, handling.is_reported),
        Event("in_hand", "open at the start, or sent in the period", ASSIGNMENT, handling.is_in_hand),
        Event("matured", "closed long enough to be sent back", ASSIGNMENT, afterwards.is_matured),
        Event("watched", "closed long enough to be brought again", ASSIGNMENT, afterwards.is_watched),
        Event("sent_in", "sent to the unit in the period", ASSIGNMENT, passing.is_sent_in),
        Event("returns_ruled", "asked to be given back, and ruled on", ASSIGNMENT, passing.is_ruled),
        Event(
            "callback_due",
            "its limit to be called back fell in the period",
            ASSIGNMENT,
            afterwards.is_callback_due,
        ),
        Event("tried", "called back for the first time in the period", CALLED, ratings.is_tried),
        Event("heard", "reached, and asked for a rating", CALLED, ratings.is_heard),
        Event("counted", "gave a rating that counts", CALLED, ratings.is_counted),
        Event("apart", "gave a rating that is shown apart", CALLED, ratings.is_shown_apart),
        Event("to_convert", "not satisfied at first, and sent back", CALLED, converting.is_to_convert),
        Event("asked", "asked whether it is resolved", CALLED, ratings.is_asked),
        Event("claimed_on", "asked, and the unit has said so itself", CALLED, ratings.is_claimed_on),
        Event("passed_on", "given back, and sent to another unit", ASSIGNMENT, passing.is_passed_on),
        Event("passed_in", "came from a unit that gave it back", ASSIGNMENT, passing.is_passed_in),
        Event("tickets_carried", "sent to a unit, open when the period began", REQUEST, tickets.is_carried),
        Event("tickets_done", "sent to a unit, closed in the period", REQUEST, tickets.is_done),
        Event("tickets_left", "sent to a unit, open when the period ended", REQUEST, tickets.is_left),
        Event("exclusion_asked", "an exclusion was proposed", EXCLUSION, excluding.is_proposed),
    )
}

PARTS = (
    *_part(
        BASES["response_due"],
        "responded",
        "signed for and the citizen reached in time",
        handling.responded,
        "response_late",
    ),
    *_part(BASES["sign_due"], "signed", "signed for in time", handling.signed, "sign_late"),
    *_part(BASES["due"], "kept", "closed by its limit", handling.in_time, "broken"),
    *_part(BASES["first_due"], "first_kept", "closed by its first limit", handling.in_first_time),
    *_part(BASES["rework_due"], "rework_kept", "closed by its limit", handling.in_time, "rework_late"),
    *_part(BASES["reported"], "reported_late", "after its limit", handling.too_late),
    *_part(BASES["in_hand"], "done_in_hand", "reported done in the period", handling.done),
    *_part(BASES["matured"], "sent_back_after", "sent back", afterwards.came_back),
    *_part(BASES["watched"], "repeated", "brought again", afterwards.came_again),
    *_part(BASES["sent_in"], "returned", "asked to be given back", passing.given_back),
    *_part(BASES["returns_ruled"], "returns_refused", "refused", passing.refused),
    *_part(BASES["callback_due"], "callback_kept", "called back in time", afterwards.called),
    *_part(BASES["tried"], "got_through", "reached", ratings.got_through),
    *_part(BASES["heard"], "took_part", "gave a rating", ratings.rated),
    *_part(BASES["counted"], "counted_good", "satisfied", ratings.good, "counted_bad"),
    *_part(BASES["apart"], "apart_good", "satisfied", ratings.good),
    *_part(BASES["to_convert"], "converted", "satisfied after rework", converting.converted),
    *_part(BASES["heard"], "left_out", "left out as unreasonable", ratings.left_out),
    *_part(BASES["asked"], "resolved", "resolved, says the citizen", ratings.said(Resolved.YES)),
    *_part(BASES["asked"], "partly_resolved", "partly resolved", ratings.said(Resolved.PARTLY)),
    *_part(BASES["asked"], "unresolved", "not resolved", ratings.said(Resolved.NO)),
    *_part(BASES["claimed_on"], "claimed_resolved", "resolved, says the unit", ratings.unit_said_yes),
    *_part(BASES["heard"], "explained", "explained and accepted", ratings.said(Resolved.EXPLAINED)),
    *_part(BASES["exclusion_asked"], "exclusion_approved", "approved", excluding.approved),
    *_part(BASES["exclusion_asked"], "exclusion_refused", "refused", excluding.refused),
    *_part(BASES["exclusion_asked"], "exclusion_open", "waiting for a ruling", excluding.undecided),
)

CLOCKS = {
    "record": (REQUEST, "to be recorded", clocks.is_record_due, clocks.was_recorded),
    "dispatch": (REQUEST, "to be sent to a unit", clocks.is_dispatch_due, clocks.was_dispatched),
    "section": (ASSIGNMENT, "to name a section", clocks.is_section_due, clocks.section_named),
    "chain": (ASSIGNMENT, "of three hours", clocks.is_chain_due, clocks.chain_kept),
    "scene": (ASSIGNMENT, "to be on the spot", clocks.is_scene_due, clocks.on_the_spot),
    "meet": (ASSIGNMENT, "to meet the petitioner", milestones.is_meet_due, milestones.was_met),
    "feedback": (ASSIGNMENT, "to feed back", milestones.is_feedback_due, milestones.fed_back),
    "finish": (ASSIGNMENT, "to finish", milestones.is_finish_due, milestones.was_finished),
    "notice": (ASSIGNMENT, "to notify in writing", milestones.is_notice_due, milestones.was_notified),
    "petition": (ASSIGNMENT, "of a petition", milestones.is_petition_due, handling.in_time),
    "promise": (REQUEST, "publicly promised", clocks.is_promise_due, clocks.promise_kept),
}
"""Limits that have a base, what was kept of it and what was not: <name>_due, <name>_kept, <name>_late."""


def _clocked() -> list[Event]:
    found = []
    for name, (kind, words, is_due, in_time) in CLOCKS.items():
        base = Event(f"{name}_due", f"its limit {words} fell in the period", kind, is_due)
        found += [base, *_part(base, f"{name}_kept", "in time", in_time, f"{name}_late")]
    return found


HABITS = {
    "last_hours": ("at the last minute", extending.at_the_last),
    "after_limit": ("after the limit", extending.too_late),
    "too_many": ("too often", extending.too_often),
    "too_long": ("for too long", extending.too_long),
}
"""What an extension may be asked for wrongly: each is the set extension_<name>."""


def _extended() -> list[Event]:
    base = Event("extension_asked", "more time was asked for", ASSIGNMENT, extending.is_extension)
    parts = [_part(base, f"extension_{name}", words, holds) for name, (words, holds) in HABITS.items()]
    return [base, *(part[0] for part in parts)]


EVENTS: dict[str, Event] = BASES | {one.name: one for one in (*PARTS, *_clocked(), *_extended())}
