"""Columns into tables, fast: numpy arrays go in as whole batches of plain values, indexes come afterwards."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, Table

from casedb.tables import metadata

Columns = dict[str, Any]
"""A table's rows column by column: numpy arrays or lists of one length, by the table's column names."""

BATCH = 20_000
"""Rows turned into plain values at once."""

_DROPS_INDEXES = ("sqlite", "postgresql")
"""Databases whose foreign keys do not need the indexes that are built afterwards."""


def size(columns: Mapping[str, Any]) -> int:
    """Number of rows."""
    return len(next(iter(columns.values()))) if columns else 0


def take(columns: Mapping[str, Any], rows: Any) -> Columns:
    """The rows named by a mask or by their places."""
    return {name: np.asarray(values)[rows] for name, values in columns.items()}


def stack(parts: list[Columns]) -> Columns:
    """One below the other; all have the same columns."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def load(connection: Connection, table: Table, columns: Mapping[str, Any]) -> int:
    """Insert every row in batches; columns whose name begins with ``_`` are ours and stay out."""
    kept = {name: np.asarray(values) for name, values in columns.items() if not name.startswith("_")}
    kept |= _defaults(table, kept)
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    names = ", ".join(connection.dialect.identifier_preparer.quote(name) for name in kept)
    sql = f"insert into {table.name} ({names}) values ({', '.join([mark] * len(kept))})"
    for batch in _batches(kept):
        connection.exec_driver_sql(sql, batch)
    return size(kept)


def drop_indexes(engine: Engine) -> None:
    """Take the contract's indexes off before a load, where the database allows it."""
    if engine.dialect.name in _DROPS_INDEXES:
        with engine.begin() as connection:
            for table in metadata.sorted_tables:
                for index in table.indexes:
                    index.drop(connection, checkfirst=True)


def build_indexes(connection: Connection) -> None:
    """Put every index of the contract there, and tell the planner how many rows there are."""
    for table in metadata.sorted_tables:
        for index in table.indexes:
            index.create(connection, checkfirst=True)
    command = "analyze table" if connection.dialect.name in ("mysql", "mariadb") else "analyze"
    for table in metadata.sorted_tables:
        connection.exec_driver_sql(f"{command} {table.name}")


def _defaults(table: Table, columns: Columns) -> Columns:
    """The contract's own values for the columns that are not given."""
    values = {column.name: getattr(column.default, "arg", None) for column in table.columns}
    return {
        name: np.full(size(columns), value, dtype=object)
        for name, value in values.items()
        if value is not None and name not in columns
    }


def _batches(columns: Columns) -> Iterator[list[tuple[Any, ...]]]:
    for start in range(0, size(columns), BATCH):
        plain = [_plain(values[start : start + BATCH]) for values in columns.values()]
        yield list(zip(*plain, strict=True))


def _plain(values: np.ndarray) -> list[Any]:
    """Plain values as all three databases take them: empty times and numbers become None."""
    if values.dtype.kind == "M":
        text = np.datetime_as_string(values.astype("M8[us]")).tolist()
        return [None if moment == "NaT" else moment.replace("T", " ") for moment in text]
    if values.dtype.kind == "f":
        return [None if number != number else number for number in values.tolist()]  # noqa: PLR0124 — NaN
    return values.tolist()
