"""Units side by side in words and tables: by group, by tier, always with n, and nobody last by luck."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from papers.blocks import Block, Heading, Paragraph, Table, numbered
from papers.figures import NONE, each, listed, plain, rate, whole
from papers.gathering import GROUPS, Sheets

NAMES = {"town": "乡镇街道", "department": "市直部门", "public": "公共服务单位"}

TIERS = {"better": "显著较好", "same": "无显著差异", "worse": "显著落后", "few": "样本不足"}

TAIL = 0.025
"""Share of units that are called clearly behind by chance alone: one side of the 95 % interval."""


def interval(row: Any) -> str:
    """``57.9—86.7%``; a dash where there is no rate."""
    return NONE if pd.isna(row.low) else f"{100 * row.low:.1f}—{rate(row.high)}"


def said(sheets: Sheets) -> Iterator[Block]:
    """A paragraph and a table for each group."""
    yield Paragraph(
        "各单位只在本组内比较，按满意率的95%区间分档：整个区间高于组均为显著较好，低于组均为显著落后，"
        "其余无显著差异；评价不足者列为样本不足，不参与排名。诉求多少不作为评价依据。满意率受样本与诉求类型影响，"
        "分档供研判，不作为唯一考核依据（国办函〔2025〕66号精神）。"
    )
    received = sheets["overdue/by_unit"].set_index("unit_id")["received"]
    for place, group in enumerate(GROUPS, 1):
        table = sheets[f"league/table.{group}"]
        yield Heading(f"（{numbered(place)}）{NAMES[group]}", 2)
        yield Paragraph(_group(table))
        if len(table):
            yield _table(NAMES[group], table, received)


def _group(table: pd.DataFrame) -> str:
    """How the units of a group are spread over the tiers, naming those that stand out."""
    if table.empty:
        return "本组没有单位。"
    parts = {tier: table[table["tier"] == tier] for tier in TIERS}
    ranked = len(table) - len(parts["few"])
    told = f"本组{len(table)}家，{_means(table)}。"
    for tier in ("better", "worse"):
        names = [_with_figures(row) for row in each(parts[tier])]
        told += f"{TIERS[tier]}{len(names)}家{'：' + listed(names) if names else ''}；"
    told += f"无显著差异{len(parts['same'])}家"
    few = list(parts["few"]["unit"])
    told += f"；样本不足、不参与排名{len(few)}家：{listed(few)}。" if few else "。"
    chance = f"参与比较的{ranked}家中，纯因偶然被列为显著落后的预计{plain(TAIL * ranked, 1)}家。"
    return told + (chance if ranked else "")


def _means(table: pd.DataFrame) -> str:
    """The mean of the period, and the one that units are judged by that rest on 30 days."""
    is_longer = table["rolling"].astype(bool)
    own, longer = (rows["mean"].dropna().head(1) for rows in (table[~is_longer], table[is_longer]))
    said = [f"{name}{rate(one.iloc[0])}" for name, one in (("", own), ("近30日", longer)) if len(one)]
    return "组均满意率" + ("，".join(said) or NONE)


def _with_figures(row: Any) -> str:
    longer = "，近30日" if row.rolling else ""
    return f"{row.unit}（{plain(row.k, 1)}/{plain(row.base, 1)}，{rate(row.rate)}{longer}）"


def _table(name: str, table: pd.DataFrame, received: pd.Series) -> Table:
    head = ["单位", "受理", "按时办结率", "发回重办率", "评价", "满意率", "95%区间", "分档"]
    rows = [
        [
            row.unit + ("*" if row.rolling else ""),
            whole(received.get(row.unit_id, 0)),
            _of(row.on_time_k, row.on_time_n),
            _of(row.sent_back_k, row.sent_back_n),
            whole(row.n),
            rate(row.rate),
            interval(row),
            TIERS[row.tier],
        ]
        for row in each(table)
    ]
    note = "（*本期评价不足，满意率用近30日）" if table["rolling"].any() else ""
    return Table(f"{name}办理情况{note}", head, rows, [26, 12, 25, 25, 11, 15, 27, 21])


def _of(k: float, n: float) -> str:
    """``94.6%（37）``: a rate with its n; a dash where there is none."""
    return NONE if pd.isna(n) or not n else f"{rate(k / n)}（{whole(n)}）"
