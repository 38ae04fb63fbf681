"""References of imported rows to rows that must be there already, such as the case of a callback."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Column, Connection, Table

from casedb.block import Block
from casedb.mapping import Map
from casedb.tables import metadata
from casedb.vetting import NAMED, refers_to
from casedb.writing import Row, existing_keys, key_column


class Parents:
    """Which keys can be referred to: those in the database, and those of earlier rows of this import."""

    def __init__(self, connection: Connection, made: Map) -> None:
        self._connection = connection
        self._made = {name: set[str]() for name in made.tables}

    def reject_orphans(self, shaped: Mapping[Table, Sequence[Row | None]], block: Block) -> None:
        """Reject the rows of a block that refer to what is not there."""
        for table, rows in shaped.items():
            present = {place: row for place, row in enumerate(rows) if row is not None}
            first = next(iter(present.values()), {})
            fields = [name for name in first if _must_be_there(table.columns[name])]
            known = {name: self._known(table.columns[name], present.values()) for name in fields}
            for place, row in present.items():
                self._check(table, row, place, known, block)

    def _check(self, table: Table, row: Row, place: int, known: Mapping[str, set[str]], block: Block) -> None:
        for name, keys in known.items():
            target, value = refers_to(table.columns[name]), row[name]
            if value is not None and value not in keys and value not in self._made.get(target, ()):
                block.reject(place, f"{name}: there is no {value!r} in {target}, nor in an earlier row")
        if place not in block.problems:
            self._made[table.name].add(row[key_column(table).name])

    def _known(self, column: Column, rows: Iterable[Row]) -> set[str]:
        target = metadata.tables[refers_to(column)]
        wanted = {row[column.name] for row in rows} - {None} - self._made.get(target.name, set())
        return existing_keys(self._connection, key_column(target), wanted)


def _must_be_there(column: Column) -> bool:
    """A reference to a table whose rows are not made from names."""
    return bool(column.foreign_keys) and refers_to(column) not in NAMED
