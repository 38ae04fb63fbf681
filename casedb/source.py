"""What an importer gets to read: an open file as numbered rows of text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


class BadFile(Exception):
    """The file cannot be read; the message is one sentence naming the culprit."""


@dataclass(frozen=True)
class Row:
    """One record: its number as a spreadsheet shows it (the header is 1), its cells, or its problem."""

    number: int
    cells: list[str]
    problem: str = ""


@dataclass(frozen=True)
class Source:
    """An open file: its column names, its rows, the share read so far (0 to 1), and how to close it."""

    columns: list[str]
    rows: Iterator[Row]
    share: Callable[[], float]
    close: Callable[[], None]


def columns_of(path: Path, header: list[str]) -> list[str]:
    """The names of the columns, trimmed; two of the same name cannot be told apart."""
    names = [name.strip() for name in header]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise BadFile(f"{path} has two columns named {twice[0]}.")
    return names
