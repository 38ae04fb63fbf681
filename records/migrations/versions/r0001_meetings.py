"""Decisions, frozen records, corrections, objections, and where the wall is."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0001"
down_revision = None

SERVERS = ("mysql", "mariadb")
EXACT = {
    f"{server}_{key}": value
    for server in SERVERS
    for key, value in (("charset", "utf8mb4"), ("collate", "utf8mb4_bin"), ("engine", "InnoDB"))
}
KEY, NAME, HASH = sa.String(64), sa.String(120), sa.String(64)
MOMENT = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), *SERVERS)
LONG = sa.Text().with_variant(mysql.MEDIUMTEXT(), *SERVERS)
BYTES = sa.LargeBinary().with_variant(mysql.LONGBLOB(), *SERVERS)
JSON, NUMBER, DAY, FLAG = sa.JSON(none_as_null=True), sa.Integer(), sa.Date(), sa.Boolean()

Fields = dict[str, dict[str, Any]]

KEYS: Fields = {
    "decisions": {"day": DAY, "item_key": KEY},
    "decision_changes": {"day": DAY, "item_key": KEY, "version": NUMBER},
    "records": {"day": DAY},
    "corrections": {"day": DAY, "number": NUMBER},
    "objections": {"day": DAY, "number": NUMBER},
    "places": {"day": DAY},
}
FILLED: Fields = {
    "decisions": {"states": JSON, "version": NUMBER, "changed_at": MOMENT, "changed_by": NAME},
    "decision_changes": {"changes": JSON, "changed_at": MOMENT, "changed_by": NAME},
    "records": {"body": BYTES, "sha256": HASH, "facts": LONG, "frozen_at": MOMENT, "seal": HASH},
    "corrections": {"words": LONG, "written_at": MOMENT, "written_by": NAME},
    "objections": {
        "unit_id": KEY,
        "figure": NAME,
        "words": LONG,
        "filed_at": MOMENT,
        "filed_by": NAME,
        "until_at": MOMENT,
    },
    "places": {"item": KEY, "spent": JSON, "version": NUMBER},
}
MAY_BE_EMPTY: Fields = {
    "decisions": {
        "case_id": KEY,
        "title": LONG,
        "item_group": NAME,
        "place": NUMBER,
        "lead_unit_id": KEY,
        "assist_unit_ids": JSON,
        "owner_post": NAME,
        "pledge": LONG,
        "due": MOMENT,
        "removed_reason": LONG,
    },
    "objections": {"answer": LONG, "is_upheld": FLAG, "answered_at": MOMENT, "answered_by": NAME},
    "places": {"started_at": MOMENT},
}


def upgrade() -> None:
    """MariaDB keeps the tables of a step that broke off; they are taken as they are."""
    for name, keys in KEYS.items():
        columns = [
            *(sa.Column(key, kind, primary_key=True, autoincrement=False) for key, kind in keys.items()),
            *(sa.Column(field, kind, nullable=False) for field, kind in FILLED[name].items()),
            *(sa.Column(field, kind) for field, kind in MAY_BE_EMPTY.get(name, {}).items()),
        ]
        op.create_table(name, *columns, if_not_exists=True, **EXACT)
