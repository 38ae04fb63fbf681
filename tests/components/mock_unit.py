"""The figures of design/mock/unit-desk as the questions would answer them: one unit of five kinds."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pandas as pd

START, END = datetime(2026, 11, 17), datetime(2026, 11, 26)

ONE = SimpleNamespace(
    unit_id="u21", unit="市城管局", short_name="城管局", unit_group="department", leader_post="局长",
    is_linked=True,
)  # fmt: skip
STANDING = SimpleNamespace(
    unit_id="u21", unit="市城管局", unit_group="department", tier="worse", rank=21, k=54.0, n=72,
    n_effective=72.0, rate=0.75, low=0.639, high=0.836, shrunk=0.784, mean=0.911, alarm=True, adjusted=0.77,
    start=START, end=END, rolling=False, missing=0, before_k=74.0, before_n=80, before_rate=0.925,
    change=-0.175, move="down", recent="worse,same,worse", in_tier=2, ranked=21,
)  # fmt: skip
STOCK = SimpleNamespace(open=46, overdue=4, due_48h=6)


def standing(**changed: object) -> SimpleNamespace:
    """The unit's row of the league with some columns changed."""
    return SimpleNamespace(**{**vars(STANDING), **changed})


_MEASURES = [
    ("satisfaction", 54, 72, 0.639, 0.836, 74, 80, 0.926, 0.911, False, True, "down"),
    ("adjudicated", 54, 71, 0.650, 0.845, 74, 80, 0.928, 0.913, False, True, "down"),
    ("on_time", 73, 83, 0.792, 0.933, 84, 90, 0.974, 0.968, False, True, "level"),
    ("on_time_original", 66, 83, 0.696, 0.868, 80, 90, 0.931, 0.925, False, True, "level"),
    ("response", 76, 83, 0.836, 0.959, 85, 90, 0.962, 0.955, False, False, "level"),
    ("resolution", 50.0, 72, 0.580, 0.789, 58.0, 72, 0.912, 0.902, False, True, "down"),
    ("signing", 81, 83, 0.916, 0.993, 89, 90, 0.989, 0.984, False, False, "level"),
    ("closure", 79, 92, 0.773, 0.916, 90, 96, 0.905, 0.900, False, False, "level"),
    ("sent_back", 5, 79, 0.027, 0.140, 2, 72, 0.018, 0.021, True, True, "level"),
    ("repeats", 6, 79, 0.036, 0.157, 3, 72, 0.031, 0.035, True, False, "level"),
    ("returns", 7, 96, 0.036, 0.143, 4, 94, 0.052, 0.055, True, False, "level"),
    ("participation", 75, 84, 0.809, 0.944, 68, 79, 0.853, 0.861, False, False, "level"),
    ("reach", 84, 91, 0.850, 0.960, 79, 85, 0.920, 0.918, False, False, "level"),
    ("callback", 79, 79, 0.954, 1.0, 72, 72, 1.0, 0.998, False, False, "level"),
    ("whistles", 7, 9, 0.453, 0.937, 6, 7, 0.900, 0.890, False, False, "level"),
]
MEASURES = pd.DataFrame(
    _MEASURES,
    columns=[
        "measure", "k", "n", "low", "high", "before_k", "before_n", "median", "group_mean", "is_bad_high",
        "worse", "move",
    ],
).assign(
    unit_of_count=lambda found: found["measure"].eq("whistles").map({True: "summons", False: "case"}),
    rate=lambda found: found["k"] / found["n"],
    before_rate=lambda found: found["before_k"] / found["before_n"],
    is_ranked=True, is_judged=lambda found: found["n"] >= 10, overclaim=float("nan"),
)  # fmt: skip
NO_MEASURES = MEASURES.assign(
    k=0, n=0, rate=None, low=None, high=None, worse=False, move="", is_judged=False
).astype({"rate": float, "low": float, "high": float})


def told(measure: str, **changed: object) -> pd.DataFrame:
    """Every measure, one of them with some columns changed."""
    found = MEASURES.copy()
    for column, value in changed.items():
        found.loc[found["measure"] == measure, column] = value
    return found


def counted(k: float, n: int) -> pd.DataFrame:
    """Every measure with these hits on this base."""
    return MEASURES.assign(k=k, n=n, rate=k / n)


_RATES = [0.896, 0.877, 0.909, 0.866, 0.862, 0.884, 0.865, 0.879, 0.873, 0.833, 0.925, 0.75]
_LOWS = [0.808, 0.782, 0.816, 0.776, 0.757, 0.799, 0.769, 0.771, 0.776, 0.726, 0.837, 0.639]
_HIGHS = [0.946, 0.934, 0.958, 0.923, 0.925, 0.936, 0.925, 0.940, 0.932, 0.904, 0.968, 0.836]
_MEANS = [0.907, 0.923, 0.919, 0.924, 0.924, 0.913, 0.921, 0.920, 0.924, 0.909, 0.916, 0.911]
_TIERS = ["same", "same", "same", "worse", *["same"] * 5, "worse", "same", "worse"]
_STARTS = [datetime(2026, 7, 27) + n * timedelta(days=10) for n in range(11)]
TREND = pd.DataFrame(
    {
        "unit_id": "u21", "unit": "市城管局", "unit_group": "department", "number": range(25, 37),
        "start": [*_STARTS, START], "end": [*_STARTS[1:], START, END],
        "complete": [True] * 11 + [False],
        "k": [69, 64, 70, 71, 69, 76, 64, 51, 62, 60, 74, 54],
        "n": [77, 73, 77, 82, 80, 86, 74, 58, 71, 72, 80, 72],
        "rate": _RATES, "low": _LOWS, "high": _HIGHS, "mean": _MEANS, "tier": _TIERS,
    }
).astype({"number": "Int64"})  # fmt: skip
MEETINGS = pd.DataFrame({"number": [29, 33, 34, 35], "items": [1, 1, 1, 1]}).astype({"number": "Int64"})


def unrated(*places: int) -> pd.DataFrame:
    """The trend with no rating in these periods."""
    gone = TREND.index.isin(places)
    found = TREND.copy()
    found.loc[gone, ["k", "n"]] = 0
    found.loc[gone, ["rate", "low", "high"]] = float("nan")
    return found.assign(tier=found["tier"].mask(gone, "few"))


_STAGES = [
    ("c1", "餐饮油烟", 23, 1, 4, 6, 3, 9, 20),
    ("c2", "占道经营", 24, 0, 1, 2, 1, 4, 19),
    ("c3", "渣土扬尘", 14, 1, 2, 1, 1, 3, 12),
    ("c4", "违法建设", 12, 0, 0, 1, 0, 1, 11),
    ("c5", "夜间噪声", 10, 0, 0, 0, 0, 1, 10),
]
STAGES = pd.DataFrame(
    _STAGES,
    columns=[
        "category_id", "kind", "due", "signed_late", "contacted_late", "closed_late", "sent_back",
        "dissatisfied", "rated",
    ],
)  # fmt: skip

_WHY = [
    ("before", "", "", 0.925, 92.5, 74, 80, None, None),
    ("mix", "", "", -0.004, -0.4, 74, 80, 54, 72),
    ("kind", "餐饮油烟", "c1", -0.096, -9.6, 22, 23, 11, 20),
    ("kind", "占道经营", "c2", -0.031, -3.1, 18, 20, 15, 19),
    ("kind", "渣土扬尘", "c3", -0.029, -2.9, 13, 14, 9, 12),
    ("kind", "违法建设", "c4", -0.001, -0.1, 11, 12, 10, 11),
    ("kind", "夜间噪声", "c5", -0.014, -1.4, 10, 11, 9, 10),
    ("excluded", "", "", 0.0, 0.0, 1, 1, 1, 1),
    ("rules", "", "", 0.0, 0.0, 80, 80, 72, 72),
    ("now", "", "", 0.75, 75.0, None, None, 54, 72),
]
WHY = pd.DataFrame(
    _WHY,
    columns=["part", "kind", "category_id", "points", "printed", "before_k", "before_n", "k", "n"],
)
SHIFT = SimpleNamespace(
    before_rank=6, rank=21, own=15, others=0, units=21, move="down", rate=0.75, n=72, rolling=False,
    before_rate=0.925, before_n=80, before_rolling=False,
)  # fmt: skip

REASONS = pd.DataFrame(
    [
        ("没解决", 8, 8 / 18, "餐饮油烟", 5),
        ("整改后又发生", 5, 13 / 18, "餐饮油烟", 3),
        ("没联系就答复", 2, 15 / 18, "餐饮油烟", 1),
        ("太慢", 2, 17 / 18, "", 0),
        ("态度", 1, 1.0, "", 0),
    ],
    columns=["reason", "cases", "cumulative", "top_kind", "top_cases"],
)

_DUE = datetime(2026, 11, 25, 9, 42)
_LATE = [
    ("N1", "南门夜市油烟直排", False, 11 * 24 + 3, 3, "overdue"),
    ("N2", "老街早点铺占道出摊", False, 5 * 24 + 1, 2, "overdue"),
    ("N3", "（保密）", True, 3 * 24 + 2, 1, "overdue"),
    ("N4", "高新小区楼顶违建", False, 25, 0, "overdue"),
    ("N5", "北门烧烤摊夜间噪声", False, -7, 0, "due_soon"),
    ("N6", "学府路占道停售", False, -26, 0, "due_soon"),
]
LATE = pd.DataFrame(_LATE, columns=["case_id", "title", "hidden", "hours_late", "level", "state"]).assign(
    due_at=lambda found: [_DUE - timedelta(hours=hours) for hours in found["hours_late"]]
)

WHISTLES = (
    pd.DataFrame(
        [
            ("玉河街道", "围挡倒伏占道", "missing", 16, 30),
            ("白马镇", "河岸倾倒渣土", "late", 11, 60),
            ("青禾街道", "沿街广告牌松动", "on_time", 24, 30),
            ("东湖街道", "夜市收摊留污", "on_time", 18, 30),
            ("云台镇", "山道落石清理", "on_time", 41, 60),
            ("南门街道", "井盖缺失", "on_time", 12, 30),
            ("南门街道", "路面塌陷围护", "on_time", 20, 30),
            ("学府街道", "早市占道", "on_time", 22, 30),
            ("青禾街道", "垃圾焚烧", "on_time", 27, 30),
        ],
        columns=["town", "matter", "state", "minutes", "limit_minutes"],
    )
    .assign(is_told=True)
    .assign(called_at=_DUE, due_at=_DUE, arrived_at=pd.NaT)
)

ITEMS = pd.DataFrame(
    [
        (35, "南门夜市油烟集中整治", "overdue", datetime(2026, 11, 24), datetime(2026, 11, 24), 1),
        (34, "渣土夜运线路联查", "signed_off", datetime(2026, 11, 15), datetime(2026, 11, 14), 0),
        (33, "学府路早市疏导入场", "signed_off", datetime(2026, 11, 6), datetime(2026, 11, 5), 0),
        (29, "老城区油烟净化器清洗", "signed_off", datetime(2026, 9, 25), datetime(2026, 9, 24), 0),
    ],
    columns=["number", "title", "state", "first_due_at", "at", "days_late"],
).assign(hidden=False, is_told=True)

RETURNS = pd.DataFrame(
    [
        ("out", "u7", "市住建局", 3), ("out", "u9", "市生态环境局", 3), ("out", "u2", "南门街道", 1),
        ("in", "u7", "市住建局", 2), ("in", "u4", "市水利局", 1),
    ],
    columns=["direction", "other_id", "other", "cases"],
)  # fmt: skip

REPEATS = pd.DataFrame(
    [
        ("N11", "南门夜市油烟又起", "N31", datetime(2026, 11, 24, 20, 5), 6),
        ("N12", "早点铺又摆出来", "N32", datetime(2026, 11, 23, 7, 30), 12),
        ("N13", "渣土车夜里照跑", "N33", datetime(2026, 11, 20, 23, 10), 27),
    ],
    columns=["first_case_id", "title", "case_id", "received_at", "days_after"],
).assign(hidden=False)
