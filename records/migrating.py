"""The tables of the board's own database, brought up to date by Alembic: by one board at a time."""

import logging
from functools import cache
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, inspect, text

from records import failures

STEPS = Path(__file__).with_name("migrations")

LOCK_SECONDS = 8
"""How long one board waits while another one changes the tables."""

LOCK_NUMBER = 6126126
"""The number under which boards on PostgreSQL wait for each other."""

_one_at_a_time = Lock()
"""Alembic keeps what it works on in a global: within this process, too, only one may."""

_log = logging.getLogger(__name__)
logging.getLogger("alembic").setLevel(logging.WARNING)


def bring_up_to_date(engine: Engine) -> None:
    """Make or change the tables where needed; nothing is written otherwise. Raises `Unwritable`."""
    with engine.connect() as connection:
        if _step(connection) == newest():
            return
    with _one_at_a_time, engine.connect().execution_options(**_alone(engine)) as connection:
        connection.detach()  # what it locked is let go when it is closed, whatever happens
        with connection.begin():
            _wait_for_others(connection)
            _change(connection)


@cache
def newest() -> str:
    """The step the tables of this version stand at."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def _step(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _change(connection: Connection) -> None:
    before = _step(connection)
    if before == newest():
        return
    if inspect(connection).has_table("cases"):
        raise failures.unwritable("case")
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise failures.unwritable("newer") from None
    _log.info("the board's own database was brought from %s to %s", before or "nothing", newest())


def _alone(engine: Engine) -> dict[str, object]:
    """On PostgreSQL every statement must see what others did while this one waited for the lock."""
    return {"isolation_level": "READ COMMITTED"} if engine.dialect.name == "postgresql" else {"writes": True}


def _wait_for_others(connection: Connection) -> None:
    """Until this board alone may change the tables; SQLite waits when the transaction begins."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"select pg_advisory_xact_lock({LOCK_NUMBER})"))
    elif connection.dialect.name in ("mysql", "mariadb"):
        lock = f"select get_lock(left(concat('board ', database()), 64), {LOCK_SECONDS})"
        if connection.scalar(text(lock)) != 1:
            raise failures.unwritable("locked")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
