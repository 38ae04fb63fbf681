"""Where a demo is written: never over data that is not a demo's, and never half."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select

from casedb import store
from casedb.city import city
from casedb.tables import metadata, units

QUICK = (
    "foreign_keys = off",
    "synchronous = off",
    "journal_mode = off",
    "ignore_check_constraints = on",
    "cache_size = -200000",
    "temp_store = memory",
)
"""Settings of SQLite for a load into a file that nobody reads yet."""


@contextmanager
def fresh(url: str) -> Iterator[Engine]:
    """An engine over empty tables; a SQLite file takes the place of the old one only when it is whole.

    Raises Unusable where the database holds anything but a demo.
    """
    path = store.sqlite_path(store.parse(url))
    if path is None:
        with _emptied(url) as engine:
            yield engine
        return
    if path.is_file():
        _must_be_ours(url)
    part = path.with_suffix(f"{path.suffix}.part")
    try:
        part.unlink(missing_ok=True)
        with _emptied(f"sqlite:///{part}") as engine:
            yield engine
        # Opened once more as a writer, it is in the mode that its readers and the simulator expect.
        store.open_engine(f"sqlite:///{part}").dispose()
        _take_the_place(part, path)
    finally:
        part.unlink(missing_ok=True)


def is_ours(connection: Connection) -> bool:
    """Whether the units are those of the demo city, or there are none yet."""
    if not inspect(connection).has_table(units.name):
        return True
    known = set(connection.execute(select(units.c.unit_id)).scalars())
    return not known or set(city().unit_ids) <= known


def quick(connection: Connection) -> None:
    """SQLite: write without a journal or waiting; a demo that is cut short is thrown away anyhow.

    What is written obeys the contract by construction, and a test checks it: no rule is checked row by row.
    """
    raw = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and raw is not None:
        for setting in QUICK:
            raw.execute(f"pragma {setting}")


@contextmanager
def _emptied(url: str) -> Iterator[Engine]:
    _must_be_ours(url)
    engine = store.open_engine(url)
    with store.clear(engine.url):
        metadata.drop_all(engine)
        store.create(engine)
        yield engine
    engine.dispose()


def _must_be_ours(url: str) -> None:
    engine = store.open_engine(url)
    with store.clear(engine.url), engine.connect() as connection:
        ours = is_ours(connection)
    engine.dispose()
    if not ours:
        raise store.Unusable(f"{store.shown(engine.url)} holds data that are not the demo's: name another.")


def _take_the_place(part: Path, path: Path) -> None:
    for leftover in ("-wal", "-shm"):
        Path(f"{path}{leftover}").unlink(missing_ok=True)
    part.replace(path)
