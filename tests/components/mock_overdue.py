"""The figures of the reference picture of /overdue, as the questions would answer them; they add up."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from rules import ladder, rulebook

NOW = datetime(2026, 11, 25, 14, 42)
CUTOFF = datetime(2026, 11, 26)
DAY = 24.0  # hours
HOUR = timedelta(hours=1)


def _table(columns: str, *rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns.split())


STOCK = pd.Series(
    {"overdue": 37, "previous": 31, "oldest_days": 31, "due_24h": 22, "due_48h": 64, "previous_48h": 73}
)
BOTH = pd.Series(
    {
        "overdue": 37, "citizen_overdue": 61, "closed_late": 52, "reported": 940, "extended": 18,
        "paused": 5, "due_tonight": 19,
    }
)  # fmt: skip
AGES = _table(
    "bucket from_days to_days cases town department public other",
    ("1", 0, 1, 10, 3, 5, 2, 0), ("3", 1, 3, 11, 3, 6, 2, 0), ("7", 3, 7, 9, 2, 5, 2, 0),
    ("21", 7, 21, 5, 1, 4, 0, 0), ("60", 21, 60, 2, 0, 1, 1, 0), ("more", 60, None, 0, 0, 0, 0, 0),
)  # fmt: skip

RUNGS = _table("level cases overdue", (0, 42, 0), (1, 29, 0), (2, 31, 25), (3, 11, 9), (4, 3, 3), (5, 0, 0))
RULES = _table(
    "level rule cases",
    (0, "soon_48", 40), (0, "soon_share", 2), (1, "soon_24", 22), (1, "unsigned", 4), (1, "milestone", 3),
    (2, "overdue", 25), (2, "first_rework", 6), (3, "over_workdays", 6), (3, "over_limit", 3),
    (3, "reworks", 1), (3, "transfers", 1), (4, "uncured", 2), (4, "listed", 1),
)  # fmt: skip
MISSED = _table("level cases", (2, 4), (3, 1))
AGREED = (
    {rung.level: rung for rung in ladder.rungs()},
    {condition.id: condition for condition in ladder.conditions()},
)

_CARDS = [
    (0, "市交运局", "308路班次太稀", "soon_48", -25.0), (0, "青禾街道", "小区门禁损坏", "soon_48", -29.0),
    (0, "市教育局", "课后服务收费", "soon_48", -33.0), (1, "东湖街道", "楼道堆放电瓶车", "unsigned", -40.0),
    (1, "市城管局", "菜场外溢占道", "soon_24", -3.0), (1, "宁溪供电公司", "台区频繁跳闸", "soon_24", -9.0),
    (2, "白马镇", "白马溪渣土未清运", "overdue", 6 * DAY),
    (2, "市教育局", "校门口早高峰拥堵", "overdue", 5.4 * DAY),
    (2, "柳荫镇", "机耕路塌方未修", "first_rework", 5.1 * DAY),
    (3, "市自规局", "石桥村征地补偿未兑付", "over_workdays", 14 * DAY),
    (3, "市城管局", "南门夜市油烟直排", "reworks", 11 * DAY),
    (3, "云台镇", "云台小学门前路灯不亮", "over_limit", 9 * DAY),
    (3, "市住建局", "", "over_limit", 8.2 * DAY),
    (3, "柳荫镇", "水渠堵塞未清", "transfers", -70.0),
    (4, "市住建局", "学府家园二期逾期办证", "uncured", 31 * DAY),
    (4, "宁溪水务公司", "东湖片区夜间低压停水", "uncured", 26 * DAY),
    (4, "玉河街道", "玉河里违建二层未拆", "listed", 19 * DAY),
]  # fmt: skip


def _card(number: int, level: int, unit: str, title: str, rule: str, late: float) -> dict[str, Any]:
    """A row of overdue/ladder; every third case has not had its step."""
    acted, chair = level - (number % 3 == 0), level > 3
    return {
        "level": level, "case_id": f"2026-{number:04d}", "unit_id": f"U{number}", "unit": unit,
        "title": title, "hidden": title == "", "rule": rule,
        "since": NOW - timedelta(days=2 + level, hours=number), "due_at": NOW - timedelta(hours=late),
        "hours_late": late, "citizen_hours_late": late + 60, "severity": min(100.0, max(0.0, late / 4)),
        "colour": "none" if late < 0 else "red" if late > 200 else "orange",
        "next_level": None if chair else level + 1, "next_rule": None if chair else "overdue",
        "next_at": None if chair else NOW + timedelta(hours=9 + 20 * number % 70),
        "acted_level": acted if acted > 0 else None,
        "acted_at": NOW - timedelta(days=1) if acted > 0 else None,
        "is_missed": level >= 2 and acted < level,
    }  # fmt: skip


LADDER = pd.DataFrame([_card(number, *row) for number, row in enumerate(_CARDS)])

EXPECTED = _table(
    "unit_id unit due expected low high",
    ("", "", 19, 6.6, 4, 10), ("D01", "市城管局", 6, 2.1, 1, 4), ("D02", "市住建局", 4, 1.6, 0, 3),
    ("T01", "玉河街道", 3, 1.1, 0, 2), ("P01", "宁溪水务公司", 2, 0.9, 0, 2),
    ("D03", "市自规局", 2, 0.6, 0, 1), ("T02", "白马镇", 1, 0.2, 0, 1), ("T03", "柳荫镇", 1, 0.1, 0, 1),
)  # fmt: skip
STAGES = _table(
    "stage days share cases unit_id unit unit_days",
    ("record", 3.0, 3 / 186, 4, "", "", 3.0), ("sign", 15.0, 15 / 186, 9, "T01", "玉河街道", 6.0),
    ("return", 59.0, 59 / 186, 8, "D03", "市自规局", 18.0),
    ("handle", 78.0, 78 / 186, 30, "D02", "市住建局", 29.0),
    ("assist", 31.0, 31 / 186, 6, "P01", "宁溪水务公司", 11.0),
)  # fmt: skip
UNITS = _table(
    "unit_id unit unit_group open overdue due_24h due_48h oldest_days "
    "citizen_overdue closed_late load sharpness",
    ("D01", "市城管局", "department", 62, 9, 4, 11, 11.0, 14, 12, 310.4, 61.2),
    ("D02", "市住建局", "department", 88, 8, 3, 9, 31.0, 15, 10, 402.0, 88.0),
    ("T01", "玉河街道", "town", 31, 5, 2, 6, 19.0, 8, 6, 120.5, 44.1),
    ("P01", "宁溪水务公司", "public", 27, 4, 2, 4, 26.0, 7, 5, 99.0, 39.5),
    ("D05", "市档案馆", "department", 2, 0, 0, 0, None, 0, 0, 0.0, None),
)
EXTENSIONS = _table(
    "unit_id unit asked last_hours after_limit too_many too_long paused",
    ("D02", "市住建局", 9, 5, 1, 2, 1, 2),
    ("D01", "市城管局", 4, 0, 0, 0, 0, 1),
)
BOUNCED = _table(
    "case_id title hidden unit_id unit returns units path hours due_at hours_late",
    ("2026-0901", "石桥村征地补偿未兑付", False, "D03", "市自规局", 3, 4, "自规→住建→石桥→自规", 610.0,
     NOW - timedelta(days=14), 14 * DAY),
    ("2026-0977", "", True, "D01", "市城管局", 2, 3, "城管→环保→城管", 220.0, NOW + timedelta(days=1), -DAY),
)  # fmt: skip

_HOUR = ("local", "新津县民生诉求会办中心 (2014)")
CLOCKS = _table(
    "clock n kept rate low high hours_lost unit_id unit unit_hours rule basis source",
    ("record", 900, 873, 0.97, 0.957, 0.979, 41.0, "", "", 41.0, "sla.record", *_HOUR),
    ("dispatch", 640, 512, 0.80, 0.767, 0.829, 188.0, "", "", 188.0, "sla.dispatch", *_HOUR),
    ("section", None, None, None, None, None, None, "", "", None, "sla.section", *_HOUR),
    ("sign", 630, 599, 0.951, 0.931, 0.965, 610.0, "T01", "玉河街道", 144.0, "sla.sign", "local", "各地时限"),
    ("petition", 12, 11, 0.917, 0.646, 0.985, 20.0, "D02", "市住建局", 20.0, "sla.petition", "law",
     "信访工作条例 §34"),
    ("response", 580, 431, 0.743, 0.706, 0.777, 2210.0, "D01", "市城管局", 402.0, "sla.response", "centre",
     "M03"),
)  # fmt: skip
CLOCKS["late"] = CLOCKS["n"] - CLOCKS["kept"]
RULEBOOK = {key: rulebook.load().rule(key) for key in CLOCKS["rule"]}

CHANCES = _table(
    "case_id unit_id unit title hidden due_at chance meeting_chance n basis hours_open",
    ("2026-0301", "D01", "市城管局", "菜场外溢占道", False, NOW + 3 * HOUR, 0.82, 0.85, 41, "unit", 71.0),
    ("2026-0302", "D02", "市住建局", "外墙渗水", False, NOW + 9 * HOUR, 0.55, 0.57, 128, "kind", 60.0),
    ("2026-0303", "T01", "玉河街道", "", True, NOW + 20 * HOUR, 0.31, 0.4, 2210, "all", 44.0),
    ("2026-0304", "T02", "白马镇", "渣土未清运", False, NOW - 144 * HOUR, None, 0.93, 77, "unit", 240.0),
)  # fmt: skip
SKILL = _table(
    "cases undecided late brier base skill first last",
    (963, 40, 0.22, 0.121, 0.158, 0.234, datetime(2026, 8, 26), datetime(2026, 11, 16)),
)
