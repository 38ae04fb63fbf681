"""Beside the whistles under way: the day, who comes in time, ratings, spots, towns, and the list."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace as Row

import pandas as pd
import pytest

from components import (
    whistle_day,
    whistle_list,
    whistle_ratings,
    whistle_spots,
    whistle_towns,
    whistle_units,
    words,
)
from components.whistle_bars import parts_of, tracks_of
from components.words import Viewer
from tests.components import mock_whistles as mock
from tests.components.conftest import having, links, nodes, text
from tests.components.mock_whistles import BOOK, MINUTE, NOW, summons

ORDER = [f"T0{number}" for number in range(1, 8)]


def unit(row):
    return f"/units/{row.unit_id}"


# ── the day ──


def day(found=mock.DAY, today=16, closed=9, order=tuple(ORDER)):
    return whistle_day.day(found, today, closed, order, BOOK)


def lanes(drawn):
    return [node for node in nodes(having(drawn, "wlanes")[0]) if node._type == "Li"]


def test_the_day_has_a_lane_a_town_those_of_the_board_first_then_the_latest():
    assert [text(having(lane, "note")[0]) for lane in lanes(day())] == [
        "北关街道", "玉河街道", "石桥镇", "东湖街道", "龙泉镇", "青禾街道", "白马镇", "云台镇", "柳荫镇",
    ]  # fmt: skip


def test_the_title_counts_today_and_what_is_signed_off_and_opens_both():
    drawn = day()

    assert text(having(drawn, "cut")[0]).startswith("今日 16 处，已销 9")
    assert links(having(drawn, "cut")[0]) == ["/today", "/signed_off/2026-11-25 00:00:00"]


def test_a_whistle_ruled_void_or_withdrawn_is_named_and_nobody_was_late_at_the_void_one():
    # given two of today that nobody came to, past their limits
    void, gone = (
        summons(code, code, town, "误报", 1, "urban", 200, (("城管局", "called"),))[0]
        for code, town in (("V", "柳荫镇"), ("G", "云台镇"))
    )
    ended = {"closed_at": NOW - 20 * MINUTE}
    rows = [{**void, **ended, "end": "void"}, {**gone, **ended, "end": "cancelled"}]
    # when
    drawn = day(pd.concat([mock.DAY, pd.DataFrame(rows)], ignore_index=True))
    # then
    assert text(having(drawn, "cut")[0]).startswith("今日 16 处，已销 9，无效 1，撤销 1")
    found = links(having(drawn, "cut")[0])
    assert found[2:] == ["/void/2026-11-25 00:00:00", "/cancelled/2026-11-25 00:00:00"]
    kinds = [[kind for kind, _start, _end in parts_of(Row(**row), NOW)] for row in rows]
    assert kinds == [["void"], ["go", "late"]]
    assert text(having(drawn, "note")[0]).endswith("无效")
    assert "无效" not in text(having(day(), "note")[0])


def test_open_whistles_say_right_of_now_how_they_stand():
    said = [text(node) for node in nodes(day()) if node._type == "Em"]

    assert said == [" 超 11分", " 超 6分", " 过 8分", "已 24分", "已 33分", "已 4分", "处置"]


def test_two_whistles_of_a_town_are_counted_beside_the_worst():
    second = summons("X", "T01", "北关街道", "又一处", 1, "urban", 12, (("交警", "called"),))
    drawn = day(pd.concat([mock.DAY, pd.DataFrame(second)], ignore_index=True))

    assert text(lanes(drawn)[0]).endswith("超 11分 ×2")


def test_more_than_nine_towns_share_the_last_lane():
    parts = [summons(f"X{n}", f"X{n}", f"镇{n}", "事", 1, "urban", 5, (("a", "called"),)) for n in range(4)]
    more = pd.DataFrame([row for part in parts for row in part])
    drawn = day(pd.concat([mock.DAY, more], ignore_index=True))

    assert len(lanes(drawn)) == 9
    assert text(having(lanes(drawn)[-1], "note")[0]) == "其余 5"


@pytest.mark.parametrize(("today", "said"), [(0, "今日没有吹哨"), (None, "没有吹哨记录")])
def test_a_day_without_whistles_says_so(today, said):
    assert said in text(day(mock.DAY.head(0), today, 0))


@pytest.mark.parametrize(
    ("hour", "first", "last"), [(14.7, 8, 18), (0.5, 0, 18), (6, 6, 18), (17.5, 8, 22), (23.5, 8, 31)]
)
def test_the_axis_has_the_working_day_and_room_for_words_after_now(hour, first, last):
    midnight = datetime(2026, 11, 25)
    now = midnight + timedelta(hours=hour)
    row = summons("X", "T", "镇", "事", 1, "urban", 0, (("a", "called"),))
    begun = pd.DataFrame(row).assign(called_at=now)
    axis = whistle_day.axis_of(list(begun.itertuples()), now)

    assert axis.first == first
    assert axis.last == pytest.approx(last, abs=0.5)
    assert axis.place(now) <= 0.681


def parts(kind, since, state, came=0, **changed):
    row = {**summons("X", "T", "镇", "事", 1, kind, since, (("a", state),), came)[0], **changed}
    one = next(pd.DataFrame([row]).itertuples())
    return [
        (part, (start - one.called_at) / MINUTE, (end - one.called_at) / MINUTE)
        for part, start, end in parts_of(one, NOW)
    ]


def test_a_bar_goes_to_the_limit_is_late_beyond_it_and_dim_on_the_spot():
    assert parts("urban", 20, "called") == [("go", 0, 20)]
    assert parts("urban", 30, "called") == [("go", 0, 30)]
    assert parts("urban", 41, "late") == [("go", 0, 30), ("late", 30, 41)]
    assert parts("rural", 130, "late") == [("go", 0, 60), ("warn", 60, 120), ("late", 120, 130)]
    assert parts("urban", 90, "arrived", 38) == [("go", 0, 30), ("late", 30, 38), ("", 38, 90)]
    assert parts("urban", 90, "arrived", 0) == [("", 0, 90)]


def test_a_bar_ends_when_the_unit_left_or_the_whistle_was_over():
    assert parts("urban", 90, "arrived", 10, left_at=NOW - 20 * MINUTE)[-1] == ("", 10, 70)
    over = {"left_at": NOW - 10 * MINUTE, "closed_at": NOW - 30 * MINUTE}
    assert parts("urban", 90, "arrived", 10, **over)[-1] == ("", 10, 60)
    assert parts("urban", 90, "late", closed_at=NOW - 50 * MINUTE) == [("go", 0, 30), ("late", 30, 40)]


def test_without_a_limit_a_bar_is_never_late():
    assert parts("urban", 90, "called", due_at=None, last_due_at=None) == [("go", 0, 90)]


def test_bars_of_one_time_lie_under_each_other_and_later_ones_beside():
    rows = [
        *summons("A", "T", "镇", "事", 1, "urban", 90, (("a", "called"), ("b", "called"))),
        *summons("B", "T", "镇", "事", 1, "urban", 20, (("c", "called"),)),
    ]
    table = pd.DataFrame(rows)
    table["closed_at"] = [NOW - 40 * MINUTE, None, None]

    assert tracks_of(list(table.itertuples()), NOW) == {0: 0, 1: 1, 2: 0}


# ── units ──


def test_the_title_names_only_units_whose_whole_interval_is_below_the_mean():
    drawn = whistle_units.rates(mock.UNITS, unit, BOOK)

    assert text(having(drawn, "cut")[0]).startswith("报到及时率：城管落后")
    assert [text(row.children[0]) for row in having(drawn, "low")] == ["城管局"]
    assert "72.7%n=11" in text(drawn)


def test_units_of_few_pairs_are_one_line_together():
    drawn = whistle_units.rates(mock.UNITS, unit, BOOK)

    assert len(having(drawn, "dot")) == 5
    assert text(having(drawn, "foot")) == "另 2 家各不足 10 对，共 12 对，不分列"


def test_each_sample_opens_the_pairs_of_its_unit():
    found = links(whistle_units.rates(mock.UNITS, unit, BOOK))

    assert {"/units/D1", "/pairs/D1"} <= set(found)


def crowd(*tiers):
    table = pd.concat([mock.UNITS.head(1)] * len(tiers), ignore_index=True)
    rates = [0.9 - number / 100 for number in range(len(tiers))]
    return table.assign(tier=list(tiers), rate=rates, unit=[f"局{n}" for n in range(len(tiers))])


def test_where_there_is_no_room_for_all_those_behind_come_first():
    drawn = whistle_units.chosen(crowd(*["better"] * 2, *["same"] * 8, *["worse"] * 3))

    assert list(drawn["tier"]) == [*["better"] * 2, *["same"] * 2, *["worse"] * 3]


@pytest.mark.parametrize(
    ("tiers", "said"),
    [
        (["same"], "报到及时率：没有单位落后"),
        (["worse"] * 3, "报到及时率：3 家落后"),
        (["worse"] * 2, "报到及时率：交警、交警落后"),
    ],
)
def test_the_title_counts_where_names_are_too_many(tiers, said):
    assert whistle_units.title(crowd(*tiers)) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (mock.UNITS.head(0), "本期还没有到期的到场时限。"),
        (mock.UNITS.tail(2), "另 2 家各不足 10 对，共 12 对，不分列"),
    ],
)
def test_without_a_unit_of_enough_pairs_no_rate_is_shown(found, said):
    drawn = whistle_units.rates(found, unit, BOOK)

    assert "报到及时率：样本不足" in text(drawn)
    assert said in text(drawn)
    assert "%" not in text(drawn)


@pytest.mark.parametrize(
    ("lowest", "foot", "lines"),
    [(0.95, 0.9, 1), (0.52, 0.5, 5), (0.43, 0.4, 3), (0.35, 0.2, 4), (0.0, 0.0, 5), (1.0, 0.9, 1)],
)
def test_the_axis_begins_at_a_ten_below_the_lowest_end(lowest, foot, lines):
    found = whistle_units.foot_of(pd.Series([lowest, 0.99]))

    assert found == pytest.approx(foot)
    assert whistle_units.lines(found) == {"--lines": lines}


def test_the_table_sets_leads_assisting_and_unconfirmed_apart_and_opens_lists():
    drawn = whistle_units.table(mock.UNITS, unit, BOOK, None)
    row = [text(cell) for cell in nodes(drawn) if cell._type == "Td"][:9]

    assert "应到 116 家次，按时 99" in text(drawn)
    assert row == ["交警大队", "22/22", "100.0%", "2/2", "20/20", "1", "1小时12分", "23", "20/21"]
    assert {"/pairs_kept/D4", "/pairs/D4", "/unconfirmed/D4", "/good_town/D4", "/rated_town/D4"} <= set(
        links(drawn)
    )
    assert {"/lead_pairs_kept/D4", "/lead_pairs/D4", "/assist_pairs_kept/D4", "/pairs_closed/D4"} <= set(
        links(drawn)
    )
    assert "/unconfirmed/D1" not in links(drawn)
    assert "/lead_pairs/D9" not in links(drawn)


# ── ratings ──


@pytest.mark.parametrize(
    ("town", "unit_rate", "said"),
    [
        (0.91, 0.99, "双向互评都在90%以上"),
        (1.0, 1.0, "双向互评都在90%以上"),
        (0.82, 0.91, "互评好评：街镇评 82.0%，单位评 91.0%"),
        (0.05, 0.02, "互评好评：街镇评 5.0%，单位评 2.0%"),
        (0.82, None, "互评好评：街镇评 82.0%，单位评 —"),
    ],
)
def test_the_title_of_the_ratings_is_true_of_both_sides(town, unit_rate, said):
    assert whistle_ratings.title(mock.RATINGS.assign(rate=[town, unit_rate])) == said


def test_ratings_stand_with_their_samples():
    drawn = whistle_ratings.both(mock.RATINGS, BOOK)

    assert "街镇评：满意87.5%n=96" in text(drawn)
    assert "单位评：必要90.9%n=88" in text(drawn)
    assert links(drawn) == ["/rated_town", "/rated_unit"]


def test_no_rating_is_no_good_rating():
    one = mock.RATINGS.assign(rated=[96, 0], good=[84, 0], rate=[0.875, None], low=[0.8, None])
    none = mock.RATINGS.assign(rated=0, good=0, rate=None, low=None, high=None)

    assert "单位评：必要—n=0" in text(whistle_ratings.both(one, BOOK))
    assert "没有互评" in text(whistle_ratings.both(none, BOOK))
    assert "%" not in text(whistle_ratings.both(none, BOOK))


# ── spots ──


@pytest.mark.parametrize(
    ("days_left", "said"),
    [
        (1, "3 处再三吹哨，提请明日会"),
        (0, "3 处再三吹哨，提请今日会"),
        (5, "3 处再三吹哨，提请下次会"),
        (None, "3 处再三吹哨，提请下次会"),
    ],
)
def test_spots_whistled_at_again_go_before_the_next_meeting(days_left, said):
    assert whistle_spots.title(mock.SPOTS, days_left) == said


def test_a_spot_says_where_what_who_leads_how_often_and_opens_its_whistles():
    drawn = whistle_spots.again(mock.SPOTS, 1, BOOK)

    assert "白马镇白马溪 倾倒渣土牵头 水利局4次" in text(drawn)
    assert "北关街道（不公开）牵头 住建局3次" in text(drawn)
    assert "柳荫镇城南路口 围挡占道牵头 —2次" in text(drawn)
    assert links(drawn) == ["/spot_S1", "/spot_S2", "/spot_S3", "/spot_S4"]
    assert len(having(drawn, "up")) == 3


def test_the_wall_has_the_three_that_are_whistled_at_most():
    words.use(Viewer("zh", "dark", wall=True))

    assert len(having(whistle_spots.again(mock.SPOTS, 1, BOOK), "n")) == 3


def test_spots_that_are_not_often_enough_are_not_proposed():
    assert whistle_spots.title(mock.SPOTS.tail(1), 1) == "1 处再吹哨，都不到提请次数"
    assert "没有地点被再次吹哨。" in text(whistle_spots.again(mock.SPOTS.head(0), 1, BOOK))


# ── towns ──


def towns(found=mock.TOWNS):
    return whistle_towns.table(found, BOOK, orders, None)


def orders(row):
    return f"/orders/{row.town_id}" if row.orders else None


def test_towns_outside_the_band_are_named_and_their_rate_is_bold():
    drawn = towns()

    assert "吹哨率：云台镇偏高、白马镇偏低" in text(drawn)
    assert [text(node) for node in nodes(drawn) if node._type == "B"] == ["80.0", "0.0"]
    assert [text(node) for node in having(drawn, "off")] == ["›"]


def test_a_town_of_too_few_orders_is_quiet_and_has_no_place_on_the_band():
    drawn = towns()
    row = next(node for node in nodes(drawn) if node._type == "Tr" and text(node).startswith("梨坞乡"))

    assert [text(node) for node in having(row, "q") if text(node) == "200.0"] == ["200.0"]
    assert [node._type for node in nodes(having(row, "wband")[0])[1:]] == ["I"]
    assert "转派10件及以上" in text(drawn)


def test_a_towns_dot_stands_on_its_interval_cut_at_the_end_of_the_axis():
    rows = {text(node)[:2]: node for node in nodes(towns()) if node._type == "Tr"}
    # given an axis to twice the band's end, 40
    lines = {
        name: next(node.style for node in nodes(rows[name]) if node._type == "U") for name in ("玉河", "云台")
    }

    assert lines["玉河"] == {"left": "6.0%", "width": "29.0%"}
    assert lines["云台"] == {"left": "100.0%", "width": "0.0%"}


def test_the_counts_of_a_town_open_their_lists_whatever_the_area():
    found = links(towns())

    assert {"/accepted/T1", "/orders/T1", "/void/T1", "/cancelled/T1", "/signed_off/T1"} <= set(found)
    assert "/void/T3" not in found


def test_a_town_without_orders_has_no_rate_and_no_place_on_the_band():
    drawn = towns()
    row = next(node for node in nodes(drawn) if node._type == "Tr" and text(node).startswith("新区"))

    assert text(row).startswith("新区1——")
    assert not nodes(having(row, "wband")[0])[1:]


def test_every_town_in_the_band_and_no_whistle_at_all_are_sentences():
    calm = mock.TOWNS.assign(outside="")

    assert "吹哨率：没有街镇明显超出常见区间" in text(towns(calm))
    none = towns(mock.TOWNS.assign(whistles=0))
    assert "本期没有受理吹哨。" in text(none)


# ── the list ──

ROW = {
    "whistle_id": "W1", "town": "北关街道", "matter": "棚架倾斜", "hidden": False, "place": "东门菜场",
    "kind": "emergency", "area_kind": "urban", "accepted_at": NOW, "unit_id": "D1", "unit": "城管局",
    "role": "lead", "due_at": NOW, "last_due_at": NOW, "answered_at": pd.NaT, "arrived_at": NOW,
    "is_confirmed": True, "late_minutes": 9, "left_at": pd.NaT, "closed_at": pd.NaT, "end": "open",
    "town_rating": 5, "unit_rating": pd.NA, "case_id": "A-1",
}  # fmt: skip


def record(**changed):
    return whistle_list.records(pd.DataFrame([{**ROW, **changed}]), "/cases/{}".format)[0]


def test_a_row_of_the_list_is_said_in_words():
    assert record() == {
        "accepted_at": "2026-11-25 14:42", "town": "北关街道", "matter": "棚架倾斜 东门菜场",
        "area_kind": "城区", "unit": "城管局", "role": "牵头", "last_due_at": "11-25 14:42",
        "arrived_at": "11-25 14:42", "late_minutes": "9", "proof": "已确认", "end": "进行中",
        "closed_at": "—", "ratings": "5/—", "case_link": "[A-1](/cases/A-1)",
    }  # fmt: skip
    assert set(record()) == set(whistle_list.COLUMNS)


def test_what_is_hidden_or_missing_stays_so():
    hidden = record(hidden=True, matter="", place="", case_id=None, unit=None, role=None, arrived_at=pd.NaT)

    assert (hidden["matter"], hidden["case_link"]) == ("（不公开）", "—")
    assert (hidden["unit"], hidden["role"], hidden["proof"]) == ("—", "—", "—")
    assert record(is_confirmed=False)["proof"] == "未确认"


@pytest.mark.parametrize(
    ("name", "of_whistles", "said"),
    [
        ("pairs_late", False, "迟到或未到家次：26 家次"),
        ("under_way", True, "进行中的吹哨：26 处"),
        ("spot_T1-2", True, "地点 T1-2 的吹哨：26 处"),
    ],
)
def test_the_heading_says_how_many_of_which_set(name, of_whistles, said):
    drawn = whistle_list.head(name, 26, of_whistles, NOW, [], ("/csv", "/xlsx"))

    assert said in text(drawn)
    assert links(drawn) == ["/csv", "/xlsx"]


def test_english_is_complete():
    words.use(Viewer("en"))
    drawn = [
        day(), whistle_units.table(mock.UNITS, unit, BOOK, None), whistle_ratings.both(mock.RATINGS, BOOK),
        towns(), whistle_spots.again(mock.SPOTS, 1, BOOK),
    ]  # fmt: skip

    for said in (
        "16 today, 9 signed off", "99 of 116 arrivals in time, by unit", "Rated good: by towns 87.5%",
        "Whistles per 100 orders: 云台镇 often", "3 spots for tomorrow's meeting",
    ):  # fmt: skip
        assert said in text(drawn)


# ── nobody records whistles ──


def test_where_no_whistle_is_ever_recorded_no_panel_says_that_there_was_none():
    book = replace(BOOK, is_told=False)
    drawn = {
        "报到及时率": whistle_units.rates(mock.UNITS.head(0), unit, book),
        "双向互评": whistle_ratings.both(mock.RATINGS, book),
        "同一地点再吹哨": whistle_spots.again(mock.SPOTS.head(0), 1, book),
        "吹哨率": whistle_towns.table(mock.TOWNS.head(0), book, lambda _row: None, None),
    }
    drawn["报到及时率 "] = whistle_units.table(mock.UNITS.head(0), unit, book, None)

    for name, panel in drawn.items():
        assert text(having(panel, "cut")[0]).startswith(name.strip())
        assert text(having(panel, "empty")[0]) == "没有吹哨记录"
