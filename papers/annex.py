"""The annex of the bulletin: one Excel workbook with every table behind it, and what each rests on."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from papers import codes, excel, sentences, words
from papers.cells import WIDEST, Writer
from papers.facts import Reader
from papers.figures import at, limit
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

DECISIONS = "会议决定"

LIMITS = ("first_due_at", "due_at")
"""Columns that are limits: one of 00:00 is printed as the day that ends then."""

HANDED = {
    "item_group": "类别",
    "case_id": "编号",
    "title": "事项",
    "state": "状态",
    "lead_unit": "牵头",
    "assist_units": "协办",
    "owner_post": "责任领导",
    "pledge": "承诺",
    "due_at": "期限",
}
"""Columns of the sheet of decisions."""


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
        _decisions(book.add_worksheet(DECISIONS), writer, sheets, reader)
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
    return f"{window}　{_until(scope.as_of, sheets)}　规则手册第 {sheets.version} 版{draft}"


def _until(as_of: datetime, sheets: Sheets) -> str:
    """The moment of the figures; where the data stopped before it, that, and what it does to daily rates."""
    if sheets.stopped_at is None:
        return f"截至 {as_of:%Y-%m-%d %H:%M}"
    torn = f"数据止于 {sheets.stopped_at:%Y-%m-%d %H:%M}"
    return f"{torn}（按 {as_of:%Y-%m-%d %H:%M} 推算，日均和升降未按此折算）"


def _decisions(sheet: Worksheet, writer: Writer, sheets: Sheets, reader: Reader) -> None:
    """What is decided and what is only proposed, and the objections to the figures."""
    answer = sheets.answers["meetings/candidates"]
    writer.head(sheet, 0, 0, DECISIONS)
    told = [basis(answer, sheets), sentences.objections(sheets.objections), sheets.unread]
    writer.put(sheet, 1, 0, "　".join(filter(None, told)))
    sheet.set_row(1, 15)
    state = sheets.matters["is_decided"].map({True: "交办", False: "拟交办"})
    table = sheets.matters.assign(state=state)[list(HANDED)]
    excel.table(sheet, writer, _shown(answer._replace(table=table)), reader, TOP)
    for place, heading in enumerate(HANDED.values()):
        writer.head(sheet, TOP, place, heading)


def _shown(answer: door.Answer) -> door.Answer:
    """The answer as it is read: one row as lines, sums in words, limits by the day they end."""
    if answer.question == "meetings/identities":
        return answer._replace(table=Sums(answer.table).told())
    if answer.question not in TURNED or answer.table.empty:
        limits = {name: _limits(answer.table[name]) for name in LIMITS if name in answer.table}
        return answer._replace(table=answer.table.assign(**limits))
    row = answer.table.iloc[0].items()
    lines = [(words.heading(answer.question, str(name), "zh"), value) for name, value in row]
    return answer._replace(table=pd.DataFrame(lines, columns=["figure", "value"], dtype=object))


def _limits(column: pd.Series) -> pd.Series:
    """Moments; those of 00:00 as the day that ends then."""
    told = [None if pd.isna(one) else limit(one) for one in column]
    whole = [one is not None and then.time() == time() for one, then in zip(told, column, strict=True)]
    days = [one.date() if is_day else one for one, is_day in zip(told, whole, strict=True)]  # type: ignore[union-attr]
    return pd.Series(days, index=column.index, dtype=object)


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
    torn = f"，数据止于 {at(sheets.stopped_at)}" if sheets.stopped_at else ""
    yield "状态", f"{'已截数' if sheets.pack.is_closed else '草稿（尚未截数）'}{torn}"
    for name, question in SHEETS.items():
        said = words.definition(question.partition(".")[0], "zh")
        if said:
            yield f"表：{name}", said
    for one in measures.all():
        yield one.name.zh, f"{one.words.zh} {one.formula.zh} {one.excluded.zh}".strip()
