from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, insert, select, text

from casedb import health, store
from casedb.check import Report, check
from casedb.tables import assignments, calendar_days, metadata
from tests import builders

NOW = builders.NOON + builders.DAY
SECOND = timedelta(seconds=1)


def found(report: Report) -> dict[str, int]:
    return {one.id: one.count for one in report.findings}


@pytest.fixture
def loose(tmp_path: Path) -> Iterator[Engine]:
    """A database whose keys are not enforced, so that orphans can be written."""
    made = create_engine(f"sqlite:///{tmp_path / 'loose.db'}")
    metadata.create_all(made)
    yield made
    made.dispose()


def test_an_empty_case_database_has_no_problem(engine: Engine) -> None:
    report = check(engine, NOW)

    assert report.findings == []
    assert set(report.rows) == set(metadata.tables)


def test_a_sound_case_has_no_problem_and_gives_the_newest_record(engine: Engine) -> None:
    with engine.begin() as connection:
        unit = builders.add_unit(connection)
        case = builders.add_case(connection, closed_at=builders.NOON)
        builders.add_assignment(
            connection, case, unit_id=unit, dispatched_at=builders.NOON, closed_at=builders.NOON
        )
        builders.add_callback(connection, case)

    report = check(engine, NOW)

    assert report.findings == []
    assert report.newest["cases"] == builders.NOON
    assert report.newest["visits"] is None


@pytest.mark.parametrize(("late_by", "count"), [(-SECOND, 1), (timedelta(0), 0), (SECOND, 0)])
def test_a_case_closed_before_it_was_received_is_counted(
    engine: Engine, late_by: timedelta, count: int
) -> None:
    with engine.begin() as connection:
        case = builders.add_case(connection, closed_at=builders.NOON + late_by)

    report = check(engine, NOW)

    assert found(report).get("cases.closed_at_before_received_at", 0) == count
    assert [one.examples for one in report.findings] == [[case]] * count


@pytest.mark.parametrize(("after", "count"), [(timedelta(0), 0), (SECOND, 1)])
def test_a_record_later_than_the_moment_is_counted_and_not_the_newest(
    engine: Engine, after: timedelta, count: int
) -> None:
    with engine.begin() as connection:
        builders.add_case(connection, received_at=NOW + after)

    report = check(engine, NOW)

    assert found(report).get("cases.in_the_future", 0) == count
    assert report.newest["cases"] == (None if count else NOW)


def test_rows_that_point_to_nothing_are_orphans(loose: Engine) -> None:
    with loose.begin() as connection:
        connection.execute(insert(assignments).values(assignment_id="a", case_id="gone", unit_id="gone"))

    report = check(loose, NOW)

    assert found(report) == {"assignments.case_id_orphan": 1, "assignments.unit_id_orphan": 1}


@pytest.mark.parametrize(("after", "count"), [(-SECOND, 1), (timedelta(0), 1), (SECOND, 0)])
def test_a_limit_that_leaves_no_time_is_counted_once(engine: Engine, after: timedelta, count: int) -> None:
    with engine.begin() as connection:
        unit, case = builders.add_unit(connection), builders.add_case(connection)
        sent = {"dispatched_at": builders.NOON, "due_at": builders.NOON + after}
        work = builders.add_assignment(connection, case, unit_id=unit, **sent)
        whistle = builders.add_whistle(connection, unit)
        call = builders.add_summons(connection, whistle, unit, due_at=builders.NOON + after)

    report = check(engine, NOW)

    assert [(one.id, one.examples) for one in report.findings] == [
        ("assignments.due_at_nought", [work]),
        ("summons.due_at_nought", [call]),
    ][: 2 * count]


def test_an_arrival_before_the_call_is_counted(engine: Engine) -> None:
    with engine.begin() as connection:
        unit = builders.add_unit(connection)
        whistle = builders.add_whistle(connection, unit)
        for beside in (-SECOND, timedelta(0)):
            builders.add_summons(connection, whistle, unit, arrived_at=builders.NOON + beside)

    assert found(check(engine, NOW)) == {"summons.arrived_at_before_called_at": 1}


def test_a_summons_without_its_whistle_and_units_that_are_gone_are_counted(loose: Engine) -> None:
    with loose.begin() as connection:
        there, here = (
            builders.add_unit(connection, unit_id="u-1"),
            builders.add_unit(connection, unit_id="u-12"),
        )
        lost = builders.add_summons(connection, "gone", there)
        builders.add_summons(connection, builders.add_whistle(connection, "gone"), "gone")
        days = {"nominal_date": NOW.date(), "actual_date": NOW.date()}
        meeting = builders.add(connection, metadata.tables["meetings"], **days)
        items = metadata.tables["meeting_items"]
        for lead, assist in (
            (there, None),
            ("gone", ""),
            (here, "u-12, u-1"),
            (here, "u-1,u-2"),
            (here, "u"),
        ):
            builders.add(connection, items, meeting_id=meeting, lead_unit_id=lead, assist_unit_ids=assist)

    report = check(loose, NOW)

    assert found(report) == {
        "summons.whistle_id_orphan": 1,
        "summons.unit_id_orphan": 1,
        "whistles.town_id_orphan": 1,
        "meeting_items.lead_unit_id_orphan": 1,
        "meeting_items.assist_unit_ids_orphan": 2,
    }
    said = {one.id: one for one in report.findings}
    assert said["summons.whistle_id_orphan"].en == "a summons without its whistle"
    assert said["summons.whistle_id_orphan"].examples == [lost]


def test_a_place_that_is_neither_urban_nor_rural_is_counted_also_where_a_table_lets_it_in(
    loose: Engine,
) -> None:
    with loose.begin() as connection:
        connection.execute(text("pragma ignore_check_constraints = on"))
        town = builders.add_unit(connection)
        for kind in ("urban", "rural", "", "suburb"):
            builders.add_case(connection, area_kind=kind)
            builders.add_whistle(connection, town, area_kind=kind)
        builders.add_case(connection, area_kind=None)

    assert found(check(loose, NOW)) == {"cases.area_kind_strange": 1, "whistles.area_kind_strange": 1}


def test_broken_identities_are_counted(engine: Engine) -> None:
    with engine.begin() as connection:
        parent = builders.add_case(connection)
        merged = builders.add_case(connection, merged_into=parent)
        case = builders.add_case(connection, merged_into=merged, signed_off_at=NOW)
        builders.add_assignment(connection, case, role="assist")
        builders.add_assignment(connection, parent, seq=1)
        builders.add_assignment(connection, parent, seq=1)
        builders.add_callback(connection, parent, reached=False)
        builders.add_visit(connection, ticket_at=builders.NOON, called_at=NOW, left_at=NOW)
        builders.add_case(connection, settled_at=NOW, closed_at=NOW, dispatched_at=builders.NOON)
        days = {"nominal_date": NOW.date(), "actual_date": NOW.date()}
        meeting = builders.add(connection, metadata.tables["meetings"], **days)
        items = metadata.tables["meeting_items"]
        builders.add(connection, items, meeting_id=meeting, signed_off_at=NOW)

    report = check(engine, NOW)

    assert found(report) == {
        "cases.signed_off_open": 1,
        "cases.settled_and_dispatched": 1,
        "cases.without_lead": 1,
        "cases.merged_into_merged": 1,
        "assignments.two_leads": 2,
        "callbacks.rated_unreached": 1,
        "callbacks.before_closing": 1,
        "visits.called_and_left": 1,
        "meeting_items.signed_off_open": 1,
    }


def test_a_year_nobody_knows_is_named_until_it_is_entered(engine: Engine) -> None:
    with engine.begin() as connection:
        case = builders.add_case(connection)
        builders.add_assignment(connection, case, due_at=datetime(2027, 1, 5))

    assert [one.examples for one in check(engine, NOW).findings] == [["2027"]]

    with engine.begin() as connection:
        days = [datetime(2027, 1, 1).date() + timedelta(days=n) for n in range(365)]
        connection.execute(
            insert(calendar_days), [{"day": day, "is_workday": day.weekday() < 5} for day in days]
        )
    assert check(engine, NOW).findings == []


def test_a_missing_index_is_named(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("drop index ix_cases_received"))

    report = check(engine, NOW)

    assert [(one.id, one.examples) for one in report.findings] == [
        ("cases.missing_indexes", ["ix_cases_received"])
    ]


def test_views_of_somebody_elses_schema_are_checked_like_tables(tmp_path: Path) -> None:
    other = create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    noon = "'2026-11-25 12:00:00.000000'"
    with other.begin() as connection:
        connection.execute(text("create table t_order (no text, at text, done text, kind text)"))
        for values in (f"'1', {noon}, {noon}, '投诉'", f"'1', {noon}, null, 'help'", "'2', null, null, null"):
            connection.execute(text(f"insert into t_order values ({values})"))
        connection.execute(
            text(
                "create view cases as select no as case_id, at as received_at, done as closed_at, "
                "kind as nature from t_order"
            )
        )

    report = check(other, NOW)

    assert report.rows == {"cases": 3}
    assert found(report)["missing_tables"] == len(metadata.tables) - 1
    assert found(report)["cases.missing_columns"] == len(metadata.tables["cases"].columns) - 4
    assert found(report)["cases.key_twice"] == 1
    assert found(report)["cases.received_at_empty"] == 1
    assert found(report)["cases.nature_strange"] == 1
    assert not any("index" in one.id for one in report.findings)
    other.dispose()


def test_a_view_whose_moments_are_written_in_another_form_is_named(tmp_path: Path) -> None:
    other = create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    with other.begin() as connection:
        connection.execute(text("create view cases as select '1' as case_id, '2018/1/1 9:00' as received_at"))

    report = check(other, NOW)

    assert found(report)["cases.received_at_unreadable"] == 1
    other.dispose()


def test_a_view_that_fails_is_said_not_crashed_on(tmp_path: Path) -> None:
    other = create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    broken = "abs(-9223372036854775807 - 1)"
    with other.begin() as connection:
        connection.execute(text(f"create view cases as select '1' as case_id, {broken} as received_at"))

    report = check(other, NOW)

    assert found(report)["cases.received_at_unreadable"] == 1
    assert report.newest == {"cases": None}
    other.dispose()


def test_every_problem_has_an_id_of_its_own_and_reads_what_it_says(engine: Engine) -> None:
    problems = [*health.problems(NOW), *health.promises()]

    assert len({one.id for one in problems}) == len(problems)
    with engine.connect() as connection:
        for one in problems:
            assert connection.execute(one.select).all() == []
            assert all(name in metadata.tables[table].columns for table, name in one.uses)
            assert one.zh and one.en


def test_a_reader_checks_a_database_while_another_writes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'case.db'}"
    writer = store.open_engine(url)
    store.create(writer)

    with writer.begin() as connection:
        builders.add_case(connection)
        reader = store.open_reader(url)
        assert check(reader, NOW).rows["cases"] == 0

    assert check(reader, NOW).rows["cases"] == 1
    with reader.connect() as connection:
        assert connection.execute(select(metadata.tables["cases"].c.case_id)).all()
    reader.dispose()
    writer.dispose()
