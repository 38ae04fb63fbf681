"""The simulator: driven here by moments of our own, it goes on from what is in the database."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine, func, select

from casedb import demo, health, store
from casedb import tables as t
from casedb.simulate import CATCH_UP, Simulator

START = datetime(2026, 11, 25, 9, 30)
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("simulate") / "template.db"
    demo.run(f"sqlite:///{path}", demo.plan("today", days=25, scale=0.4))
    return path


@pytest.fixture
def engine(template: Path, tmp_path: Path) -> Iterator[Engine]:
    copyfile(template, tmp_path / "city.db")
    engine = store.open_engine(f"sqlite:///{tmp_path / 'city.db'}")
    yield engine
    engine.dispose()


def run(simulator: Simulator, start: datetime, minutes: int) -> int:
    return sum(simulator.advance(start + (n + 1) * MINUTE) for n in range(minutes))


def total(engine: Engine, *tables: str) -> int:
    with engine.connect() as connection:
        return sum(
            connection.execute(select(func.count()).select_from(t.metadata.tables[name])).scalar_one()
            for name in tables
        )


def problems(engine: Engine, moment: datetime) -> list[str]:
    with engine.connect() as connection:
        return [str(p) for p in health.problems(moment) if connection.execute(p.select).first()]


def test_something_happens_in_every_minute_of_a_working_morning(engine: Engine) -> None:
    simulator = Simulator(engine, START)

    events = [simulator.advance(START + (n + 1) * MINUTE) for n in range(8)]

    assert min(events) > 0


def test_something_happens_at_night_too(engine: Engine) -> None:
    night = datetime(2026, 11, 26, 2, 0)
    simulator = Simulator(engine, night)

    assert run(simulator, night, 10) > 5


def test_people_come_and_requests_are_received(engine: Engine) -> None:
    before = total(engine, "visits"), total(engine, "cases")

    run(Simulator(engine, START), START, 15)

    after = total(engine, "visits"), total(engine, "cases")
    assert after[0] > before[0]
    assert after[1] > before[1]


def test_what_it_writes_is_sound_and_never_in_the_future(engine: Engine) -> None:
    run(Simulator(engine, START), START, 20)

    assert problems(engine, START + 20 * MINUTE) == []


def test_a_restart_goes_on_without_a_code_twice(engine: Engine) -> None:
    run(Simulator(engine, START), START, 5)
    before = total(engine, "cases", "visits")

    restarted = Simulator(engine, START + 5 * MINUTE)
    run(restarted, START + 5 * MINUTE, 10)

    assert total(engine, "cases", "visits") > before
    assert problems(engine, START + 15 * MINUTE) == []


def test_a_moment_that_has_passed_writes_nothing(engine: Engine) -> None:
    simulator = Simulator(engine, START)
    simulator.advance(START + MINUTE)

    assert simulator.advance(START + MINUTE) == 0
    assert simulator.advance(START) == 0


def test_a_long_standstill_is_not_made_good(engine: Engine) -> None:
    tomorrow = datetime(2026, 11, 26, 11, 0)

    simulator = Simulator(engine, tomorrow)

    assert simulator.last == tomorrow - CATCH_UP


def test_a_clock_set_back_takes_back_what_lies_ahead(engine: Engine) -> None:
    before = total(engine, "cases", "visits", "callbacks")
    run(Simulator(engine, START), START, 10)

    Simulator(engine, START)

    assert total(engine, "cases", "visits", "callbacks") == before
    assert problems(engine, START) == []


def state_of_the_next_meeting(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return connection.execute(select(t.meetings.c.state).where(t.meetings.c.number == 36)).scalar()


def test_a_planned_meeting_is_held_on_its_day_until_the_clock_is_set_back(engine: Engine) -> None:
    nine = datetime(2026, 11, 26, 9, 0)

    run(Simulator(engine, nine), nine, 2)
    on_its_day = state_of_the_next_meeting(engine)
    Simulator(engine, START)

    assert on_its_day == "held"
    assert state_of_the_next_meeting(engine) == "planned"


def test_it_writes_into_no_other_database_than_the_demo(tmp_path: Path) -> None:
    other = store.open_engine(f"sqlite:///{tmp_path / 'other.db'}")
    store.create(other)

    with pytest.raises(store.Unusable, match="not a database of the demo"):
        Simulator(other, START)
    other.dispose()
