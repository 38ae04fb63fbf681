"""A board whose own database is away starts all the same, and what only reads goes on."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

import app
import records
from queries import database
from records import decisions
from rules.clock import Clock
from settings import Settings
from tests.records.conftest import AT, DAY

AWAY = "postgresql+psycopg://board:secret@127.0.0.1:1/none"
NOON = datetime(2026, 11, 25, 12)


def _started(engine: Engine, board_url: str) -> app.Board:
    chosen = Settings(case_database_url=str(engine.url), board_database_url=board_url)
    return app.make_board(chosen, Clock.parse(NOON.isoformat()))


def test_reading_goes_on_while_the_boards_own_database_is_away(engine: Engine) -> None:
    client = _started(engine, AWAY).server.test_client()

    answers = {path: client.get(path).status_code for path in ("/", "/data/intake/by_channel.csv")}
    with pytest.raises(records.Unwritable):
        decisions.save(DAY, "C1", {"pledge": "修"}, 0, "李", AT)
    records.dispose()
    database.dispose()

    assert answers == {"/": 200, "/data/intake/by_channel.csv": 200}


def test_unless_told_otherwise_records_are_kept_beside_the_case_database(engine: Engine) -> None:
    case = Path(str(engine.url.database))
    before = case.read_bytes()

    _started(engine, "")
    decisions.save(DAY, "C1", {"pledge": "修"}, 0, "李", AT)
    records.dispose()
    database.dispose()

    assert case.with_name("case.board.db").exists()
    assert case.read_bytes() == before


def test_an_address_that_makes_no_sense_stops_the_board_with_a_sentence(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("CASE_DATABASE_URL", str(engine.url))
    monkeypatch.setenv("BOARD_DATABASE_URL", "nonsense")
    monkeypatch.setenv("BOARD_CLOCK", NOON.isoformat())

    assert app.main([]) == 2
    assert "BOARD_DATABASE_URL" in caplog.messages[-1]
    database.dispose()
