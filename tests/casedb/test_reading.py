import gzip
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from casedb import reading
from casedb.source import BadFile, Source
from tests.casedb.filing import HEAD, TWO, write_file


def open_source(path: Path) -> Source:
    """The source with its rows read and its file closed."""
    source = reading.open_source(path)
    try:
        return replace(source, rows=iter(list(source.rows)))
    finally:
        source.close()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_file_reads_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = write_file(tmp_path, TWO, encoding)

    source = open_source(path)
    rows = list(source.rows)

    assert source.columns == ["id", "received", "channel", "title", "unit"]
    assert [row.number for row in rows] == [2, 3]
    assert rows[0].cells[3:] == ["路灯不亮", "市城管局"]


def test_a_gzipped_file_reads_like_a_plain_one(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(gzip.compress(TWO.encode()))

    assert len(list(open_source(path).rows)) == 2


def test_a_gzip_cut_in_the_middle_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(gzip.compress(TWO.encode())[:-12])

    with pytest.raises(BadFile, match="is not a whole gzip file"):
        open_source(path)


def test_a_row_cut_in_the_middle_carries_its_problem(tmp_path: Path) -> None:
    path = write_file(tmp_path, TWO[: TWO.index(",@宁溪")])

    rows = list(open_source(path).rows)

    assert [row.problem for row in rows] == ["", "has 2 cells instead of 5"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_cut_inside_a_character_loses_its_last_row_only(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes((HEAD + "1,a,b,c,d\n2,a,b,c,市城").encode(encoding)[:-1])

    rows = list(open_source(path).rows)

    assert [row.problem for row in rows] == ["", "the file ends in the middle of a character"]


def test_a_quotation_mark_that_never_closes_is_said_with_its_row(tmp_path: Path) -> None:
    path = write_file(tmp_path, HEAD + '1,a,b,c,d\n2,a,b,"never closed,d\n3,a,b,c,d\n')

    with pytest.raises(BadFile, match="row 3: a quotation mark is never closed"):
        list(open_source(path).rows)


def test_a_blank_line_is_no_row_but_keeps_the_numbers(tmp_path: Path) -> None:
    path = write_file(tmp_path, HEAD + "1,a,b,c,d\n\n2,a,b,c,d\n")

    assert [row.number for row in open_source(path).rows] == [2, 4]


def test_a_renamed_text_file_is_no_workbook(tmp_path: Path) -> None:
    path = write_file(tmp_path, TWO, name="rows.xlsx")

    with pytest.raises(BadFile, match="is named like an Excel workbook but is not one"):
        open_source(path)


def test_a_cut_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    path.write_bytes(b"PK\x03\x04 and nothing more")

    with pytest.raises(BadFile, match="is not a whole Excel workbook"):
        open_source(path)


def test_a_workbook_gives_texts_whole_numbers_and_iso_moments(tmp_path: Path) -> None:
    book = Workbook()
    for row in (
        ["id", "at", "n"],
        [7, datetime(2026, 11, 25, 9, 5), 2.0],
        [None, None, None],
        ["x", None, 2.5],
    ):
        book.active.append(row)
    book.save(tmp_path / "rows.xlsx")

    rows = list(open_source(tmp_path / "rows.xlsx").rows)

    assert [row.cells for row in rows] == [["7", "2026-11-25 09:05:00", "2"], ["x", "", "2.5"]]
    assert [row.number for row in rows] == [2, 4]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"a,a\n1,2\n", "two columns named a"),
        (b"\xff\xff\xff\n", "neither UTF-8 nor GB18030"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel file"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(content)

    with pytest.raises(BadFile, match=sentence):
        open_source(path)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read: no such file"):
        open_source(tmp_path / "nothing.csv")
