"""The board's own database: made once, brought up to date, and its failures said in a sentence."""

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, event, inspect, make_url, text

import records
from records import database, decisions, freezing, opening
from records.database import default_url
from records.refusals import BadAddress, Unwritable
from records.tables import metadata
from tests.records.conftest import AT, DAY
from tests.records.relay import relay

ROOT = Path(__file__).parent.parent.parent


def _save(pledge: str, known: int = 0) -> None:
    decisions.save(DAY, "C1", {"pledge": pledge}, known, "李", AT)


def _pledges() -> list[str | None]:
    return [one.pledge for one in decisions.of(DAY)]


@pytest.mark.parametrize(
    ("case", "board"),
    [
        ("sqlite:///build/demo.db", "sqlite:///build/demo.board.db"),
        ("sqlite:////srv/cases.sqlite", "sqlite:////srv/cases.board.db"),
        ("sqlite:///file:/srv/a%20b.db?mode=ro&uri=true", "sqlite:////srv/a b.board.db"),
        ("sqlite://", "sqlite:///build/board.db"),
        ("postgresql+psycopg://reader:secret@10.0.0.5/cases", "sqlite:///build/board.db"),
    ],
)
def test_the_records_lie_beside_a_case_database_in_a_file(case: str, board: str) -> None:
    assert default_url(case) == board


@pytest.mark.parametrize("url", ["nonsense", "oracle+nobody://x", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_keeps_nothing_is_refused_at_once(url: str) -> None:
    with pytest.raises(BadAddress, match="BOARD_DATABASE_URL"):
        records.connect(url)


def test_before_connect_nothing_is_kept() -> None:
    records.dispose()

    with pytest.raises(Unwritable):
        _save("修")


def test_the_migrations_make_the_tables_as_they_are_described(board: str) -> None:
    engine = create_engine(board)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()

    assert [one for one in differences if isinstance(one, tuple)] == []
    assert {one[0][0] for one in differences if isinstance(one, list)} <= {"modify_comment"}


def test_a_board_started_again_finds_what_it_kept(url: str) -> None:
    records.connect(url)
    _save("修")
    records.connect(url)

    assert _pledges() == ["修"]
    records.dispose()


def test_opening_a_finished_database_writes_nothing(file: Path) -> None:
    _save("修")
    before = hashlib.sha256(file.read_bytes()).hexdigest()

    records.connect(f"sqlite:///{file}")
    _pledges()

    assert hashlib.sha256(file.read_bytes()).hexdigest() == before


def test_a_file_keeps_readers_and_a_writer_apart(file: Path) -> None:
    with sqlite3.connect(file) as behind:
        assert behind.execute("pragma journal_mode").fetchone() == ("wal",)
        behind.execute("begin immediate")
        assert _pledges() == []
    behind.close()


START = """
import logging, sys
import records
logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
print("ready", flush=True)
sys.stdin.readline()
records.connect(sys.argv[1])
"""


def test_boards_that_start_at_once_make_the_tables_once(url: str) -> None:
    command = [sys.executable, "-c", START, url]
    pipe = subprocess.PIPE
    boards = [
        subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(3)
    ]
    for board in boards:
        assert board.stdout is not None and board.stdout.readline() == "ready\n"
    for board in boards:
        assert board.stdin is not None
        board.stdin.write("go\n")
        board.stdin.flush()
    said = [board.communicate()[0].splitlines() for board in boards]

    assert [board.returncode for board in boards] == [0] * 3
    assert sorted(len(lines) for lines in said) == [0, 0, 1], said
    assert next(lines for lines in said if lines)[0].startswith("the board's own database was brought from")
    records.connect(url)
    _save("修")
    records.dispose()


def test_a_step_that_broke_off_is_taken_up_again(url: str) -> None:
    records.connect(url)
    records.dispose()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("drop table alembic_version"))
        connection.execute(text("drop table places"))
    engine.dispose()

    records.connect(url)
    _save("修")

    assert _pledges() == ["修"]
    records.dispose()


def test_the_case_database_is_never_written(url: str) -> None:
    if url.startswith("sqlite"):
        Path(str(make_url(url).database)).parent.mkdir()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("create table cases (case_id varchar(64))"))

    records.connect(url)
    with pytest.raises(Unwritable, match="case database") as told:
        _save("修")

    assert told.value.kind == "case"
    assert inspect(engine).get_table_names() == ["cases"]
    engine.dispose()
    records.dispose()


def test_a_database_of_a_newer_board_is_left_alone(file: Path) -> None:
    with sqlite3.connect(file) as behind:
        behind.execute("update alembic_version set version_num = '9999'")
    behind.close()
    records.connect(f"sqlite:///{file}")

    with pytest.raises(Unwritable, match="newer"):
        _save("修")


def test_a_full_disk_is_one_sentence_and_keeps_what_was_there(file: Path) -> None:
    _save("修")
    with sqlite3.connect(file) as behind:
        pages = behind.execute("pragma page_count").fetchone()[0]
    behind.close()
    engine = database._Known.engine
    assert engine is not None
    event.listen(engine, "connect", lambda raw, _: raw.execute(f"pragma max_page_count = {pages}"))

    with pytest.raises(Unwritable, match="is full") as told:
        freezing.freeze(DAY, b"x" * 100_000, {}, AT)
    with pytest.raises(Unwritable, match="full"):
        _save("换" * 9_000, 1)

    assert (told.value.kind, "\n" in str(told.value)) == ("full", False)
    assert freezing.frozen(DAY) is None
    assert _pledges() == ["修"]


def test_a_file_that_may_only_be_read_is_read_and_says_so(file: Path) -> None:
    _save("修")
    records.connect(f"sqlite:///file:{file}?mode=ro&uri=true")

    with pytest.raises(Unwritable, match="only be read") as told:
        _save("换", 1)

    assert told.value.kind == "readonly"
    assert _pledges() == ["修"]


def test_an_empty_file_that_may_only_be_read_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    records.connect(f"sqlite:///file:{tmp_path / 'empty.db'}?mode=ro&uri=true")

    with pytest.raises(Unwritable) as told:
        _pledges()

    assert told.value.kind == "readonly"
    records.dispose()


GRANTS = {
    "postgresql": (
        "create role {name} login",
        "grant select on all tables in schema public to {name}",
    ),
    "mysql": (
        "create user {name}@'%', {name}@localhost",
        "grant select on {database}.* to {name}@'%', {name}@localhost",
    ),
}
DROPS = {
    "postgresql": ("drop owned by {name}", "drop role {name}"),
    "mysql": ("drop user {name}@'%', {name}@localhost",),
}


@contextmanager
def _reader(url: str) -> Iterator[str]:
    """The same database, by an account that may only read it and is gone afterwards."""
    home = make_url(url)
    words = {"name": f"reader_{uuid4().hex[:8]}", "database": home.database}
    door = create_engine(home, isolation_level="AUTOCOMMIT")
    with door.connect() as connection:
        for grant in GRANTS[door.dialect.name]:
            connection.execute(text(grant.format(**words)))
        try:
            yield home.set(username=words["name"]).render_as_string(hide_password=False)
        finally:
            for drop in DROPS[door.dialect.name]:
                connection.execute(text(drop.format(**words)))
    door.dispose()


def test_an_account_that_may_only_read_reads_and_says_so(server_url: str) -> None:
    records.connect(server_url)
    _save("修")
    with _reader(server_url) as reader:
        records.connect(reader)
        try:
            with pytest.raises(Unwritable) as told:
                _save("换", 1)
            kept = _pledges()
        finally:
            records.dispose()

    assert told.value.kind == "readonly"
    assert "only be read" in str(told.value)
    assert kept == ["修"]


def test_a_database_another_program_holds_is_said_to_be_busy(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(opening.WAITING, "sqlite", {"timeout": 0})
    records.connect(f"sqlite:///{file}")
    with sqlite3.connect(file) as behind:
        behind.execute("begin immediate")
        with pytest.raises(Unwritable, match="busy") as told:
            _save("修")
    behind.close()

    assert told.value.kind == "locked"
    _save("修")


def test_a_folder_that_was_taken_away_is_missed_and_not_made_anew(file: Path, tmp_path: Path) -> None:
    _save("修")
    away = shutil.move(file.parent, tmp_path / "away")

    with pytest.raises(Unwritable, match="cannot be reached") as told:
        _save("换", 1)
    with pytest.raises(Unwritable):
        _pledges()
    assert (told.value.kind, file.parent.exists()) == ("gone", False)

    shutil.move(away, file.parent)
    _save("换", 1)
    assert _pledges() == ["换"]


def test_a_place_that_is_no_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    records.connect(f"sqlite:///{tmp_path / 'file' / 'board.db'}")

    with pytest.raises(Unwritable, match="cannot be reached"):
        _save("修")
    records.dispose()


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear board,\n" * 100)
    records.connect(f"sqlite:///{tmp_path / 'letter.txt'}")

    with pytest.raises(Unwritable):
        _save("修")
    assert (tmp_path / "letter.txt").read_text() == "Dear board,\n" * 100
    records.dispose()


def test_a_server_may_come_later_go_away_and_come_back(server_url: str) -> None:
    target = make_url(server_url)
    with relay(5432 if target.get_backend_name() == "postgresql" else 3306) as server:
        records.connect(target.set(port=server.port))
        with pytest.raises(Unwritable, match="cannot be reached") as told:
            _save("修")
        assert told.value.kind == "gone"

        server.up()
        _save("修")
        server.down()
        with pytest.raises(Unwritable, match="cannot be reached"):
            _save("换", 1)
        with pytest.raises(Unwritable, match="cannot be reached"):
            _pledges()

        server.up()
        _save("换", 1)
        assert _pledges() == ["换"]
        records.dispose()


def test_no_password_is_ever_said(caplog: pytest.LogCaptureFixture) -> None:
    records.connect("postgresql+psycopg://board:hush-hush@127.0.0.1:1/none")

    with pytest.raises(Unwritable) as told:
        _save("修")

    assert "hush" not in caplog.text + told.value.zh + told.value.en
    assert told.value.__suppress_context__
    records.dispose()


def test_tables_dropped_under_a_running_board_are_made_again(board: str) -> None:
    engine = create_engine(board)
    metadata.drop_all(engine)
    with engine.begin() as connection:
        connection.execute(text("drop table alembic_version"))
    engine.dispose()

    with pytest.raises(Unwritable):
        _pledges()

    assert _pledges() == []
