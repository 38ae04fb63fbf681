"""The third door: the same arguments and the same refusals as CSV, and a file to keep."""

import io
from collections.abc import Iterator

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from components import words
from pages import data
from tests.builders import HOUR, NOON


@pytest.fixture
def client(city: Engine) -> Iterator[FlaskClient]:
    server = Flask("papers")
    server.register_blueprint(data.make(lambda: NOON))
    server.before_request(lambda: words.use(words.Viewer("zh", "light", False)))
    words.name_centre("宁溪市民声调度中心")
    yield server.test_client()


def test_a_workbook_is_a_file_with_a_name_and_the_address_of_its_moment(client: FlaskClient) -> None:
    answer = client.get("/data/cases/list.xlsx?set=overdue&lang=zh")

    assert answer.status_code == 200
    kept = answer.headers["Content-Disposition"]
    assert kept == 'attachment; filename="cases-list-20261125T1200.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    about = dict(book["说明"].iter_rows(values_only=True, max_col=2))
    assert about["中心"] == "宁溪市民声调度中心"
    assert about["案件范围"] == "超期"
    assert about["同一数据的地址"].endswith("/data/cases/list.xlsx?as_of=2026-11-25T12%3A00%3A00&set=overdue")


def test_codes_are_words_and_names_are_left_alone(client: FlaskClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get("/data/cases/list.xlsx").data))
    heads, *rows = book.worksheets[0].iter_rows(values_only=True)

    states = {row[heads.index("状态")] for row in rows}

    assert "超期" in states
    assert "@坪山" in {row[heads.index("渠道")] for row in rows}


def test_a_list_of_ratings_says_each_rating_when_it_was_given_and_to_whom(client: FlaskClient) -> None:
    heads, *rows = (
        openpyxl.load_workbook(io.BytesIO(client.get("/data/cases/list.xlsx?set=counted").data))
        .worksheets[0]
        .iter_rows(values_only=True)
    )

    first = dict(zip(heads, rows[0], strict=True))

    assert (first["回访时间"], first["评价"], first["谁回访"]) == (NOON - HOUR, "满意", "中心")
    assert {"是否解决", "不满意原因"} <= set(heads)


def test_the_choices_of_a_league_are_said_in_words(client: FlaskClient) -> None:
    answer = client.get("/data/league/table.xlsx?without=mostly,first&group=department&measure=on_time")
    about = dict(openpyxl.load_workbook(io.BytesIO(answer.data))["说明"].iter_rows(values_only=True))

    assert about["单位组别"] == "市直部门"
    assert about["指标"] == "按时办结率"
    assert about["关闭的口径"] == "只看首评、含基本满意"
    assert about["注意"].startswith("分档供研判")


@pytest.mark.parametrize("search", ["set=late", "weather=rain", "unit=nobody", "as_of=2027-01-01", "level=9"])
def test_what_csv_refuses_excel_refuses_in_the_same_words(client: FlaskClient, search: str) -> None:
    csv, xlsx = (client.get(f"/data/cases/list.{kind}?{search}") for kind in ("csv", "xlsx"))

    assert csv.status_code == xlsx.status_code == 400
    assert csv.data == xlsx.data


def test_a_question_that_does_not_exist_is_not_found(client: FlaskClient) -> None:
    assert client.get("/data/intake/by_weather.xlsx").status_code == 404


def test_a_table_that_does_not_fit_is_a_sentence(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papers.excel.MOST_ROWS", 1)

    answer = client.get("/data/cases/list.xlsx")

    assert answer.status_code == 400
    assert answer.text.startswith("这张表写不进 Excel")
