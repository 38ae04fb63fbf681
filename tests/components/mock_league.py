"""The figures of the league's reference pictures, as the questions would answer them."""

from datetime import datetime

import pandas as pd

from rules.ranking import limits, wilson

START, END = datetime(2026, 11, 17), datetime(2026, 11, 26)
MEAN = 0.91148
# unit, k, n, shrunk, rank, side rates, which of these are clearly worse, before, recent, 30 days
_ROWS = [
    ("U31", "市医保局", 79, 80, 95.8, 1, (98.8, 95.6, 1.1, 90.9), "", None, "same,same,better", False),
    ("U30", "市人社局", 104, 107, 95.2, 2, (97.4, 93.0, 1.8, 88.5), "", 89.4, "same,same,better", False),
    ("U32", "市税务局", 63, 64, 95.2, 2, (100.0, 95.3, 0.0, 91.4), "", None, "same,same,better", False),
    ("U09", "市民政局", 28, 29, 93.3, 4, (100.0, 93.1, 0.0, 83.3), "", None, "same,same,same", False),
    ("U11", "市应急局", 13, 13, 93.2, 5, (100.0, 96.2, 0.0, 86.7), "", None, "same,same,same", False),
    ("U07", "市教育局", 39, 41, 93.1, 6, (95.5, 91.5, 2.2, 84.0), "", None, "same,same,same", False),
    ("U05", "市水利局", 23, 24, 92.9, 7, (100.0, 91.7, 0.0, 82.8), "", None, "same,same,same", False),
    ("U08", "市卫健局", 36, 38, 92.9, 7, (100.0, 92.1, 0.0, 88.4), "", None, "same,same,same", False),
    ("U10", "市市场监管局", 69, 74, 92.6, 9, (95.1, 91.9, 2.6, 85.1), "", None, "same,same,same", False),
    ("U12", "市司法局", 16, 17, 92.3, 10, (100.0, 91.2, 0.0, 89.5), "", None, "same,same,same", False),
    ("U01", "市公安局", 61, 66, 92.1, 11, (97.3, 90.2, 1.5, 90.4), "", None, "same,same,same", False),
    ("U06", "市农业农村局", 25, 27, 92.0, 12, (100.0, 87.0, 3.3, 85.3), "", None, "same,same,same", False),
    ("U14", "市退役军人局", 12, 13, 91.9, 13, (100.0, 92.3, 0.0, 59.1), "p", None, "same,same,same", False),
    ("U15", "市商务局", 21, 23, 91.6, 14, (96.2, 87.0, 4.0, 85.2), "", None, ",same,same", True),
    ("U03", "市生态环境局", 40, 44, 91.4, 15, (98.0, 90.9, 4.3, 88.0), "", None, "same,same,same", False),
    ("U13", "市文旅局", 17, 19, 91.2, 16, (95.2, 89.5, 0.0, 87.0), "", None, "same,same,same", False),
    ("U02", "市交警大队", 52, 58, 90.7, 17, (92.4, 86.2, 3.2, 73.8), "p", None, "same,same,same", False),
    ("U04", "市自规局", 41, 47, 89.8, 18, (92.5, 79.8, 3.8, 84.5), "", None, "same,same,same", False),
    ("U21", "市住建局", 68, 82, 86.7, 19, (91.7, 76.8, 5.3, 80.8), "or", None, "same,same,worse", False),
    ("U22", "市交运局", 46, 57, 86.4, 20, (93.9, 79.8, 6.2, 84.1), "", None, "same,same,worse", False),
    ("U20", "市城管局", 54, 72, 82.6, 21, (88.0, 69.4, 6.3, 89.3), "ors", 92.5, "worse,same,worse", False),
    ("U40", "市林业局", 5, 6, 91.0, None, (100.0, 91.7, 0.0, 75.0), "", None, "", True),
    ("U41", "市发改局", 3, 3, 91.9, None, (100.0, 100.0, 0.0, 75.0), "", None, "", True),
    ("U42", "市财政局", 0, 0, 91.1, None, (None, None, None, None), "", None, "", True),
]  # fmt: skip


def row(unit_id: str, unit: str, k: float, n: int, **given: object) -> dict:
    """A row of league.table by the rules: rate, interval and tier follow from k and n."""
    low, high = wilson(k, n) or (None, None)
    rate = k / n if n else None
    inner, outer = limits(MEAN, n), limits(MEAN, n, 3.09)
    tier = "same" if rate is None or inner[0] <= rate <= inner[1] else "better" if rate > MEAN else "worse"
    tier = "few" if n < 10 else tier
    found = {
        "unit_id": unit_id, "unit": unit, "unit_group": "department", "tier": tier, "rank": 1, "k": float(k),
        "n": n, "base": float(n), "n_effective": float(n),
        "rate": rate, "low": low, "high": high, "shrunk": rate, "mean": MEAN,
        "alarm": rate is not None and n >= 10 and not outer[0] <= rate <= outer[1], "adjusted": rate,
        "start": START, "end": END, "rolling": False, "missing": max(0, 10 - n), "before_k": float(k),
        "before_n": n, "before_rate": rate, "change": 0.0, "move": "level" if n else "", "recent": "",
        "in_tier": 1,
    }  # fmt: skip
    for name in ("on_time", "response", "resolution", "sent_back", "participation"):
        found |= {f"{name}_k": None, f"{name}_n": 0, f"{name}_rate": None, f"{name}_worse": False}
    return found | given


def _of(picture: tuple) -> dict:
    unit_id, unit, k, n, shrunk, rank, sides, bad, before, recent, rolling = picture
    found = row(unit_id, unit, k, n, shrunk=shrunk / 100, rank=rank, recent=recent, rolling=rolling)
    names = {"on_time": "o", "resolution": "r", "sent_back": "s", "participation": "p"}
    for (name, letter), rate in zip(names.items(), sides, strict=True):
        known = {"rate": None if rate is None else rate / 100, "n": 0 if rate is None else n + 3}
        found |= {f"{name}_{field}": value for field, value in known.items()}
        found[f"{name}_worse"] = letter in bad
    found |= {"response_rate": found["on_time_rate"], "response_n": found["on_time_n"]}
    found["in_tier"] = recent.split(",").count(found["tier"])
    if before:
        change = found["rate"] - before / 100
        found |= {"before_rate": before / 100, "change": change, "move": "up" if change > 0 else "down"}
    return found | ({"move": "", "change": None} if rolling else {})


def frame(rows: list[dict]) -> pd.DataFrame:
    """Rows with the types the question gives them."""
    return pd.DataFrame(rows).astype({"rank": "Int64"} | dict.fromkeys(("change", "rate", "mean"), "float64"))


TABLE = frame([_of(picture) for picture in _ROWS])
NOBODY = TABLE.head(0)
GROUPS = pd.DataFrame({"unit_group": ["town", "department", "public"], "units": [29, 24, 8]})
PHRASES = {"U20": ("餐饮油烟", 9, 18), "U21": ("交房办证", 8, 14), "U22": ("公交停运绕行", 6, 11)}
VARIANTS = pd.DataFrame(
    [
        ("chosen", "", 0.911, 983, 3, 3, 0, "", 0),
        ("mostly", "mostly", 0.766, 983, 1, 2, 3, "市人社局、市医保局、市住建局", 0),
        ("adjudicated", "adjudicated", 0.898, 998, 3, 3, 0, "", 0),
        ("centre", "centre", 0.938, 1220, 3, 3, 0, "", 0),
        ("first", "first", 0.924, 983, 3, 2, 1, "市住建局", 0),
        ("unit", "unit", 0.921, 960, 2, 3, 1, "市税务局", 0),
    ],
    columns=["variant", "without", "mean", "rated", "better", "worse", "changed", "names", "one_way"],
)
COUNTS = {"asked": 21, "approved": 15, "refused": 4, "open": 2, "href": {"approved": "/a", "open": "/o"}}
LEDGER = pd.DataFrame(
    [
        ("X1", "20261118-0101", "U21", "市住建局", "李某", "王某", "不属于该单位职责", "approved", 0.004),
        ("X2", "20261119-0207", "U20", "市城管局", "张某", "王某", "已整改并拍照", "refused", 0.003),
        ("X3", "20261120-0033", "U20", "市城管局", "张某", None, "同一事项重复评价", "open", 0.003),
    ],
    columns=[
        *("exclusion_id", "case_id", "unit_id", "unit", "proposed_by"),
        *("reviewed_by", "reason", "state", "effect"),
    ],
)  # fmt: skip
LEDGER = LEDGER.assign(
    proposed_at=datetime(2026, 11, 20, 9, 30),
    approved_at=[datetime(2026, 11, 21, 10), pd.NaT, pd.NaT],
    rejected_at=[pd.NaT, datetime(2026, 11, 22, 16, 5), pd.NaT],
    rating="dissatisfied",
    rated=[82, 72, 72],
)
EXCLUDED = pd.DataFrame(
    [
        ("U21", "市住建局", 9, 8, 1, 0, 82, 8 / 82, 0.015, True, False),
        ("U20", "市城管局", 7, 4, 1, 2, 72, 4 / 72, 0.015, False, False),
        ("U22", "市交运局", 5, 3, 2, 0, 57, 3 / 57, 0.015, False, False),
        ("U42", "市财政局", 0, 0, 0, 0, 0, None, 0.015, False, False),
    ],
    columns=[
        *(
            "unit_id",
            "unit",
            "asked",
            "approved",
            "refused",
            "open",
            "rated",
            "share",
            "group_share",
            "flagged",
            "is_small",
        )
    ],
)


def _slope() -> pd.DataFrame:
    """Without 基本满意: three units leave their tier, and ranks shift."""
    ranked = TABLE[TABLE["tier"] != "few"].reset_index(drop=True)
    order = [2, 3, 1, 5, 4, 8, 6, 7, 11, 9, 10, 12, 15, 13, 14, 16, 18, 17, 19, 21, 20]
    left = {"U30": "same", "U31": "same", "U21": "same"}
    after = pd.DataFrame(
        {
            "unit_id": ranked["unit_id"], "unit": ranked["unit"], "before_rate": ranked["rate"],
            "before_rank": ranked["rank"], "before_tier": ranked["tier"], "before_n": ranked["n"],
            "rate": ranked["rate"] - 0.14, "rank": pd.array(order, dtype="Int64"),
            "tier": ranked["unit_id"].map(left).fillna(ranked["tier"]),
            "n": ranked["n"],
        }
    )  # fmt: skip
    return after.sort_values("rank").reset_index(drop=True)


SLOPE = _slope()


def _town(number: int) -> str:
    kind = "街道" if number % 3 else "镇"
    return f"{'玉云石白东柳青南北西'[number % 10]}{'河台桥马湖荫禾'[number % 7]}{kind}"


def towns(better: int, worse: int, same: int, few: int = 0) -> pd.DataFrame:
    """A group of towns with so many units in each tier."""
    kinds = [("better", 200, 199)] * better + [("same", 60, 55)] * same + [("worse", 120, 90)] * worse
    rows = [
        row(f"T{number:02}", _town(number),
            hits - (number % 5 if tier != "better" else 0), n, unit_group="town", rank=number)
        for number, (tier, n, hits) in enumerate(kinds, 1)
    ]  # fmt: skip
    rows += [row(f"T9{number}", f"小{number}镇", 3, 4, unit_group="town", rank=None) for number in range(few)]
    return frame(rows) if rows else NOBODY
