"""Then and now: a frozen record never changes, and what differs is named with its reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine, delete, text, update
from sqlalchemy.exc import DBAPIError

import records
from casedb import tables
from pages import recording
from papers import differing
from papers.gathering import gather
from papers.judging import Named
from papers.record import TEN_DAYS
from queries import database
from queries.meetings_pack import pack
from records import freezing
from records.freezing import Record
from rules import rulebook
from tests.papers import record_city
from tests.papers.record_city import DAY, LATER, NOW

ON_SERVER = pytest.param("postgresql", marks=pytest.mark.servers)


@contextmanager
def connected(made: Any, folder: Path) -> Iterator[Engine]:
    """The city as the board reads it, and the board's own database."""
    with made as found:
        if found is None:
            pytest.skip("no PostgreSQL answers on this machine")
        engine, url = found
        database.connect(url)
        records.connect(f"sqlite:///{folder / 'kept.db'}")
        yield engine
        records.dispose()
        database.dispose()


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Engine]:
    with connected(record_city.on_file(tmp_path), tmp_path) as engine:
        yield engine


@pytest.fixture(params=["sqlite", ON_SERVER])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """The city in a file, or on a server read by an account that may only read."""
    made = record_city.on_file(tmp_path) if request.param == "sqlite" else record_city.on_server()
    with connected(made, tmp_path) as engine:
        yield engine


@pytest.fixture
def frozen(city: Engine) -> Record:
    return recording.freeze(pack(DAY, NOW), NOW)


def differs(frozen: Record) -> pd.DataFrame:
    return differing.differences(frozen.body, gather(pack(DAY, LATER)), LATER)


def named(found: pd.DataFrame, figure: str) -> tuple[object, object, str, list[Named]]:
    mine = found[(found["table"] == TEN_DAYS) & (found["figure"] == figure)]
    row = mine.iloc[0]
    return row["then"], row["now"], row["why"], row["cases"]


def test_nothing_differs_while_nothing_has_changed(frozen: Record) -> None:
    assert differs(frozen).empty


def test_a_back_dated_case_and_a_re_rated_one_are_named_and_the_record_stays(anywhere: Engine) -> None:
    frozen = recording.freeze(pack(DAY, NOW), NOW)
    before = frozen.body
    record_city.back_date(anywhere)
    record_city.rate_anew(anywhere)

    found = differs(frozen)

    read = freezing.frozen(DAY)
    assert read is not None and (read.body, read.sha256) == (before, sha256(before).hexdigest())
    assert named(found, "total") == (12, 13, "late_entry", [Named("after", "in", "late_entry")])
    assert named(found, "satisfied_k") == (10, 9, "re_rated", [Named("c-3", "out", "re_rated")])
    assert "satisfied_n" not in set(found["figure"])


def test_a_case_entered_after_the_freezing_is_late(city: Engine, frozen: Record) -> None:
    with city.begin() as connection:
        at = record_city.START + record_city.HOUR
        record_city.add_case(connection, at, case_id="new", channel_id="tel", recorded_at=LATER)

    assert named(differs(frozen), "calls") == (12, 13, "late_entry", [Named("new", "in", "late_entry")])


def test_an_exclusion_approved_since_is_named(city: Engine, frozen: Record) -> None:
    record_city.exclude(city)

    found = differs(frozen)

    assert named(found, "satisfied_n") == (10, 9, "excluded", [Named("c-4", "out", "excluded")])
    assert named(found, "satisfied_k") == (10, 9, "excluded", [Named("c-4", "out", "excluded")])


@pytest.mark.parametrize(("after", "counts"), [(0, True), (1, False)])
def test_an_exclusion_counts_from_the_second_it_is_approved(
    city: Engine, frozen: Record, after: int, counts: bool
) -> None:
    record_city.exclude(city, approved_at=LATER + after * record_city.HOUR / 3600)

    assert ("satisfied_n" in set(differs(frozen)["figure"])) is counts


def test_what_was_set_right_is_named(city: Engine, frozen: Record) -> None:
    record_city.set_right(city)

    found = differs(frozen)

    assert named(found, "valid") == (12, 11, "corrected", [Named("c-5", "out", "corrected")])
    assert named(found, "satisfied_n")[2] == "corrected"


def test_one_in_and_one_out_are_named_though_the_figure_is_the_same(city: Engine, frozen: Record) -> None:
    record_city.back_date(city)
    with city.begin() as connection:
        moved = update(tables.cases).where(tables.cases.c.case_id == "c-11")
        connection.execute(moved.values(received_at=NOW))

    then, now, why, cases = named(differs(frozen), "total")

    assert (then, now) == (12, 12)
    assert why == "late_entry,corrected"
    assert cases == [Named("after", "in", "late_entry"), Named("c-11", "out", "corrected")]


def test_a_better_rating_of_the_same_worth_is_named_where_it_stands(city: Engine, frozen: Record) -> None:
    record_city.rate_anew(city, 2, "mostly")

    then, now, why, cases = named(differs(frozen), "satisfied_k")

    assert (then, now, why) == (10, 10, "re_rated")
    assert cases == [Named("c-2", "changed", "re_rated")]


def test_where_mostly_satisfied_weighs_less_the_case_is_named_too(
    city: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.toml").write_text('version = "own"\n[ranking.mostly_weight]\nvalue = 0.5\n', "utf-8")
    monkeypatch.setattr(rulebook, "_in_force", {})
    rulebook.use(tmp_path / "own.toml")
    frozen = recording.freeze(pack(DAY, NOW), NOW)
    record_city.rate_anew(city, 2, "mostly")
    record_city.rate_anew(city, 3)

    then, now, why, cases = named(differs(frozen), "satisfied_k")

    assert (then, now, why) == (10, 8.5, "re_rated")
    assert cases == [Named("c-3", "out", "re_rated"), Named("c-2", "changed", "re_rated")]
    assert frozen.facts["rulebook"] == "own"


def test_a_case_that_is_gone_is_named(city: Engine, frozen: Record) -> None:
    with city.begin() as connection:
        for table in (tables.callbacks, tables.assignments, tables.cases):
            connection.execute(delete(table).where(table.c.case_id == "c-7"))

    assert named(differs(frozen), "total") == (12, 11, "corrected", [Named("c-7", "out", "corrected")])


def test_a_figure_that_no_case_explains_says_so(city: Engine, frozen: Record) -> None:
    with city.begin() as connection:
        row = {"item_id": "i-1", "meeting_id": "m-1", "title": "井盖", "lead_unit_id": "u-1"}
        meeting = {"meeting_id": "m-1", "nominal_date": DAY.replace(day=6), "actual_date": DAY.replace(day=6)}
        connection.execute(tables.meetings.insert().values(**meeting, number=34, state="held"))
        connection.execute(tables.meeting_items.insert().values(**row, assigned_at=record_city.START))

    assert named(differs(frozen), "all_assigned") == (0, 1, "unknown", [])


def test_tables_are_compared_by_their_rows(city: Engine, frozen: Record) -> None:
    record_city.back_date(city)

    found = differs(frozen)

    issues = found[found["table"] == "intake/issues"]
    changed = {row.figure: (row.row, row.then, row.now) for row in issues.itertuples()}
    assert changed["received"] == ("小区物业", 12, 13)
    assert set(issues["why"]) == {""}


def test_freezing_leaves_the_case_database_untouched(tmp_path: Path) -> None:
    with record_city.on_file(tmp_path) as (engine, url):
        engine.dispose()
        before = {file.name: sha256(file.read_bytes()).hexdigest() for file in tmp_path.glob("city.db*")}
        database.connect(url)
        records.connect(f"sqlite:///{tmp_path / 'kept.db'}")

        recording.freeze(pack(DAY, NOW), NOW)
        differing.differences(freezing.frozen(DAY).body, gather(pack(DAY, LATER)), LATER)  # type: ignore[union-attr]

        records.dispose()
        database.dispose()
        after = {file.name: sha256(file.read_bytes()).hexdigest() for file in tmp_path.glob("city.db*")}
    assert after["city.db"] == before["city.db"]


@pytest.mark.servers
def test_an_account_that_may_only_read_is_enough() -> None:
    with record_city.on_server() as found:
        if found is None:
            pytest.skip("no PostgreSQL answers on this machine")
        database.connect(found[1])
        with pytest.raises(DBAPIError), database._Connection.engine.begin() as connection:  # type: ignore[union-attr]
            connection.execute(text("update cases set is_valid = false"))

        assert len(gather(pack(DAY, NOW))["meetings/ten_days"]) == 1
        database.dispose()
