"""Rows of a question, one after the other, by the names of their columns."""

from collections.abc import Iterator
from typing import Any

import pandas as pd


def each(table: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples; what a column holds is the question's promise, not the type checker's."""
    yield from table.itertuples()


def first(table: pd.DataFrame) -> Any:
    """The first row, or None."""
    return next(each(table), None)
