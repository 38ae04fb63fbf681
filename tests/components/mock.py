"""The figures of the reference pictures in design/mock, as the questions would answer them."""

from datetime import datetime

import pandas as pd

MORNING = datetime(2026, 11, 25, 9, 42)
AFTERNOON = datetime(2026, 11, 25, 14, 42)

TODAY = pd.Series({"received": 102, "previous": 88, "usual_low": 70, "usual_high": 92})
STOCK = pd.Series({"open": 812, "previous": 838, "closed_today": 38})
OVERDUE = pd.Series(
    {"overdue": 37, "previous": 31, "oldest_days": 31, "due_24h": 22, "due_48h": 64, "previous_48h": 73}
)
WHISTLES = pd.Series({"awaiting": 2, "previous": 1, "late": 1, "whistles": 3})
HALL_MORNING = pd.Series({"waiting_people": 121, "previous_people": 103, "longest_minutes": 47})
HALL = pd.Series(
    {
        "waiting_people": 61, "waiting_tickets": 37, "previous_people": 50, "longest_minutes": 64,
        "over_60": 1,
        "seats": 54, "open_seats": 41, "talking": 36, "free": 5, "shut": 13, "people_today": 540,
        "tickets_today": 402, "usual_low": 430, "usual_high": 520, "p90_minutes": 38, "median_minutes": 12,
        "called": 323, "settled": 66, "settleable": 287, "settled_share": 0.23, "settled_low": 0.185,
        "settled_high": 0.282, "left": 18, "left_share": 0.053, "misrouted": 11,
    }
)  # fmt: skip
NEWEST = pd.DataFrame({"table": ["cases"], "newest": [datetime(2026, 11, 25, 9, 41, 20)]})
MEETING = pd.DataFrame(
    [
        {
            "number": 36, "actual": datetime(2026, 11, 26), "cutoff": datetime(2026, 11, 26), "days_left": 1,
            "period_day": 9, "prepared": 12, "assignment": 7, "supervision": 3, "consultation": 2,
            "look_back": 9, "signed_off": 6, "awaiting": 1, "late": 2, "all_assigned": 745, "all_closed": 697,
        }
    ]
)  # fmt: skip

_HIGH = [6, 4, 3, 3, 4, 6, 9, 16, 30, 36, 34, 26, 17, 21, 32, 34, 31, 26, 22, 22, 20, 15, 11, 7]
_LOW = [2, 1, 1, 0, 1, 2, 4, 9, 20, 24, 23, 17, 9, 11, 20, 22, 20, 17, 13, 13, 11, 8, 5, 3]
_DONE = [4, 2, 1, 2, 1, 3, 6, 14, 38]
BY_HOUR = pd.DataFrame(
    {
        "hour": range(24),
        "received": [*_DONE, 31, *[None] * 14],
        "usual_low": _LOW,
        "usual_high": _HIGH,
        "complete": [True] * 9 + [False] * 15,
        "minutes": [60] * 9 + [42] + [0] * 14,
    }
)
ARRIVALS = pd.DataFrame(
    {
        "hour": range(8, 18),
        "people": [86, 138, 104, 52, 18, 49, 93, None, None, None],
        "usual_low": [55, 95, 80, 40, 8, 24, 78, 58, 36, 6],
        "usual_high": [80, 130, 112, 60, 18, 40, 108, 84, 56, 16],
        "complete": [True] * 6 + [False] * 4,
        "minutes": [60] * 6 + [42] + [0] * 3,
        "forecast": [None] * 7 + [88, 58, None],
        "forecast_low": [None] * 7 + [74, 46, None],
        "forecast_high": [None] * 7 + [103, 71, None],
    }
)
ISSUES = pd.DataFrame(
    [
        ("小区物业", 412, 433, -0.05, False), ("噪音扰民", 358, 345, 0.04, False),
        ("停水停电", 305, 216, 0.41, True), ("消费维权", 262, 267, -0.02, False),
        ("市政维护", 221, 230, -0.04, False), ("交通管理", 196, 157, 0.25, True),
        ("餐饮油烟", 158, 200, -0.21, True), ("环境污染", 121, 131, -0.08, False),
        ("违法建设", 93, 95, -0.02, False), ("路灯不亮", 67, 60, 0.12, False),
    ],
    columns=["issue", "received", "expected", "change", "is_real"],
)  # fmt: skip
OLDEST = pd.DataFrame(
    [
        ("20260928-0417", "市住建局", "学府家园二期逾期办证", 31, 4),
        ("20260928-0418", "宁溪水务公司", "东湖片区夜间低压停水", 26, 4),
        ("20260928-0419", "玉河街道", "玉河里违建二层未拆", 19, 4),
        ("20260928-0420", "市自规局", "石桥村征地补偿未兑付", 14, 3),
        ("20260928-0421", "市城管局", "南门夜市油烟直排", 11, 3),
        ("20260928-0422", "云台镇", "云台小学门前路灯不亮", 9, 3),
        ("20260928-0423", "市交运局", "305路停运无替代班车", 8, 3),
        ("20260928-0424", "白马镇", "白马溪渣土未清运", 6, 2),
    ],
    columns=["case_id", "unit", "title", "days_late", "level"],
).assign(hours_late=lambda rows: 24 * rows["days_late"])
_CALLS = [
    ("1", "玉河街道", "围挡倒伏占道", 46, 30, "住建局", "lead", "arrived"),
    ("1", "玉河街道", "围挡倒伏占道", 46, 30, "交警大队", "assist", "arrived"),
    ("1", "玉河街道", "围挡倒伏占道", 46, 30, "城管局", "assist", "late"),
    ("2", "云台镇", "河道倾倒渣土", 34, 60, "水利局", "lead", "departed"),
    ("2", "云台镇", "河道倾倒渣土", 34, 60, "自规局", "assist", "arrived"),
    ("2", "云台镇", "河道倾倒渣土", 34, 60, "林业局", "assist", "departed"),
    ("3", "东湖街道", "小区燃气异味", 11, 30, "燃气公司", "lead", "arrived"),
    ("3", "东湖街道", "小区燃气异味", 11, 30, "应急局", "assist", "answered"),
    ("3", "东湖街道", "小区燃气异味", 11, 30, "消防大队", "assist", "called"),
]
SUMMONS = pd.DataFrame(
    _CALLS,
    columns=["whistle_id", "town", "matter", "minutes", "limit_minutes", "short_name", "role", "state"],
)
SUMMONS["last_limit_minutes"] = SUMMONS["limit_minutes"]
SUMMONS["is_told"] = SUMMONS["is_answer_told"] = True
SUMMONS["late_minutes"] = SUMMONS["state"].eq("late") * (SUMMONS["minutes"] - SUMMONS["limit_minutes"])
_UNITS = [
    ("柳荫镇", 143, 0.986, 0.9505, 0.996, 0.934, "better"),
    ("青禾街道", 190, 0.984, 0.9547, 0.9946, 0.934, "better"),
    ("市医保局", 235, 0.970, 0.9397, 0.9856, 0.9121, "better"),
    ("宁溪供电公司", 256, 0.961, 0.9295, 0.9787, 0.898, "better"),
    ("玉河街道", 184, 0.859, 0.8011, 0.9016, 0.934, "worse"),
    ("市城管局", 205, 0.834, 0.7771, 0.8788, 0.9121, "worse"),
    ("宁溪水务公司", 148, 0.804, 0.7327, 0.8599, 0.898, "worse"),
]
SATISFACTION = pd.DataFrame(
    [
        *_UNITS,
        *[(f"单位{n}", 80, 0.91, 0.85, 0.95, 0.91, "same") for n in range(49)],
        *[(f"小单位{n}", 5, 0.8, 0.4, 0.96, 0.91, "few") for n in range(5)],
    ],
    columns=["unit", "rated", "rate", "low", "high", "group_mean", "tier"],
)
_NAMES = [
    "信访 司法", "信访 法院", "公安 交警", "公安 检察", "人社 工会", "人社 退役", "医保 残联",
    "住建 房产", "住建 征拆", "城管 环保", "城管 消防", "自规 林业", "自规 农业", "水务 供电",
    "水务 燃气", "教育 体育", "教育 妇联", "卫健 民政", "卫健 应急", "民政 供销", "交运 邮政",
    "交运 通信", "市监 商务", "市监 税务", "发改 国资", "财政 工信", "医保 文旅",
]  # fmt: skip
_WAIT = [5, 4, 3, 2, 7, 6, 8, 14, 11, 6, 3, 5, 4, 9, 12, 2, 1, 3, 2, 2, 3, 1, 4, 3, 0, 0, 1]
_LOAD = [
    62, 55, 48, 31, 81, 76, 92, 130, 110, 78, 40, 64, 52, 95,
    120, 27, 15, 46, 33, 29, 38, 18, 57, 44, 5, 0, 21,
]  # fmt: skip


def _level(load: float) -> str:
    return "easy" if load < 0.7 else "busy" if load < 0.85 else "near" if load < 1 else "over"


STRIP = pd.DataFrame(
    {
        "number": range(1, 28),
        "unit": [name.split()[0] for name in _NAMES],
        "second_unit": [name.split()[1] for name in _NAMES],
        "waiting_people": _WAIT,
        "load": [load / 100 for load in _LOAD],
        "level": ["shut" if n == 25 else _level(load / 100) for n, load in enumerate(_LOAD)],
    }
)
# people, longest, expected, low, high, open seats, level (free: a seat waits for visitors)
_QUEUES = [
    (4, 26, 21, 13, 29, 2, "busy"), (2, 19, 16, 9, 23, 2, "easy"), (1, 8, 9, 4, 14, 2, "easy"),
    (1, 6, 11, 5, 17, 2, "easy"), (5, 29, 23, 14, 31, 2, "busy"), (3, 24, 19, 11, 27, 2, "busy"),
    (5, 33, 28, 18, 38, 2, "near"), (8, 47, 34, 21, 46, 1, "over"), (5, 52, 41, 23, 59, 1, "over"),
    (3, 22, 18, 10, 25, 2, "busy"), (2, 18, 22, 10, 35, 1, "near"), (3, 21, 18, 10, 25, 2, "easy"),
    (1, 9, 12, 6, 18, 2, "easy"), (0, None, None, None, None, 2, "free"), (9, 64, 38, 27, 49, 2, "over"),
    (1, 12, 18, 8, 28, 1, "easy"), (0, None, None, None, None, 1, "free"), (2, 10, 10, 4, 15, 2, "easy"),
    (0, None, None, None, None, 2, "free"), (1, 11, 16, 8, 25, 1, "easy"), (0, None, 7, 1, 13, 1, "easy"),
    (0, None, None, None, None, 1, "free"), (3, 15, 14, 8, 20, 2, "easy"), (2, 14, 18, 8, 28, 1, "easy"),
    (0, None, None, None, None, 1, "free"), (0, None, None, None, None, 0, "shut"),
    (0, None, 6, 1, 11, 1, "easy"),
]  # fmt: skip
WINDOWS = STRIP.drop(columns=["waiting_people", "level"]).join(
    pd.DataFrame(
        _QUEUES,
        columns=[
            "waiting_people", "longest_minutes", "expected_minutes", "low_minutes", "high_minutes",
            "open_seats", "level",
        ],
    ).assign(seats=2)
)  # fmt: skip
VISITS = pd.DataFrame(
    [
        ("arrived", 402, 540, None, None), ("registered", 396, 532, 6, 0), ("ticketed", 378, 507, 4, 14),
        ("called", 323, 433, 37, 18), ("ended", 287, 385, 36, 0),
    ],
    columns=["stage", "tickets", "people", "in_progress", "left"],
)  # fmt: skip
ADVICE = pd.DataFrame(
    [
        (8, "open_seat", "房产", 34, 12, 6, 18, None, None, 41, 28),
        (9, "open_seat", "征拆", 41, 12, 3, 21, None, None, 41, 28),
        (15, "send", "水务", 38, 24, 15, 33, 2, 14, 41, 28),
    ],
    columns=[
        *("number", "action", "unit", "from_minutes", "to_minutes", "low", "high"),
        *("tickets", "to_number", "longest_minutes", "longest_after_minutes"),
    ],
)
YEAR = pd.Series(
    {
        "start": datetime(2018, 9, 1), "received": 82853, "calls": 78685, "valid": 59624,
        "settled_online": 41658, "dispatched": 17966, "satisfaction": 0.974, "rated": 12000,
        "satisfied": 11688, "meetings": 30,
        "by_secretary": 14, "assigned": 745, "closed": 697,
    }
)  # fmt: skip
