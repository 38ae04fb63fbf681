"""Reading a file of rows, CSV or Excel, gzipped or not, whatever its encoding, as rows of text."""

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from casedb.excel import open_workbook
from casedb.source import BadFile, Row, Source, columns_of

ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order; GB18030 reads almost any bytes, so it comes last."""

CHUNK = 1 << 20


def open_source(path: Path) -> Source:
    """The rows of a CSV or Excel file, either of them gzipped if it likes; BadFile says why not."""
    try:
        with _unzipped(path) as file:
            start = file.read(8)
        if start[:4] == b"\xd0\xcf\x11\xe0":
            raise BadFile(f"{path} is an old Excel file (.xls): save it as .xlsx or CSV.")
        is_excel = start[:2] == b"PK"
        if path.name.removesuffix(".gz").lower().endswith((".xlsx", ".xlsm")) and not is_excel:
            raise BadFile(
                f"{path} is named like an Excel workbook but is not one; is it a renamed text file?"
            )
        return open_workbook(path, _whole(path)) if is_excel else _csv(path)
    except (EOFError, zlib.error) as error:
        raise BadFile(f"{path} is not a whole gzip file; is it cut off?") from error
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from error


def _unzipped(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast(IO[bytes], gzip.open(path)) if packed else path.open("rb")


def _whole(path: Path) -> IO[bytes]:
    with _unzipped(path) as file:
        return io.BytesIO(file.read())


def _encoding(path: Path) -> tuple[str, bool]:
    """The encoding of a text file, and whether the file ends in the middle of a character."""
    for name in ENCODINGS:
        decoder = codecs.getincrementaldecoder(name)()
        try:
            with _unzipped(path) as file:
                while chunk := file.read(CHUNK):
                    decoder.decode(chunk)
        except UnicodeDecodeError:
            continue
        return name, bool(decoder.getstate()[0])
    raise BadFile(f"{path} is neither UTF-8 nor GB18030 text; save it as UTF-8 CSV.")


def _csv(path: Path) -> Source:
    encoding, is_cut = _encoding(path)
    raw = path.open("rb")
    plain = gzip.GzipFile(fileobj=raw) if raw.peek(2)[:2] == b"\x1f\x8b" else raw
    text = io.TextIOWrapper(plain, encoding=encoding, errors="ignore", newline="")
    size = max(path.stat().st_size, 1)

    def close() -> None:
        text.close()
        raw.close()

    try:
        records = _records(path, text)
        header = next(records, (1, []))[1]
        if not header:
            raise BadFile(f"{path} is empty.")
        columns = columns_of(path, header)
    except BadFile:
        close()
        raise
    return Source(columns, _rows(records, len(columns), is_cut), lambda: raw.tell() / size, close)


def _records(path: Path, text: IO[str]) -> Iterator[tuple[int, list[str]]]:
    """Numbered records, blank lines left out; a quotation mark that never closes ends the import."""
    number = 0
    try:
        for number, cells in enumerate(csv.reader(text, strict=True), start=1):
            if cells:
                yield number, cells
    except csv.Error as error:
        raise BadFile(
            f"{path}, row {number + 1}: a quotation mark is never closed or stands in a wrong place "
            f"({error}); is the file cut off?"
        ) from error


def _rows(records: Iterator[tuple[int, list[str]]], width: int, is_cut: bool) -> Iterator[Row]:
    """Each record as a Row; too few or too many cells are its problem, and so is a cut last character."""
    last: Row | None = None
    for number, cells in records:
        if last:
            yield last
        problem = "" if len(cells) == width else f"has {len(cells)} cells instead of {width}"
        last = Row(number, cells, problem)
    if last:
        yield Row(last.number, last.cells, "the file ends in the middle of a character") if is_cut else last
