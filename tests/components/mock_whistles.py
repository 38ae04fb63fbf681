"""The figures of the reference picture of /whistles, as the questions would answer them; they add up."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from components.whistle_words import Book

NOW = datetime(2026, 11, 25, 14, 42)
MINUTE = timedelta(minutes=1)


def listed(set_name: str, **own: Any) -> str:
    """The list of a set, as a page would address it."""
    return "/".join(["", set_name, *(str(value) for value in own.values() if value is not None)])


BOOK = Book(NOW, 0.25, 10, 10, 30, listed, {"W1": "/cases/1"}.get)

NONE = pd.Series(dict.fromkeys(
    ("late", "soon", "soft", "open", "today", "usual_low", "usual_high", "arrived", "summoned", "all_there",
     "leads_there", "leads", "pairs_k", "pairs_n", "pairs_unconfirmed", "pairs_before_k", "pairs_before_n",
     "whole_k", "whole_n", "whole_before_k", "whole_before_n")
))  # fmt: skip
NONE["late_units"] = ""

TILES = pd.Series({
    "late": 2, "late_units": "住建局、水务公司", "soon": 2, "soft": 1, "open": 7, "today": 16,
    "usual_low": 9.0, "usual_high": 15.0, "arrived": 12, "summoned": 21, "all_there": 1, "leads_there": 3,
    "leads": 7,
    "pairs_k": 125, "pairs_n": 143, "pairs_unconfirmed": 3, "pairs_before_k": 144, "pairs_before_n": 162,
    "whole_k": 40, "whole_n": 52, "whole_before_k": 40, "whole_before_n": 53,
})  # fmt: skip

_WHISTLES = [
    ("W1", "T01", "北关街道", "东门菜场棚架倾斜", 3, "urban", 41,
     (("住建局", "late"), ("城管局", "arrived"), ("应急局", "arrived"))),
    ("W2", "T02", "玉河街道", "学府路路面塌陷", 3, "urban", 36,
     (("市政中心", "arrived"), ("水务公司", "late"), ("交警大队", "arrived"), ("燃气公司", "arrived"))),
    ("W3", "T03", "石桥镇", "石桥河段大量死鱼", 1, "rural", 68,
     (("环保局", "arrived"), ("水利局", "departed"), ("农业局", "arrived"))),
    ("W4", "T04", "东湖街道", "临湖小区供水异味", 1, "urban", 24,
     (("水务公司", "departed"), ("卫健局", "answered"), ("住建局", "arrived"))),
    ("W5", "T05", "龙泉镇", "矿山便道小滑坡", 1, "rural", 33,
     (("自规局", "departed"), ("应急局", "arrived"), ("交运局", "answered"))),
    ("W6", "T06", "青禾街道", "工地围挡占盲道", 1, "urban", 4,
     (("城管局", "answered"), ("住建局", "called"))),
    ("W7", "T07", "白马镇", "白马溪倾倒渣土", 4, "rural", 112,
     (("水利局", "arrived"), ("城管局", "arrived"), ("自规局", "arrived"))),
]  # fmt: skip
_CAME = {"W1": 18, "W2": 21, "W3": 52, "W4": 19, "W5": 25, "W7": 38}
"""Minutes after acceptance at which those came that are there."""


def summons(
    code: str, town_id: str, town: str, matter: str, times: int, kind: str, since: int,
    units: tuple[tuple[str, str], ...], came: int = 0,
) -> list[dict[str, Any]]:  # fmt: skip
    """A whistle accepted so many minutes ago, as rows of whistles.active; who is there, came then."""
    accepted = NOW - since * MINUTE
    limit, last = (30.0, 30.0) if kind == "urban" else (60.0, 120.0)
    is_whole = all(state == "arrived" for _name, state in units)
    beyond = {"late": max(since - int(last), 1), "arrived": max(came - int(last), 0)}
    whistle = {
        "whistle_id": code, "town_id": town_id, "town": town, "matter": matter, "hidden": matter == "",
        "place": "", "times": times, "area_kind": kind, "accepted_at": accepted, "called_at": accepted,
        "minutes": float(came if is_whole else since), "limit_minutes": limit, "last_limit_minutes": last,
        "due_at": accepted + limit * MINUTE, "last_due_at": accepted + last * MINUTE,
        "answered_at": None, "departed_at": None, "left_at": None, "closed_at": None, "end": "open",
        "is_confirmed": True, "is_told": True, "is_answer_told": True,
    }  # fmt: skip
    return [
        {
            **whistle, "unit_id": name, "unit": name, "short_name": name,
            "role": "assist" if number else "lead", "state": state, "late_minutes": beyond.get(state, 0),
            "arrived_at": accepted + came * MINUTE if state == "arrived" else None,
        }
        for number, (name, state) in enumerate(units)
    ]  # fmt: skip


ACTIVE = pd.DataFrame([row for one in _WHISTLES for row in summons(*one, came=_CAME.get(one[0], 0))])


def _over(code: str, town: str, begun: int, came: int, ended: int) -> dict[str, Any]:
    """A whistle that was signed off today: minutes ago of call, arrival and end."""
    row = summons(code, code, town, "已了结", 1, "urban", begun, (("城管局", "arrived"),), begun - came)[0]
    ended_at = NOW - ended * MINUTE
    return {**row, "left_at": ended_at, "closed_at": ended_at, "end": "closed"}


DAY = pd.DataFrame(
    [*ACTIVE.to_dict("records"), _over("W8", "柳荫镇", 390, 350, 320), _over("W9", "云台镇", 330, 280, 190)]
)

UNITS = pd.DataFrame(
    [
        ("D4", "交警大队", "交警", 22, 22, 1.0, 0.851, 1.0, "better", 2, 2, 20, 20, 1, 72.8, 20, 21),
        ("D2", "应急局", "应急", 19, 19, 1.0, 0.832, 1.0, "same", 4, 4, 15, 15, 0, 60.0, 17, 18),
        ("D8", "住建局", "住建", 15, 19, 0.789, 0.567, 0.915, "same", 9, 12, 6, 7, 0, 66.0, 12, 16),
        ("P1", "水务公司", "水务", 8, 11, 0.727, 0.434, 0.903, "same", 8, 11, 0, 0, 0, 90.0, 8, 9),
        ("D1", "城管局", "城管", 24, 33, 0.727, 0.558, 0.849, "worse", 10, 14, 14, 19, 0, 81.0, 29, 32),
        ("D9", "卫健局", "卫健", 5, 5, 1.0, 0.566, 1.0, "few", 0, 0, 5, 5, 0, None, 0, 0),
        ("D7", "农业局", "农业", 6, 7, 0.857, 0.487, 0.974, "few", 3, 3, 3, 4, 0, 40.0, 3, 4),
    ],
    columns=["unit_id", "unit", "short_name", "k", "n", "rate", "low", "high", "tier", "lead_k", "lead_n",
             "assist_k", "assist_n", "unconfirmed", "stay_minutes", "good", "rated"],
).assign(mean=0.874, is_told=True, closed=[23, 19, 17, 10, 35, 0, 6])  # fmt: skip
RATINGS = pd.DataFrame(
    [("town", 84, 96, 0.875, 0.794, 0.927), ("unit", 80, 88, 0.909, 0.831, 0.953)],
    columns=["side", "good", "rated", "rate", "low", "high"],
)
SPOTS = pd.DataFrame(
    [
        ("S1", "白马溪", "白马镇", "倾倒渣土", False, "D3", "水利局", 4, True),
        ("S2", "学府路", "玉河街道", "路面塌陷", False, "P5", "市政中心", 3, True),
        ("S3", "", "北关街道", "", True, "D8", "住建局", 3, True),
        ("S4", "城南路口", "柳荫镇", "围挡占道", False, None, None, 2, False),
    ],
    columns=["spot_id", "place", "town", "matter", "hidden", "unit_id", "unit", "times", "is_proposed"],
)
TOWNS = pd.DataFrame(
    [
        ("T9", "梨坞乡", 2, 0, 0, 1, 200.0, 24.2, 722.5, "few", 2, 2.5),
        ("T8", "云台镇", 16, 0, 0, 20, 80.0, 45.7, 129.9, "high", 9, 2.0),
        ("T1", "玉河街道", 6, 1, 1, 93, 6.5, 2.4, 14.0, "", 4, 2.6),
        ("T3", "青禾街道", 3, 0, 0, 97, 3.1, 0.6, 9.0, "", 3, 2.2),
        ("T5", "白马镇", 0, 0, 0, 420, 0.0, 0.0, 0.9, "low", 0, None),
        ("T6", "新区", 1, 0, 0, None, None, None, None, "few", 1, 1.0),
    ],
    columns=["town_id", "town", "whistles", "void", "cancelled", "orders", "per_100",
             "per_100_low", "per_100_high", "outside", "closed", "hours"],
).assign(band_low=1.0, band_high=20.0)  # fmt: skip
