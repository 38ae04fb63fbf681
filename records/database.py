"""The board's own database: connected once, opened when it is used, its failures said in a sentence.

A board starts without it: what only reads goes on; what must be kept raises `Unwritable` until it is back.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as NoneFree

from records import failures, migrating, opening
from records.refusals import BadAddress, Unwritable

TRIES = 6
"""How often a piece of work is done anew when another writer was faster."""

Answer = TypeVar("Answer")
Work = Callable[[Connection], Answer]
_log = logging.getLogger(__name__)


class _Known:
    """What is known of the one database of this process."""

    engine: Engine | None = None
    is_ready = False
    was_there = False


def default_url(case_url: str) -> str:
    """Where the records lie unless said otherwise: beside a case database in a file, else in build/."""
    target = make_url(case_url)
    file = opening.file_of(target) if target.get_backend_name() == "sqlite" else None
    return f"sqlite:///{file.with_suffix('.board.db') if file else 'build/board.db'}"


def connect(url: str | URL) -> None:
    """Use this database from now on; raises `BadAddress`, never because it cannot be reached."""
    dispose()
    try:
        _Known.engine = opening.engine(make_url(url))
    except (ArgumentError, NoSuchModuleError, ImportError, TypeError):
        raise BadAddress(
            "The address of the board's own database (BOARD_DATABASE_URL) cannot be understood."
        ) from None
    with suppress(Unwritable):
        read(lambda _: None)


def dispose() -> None:
    """Close every connection and forget the database."""
    if _Known.engine is not None:
        _Known.engine.dispose()
    _Known.engine, _Known.is_ready, _Known.was_there = None, False, False


def read(work: Work[Answer]) -> Answer:
    """Do some reading in one transaction. Raises `Unwritable`."""
    return _clear(lambda engine: _run(engine, work))


def write(work: Work[Answer]) -> Answer:
    """Do some writing in one transaction, as if nobody else wrote; all of it is kept or none.

    Where another writer was faster the work is done anew, on what the other left. Raises `Unwritable`.
    """
    return _clear(lambda engine: _again(engine.execution_options(**_alone(engine)), work))


def _again(engine: Engine, work: Work[Answer]) -> Answer:
    for _ in range(TRIES):
        try:
            return _run(engine, work)
        except DBAPIError as error:
            if not failures.lost_a_race(error):
                raise
    return _run(engine, work)


def _run(engine: Engine, work: Work[Answer]) -> Answer:
    with engine.begin() as connection:
        return work(connection)


def _alone(engine: Engine) -> dict[str, Any]:
    return {"writes": True} if engine.dialect.name == "sqlite" else {"isolation_level": "SERIALIZABLE"}


def _clear(use: Callable[[Engine], Answer]) -> Answer:
    try:
        return use(_ready())
    except DBAPIError as error:
        _Known.is_ready = False
        _log.warning("the board's own database failed: %s", failures.said(error))
        raise failures.plain(error) from None
    except NoneFree:
        raise failures.unwritable("locked") from None
    except Unwritable as refusal:
        _log.warning("%s", refusal)
        raise


def _ready() -> Engine:
    """The engine, its tables brought up to date."""
    engine = _Known.engine
    if engine is None:
        raise failures.unwritable("gone")
    _look_for_the_file(engine)
    if not _Known.is_ready:
        migrating.bring_up_to_date(engine)
        _Known.is_ready = _Known.was_there = True
    return engine


def _look_for_the_file(engine: Engine) -> None:
    """Make the folder of a new file; a file that was there and is gone is never made anew, but missed."""
    file = opening.file_of(engine.url) if engine.dialect.name == "sqlite" else None
    if file is None or file.exists():
        return
    if _Known.was_there:
        raise failures.unwritable("gone")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise failures.unwritable("gone") from None
