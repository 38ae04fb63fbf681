"""How a connection to the board's own database is opened on each kind of database."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

BUSY_SECONDS = 5
"""How long a writer waits for another one before it says that the database is busy."""

SERVER_SECONDS = 10
"""A server that has fallen silent counts as gone after this time."""

WAITING: dict[str, dict[str, int]] = {
    "sqlite": {"timeout": BUSY_SECONDS},
    "postgresql": {"connect_timeout": 3, "tcp_user_timeout": SERVER_SECONDS * 1000},
    "mysql": {"connect_timeout": 3, "read_timeout": SERVER_SECONDS, "write_timeout": SERVER_SECONDS},
}

FIRST = {
    "postgresql": f"SET lock_timeout = '{BUSY_SECONDS}s'",
    "mysql": f"SET innodb_lock_wait_timeout = {BUSY_SECONDS}",
}
"""What a connection to a server says first."""


def file_of(url: URL) -> Path | None:
    """The file of a SQLite address, also of one written ``file:…?mode=ro``; none for one in memory."""
    name = url.database or ""
    if name.startswith("file:"):
        name = unquote(name.removeprefix("file:").split("?")[0])
    return None if name in ("", ":memory:") else Path(name)


def engine(target: URL) -> Engine:
    """An engine of this address; nothing is opened yet. Raises what SQLAlchemy says of a bad address."""
    backend = target.get_backend_name().replace("mariadb", "mysql")
    waiting = WAITING.get(backend, {})
    if backend != "sqlite":
        lasting = {"pool_pre_ping": True, "pool_recycle": 600, "pool_timeout": BUSY_SECONDS}
        made = create_engine(target, connect_args=waiting, **lasting)
        event.listen(made, "connect", lambda raw, _: _greet(raw, backend))
        return made
    if file_of(target) is None:
        raise ArgumentError("a database in memory keeps nothing")
    # A pooled connection would go on writing into a file that somebody has moved away.
    made = create_engine(target, poolclass=NullPool, connect_args=waiting)
    event.listen(made, "connect", _prepare_file)
    event.listen(made, "begin", _begin)
    return made


def _greet(raw: Any, backend: str) -> None:
    with raw.cursor() as cursor:
        cursor.execute(FIRST.get(backend, "SELECT 1"))
    raw.commit()


def _prepare_file(raw: Any, _record: object) -> None:
    """Readers and a writer go on side by side; a file that cannot be changed is still read."""
    raw.isolation_level = None
    with suppress(sqlite3.OperationalError):
        raw.execute("pragma journal_mode = wal")


def _begin(connection: Connection) -> None:
    """A writer asks for the lock at once: SQLite cannot wait for it in the middle of a transaction."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("begin immediate" if writes else "begin")
