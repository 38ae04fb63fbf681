"""The field's closed lists as the screen says them: a code of rules/words.py → a word."""

from components.words import N_, _

TERMS = {
    "consult": N_("Question"), "help": N_("Call for help"), "complaint": N_("Complaint"),
    "report": N_("Report"),
    "suggestion": N_("Suggestion"), "praise": N_("Praise"), "other": N_("Other"),
    "normal": N_("Normal"), "urgent": N_("Urgent"), "critical": N_("Most urgent"),
    "urban": N_("Urban"), "rural": N_("Rural"),
    "yes": N_("Yes"), "partly": N_("Partly"), "no": N_("No"), "undecided": N_("Undecided"),
    "open": N_("Public"), "minor": N_("About a minor"), "health": N_("About health"),
    "secret": N_("Confidential"),
    "town": N_("Towns and streets"), "department": N_("City departments"), "public": N_("Public services"),
    "county": N_("Counties"),
    "lead": N_("Lead"), "assist": N_("Assisting"),
    "centre": N_("Centre"), "meeting": N_("Meeting"), "whistle": N_("Whistle"), "leader": N_("Leader"),
    "on_time": N_("On time"), "late": N_("Late"),
    "phone": N_("Telephone"), "video": N_("Video"), "visit": N_("Visit"),
    "message": N_("Text message"),
    "photo": N_("Photo"), "document": N_("Document"), "signature": N_("Signature"),
    "position": N_("Position"),
    "superior": N_("Higher level"), "unit": N_("Unit"), "robot": N_("Robot call"),
    "satisfied": N_("Satisfied"), "mostly": N_("Mostly satisfied"), "declined": N_("Declined to rate"),
    "dissatisfied": N_("Not satisfied"), "explained": N_("Explained and accepted"),
    "priority": N_("Priority work"), "enforcement": N_("Joint enforcement"), "emergency": N_("Emergency"),
    "township": N_("Confirmed by the town"), "self": N_("Own report"),
    "window": N_("At the window"), "joint": N_("Jointly"),
    "matter": N_("A matter"), "progress": N_("Asking how it stands"),
    "assigned": N_("Assigned"), "pledged": N_("Pledged"), "handling": N_("Being handled"),
    "applied": N_("Sign-off asked for"), "verifying": N_("Being checked"), "signed_off": N_("Signed off"),
    "verified": N_("Checked on the spot"),
    "supervision": N_("Supervision"), "assignment": N_("Assignment"), "consultation": N_("Consultation"),
    "planned": N_("Planned"), "held": N_("Held"), "skipped": N_("Skipped"), "merged": N_("Merged"),
    "secretary": N_("Secretary"), "mayor": N_("Mayor"), "deputy": N_("Deputy in charge"),
    "director": N_("Director of the centre"), "accepted": N_("Accepted"), "refused": N_("Refused"),
    "awaiting": N_("Awaiting dispatch"), "closed": N_("Closed"), "overdue": N_("Overdue"),
    "invalid": N_("Not valid"), "unknown": N_("Not known"), "better": N_("Clearly better"),
    "missed": N_("not reached"), "reached": N_("reached"),
    "called": N_("Called to the spot"), "departed": N_("On the way"), "arrived": N_("On the spot"),
    "ruled_out": N_("Ruled not its duty"), "void": N_("Ruled void"), "cancelled": N_("Withdrawn"),
    "adjudicated": N_("Exclusions out"), "first": N_("First answer"),
    "apart": N_("Mediation, enforcement apart"),
    "same": N_("No clear difference"), "worse": N_("Clearly behind"), "few": N_("Too few ratings"),
}  # fmt: skip


def term(code: str | None) -> str:
    """The word for a code; a code we do not know is shown as it is, none as a dash."""
    if not code:
        return "—"
    return _(TERMS[code]) if code in TERMS else code
