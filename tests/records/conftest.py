"""A database of the board's own for each test, new: a file, and on the servers of this machine."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine

import records
from records.database import write
from records.tables import metadata
from tests.servers import ON_SERVERS, empty_on, silent

DAY = date(2026, 11, 26)
AT = datetime(2026, 11, 26, 9, 30, 0, 250_000)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str | None]:
    """One database for all tests that only fill its tables."""
    with empty_on("postgresql") as made:
        yield made


@pytest.fixture(scope="session")
def mariadb() -> Iterator[str | None]:
    """One database for all tests that only fill its tables."""
    with empty_on("mariadb") as made:
        yield made


@pytest.fixture(params=["sqlite", *ON_SERVERS])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without tables; nothing is connected."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'kept' / 'board.db'}"
        return
    with empty_on(request.param) as made:
        yield made or pytest.skip(silent(request.param))


@pytest.fixture(params=ON_SERVERS)
def server_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same, on a server."""
    with empty_on(request.param) as made:
        yield made or pytest.skip(silent(request.param))


@pytest.fixture(params=["sqlite", *ON_SERVERS])
def board(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of the board's database: empty, connected for the length of a test."""
    kept = f"sqlite:///{tmp_path / 'board.db'}"
    chosen = kept if request.param == "sqlite" else request.getfixturevalue(request.param)
    if chosen is None:
        pytest.skip(silent(request.param))
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
