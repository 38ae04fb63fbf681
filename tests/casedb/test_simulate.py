"""The simulator: driven here by moments of our own, it goes on from what is in the database."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile
from types import ModuleType

import numpy as np
import pytest
from sqlalchemy import Engine, Executable, Row, Select, and_, delete, func, insert, select, update

from casedb import (
    demo,
    health,
    simulate_asks,
    simulate_petitions,
    simulate_promises,
    simulate_units,
    simulate_whistles,
    store,
)
from casedb import tables as t
from casedb.city import city
from casedb.simulate import CATCH_UP, Simulator
from casedb.simulate_span import Span
from rules.workdays import WorkCalendar

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


# ── what goes wrong ──────────────────────────────────────────────────────────────────────────────────────

work = t.assignments.c
SOON, LATER = START + 120 * MINUTE, START + 40 * 60 * MINUTE


def write(engine: Engine, statement: Executable) -> None:
    with engine.begin() as connection:
        connection.execute(statement)


def answers(engine: Engine, question: Select) -> list[Row]:
    with engine.connect() as connection:
        return list(connection.execute(question).all())


def an_hour(engine: Engine, part: ModuleType, times: int) -> int:
    """The first hour of the morning for one part of the simulator, as often as it takes to have its luck."""
    span = Span(START, START + 60 * MINUTE, np.random.default_rng(1), city(), WorkCalendar())
    with engine.begin() as connection:
        return sum(part.step(connection, span) for _ in range(times))


def ask_to_return(engine: Engine) -> list[str]:
    """Twelve open leads whose return nobody has ruled on yet."""
    still = and_(work.closed_at.is_(None), work.returned_at.is_(None), work.return_asked_at.is_(None))
    mine = and_(work.role == "lead", still, work.due_rule != "sla.urgent", work.dispatched_at < START)
    codes = [
        row[0]
        for row in answers(
            engine, select(work.assignment_id).where(mine).order_by(work.assignment_id).limit(12)
        )
    ]
    asked = {"return_asked_at": START, "return_reason": "属地管理事项"}
    write(engine, update(t.assignments).where(work.assignment_id.in_(codes)).values(asked))
    return codes


def test_the_centre_rules_on_returns_and_what_it_accepts_goes_to_another_unit(engine: Engine) -> None:
    codes = ask_to_return(engine)
    later = t.assignments.alias("later")
    pairs = t.assignments.join(
        later, and_(later.c.case_id == work.case_id, later.c.seq == work.seq + 1, later.c.role == "lead")
    )

    run(Simulator(engine, START), START, 45)

    mine = select(work.return_ruling, work.returned_at).where(work.assignment_id.in_(codes))
    rulings = {ruling: at is not None for ruling, at in answers(engine, mine)}
    passed = select(work.unit_id, later.c.unit_id, work.returned_at, later.c.dispatched_at).select_from(pairs)
    sent = answers(engine, passed.where(work.assignment_id.in_(codes), work.returned_at.is_not(None)))
    assert (rulings["accepted"], rulings["refused"]) == (True, False)
    assert sent
    assert all(first != second and returned == again for first, second, returned, again in sent)
    assert problems(engine, START + 45 * MINUTE) == []


def test_a_clock_set_back_takes_back_rulings_as_well(engine: Engine) -> None:
    codes = ask_to_return(engine)
    before = total(engine, "assignments")
    run(Simulator(engine, START), START, 45)

    Simulator(engine, START)

    mine = select(work.returned_at).where(work.assignment_id.in_(codes), work.return_ruling == "accepted")
    ahead = select(work.assignment_id).where(
        work.extended_to.is_not(None), work.extension_approved_at.is_(None)
    )
    assert answers(engine, mine) == []
    assert answers(engine, ahead) == []
    assert total(engine, "assignments") == before


def test_more_time_is_asked_for_most_of_all_in_the_last_hours_before_the_limit(engine: Engine) -> None:
    still = and_(work.closed_at.is_(None), work.returned_at.is_(None), work.extension_asked_at.is_(None))
    codes = [row[0] for row in answers(engine, select(work.assignment_id).where(still, work.role == "lead"))]
    soon = work.assignment_id.in_(sorted(codes)[::2])
    write(engine, update(t.assignments).where(work.assignment_id.in_(codes)).values(due_at=LATER))
    write(engine, update(t.assignments).where(soon).values(due_at=SOON))

    an_hour(engine, simulate_asks, times=8)

    asked = select(work.due_at, func.count()).where(work.extension_asked_at > START).group_by(work.due_at)
    by_limit = dict(tuple(row) for row in answers(engine, asked))
    assert by_limit[SOON] > 2 * by_limit.get(LATER, 0)


def test_units_come_to_pressing_matters_with_proof_and_some_too_late(engine: Engine) -> None:
    open_urgent = and_(work.closed_at.is_(None), work.due_rule == "sla.urgent", work.role == "lead")
    plain = and_(work.closed_at.is_(None), work.returned_at.is_(None), work.role == "lead")
    codes = [
        row[0]
        for row in answers(
            engine, select(work.assignment_id).where(plain).order_by(work.assignment_id).limit(30)
        )
    ]
    pressing = {"due_rule": "sla.urgent", "dispatched_at": START, "signed_at": START}
    write(engine, update(t.assignments).where(work.assignment_id.in_(codes)).values(pressing))

    run(Simulator(engine, START), START, 60)

    came = (
        select(t.contacts.c.at)
        .join(
            t.evidence, and_(t.evidence.c.case_id == t.contacts.c.case_id, t.evidence.c.at == t.contacts.c.at)
        )
        .join(t.assignments, work.case_id == t.contacts.c.case_id)
        .where(open_urgent, t.contacts.c.mode == "visit", t.evidence.c.kind == "position")
    )
    minutes = [(at - START) / MINUTE for (at,) in answers(engine, came.where(t.contacts.c.at > START))]
    assert any(taken <= 30 for taken in minutes)
    assert any(taken > 30 for taken in minutes)


@pytest.mark.parametrize(("code", "column"), [("WH-49", "cancelled_at"), ("WH-12", "ruled_void_at")])
def test_some_whistles_are_withdrawn_and_some_ruled_void(engine: Engine, code: str, column: str) -> None:
    blown = {"whistle_id": code, "town_id": "T01", "at": START, "accepted_at": START}
    write(engine, insert(t.whistles).values(blown))

    an_hour(engine, simulate_whistles, times=3)

    found = select(t.whistles.c[column]).where(t.whistles.c.whistle_id == code)
    assert [at > START for (at,) in answers(engine, found)] == [True]


@pytest.mark.parametrize(("role", "is_ruled_out"), [("assist", True), ("lead", False)])
def test_an_assisting_unit_may_be_ruled_out_and_the_lead_never(
    engine: Engine, role: str, is_ruled_out: bool
) -> None:
    called = {"summons_id": "S-33", "whistle_id": "WH-now-2", "unit_id": "P01", "role": role}
    times = {"called_at": START, "due_at": START + 60 * MINUTE, "answered_at": START}
    write(engine, insert(t.summons).values(called | times))

    an_hour(engine, simulate_whistles, times=3)

    found = select(t.summons.c.ruled_out_at, t.summons.c.departed_at).where(t.summons.c.summons_id == "S-33")
    assert [(out is not None, went is None) for out, went in answers(engine, found)] == [(is_ruled_out,) * 2]


def test_answers_are_promised_for_the_same_evening_or_for_a_day_to_come(engine: Engine) -> None:
    given = an_hour(engine, simulate_promises, times=30)

    promised = answers(engine, select(t.cases.c.promised_due).where(t.cases.c.promised_at > START))
    assert given == len(promised)
    assert {due.date() == START.date() for (due,) in promised} == {True, False}


# ── petitions ────────────────────────────────────────────────────────────────────────────────────────────

PETITION = and_(
    work.case_id == t.cases.c.case_id,
    t.cases.c.legal_route == "信访事项",
    *(work.role == "lead", work.round == 1, work.signed_at < START, work.closed_at.is_(None)),
    work.returned_at.is_(None),
)


def open_petitions(engine: Engine) -> list[str]:
    """Their numbers, as if nothing had been done about them yet."""
    codes = [row[0] for row in answers(engine, select(t.cases.c.case_id).where(PETITION))]
    write(engine, delete(t.contacts).where(t.contacts.c.case_id.in_(codes)))
    write(engine, delete(t.case_events).where(t.case_events.c.case_id.in_(codes)))
    return sorted(codes)


def put_down(engine: Engine, codes: list[str], event: str) -> None:
    told = {"at": START - timedelta(days=1), "event": event}
    rows = [told | {"event_id": f"{code}-{event}", "case_id": code} for code in codes]
    write(engine, insert(t.case_events).values(rows))


def how_often(engine: Engine, codes: list[str], event: str) -> list[int]:
    """Per case, in order: how often a step of this code was written down."""
    mine = select(t.case_events.c.case_id).where(t.case_events.c.event == event)
    found = [row[0] for row in answers(engine, mine)]
    return [found.count(code) for code in codes]


def test_petitioners_are_met_told_and_notified_once(engine: Engine) -> None:
    codes = open_petitions(engine)

    an_hour(engine, simulate_petitions, times=300)

    faces = select(t.contacts.c.case_id).where(t.contacts.c.case_id.in_(codes), t.contacts.c.mode != "phone")
    met = [row[0] for row in answers(engine, faces)]
    told, noticed = how_often(engine, codes, "feedback"), how_often(engine, codes, "notice")
    assert len(met) == len(set(met)) > 0.9 * len(codes)
    assert (max(told), max(noticed)) == (1, 1)
    assert min(sum(told), sum(noticed)) > 0.8 * len(codes)


def test_whoever_would_not_be_met_is_asked_once_more_and_then_left_alone(engine: Engine) -> None:
    codes = open_petitions(engine)
    put_down(engine, codes, "meeting_refused")

    an_hour(engine, simulate_petitions, times=200)

    met = select(t.contacts.c.case_id).where(t.contacts.c.case_id.in_(codes))
    assert set(how_often(engine, codes, "meeting_refused")) == {1, 2}
    assert answers(engine, met) == []


def test_hearings_begin_and_end(engine: Engine) -> None:
    codes = open_petitions(engine)
    put_down(engine, codes[:5], "hearing_from")

    an_hour(engine, simulate_petitions, times=300)

    begun, ended = how_often(engine, codes, "hearing_from"), how_often(engine, codes, "hearing_to")
    assert ended[:5] == [1] * 5
    assert sum(begun) > 5
    assert max(begun) == 1
    assert all(over <= since for since, over in zip(begun, ended, strict=True))


def test_nobody_closes_what_is_being_heard(engine: Engine) -> None:
    still = select(work.case_id).where(
        work.role == "lead", work.closed_at.is_(None), work.returned_at.is_(None)
    )
    codes = sorted({row[0] for row in answers(engine, still)})
    put_down(engine, codes[::2], "hearing_from")

    an_hour(engine, simulate_units, times=20)

    closed = select(work.case_id).where(work.closed_at > START, work.case_id.in_(codes))
    done = {row[0] for row in answers(engine, closed)}
    assert done
    assert done.isdisjoint(codes[::2])


def test_most_petitions_are_meant_to_be_done_in_21_days_and_what_is_older_by_its_limit() -> None:
    span = Span(START, START + MINUTE, np.random.default_rng(1), city(), WorkCalendar())
    row = {"due_rule": "sla.petition", "due_at": LATER, "dispatched_at": START - timedelta(days=15)}
    rows = [{**row, "assignment_id": f"2026-{number:04d}-1"} for number in range(2_000)]

    soon = [simulate_petitions.aim(span, one) for one in rows]
    older = {
        simulate_petitions.aim(span, one | {"dispatched_at": START - timedelta(days=22)}) for one in rows
    }

    assert set(soon) == {START + timedelta(days=6), LATER}
    assert 0.6 < soon.count(START + timedelta(days=6)) / len(rows) < 0.95
    assert older == {LATER}
