"""Does a database have the tables, columns and indexes of the contract?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Inspector, Table

from casedb.tables import metadata

Columns = dict[str, set[str]]
"""The names of the columns that each table or view of the contract really has."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: its id, a sentence in both languages, how often, and the first examples."""

    id: str
    table: str
    zh: str
    en: str
    count: int
    examples: list[str]


def columns_of(inspector: Inspector) -> Columns:
    """The columns of each table or view of the contract that the database has."""
    names = {*inspector.get_table_names(), *inspector.get_view_names()}
    present = [name for name in metadata.tables if name in names]
    return {name: {column["name"] for column in inspector.get_columns(name)} for name in present}


def missing(there: Columns) -> Iterator[Finding]:
    """Tables and columns of the contract that the database lacks."""
    gone = [name for name in metadata.tables if name not in there]
    if gone:
        yield Finding(
            "missing_tables", "", "缺少的表", "tables of the contract are missing", len(gone), sorted(gone)
        )
    for name, columns in there.items():
        lacking = [column.name for column in metadata.tables[name].columns if column.name not in columns]
        if lacking:
            yield Finding(
                f"{name}.missing_columns", name, "缺少的列", "columns are missing", len(lacking), lacking
            )


def missing_indexes(inspector: Inspector, there: Columns) -> Iterator[Finding]:
    """Indexes of the contract that a table lacks; a view has none, its tables are not ours to judge."""
    for name in sorted(set(inspector.get_table_names()) & set(there)):
        found = [list(index["column_names"]) for index in inspector.get_indexes(name)]
        found.append(list(inspector.get_pk_constraint(name)["constrained_columns"]))
        lacking = [
            label for label, columns in _indexes(metadata.tables[name]) if not _covered(columns, found)
        ]
        if lacking:
            yield Finding(
                f"{name}.missing_indexes", name, "缺少的索引", "indexes are missing", len(lacking), lacking
            )


def _indexes(table: Table) -> list[tuple[str, list[str]]]:
    named = ((str(index.name), [column.name for column in index.columns]) for index in table.indexes)
    return sorted(named)


def _covered(wanted: list[str], found: list[Any]) -> bool:
    return any(columns[: len(wanted)] == wanted for columns in found)
