"""The simulator: goes on writing what happens in the demo city, as the board's clock runs."""

import signal
from datetime import datetime, timedelta
from threading import Event

import numpy as np
from rich.console import Console
from sqlalchemy import Engine, select

from casedb import (
    demo_file,
    simulate_asks,
    simulate_cases,
    simulate_hall,
    simulate_meetings,
    simulate_petitions,
    simulate_promises,
    simulate_rewind,
    simulate_scenes,
    simulate_units,
    simulate_whistles,
    store,
)
from casedb.city import city
from casedb.simulate_span import Span
from casedb.tables import calendar_days
from rules.clock import Clock
from rules.workdays import WorkCalendar

PAUSE_SECONDS = 1.0
"""Real time between two looks at the clock."""

LONGEST_STEP = timedelta(seconds=30)
"""Longest stretch of the city's time written at once: transactions stay short, things in order."""

CATCH_UP = timedelta(minutes=5)
"""After a standstill only so much of it is made good; the rest of the gap stays empty."""

CLOCK_SET_BACK = timedelta(seconds=90)
"""Only when the database is further ahead of the clock than this is anything taken back."""

PARTS = (
    *(simulate_hall, simulate_cases, simulate_units, simulate_asks, simulate_scenes, simulate_promises),
    *(simulate_whistles, simulate_meetings, simulate_petitions),
)


class Simulator:
    """Writes what happens between the last moment written and the one it is asked for."""

    def __init__(self, engine: Engine, moment: datetime, seed: int = 6) -> None:
        self.engine = engine
        self.seed = seed
        with engine.begin() as connection:
            newest = simulate_rewind.newest(connection)
            if newest is None or not demo_file.is_ours(connection):
                raise store.Unusable("This is not a database of the demo: simulate writes into no other.")
            days = connection.execute(select(calendar_days.c.day, calendar_days.c.is_workday)).all()
            if newest > moment + CLOCK_SET_BACK:
                simulate_rewind.rewind(connection, moment)
        self.calendar = WorkCalendar({row.day: row.is_workday for row in days})
        self.last = max(min(newest, moment), moment - CATCH_UP).replace(microsecond=0)
        self.rng = np.random.default_rng([seed, int(self.last.timestamp())])

    def advance(self, moment: datetime) -> int:
        """Write everything up to the moment, step by step; returns the number of events."""
        moment = moment.replace(microsecond=0)
        self.last = max(self.last, moment - CATCH_UP)
        events = 0
        while self.last < moment:
            until = min(self.last + LONGEST_STEP, moment)
            span = Span(self.last, until, self.rng, city(), self.calendar)
            for part in PARTS:
                with self.engine.begin() as connection:
                    events += part.step(connection, span)
            self.last = until
        return events


def run(url: str, clock_text: str | None, seed: int = 6) -> None:
    """Go on until Ctrl-C or SIGTERM."""
    clock = Clock.parse(clock_text)
    engine = store.open_engine(url)
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with store.clear(engine.url):
        simulator = Simulator(engine, clock.now(), seed)
        Console().print(f"simulating {store.shown(engine.url)} from {simulator.last:%Y-%m-%d %H:%M:%S}")
        while not stopped.wait(PAUSE_SECONDS):
            simulator.advance(clock.now())
    engine.dispose()
