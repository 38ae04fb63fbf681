import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from casedb import store
from casedb.tables import channels, metadata


def test_a_new_file_gets_its_folder_its_tables_and_wal(tmp_path: Path) -> None:
    engine = store.open_engine(f"sqlite:///{tmp_path / 'new' / 'case.db'}")

    assert len(store.create(engine)) == len(metadata.tables)
    assert store.create(engine) == []
    with engine.connect() as connection:
        assert connection.scalar(text("pragma journal_mode")) == "wal"
    engine.dispose()


def test_rows_are_added_in_batches(tmp_path: Path) -> None:
    engine = store.open_engine(f"sqlite:///{tmp_path / 'case.db'}")
    store.create(engine)
    many = ({"channel_id": str(number), "name": "12345"} for number in range(store.BATCH + 1))

    with engine.begin() as connection:
        added = store.insert(connection, channels, many)

    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(channels)) == added == store.BATCH + 1
    engine.dispose()


def test_a_reader_never_makes_a_file(tmp_path: Path) -> None:
    with pytest.raises(store.Unusable, match="There is no database file"):
        store.open_reader(f"sqlite:///{tmp_path / 'case.db'}")

    assert not (tmp_path / "case.db").exists()


def test_a_locked_database_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BUSY_MS", 1)
    url = f"sqlite:///{tmp_path / 'case.db'}"
    engine = store.open_engine(url)
    other = sqlite3.connect(tmp_path / "case.db", isolation_level=None)
    other.execute("begin immediate")

    with pytest.raises(store.Unusable, match="is locked by another program"):
        store.create(engine)
    with pytest.raises(store.Unusable, match="is locked by another program"):
        store.open_engine(url)

    other.close()
    engine.dispose()


@pytest.mark.parametrize("url", ["", "nonsense", "foo://host/name"])
def test_what_is_no_url_is_said(url: str) -> None:
    with pytest.raises(store.Unusable, match="not a database URL"):
        store.open_engine(url)


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "case.db").write_text("not a database, but long enough to be taken for one " * 40)

    with pytest.raises(store.Unusable, match="is not a SQLite database"):
        store.open_engine(f"sqlite:///{tmp_path / 'case.db'}")


def test_a_server_that_does_not_answer_is_said_without_the_password() -> None:
    with pytest.raises(store.Unusable, match="does not answer") as caught:
        store.open_engine("postgresql+psycopg://board:secret@127.0.0.1:1/case")

    assert "secret" not in str(caught.value)
