"""The papers of a meeting to take away: /papers/<day>/bulletin.docx, bulletin.pdf, annex.xlsx."""

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import quote

from flask import Blueprint, Response

from components import words
from papers import annex, bulletin, printing
from papers.bulletin import Imprint
from papers.cells import TooLarge
from papers.gathering import Disagreeing, Sheets, gather
from papers.pdf import pdf
from queries.arguments import BadArgument, refuse
from queries.database import DatabaseDown
from queries.meetings_pack import pack

Moment = Callable[[], datetime]


class Paper(NamedTuple):
    """How a paper is made of the sheets, and what kind of file it is."""

    make: Callable[[Sheets, Imprint], bytes]
    media: str


def _printed(sheets: Sheets, imprint: Imprint) -> bytes:
    """Raises CannotPrint where nothing here prints, or a Chinese font is missing."""
    body = pdf(sheets, imprint)
    if body is None:
        raise printing.CannotPrint(
            "本机没有 LibreOffice 或 Chromium，不能生成 PDF；请下载 Word 后打印。",
            "There is no LibreOffice or Chromium here to make a PDF; take the Word file and print that.",
        )
    return body


PAPERS = {
    "bulletin.docx": Paper(
        bulletin.word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ),
    "bulletin.pdf": Paper(_printed, "application/pdf"),
    "annex.xlsx": Paper(
        lambda sheets, imprint: annex.workbook(sheets, imprint.centre),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


def make(moment: Moment) -> Blueprint:
    """The routes of the papers; ``moment`` gives the board's own moment."""
    routes = Blueprint("papers", __name__)

    @routes.get("/papers/<day>/<any('bulletin.docx', 'bulletin.pdf', 'annex.xlsx'):name>")
    def paper(day: str, name: str) -> Response:
        sheets = gather(pack(_day(day), moment()))
        imprint = Imprint(words.centre(), with_english=words.language() == "en")
        body = PAPERS[name].make(sheets, imprint)
        called = quote(bulletin.file_name(sheets, name.rsplit(".", 1)[1]))
        kept = {"Content-Disposition": f"attachment; filename*=UTF-8''{called}"}
        return Response(body, headers=kept, content_type=PAPERS[name].media)

    for problem in (BadArgument, TooLarge, Disagreeing, printing.CannotPrint):
        routes.register_error_handler(problem, lambda found: (_said(found), 400))
    routes.register_error_handler(DatabaseDown, lambda found: (_said(found), 503))
    return routes


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise refuse("day", text, "请写成 2026-11-26", "write it as 2026-11-26") from None


def _said(problem: Exception) -> Response:
    """The problem's sentence, in the reader's language first."""
    both = [problem.zh, problem.en]  # type: ignore[attr-defined]
    lines = both if words.language() == "zh" else both[::-1]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
