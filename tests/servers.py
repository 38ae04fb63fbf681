"""Database servers of this machine: an empty database on one of them for as long as it is needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

SERVERS = {
    "postgresql": "postgresql+psycopg://postgres@127.0.0.1/test",
    "mariadb": "mysql+pymysql://root@127.0.0.1/test",
}

ON_SERVERS = [pytest.param(name, marks=pytest.mark.servers) for name in SERVERS]


@contextmanager
def empty_on(server: str) -> Iterator[str | None]:
    """Address of an empty database on a server, dropped afterwards; None if it does not answer."""
    home = make_url(SERVERS[server])
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
        forced = " with (force)" if server == "postgresql" else ""
        connection.execute(text(f"drop database {name}{forced}"))
    door.dispose()


def silent(server: str) -> str:
    """Why a test is skipped."""
    return f"no {server} answers on this machine"
