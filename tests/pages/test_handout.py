"""The papers of a meeting as they are taken from the board."""

from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

import app
from queries import meetings
from queries.meetings_bulletin import ten_days
from rules.clock import Clock
from settings import Settings
from tests.pages.conftest import AT, HELD


@pytest.fixture
def client(city: Engine, board: Path) -> FlaskClient:
    chosen = Settings(case_database_url=str(city.url), board_database_url=f"sqlite:///{board}")
    return app.make_board(chosen, Clock.parse(AT.isoformat())).server.test_client()


def test_the_bulletin_says_the_figures_of_its_pack(client: FlaskClient) -> None:
    answer = client.get(f"/papers/{HELD}/bulletin.docx")

    total = ten_days(meetings.pack(HELD, AT).scope)["total"].iloc[0]
    said = "".join(one.text for one in docx.Document(BytesIO(answer.data)).paragraphs)
    assert answer.status_code == 200
    assert total > 0
    assert f"中心共收到各类诉求{total}件" in said


def test_the_annex_has_a_sheet_for_each_part(client: FlaskClient) -> None:
    book = openpyxl.load_workbook(BytesIO(client.get(f"/papers/{HELD}/annex.xlsx").data))

    assert {"回头看", "十天数字", "拟交办"} <= set(book.sheetnames)


@pytest.mark.parametrize(("day", "said"), [("2026-11-25", "没有调度会"), ("tomorrow", "2026-11-26")])
def test_a_day_without_a_meeting_is_refused_with_a_sentence(client: FlaskClient, day: str, said: str) -> None:
    answer = client.get(f"/papers/{day}/bulletin.docx")

    assert answer.status_code == 400
    assert said in answer.text
    assert "Traceback" not in answer.text


def test_sums_that_do_not_agree_make_no_bulletin_but_the_annex(client: FlaskClient, city: Engine) -> None:
    with city.begin() as connection:
        connection.exec_driver_sql("UPDATE cases SET settled_at = received_at, dispatched_at = received_at")

    refused, annex = (client.get(f"/papers/{HELD}/{name}") for name in ("bulletin.docx", "annex.xlsx"))

    assert (refused.status_code, annex.status_code) == (400, 200)
    assert "不相符" in refused.text
