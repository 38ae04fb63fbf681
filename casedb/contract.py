"""The contract as a document, written from the tables themselves so that it stays true."""

from collections.abc import Iterator

from sqlalchemy import Boolean, Column, Date, DateTime, Float, Integer, Table, Text

from casedb.tables import metadata

HEAD = """# The contract of the case database

Written by `python -m casedb contract` from `casedb/tables.py`; a test keeps the two equal.
Times are the centre's local civil time without an offset. A field marked * is required.
How to offer your own data as views with these names: connect.md. How to import files: import.md.
"""

KINDS = {
    Boolean: "yes/no",
    DateTime: "moment",
    Date: "day",
    Integer: "whole number",
    Float: "number",
    Text: "long text",
}


def contract() -> str:
    """docs/contract.md: every table with its columns, what they mean and who fills them."""
    return "\n".join([HEAD, *(line for table in metadata.tables.values() for line in _table(table))])


def _table(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    yield f"{table.comment}\n"
    yield "| field | kind | meaning |"
    yield "|---|---|---|"
    yield from (_column(column) for column in table.columns)
    if indexes := sorted(", ".join(column.name for column in index.columns) for index in table.indexes):
        yield f"\nIndexes: {'; '.join(indexes)}.\n"
    else:
        yield ""


def _column(column: Column) -> str:
    name = column.name if column.nullable else f"{column.name} *"
    target = next((key.target_fullname.split(".")[0] for key in column.foreign_keys), "")
    kind = f"→ {target}" if target else _kind(column)
    return f"| {name} | {kind} | {column.comment} |"


def _kind(column: Column) -> str:
    named = next((name for kind, name in KINDS.items() if isinstance(column.type, kind)), "")
    return named or f"text, {getattr(column.type, 'length', '')}"
