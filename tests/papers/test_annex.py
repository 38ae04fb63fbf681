"""The annex opened again says what each question said at the same moment."""

import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl import Workbook
from sqlalchemy import Engine

from papers import annex, words
from papers.gathering import Sheets, gather
from queries.meetings_pack import pack
from tests.papers import batch27

CENTRE = "宁溪市民声调度中心"


@pytest.fixture
def sheets(empty: Engine) -> Iterator[Sheets]:
    batch27.build(empty)
    yield gather(pack(date(2019, 7, 8), datetime(2019, 7, 6, 9)))


@pytest.fixture
def book(sheets: Sheets) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(annex.workbook(sheets, CENTRE)))


def same(cell: Any, value: Any) -> bool:
    """Whether a cell holds the value of the question; codes are said in words, and not compared here."""
    if value is None or pd.isna(value) or value == "":
        return cell is None
    if isinstance(value, bool):
        return cell == ("是" if value else "否")
    if isinstance(value, datetime):
        return abs(cell - value) < timedelta(seconds=1)
    if isinstance(value, date):
        return cell.date() == value
    return isinstance(value, str) or cell == pytest.approx(value)


def last_day(limit: Any) -> Any:
    """A limit of 00:00 is printed as the day before."""
    is_midnight = not pd.isna(limit) and limit == limit.normalize()
    return limit - timedelta(days=1) if is_midnight else limit


def test_every_sheet_is_its_question_cell_by_cell(sheets: Sheets, book: Workbook) -> None:
    turned = {*annex.TURNED, "meetings/identities"}
    plain = {name: question for name, question in annex.SHEETS.items() if question not in turned}

    for name, question in plain.items():
        rows = list(book[name].iter_rows(min_row=annex.TOP + 2, values_only=True))
        table = sheets[question].astype(object)
        assert len(rows) == len(table), name
        wrong = [
            (column, *pair) for row, told in zip(rows, table.itertuples(index=False), strict=True)
            for column, *pair in zip(table, row, told, strict=True)
            if not same(pair[0], last_day(pair[1]) if column in annex.LIMITS else pair[1])
        ]  # fmt: skip
        assert wrong == [], name


def test_the_ten_days_are_a_figure_a_line(sheets: Sheets, book: Workbook) -> None:
    told = dict(book["十天数字"].iter_rows(min_row=annex.TOP + 2, values_only=True))

    figures = sheets.figures
    assert {name for name in figures if words.heading("meetings/ten_days", name, "zh") not in told} == set()
    assert all(same(told[words.heading("meetings/ten_days", n, "zh")], value) for n, value in figures.items())


def test_the_sums_are_written_out(sheets: Sheets, book: Workbook) -> None:
    rows = list(book["三式相符"].iter_rows(min_row=annex.TOP + 2, values_only=True))

    assert [row[:4] for row in rows] == [
        (name, row.left, row.right, "是")
        for name, row in zip(
            ("渠道相符", "受理相符", "存量相符"), sheets["meetings/identities"].itertuples(), strict=True
        )
    ]
    assert "上期结转 316" in rows[2][5]


def test_every_sheet_says_its_window_moment_and_rules_and_keeps_its_heading(book: Workbook) -> None:
    for name in annex.SHEETS:
        sheet = book[name]
        assert "规则手册第 1 版" in sheet["A2"].value, name
        assert "数据止于 2019-07-" in sheet["A2"].value, name
        assert "按 2019-07-06 09:00 推算" in sheet["A2"].value, name
        assert sheet["A2"].value.endswith("草稿"), name
        assert sheet.freeze_panes == f"A{annex.TOP + 2}", name
    assert "窗口 2019-06-26 00:00 至 2019-07-08 00:00（不含）" in book["十天数字"]["A2"].value
    assert "窗口 不限" in book["超期最久"]["A2"].value


def test_the_definitions_say_every_measure_and_the_age_of_the_data(book: Workbook) -> None:
    lines = dict(book[annex.DEFINITIONS].iter_rows(max_col=2, values_only=True))

    assert lines["单位"] == CENTRE
    assert lines["会议"] == "第 27 次调度会，2019-07-08"
    assert lines["状态"].startswith("草稿（尚未截数），数据止于 2019年7月")
    assert {"数据时刻", "最新记录", "规则手册", "按时办结率", "表：三式相符"} <= set(lines)


def test_every_heading_is_in_words(sheets: Sheets) -> None:
    unsaid = {
        f"{answer.question}.{column}"
        for answer in sheets.answers.values()
        for column in answer.table
        if words.heading(answer.question, str(column), "zh") == column
    }

    assert unsaid == set()
