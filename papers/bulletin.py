"""The bulletin of ten days (十天一通报) as a Word file that can be edited: 报头, title, sections, 报尾."""

import io
from dataclasses import dataclass
from datetime import timedelta

from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from papers import english, grids, official
from papers.blocks import Heading, Paragraph, Table
from papers.figures import at, day, full_day, short
from papers.gathering import Sheets
from papers.official import FOOT, RED, SMALL, TITLE, WIDTH, Fonts
from papers.sections import all_blocks

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

NAME = "十天一通报"

REPORTED = {
    "报": "市委、市政府负责同志。",
    "送": "市纪委监委、市委督查室、市政府督查室。",
    "发": "各乡镇（街道），市直各单位，公共服务单位。",
}
"""Whom the bulletin goes to (N28); the centre edits it in Word."""


@dataclass(frozen=True)
class Imprint:
    """What the paper says of itself: the centre, its short mark in the number, copies (empty: left blank)."""

    centre: str = "民声调度中心"
    mark: str = "民声通报"
    copies: int | None = None
    with_english: bool = False


def file_name(sheets: Sheets, kind: str) -> str:
    """``十天一通报-2026-11-26.docx``; a draft says so, and that the data are not complete."""
    draft = "" if sheets.pack.is_closed else "-草稿"
    torn = "-数据未齐" if sheets.stopped_at else ""
    return f"{NAME}-{sheets.pack.meeting.actual:%Y-%m-%d}{draft}{torn}.{kind}"


def word(sheets: Sheets, imprint: Imprint, fonts: Fonts | None = None, note: str = "") -> bytes:
    """The bulletin as a Word file; ``note`` is said at its very end.

    Raises Disagreeing where a sum of the ten days does not hold.
    """
    sheets.agree()
    fonts = fonts or Fonts()
    paper = official.paper(fonts)
    _properties(paper, sheets, imprint)
    _head(paper, sheets, imprint, fonts)
    _title(paper, sheets, fonts)
    _body(paper, sheets, fonts)
    _tail(paper, sheets, imprint, fonts, note)
    if imprint.with_english:
        english.page(paper, sheets)
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()


def number(sheets: Sheets, imprint: Imprint) -> str:
    """``民声通报〔2026〕36号``; an unnumbered meeting leaves room for it."""
    meeting = sheets.pack.meeting
    return f"{imprint.mark}〔{meeting.actual.year}〕{meeting.number or '　'}号"


def issue(sheets: Sheets, imprint: Imprint) -> str:
    """``第36期　民声通报〔2026〕36号``."""
    return f"第{sheets.pack.meeting.number or '　'}期　{number(sheets, imprint)}"


def issued(sheets: Sheets) -> str:
    """The day it is issued: that of the meeting."""
    return full_day(sheets.pack.meeting.actual)


def mark(sheets: Sheets) -> str:
    """Says that it is a draft, until the figures close, and that the data stop before them."""
    told = ["草　稿"] if not sheets.pack.is_closed else []
    return "　".join([*told, "数据未齐"] if sheets.stopped_at else told)


def title(sheets: Sheets) -> str:
    """What it is about, in two lines."""
    scope = sheets.pack.scope
    last = (scope.end or scope.as_of) - timedelta(microseconds=1)
    until = f"{last.day}日" if scope.start and last.month == scope.start.month else day(last)
    return f"关于{day(scope.start)}至{until}\n群众诉求办理情况的通报"


def moment(sheets: Sheets) -> str:
    """The moment of its figures, in brackets."""
    said = f"数据止于{at(sheets.stopped_at)}" if sheets.stopped_at else f"数据{sheets.said_at}"
    return f"（{said}）" if sheets.pack.is_closed else f"（草稿，{said}，尚未定稿）"


def basis(sheets: Sheets) -> str:
    """What the figures rest on."""
    newest = f"最新记录{short(sheets.newest)} {sheets.newest:%H:%M}，" if sheets.newest else ""
    why = sheets.unread.rstrip("。")
    unread = f"会议决定未能读取（{why}），交办事项按会前建议列出。" if why else ""
    return f"数据说明：统计口径按规则手册第{sheets.version}版，{newest}各表全部明细见附件（Excel）。{unread}"


def copies(imprint: Imprint) -> str:
    """How many are printed."""
    return f"（共印{imprint.copies or '　　'}份）"


def _properties(paper: Paper, sheets: Sheets, imprint: Imprint) -> None:
    """Word shows who made a file and when: the centre, and the moment of its figures."""
    known, at = paper.core_properties, sheets.pack.scope.as_of
    known.title, known.author, known.language = f"{NAME} {number(sheets, imprint)}", imprint.centre, "zh-CN"
    known.created = known.modified = at
    known.last_modified_by, known.comments = imprint.centre, f"规则版本 {sheets.version}"


def _head(paper: Paper, sheets: Sheets, imprint: Imprint, fonts: Fonts) -> None:
    """报头: for whom, the name in red, number, who issues it and when, the red rule."""
    _sides(paper, "内部参阅", mark(sheets), fonts.first)
    name = official.spaced(paper.add_paragraph(), Pt(76))
    name.alignment = WD_ALIGN_PARAGRAPH.CENTER
    official.write(name, NAME, fonts.title, Pt(54), RED)
    line = paper.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    official.write(line, issue(sheets, imprint), fonts.body)
    official.rule(_sides(paper, imprint.centre, issued(sheets), fonts.body), "bottom", "FF0000", 18)


def _sides(paper: Paper, left: str, right: str, face: str):  # type: ignore[no-untyped-def]
    line = paper.add_paragraph()
    line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    official.write(line, f"{left}\t{right}" if right else left, face)
    return line


def _title(paper: Paper, sheets: Sheets, fonts: Fonts) -> None:
    """The title two lines below the rule, and the moment of its figures under it."""
    paper.add_paragraph()
    line = official.spaced(paper.add_paragraph(), Pt(34))
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    official.write(line, title(sheets), fonts.title, TITLE)
    below = paper.add_paragraph()
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    official.write(below, moment(sheets), fonts.second)


def _body(paper: Paper, sheets: Sheets, fonts: Fonts) -> None:
    for block in all_blocks(sheets):
        if isinstance(block, Table):
            grids.add(paper, block, fonts)
        elif isinstance(block, Heading):
            official.indent(paper.add_paragraph(block.text, style=f"Heading {block.level}"))
        else:
            _paragraph(paper, block, fonts)


def _paragraph(paper: Paper, block: Paragraph, fonts: Fonts) -> None:
    made = paper.add_paragraph()
    official.indent(made)
    made.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    official.write(made, block.text, fonts.body)


def _tail(paper: Paper, sheets: Sheets, imprint: Imprint, fonts: Fonts, note: str) -> None:
    """What the figures rest on; then 报尾: to whom it goes, between two rules, and how many copies."""
    _paragraph(paper, Paragraph(basis(sheets)), fonts)
    paper.add_paragraph()
    for kind, whom in REPORTED.items():
        line = official.spaced(paper.add_paragraph(), Pt(24))
        line.paragraph_format.keep_with_next = True
        official.write(line, f"　{kind}：{whom}", fonts.body, FOOT)
        for known, side in (("报", "top"), ("发", "bottom")):
            if kind == known:
                official.rule(line, side, "000000", 8)
    last = official.spaced(paper.add_paragraph(), Pt(28))
    last.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    official.write(last, copies(imprint), fonts.body, FOOT)
    if note:
        official.write(official.spaced(paper.add_paragraph(), Pt(15)), note, fonts.body, SMALL)
