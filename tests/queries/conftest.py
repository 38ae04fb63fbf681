"""The case database the questions are asked of: empty, and connected for the length of a test.

Every test that asks for ``board`` runs on SQLite, PostgreSQL and MariaDB; it is skipped, with a sentence,
where the server does not answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError

from casedb import store
from casedb.tables import metadata
from queries import database

SERVERS = {
    "PostgreSQL": "postgresql+psycopg://postgres@127.0.0.1/test",
    "MariaDB": "mysql+pymysql://root@127.0.0.1/test",
}


@contextmanager
def _database_on(server: str) -> Iterator[Engine | None]:
    """The contract's tables on a server of this machine, dropped afterwards; None if it does not answer."""
    home = make_url(SERVERS[server])
    door = create_engine(home, isolation_level="AUTOCOMMIT")
    name = f"board_{uuid4().hex[:12]}"
    try:
        with door.connect() as connection:
            connection.execute(text(f"create database {name}"))
    except OperationalError:
        yield None
        return
    engine = store.open_engine(home.set(database=name).render_as_string(hide_password=False))
    store.create(engine)
    yield engine
    engine.dispose()
    with door.connect() as connection:
        connection.execute(text(f"drop database {name}"))
    door.dispose()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Engine | None]:
    with _database_on("PostgreSQL") as engine:
        yield engine


@pytest.fixture(scope="session")
def mariadb() -> Iterator[Engine | None]:
    with _database_on("MariaDB") as engine:
        yield engine


def clear(engine: Engine) -> None:
    """Empty every table: before a test on a server, and between the examples of one."""
    with engine.begin() as connection:
        guarded = engine.dialect.name in ("mysql", "mariadb")
        if guarded:
            # Cases refer to cases: InnoDB would refuse to delete one before the other.
            connection.execute(text("set foreign_key_checks = 0"))
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        if guarded:
            connection.execute(text("set foreign_key_checks = 1"))


@pytest.fixture(scope="session")
def one_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One SQLite file for many short tests: it never waits for the disk."""
    made = create_engine(f"sqlite:///{tmp_path_factory.mktemp('one') / 'case.db'}")
    event.listen(made, "connect", lambda raw, _: raw.execute("pragma synchronous = off"))
    metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def desk(one_file: Engine) -> Iterator[Engine]:
    """An empty case database that the questions read, on SQLite alone: for edges that twins try on all."""
    clear(one_file)
    database.connect(one_file.url)
    yield one_file
    database.dispose()


ON_SERVERS = [pytest.param(name, marks=pytest.mark.servers) for name in ("postgresql", "mariadb")]


@pytest.fixture(params=["sqlite", *ON_SERVERS])
def board(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty case database that the questions read."""
    fixture = "engine" if request.param == "sqlite" else request.param
    made: Engine | None = request.getfixturevalue(fixture)
    if made is None:
        pytest.skip(f"no {request.param} answers on this machine")
    if request.param != "sqlite":
        clear(made)
    database.connect(made.url)
    yield made
    database.dispose()
