"""The steps of a case (the codes of cases.timeline): what each is called, its sign, and its lane."""

from typing import Any

from components.signs import sign
from components.terms import term
from components.words import N_, _

# code → name, sign, lane ("" stands only in the log)
STEPS: dict[str, tuple[str, str, str]] = {
    "received": (N_("Received"), "done", ""),
    "recorded": (N_("Entered"), "done", ""),
    "promised": (N_("Answer promised"), "way", ""),
    "settled_online": (N_("Settled by the centre"), "done", ""),
    "closed": (N_("Closed"), "done", ""),
    "signed_off": (N_("Signed off"), "done", ""),
    "dispatched": (N_("Dispatched"), "done", ""),
    "signed": (N_("Signed for"), "done", ""),
    "section_named": (N_("Section named"), "done", ""),
    "extension_asked": (N_("Extension asked for"), "way", ""),
    "extension_approved": (N_("Extension granted"), "done", ""),
    "return_asked": (N_("Return asked for"), "back", ""),
    "returned": (N_("Returned to the centre"), "back", ""),
    "limit_passed": (N_("Limit passed"), "late", ""),
    "answered": (N_("Answered by the unit"), "done", ""),
    "sent_back": (N_("Sent back to be done again"), "back", ""),
    "progress": (N_("Progress"), "done", ""),
    "urged": (N_("Citizen asked again"), "way", "contact"),
    "site_visit": (N_("Went to the place"), "done", "contact"),
    "feedback": (N_("Told how it stands"), "done", "contact"),
    "notice": (N_("Notified in writing"), "done", "contact"),
    "meeting_refused": (N_("Citizen declined to meet"), "open", "contact"),
    "hearing_from": (N_("Hearing begins"), "way", ""),
    "hearing_to": (N_("Hearing ends"), "done", ""),
    "contact": (N_("Citizen contacted"), "done", "contact"),
    "visited": (N_("Came to the hall"), "done", "contact"),
    "called_to_window": (N_("Called to the window"), "done", "contact"),
    "callback": (N_("Callback"), "done", "callback"),
    "callback_centre": (N_("Callback about the receipt"), "done", "callback"),
    "callback_own": (N_("Unit's own call"), "done", "callback"),
    "exclusion_proposed": (N_("Exclusion asked for"), "way", ""),
    "exclusion_approved": (N_("Left out of the rating"), "done", ""),
    "exclusion_rejected": (N_("Exclusion refused"), "cross", ""),
    "escalated": (N_("Supervised"), "way", "supervision"),
    "whistle": (N_("Whistled"), "way", "supervision"),
    "whistle_closed": (N_("Whistle closed"), "done", "supervision"),
    "summoned": (N_("Called to the place"), "open", "supervision"),
    "arrived": (N_("Arrived at the place"), "done", "supervision"),
    "item_assigned": (N_("Assigned at the meeting"), "done", "supervision"),
    "item_pledged": (N_("Pledged"), "way", "supervision"),
    "item_closed": (N_("Meeting item done"), "done", "supervision"),
    "item_signoff_asked": (N_("Sign-off asked for"), "way", "supervision"),
    "item_verified": (N_("Checked on the spot"), "done", "supervision"),
    "item_signed_off": (N_("Meeting item signed off"), "done", "supervision"),
    "evidence": (N_("Evidence"), "done", "evidence"),
}
OUTCOMES = {"missed": "open", "dissatisfied": "cross"}  # how a call ended, where that is the sign
PLAIN = ("dispatched", "summoned")  # their detail says only what the order of the steps says already


def name(event: str, detail: str = "") -> str:
    """What a step is called, with its detail in words; a code we do not know is shown as it is."""
    said = _(STEPS[event][0]) if event in STEPS else event
    return said if not detail or event in PLAIN else f"{said} {term(detail)}"


def shape(event: str, detail: str = "") -> str:
    return OUTCOMES.get(detail) or (STEPS[event][1] if event in STEPS else "done")


def lane(event: str) -> str:
    return STEPS[event][2] if event in STEPS else ""


def before(event: str, detail: str = "") -> list[Any]:
    """A sign in front of a step that went against somebody; the ordinary ones need none."""
    made = shape(event, detail)
    return [sign(made, "late" if made == "late" else ""), " "] if made in ("back", "cross", "late") else []
