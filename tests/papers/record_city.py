"""A city of a dozen cases before a meeting, in a file or on a server, and what is altered later."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Engine, create_engine, insert, text, update

from casedb import tables
from tests.builders import add_assignment, add_callback, add_case, add_channel, add_unit
from tests.queries.conftest import contract_on

DAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 9, 30)
START = datetime(2026, 11, 16)
LATER = datetime(2026, 12, 3, 15, 0)
HOUR = timedelta(hours=1)


def fill(connection: Connection) -> None:
    """Twelve cases by telephone, c-0 … c-11, all but two closed and rated satisfied; and one after them."""
    unit = add_unit(connection, unit_id="u-1", name="市城管局")
    channel = add_channel(connection, channel_id="tel", is_call=True)
    for number in range(12):
        at = START + timedelta(hours=10 * number + 9)
        closed = at + 20 * HOUR if number < 10 else None
        case = add_case(
            connection,
            at,
            case_id=f"c-{number}",
            channel_id=channel,
            issue="小区物业",
            dispatched_at=at + HOUR,
            closed_at=closed,
        )
        add_assignment(
            connection, case, unit_id=unit, dispatched_at=at + HOUR, due_at=at + 48 * HOUR, closed_at=closed
        )
        if closed:
            add_callback(connection, case, closed + HOUR, callback_id=f"r-{number}", unit_id=unit)
    add_case(connection, datetime(2026, 11, 26, 8), case_id="after", channel_id=channel, issue="小区物业")


def back_date(engine: Engine, case_id: str = "after") -> None:
    with engine.begin() as connection:
        there = tables.cases.c.case_id == case_id
        connection.execute(update(tables.cases).where(there).values(received_at=START + HOUR))


def rate_anew(engine: Engine, number: int = 3, rating: str = "dissatisfied") -> None:
    with engine.begin() as connection:
        there = tables.callbacks.c.callback_id == f"r-{number}"
        connection.execute(update(tables.callbacks).where(there).values(rating=rating))


def exclude(engine: Engine, number: int = 4, approved_at: datetime = LATER - HOUR) -> None:
    row = {"exclusion_id": f"x-{number}", "case_id": f"c-{number}", "reason": "诉求不合理"}
    with engine.begin() as connection:
        connection.execute(
            insert(tables.exclusions).values(**row, proposed_at=approved_at - HOUR, approved_at=approved_at)
        )


def set_right(engine: Engine, number: int = 5) -> None:
    """The case does not count any more."""
    with engine.begin() as connection:
        there = tables.cases.c.case_id == f"c-{number}"
        connection.execute(update(tables.cases).where(there).values(is_valid=False))


@contextmanager
def on_file(folder: Path) -> Iterator[tuple[Engine, str]]:
    """The city in a file, and its address."""
    url = f"sqlite:///{folder / 'city.db'}"
    made = create_engine(url)
    tables.metadata.create_all(made)
    with made.begin() as connection:
        fill(connection)
    yield made, url
    made.dispose()


@contextmanager
def on_server() -> Iterator[tuple[Engine, str] | None]:
    """The city on PostgreSQL, and the address of an account that may only read; None without a server."""
    with contract_on("postgresql") as made:
        if made is None:
            yield None
            return
        with made.begin() as connection:
            fill(connection)
        with _reader(made) as address:
            yield made, address


@contextmanager
def _reader(owner: Engine) -> Iterator[str]:
    name = f"reader_{uuid4().hex[:8]}"
    with owner.begin() as connection:
        connection.execute(text(f"create role {name} login"))
        connection.execute(text(f"grant select on all tables in schema public to {name}"))
    try:
        yield owner.url.set(username=name).render_as_string(hide_password=False)
    finally:
        with owner.begin() as connection:
            connection.execute(text(f"drop owned by {name}"))
            connection.execute(text(f"drop role {name}"))
