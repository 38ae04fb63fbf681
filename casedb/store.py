"""The case database as something to write to: opened, created, filled, its failures said clearly."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine, Table, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from casedb.tables import metadata

BATCH = 2_000
"""Rows sent to the database at once: enough to be fast, few enough to stay in memory."""

BUSY_MS = 5_000
"""How long SQLite waits for another writer before it says that the database is locked."""

EXACT_KEYS = {
    f"{server}_{key}": value
    for server in ("mysql", "mariadb")
    for key, value in (("charset", "utf8mb4"), ("collate", "utf8mb4_bin"))
}
"""Table options on MariaDB and MySQL, so that keys which differ in case only stay different."""


class Unusable(Exception):
    """The database cannot be used; the message is one sentence for the person at the keyboard."""


def open_engine(url: str) -> Engine:
    """An engine that writes; a SQLite file and its folder are made when they are not there yet."""
    parsed = parse(url)
    path = sqlite_path(parsed)
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
    engine = _engine(parsed)
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_writer)
        event.listen(engine, "begin", _begin_as_writer)
    _try(engine)
    return engine


def open_reader(url: str) -> Engine:
    """An engine that only reads; a SQLite file that does not exist is an error, never an empty database."""
    parsed = parse(url)
    path = sqlite_path(parsed)
    if path and not path.is_file():
        raise Unusable(f"There is no database file {path}.")
    engine = _engine(parsed)
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_reader)
    _try(engine)
    return engine


def create(engine: Engine) -> list[str]:
    """Create the contract's tables that are missing; returns their names, none when all were there."""
    with clear(engine.url), engine.begin() as connection:
        return create_in(connection)


def create_in(connection: Connection) -> list[str]:
    """The same inside a transaction that is already open (MariaDB cannot take tables back)."""
    there = set(sqlalchemy.inspect(connection).get_table_names())
    for table in metadata.tables.values():
        table.dialect_kwargs.update(EXACT_KEYS)
    metadata.create_all(connection)
    return [table.name for table in metadata.sorted_tables if table.name not in there]


def insert(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> int:
    """Add rows, all with the same fields, in batches; returns how many."""
    iterator, added = iter(rows), 0
    while batch := list(islice(iterator, BATCH)):
        connection.execute(sqlalchemy.insert(table), batch)
        added += len(batch)
    return added


@contextmanager
def clear(url: URL) -> Iterator[None]:
    """Turn whatever the database says inside into one clear sentence (Unusable)."""
    try:
        yield
    except DBAPIError as error:
        raise Unusable(_sentence(url, error)) from error


def shown(url: URL) -> str:
    """The URL as it may be printed: without its password."""
    return url.render_as_string(hide_password=True)


def sqlite_path(url: URL) -> Path | None:
    """The file of a SQLite URL; none for a server or a database in memory."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))


def parse(url: str) -> URL:
    """The URL in its parts; Unusable where it is not one."""
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise Unusable(
            "That is not a database URL; it should look like sqlite:///build/case.db, "
            "postgresql+psycopg://user:password@host/name or mysql+pymysql://user:password@host/name."
        ) from error
    return parsed


def _engine(url: URL) -> Engine:
    try:
        return sqlalchemy.create_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite")
    except ModuleNotFoundError as error:
        raise Unusable(f"The driver {error.name} of this database URL is not installed.") from error


def _try(engine: Engine) -> None:
    """Connect once, so that a wrong password or a locked file is said before any work begins."""
    with clear(engine.url), engine.connect() as connection:
        connection.execute(sqlalchemy.text("select 1"))


def _prepare_writer(raw: Any, _record: object) -> None:
    """WAL lets readers go on while we write; transactions are begun by us, see _begin_as_writer."""
    raw.isolation_level = None
    raw.execute(f"pragma busy_timeout = {BUSY_MS}")
    raw.execute("pragma journal_mode = wal")
    raw.execute("pragma synchronous = normal")
    raw.execute("pragma foreign_keys = on")


def _prepare_reader(raw: Any, _record: object) -> None:
    raw.execute(f"pragma busy_timeout = {BUSY_MS}")
    raw.execute("pragma query_only = on")


def _begin_as_writer(connection: Connection) -> None:
    """Ask for the write lock at once: SQLite cannot wait for it in the middle of a transaction."""
    connection.exec_driver_sql("begin immediate")


_SENTENCES = {
    "is locked by another program; try again when it has finished.": ("database is locked",),
    "cannot be opened: no such folder, or no permission.": ("unable to open", "not a directory"),
    "is not a SQLite database.": ("not a database", "malformed"),
    "may only be read, not written.": ("readonly", "read-only", "permission denied"),
    "refuses this user or password.": (
        "authentication failed",
        "access denied",
        "no password supplied",
        "fatal: role",
    ),
    "has no such database ({why}).": ("unknown database",),
    "lacks a table, column or database ({why}).": (
        "no such",
        "does not exist",
        "doesn't exist",
        "unknown column",
    ),
    "does not answer.": ("refused", "timeout", "timed out", "could not translate", "can't connect"),
}
"""What to say, and the words of SQLite, PostgreSQL and MariaDB by which it is recognised."""


def _sentence(url: URL, error: DBAPIError) -> str:
    why = " ".join(str(error.orig).split())
    for sentence, signs in _SENTENCES.items():
        if any(sign in why.lower() for sign in signs):
            return f"{shown(url)} {sentence.format(why=why[-120:])}"
    return f"{shown(url)} cannot be used: {why[:200]}"
