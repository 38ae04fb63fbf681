"""The sections of the bulletin, in the order of rules.md 2.8: headings, paragraphs and tables of text."""

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from papers import handing, items, league, sentences
from papers.blocks import Block, Heading, Paragraph, Table, numbered
from papers.figures import NONE, day, each, limit, listed, percent, rate, whole
from papers.gathering import Sheets

Rows = Iterator[Block]

RUNGS = {0: "D0预警", 1: "D1催办", 2: "D2书面督办", 3: "D3提级督办", 4: "D4上会", 5: "D5约谈建议"}

SHOWN = 8
"""Rows of a table that names the worst: the annex has them all."""


def all_blocks(sheets: Sheets) -> list[Block]:
    """Every section with its number."""
    found: list[Block] = []
    for place, (title, said) in enumerate(SECTIONS.items(), 1):
        named = handing.title(sheets) if said is handing.said else title
        found += [Heading(f"{numbered(place)}、{named}"), *said(sheets)]
    return found


def _overview(sheets: Sheets) -> Rows:
    figures = sheets.figures
    if sheets.stopped_at:
        yield Paragraph(sentences.stopped(sheets.stopped_at, sheets.pack.scope.as_of))
    yield Paragraph(sentences.bulletin(figures, sheets.since))
    yield Paragraph(sentences.stock(figures) + sentences.bases(figures))
    covered = sentences.covered(figures, sheets.pack.scope.start, sheets.stopped_at)
    yield Paragraph(sentences.pace(covered) + sentences.sums(sheets["meetings/identities"]))


def _issues(sheets: Sheets) -> Rows:
    table, figures = sheets["intake/issues"], sheets.figures
    if sheets.stopped_at:
        table = table.assign(expected=float("nan"), change=float("nan"))
        yield Paragraph(sentences.not_compared(sheets.stopped_at) + _events(sheets))
    else:
        yield Paragraph(sentences.mover(figures) + _events(sheets) + _places(sheets))
    rows = [
        [
            row.issue,
            whole(row.received),
            rate(row.received / figures["total"]),
            NONE if pd.isna(row.expected) else f"{row.expected:.1f}",
            _change(row),
        ]
        for row in each(table)
    ]
    rest = int(figures["total"]) - int(table["received"].sum())
    rows += [["未归入各类", whole(rest), rate(rest / figures["total"]), NONE, NONE]] if rest else []
    head = ["问题类别", "本期（件）", "占比", "按上期日均应有（件）", "变化"]
    yield Table("各类问题", head, rows, [36, 26, 24, 38, 32])


def _change(row: Any) -> str:
    """The change of the daily rate; within chance it is level."""
    if pd.isna(row.change):
        return NONE
    return f"{'+' if row.change > 0 else '−'}{rate(abs(row.change))}" if row.is_real else "持平"


def _events(sheets: Sheets) -> str:
    table = sheets["meetings/new_clusters"]
    if "events" not in sheets.told:
        return "来源没有同一事件记录，是否有多人反映同一事件无从统计。"
    new = table[table["is_new"]] if len(table) else table
    if new.empty:
        return "本期没有新出现的多人反映同一事件。"
    told = [f"{row.title or '（不宜公开的事项）'}（{row.reports}件）" for row in each(new.head(3))]
    return f"新出现多人反映同一事件{len(new)}起，件数最多的是{listed(told)}。"


def _places(sheets: Sheets) -> str:
    table = sheets["meetings/hot_places"]
    if "villages" not in sheets.told:
        return "来源没有村、社区记录，各村、社区的升降无从统计。"
    if table.empty:
        return "没有村、社区的日均件数显著上升。"
    told = [f"{row.area}（{row.received}件，上期{row.before}件）" for row in each(table.head(3))]
    return f"日均件数显著上升的村、社区{len(table)}个，升幅居前的是{listed(told)}。"


def _overdue(sheets: Sheets) -> Rows:
    stock, both = sheets["overdue/stock"].iloc[0], sheets["overdue/both"].iloc[0]
    if pd.isna(stock["overdue"]):
        yield Paragraph("来源没有期限记录，超期情况无从统计。")
        return
    oldest = f"，最久超期{whole(stock['oldest_days'])}天" if stock["overdue"] else ""
    counted = sheets["overdue/rungs"].query("cases > 0")
    rungs = [f"{RUNGS[row.level]}{whole(row.cases)}件" for row in each(counted)]
    yield Paragraph(
        f"{sheets.said_at}，在办超期{whole(stock['overdue'])}件{oldest}；按群众时钟（自诉求提出起、不因退单延期停走）"
        f"超期{whole(both['citizen_overdue'])}件；24小时内到期{whole(stock['due_24h'])}件，"
        f"48小时内到期{whole(stock['due_48h'])}件。处于督办阶梯：{listed(rungs)}。"
    )
    table = sheets["overdue/oldest"].head(SHOWN)
    rows = [
        [
            row.unit or NONE,
            row.title or "（不宜公开）",
            day(limit(row.due_at)),
            f"{whole(row.days_late)}天",
            NONE if pd.isna(row.level) else RUNGS[int(row.level)],
        ]
        for row in each(table)
    ]
    if rows:
        head = ["承办单位", "事项", "办理期限", "已超期", "督办级"]
        yield Table(f"超期最久的{len(rows)}件", head, rows, [30, 60, 22, 20, 24], left=(0, 1))


def _whistles(sheets: Sheets) -> Rows:
    tiles, units = sheets["whistles/tiles"].iloc[0], sheets["whistles/units"]
    if pd.isna(tiles["open"]):
        yield Paragraph("来源没有吹哨记录。")
        return
    if pd.isna(tiles["pairs_n"]):
        yield Paragraph(
            f"来源没有到场记录，报到及时率无从统计。{sheets.said_at}，进行中的吹哨{whole(tiles['open'])}次。"
        )
        return
    yield Paragraph(
        f"本期应到场{whole(tiles['pairs_n'])}单位次，按时到场{whole(tiles['pairs_k'])}单位次，报到及时率"
        f"{percent(tiles['pairs_k'], tiles['pairs_n'], 1)}；另有{whole(tiles['pairs_unconfirmed'])}单位次自报"
        f"按时到场未经确认，不计入；全员按时的吹哨{whole(tiles['whole_k'])}次，"
        f"占{whole(tiles['whole_n'])}次的{percent(tiles['whole_k'], tiles['whole_n'], 1)}。"
        f"{sheets.said_at}，进行中的吹哨{whole(tiles['open'])}次，已超时未到场{whole(tiles['late'])}单位次。"
    )
    ranked, few = units[units["tier"] != "few"], units[units["tier"] == "few"]
    rows = [
        [
            *(row.unit, whole(row.n), whole(row.k), whole(row.unconfirmed), rate(row.rate)),
            *(league.interval(row), league.TIERS[row.tier]),
        ]
        for row in each(ranked)
    ]
    if rows:
        head = ["单位", "应到场", "按时到场", "未确认", "及时率", "95%区间", "分档"]
        yield Table("各单位报到及时率", head, rows, [30, 18, 20, 18, 20, 28, 22])
    if len(few):
        yield Paragraph(f"样本不足、不参与排名的{len(few)}家：{listed(list(few['unit']))}。")


SECTIONS: dict[str, Callable[[Sheets], Rows]] = {
    "运行概况": _overview,
    "问题分类统计": _issues,
    "各单位办理情况": league.said,
    "超期督办": _overdue,
    "吹哨报到": _whistles,
    "上期交办事项督办情况（回头看）": items.look_back,
    handing.DECIDED: handing.said,
}
