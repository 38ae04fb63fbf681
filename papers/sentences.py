"""The sentences of the bulletin (rules.md 2.8), from the figures of the ten days; pure, in Chinese."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from papers.figures import at, day, percent, plain, whole
from records.objections import Objection

Figures = Mapping[str, Any]

NAMES = {"channels": "渠道相符", "valid": "受理相符", "stock": "存量相符"}

TERMS = {
    "total": "共收到",
    "calls": "12345接听",
    "sms": "短信平台",
    "others": "其他渠道",
    "valid": "有效事项",
    "online": "在线办结",
    "sent": "转派工单",
    "dispatched": "本期转派",
    "waiting": "待转派",
    "closed": "办结工单",
    "in_hand": "正在办理",
    "carried": "上期结转",
}


def opening(figures: Figures, since: date) -> str:
    """The sentence every bulletin begins with; ``since`` is the day of the last meeting."""
    total = f"自{day(since)}以来，中心共收到各类诉求{whole(figures['total'])}件"
    return f"{total}，{_leading(figures)}其中{_sources(figures)}"


def _leading(figures: Figures) -> str:
    """The most frequent kind of issue; nothing where no case has one."""
    if not figures["issue"]:
        return ""
    share = percent(figures["issue_count"], figures["total"])
    return f"{figures['issue']}{whole(figures['issue_count'])}件、占比{share}，"


def _sources(figures: Figures) -> str:
    waiting = f"、待转派{whole(figures['waiting'])}件" if figures["waiting"] else ""
    handled = f"在线办结{whole(figures['online'])}件、转派工单{whole(figures['dispatched'])}件{waiting}"
    return (
        f"12345接听{whole(figures['calls'])}个，有效事项{whole(figures['valid'])}件，{handled}；"
        f"短信平台{whole(figures['sms'])}件；其他渠道{whole(figures['others'])}件。"
    )


def progress(figures: Figures) -> str:
    """What became of the tickets, and what citizens say of it."""
    on_time = percent(figures["on_time_k"], figures["on_time_n"])
    satisfied = percent(figures["satisfied_k"], figures["satisfied_n"])
    return (
        f"目前，办结工单{whole(figures['closed'])}件，{whole(figures['in_hand'])}件正在办理，"
        f"按时办结率{on_time}；对办结工单回访，群众满意度{satisfied}。"
    )


def bulletin(figures: Figures, since: date) -> str:
    """The whole sentence of the bulletin."""
    return opening(figures, since) + progress(figures)


def stock(figures: Figures) -> str:
    """Where the tickets closed and in hand come from: sent in the period, and carried into it."""
    both = figures["closed"] + figures["in_hand"]
    return (
        f"办结与在办合计{whole(both)}件，即本期转派{whole(figures['dispatched'])}件"
        f"与上期结转{whole(figures['carried'])}件之和。"
    )


def bases(figures: Figures) -> str:
    """What the two rates rest on: never a rate without its n."""
    told: list[str] = []
    for name, words in (
        ("on_time", "本期应办结{n}件次、按时办结{k}件次"),
        ("satisfied", "有效评价{n}件、满意和基本满意{k}件"),
    ):
        k, n = figures[f"{name}_k"], figures[f"{name}_n"]
        if not pd.isna(n):
            told.append(words.format(k=plain(k, 1), n=whole(n)))
    return f"口径：{'；'.join(told)}；未到期的不计入按时办结率。" if told else ""


def covered(figures: Figures, start: datetime | None, stopped_at: datetime | None) -> Figures:
    """The figures with the days the data cover, where they stopped before the period's end."""
    if stopped_at is None or start is None or stopped_at <= start:
        return figures
    length = (stopped_at - start) / timedelta(days=1)
    return {**figures, "days": length, "per_day": figures["total"] / length}


def stopped(stopped_at: datetime, as_of: datetime) -> str:
    """That the data stop before the moment they should reach."""
    silent = _lasting(as_of - stopped_at)
    return (
        f"本通报数据止于{at(stopped_at)}，至{at(as_of)}有{silent}没有记录，其间的诉求和办理结果未计入，"
        "各项数字待数据补齐后更正；日均按数据覆盖的时间计算。"
    )


def not_compared(stopped_at: datetime) -> str:
    """That nothing is said of rises and falls."""
    return f"数据止于{at(stopped_at)}，各类问题和各地点的升降不与上期比较。"


def _lasting(span: timedelta) -> str:
    """``1天2小时``, ``14小时31分``."""
    days, rest = span.days, span.seconds
    hours, minutes = rest // 3600, rest % 3600 // 60
    return f"{days}天{hours}小时" if days else f"{hours}小时{minutes}分" if hours else f"{minutes}分"


def objections(filed: Sequence[Objection]) -> str:
    """How many objections there are and what became of them; empty without any."""
    if not filed:
        return ""
    waiting = sum(1 for one in filed if one.answer is None)
    upheld = sum(1 for one in filed if one.is_upheld)
    return (
        f"有关单位对本期数据提出异议{len(filed)}件，其中认定成立{upheld}件、"
        f"不成立{len(filed) - waiting - upheld}件、待答复{waiting}件。"
    )


def pace(figures: Figures) -> str:
    """Cases a day, against the period before, which may be longer or shorter."""
    if pd.isna(figures["per_day"]):
        return ""
    now = f"本期{plain(figures['days'], 1)}天，日均{plain(figures['per_day'], 1)}件"
    if pd.isna(figures["per_day_before"]) or not figures["per_day_before"]:
        return f"{now}；上期日均无从比较。"
    change = figures["per_day"] / figures["per_day_before"] - 1
    turn = "增加" if change > 0 else "减少"
    then = f"上期{plain(figures['days_before'], 1)}天，日均{plain(figures['per_day_before'], 1)}件"
    compared = f"日均{turn}{plain(abs(change) * 100, 1)}%" if round(abs(change), 3) else "日均持平"
    return f"{now}；{then}，{compared}。"


def mover(figures: Figures) -> str:
    """The kind of issue that rose most, where that is more than chance."""
    if not figures["issue"]:
        return "本期没有注明问题类别的来件，不作比较。"
    if not figures["mover"]:
        return "各类问题日均件数的变化均在随机波动之内，与上期持平。"
    count = f"{figures['mover']}类上升最快，本期{whole(figures['mover_count'])}件"
    if pd.isna(figures["mover_change"]):
        return f"{count}，上期没有，增幅超出随机波动。"
    return f"{count}，日均比上期增加{plain(100 * figures['mover_change'], 1)}%，超出随机波动。"


def all_items(items: Figures) -> str:
    """What came of all that meetings assigned: done, and signed off, are two numbers.

    ``items``: assigned, closed, signed_off (empty: the source never records it).
    """
    assigned = items["assigned"]
    if not assigned:
        return "逢6调度会尚未交办事项。"
    said = f"逢6调度会累计交办{whole(assigned)}项，"
    if pd.isna(items["closed"]) and pd.isna(items["signed_off"]):
        return f"{said}来源没有办结、销号记录，办结率、销号率无从统计。"
    names = {"办结": items["closed"], "销号": items["signed_off"]}
    return said + "，".join(_ended(name, count, assigned) for name, count in names.items()) + "。"


def _ended(name: str, count: Any, assigned: int) -> str:
    """``办结697项、办结率93.56%``; or that nobody records it."""
    if pd.isna(count):
        return f"来源没有{name}记录、{name}率无从统计"
    return f"{name}{whole(count)}项、{name}率{percent(count, assigned)}"


def sums(identities: pd.DataFrame) -> str:
    """That the sums agree, each written out."""
    told = "；".join(_sum(row) for row in identities.to_dict("records"))
    return f"三式相符：{told}。"


def failing(identities: pd.DataFrame) -> str:
    """The sums that do not agree, in words; empty where all do."""
    wrong = [row for row in identities.to_dict("records") if not row["holds"]]
    return "；".join(f"{NAMES[row['name']]}不成立：{_sum(row)}" for row in wrong)


def _sum(row: Mapping[Any, Any]) -> str:
    sign = "=" if row["holds"] else "≠"
    return f"{_side(row['left_terms'], row['left'])}{sign}{_side(row['right_terms'], row['right'])}"


def _side(terms: str, total: int) -> str:
    """``办结工单750+正在办理794（1544）``: what is added, and what it comes to."""
    told = [(TERMS[name], count) for name, count in json.loads(terms)]
    added = "+".join(f"{name}{count}" for name, count in told)
    return f"{added}（{total}）" if len(told) > 1 else added
