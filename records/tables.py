"""What the board itself remembers, as the newest step of records/migrations/versions leaves it.

Times are the centre's local civil time without an offset, given by the caller. ``day`` is the meeting's day.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeEngine

metadata = MetaData()

SERVERS = ("mysql", "mariadb")
KEY = String(64)
NAME = String(120)
MOMENT = DateTime().with_variant(mysql.DATETIME(fsp=6), *SERVERS)
LONG = Text().with_variant(mysql.MEDIUMTEXT(), *SERVERS)
BYTES = LargeBinary().with_variant(mysql.LONGBLOB(), *SERVERS)
FACTS = JSON(none_as_null=True)


def _key(name: str, kind: TypeEngine | type[TypeEngine], comment: str) -> Column:
    return Column(name, kind, primary_key=True, autoincrement=False, comment=comment)


def _day() -> Column:
    return _key("day", Date, "The day the meeting is held.")


def _must(name: str, kind: TypeEngine | type[TypeEngine], comment: str) -> Column:
    return Column(name, kind, nullable=False, comment=comment)


decisions = Table(
    "decisions",
    metadata,
    _day(),
    _key("item_key", KEY, "The case, or a code of the item's own."),
    Column("case_id", KEY, comment="The case; empty for an item without one."),
    Column("title", LONG, comment="The matter in one sentence; empty: as proposed."),
    Column("item_group", NAME, comment="supervision, assignment or consultation; empty: as proposed."),
    Column("place", Integer, comment="Place in the order; empty: as proposed."),
    Column("lead_unit_id", KEY, comment="Unit in the lead; empty: as proposed."),
    Column("assist_unit_ids", FACTS, comment="Units that assist, a list; empty: as proposed."),
    Column("owner_post", NAME, comment="Post of the leader who answers for it."),
    Column("pledge", LONG, comment="What was pledged, in words."),
    Column("due", MOMENT, comment="By when."),
    _must("states", FACTS, "For each field proposed, recording or decided."),
    Column("removed_reason", LONG, comment="Why it was taken off; empty: it stands."),
    _must("version", Integer, "Counts the changes, from 1."),
    _must("changed_at", MOMENT, "When it was last changed."),
    _must("changed_by", NAME, "By whom."),
)

decision_changes = Table(
    "decision_changes",
    metadata,
    _day(),
    _key("item_key", KEY, "As in decisions."),
    _key("version", Integer, "The version this change made."),
    _must("changes", FACTS, "For each field changed: before, after."),
    _must("changed_at", MOMENT, "When."),
    _must("changed_by", NAME, "By whom."),
)

records = Table(
    "records",
    metadata,
    _day(),
    _must("body", BYTES, "What was frozen, to the byte."),
    _must("sha256", String(64), "Of the body."),
    _must("facts", LONG, "Window, filters, rulebook, moment, age of the data: JSON, as it was sealed."),
    _must("frozen_at", MOMENT, "When."),
    _must("seal", String(64), "sha256 over day, time, facts and the body's sha256."),
)

corrections = Table(
    "corrections",
    metadata,
    _day(),
    _key("number", Integer, "From 1, in the order they were written."),
    _must("words", LONG, "What is corrected, in words."),
    _must("written_at", MOMENT, "When."),
    _must("written_by", NAME, "By whom."),
)

objections = Table(
    "objections",
    metadata,
    _day(),
    _key("number", Integer, "From 1, in the order they came."),
    _must("unit_id", KEY, "The unit that objects."),
    _must("figure", NAME, "Which figure, by its code."),
    _must("words", LONG, "What the unit says."),
    _must("filed_at", MOMENT, "When."),
    _must("filed_by", NAME, "By whom."),
    _must("until_at", MOMENT, "Until when the unit could object."),
    Column("answer", LONG, comment="What the centre answered; empty: not yet."),
    Column("is_upheld", Boolean, comment="Whether the unit was right; empty: not answered."),
    Column("answered_at", MOMENT, comment="When."),
    Column("answered_by", NAME, comment="By whom."),
)

places = Table(
    "places",
    metadata,
    _day(),
    _must("item", KEY, "The screen on the wall, by its key or number."),
    Column("started_at", MOMENT, comment="When the timer was last set going; empty: it stands."),
    _must("spent", FACTS, "Seconds on each screen before that, by its key."),
    _must("version", Integer, "Counts the moves, from 1."),
)
