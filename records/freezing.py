"""Closing a meeting: its record is kept once, to the byte, and is checked whenever it is read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select

from records import changes
from records.database import read, write
from records.refusals import AlreadyFrozen, BadValue, NotFrozen, Tampered
from records.tables import corrections as written
from records.tables import decisions, records
from records.values import checked, said

LARGEST_BODY = 7 * 1024**2
"""Bytes of a record: written out, MariaDB takes 16 MiB in one piece, and a byte may need two."""


@dataclass(frozen=True)
class Record:
    """What was shown when the meeting was closed; facts: window, rulebook, moment, age of the data."""

    day: date
    body: bytes = field(repr=False)
    sha256: str
    facts: dict[str, Any]
    frozen_at: datetime


@dataclass(frozen=True)
class Correction:
    """What was set right after the record was closed."""

    day: date
    number: int
    words: str
    written_at: datetime
    written_by: str


def freeze(
    day: date,
    body: bytes,
    facts: Mapping[str, Any],
    at: datetime,
    versions: Mapping[str, int] | None = None,
) -> Record:
    """Close the meeting with this record, once.

    ``versions``, the decisions in the body by key, makes sure that none was saved since it was made.

    Raises:
        AlreadyFrozen: There is a record, which stays as it is.
        Conflict: A decision was saved meanwhile: make the body anew.
        BadValue, Unwritable: Nothing was saved.
    """
    if len(body) > LARGEST_BODY:
        raise BadValue(
            f"记录超过 {LARGEST_BODY} 字节，没有封存。", f"A record may have {LARGEST_BODY} bytes at most."
        )
    told = json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)
    digest = sha256(body).hexdigest()
    checked(records, {"day": day, "frozen_at": at, "facts": told})
    row = {"day": day, "body": body, "sha256": digest, "facts": told, "frozen_at": at}
    write(lambda connection: _freeze(connection, row, versions))
    return Record(day, body, digest, json.loads(told), at)


def frozen(day: date) -> Record | None:
    """The record of a meeting, as it was closed; None while it is open. Raises `Tampered`, `Unwritable`."""
    row = read(lambda link: link.execute(select(records).where(records.c.day == day)).mappings().first())
    if row is None:
        return None
    body = bytes(row["body"])
    if sha256(body).hexdigest() != row["sha256"] or row["seal"] != _seal(row):
        raise Tampered(
            f"{day} 会议的封存记录已被改动，与封存时的校验值不符；请从备份恢复。",
            f"The frozen record of {day} was altered and lost its checksum; restore it from a backup.",
        )
    return Record(day, body, row["sha256"], json.loads(row["facts"]), row["frozen_at"])


def correct(day: date, text: str, by: str, at: datetime) -> Correction:
    """Append a correction to a closed record. Raises `NotFrozen`, `BadValue`, `Unwritable`."""
    row = {"day": day, "words": said(text, "text"), "written_at": at, "written_by": said(by, "by")}
    return write(lambda connection: _correct(connection, checked(written, row)))


def corrections(day: date) -> list[Correction]:
    """What was appended, oldest first. Raises `Unwritable`."""
    wanted = select(written).where(written.c.day == day).order_by(written.c.number)
    return [Correction(**row) for row in read(lambda link: link.execute(wanted).mappings().all())]


def is_frozen(connection: Connection, day: date) -> bool:
    """Whether the meeting is closed."""
    return connection.scalar(select(records.c.day).where(records.c.day == day)) is not None


def refuse_frozen(connection: Connection, day: date) -> None:
    """Raises `AlreadyFrozen` for a meeting that is closed."""
    if is_frozen(connection, day):
        raise AlreadyFrozen(
            f"{day} 会议的记录已封存，只能追加更正。",
            f"The record of {day} is frozen; only corrections may be appended.",
        )


def _freeze(connection: Connection, row: Mapping[str, Any], versions: Mapping[str, int] | None) -> None:
    refuse_frozen(connection, row["day"])
    if versions is not None:
        _refuse_saved_since(connection, row["day"], versions)
    connection.execute(insert(records).values(**row, seal=_seal(row)))


def _refuse_saved_since(connection: Connection, day: date, versions: Mapping[str, int]) -> None:
    wanted = select(decisions.c.item_key, decisions.c.version).where(decisions.c.day == day)
    for key, version in connection.execute(wanted).all():
        if version != versions.get(key, 0):
            since = changes.since(connection, day, key, versions.get(key, 0))
            raise changes.Conflict(changes.newest(connection, day, key), {}, since)


def _correct(connection: Connection, row: dict[str, Any]) -> Correction:
    if not is_frozen(connection, row["day"]):
        raise NotFrozen(
            f"{row['day']} 会议尚未封存，直接修改即可。", f"The record of {row['day']} is not frozen yet."
        )
    last = connection.scalar(select(func.max(written.c.number)).where(written.c.day == row["day"]))
    row["number"] = (last or 0) + 1
    connection.execute(insert(written).values(row))
    return Correction(**row)


def _seal(row: Mapping[str, Any] | RowMapping) -> str:
    parts = (row["day"].isoformat(), row["frozen_at"].isoformat(), row["sha256"], row["facts"])
    return sha256("\n".join(parts).encode()).hexdigest()
