"""The case database the questions are asked of: empty, and connected for the length of a test.

Every test that asks for ``board`` runs on SQLite, PostgreSQL and MariaDB; it is skipped, with a sentence,
where the server does not answer.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, text

from casedb import store
from casedb.tables import metadata
from queries import database
from tests.queries.whistle_worlds import loose
from tests.servers import ON_SERVERS, empty_on, silent


@contextmanager
def contract_on(server: str) -> Iterator[Engine | None]:
    """The contract's tables on a server of this machine, dropped afterwards; None if it does not answer."""
    with empty_on(server) as address:
        if address is None:
            yield None
            return
        engine = store.open_engine(address)
        store.create(engine)
        yield engine
        engine.dispose()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Engine | None]:
    with contract_on("postgresql") as engine:
        yield engine


@pytest.fixture(scope="session")
def mariadb() -> Iterator[Engine | None]:
    with contract_on("mariadb") as engine:
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


@pytest.fixture(params=["sqlite", *ON_SERVERS])
def board(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty case database that the questions read."""
    fixture = "engine" if request.param == "sqlite" else request.param
    made: Engine | None = request.getfixturevalue(fixture)
    if made is None:
        pytest.skip(silent(request.param))
    if request.param != "sqlite":
        clear(made)
    database.connect(made.url)
    yield made
    database.dispose()


def peopled(
    request: pytest.FixtureRequest, made: Callable[[], Any], build: Callable[[Engine, Any], None]
) -> Iterator[tuple[Engine, Any]]:
    """A city in a case database that promises nothing, on the server asked for; and what it was made of."""
    engine: Engine | None = request.getfixturevalue(request.param)
    if engine is None:
        pytest.skip(silent(request.param))
    with loose(engine):
        world = made()
        build(engine, world)
        yield engine, world


@pytest.fixture
def world(views: tuple[Engine, Any]) -> Iterator[Any]:
    """What the city of the module was built from, the board connected to it."""
    database.connect(views[0].url)
    yield views[1]
    database.dispose()
