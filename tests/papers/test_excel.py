"""A workbook opened again says what the question said, cell by cell."""

import io
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pandas as pd
import pytest
from sqlalchemy import Engine

from papers import excel
from papers.cells import TooLarge
from papers.facts import Reader
from queries import door
from queries.arguments import BadArgument, Scope
from tests.builders import NOON
from tests.papers.conftest import ADDRESS, NAMES, READER, answered, opened

ODD = pd.DataFrame(
    {
        "at": [datetime(2026, 11, 25, 9, 30, 15), None, datetime(1888, 1, 1)],
        "day": [date(2026, 11, 25), None, date(1970, 1, 1)],
        "rate": [0.974, None, 1.0],
        "cases": pd.Series([2193, None, 0], dtype="Int64"),
        "hours_late": [1.25, float("nan"), float("inf")],
        "hidden": pd.Series([True, None, False], dtype="boolean"),
        "title": ["@坪山", "", None],
    }
)


def odd(question: str = "cases/count") -> door.Answer:
    return door.Answer(question, Scope(as_of=NOON), ODD)


def same(cell: Any, value: Any) -> bool:
    """Whether a cell holds the value: moments to the second, yes and no in words, nothing for nothing."""
    if pd.isna(value) or value == "":
        return cell is None
    if isinstance(value, bool):
        return cell == ("是" if value else "否")
    if isinstance(value, datetime):
        return abs(cell - value) < timedelta(seconds=1)
    if isinstance(value, date):
        return cell.date() == value
    return cell == (pytest.approx(value) if isinstance(value, float) else value)


@pytest.mark.parametrize(
    "question",
    ["cases/list", "cases/timeline", "intake/by_channel", "intake/funnel", "league/satisfaction",
     "meetings/calendar", "overdue/by_unit", "queues/windows"],
)  # fmt: skip
def test_the_first_sheet_is_the_table_cell_by_cell(city: Engine, question: str) -> None:
    given = {"case": "c-1"} if question == "cases/timeline" else {}
    answer = answered(question, **given)

    rows = list(opened(answer).worksheets[0].iter_rows(min_row=2, values_only=True))

    expected = answer.table.astype(object).itertuples(index=False)
    wrong = [pair for row, told in zip(rows, expected, strict=True) for pair in zip(row, told, strict=True)]
    assert [pair for pair in wrong if not same(*pair)] == []


def test_names_that_look_like_formulas_arrive_unchanged_as_text(city: Engine) -> None:
    sheet = opened(answered("intake/by_channel")).worksheets[0]
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]

    assert {cell.value for cell in cells} == set(NAMES)
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.value for cell in cells if cell.quotePrefix} == {"@坪山", "=1+1", "+86", "-", "'x"}


def test_values_keep_their_kind_and_what_is_missing_stays_empty() -> None:
    first, missing, last = opened(odd()).worksheets[0].iter_rows(min_row=2)

    assert [cell.value for cell in missing] == [None] * 7
    assert [cell.value for cell in first[2:]] == [0.974, 2193, 1.25, "是", "@坪山"]
    assert abs(first[0].value - datetime(2026, 11, 25, 9, 30, 15)) < timedelta(seconds=1)
    assert [cell.number_format for cell in first[:5]] == [
        "yyyy-mm-dd hh:mm", "yyyy-mm-dd", "0.0%", "#,##0", "#,##0.0"
    ]  # fmt: skip
    assert [last[0].value, last[4].value] == ["1888-01-01 00:00:00", "inf"]


def test_the_heading_is_in_words_stays_in_sight_and_filters() -> None:
    sheet = opened(odd()).worksheets[0]

    assert [cell.value for cell in sheet[1]] == [
        "时间", "日期", "率", "件数", "超期（小时）", "涉密隐去", "诉求"
    ]  # fmt: skip
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:G4"
    assert sheet.print_title_rows == "$1:$1"


def test_a_column_without_a_word_keeps_its_name() -> None:
    answer = door.Answer("cases/count", Scope(as_of=NOON), pd.DataFrame({"weather": ["晴"]}))

    assert opened(answer).worksheets[0]["A1"].value == "weather"


def test_codes_are_said_in_the_words_of_the_reader() -> None:
    table = pd.DataFrame({"tier": ["worse"], "unit": ["worse"]})
    reader = Reader("en", "Centre", lambda _, column, code: "Clearly behind" if column == "tier" else code)

    sheet = opened(door.Answer("cases/count", Scope(as_of=NOON), table), reader).worksheets[0]

    assert [cell.value for cell in sheet[2]] == ["Clearly behind", "worse"]


@pytest.mark.parametrize(("database", "language"), [("empty", "zh"), ("city", "en")])
def test_every_public_question_can_be_taken_away(
    database: str, language: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(database)
    for question in door.questions():
        answer = asked_with_what_it_needs(question, database)
        assert answer or database == "empty", question
        if answer:
            assert len(opened(answer, Reader(language, "中心")).sheetnames) == 2, question


def asked_with_what_it_needs(question: str, database: str) -> door.Answer | None:
    """The answer; a question about one case or one unit is asked about the first there is, if any."""
    unit = "" if database == "empty" else str(answered("overdue/by_unit").table["unit_id"].iloc[0])
    for given in ({}, {"case": "c-1"}, {"unit": unit}):
        try:
            return answered(question, **given)
        except BadArgument as problem:
            assert problem.name in ("case", "unit"), question
    return None


def test_the_file_is_named_after_the_question_and_its_moment() -> None:
    answer = door.Answer("overdue/by_unit", Scope(as_of=NOON), ODD)

    assert excel.name(answer) == "overdue-by-unit-20261125T1200.xlsx"


def test_the_same_moment_gives_the_same_file() -> None:
    once, again = (openpyxl.load_workbook(io.BytesIO(excel.workbook(odd(), READER, ADDRESS))) for _ in "ab")

    assert once.properties.created == again.properties.created == NOON
    assert once.properties.title == "案件数"


def test_a_text_too_long_for_a_cell_is_refused_in_both_languages() -> None:
    table = pd.DataFrame({"body": ["短", "长" * 32_768]})

    with pytest.raises(TooLarge) as raised:
        opened(door.Answer("cases/count", Scope(as_of=NOON), table))

    assert "32,768" in raised.value.zh
    assert "body in row 3 has 32,768" in raised.value.en


def test_a_text_that_just_fits_arrives_whole() -> None:
    table = pd.DataFrame({"body": ["长" * 32_767]})

    sheet = opened(door.Answer("cases/count", Scope(as_of=NOON), table)).worksheets[0]

    assert sheet["A2"].value == "长" * 32_767


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MOST_ROWS", 2)

    with pytest.raises(TooLarge, match="there are 3"):
        opened(odd())
