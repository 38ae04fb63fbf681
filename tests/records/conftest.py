"""A database of the board's own for each test, new: a file, and on the servers of this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

import records
from records.database import write
from records.tables import metadata

SERVERS = {
    "postgresql": "postgresql+psycopg://postgres@127.0.0.1/test",
    "mariadb": "mysql+pymysql://root@127.0.0.1/test",
}
DAY = date(2026, 11, 26)
AT = datetime(2026, 11, 26, 9, 30, 0, 250_000)


@contextmanager
def _on_server(kind: str) -> Iterator[str | None]:
    """Address of an empty database on a server, dropped afterwards; None if it does not answer."""
    home = make_url(SERVERS[kind])
    door = create_engine(home, isolation_level="AUTOCOMMIT")
    name = f"board_{uuid4().hex[:12]}"
    try:
        with door.connect() as connection:
            connection.execute(text(f"create database {name}"))
    except OperationalError:
        yield None
        return
    yield home.set(database=name).render_as_string(hide_password=False)
    with door.connect() as connection:
        forced = " with (force)" if kind == "postgresql" else ""
        connection.execute(text(f"drop database {name}{forced}"))
    door.dispose()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str | None]:
    """One database for all tests that only fill its tables."""
    with _on_server("postgresql") as made:
        yield made


@pytest.fixture(scope="session")
def mariadb() -> Iterator[str | None]:
    """One database for all tests that only fill its tables."""
    with _on_server("mariadb") as made:
        yield made


ON_SERVERS = [pytest.param(name, marks=pytest.mark.servers) for name in SERVERS]


@pytest.fixture(params=["sqlite", *ON_SERVERS])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without tables; nothing is connected."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'kept' / 'board.db'}"
        return
    with _on_server(request.param) as made:
        yield made or pytest.skip(f"no {request.param} answers on this machine")


@pytest.fixture(params=ON_SERVERS)
def server_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same, on a server."""
    with _on_server(request.param) as made:
        yield made or pytest.skip(f"no {request.param} answers on this machine")


@pytest.fixture(params=["sqlite", *ON_SERVERS])
def board(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of the board's database: empty, connected for the length of a test."""
    kept = f"sqlite:///{tmp_path / 'board.db'}"
    chosen = kept if request.param == "sqlite" else request.getfixturevalue(request.param)
    if chosen is None:
        pytest.skip(f"no {request.param} answers on this machine")
    records.connect(chosen)
    write(_empty)
    yield chosen
    records.dispose()


def _empty(connection: Connection) -> None:
    for table in metadata.tables.values():
        connection.execute(table.delete())


@pytest.fixture
def behind(board: str) -> Iterator[Engine]:
    """Another program's connection to the board's database."""
    made = create_engine(board)
    yield made
    made.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """The board's database in a file, connected."""
    path = tmp_path / "kept" / "board.db"
    records.connect(f"sqlite:///{path}")
    yield path
    records.dispose()
