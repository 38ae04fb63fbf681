"""A meeting of a small city: its case database, and the board's own beside it."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

import records
from casedb import tables
from components import words
from queries import cache, database, meetings
from queries.meetings_pack import Pack
from tests.builders import DAY, add, add_case, add_unit
from tests.queries.test_meetings import add_meeting

HELD = date(2026, 11, 26)
AT = datetime(2026, 11, 26, 9, 30)


@pytest.fixture(autouse=True)
def usual_viewer() -> Iterator[None]:
    words.use(words.Viewer())
    yield
    words.use(words.Viewer())


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Path]:
    """The file of the board's own database, connected."""
    file = tmp_path / "board.db"
    records.connect(f"sqlite:///{file}")
    yield file
    records.dispose()


@pytest.fixture
def city(engine: Engine, board: Path) -> Iterator[Engine]:
    """Meeting 36 on 26 November with three items prepared, and one item of meeting 35 to look back at."""
    cache.cache.init_app(Flask("board"), config=cache.settings(None))
    database.connect(engine.url)
    with engine.begin() as connection:
        for code, name in (("power", "宁溪供电公司"), ("housing", "市住建局"), ("town", "东湖街道")):
            add_unit(connection, name, unit_id=code)
        add_meeting(connection, date(2026, 11, 16), number=35, meeting_id="m-35")
        add_meeting(connection, HELD, number=36, meeting_id="m-36")
        held = {"meeting_id": "m-35", "item_group": "assignment", "assigned_at": AT - 10 * DAY}
        old = {"item_id": "old", "title": "旧事", "lead_unit_id": "town", "pledge": "尽快"}
        add(connection, tables.meeting_items, **old, **held)
        for code, group in (("dark", "supervision"), ("loud", "assignment"), ("torn", "consultation")):
            facts = {"case_id": code, "title": f"{code}的事", "confidentiality": "open", "is_valid": True}
            add_case(connection, AT - 8 * DAY, **facts)
            row = {"meeting_id": "m-36", "item_group": group, "case_id": code, "lead_unit_id": "power"}
            add(connection, tables.meeting_items, item_id=f"i-{code}", title=f"{code}的事", **row)
    yield engine
    database.dispose()


@pytest.fixture
def pack(city: Engine) -> Pack:
    return meetings.pack(HELD, AT)
