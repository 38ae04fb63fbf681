"""Reading the first sheet of an Excel workbook as rows of text."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import IO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from casedb.source import BadFile, Row, Source, columns_of


def open_workbook(path: Path, content: IO[bytes]) -> Source:
    """The first sheet of a workbook; true dates become ISO text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that hold no data
            sheet = load_workbook(content, read_only=True, data_only=True).worksheets[0]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise BadFile(f"{path} is not a whole Excel workbook.") from error
    lines = enumerate(sheet.iter_rows(values_only=True), start=1)
    header = next(((number, cells) for number, cells in lines if any(cells)), None)
    if header is None:
        raise BadFile(f"{path}: the first sheet is empty.")
    names = [_cell(value) for value in header[1]]
    while names and not names[-1]:
        names.pop()
    read = [header[0]]
    rows = _sheet_rows(lines, len(names), read)
    return Source(
        columns_of(path, names), rows, lambda: min(read[0] / max(sheet.max_row or 1, 1), 1.0), content.close
    )


def _sheet_rows(
    lines: Iterator[tuple[int, tuple[object, ...]]], width: int, read: list[int]
) -> Iterator[Row]:
    for number, values in lines:
        read[0] = number
        cells = [_cell(value) for value in values[:width]]
        if any(cells):
            yield Row(number, cells + [""] * (width - len(cells)))


def _cell(value: object) -> str:
    """A cell of Excel as text: whole numbers without a decimal point, dates and times as ISO text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
