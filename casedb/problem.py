"""One kind of fault in the data, and how to select the rows that have it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, select


@dataclass(frozen=True)
class Problem:
    """One kind of fault: an id, a sentence in both languages, and the select of the keys that have it.

    The select has one column, ``key``. ``uses`` are the columns it reads, by table: a database that lacks one
    of them cannot be asked.
    """

    id: str
    zh: str
    en: str
    table: str
    select: Select[Any]
    uses: frozenset[tuple[str, str]]


def key_of(table: Table) -> Column[Any]:
    """The single key column of a table of the contract."""
    return next(iter(table.primary_key.columns))


def problem(
    id: str, zh: str, en: str, table: Table, where: ColumnElement[bool], *others: Column[Any]
) -> Problem:
    """A problem of the rows of ``table`` for which ``where`` is true; ``others`` are columns it reads."""
    found = select(key_of(table).label("key")).where(where).order_by(key_of(table))
    uses = frozenset((column.table.name, column.name) for column in (key_of(table), *others))
    return Problem(id, zh, en, table.name, found, uses)
