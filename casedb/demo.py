"""The demo: fills the contract's tables with the invented city 宁溪市. Same plan, same rows, on any day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from rich.progress import Progress
from sqlalchemy import Connection, Engine, select

from casedb import (
    bulk,
    demo_again,
    demo_blocks,
    demo_days,
    demo_file,
    demo_hall,
    demo_items,
    demo_meetings,
    demo_night,
    demo_stories,
    demo_told,
    demo_whistles,
    first_year,
)
from casedb import tables as t
from casedb.city import City, city
from casedb.demo_plan import SCENARIOS, Plan

__all__ = ["SCENARIOS", "build", "plan", "run"]

TODAY = datetime(2026, 11, 25, 9, 30)
"""The demo's own last moment: the working day before the 36th dispatch meeting."""

HALL = 114
"""Luck of the hall: with it the default demo ends on a morning like that of the reference picture."""


def plan(
    scenario: str = "today",
    days: int = 400,
    until: datetime | None = None,
    seed: int = 6,
    scale: float = 1.0,
) -> Plan:
    """The plan of a scenario; the published year has its own first day and its own volume."""
    if scenario == "first-year":
        last = until or first_year.UNTIL
        return Plan(first_year.START, last, seed, 1.0, first_year.PUBLISHED)
    last = until or TODAY
    start = last.date() - timedelta(days=days - 1)
    drawn = Plan(start, last, seed, scale, None, demo_days.beyond_the_calendar(last.date()))
    return replace(drawn, rise_day=demo_meetings.last_before(drawn))


def run(url: str, wanted: Plan) -> None:
    """Build the demo with a progress bar."""
    with Progress() as progress, demo_file.fresh(url) as engine:
        task = progress.add_task("宁溪市", total=1.0)
        for done in build(engine, wanted):
            progress.update(task, completed=done)


def build(engine: Engine, wanted: Plan) -> Iterator[float]:
    """Fill empty tables; yields the share that is done."""
    place = city()
    bulk.drop_indexes(engine)
    with engine.connect() as connection:
        demo_file.quick(connection)
        _names(connection, wanted, place)
        visits, seats = demo_hall.visits(wanted, place, wanted.generator(1, HALL))
        pool: list[demo_items.Candidate] = []
        for done in demo_blocks.requests(connection, wanted, place, visits, pool):
            yield 0.85 * done
        bulk.load(connection, t.visits, visits)
        bulk.load(connection, t.seats, seats)
        _meetings(connection, wanted, place, pool)
        _whistles(connection, wanted, place)
        connection.commit()
        yield 0.9
        bulk.build_indexes(connection)
        connection.commit()
    yield 1.0


def _names(connection: Connection, wanted: Plan, place: City) -> None:
    bulk.load(connection, t.units, place.unit_rows())
    bulk.load(connection, t.categories, place.category_rows())
    bulk.load(connection, t.channels, place.channel_rows())
    bulk.load(connection, t.areas, place.area_rows())
    bulk.load(connection, t.windows, place.window_rows())
    bulk.load(connection, t.calendar_days, demo_days.calendar_rows(wanted.holidays))
    bulk.load(connection, t.duties, demo_days.duties(wanted, place, wanted.generator(5)))


def _meetings(connection: Connection, wanted: Plan, place: City, pool: list[demo_items.Candidate]) -> None:
    listed = demo_meetings.meetings(wanted, wanted.generator(7))
    bulk.load(connection, t.meetings, demo_meetings.rows(listed))
    items = demo_items.rows(wanted, place, wanted.generator(8), listed, pool)
    bulk.load(connection, t.meeting_items, demo_again.bring_again(connection, wanted, items))


def _whistles(connection: Connection, wanted: Plan, place: City) -> None:
    blown, summons = demo_whistles.whistles(wanted, place, wanted.generator(6))
    told, called = demo_told.told(wanted, place)
    if not wanted.totals:
        behind = select(t.cases.c.case_id).where(t.cases.c.case_id == demo_stories.at_night(wanted))
        by_night = demo_night.whistles(wanted, connection.execute(behind).scalar())
        told, called = by_night[0] + told, by_night[1] + called
    bulk.load(connection, t.whistles, bulk.stack([blown, demo_told.columns(told)]))
    bulk.load(connection, t.summons, bulk.stack([summons, demo_told.columns(called)]))
