"""The steps of a case: what each is called, which sign it has, and on which lane it stands."""

from typing import Any

from components.signs import sign
from components.words import N_, _

# code of cases.timeline → name, sign, lane ("" stands only in the log)
STEPS: dict[str, tuple[str, str, str]] = {
    "received": (N_("Received"), "done", ""),
    "registered": (N_("Entered"), "done", ""),
    "settled_online": (N_("Settled by the centre"), "done", ""),
    "dispatched": (N_("Dispatched"), "done", ""),
    "signed": (N_("Signed for"), "done", ""),
    "accepted": (N_("Signed for"), "done", ""),
    "contacted": (N_("Citizen contacted"), "done", "contact"),
    "not_reached": (N_("Citizen not reached"), "open", "contact"),
    "extension_asked": (N_("Extension asked for"), "way", ""),
    "extension_approved": (N_("Extension granted"), "done", ""),
    "extended": (N_("Extension granted"), "done", ""),
    "extension_refused": (N_("Extension refused"), "cross", ""),
    "paused": (N_("Clock stopped"), "way", ""),
    "resumed": (N_("Clock runs again"), "way", ""),
    "returned": (N_("Returned to the centre"), "back", ""),
    "return_asked": (N_("Return asked for"), "back", ""),
    "return_accepted": (N_("Return accepted"), "back", ""),
    "return_refused": (N_("Return refused"), "cross", ""),
    "sent_back": (N_("Sent back to be done again"), "back", ""),
    "reworked": (N_("Sent back to be done again"), "back", ""),
    "closed": (N_("Closed"), "done", ""),
    "archived": (N_("Archived"), "done", ""),
    "merged": (N_("Merged into another case"), "done", ""),
    "due": (N_("Limit passed"), "late", ""),
    "called_back": (N_("Called back"), "done", "callback"),
    "callback": (N_("Called back"), "done", "callback"),
    "callback_failed": (N_("Called back, not reached"), "open", "callback"),
    "rated": (N_("Rated"), "done", "callback"),
    "satisfied": (N_("Satisfied"), "done", "callback"),
    "dissatisfied": (N_("Not satisfied"), "cross", "callback"),
    "evidence": (N_("Evidence"), "done", "evidence"),
    "escalated": (N_("Supervised"), "late", "supervision"),
    "escalation": (N_("Supervised"), "late", "supervision"),
    "meeting": (N_("At the meeting"), "done", "supervision"),
    "meeting_item": (N_("At the meeting"), "done", "supervision"),
    "assigned": (N_("Assigned at the meeting"), "done", "supervision"),
    "pledged": (N_("Pledged"), "way", "supervision"),
    "signed_off": (N_("Signed off"), "done", "supervision"),
    "whistle": (N_("Whistled"), "way", "supervision"),
    "called": (N_("Called to the place"), "open", "supervision"),
    "answered": (N_("Answered the whistle"), "answered", "supervision"),
    "arrived": (N_("Arrived at the place"), "done", "supervision"),
    "visit": (N_("Came to the hall"), "done", "contact"),
    "interview": (N_("Leader's interview"), "done", "contact"),
    "exclusion_asked": (N_("Exclusion asked for"), "way", ""),
    "excluded": (N_("Left out of the rating"), "done", ""),
}


def name(event: str) -> str:
    """What a step is called; a code we do not know is shown as it is."""
    return _(STEPS[event][0]) if event in STEPS else event


def shape(event: str) -> str:
    return STEPS[event][1] if event in STEPS else "done"


def lane(event: str) -> str:
    return STEPS[event][2] if event in STEPS else ""


def before(event: str) -> list[Any]:
    """A sign in front of a step that went against somebody; the ordinary ones need none."""
    return [sign(shape(event)), " "] if shape(event) in ("back", "cross", "late") else []
