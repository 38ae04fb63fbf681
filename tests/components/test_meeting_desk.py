"""The desk of a meeting: look-back, ten days, calendar, rates, what is ready, and what is said in short."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from components import (
    meeting_agenda,
    meeting_days,
    meeting_lookback,
    meeting_rates,
    meeting_rises,
    meeting_shorts,
    words,
)
from components.meeting_agenda import Check, Part
from components.woven import woven
from tests.components.conftest import having, links, nodes, text

DAY = timedelta(days=1)
NOW = datetime(2026, 11, 25, 9, 42)
PROMISED = datetime(2026, 11, 25)

ITEM: dict[str, Any] = {
    "item_id": "i-1", "case_id": "1", "title": "东湖片区夜间低压停水", "hidden": False, "is_last_batch": True,
    "lead_unit": "宁溪水务公司", "assist_units": "住建局、东湖街道", "pledge": "换增压泵",
    "first_due_at": PROMISED, "due_at": PROMISED, "step": "handling", "refused_count": 0,
    "slip_days": 0, "is_late": False, "is_promised": False, "is_kept": False, "is_told": True, "number": 35,
    "faults": "", "rating": "", "rated_at": pd.NaT,
    "closed_at": pd.NaT, "signoff_applied_at": pd.NaT, "signed_off_at": pd.NaT, "is_reopened": False,
}  # fmt: skip

DONE = {
    "step": "signed_off",
    "is_promised": True,
    "is_kept": True,
    "closed_at": NOW - 4 * DAY,
    "signed_off_at": NOW - DAY,
    "slip_days": -3,
}
LATE = {"first_due_at": PROMISED - 4 * DAY, "slip_days": 5, "is_late": True, "is_promised": True}

DAYS = pd.Series({
    "total": 2961, "calls": 2918, "sms": 7, "others": 36, "valid": 2543, "online": 1463, "dispatched": 1080,
    "waiting": 0, "closed": 1074, "in_hand": 812, "carried": 806, "issue": "小区物业", "issue_count": 412,
    "on_time_k": 1027, "on_time_n": 1068, "satisfied_k": 687, "satisfied_n": 746, "days": 8.4,
    "per_day": 352.2, "per_day_before": 350.9, "days_before": 11.0, "mover": "停水停电", "mover_count": 305,
    "mover_change": 0.41, "all_assigned": 386, "all_closed": 381, "all_signed": 378,
})  # fmt: skip

SUMS = pd.DataFrame(
    [("channels", 2961, 2961, True), ("valid", 2543, 2543, True), ("stock", 1886, 1886, True)],
    columns=["name", "left", "right", "holds"],
).assign(left_terms=json.dumps([["calls", 1], ["sms", 2]]), right_terms=json.dumps([["total", 3]]))


def rows(*changes: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([ITEM | change for change in changes] or [ITEM]).head(len(changes))


def back(*changes: dict[str, Any]) -> Any:
    leads = meeting_lookback.Leads(
        lambda name: f"/items/{name}", "/older", lambda item: f"/cases/{item.case_id}"
    )
    return meeting_lookback.look_back(rows(*changes), 35, leads)


def days(**changes: Any) -> Any:
    found = pd.concat([DAYS, pd.Series(changes)]) if not set(changes) <= set(DAYS.index) else DAYS.copy()
    for name, value in changes.items():
        found[name] = value
    row = next(pd.DataFrame([found]).itertuples())
    return meeting_days.ten_days(row, SUMS, date(2026, 11, 17), "", lambda name: f"/{name}", None)


# ── the look-back ──


def test_the_title_says_how_the_batch_stands():
    said = text(back({}, LATE, DONE, {**DONE, "is_reopened": True}, {"step": "verified"}))

    assert said.startswith("回头看 5 项：销号 1 项、待核查 1、逾诺 1、重新打开 1")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (LATE, "逾 5 天"),
        ({"slip_days": 0}, "按期"),
        (DONE, "提前 3 天"),
        ({"first_due_at": pd.NaT, "due_at": pd.NaT, "slip_days": float("nan")}, "—"),
    ],
)
def test_an_item_is_measured_against_its_first_promise(change, said):
    row = next(rows(change).itertuples())

    assert text(meeting_lookback.slip(row)).strip() == said
    assert bool(having(meeting_lookback.slip(row), "late")) == (change is LATE)


def test_a_promise_that_was_moved_stands_beside_the_first_which_never_changes():
    assert "11-20 改 11-24" in text(back({**LATE, "due_at": PROMISED}))
    assert "改" not in text(back({}))


def test_of_the_first_promises_that_have_come_those_kept_are_counted():
    assert "首次承诺到期 2 项、按期 1 项" in text(back({}, LATE, DONE))
    assert "首次承诺均未到期" in text(back({}, {}))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"closed_at": NOW - DAY}, "已办结，未申请销号"),
        ({"closed_at": NOW - DAY, "step": "applied"}, "申请销号"),
        ({**DONE, "faults": "no_promise,open_case"}, "销号 工单未办结"),
        (DONE, "销号"),
        ({**DONE, "faults": "open_case", "is_reopened": True}, "重新打开"),
    ],
)
def test_the_state_says_what_its_word_alone_would_hide(change, said):
    row = next(rows(change).itertuples())

    assert text(meeting_lookback.state(row)).strip() == said


def test_the_rating_of_the_citizen_stands_beside_the_state():
    assert "不满意" in text(back({"rating": "dissatisfied", "rated_at": NOW}))


def test_older_items_stand_below_a_line_with_their_meeting_and_no_more_than_fit():
    older = {"is_last_batch": False, "number": 33, "title": "旧事"}
    drawn = back({}, *[older] * 10, {**older, "is_reopened": True})

    lines = [text(node) for node in nodes(drawn) if node._type == "Tr"]
    assert lines[2].startswith("更早，先交办的在前") and "另有 3 项" in lines[2]
    assert [line.startswith("第33次 旧事") for line in lines[3:]] == [True] * 8
    assert "更早未销号 11，含重新打开 1" in text(drawn)
    assert links(drawn).count("/older") == 2
    assert "另有" not in text(back({}, *[older] * 8))


def test_a_report_has_no_title_and_older_items_are_a_count_that_opens_them():
    drawn = back({"hidden": True, "title": ""}, {"is_last_batch": False}, {"is_last_batch": False})

    assert "（不公开）" in text(drawn)
    assert "更早未销号 2 项" in text(drawn)
    assert "/older" in links(drawn)


def test_a_meeting_that_assigned_nothing_says_so():
    older, nothing = text(back({"is_last_batch": False})), text(back())
    assert "上次会没有交办事项" in older and "上次会没有交办事项" in nothing
    assert "次交办" not in older + nothing, "of no items nothing is kept or still to come"


# ── the ten days ──


def test_the_ten_days_are_the_sentence_of_the_bulletin_in_its_own_order():
    said = text(days())

    order = [
        "2,961 件",
        "小区物业 412 件、占比 13.9%",
        "2,918 个",
        "2,543 件",
        "1,463 件",
        "1,080 件",
        "7 件",
    ]
    places = [
        said.index(part)
        for part in [*order, "36 件", "1,074 件", "812 件", "96.2%（n=1,068）", "92.1%（n=746）"]
    ]
    assert places == sorted(places)
    assert "待转派" not in said
    assert "待转派 9 件" in text(days(waiting=9))


def test_every_figure_of_the_sentence_leads_somewhere():
    counted = {
        "/total",
        "/calls",
        "/valid",
        "/online",
        "/dispatched",
        "/sms",
        "/others",
        "/closed",
        "/in_hand",
    }

    assert counted | {"/issue_count", "/on_time_n", "/satisfied_n", "/mover_count", "/all_assigned"} <= set(
        links(days())
    )


def test_a_rate_of_nothing_is_no_rate():
    said = text(days(satisfied_n=0, satisfied_k=0))

    assert "群众满意度 —（无样本）" in said


@pytest.mark.parametrize(
    ("before", "said"), [(350.9, "与上期持平"), (300.0, "比上期 +17%"), (float("nan"), "日均 352 件")]
)
def test_the_title_compares_days_with_days(before, said):
    heading = text(having(days(per_day_before=before), "cut")[0])

    assert heading.strip().endswith(said)


def test_a_kind_that_did_not_rise_beyond_chance_is_not_named_and_of_none_named_nothing_is_said():
    assert "各类问题均与上期持平" in text(days(mover=""))
    assert "各类问题" not in text(days(mover="", issue=""))


def test_a_sum_that_does_not_agree_is_written_out():
    wrong = SUMS.assign(holds=[True, False, True], right=[2961, 2540, 1886])
    row = next(pd.DataFrame([DAYS]).itertuples())
    said = text(meeting_days.ten_days(row, wrong, date(2026, 11, 17), "", lambda _name: None, None))

    assert "三式相符" not in said
    assert "有效" in said and "≠" in said and "通报不予导出" in said


# ── order, neighbours, the year ──


def calendar() -> pd.DataFrame:
    made = [
        (35, date(2026, 11, 16), date(2026, 11, 17), "held", "16日市委全会，顺延一天", None, False),
        (36, date(2026, 11, 26), date(2026, 11, 26), "planned", "", None, False),
        (None, date(2026, 12, 6), date(2026, 12, 6), "skipped", "停开", None, False),
        (37, date(2026, 12, 16), date(2026, 12, 17), "planned", "slid", date(2026, 12, 26), True),
    ]
    names = ["number", "nominal", "actual", "state", "reason", "merged_into", "is_proposal"]
    return pd.DataFrame(made, columns=names).astype({"number": "Int64"})


def test_the_order_of_business_adds_up():
    assert "共 1小时23分" in text(meeting_agenda.order([Part("a", 18), Part("b", 5), Part("c", 60)]))


def test_the_neighbours_are_those_that_take_place_with_the_reason_of_a_move():
    drawn = meeting_agenda.neighbours(calendar(), date(2026, 11, 26), lambda day: f"/meeting/{day}")

    assert text(drawn) == "第35次 11-17 16日市委全会，顺延一天第36次 11-26第37次 12-17 建议并入 12-26"
    assert links(drawn) == ["/meeting/2026-11-17", "/meeting/2026-12-17"]


def test_the_year_says_what_was_skipped_and_which_years_nobody_knows():
    drawn = meeting_agenda.year(calendar(), 2026, lambda day: f"/meeting/{day}", [2027], [(2025, "/2025")])
    said = text(drawn)

    assert said.startswith("2026年 2 次会改期")
    assert said.count("停开停开") == 0 and "停开" in said
    assert said.count("16日市委全会，顺延一天") == 1
    assert "2027 年的工作日历未知" in said
    assert "/2025" in links(drawn)


def test_what_is_not_ready_comes_first_and_the_title_counts_the_signs():
    drawn = meeting_agenda.ready(
        [Check("数字", "相符", 1), Check("截数", "13小时", 0), Check("牵头", "11/12", 0.9)], None
    )

    assert text(drawn).startswith("会前还差 2 件，已备 1 件")
    assert [text(node.children[1]) for node in nodes(drawn) if node._type == "Li"] == ["截数", "牵头", "数字"]


# ── rates, and in short ──


def rated(**changes: Any) -> pd.DataFrame:
    """Rates of all meetings and of one chair."""
    made = [
        ("all", "", "", 745, 697, 690, 700, 650, 55),
        ("chair", "secretary", "secretary", 300, 290, 280, 300, 280, 20),
    ]
    names = ["by", "key", "name", "assigned", "closed", "signed_off", "promise_due", "promise_kept", "open"]
    rates = pd.DataFrame(made, columns=names).assign(number=pd.NA, actual=None)
    return rates.assign(close_rate=rates["closed"] / rates["assigned"], kept_rate=0.9).assign(**changes)


def by_chair(rates: pd.DataFrame) -> Any:
    return meeting_rates.table(rates, "chair", lambda row, name: f"/{row.by}/{name}", lambda row: "")


def test_done_and_signed_off_are_two_numbers_and_the_whole_stands_first():
    drawn = by_chair(rated())

    assert text(drawn).startswith("交办 745 项，办结 697 项（93.6%），未销号 55 项")
    assert "书记" in text(drawn)
    assert {"/all/closed", "/all/signed_off", "/chair/open"} <= set(links(drawn))


NO_CLOSING, NO_SIGN_OFF = {"closed": pd.NA, "close_rate": pd.NA}, {"signed_off": pd.NA, "open": pd.NA}
NO_PROMISES = {"promise_due": pd.NA, "promise_kept": pd.NA, "kept_rate": pd.NA}


@pytest.mark.parametrize(
    ("nothing", "said", "leads"),
    [
        (
            NO_CLOSING,
            "交办 745 项，办结未记录，未销号 55 项",
            {"assigned", "signed_off", "open", "promise_due"},
        ),
        (NO_SIGN_OFF, "交办 745 项，办结 697 项（93.6%），销号未记录", {"assigned", "closed", "promise_due"}),
        (NO_CLOSING | NO_SIGN_OFF | NO_PROMISES, "交办 745 项，办结未记录，销号未记录", {"assigned"}),
    ],
)
def test_of_an_end_that_is_never_recorded_there_is_no_number(nothing, said, leads):
    drawn = by_chair(rated(**nothing))

    assert text(drawn).startswith(said)
    assert "nan" not in text(drawn).lower() and "<NA>" not in text(drawn)
    found = {href for href in links(drawn) if href.startswith("/all/")}
    assert found - {"/all/promise_kept"} == {f"/all/{name}" for name in leads}


@pytest.mark.parametrize(
    ("nothing", "said"),
    [
        ({"all_closed": pd.NA}, "历次会交办 386 项，来源没有办结记录，销号 378 项（97.9%）。"),
        ({"all_signed": pd.NA}, "历次会交办 386 项，办结 381 项，来源没有销号记录。"),
        ({"all_closed": pd.NA, "all_signed": pd.NA}, "历次会交办 386 项，来源没有办结、销号记录。"),
    ],
)
def test_the_ten_days_say_that_no_end_of_an_item_is_recorded(nothing, said):
    assert said in text(days(**nothing))


def test_who_chaired_is_counted():
    drawn = meeting_rates.chaired(pd.DataFrame({"chair_role": ["mayor", "secretary"], "meetings": [16, 14]}))

    assert text(drawn).startswith("已开 30 次会")
    assert "46.7%" in text(drawn)


def test_in_short_only_who_is_clearly_behind_is_named():
    units = pd.DataFrame(
        {"unit": ["甲镇", "乙镇", "丙镇"], "unit_group": "town", "tier": ["worse", "same", "few"]}
    )
    late_cases = pd.Series({"overdue": 32})
    whistles = pd.Series({"pairs_k": 125, "pairs_n": 143, "whole_k": 40, "whole_n": 52})
    rungs = pd.DataFrame({"level": [4, 4], "cases": [13, 8]})
    drawn = meeting_shorts.shorts(units, late_cases, rungs, whistles, lambda page, **own: page)

    said = text(drawn)
    assert "显著较好 0 家，显著落后 1 家：甲镇" in said
    assert "32 件，上会 21 件" in said
    assert "87.4%（n=143），全员按时 40/52 处" in said
    assert "乙镇" not in said and "丙镇" not in said


def test_a_sentence_is_woven_where_the_text_says():
    assert woven("a {x}, {y}{z}.", {"x": 1, "y": 2, "z": 3}) == ["a ", 1, ", ", 2, 3, "."]


def test_english_says_the_same():
    words.use(words.Viewer(language="en"))

    assert "3 d early" in text(back(DONE))
    assert "2,961 requests" in text(days())


def test_what_rose_is_named_and_opens_and_what_is_confidential_is_not():
    events = pd.DataFrame({
        "case_id": ["1", "2"], "title": ["三小区停电", ""], "hidden": [False, True], "area": ["东湖街道", ""],
        "reports": [9, 4], "before": [0, 1], "is_new": [True, False],
    })  # fmt: skip
    village = {"area_id": ["v"], "area": ["白马村"], "parent": ["白马镇"], "received": [16], "before": [7]}
    places = pd.DataFrame(village)
    drawn = meeting_rises.rises(
        events,
        places,
        lambda row: None if row.hidden else f"/cases/{row.case_id}",
        lambda row: f"/reports/{row.case_id}",
        lambda row: "/list",
    )

    said = text(drawn)
    assert said.startswith("反映增多的事件 2 起、新增 1，升温村社区 1 个")
    assert "三小区停电东湖街道9 上期 0" in said and "（不公开）" in said and "白马村白马镇16 上期 7" in said
    assert links(drawn) == ["/cases/1", "/reports/1", "/reports/2", "/list", "/list"]
    none = meeting_rises.rises(events, places.head(0), *[lambda row: None] * 3)
    assert "没有村、社区显著上升" in text(none)
