"""The demo: fills the contract's tables with the invented city 宁溪市. Same plan, same rows, on any day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
from rich.progress import Progress
from sqlalchemy import Connection, Engine

from casedb import (
    bulk,
    demo_cases,
    demo_hall,
    demo_oldest,
    demo_rows,
    demo_steps,
    demo_texts,
    demo_traces,
    store,
)
from casedb import tables as t
from casedb.bulk import Columns
from casedb.city import City, city
from casedb.demo_days import beyond_the_calendar
from casedb.demo_plan import SCENARIOS, Plan
from casedb.demo_time import hourly_weights, moments

__all__ = ["SCENARIOS", "build", "plan", "run"]

TODAY = datetime(2026, 11, 25, 9, 30)
"""The demo's own last moment: the working day before the 36th dispatch meeting."""

BLOCK_CASES = 40_000
"""Requests drawn at once: enough to be fast, few enough to stay in memory."""


def plan(
    scenario: str = "today",
    days: int = 400,
    until: datetime | None = None,
    seed: int = 6,
    scale: float = 1.0,
) -> Plan:
    """The plan of a scenario; raises ValueError for one that does not exist."""
    last = until or TODAY
    start = last.date() - timedelta(days=days - 1)
    return Plan(start, last, seed, scale, None, beyond_the_calendar(last.date()), date(2026, 11, 17))


def run(url: str, wanted: Plan) -> None:
    """Build the demo with a progress bar."""
    with Progress() as progress, _fresh(url) as engine:
        task = progress.add_task("宁溪市", total=1.0)
        for done in build(engine, wanted):
            progress.update(task, completed=done)


@contextmanager
def _fresh(url: str) -> Iterator[Engine]:
    """An engine over empty tables; a SQLite file takes the place of the old one only when it is whole."""
    path = store.sqlite_path(store.parse(url))
    part = path.with_suffix(path.suffix + ".part") if path else None
    if part:
        part.unlink(missing_ok=True)
    engine = store.open_engine(f"sqlite:///{part}" if part else url)
    t.metadata.drop_all(engine)
    store.create(engine)
    yield engine
    engine.dispose()
    if path and part:
        for leftover in ("-wal", "-shm"):
            Path(f"{path}{leftover}").unlink(missing_ok=True)
        part.replace(path)


def build(engine: Engine, wanted: Plan) -> Iterator[float]:
    """Fill empty tables; yields the share that is done."""
    place = city()
    bulk.drop_indexes(engine)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("pragma foreign_keys = off")
            connection.connection.driver_connection.execute("pragma synchronous = off")
        _names(connection, place)
        visits, seats = demo_hall.visits(wanted, place, wanted.generator(1))
        yield 0.05
        for done in _blocks(connection, wanted, place):
            yield 0.05 + 0.8 * done
        bulk.load(connection, t.visits, visits)
        bulk.load(connection, t.seats, seats)
        connection.commit()
    bulk.build_indexes(engine)
    yield 1.0


def _names(connection: Connection, place: City) -> None:
    bulk.load(connection, t.units, place.unit_rows())
    bulk.load(connection, t.categories, place.category_rows())
    bulk.load(connection, t.channels, place.channel_rows())
    bulk.load(connection, t.areas, place.area_rows())
    bulk.load(connection, t.windows, place.window_rows())


def _blocks(connection: Connection, wanted: Plan, place: City) -> Iterator[float]:
    """Requests, block by block of whole days."""
    weights = hourly_weights(wanted, wanted.generator(2)) * wanted.scale
    counts = wanted.generator(3).poisson(weights)
    days = len(wanted.days)
    step = max(1, int(days * BLOCK_CASES / max(1, counts.sum())))
    for number, day in enumerate(range(0, days, step)):
        block = np.zeros_like(counts)
        block[day * 24 : (day + step) * 24] = counts[day * 24 : (day + step) * 24]
        rng = wanted.generator(4, number)
        times = moments(wanted, block, rng)
        _one_block(connection, wanted, place, rng, times)
        yield min(1.0, (day + step) / days)


def _one_block(
    connection: Connection, wanted: Plan, place: City, rng: np.random.Generator, times: np.ndarray
) -> None:
    cases = demo_cases.draw(wanted, place, rng, times, np.zeros(len(times), bool), demo_cases.Quotas())
    chosen = demo_oldest.place(wanted, place, cases)
    demo_cases.finish(place, cases)
    steps = demo_steps.handle(wanted, place, rng, cases)
    demo_oldest.keep_open(wanted, steps.leads, chosen)
    _insert(connection, wanted, place, rng, cases, steps, chosen)


def _insert(
    connection: Connection,
    wanted: Plan,
    place: City,
    rng: np.random.Generator,
    cases: Columns,
    steps: demo_steps.Steps,
    chosen: dict[int, tuple[int, str]],
) -> None:
    leads = demo_rows.leads(wanted, place, rng, cases, steps)
    calls = demo_rows.callbacks(wanted, place, rng, cases, steps)
    demo_rows.outcome(wanted, rng, cases, leads, calls)
    demo_texts.write(place, rng, cases)
    for row, (_unit, title) in chosen.items():
        cases["title"][row] = title
    bulk.load(connection, t.cases, cases)
    bulk.load(connection, t.assignments, leads)
    bulk.load(connection, t.assignments, demo_rows.assists(place, rng, leads))
    bulk.load(connection, t.callbacks, calls)
    bulk.load(connection, t.contacts, demo_traces.contacts(wanted, place, rng, leads))
    bulk.load(connection, t.evidence, demo_traces.evidence(wanted, place, rng, leads))
    bulk.load(connection, t.case_events, demo_traces.events(wanted, rng, cases, leads))
    bulk.load(connection, t.exclusions, demo_traces.exclusions(wanted, rng, calls))
    bulk.load(connection, t.escalations, demo_traces.escalations(wanted, rng, leads))
