"""Importing a file by a map, in one transaction: every row of it is imported or rejected with a reason."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Table

from casedb import store, writing
from casedb.block import Block, holds
from casedb.cleaning import cleaned
from casedb.mapping import Map
from casedb.naming import Names
from casedb.reading import open_source
from casedb.references import Parents
from casedb.shaping import rows_with_key, table_rows
from casedb.source import BadFile, Row, Source
from casedb.tables import metadata

ROWS_AT_ONCE = 5_000

Shaped = writing.Row | None
"""What one row of the file gives one table; none: nothing."""

Progress = Callable[[float, int], None]
"""Told after every block: the share of the file that has been read, and the rows so far."""


@dataclass
class Account:
    """What became of a file: rows read = rows imported + rows rejected (row number, reason)."""

    read: int = 0
    imported: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)
    repairs: Counter[str] = field(default_factory=Counter)
    tables: dict[str, writing.Counts] = field(default_factory=dict)

    def of(self, table: Table) -> writing.Counts:
        """The counts of one table."""
        return self.tables.setdefault(table.name, writing.Counts())


def import_file(path: Path, made: Map, url: str, progress: Progress = lambda *_: None) -> Account:
    """Import a file; BadFile or store.Unusable, and nothing written, where that is not possible."""
    file = store.sqlite_path(store.parse(url))
    was_there = file is None or file.exists()
    with closing(open_source(path)) as source:
        _require_columns(path, source, made)
        try:
            return _import(source, made, url, progress)
        except BaseException:
            if file and not was_there:
                _remove(file)
            raise


def _import(source: Source, made: Map, url: str, progress: Progress) -> Account:
    engine = store.open_engine(url)
    try:
        with store.clear(engine.url), engine.begin() as connection:
            store.create_in(connection)
            job = Import(connection, made)
            while rows := list(islice(source.rows, ROWS_AT_ONCE)):
                job.block(source.columns, rows)
                progress(source.share(), job.account.read)
        return job.account
    finally:
        engine.dispose()


class Import:
    """One import under way: its transaction, its map, and the account so far."""

    def __init__(self, connection: Connection, made: Map) -> None:
        self.account = Account()
        self._connection = connection
        self._map = made
        self._names = Names(made.names)
        self._parents = Parents(connection, made)
        self._keys: dict[tuple[str, str], int] = {}

    def block(self, columns: list[str], rows: list[Row]) -> None:
        """Import some rows of the file."""
        self.account.read += len(rows)
        block = self._cells(columns, rows)
        shaped = {table: self._shape(table, block) for table in self._tables()}
        for table, made in shaped.items():
            self._reject_repeated(table, made, block)
        self._parents.reject_orphans(shaped, block)
        self._write(shaped, block)

    def _tables(self) -> Iterator[Table]:
        return (table for table in metadata.sorted_tables if table.name in self._map.tables)

    def _shape(self, table: Table, block: Block) -> list[Shaped]:
        """The first table of a map has a row for every row of the file, a further one where it has a key."""
        shape = table_rows if table.name == next(iter(self._map.tables)) else rows_with_key
        return list(shape(table, self._map.tables[table.name], block, self._map, self._names))

    def _cells(self, columns: list[str], rows: list[Row]) -> Block:
        """The rows that are whole and that the map does not turn away, cleaned, by column."""
        kept = [row for row in rows if self._keep(row, columns)]
        needed = {column for column, _ in self._map.needs()}
        cells = {name: [row.cells[columns.index(name)] for row in kept] for name in sorted(needed)}
        repairs = self.account.repairs
        tidy = {name: cleaned(texts, self._map.clean, repairs) for name, texts in cells.items()}
        return Block([row.number for row in kept], tidy, repairs)

    def _keep(self, row: Row, columns: list[str]) -> bool:
        reason = row.problem
        for condition, why in [] if reason else self._map.reject:
            if holds(condition, [row.cells[columns.index(condition.column)].strip()])[0]:
                reason = why
        if reason:
            self.account.rejected.append((row.number, reason))
        return not reason

    def _reject_repeated(self, table: Table, rows: list[Shaped], block: Block) -> None:
        """The first row of a key counts; a later one with the same key is rejected."""
        key = writing.key_column(table).name
        for place, row in enumerate(rows):
            if row is None or place in block.problems:
                continue
            first = self._keys.setdefault((table.name, row[key]), block.numbers[place])
            if first != block.numbers[place]:
                block.reject(place, f"{key} {row[key]} is already that of row {first}")

    def _write(self, shaped: dict[Table, list[Shaped]], block: Block) -> None:
        for name, fresh in self._names.take().items():
            table = metadata.tables[name]
            writing.add_missing(self._connection, table, fresh, self.account.of(table))
        for table, rows in shaped.items():
            good = [row for place, row in enumerate(rows) if row and place not in block.problems]
            writing.upsert(self._connection, table, good, self.account.of(table))
        rejected = [(block.numbers[place], reason) for place, reason in block.problems.items()]
        self.account.rejected.extend(rejected)
        self.account.rejected.sort()
        self.account.imported += len(block.numbers) - len(rejected)


def _require_columns(path: Path, source: Source, made: Map) -> None:
    for column, user in made.needs():
        if column not in source.columns:
            there = ", ".join(name for name in source.columns[:30] if name)
            raise BadFile(f"{path} has no column {column!r}, which {user} needs; it has {there}.")


def _remove(file: Path) -> None:
    """Take away a SQLite file that a failed import made."""
    for name in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        name.unlink(missing_ok=True)
