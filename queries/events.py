"""Sets of events that a period counts by their own time: assignments, calls back, exclusions, one row each.

A set of cases (`definitions.SETS`) asks when a case was received; these ask when something happened to it.
Their lists have a row an event, so that a figure and its list are as long as each other.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, and_, not_

from queries import excluding, handling, ratings
from queries.arguments import Scope
from queries.conditions import CALL
from queries.excluding import OUT
from queries.holding import CASE, HELD, Condition, holding
from rules.words import Resolved

Holds = Callable[[Scope], Condition]


@dataclass(frozen=True)
class Kind:
    """Where the events of a kind are read, and which unit each is about."""

    table: FromClause
    unit: Callable[[], ColumnElement[str]]
    is_once: bool = False  # a case is there once at most

    def joined(self, scope: Scope, with_holder: bool = True) -> FromClause:
        """The events with their cases, and with the assignment a list tells of."""
        paired = CASE.join(self.table, self.table.c.case_id == CASE.c.case_id)
        holder = self.table is not HELD and with_holder
        return paired.outerjoin(HELD, holding(scope.as_of)) if holder else paired


ASSIGNMENT = Kind(HELD, lambda: HELD.c.unit_id)
CALLED = Kind(CALL, ratings.judged_unit, is_once=True)
EXCLUSION = Kind(OUT, excluding.concerned_unit)


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
        Event("reported", "reported done in the period", ASSIGNMENT, handling.is_reported),
        Event("in_hand", "open at the start, or sent in the period", ASSIGNMENT, handling.is_in_hand),
        Event("matured", "closed long enough to be sent back", ASSIGNMENT, handling.is_matured),
        Event("watched", "closed long enough to be brought again", ASSIGNMENT, handling.is_watched),
        Event("sent_in", "sent to the unit in the period", ASSIGNMENT, handling.is_sent_in),
        Event(
            "callback_due",
            "its limit to be called back fell in the period",
            ASSIGNMENT,
            handling.is_callback_due,
        ),
        Event("tried", "called back for the first time in the period", CALLED, ratings.is_tried),
        Event("heard", "reached, and asked for a rating", CALLED, ratings.is_heard),
        Event("counted", "gave a rating that counts", CALLED, ratings.is_counted),
        Event("asked", "asked whether it is resolved", CALLED, ratings.is_asked),
        Event("passed_on", "given back, and sent to another unit", ASSIGNMENT, handling.is_passed_on),
        Event("passed_in", "came from a unit that gave it back", ASSIGNMENT, handling.is_passed_in),
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
    *_part(BASES["reported"], "reported_late", "after its limit", handling.too_late),
    *_part(BASES["in_hand"], "done_in_hand", "reported done in the period", handling.done),
    *_part(BASES["matured"], "sent_back_after", "sent back", handling.came_back),
    *_part(BASES["watched"], "repeated", "brought again", handling.came_again),
    *_part(BASES["sent_in"], "returned", "asked to be given back", handling.given_back),
    *_part(BASES["callback_due"], "callback_kept", "called back in time", handling.called),
    *_part(BASES["tried"], "got_through", "reached", ratings.got_through),
    *_part(BASES["heard"], "took_part", "gave a rating", ratings.rated),
    *_part(BASES["counted"], "counted_good", "satisfied", ratings.good, "counted_bad"),
    *_part(BASES["heard"], "left_out", "left out as unreasonable", ratings.left_out),
    *_part(BASES["asked"], "resolved", "resolved, says the citizen", ratings.said(Resolved.YES)),
    *_part(BASES["asked"], "partly_resolved", "partly resolved", ratings.said(Resolved.PARTLY)),
    *_part(BASES["asked"], "unresolved", "not resolved", ratings.said(Resolved.NO)),
    *_part(BASES["heard"], "explained", "explained and accepted", ratings.said(Resolved.EXPLAINED)),
    *_part(BASES["exclusion_asked"], "exclusion_approved", "approved", excluding.approved),
    *_part(BASES["exclusion_asked"], "exclusion_refused", "refused", excluding.refused),
    *_part(BASES["exclusion_asked"], "exclusion_open", "waiting for a ruling", excluding.undecided),
)

EVENTS: dict[str, Event] = BASES | {one.name: one for one in PARTS}
