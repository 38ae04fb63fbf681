"""What a workbook says, in both languages: headings, titles, the lines of its second sheet (words.toml)."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).with_name("words.toml")

LANGUAGES = ("zh", "en")


@cache
def texts() -> dict[str, dict[str, list[str]]]:
    """Sections of the file: name → words, each in Chinese and English."""
    return tomllib.loads(HERE.read_text(encoding="utf-8"))


def heading(question: str, column: str, language: str) -> str:
    """What a column is called; one without a word keeps its name."""
    return _said(_column(question, column), language) or column


def is_share(question: str, column: str) -> bool:
    """Whether a column holds fractions, which are read as per cent."""
    return "share" in _column(question, column)[2:]


def title(question: str, language: str) -> str:
    """What a question is called; one without a word keeps its name."""
    return _said(texts()["questions"].get(question, []), language) or question.replace("/", " ")


def measure(question: str) -> str | None:
    """The measure that defines what a question answers."""
    return next(iter(texts()["questions"].get(question, [])[2:]), None)


def definition(question: str, language: str) -> str:
    """What a question answers, where no measure defines it."""
    return _said(texts()["definitions"].get(question, []), language)


def line(name: str, language: str, **filled: Any) -> str:
    """A line of the second sheet, filled."""
    return _said(texts()["about"][name], language).format(**filled)


def both(name: str, **filled: Any) -> tuple[str, str]:
    """The same line in Chinese and in English."""
    zh, en = (line(name, language, **filled) for language in LANGUAGES)
    return zh, en


def argument(name: str, language: str) -> str:
    """What an argument of a question is called."""
    return _said(texts()["filters"].get(name, []), language) or name


def _column(question: str, column: str) -> list[str]:
    here = texts().get(f"columns.{question}", {})
    return here.get(column) or texts()["columns"].get(column, [])


def _said(pair: list[str], language: str) -> str:
    return pair[LANGUAGES.index(language)] if pair else ""
