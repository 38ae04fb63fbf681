"""The last section of the bulletin: what the meeting handed out, and what is still only proposed."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from papers import sentences
from papers.blocks import Block, Paragraph, Table
from papers.figures import NONE, each, limit, listed, short, whole
from papers.gathering import Sheets
from papers.items import GROUPS, HIDDEN, why

DECIDED, PROPOSED = "交办事项", "拟交办事项"


def title(sheets: Sheets) -> str:
    """Matters handed out, or proposed while nothing is decided."""
    return DECIDED if len(decided(sheets)) else PROPOSED


def decided(sheets: Sheets) -> pd.DataFrame:
    """The matters of which all is decided."""
    return sheets.matters[sheets.matters["is_decided"].astype(bool)]


def said(sheets: Sheets) -> Iterator[Block]:
    """What is decided with who answers for it and by when; the rest as proposed; the objections."""
    handed = decided(sheets)
    open_ = sheets.matters.drop(index=handed.index)
    if len(handed):
        yield from _handed(handed)
    if len(open_):
        yield from _proposed(open_, sheets)
    elif handed.empty:
        yield Paragraph("本次调度会没有拟交办事项。")
    told = sentences.objections(sheets.objections)
    if told:
        yield Paragraph(told)


def _handed(table: pd.DataFrame) -> Iterator[Block]:
    new, again = table[~table["is_back"]], table[table["is_back"]]
    told = [f"会议交办{len(new)}项，其中{_counts(new)}"] if len(new) else []
    told += [f"对以前交办的{len(again)}项重新明确"] if len(again) else []
    yield Paragraph(f"{'；'.join(told)}。牵头、协办、责任领导、承诺和期限以下表为准。")
    head = ["类别", "序号", "事项", "牵头（协办）", "责任领导", "承诺", "期限"]
    rows = [
        [
            "回头看" if row.is_back else GROUPS.get(row.item_group, row.item_group),
            whole(place),
            HIDDEN if row.hidden else row.title or NONE,
            _units(row),
            row.owner_post or NONE,
            row.pledge or NONE,
            short(limit(row.due_at)),
        ]
        for place, row in enumerate(each(table), 1)
    ]
    yield Table(DECIDED, head, rows, [13, 10, 38, 34, 24, 26, 16], left=(2, 3, 4, 5))


def _proposed(table: pd.DataFrame, sheets: Sheets) -> Iterator[Block]:
    waits = int((table["lead_unit"] == "").sum())
    unknown = f"；牵头单位待定{waits}项" if waits else ""
    found = sheets["meetings/candidates"]
    others = int(found["others"].iloc[0]) if len(found) else 0
    more = f"另有{others}项符合条件、排序靠后，未列入。" if others else ""
    yield Paragraph(
        f"拟交办{len(table)}项，其中{_counts(table)}{unknown}。{more}牵头、协办为会前建议，以会议确定为准。"
    )
    head = ["类别", "序号", "事项", "理由", "牵头", "协办"]
    places = table.groupby("item_group").cumcount() + 1
    rows = [
        [
            GROUPS.get(row.item_group, row.item_group),
            whole(place),
            HIDDEN if row.hidden else row.title or NONE,
            why(row.reasons) if row.reasons else "会上提出",
            row.lead_unit or "待定",
            row.assist_units or NONE,
        ]
        for place, row in zip(places, each(table), strict=True)
    ]
    yield Table(PROPOSED, head, rows, [11, 11, 40, 38, 24, 34], left=(2, 3, 4, 5))


def _counts(table: pd.DataFrame) -> str:
    counts = table["item_group"].value_counts()
    return listed([f"{name}{counts[group]}项" for group, name in GROUPS.items() if counts.get(group)])


def _units(row: Any) -> str:
    return f"{row.lead_unit or '待定'}{f'（{row.assist_units}）' if row.assist_units else ''}"
