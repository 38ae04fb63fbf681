"""The contract: the tables the board reads, what each column means and who fills it.

Times are the centre's local civil time without an offset. A column that may be empty says what empty means.
State is never stored: it follows from the timestamps. A centre with its own system offers views named so.
"""

from enum import StrEnum

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

from rules import words

metadata = MetaData()

KEY = String(64)
NAME = String(120)


def _refers(name: str, to: str, comment: str, required: bool = False) -> Column:
    return Column(name, KEY, ForeignKey(to), nullable=not required, comment=comment)


def _at(name: str, comment: str, required: bool = False) -> Column:
    return Column(name, DateTime, nullable=not required, comment=comment)


def _flag(name: str, comment: str, default: bool | None = False) -> Column:
    return Column(name, Boolean, nullable=default is None, default=default, comment=comment)


def _number(name: str, comment: str, default: int | None = None) -> Column:
    return Column(name, Integer, nullable=default is None, default=default, comment=comment)


def _word(name: str, allowed: type[StrEnum], comment: str, default: StrEnum | None = None) -> Column:
    """A coded column: one of the words of ``allowed``, held by a check in the database."""
    values = ", ".join(f"'{word.value}'" for word in allowed)
    rule = CheckConstraint(f"{name} in ({values})")
    full = f"{comment} One of: {', '.join(word.value for word in allowed)}."
    return Column(name, String(16), rule, nullable=default is None, default=default, comment=full)


def _text(name: str, comment: str, kind: String | Text | None = None, required: bool = False) -> Column:
    return Column(name, NAME if kind is None else kind, nullable=not required, comment=comment)


# ── who and where ────────────────────────────────────────────────────────────────────────────────────────

units = Table(
    "units",
    metadata,
    Column("unit_id", KEY, primary_key=True, comment="the centre's own code of the unit"),
    _text("name", "full name, as printed", required=True),
    _text("short_name", "at most two characters, for window cells; empty: the name's first two", String(16)),
    _word("unit_group", words.UnitGroup, "ranked only within its group; empty: not ranked."),
    _flag("is_linked", "one of the linked units (联动单位) on duty round the clock"),
    _text("leader_post", "post of the head, never a person's name"),
    comment="Units that handle cases, answer whistles or sit in the hall. Filled by the centre.",
)

categories = Table(
    "categories",
    metadata,
    Column("category_id", KEY, primary_key=True, comment="code of the category"),
    _text("name", "as printed", required=True),
    Column("level", SmallInteger, nullable=False, comment="1, 2 or 3"),
    _refers("parent_id", "categories.category_id", "one level up; empty at level 1"),
    _text("level1_id", "its ancestor (or itself) at level 1", KEY, required=True),
    _text("level2_id", "its ancestor (or itself) at level 2; empty above", KEY),
    _text("level3_id", "itself at level 3; empty above", KEY),
    comment="The tree of matters. Filled by the centre or the importer.",
)

channels = Table(
    "channels",
    metadata,
    Column("channel_id", KEY, primary_key=True, comment="code of the channel"),
    _text("name", "as printed", required=True),
    _flag("is_call", "a telephone channel: its cases count as calls"),
    comment="Ways a request comes in. Filled by the centre.",
)

areas = Table(
    "areas",
    metadata,
    Column("area_id", KEY, primary_key=True, comment="code of the area"),
    _text("name", "as printed", required=True),
    Column("level", SmallInteger, nullable=False, comment="1 town or street, 2 village or community, 3 grid"),
    _refers("parent_id", "areas.area_id", "one level up; empty at level 1"),
    _text("level1_id", "its town or street (or itself)", KEY, required=True),
    _text("level2_id", "its village or community (or itself); empty above", KEY),
    _text("level3_id", "itself at level 3; empty above", KEY),
    _word("area_kind", words.AreaKind, "decides the limit for arriving at a scene; empty: not known."),
    _refers("unit_id", "units.unit_id", "the town or street office that is also a unit"),
    comment="Towns and streets, communities, grids. Filled by the centre.",
)

# ── the hall ─────────────────────────────────────────────────────────────────────────────────────────────

windows = Table(
    "windows",
    metadata,
    Column("window_id", KEY, primary_key=True, comment="code of the window"),
    Column("number", Integer, nullable=False, comment="number on the door; windows are shown in this order"),
    _text("name", "as printed when it is more than a number"),
    _refers("unit_id", "units.unit_id", "first unit that shares it"),
    _refers("second_unit_id", "units.unit_id", "second unit; empty: it is not shared"),
    _number("seats", "people it can receive at once; empty: not known"),
    comment="Windows of the reception hall. Filled by the centre.",
)

seats = Table(
    "seats",
    metadata,
    Column("seat_id", KEY, primary_key=True, comment="code of this sitting"),
    _refers("window_id", "windows.window_id", "the window", required=True),
    _refers("unit_id", "units.unit_id", "the unit whose clerk sits there"),
    _at("opened_at", "the clerk began to receive", required=True),
    _at("closed_at", "the clerk left; empty: still there"),
    comment="Sittings: which seat was really open, and when. Filled by the queue system.",
)

visits = Table(
    "visits",
    metadata,
    Column("visit_id", KEY, primary_key=True, comment="code of the visit (one ticket, 批)"),
    _at("arrived_at", "came through the door, or the call came in", required=True),
    _at("registered_at", "registered at the desk; empty: not (yet)"),
    _at("ticket_at", "took a number, began to wait; empty: never queued"),
    _at("called_at", "number called, waiting ended by service; empty: not (yet)"),
    _at("left_at", "left the queue uncalled; empty: did not"),
    _at("started_at", "the talk began"),
    _at("ended_at", "the talk ended; empty: not (yet)"),
    _refers("window_id", "windows.window_id", "window of the ticket; empty: none"),
    _refers("unit_id", "units.unit_id", "unit asked for"),
    _number("people", "people who came together (人次)", default=1),
    _flag("is_misrouted", "the ticket was for the wrong window (取错号)"),
    _flag("answered_at_desk", "answered at the guide's desk, no ticket needed (导办台答复)"),
    _word(
        "purpose",
        words.VisitPurpose,
        "matters count towards settling at the window.",
        words.VisitPurpose.MATTER,
    ),
    _word("outcome_level", words.OutcomeLevel, "level that settled it; empty: not settled (yet)."),
    _flag("settled_on_spot", "settled at the window the same day with a signed outcome (当场调处)"),
    _refers("case_id", "cases.case_id", "case it became; empty: none"),
    comment="Visits to the hall, or calls to a call centre: one row a ticket. Filled by the queue system.",
)

# ── cases ────────────────────────────────────────────────────────────────────────────────────────────────

cases = Table(
    "cases",
    metadata,
    Column("case_id", KEY, primary_key=True, comment="number of the case, as citizens are told it"),
    _refers("channel_id", "channels.channel_id", "how it came in; empty: the source does not say"),
    _text("channel_ref", "number in the channel's own system", KEY),
    _at("received_at", "the citizen spoke: the citizen's clock starts and never pauses", required=True),
    _at("recorded_at", "entered at the centre; empty: not known, never a copy of received_at"),
    _at("dispatched_at", "first sent to a unit (转派); empty: not (yet), or not known"),
    _at("settled_at", "settled by the centre itself (在线办结); empty: not so"),
    _at("closed_at", "finally closed (办结), settled online included; empty while the matter is open"),
    _at("signed_off_at", "signed off after verification (销号)"),
    _flag("stated_closed", "the source says it is closed but not when; used only where closed_at is empty"),
    _word("nature", words.Nature, "kind of request; empty: the source does not say."),
    _refers("category_id", "categories.category_id", "deepest known category"),
    _text("issue", "one of the centre's ten kinds (十类), by name; empty: none"),
    _refers("area_id", "areas.area_id", "deepest known area of the matter"),
    _word("area_kind", words.AreaKind, "where the matter is; empty: as its area."),
    _text("place", "place in words; masked before it is shown", String(255)),
    _text("title", "the matter in one line; masked before it is shown", String(255)),
    _text("body", "the citizen's words; masked before they are shown", Text()),
    _text("reply", "the answer given to the citizen; masked before it is shown", Text()),
    _flag("is_valid", "counts as a request: not a test, nuisance or progress call", default=True),
    _text("invalid_reason", "why it does not count"),
    _word("urgency", words.Urgency, "一般、急、特急.", words.Urgency.NORMAL),
    _text("petitioner_id", "hash of the person, never the person", KEY),
    _number("petitioner_count", "people behind it", default=1),
    _flag("is_group", "a group visit (more than five people)"),
    _flag("is_first", "no earlier case of the same person and matter", default=None),
    _refers("first_case_id", "cases.case_id", "first case of the same person and matter (同人同事)"),
    _text("cluster_id", "event that several people report (同事异人)", KEY),
    _refers("merged_into", "cases.case_id", "case it was merged into (并单); empty: stands by itself"),
    _word("reasonable", words.Reasonable, "judged or not.", words.Reasonable.UNDECIDED),
    _text("legal_route", "legal route (法定途径) by name; the rulebook names petitions and those not ranked"),
    _word("confidentiality", words.Confidentiality, "who may read it.", words.Confidentiality.OPEN),
    _at("promised_at", "a public promise was given (给说法)"),
    _at("promised_due", "the promised moment"),
    Column("amount_claimed", Float, comment="money claimed, yuan"),
    Column("amount_recovered", Float, comment="money recovered, yuan"),
    _text("source_system", "system or file it was read from"),
    # These two hold all that counting reads, so that a period of any size costs its index and not its rows.
    Index(
        "ix_cases_received",
        *("received_at", "is_valid", "merged_into", "channel_id", "category_id", "area_id", "issue"),
        *("dispatched_at", "settled_at", "closed_at", "stated_closed", "case_id"),
    ),
    Index(
        "ix_cases_closed",
        *("closed_at", "stated_closed", "is_valid", "merged_into", "received_at", "case_id"),
    ),
    # What a rating or an assignment asks of its case, without the case's long row.
    Index("ix_cases_counted", "case_id", "is_valid", "merged_into", "cluster_id", "legal_route"),
    # The hour to be sent to a unit is counted from here.
    Index(
        "ix_cases_recorded",
        *("recorded_at", "is_valid", "merged_into", "settled_at", "dispatched_at", "case_id"),
    ),
    Index("ix_cases_promised", "promised_due"),
    Index("ix_cases_settled", "settled_at"),
    Index("ix_cases_cluster", "cluster_id"),
    Index("ix_cases_first", "first_case_id"),
    # Only the merged ones: a planner without statistics would use a whole index to find those that are not.
    Index(
        "ix_cases_merged",
        "merged_into",
        sqlite_where=text("merged_into is not null"),
        postgresql_where=text("merged_into is not null"),
    ),
    comment="One row a request, whatever way it came. Filled by the centre's systems.",
)

assignments = Table(
    "assignments",
    metadata,
    Column("assignment_id", KEY, primary_key=True, comment="code of the assignment"),
    _refers("case_id", "cases.case_id", "the case", required=True),
    Column("seq", Integer, nullable=False, default=1, comment="place among the case's assignments, from 1"),
    Column("round", Integer, nullable=False, default=1, comment="1, then one more each time it is sent back"),
    _refers("unit_id", "units.unit_id", "who handles it; empty: the source does not say"),
    _text("section", "section of the unit (科室)"),
    _at("section_at", "the section was named"),
    _word("role", words.Role, "lead answers for the case; assisting units never alone.", words.Role.LEAD),
    _word("assigned_by", words.AssignedBy, "who assigned it.", words.AssignedBy.CENTRE),
    _at("dispatched_at", "sent to the unit: the unit's clock starts; empty: not known"),
    _at("signed_at", "signed for (签收)"),
    _at("due_at", "original limit; a limit that ends with a day is 00:00 of the next, itself still on time"),
    _text("due_rule", "rule of the rulebook that set the limit", KEY),
    _at("extension_asked_at", "first extension asked for (延期)"),
    _at("extension_approved_at", "last extension approved"),
    _at("extended_to", "new limit; counts only if asked before the old one passed and approved"),
    _number("extension_count", "extensions granted", default=0),
    _at("return_asked_at", "the unit asked to return it (退单)"),
    _at("returned_at", "return accepted: the unit's clock ends"),
    _word("return_ruling", words.ReturnRuling, "the centre's ruling; empty: none asked or not yet ruled."),
    _text("return_reason", "the unit's reason"),
    _at("closed_at", "the unit reported it done"),
    _text("close_note", "what the unit says it did; masked before it is shown", Text()),
    _flag("claims_resolved", "the unit says it is resolved", default=None),
    _at("sent_back_at", "sent back for rework after this closing (发回重办)"),
    _text("send_back_reason", "why it was sent back"),
    _word("stated_verdict", words.Verdict, "the source's own verdict; used only where times are missing."),
    # Who holds a case, by which limit and since when, is read from this index alone.
    Index(
        "ix_assignments_case",
        *("case_id", "role", "seq", "dispatched_at", "returned_at", "sent_back_at", "closed_at", "unit_id"),
        *("due_at", "extension_asked_at", "extension_approved_at", "extended_to", "stated_verdict"),
        "assignment_id",
    ),
    Index("ix_assignments_unit", "unit_id", "dispatched_at"),
    Index("ix_assignments_due", "due_at"),
    Index("ix_assignments_extended", "extended_to"),
    # Few ask for an extension: those of a period are found without the others.
    Index(
        "ix_assignments_asked",
        "extension_asked_at",
        sqlite_where=text("extension_asked_at is not null"),
        postgresql_where=text("extension_asked_at is not null"),
    ),
    Index("ix_assignments_returned", "returned_at"),
    Index(
        "ix_assignments_verdict",
        "stated_verdict",
        sqlite_where=text("stated_verdict is not null"),
        postgresql_where=text("stated_verdict is not null"),
    ),
    # What was reported done in a period, and whether by its limit, is counted from this index alone.
    Index(
        "ix_assignments_reported",
        *("closed_at", "role", "case_id", "returned_at", "due_at", "unit_id", "extension_asked_at"),
        *("extension_approved_at", "extended_to", "assignment_id"),
    ),
    Index("ix_assignments_dispatched", "dispatched_at"),
    comment="Who had the case, from when to when, by which limit. Filled by the centre's dispatch system.",
)

case_events = Table(
    "case_events",
    metadata,
    Column("event_id", KEY, primary_key=True, comment="code of the event"),
    _refers("case_id", "cases.case_id", "the case", required=True),
    _at("at", "when", required=True),
    _refers("actor_unit_id", "units.unit_id", "who; empty: the centre"),
    _text("actor_role", "post, never a name"),
    _text(
        "event",
        "what happened, a short code; the board reckons with feedback (反馈进展), notice (书面告知), "
        "meeting_refused (谢绝见面), hearing_from and hearing_to (听证)",
        KEY,
        required=True,
    ),
    _text("payload", "the rest, as text; masked before it is shown", Text()),
    Index("ix_case_events_case", "case_id", "at"),
    # The few steps the board reckons with are found by their code among all others.
    Index("ix_case_events_event", "event", "case_id", "at"),
    comment="Append-only steps that have no table of their own. Filled by the centre's systems.",
)

contacts = Table(
    "contacts",
    metadata,
    Column("contact_id", KEY, primary_key=True, comment="code of the contact"),
    _refers("case_id", "cases.case_id", "the case", required=True),
    _refers("unit_id", "units.unit_id", "who made it"),
    _at("at", "when", required=True),
    _word("mode", words.ContactMode, "an automatic message does not count as contact."),
    _flag("reached", "the person was reached"),
    Index("ix_contacts_case", "case_id", "at", "unit_id", "mode", "reached"),
    Index("ix_contacts_at", "at"),
    comment="Contacts with the citizen. Filled by the handling unit.",
)

evidence = Table(
    "evidence",
    metadata,
    Column("evidence_id", KEY, primary_key=True, comment="code of the piece"),
    _refers("case_id", "cases.case_id", "the case", required=True),
    _refers("unit_id", "units.unit_id", "who handed it in"),
    _word("kind", words.EvidenceKind, "photo, document, signature or position."),
    _at("at", "when it was made", required=True),
    _text("sha256", "fingerprint: the same one twice is the same picture", String(64)),
    Column("latitude", Float, comment="where, degrees"),
    Column("longitude", Float, comment="where, degrees"),
    Index("ix_evidence_case", "case_id", "at"),
    Index("ix_evidence_print", "sha256"),
    comment="Pieces of evidence. Filled by the handling unit.",
)

_CALL = ("round", "reached", "source", "rated_object", "rating", "callback_id")

callbacks = Table(
    "callbacks",
    metadata,
    Column("callback_id", KEY, primary_key=True, comment="code of the attempt"),
    _refers("case_id", "cases.case_id", "the case", required=True),
    _refers("assignment_id", "assignments.assignment_id", "answer that is judged; empty: the case"),
    _refers("unit_id", "units.unit_id", "lead unit whose answer is judged"),
    Column("round", Integer, nullable=False, default=1, comment="round judged; 1 is the first answer (首评)"),
    _word("source", words.CallbackSource, "who called.", words.CallbackSource.CENTRE),
    _at("at", "when", required=True),
    _flag("reached", "the person was reached"),
    _word("rating", words.Rating, "empty: not reached, or not asked."),
    _word("rated_object", words.RatedObject, "whom the rating is about.", words.RatedObject.UNIT),
    _word("resolved", words.Resolved, "the citizen's own answer; empty: not asked."),
    _text("reason", "reason of dissatisfaction, by name"),
    # Both hold all that rating needs, so that neither a period nor a case's other calls cost their rows.
    Index("ix_callbacks_at", "at", *_CALL, "case_id", "unit_id", "assignment_id", "resolved"),
    Index("ix_callbacks_case", "case_id", "at", *_CALL),
    comment="Calls back after closing, one row an attempt. Filled by the centre.",
)

exclusions = Table(
    "exclusions",
    metadata,
    Column("exclusion_id", KEY, primary_key=True, comment="code of the proposal"),
    _refers("case_id", "cases.case_id", "the case", required=True),
    _refers("callback_id", "callbacks.callback_id", "the rating it would exclude"),
    _text("reason", "ground, by name", required=True),
    _refers("proposed_by", "units.unit_id", "who proposed"),
    _text("reviewed_by", "post of the reviewer, never of the rated unit"),
    _at("proposed_at", "when proposed"),
    _at("approved_at", "when approved; empty: not (yet)"),
    _at("rejected_at", "when rejected; empty: not"),
    _text("appeal_state", "state of an appeal, by name"),
    Index("ix_exclusions_case", "case_id"),
    comment="Ratings judged unreasonable (不合理诉求剔除). Filled by the centre.",
)

escalations = Table(
    "escalations",
    metadata,
    Column("escalation_id", KEY, primary_key=True, comment="code of the act"),
    _refers("case_id", "cases.case_id", "the case", required=True),
    Column("level", SmallInteger, nullable=False, comment="0 to 5, the ladder D0 to D5"),
    _at("at", "when", required=True),
    _text("by_post", "post that acted"),
    _text("doc_no", "number of the slip", KEY),
    _text("rule", "rule that asked for it", KEY),
    Index("ix_escalations_case", "case_id", "at"),
    comment="Acts of supervision (督办). Filled by the centre and the inspectors.",
)

# ── whistles ─────────────────────────────────────────────────────────────────────────────────────────────

whistles = Table(
    "whistles",
    metadata,
    Column("whistle_id", KEY, primary_key=True, comment="code of the whistle"),
    _refers("town_id", "units.unit_id", "town or street that blew it (吹哨)", required=True),
    _at("at", "blown", required=True),
    _at("accepted_at", "accepted by the centre: the clock starts; empty: not (yet)"),
    _word("kind", words.WhistleKind, "重点工作、综合执法、应急处置.", words.WhistleKind.EMERGENCY),
    _text("matter", "what, in one line; masked before it is shown", String(255)),
    _text("place", "where; masked before it is shown", String(255)),
    _text("spot_id", "the same spot has the same code", KEY),
    _word("area_kind", words.AreaKind, "of the incident: decides the limit.", words.AreaKind.URBAN),
    _refers("case_id", "cases.case_id", "case behind it; empty: none"),
    _at("cancelled_at", "withdrawn by the town"),
    _at("ruled_void_at", "ruled unnecessary by the centre (无效哨)"),
    _at("closed_at", "over, the town signed it off (销哨)"),
    Column("unit_rating", SmallInteger, comment="the units' rating of the whistle, 1 to 5"),
    Index("ix_whistles_at", "at"),
    Index("ix_whistles_closed", "closed_at"),
    comment="Whistles. Filled by the centre.",
)

summons = Table(
    "summons",
    metadata,
    Column("summons_id", KEY, primary_key=True, comment="code of the summons"),
    _refers("whistle_id", "whistles.whistle_id", "the whistle", required=True),
    _refers("unit_id", "units.unit_id", "unit called to the spot", required=True),
    _word("role", words.Role, "牵头 or 协同.", words.Role.ASSIST),
    _at("called_at", "called", required=True),
    _at("due_at", "must be there by; arriving at this very moment is on time"),
    _at("last_due_at", "last limit where the first is soft (rural); empty: the same"),
    _at("answered_at", "answered (应哨)"),
    _at("departed_at", "on the way (在途)"),
    _at("arrived_at", "on the spot (报到)"),
    _word("arrival_proof", words.ArrivalProof, "a self-report counts only once confirmed."),
    _at("confirmed_at", "arrival confirmed"),
    _at("left_at", "left the spot"),
    _at("ruled_out_at", "ruled not its duty (非职责)"),
    _text("action", "what it did; masked before it is shown", String(255)),
    Column("town_rating", SmallInteger, comment="the town's rating of the unit, 1 to 5"),
    Index("ix_summons_whistle", "whistle_id"),
    Index("ix_summons_unit", "unit_id", "due_at"),
    comment="Units called by a whistle. Filled by the centre and the units' devices.",
)

# ── meetings and duty ────────────────────────────────────────────────────────────────────────────────────

meetings = Table(
    "meetings",
    metadata,
    Column("meeting_id", KEY, primary_key=True, comment="code of the meeting"),
    _number("number", "batch number (第n次); empty: skipped or merged"),
    Column("nominal_date", Date, nullable=False, comment="the 6th, 16th or 26th"),
    Column("actual_date", Date, nullable=False, comment="the day it is held"),
    _word("state", words.MeetingState, "planned until held.", words.MeetingState.PLANNED),
    _refers("merged_into", "meetings.meeting_id", "meeting it was merged into"),
    _text("reason", "why it was moved, skipped or merged", String(255)),
    _word("chair_role", words.ChairRole, "who chaired, by post."),
    _at("cutoff_from", "start of its period; empty: 00:00 of the last meeting's day"),
    _at("cutoff_to", "end of its period; empty: 00:00 of its own day"),
    Index("ix_meetings_actual", "actual_date"),
    comment="Dispatch meetings: a hand-made entry here wins over the rule. Filled by the centre.",
)

meeting_items = Table(
    "meeting_items",
    metadata,
    Column("item_id", KEY, primary_key=True, comment="code of the item"),
    _refers("meeting_id", "meetings.meeting_id", "meeting that assigns it", required=True),
    _number("position", "place in the order of the meeting"),
    _refers("case_id", "cases.case_id", "case behind it; empty: none"),
    _text("title", "the matter in one sentence; masked before it is shown", String(255)),
    _text("issue", "one of the ten kinds, by name"),
    _word("item_group", words.ItemGroup, "督办、交办、会商.", words.ItemGroup.ASSIGNMENT),
    _refers("lead_unit_id", "units.unit_id", "牵头"),
    _text("assist_unit_ids", "codes of the assisting units, joined by commas", String(255)),
    _text("owner_post", "leader who answers for it, by post"),
    _text("pledge", "what was pledged", String(255)),
    _at("prepared_at", "put on the list"),
    _at("assigned_at", "assigned by the meeting; empty: still being prepared"),
    _at("pledged_at", "pledged (表态)"),
    _at("first_due_at", "first promised moment; never changes"),
    _at("due_at", "promised moment now in force"),
    _at("closed_at", "the unit says it is done (办结)"),
    _at("signoff_applied_at", "applied for sign-off (申请销号)"),
    _at("verified_at", "looked at on the spot (核查, 回头看)"),
    _at("signed_off_at", "signed off (销号)"),
    _text("signed_off_by", "post that signed off"),
    _number("refused_count", "times refused at verification (退回)", default=0),
    _text("look_back_result", "what the look-back found", String(255)),
    Index("ix_meeting_items_meeting", "meeting_id", "position"),
    comment="Items a meeting assigned, or that are prepared for the next. Filled by the centre.",
)

duties = Table(
    "duties",
    metadata,
    Column("duty_id", KEY, primary_key=True, comment="code of the shift"),
    _refers("unit_id", "units.unit_id", "unit on duty; empty: a leader"),
    _text("leader_post", "leader on duty, by post; empty: a unit"),
    Column("day", Date, nullable=False, comment="the day"),
    _text("shift", "shift, by name", String(32)),
    _flag("present", "was there; empty: not checked (yet)", default=None),
    _text("substitute_post", "who stood in, by post"),
    Index("ix_duties_day", "day"),
    comment="Duty rosters of units and leaders. Filled by the centre.",
)

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, primary_key=True, comment="the day"),
    Column("is_workday", Boolean, nullable=False, comment="a working day, make-up days included"),
    _text("name", "name of the holiday or the make-up day"),
    comment="Days that differ from, or lie beyond, the known calendar. Filled by the centre each November.",
)

Index("ix_visits_arrived", visits.c.arrived_at)
Index("ix_visits_case", visits.c.case_id)
Index("ix_visits_window", visits.c.window_id, visits.c.ticket_at)
Index("ix_seats_opened", seats.c.opened_at)
