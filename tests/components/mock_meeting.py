"""The matters of the reference pictures meeting-desk and meeting-present-wall."""

import json
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

NOW, CUTOFF = datetime(2026, 11, 25, 9, 42), datetime(2026, 11, 26)

GROUPS = ("supervision", "assignment", "consultation")


def candidate(group: str, title: str, reasons: list, lead: str, assists: str, **other: Any) -> dict[str, Any]:
    """A row of meetings.candidates."""
    usual = {
        "case_id": f"case {title}", "item_id": "", "hidden": False, "category": "", "issue": "", "area": "",
        "rule": "", "is_prepared": False, "lead_unit_id": lead, "lead_basis": "", "led": None,
        "led_well": None, "assist_unit_ids": "", "matter": title, "severity": 0.0, "received_at": NOW,
        "others": 21,
    }  # fmt: skip
    said = {"item_group": group, "title": title, "reasons": json.dumps(reasons), "lead_unit": lead}
    return usual | said | {"assist_units": assists, "waits": not lead} | other


def placed(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows with their place in their group."""
    table = pd.DataFrame(rows)
    table["place"] = table.groupby("item_group").cumcount() + 1
    return table.astype({"led": "Int64", "led_well": "Int64"})


PRESS, ASSIGN, CONFER = GROUPS
HANDLED = {"lead_basis": "handled", "led": 6, "led_well": 5}

LATE, VERY_LATE = [["item_late", 1], ["overdue_days", 31]], [["item_late", 5], ["overdue_days", 26]]
RAISED, PASSED = [["overdue_days", 19], ["uncured"]], [["passed", 4, 2], ["people", 87]]
MANY, LOST = [["people", 212], ["waiting_days", 40]], [["passed", 3, 2], ["waiting_days", 61]]

CANDIDATES = placed(
    [
        candidate(PRESS, "学府家园二期逾期办证", LATE, "市住建局", "市自规局、市税务局"),
        candidate(PRESS, "东湖片区夜间低压停水", VERY_LATE, "宁溪水务公司", "市住建局、东湖街道"),
        candidate(PRESS, "玉河里违建二层未拆", RAISED, "玉河街道", "市城管局、市自规局"),
        candidate(ASSIGN, "金桂苑等3小区频繁停电", PASSED, "宁溪供电公司", "市住建局、东湖街道", **HANDLED),
        candidate(
            ASSIGN, "滨江路烧烤夜间噪音", [["rounds", 3], ["people", 62]], "市城管局", "市公安局、青禾街道"
        ),
        candidate(ASSIGN, "锦绣花园物业撤场弃管", MANY, "市住建局", "玉河街道"),
        candidate(ASSIGN, "东环路渣土车抛洒", [["conflict", 4, 2]], "市城管局", "市交警大队、市交运局"),
        candidate(ASSIGN, "三所小学门前无斑马线", [["group_visit", 38]], "市交警大队", "市交运局、市教育局"),
        candidate(ASSIGN, "健身房闭店不退费", [["people", 73]], "市市监局", "市公安局、市商务局"),
        candidate(ASSIGN, "北门菜市场气味扰民", [["repeats", 9, 30]], "市市监局", "市环保局、青禾街道"),
        candidate(CONFER, "纺织厂宿舍危房安置", LOST, "", "市住建局、市财政局、市民政局"),
        candidate(CONFER, "石溪跨镇河道垃圾归属", [["passed", 2, 2]], "市水利局", "柳荫镇、青禾街道"),
    ]
)

JOINING = pd.DataFrame(
    [
        {"case_id": f"j-{title}", "title": title, "hidden": False, "unit_id": "U", "unit": "市城管局"}
        for title in ("石桥村征地补偿", "南门夜市油烟", "云台小学路灯", "305路停运")
    ]
)

FIRST = datetime(2026, 8, 11)


def item(**other: Any) -> dict[str, Any]:
    """The row of meetings.matter."""
    reasons = [["passed", 4, 2], ["surge", 6.4, 1.6], ["rounds", 3]]
    return {
        "case_id": "c", "title": "金桂苑等3小区频繁停电", "place": "金桂苑、银桂苑、丹桂苑", "hidden": False,
        "category": "停电", "nature": "complaint", "confidentiality": "open", "issue": "停水停电",
        "area": "东湖街道", "first_at": FIRST, "waiting_days": 107, "affected": 1126, "reports": 143,
        "people": 87, "places": 3, "failed": 2, "round": 3, "hands": 5, "units": 3, "returned": 2,
        "now_reports": 58, "now_days": 9.0, "before_reports": 18, "before_days": 11.0, "issue_reports": 312,
        "reasons": json.dumps(reasons), "item_group": "assignment", **other,
    }  # fmt: skip


def weeks(counts: tuple[int, ...], start: datetime = FIRST, running: float = 2.0) -> pd.DataFrame:
    """Weeks one after the other; the last has run for so many days, the one before begins the period."""
    rows = []
    for number, reports in enumerate(counts):
        at, is_last = start + timedelta(weeks=number), number == len(counts) - 1
        end = at + timedelta(days=running if is_last else 7)
        rows.append((at, end, reports, not is_last, number >= len(counts) - 2))
    return pd.DataFrame(rows, columns=["start", "end", "reports", "is_complete", "is_period"])


def held(unit: str, start: int, end: int, word: str, turn: int = 1) -> dict[str, Any]:
    """A unit's stretch, from and to so many days after the first report."""
    days = {
        "start": FIRST + timedelta(days=start),
        "end": FIRST + timedelta(days=end),
        "days": float(end - start),
    }
    bad = word in ("returned", "dissatisfied", "sent_back")
    said = {"unit_id": unit, "unit": unit, "kind": "unit", "round": turn, "end_word": word, "is_failed": bad}
    return days | said


WEEKS = weeks((3, 2, 4, 3, 5, 4, 6, 5, 7, 6, 8, 9, 12, 11, 41, 17))
HOLDERS = pd.DataFrame(
    [
        held("宁溪供电公司", 0, 3, "returned"), held("市住建局", 3, 27, "dissatisfied"),
        held("东湖街道", 31, 34, "returned", 2), held("宁溪供电公司", 34, 90, "dissatisfied", 2),
        held("市住建局", 97, 107, "holding", 3),
    ]
)  # fmt: skip
ITEM = pd.DataFrame([item()])
SENTENCE = "金桂苑等 3 个小区反复停电，配电房产权不清，供电、住建、街道互相退单，至今无人牵头。"
