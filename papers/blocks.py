"""What a paper consists of, before it is Word: headings, paragraphs and tables of plain text."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (一、), 2 （一） or 3 (1.); the number is part of the text."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body, its first line two characters in; ``lead`` is said in bold Kaiti first."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of text below a heading row; ``widths`` in millimetres, ``left`` the columns that are words."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    left: Sequence[int] = (0,)


Block = Heading | Paragraph | Table

NUMERALS = "一二三四五六七八九十"


def numbered(place: int) -> str:
    """``一``, ``二`` … for the n-th heading, from 1."""
    return NUMERALS[place - 1]
