"""Writing imported rows: what is new is added, what differs is changed, what is the same stays untouched."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, select, update

from casedb import store

ASKED_AT_ONCE = 500
"""Keys in one question; every server allows as many."""

Row = dict[str, Any]


@dataclass
class Counts:
    """How many rows of one table an import added, changed and found unchanged."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


def key_column(table: Table) -> Column[Any]:
    """The single key of a table of the contract."""
    return next(iter(table.primary_key.columns))


def upsert(connection: Connection, table: Table, rows: Sequence[Row], counts: Counts) -> None:
    """Write rows, all with the same fields, by key."""
    if not rows:
        return
    key = key_column(table)
    there = {row[key.name]: row for row in _existing(connection, table, key, rows)}
    fresh = [row for row in rows if row[key.name] not in there]
    known = [row for row in rows if row[key.name] in there]
    different = [row for row in known if not _same(row, there[row[key.name]])]
    store.insert(connection, table, fresh)
    _change(connection, table, key, different)
    counts.added += len(fresh)
    counts.changed += len(different)
    counts.unchanged += len(known) - len(different)


def add_missing(connection: Connection, table: Table, rows: Sequence[Row], counts: Counts) -> None:
    """Add the rows whose keys are not there; what is there may have been edited by hand and stays."""
    key = key_column(table)
    there = existing_keys(connection, key, [row[key.name] for row in rows])
    fresh = [row for row in rows if row[key.name] not in there]
    store.insert(connection, table, fresh)
    counts.added += len(fresh)
    counts.unchanged += len(rows) - len(fresh)


def existing_keys(connection: Connection, key: Column[Any], keys: Iterable[Any]) -> set[Any]:
    """Those of the keys that the table holds."""
    found: set[Any] = set()
    for some in _portions(list(keys)):
        found.update(connection.scalars(select(key).where(key.in_(some))))
    return found


def _existing(connection: Connection, table: Table, key: Column[Any], rows: Sequence[Row]) -> Iterator[Row]:
    """The rows with the same keys, in the fields that are being written."""
    fields = [table.columns[name] for name in rows[0]]
    for some in _portions([row[key.name] for row in rows]):
        for row in connection.execute(select(*fields).where(key.in_(some))).mappings():
            yield dict(row)


def _portions(keys: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(keys), ASKED_AT_ONCE):
        yield keys[start : start + ASKED_AT_ONCE]


def _same(one: Row, two: Row) -> bool:
    return all(_equal(value, two[name]) for name, value in one.items())


def _equal(one: Any, two: Any) -> bool:
    """Equal; numbers with decimals to six digits, which is all that MariaDB keeps of them."""
    if isinstance(one, float) and isinstance(two, float):
        return isclose(one, two, rel_tol=1e-6)
    return bool(one == two)


def _change(connection: Connection, table: Table, key: Column[Any], rows: Sequence[Row]) -> None:
    names = [name for name in rows[0] if name != key.name] if rows else []
    if names:
        values = {name: bindparam(f"new_{name}", type_=table.columns[name].type) for name in names}
        statement = update(table).where(key == bindparam(f"new_{key.name}")).values(values)
        connection.execute(statement, [{f"new_{name}": row[name] for name in row} for row in rows])
