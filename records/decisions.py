"""What the meeting decided of each item, saved at each change; nothing is overwritten in silence.

A field that is None was not said by the clerk yet: the proposal of the page holds.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NoReturn

from sqlalchemy import Connection, select

from records import changes, freezing
from records.changes import Change, Conflict, Decision
from records.database import read, write
from records.tables import decisions
from records.values import checked, refuse_unknown, said

__all__ = ["Change", "Conflict", "Decision", "history", "of", "order", "remove", "save"]

FIELDS = frozenset(changes.WORDS)
"""What a clerk may change."""


def of(day: date) -> list[Decision]:
    """Decisions of a meeting in their order, those without a place last, those removed too.

    Raises `Unwritable`.
    """
    return read(lambda connection: _of(connection, day))


def save(day: date, key: str, changes: Mapping[str, Any], known: int, by: str, at: datetime) -> Decision:
    """Change some fields of an item and return it as it then stands.

    ``known`` is the version the clerk saw, 0 for one not saved yet. Values and states of fields not in
    ``changes`` stay. Saying again what was saved changes nothing.

    Raises:
        Conflict: Somebody else saved meanwhile; it carries the newest decision.
        AlreadyFrozen, BadValue, Unwritable: Nothing was saved.
    """
    values = _checked(day, key, changes, by, at)
    return write(lambda connection: _save(connection, day, key, values, known, by, at))


def remove(day: date, key: str, reason: str, known: int, by: str, at: datetime) -> Decision:
    """Take an item off the list, which keeps it and why; saving ``removed_reason`` None puts it back."""
    return save(day, key, {"removed_reason": said(reason, "removed_reason")}, known, by, at)


def order(day: date, keys: Sequence[str], known: Sequence[str], by: str, at: datetime) -> list[Decision]:
    """Give the items the places 1, 2, 3 …; an item not saved yet is then saved with its place alone.

    ``known`` is the order the clerk saw. Raises `Conflict`, about the first item that stands elsewhere,
    where somebody changed the order meanwhile; otherwise as `save`.
    """
    for key in keys:
        _checked(day, key, {}, by, at)
    return write(lambda connection: _order(connection, day, keys, known, by, at))


def history(day: date, key: str) -> list[Change]:
    """Every change of one item, oldest first, with before and after by field. Raises `Unwritable`."""
    return read(lambda connection: changes.since(connection, day, key, 0))


def _checked(day: date, key: str, values: Mapping[str, Any], by: str, at: datetime) -> dict[str, Any]:
    """The values as they will be kept. Raises `BadValue`."""
    refuse_unknown(FIELDS, values)
    head = {"day": day, "item_key": said(key, "key"), "changed_by": said(by, "by"), "changed_at": at}
    checked(decisions, head)
    return checked(decisions, values)


def _of(connection: Connection, day: date) -> list[Decision]:
    rows = connection.execute(select(decisions).where(decisions.c.day == day)).mappings()
    found = [changes.decision(row) for row in rows]
    return sorted(found, key=lambda one: (one.place is None, one.place or 0, one.key))


def _save(
    connection: Connection, day: date, key: str, values: Mapping[str, Any], known: int, by: str, at: datetime
) -> Decision:
    freezing.refuse_frozen(connection, day)
    newest = changes.newest(connection, day, key)
    wanted = changes.differing(newest, values)
    if not wanted and (known == newest.version or newest.changed_by == by):
        return newest
    if known != newest.version:
        raise Conflict(newest, wanted, changes.since(connection, day, key, known))
    return changes.keep(connection, newest, wanted, by, at)


def _order(
    connection: Connection, day: date, keys: Sequence[str], known: Sequence[str], by: str, at: datetime
) -> list[Decision]:
    freezing.refuse_frozen(connection, day)
    stored = [one for one in _of(connection, day) if one.place is not None and not one.removed_reason]
    standing = [one.key for one in stored]
    seen = [key for key in known if key in standing]
    if seen != standing:
        _refuse_moved(connection, stored, seen)
    for place, key in enumerate(keys, 1):
        newest = changes.newest(connection, day, key)
        if newest.place != place:
            changes.keep(connection, newest, {"place": (newest.place, place)}, by, at)
    return _of(connection, day)


def _refuse_moved(connection: Connection, stored: Sequence[Decision], seen: Sequence[str]) -> NoReturn:
    """Raises `Conflict` about the first item that does not stand where it was seen."""
    moved = next((one for at, one in enumerate(stored) if seen[at : at + 1] != [one.key]), stored[-1])
    last = changes.since(connection, moved.day, moved.key, moved.version - 1)
    raise Conflict(moved, {"place": (moved.place, None)}, last)
