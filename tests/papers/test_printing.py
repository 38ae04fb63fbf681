"""The PDF: in Chinese faces of this machine, or not at all; and the command that writes the papers."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from typer.testing import CliRunner

from casedb import tables
from papers import official, printing, webpage
from papers.__main__ import app
from papers.bulletin import Imprint, word
from papers.official import Fonts
from tests.papers import batch27
from tests.papers.test_sentences import sheets

NOTO = {"Noto Serif CJK SC", "Noto Sans CJK SC"}


@pytest.fixture
def city(empty: Engine) -> Iterator[Engine]:
    batch27.build(empty)
    yield empty


def run(engine: Engine, folder: Path, *more: str, day: str = "2019-07-08"):
    """The command as a person calls it."""
    url = engine.url.render_as_string(hide_password=False)
    clock = ["--clock", "2019-07-08T09:00"]
    return CliRunner().invoke(app, [day, "--folder", str(folder), "--database", url, *clock, *more])


def test_the_faces_of_the_standard_are_taken_where_they_are_installed() -> None:
    known = {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", *NOTO}

    assert printing.faces(known) == Fonts()
    assert printing.substitutions(Fonts()) == ""


def test_what_stands_in_for_a_missing_face_is_said() -> None:
    fonts = printing.faces(NOTO | {"FangSong"})

    assert (fonts.body, fonts.title, fonts.first) == ("FangSong", "Noto Serif CJK SC", "Noto Sans CJK SC")
    assert "以 FangSong 代仿宋_GB2312" in printing.substitutions(fonts)


def test_without_a_chinese_face_there_is_a_sentence_and_no_boxes() -> None:
    with pytest.raises(printing.CannotPrint, match="没有中文字体") as refused:
        printing.faces({"DejaVu Sans", "Liberation Serif"})

    assert "boxes" in refused.value.en


MAKERS = printing.Makers(
    lambda fonts, note: word(sheets(), Imprint(), fonts, note),
    lambda fonts, note: webpage.html(sheets(), Imprint(), fonts, note),
)


def said(made: bytes, path: Path) -> tuple[str, str]:
    """The faces and the words of a PDF, as poppler reads them."""
    path.write_bytes(made)
    asked = (["pdffonts", str(path)], ["pdftotext", str(path), "-"])
    fonts, text = (subprocess.run(one, capture_output=True, text=True, check=True).stdout for one in asked)
    return fonts, "".join(text.split())


@pytest.fixture(params=["soffice", "chromium"])
def only(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The one program of this machine that prints; an office program is asked before a browser is."""
    program: str = request.param
    known = {name: shutil.which(name) for name in (program, "fc-list", "pdffonts", "pdftotext")}
    missing = [name for name, path in known.items() if not path]
    if missing:
        pytest.skip(f"no {missing[0]} on this machine")
    if program == "chromium":
        (tmp_path / "bin").mkdir()
        for name, path in known.items():
            (tmp_path / "bin" / name).symlink_to(Path(path or "").resolve())
        monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return program


def test_the_pdf_has_its_faces_in_it_and_the_words_of_the_bulletin(
    city: Engine, tmp_path: Path, only: str
) -> None:
    made = printing.printed(MAKERS)

    assert made is not None
    assert (printing.printer() is None) == (only == "chromium")
    fonts, text = said(made, tmp_path / "paper.pdf")
    assert fonts.splitlines()[2:]
    assert all(line.split()[-5] == "yes" for line in fonts.splitlines()[2:])
    assert batch27.SENTENCE in text


def test_the_command_writes_word_and_excel_and_says_where(city: Engine, tmp_path: Path) -> None:
    told = run(city, tmp_path / "papers")

    assert told.exit_code == 0, told.output
    names = {path.name for path in (tmp_path / "papers").iterdir()}
    assert {"十天一通报-2019-07-08.docx", "十天一通报-2019-07-08.xlsx"} <= names
    assert all(name in told.output for name in names)


def test_without_a_printer_one_line_says_that_the_pdf_is_skipped(
    city: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("CHROMIUM", raising=False)

    told = run(city, tmp_path / "papers")

    assert told.exit_code == 0
    assert "跳过 PDF" in told.output
    assert not list((tmp_path / "papers").glob("*.pdf"))


def test_a_sum_that_does_not_agree_refuses_the_word_file_with_a_sentence(
    city: Engine, tmp_path: Path
) -> None:
    with city.begin() as connection:
        connection.execute(update(tables.channels).values(name="短信电话", is_call=True))

    told = run(city, tmp_path)

    assert told.exit_code == 2
    assert "渠道相符不成立" in told.output
    assert not list(tmp_path.glob("*.docx"))


@pytest.mark.parametrize(
    ("day", "said"),
    [("2019-07-01", "没有调度会"), ("morgen", "不能是“morgen”"), ("2019-13-40", "会议日期应写作")],
)
def test_a_day_without_a_meeting_is_a_sentence(city: Engine, tmp_path: Path, day: str, said: str) -> None:
    told = run(city, tmp_path / "papers", day=day)

    assert (told.exit_code, said in told.output) == (2, True)
    assert not (tmp_path / "papers").exists()


def test_a_database_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    told = CliRunner().invoke(
        app, ["2019-07-08", "--folder", str(tmp_path), "--database", f"sqlite:///{tmp_path}/no.db"]
    )

    assert told.exit_code == 2
    assert "案件库文件不存在" in told.output


@pytest.mark.skipif(
    not (printing.printer() and shutil.which("pdftotext")),
    reason="no LibreOffice and poppler on this machine",
)
def test_a_page_of_text_has_22_lines_of_28_characters() -> None:
    def full(fonts: Fonts, _note: str) -> bytes:
        paper = official.paper(fonts)
        official.write(paper.add_paragraph(), "民" * 28 * 22 * 2, fonts.body)
        made = io.BytesIO()
        paper.save(made)
        return made.getvalue()

    made = printing.printed(printing.Makers(full, lambda _fonts, _note: ""))

    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True)
    pages = told.stdout.decode().split("\f")[:2]
    lines = [[line.strip() for line in page.splitlines() if "民" in line] for page in pages]
    assert [len(page) for page in lines] == [22, 22]
    assert {len(line) for page in lines for line in page} == {28}
