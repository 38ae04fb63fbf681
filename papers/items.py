"""Items of meetings in words and tables: what came of those assigned, and what is to be assigned."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from papers import sentences
from papers.blocks import Block, Paragraph, Table
from papers.figures import NONE, day, each, limit, short, whole
from papers.gathering import Sheets

STEPS = {
    "assigned": "交办",
    "pledged": "表态",
    "handling": "办理",
    "applied": "申请销号",
    "verified": "核查",
    "signed_off": "销号",
}

GROUPS = {"supervision": "督办", "assignment": "交办", "consultation": "会商"}

HIDDEN = "（不宜公开）"

DONE = ["signoff_applied_at", "closed_at", "signed_off_at"]
"""What says that an item is done (`meetings_standing.ENDS`)."""

REASONS = {
    "item_late": "上批逾诺{0}天",
    "item_late_before": "第{1}次交办、逾诺{0}天",
    "group_visit": "{0}人集体来访",
    "promise_missed": "公开承诺逾期{0}天",
    "uncured": "提级督办未化解",
    "overdue_days": "超期{0}天",
    "times_at_meeting": "第{0}次上会",
    "rounds": "办理已至第{0}轮",
    "conflict": "{0}个渠道反映、{1}家答复不一",
    "passed": "转办{0}家、退单{1}次",
    "people": "{0}人反映",
    "repeats": "重复反映{0}次",
    "whistles": "同一地点吹哨{0}次",
    "severity": "超期严重度{0}",
    "waiting_days": "群众已等{0}天",
    "by_hand": "会前列入",
}
"""Why a matter is proposed, by the code of the reason."""


def look_back(sheets: Sheets) -> Iterator[Block]:
    """What the last meeting assigned and what came of it; older items that are still open."""
    table = sheets["meetings/look_back"]
    last, older = table[table["is_last_batch"]], table[~table["is_last_batch"]]
    yield Paragraph(_last(last, sheets) + sentences.all_items(of_all(sheets)))
    if len(last):
        yield _items("上批交办事项", last)
    if len(older):
        yield Paragraph(f"更早批次尚未销号{len(older)}项，按批次先后列出。")
        yield _items("更早批次未销号事项", older)


def of_all(sheets: Sheets) -> Mapping[str, Any]:
    """What came of all items (`meetings.close_rates`): a figure that the source never records is empty."""
    rates = sheets["meetings/close_rates"]
    return {str(name): value for name, value in rates[rates["by"] == "all"].iloc[0].items()}


def _last(last: pd.DataFrame, sheets: Sheets) -> str:
    before = sheets.pack.before
    if last.empty:
        return "上次调度会没有交办事项。"
    broken = int((last["is_late"] | _kept_late(last)).sum())
    again = int(last["is_reopened"].sum())
    held = f"{day(before.actual)}调度会" if before else "上次调度会"
    reopened = f"，销号后再次反映、自动重开{again}项" if again else ""
    if not last["is_told"].all():
        return f"{held}交办{len(last)}项，来源没有办结、销号记录，是否超过首次承诺无从统计。"
    return (
        f"{held}交办{len(last)}项，{_ended(last, of_all(sheets))}，超过首次承诺{broken}项{reopened}。"
        "办结为单位报结，销号为核查认可，两数分列；改期不改首次承诺。"
    )


def _ended(last: pd.DataFrame, items: Mapping[str, Any]) -> str:
    """How many are done and signed off; of what the source never records, that it does not."""
    names = {"办结": ("closed", "closed_at"), "销号": ("signed_off", "signed_off_at")}
    return "，".join(
        f"来源没有{name}记录" if pd.isna(items[figure]) else f"{name}{last[moment].notna().sum()}项"
        for name, (figure, moment) in names.items()
    )


def _kept_late(rows: pd.DataFrame) -> pd.Series:
    """Done after the first promise."""
    return rows[DONE].notna().any(axis=1) & (rows["slip_days"] > 0)


def _items(title: str, table: pd.DataFrame) -> Table:
    head = ["批次", "事项", "牵头（协办）", "责任领导", "首次承诺", "进度", "时效"]
    rows = [
        [
            whole(row.number),
            HIDDEN if row.hidden else row.title,
            f"{row.lead_unit or NONE}{f'（{row.assist_units}）' if row.assist_units else ''}",
            row.owner_post or NONE,
            short(limit(row.first_due_at)),
            _step(row),
            slip(row),
        ]
        for row in each(table)
    ]
    return Table(title, head, rows, [10, 37, 33, 27, 17, 18, 19], left=(1, 2))


def _step(row: Any) -> str:
    again = "（重开）" if row.is_reopened else f"（退{row.refused_count}次）" if row.refused_count else ""
    return STEPS.get(row.step, row.step) + again


def slip(row: Any) -> str:
    """Against the first promise: 逾n天, 按期, 提前n天; what is neither done nor due is 未到期."""
    if pd.isna(row.slip_days):
        return "未承诺" if row.is_told else "未记录"
    days = int(abs(row.slip_days))
    if row.slip_days > 0:
        return f"逾{days}天"
    if all(pd.isna(getattr(row, end)) for end in DONE):
        return "未到期"
    return f"提前{days}天" if days else "按期"


def why(reasons: str) -> str:
    """The reasons in words; a code nobody knows is left out."""
    told = [REASONS[code].format(*values) for code, *values in json.loads(reasons) if code in REASONS]
    return "；".join(told) or NONE
