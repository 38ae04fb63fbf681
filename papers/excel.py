"""An Excel workbook of one question: the table with typed cells, and a sheet on what it rests on."""

import io
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from papers import cells, facts, words
from papers.cells import TooLarge, Writer
from papers.facts import Reader
from queries import door

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MOST_ROWS = 1_048_575
"""Rows of a sheet below its heading."""

LONGEST_NAME = 31
"""Characters of a sheet's name."""

A4 = 9

EXACT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""A text is never taken for something else: no formula injection, and ``@坪山`` stays ``@坪山``."""


def name(answer: door.Answer) -> str:
    """The file's name: question and moment, as ``league-table-20261125T0930.xlsx``."""
    return f"{answer.question.replace('/', '-')}-{answer.scope.as_of:%Y%m%dT%H%M}.xlsx".replace("_", "-")


def workbook(answer: door.Answer, reader: Reader, address: str) -> bytes:
    """The answer as a workbook for this reader; raises `TooLarge`. ``address`` leads to the same figures."""
    fit(answer.table)
    title = words.title(answer.question, reader.language)[:LONGEST_NAME]
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True, **EXACT}) as book:
        # Excel shows who made a file and when: the centre, and the moment of its figures.
        book.set_properties({"title": title, "company": reader.centre, "created": answer.scope.as_of})
        writer = Writer(book, reader.language)
        table(book.add_worksheet(title), writer, answer, reader)
        about = book.add_worksheet(words.line("sheet", reader.language))
        _about(about, writer, facts.about(answer, reader, address))
    return made.getvalue()


def fit(table: pd.DataFrame) -> None:
    """Raises `TooLarge` where Excel has no room for the rows, or for a text."""
    if len(table) > MOST_ROWS:
        raise TooLarge("too_many", rows=f"{len(table):,}")
    for column in table.select_dtypes(["str", "object"]):
        for row, value in enumerate(table[column], start=2):
            if isinstance(value, str) and len(value) > cells.LONGEST:
                raise TooLarge("too_long", column=column, row=row, length=f"{len(value):,}")


def table(sheet: Worksheet, writer: Writer, answer: door.Answer, reader: Reader, top: int = 0) -> None:
    """The table with its heading in row ``top``, which stays in sight."""
    made = answer.table
    for place, column in enumerate(made):
        _column(sheet, writer, (top, place), str(column), answer, reader)
    last = max(len(made.columns) - 1, 0)
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, top + len(made), last)
    sheet.ignore_errors({"number_stored_as_text": xl_range(top, 0, top + len(made), last)})
    _paper(sheet, top)


def _column(
    sheet: Worksheet,
    writer: Writer,
    at: tuple[int, int],
    column: str,
    answer: door.Answer,
    reader: Reader,
) -> None:
    top, place = at
    heading = words.heading(answer.question, column, reader.language)
    share = words.is_share(answer.question, column)
    shown = [
        reader.word(answer.question, column, value) if isinstance(value, str) else value
        for value in cells.values(answer.table[column])
    ]
    writer.head(sheet, top, place, heading)
    sheet.set_column(place, place, cells.width(heading, shown[: cells.LOOKED_AT]))
    for row, value in enumerate(shown, start=top + 1):
        writer.put(sheet, row, place, value, share)


def _about(sheet: Worksheet, writer: Writer, lines: list[tuple[str, Any]]) -> None:
    for row, (label, value) in enumerate(lines):
        writer.head(sheet, row, 0, label)
        writer.put(sheet, row, 1, value)
    sheet.set_column(0, 0, cells.width("", [label for label, _ in lines]))
    sheet.set_column(1, 1, cells.WIDEST + 20)
    _paper(sheet)


def _paper(sheet: Worksheet, top: int = 0) -> None:
    """Printed as wide as the paper, the heading on every page."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, top)
