"""The annex of the bulletin: one Excel workbook with every table behind it, and what each rests on."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from papers import codes, excel, sentences, words
from papers.cells import WIDEST, Writer
from papers.facts import Reader
from papers.figures import at
from papers.gathering import GROUPS, Sheets
from papers.league import NAMES as GROUP_NAMES
from queries import door
from rules import measures

TOP = 2
"""The row of the heading, below the title and what the table rests on."""

SHEETS = {
    "回头看": "meetings/look_back",
    "未销号": "meetings/open_items",
    "十天数字": "meetings/ten_days",
    "三式相符": "meetings/identities",
    "十类问题": "intake/issues",
    "新增同一事件": "meetings/new_clusters",
    "升温地点": "meetings/hot_places",
    **{f"分档_{GROUP_NAMES[group]}": f"league/table.{group}" for group in GROUPS},
    "单位受理": "overdue/by_unit",
    "超期单位": "overdue/units",
    "超期最久": "overdue/oldest",
    "督办阶梯": "overdue/rungs",
    "吹哨报到": "whistles/tiles",
    "吹哨单位": "whistles/units",
    "拟交办": "meetings/candidates",
    "交办办结率": "meetings/close_rates",
    "主持情况": "meetings/chaired",
}
"""Sheets in the order of the meeting, with the question each answers."""

TURNED = ("meetings/ten_days", "whistles/tiles")
"""Questions of one row: a figure a line reads better than forty columns."""

DEFINITIONS = "口径说明"


@dataclass(frozen=True)
class Sums:
    """An identity as a sentence: its two sides, and whether they agree."""

    table: pd.DataFrame

    def told(self) -> pd.DataFrame:
        """name, left, right, holds, and both sides in words."""
        sides = {name: self.table[name].map(_terms) for name in ("left_terms", "right_terms")}
        names = self.table["name"].map(sentences.NAMES)
        return self.table.assign(name=names, **sides)


def workbook(sheets: Sheets, centre: str) -> bytes:
    """The annex; raises `TooLarge`. It is made even where a sum does not agree, and shows which."""
    reader = Reader("zh", centre, codes.word)
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True, **excel.EXACT}) as book:
        title = f"十天一通报附件 {sheets.pack.meeting.actual:%Y-%m-%d}"
        book.set_properties({"title": title, "company": centre, "created": sheets.pack.scope.as_of})
        writer = Writer(book, "zh")
        for name, question in SHEETS.items():
            if question in sheets:
                _sheet(book.add_worksheet(name), writer, sheets.answers[question], sheets, reader)
        _definitions(book.add_worksheet(DEFINITIONS), writer, sheets, centre)
    return made.getvalue()


def _sheet(sheet: Worksheet, writer: Writer, answer: door.Answer, sheets: Sheets, reader: Reader) -> None:
    excel.fit(answer.table)
    writer.head(sheet, 0, 0, words.title(answer.question, "zh"))
    writer.put(sheet, 1, 0, basis(answer, sheets))
    sheet.set_row(1, 15)
    excel.table(sheet, writer, _shown(answer), reader, TOP)


def basis(answer: door.Answer, sheets: Sheets) -> str:
    """Window, moment, rules and draft of a sheet, in one line."""
    scope = answer.scope
    window = (
        f"窗口 {scope.start:%Y-%m-%d %H:%M} 至 {scope.end:%Y-%m-%d %H:%M}（不含）"
        if scope.start and scope.end
        else "窗口 不限"
    )
    draft = "" if sheets.pack.is_closed else "　草稿"
    return f"{window}　截至 {scope.as_of:%Y-%m-%d %H:%M}　规则手册第 {sheets.version} 版{draft}"


def _shown(answer: door.Answer) -> door.Answer:
    """The answer as it is read: one row as lines, sums in words."""
    if answer.question == "meetings/identities":
        return answer._replace(table=Sums(answer.table).told())
    if answer.question not in TURNED or answer.table.empty:
        return answer
    row = answer.table.iloc[0].items()
    lines = [(words.heading(answer.question, str(name), "zh"), value) for name, value in row]
    return answer._replace(table=pd.DataFrame(lines, columns=["figure", "value"], dtype=object))


def _terms(text: str) -> str:
    return " + ".join(f"{sentences.TERMS[name]} {count}" for name, count in json.loads(text))


def _definitions(sheet: Worksheet, writer: Writer, sheets: Sheets, centre: str) -> None:
    """What every measure and every sheet says; the rules, the moment and the age of the data."""
    for row, (label, value) in enumerate(_lines(sheets, centre)):
        writer.head(sheet, row, 0, label)
        writer.put(sheet, row, 1, value)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, WIDEST + 40)
    sheet.freeze_panes(1, 0)


def _lines(sheets: Sheets, centre: str) -> Iterator[tuple[str, Any]]:
    scope, newest = sheets.pack.scope, sheets.newest
    yield "单位", centre
    yield "会议", f"第 {sheets.pack.meeting.number or '—'} 次调度会，{sheets.pack.meeting.actual:%Y-%m-%d}"
    yield "数据时刻", at(scope.as_of)
    yield "最新记录", at(newest) if newest else "—"
    yield "规则手册", f"第 {sheets.version} 版"
    yield "状态", "已截数" if sheets.pack.is_closed else "草稿（尚未截数）"
    for name, question in SHEETS.items():
        said = words.definition(question.partition(".")[0], "zh")
        if said:
            yield f"表：{name}", said
    for one in measures.all():
        yield one.name.zh, f"{one.words.zh} {one.formula.zh} {one.excluded.zh}".strip()
