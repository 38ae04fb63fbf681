"""The demo: same plan, same rows; times in order; the published year to the last request."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, create_engine, func, select

from casedb import demo, health, store
from casedb import tables as t
from casedb.city import city
from tests.builders import add_unit

UNTIL = datetime(2026, 11, 25, 9, 30)


def small(path: Path, seed: int = 6, days: int = 45, scale: float = 0.2) -> str:
    url = f"sqlite:///{path}"
    demo.run(url, demo.plan("today", days=days, seed=seed, scale=scale))
    return url


def opened(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="module")
def city_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return small(tmp_path_factory.mktemp("demo") / "city.db")


@pytest.fixture
def today(city_url: str) -> Iterator[Connection]:
    yield from opened(city_url)


@pytest.fixture(scope="module")
def year_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('year') / 'year.db'}"
    demo.run(url, demo.plan("first-year"))
    return url


@pytest.fixture
def first_year(year_url: str) -> Iterator[Connection]:
    yield from opened(year_url)


def count(connection: Connection, table: Table, *conditions: object) -> int:
    return connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()


def fingerprint(connection: Connection) -> str:
    """One hash over every row of every table."""
    digest = sha256()
    for table in t.metadata.sorted_tables:
        for row in connection.execute(select(table).order_by(*table.primary_key.columns)):
            digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def test_the_same_seed_gives_the_same_rows(today: Connection, tmp_path: Path) -> None:
    again = small(tmp_path / "again.db")

    (other,) = [fingerprint(connection) for connection in opened(again)]

    assert other == fingerprint(today)


def test_another_seed_gives_other_rows(today: Connection, tmp_path: Path) -> None:
    another = small(tmp_path / "another.db", seed=7)

    (other,) = [fingerprint(connection) for connection in opened(another)]

    assert other != fingerprint(today)


def test_the_data_health_finds_no_problem(today: Connection) -> None:
    found = [problem for problem in health.problems(UNTIL) if today.execute(problem.select).first()]

    assert found == []


def test_a_demo_never_replaces_data_that_are_not_its_own(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'real.db'}"
    engine = store.open_engine(url)
    store.create(engine)
    with engine.begin() as connection:
        add_unit(connection, "市城管局")
    engine.dispose()

    with pytest.raises(store.Unusable, match="not the demo's"):
        demo.run(url, demo.plan(days=2, scale=0.01))


def test_no_row_refers_to_one_that_is_not_there(today: Connection) -> None:
    assert today.exec_driver_sql("pragma foreign_key_check").fetchall() == []


def test_every_coded_value_is_one_of_the_contract(today: Connection) -> None:
    assert today.exec_driver_sql("pragma quick_check").fetchall() == [("ok",)]


def test_the_city_has_what_the_pictures_show(today: Connection) -> None:
    units = t.units.c

    assert count(today, t.units, units.is_linked.is_(True)) == 61
    assert count(today, t.units, units.unit_group == "town") == 29
    assert count(today, t.channels) == 13
    assert count(today, t.windows) == 27
    assert today.execute(select(func.sum(t.windows.c.seats))).scalar() == 54
    assert {level for (level,) in today.execute(select(t.categories.c.level))} == {1, 2, 3}
    issues = {issue for (issue,) in today.execute(select(t.cases.c.issue)) if issue}
    assert issues == set(city().names["issues"])


def test_three_whistles_are_under_way_and_two_units_have_not_answered(today: Connection) -> None:
    under_way = select(t.whistles.c.whistle_id).where(
        t.whistles.c.closed_at.is_(None),
        t.whistles.c.cancelled_at.is_(None),
        t.whistles.c.ruled_void_at.is_(None),
    )
    codes = [code for (code,) in today.execute(under_way)]

    silent = count(today, t.summons, t.summons.c.whistle_id.in_(codes), t.summons.c.answered_at.is_(None))

    assert len(codes) == 3
    assert silent == 2


def test_the_next_meeting_is_the_36th_and_has_twelve_items(today: Connection) -> None:
    planned = select(t.meetings).where(t.meetings.c.state == "planned").order_by(t.meetings.c.actual_date)

    meeting = today.execute(planned).mappings().first()

    assert meeting is not None
    assert (meeting["number"], str(meeting["actual_date"])) == (36, "2026-11-26")
    assert count(today, t.meeting_items, t.meeting_items.c.meeting_id == meeting["meeting_id"]) == 12


def test_the_oldest_overdue_cases_are_those_of_the_picture(today: Connection) -> None:
    titles = [title for _unit, _town, title, _late, _path in city().names["oldest"]]

    opened_cases = t.cases.c.title.in_(titles) & t.cases.c.closed_at.is_(None)

    assert count(today, t.cases, opened_cases) == len(titles)


def test_the_year_has_exactly_the_published_requests(first_year: Connection) -> None:
    cases, channels = t.cases.c, t.channels.c
    calls = select(func.count()).select_from(t.cases.join(t.channels)).where(channels.is_call.is_(True))

    assert count(first_year, t.cases) == 82_853
    assert first_year.execute(calls).scalar() == 78_685
    assert count(first_year, t.cases, cases.is_valid.is_(True)) == 59_624
    assert count(first_year, t.cases, cases.settled_at.is_not(None)) == 41_658
    assert count(first_year, t.cases, cases.dispatched_at.is_not(None)) == 17_966
    assert count(first_year, t.cases, cases.settled_at.is_not(None), cases.closed_at != cases.settled_at) == 0


def test_the_year_has_the_published_satisfaction(first_year: Connection) -> None:
    rated = (
        t.callbacks.c.reached.is_(True)
        & (t.callbacks.c.source != "unit")
        & (t.callbacks.c.round == 1)
        & (t.callbacks.c.rated_object == "unit")
    )

    good = count(first_year, t.callbacks, rated, t.callbacks.c.rating.in_(["satisfied", "mostly"]))
    bad = count(first_year, t.callbacks, rated, t.callbacks.c.rating == "dissatisfied")

    assert f"{100 * good / (good + bad):.1f}" == "97.4"


def test_the_year_has_the_published_meetings(first_year: Connection) -> None:
    meetings, items = t.meetings.c, t.meeting_items.c
    held = meetings.state == "held"
    day = {row.number: str(row.actual_date) for row in first_year.execute(select(t.meetings).where(held))}

    assert count(first_year, t.meetings, held) == 30
    assert count(first_year, t.meetings, held, meetings.chair_role == "secretary") == 14
    assert (day[26], day[27], day[30]) == ("2019-06-26", "2019-07-08", "2019-08-06")
    assert count(first_year, t.meeting_items, items.assigned_at.is_not(None)) == 745
    assert count(first_year, t.meeting_items, items.closed_at.is_not(None)) == 697


def test_nothing_of_the_year_lies_after_its_last_moment(first_year: Connection) -> None:
    last = datetime(2019, 8, 31, 18)

    found = [problem for problem in health.problems(last) if first_year.execute(problem.select).first()]

    assert found == []
