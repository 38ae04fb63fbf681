"""Reading: right kinds, never a write, and a sentence instead of a stack trace."""

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine, create_engine, func, insert, select, text

from casedb.tables import cases, metadata, units
from queries import database
from queries.database import ContractBroken, DatabaseDown, read
from tests.builders import NOON, add_case


def test_moments_flags_and_numbers_have_their_kinds_even_without_rows(board: Engine) -> None:
    wanted = select(
        cases.c.case_id, cases.c.received_at, cases.c.closed_at, cases.c.is_valid, cases.c.petitioner_count
    )

    empty = read(wanted)
    with board.begin() as connection:
        add_case(connection)
    full = read(wanted)

    kinds = ["str", "datetime64[us]", "datetime64[us]", "bool", "int64"]
    assert [str(kind) for kind in empty.dtypes] == kinds
    assert [str(kind) for kind in full.dtypes] == kinds
    assert full["received_at"].iloc[0] == pd.Timestamp(NOON)
    assert pd.isna(full["closed_at"].iloc[0])


def test_the_board_cannot_write(board: Engine) -> None:
    with pytest.raises(DatabaseDown):
        read(text("delete from cases"))  # type: ignore[arg-type]


def test_a_writer_is_not_kept_waiting_by_a_reader(board: Engine) -> None:
    count = select(func.count().label("cases")).select_from(cases)
    before = read(count)["cases"].iloc[0]

    with board.begin() as connection:
        add_case(connection)

    assert (before, read(count)["cases"].iloc[0]) == (0, 1)


def test_a_missing_column_is_named(board: Engine) -> None:
    with pytest.raises(ContractBroken, match="seen_at"):
        read(select(text("seen_at")).select_from(cases))  # type: ignore[arg-type]


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bare.db'}"
    bare = create_engine(url)
    with bare.begin() as connection:
        connection.execute(text("create table something (a integer)"))
    bare.dispose()
    database.connect(url)

    with pytest.raises(ContractBroken, match="cases"):
        read(select(cases.c.case_id))
    database.dispose()


def test_an_absent_file_is_said_and_not_made(tmp_path: Path) -> None:
    file = tmp_path / "absent.db"
    database.connect(f"sqlite:///{file}")

    with pytest.raises(DatabaseDown, match="does not exist"):
        read(select(cases.c.case_id))
    assert not file.exists()
    database.dispose()


def test_an_unreachable_server_is_one_sentence_without_the_password() -> None:
    database.connect("postgresql+psycopg://board:secret@127.0.0.1:1/none")

    with pytest.raises(DatabaseDown) as raised:
        read(select(cases.c.case_id))
    assert "secret" not in raised.value.en + raised.value.zh + database.source()
    assert raised.value.__suppress_context__
    database.dispose()


@pytest.mark.parametrize("url", ["nonsense", "oracle+nobody://x"])
def test_an_address_that_makes_no_sense_is_said(url: str) -> None:
    with pytest.raises(DatabaseDown, match="CASE_DATABASE_URL"):
        database.connect(url)


def test_nothing_is_read_before_a_database_is_connected() -> None:
    database.dispose()

    with pytest.raises(DatabaseDown, match="connected"):
        read(select(cases.c.received_at).where(cases.c.received_at > datetime(2026, 1, 1)))


def test_a_file_that_is_spoilt_further_on_is_said_in_the_middle_of_reading(tmp_path: Path) -> None:
    # given units enough for many pages of the file, and nonsense where the last of them are
    path = tmp_path / "spoilt.db"
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine, [units])
    with engine.begin() as connection:
        connection.execute(insert(units), [{"unit_id": f"u{n:05}", "name": "x" * 200} for n in range(2000)])
    engine.dispose()
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xff" * (path.stat().st_size // 4))
    database.connect(f"sqlite:///{path}")

    # when, then
    with pytest.raises(DatabaseDown, match="cannot be read"):
        read(select(units.c.name))
    database.dispose()
