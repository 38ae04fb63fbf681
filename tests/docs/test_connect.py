"""The worked example of docs/connect.md, run as it stands there, over rows of the invented system."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from casedb.tables import metadata
from queries import database, intake, overdue
from queries.arguments import Scope

PAGE = Path(__file__).parents[2] / "docs" / "connect.md"
SERVER = os.environ.get("BOARD_POSTGRESQL_URL", "postgresql+psycopg:///postgres")
NOW = datetime(2026, 11, 25, 12, 0)

ROWS = [
    "insert into dept values ('D1', '市城管局', 'D'), ('T1', '玉河街道', 'T')",
    "insert into source values ('C1', '12345电话', 'Y'), ('C2', '网上信箱', 'N')",
    "insert into topic values ('K1', '城市管理', null), ('K11', '占道经营', 'K1')",
    "insert into street values ('S1', '玉河街道')",
    """insert into ticket values
       ('1', 'C1', 'K11', 'S1', '夜市占道', '摊位占了人行道', null, 'Y',
        '2026-11-20 09:00:00.000000', '2026-11-20 09:30:00.000000', '2026-11-23 08:00:00.000000'),
       ('2', 'C1', 'K1', 'S1', '垃圾未清', '三天没有清运', null, 'Y',
        '2026-11-21 09:00:00.000000', '2026-11-21 09:30:00.000000', null),
       ('3', 'C2', null, null, '咨询', '怎么办证', '已答复', 'Y',
        '2026-11-22 09:00:00.000000', null, '2026-11-22 09:10:00.000000')""",
    """insert into flow values
       (1, '1', 1, 'D1', 'Y', '2026-11-20 09:30:00.000000', '2026-11-23 00:00:00.000000',
        '2026-11-23 08:00:00.000000', null),
       (2, '2', 1, 'D1', 'Y', '2026-11-21 09:30:00.000000', '2026-11-28 00:00:00.000000', null, null)""",
    "insert into phone_check values (1, '1', '2026-11-24 10:00:00.000000', 'Y', 4)",
]


def _statements() -> list[str]:
    """Every SQL statement of the page, in order."""
    blocks = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf8"), re.DOTALL)
    return [statement.strip() for block in blocks for statement in block.split(";") if statement.strip()]


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    made = create_engine(f"sqlite:///{tmp_path / 'theirs.db'}")
    yield made
    made.dispose()


@pytest.fixture
def postgresql() -> Iterator[Engine]:
    """A schema of its own on the machine's PostgreSQL; skipped, with this sentence, where there is none."""
    owner = create_engine(SERVER)
    schema = f"connect_{uuid4().hex[:8]}"
    try:
        _run(owner, f"create schema {schema}")
    except OperationalError:
        pytest.skip("no PostgreSQL here (BOARD_POSTGRESQL_URL names one)")
    finally:
        owner.dispose()
    made = create_engine(make_url(SERVER).update_query_dict({"options": f"-csearch_path={schema}"}))
    yield made
    made.dispose()
    _run(owner, f"drop schema {schema} cascade")
    owner.dispose()


def _run(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            _execute(connection, statement)


def _execute(connection: Connection, statement: str) -> None:
    on_sqlite = connection.dialect.name == "sqlite"
    connection.execute(text(statement.removesuffix(" cascade") if on_sqlite else statement))


def _connect(engine: Engine) -> str:
    """Their system, with the board's views in place of the empty tables; returns the URL."""
    metadata.create_all(engine)
    _run(engine, *_statements(), *ROWS)
    return engine.url.render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    yield _connect(request.getfixturevalue(request.param))
    database.dispose()


def test_the_check_finds_nothing_missing_in_the_views(url: str) -> None:
    command = [sys.executable, "-m", "casedb", "check", "--database", url, "--json"]
    checked = subprocess.run(command, cwd=PAGE.parents[1], capture_output=True, text=True, check=False)

    assert checked.returncode in (0, 1), checked.stdout + checked.stderr
    assert "missing" not in checked.stdout


def test_the_figures_are_those_of_the_other_system(url: str) -> None:
    database.connect(url)

    channels = intake.by_channel(Scope(as_of=NOW)).set_index("channel")
    units = overdue.by_unit(Scope(as_of=NOW)).set_index("unit")

    assert channels["received"].to_dict() == {"12345电话": 2, "网上信箱": 1}
    assert units.loc["市城管局", ["received", "closed_late", "open_in_time"]].to_list() == [2, 1, 1]
