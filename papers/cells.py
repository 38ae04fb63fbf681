"""Cells of a workbook: each value as what it is, a text never as anything but a text."""

import math
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from papers import words

LONGEST = 32_767
"""Characters a cell holds; xlsxwriter would leave a longer text out in silence."""

FIRST_YEAR = 1900
"""Excel knows no earlier day; such a moment is written as text."""

NARROWEST, WIDEST = 6, 60
"""Widths of a column, in characters; a longer text wraps."""

LOOKED_AT = 500
"""Rows a column's width is taken from."""

FORMATS = {
    "head": {"bold": True, "bottom": 1, "valign": "top"},
    "text": {"valign": "top"},
    "guarded": {"valign": "top", "quote_prefix": True},
    "long": {"valign": "top", "text_wrap": True},
    "moment": {"valign": "top", "num_format": "yyyy-mm-dd hh:mm"},
    "date": {"valign": "top", "num_format": "yyyy-mm-dd"},
    "whole": {"valign": "top", "num_format": "#,##0"},
    "decimal": {"valign": "top", "num_format": "#,##0.0"},
    "share": {"valign": "top", "num_format": "0.0%"},
}

STARTS_A_FORMULA = ("=", "+", "-", "@", "'")
"""Marked as typed text, so that opening such a cell to edit it does not turn it into a formula."""


class TooLarge(ValueError):
    """A table that does not fit into a workbook: a sentence in Chinese (`zh`) and English (`en`)."""

    def __init__(self, name: str, **filled: Any) -> None:
        self.zh, self.en = words.both(name, **filled)
        super().__init__(self.en)


def values(column: pd.Series) -> list[Any]:
    """Plain values of a column; None where there is none, and for the empty text."""
    plain = column.astype(object).where(column.notna(), None)
    return [value.item() if hasattr(value, "item") else None if value == "" else value for value in plain]


def width(heading: str, shown: Iterable[Any]) -> int:
    """How wide a column must be for its heading and its values; a Chinese character takes two places."""
    lengths = [_places(heading) + 3, *(_places(_printed(value)) + 1 for value in shown)]
    return min(max(NARROWEST, *lengths), WIDEST)


def _printed(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}"
    return "2026-11-25 09:30" if isinstance(value, datetime) else "" if value is None else str(value)


def _places(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


class Writer:
    """Puts values into the sheets of one workbook; yes and no in the reader's language."""

    def __init__(self, book: Workbook, language: str) -> None:
        self._formats = {name: book.add_format(said) for name, said in FORMATS.items()}
        self._yes_no = {True: words.line("yes", language), False: words.line("no", language)}

    def head(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        sheet.write_string(row, column, text, self._formats["head"])

    def put(self, sheet: Worksheet, row: int, column: int, value: Any, share: bool = False) -> None:
        """One value; nothing where there is none."""
        if value is None:
            return
        if isinstance(value, bool):
            self._text(sheet, row, column, self._yes_no[value])
        elif isinstance(value, date) and value.year >= FIRST_YEAR:
            kind = "moment" if isinstance(value, datetime) else "date"
            sheet.write_datetime(row, column, value, self._formats[kind])
        elif isinstance(value, int | float) and math.isfinite(value):
            kind = "share" if share else "whole" if isinstance(value, int) else "decimal"
            sheet.write_number(row, column, value, self._formats[kind])
        else:
            self._text(sheet, row, column, str(value))

    def _text(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        is_long = "\n" in text or (2 * len(text) > WIDEST and _places(text) > WIDEST)
        kind = "guarded" if text.startswith(STARTS_A_FORMULA) else "long" if is_long else "text"
        sheet.write_string(row, column, text, self._formats[kind])
