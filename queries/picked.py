"""Rows picked by their numbers, however many: written into the statement, which takes only so many values."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, false


def picked(column: ColumnElement[Any], numbers: Iterable[str]) -> ColumnElement[bool]:
    """The column is one of these codes."""
    wanted = sorted(set(numbers))
    if not wanted:
        return false()
    return column.in_(bindparam(None, wanted, String, unique=True, expanding=True, literal_execute=True))
