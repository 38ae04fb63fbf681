"""The whistles under way: rows on their clocks, chips, sheets that turn, and the tiles above them."""

import pandas as pd
import pytest

from components import whistle_board, whistle_chips, whistle_tiles, words
from components.whistle_words import clock, is_soon
from components.words import Viewer
from tests.components import mock_whistles as mock
from tests.components.conftest import having, links, nodes, text
from tests.components.mock_whistles import BOOK, summons

LATE, WAY, ANSWERED, CALLED, THERE = "late", "departed", "answered", "called", "arrived"


def board(active=mock.ACTIVE, whistles=7):
    return whistle_board.board(active, whistles, BOOK)


def rows(drawn):
    return [node for node in nodes(drawn) if node._type == "Li" and having(node, "bar")]


def blown(*units, since=40, kind="urban", came=0, code="W", matter="事由"):
    """One whistle whose units are named by their state."""
    named = tuple((f"单位{number}", state) for number, state in enumerate(units))
    return pd.DataFrame(summons(code, "T", "某镇", matter, 1, kind, since, named, came))


def row_of(active):
    return rows(board(active, 1))[0]


def many(count, late=0):
    """So many whistles, the first ones late, the others just blown."""
    parts = [blown(CALLED, since=1, code=f"W{number}") for number in range(late, count)]
    behind = [blown(LATE, since=90 - number, code=f"W{number}") for number in range(late)]
    return pd.concat([*behind, *parts], ignore_index=True)


# ── a row ──


def test_a_row_says_where_what_how_often_the_limit_and_how_far_from_it():
    said = [text(row) for row in rows(board())]

    assert said[0].startswith("北关街道东门菜场棚架倾斜第3次牵头住建局 超时未到")
    assert said[0].endswith("城区限 30分已 41分 超 11分")
    assert said[2].endswith("农村限 60分，最迟 120已 68分 过 8分")
    assert said[3].endswith("已 24分 还剩 6分")
    assert said[4].endswith("已 33分还剩 27分")
    assert said[6].endswith("全到 38分 处置 1小时14分")
    assert "第1次" not in "".join(said)


def test_late_is_red_nearly_late_and_past_a_soft_limit_amber_and_the_rest_plain():
    states = [having(row, "state")[0] for row in rows(board())]

    assert [bool(having(state, "late")) for state in states] == [True, True, *[False] * 5]
    assert [bool(having(state, "soon")) for state in states] == [False, False, True, True, *[False] * 3]


@pytest.mark.parametrize(
    ("kind", "since", "state", "parts"),
    [
        ("urban", 15, CALLED, [("", "33.3%")]),
        ("urban", 30, CALLED, [("", "66.7%")]),
        ("urban", 36, LATE, [("", "66.7%"), ("over", "13.3%")]),
        ("urban", 300, LATE, [("", "66.7%"), ("over", "33.3%")]),
        ("rural", 75, CALLED, [("", "66.7%"), ("warn", "16.7%")]),
        ("rural", 120, CALLED, [("", "66.7%"), ("warn", "33.3%")]),
        ("rural", 132, LATE, [("", "66.7%"), ("over", "6.7%")]),
    ],
)
def test_the_bar_stands_on_the_limit_and_turns_red_only_beyond_the_last(kind, since, state, parts):
    bar = having(row_of(blown(state, since=since, kind=kind)), "bar")[0]
    drawn = [
        (getattr(node, "className", None) or "", node.style["width"])
        for node in nodes(bar)
        if node._type == "I"
    ]

    assert drawn == parts
    assert [node.style["left"] for node in nodes(bar) if node._type == "U"] == ["66.7%"]


def test_once_all_are_there_the_bar_is_green_and_stops_at_the_last_arrival():
    row = row_of(blown(THERE, THERE, since=100, came=15))
    bar = having(row, "bar")[0]

    assert bar.className == "bar done"
    assert [node.style["width"] for node in nodes(bar) if node._type == "I"] == ["33.3%"]
    assert text(row).endswith("全到 15分 处置 1小时25分")


def test_the_line_of_a_soft_limit_stands_for_the_last_one_once_that_has_passed():
    row = row_of(blown(LATE, since=150, kind="rural"))

    assert "农村最迟 120分" in text(row)
    assert "超 30分" in text(row)


def test_where_no_limit_is_known_there_is_no_clock_to_run_out():
    unknown = blown(CALLED).assign(limit_minutes=None, last_limit_minutes=None, due_at=None)
    row = row_of(unknown.assign(last_due_at=None))

    assert "时限未知" in text(row)
    assert text(row).endswith("已 40分—")
    assert not nodes(having(row, "bar")[0])[1:]


@pytest.mark.parametrize(("since", "soon"), [(22, False), (22.5, True), (30, True)])
def test_a_quarter_of_the_limit_left_is_amber(since, soon):
    rows = blown(CALLED).assign(minutes=float(since))

    assert is_soon(clock(list(rows.itertuples())), 0.25) is soon


def test_a_soft_limit_that_has_just_passed_is_said_as_its_first_minute():
    rows = blown(CALLED, kind="rural").assign(minutes=60.2)

    assert clock(list(rows.itertuples())).past == 1


def test_a_confidential_whistle_shows_no_matter():
    drawn = board(blown(CALLED, matter=""), 1)

    assert "（不公开）" in text(drawn)
    assert "事由" not in text(drawn)


def test_a_whistle_with_a_case_opens_it():
    assert links(having(board(), "about")) == ["/cases/1"]


def test_a_unit_that_was_ruled_out_is_not_waited_for():
    row = row_of(blown(THERE, "ruled_out", since=50, came=12).assign(minutes=12.0))

    assert len(having(row, "chip")) == 1
    assert having(row, "bar")[0].className == "bar done"


# ── chips ──


def said(units, room=39.0):
    return [text(chip) for chip in having(whistle_chips.fitting(list(units.itertuples()), room), "chip")]


def test_chips_stand_lead_first_then_late_on_the_way_answered_called_there():
    found = said(blown(CALLED, THERE, CALLED, ANSWERED, WAY, LATE), 99)

    assert found == [
        "牵头单位0 未应哨", "单位5 超时未到", "单位4 在途", "单位3 已应哨", "单位2 未应哨", "单位1 已到场",
    ]  # fmt: skip


def test_who_came_late_says_by_how_much_in_red():
    chips = whistle_chips.fitting(list(blown(LATE, THERE, came=39).itertuples()), 39)
    late = having(chips, "chip")[1]

    assert text(late) == "单位1 到场 晚9分"
    assert [text(node) for node in having(late, "late")] == ["晚9分"]


def test_an_arrival_in_time_on_the_units_own_word_is_unconfirmed():
    claimed = blown(CALLED, THERE, came=9).assign(is_confirmed=[True, False])

    assert said(claimed)[1] == "单位1 未确认"
    assert "未确认 1" in text(board(claimed, 1))


def test_who_came_late_by_its_own_word_has_nothing_to_be_confirmed():
    claimed = blown(CALLED, THERE, came=39).assign(is_confirmed=[True, False])

    assert said(claimed)[1] == "单位1 到场 晚9分"
    assert "未确认" not in text(board(claimed, 1))


@pytest.mark.parametrize(
    ("room", "found"),
    [
        (99, ["牵头单位0 超时未到", "单位1 在途", "单位2 已到场", "单位3 已到场"]),
        (26, ["牵头单位0 超时未到", "单位1 在途", "已到场 2"]),
        (20, ["牵头单位0 ", "单位1 ", "已到场 2"]),
    ],
)
def test_where_there_is_little_room_those_there_fold_and_words_give_way(room, found):
    assert said(blown(LATE, WAY, THERE, THERE, came=9), room) == found


def test_a_crowd_of_missing_units_is_named_to_the_last():
    crowd = blown(LATE, *[LATE] * 9, *[CALLED] * 3)
    found = said(crowd)

    assert found[0] == "牵头单位0 "
    assert found[1:] == [
        " ".join(f"单位{n}" for n in range(1, 10)),
        " ".join(f"单位{n}" for n in range(10, 13)),
    ]
    assert "late" in having(whistle_chips.fitting(list(crowd.itertuples()), 39), "chip")[1].className


# ── the panel ──


@pytest.mark.parametrize(
    ("active", "said"),
    [
        (mock.ACTIVE, "北关街道、玉河街道：2 家超时未到"),
        (blown(CALLED, since=5), "1 处进行中，无超时"),
        (many(12, late=12).assign(town=lambda rows: rows["whistle_id"]), "12 个街镇：12 家超时未到"),
    ],
)
def test_the_title_says_where_units_are_late(active, said):
    assert text(having(board(active), "cut")[0]).startswith(said)


def test_the_legend_counts_the_units_and_opens_their_lists():
    legend = having(board(), "note")[0]

    assert text(legend) == "超时未到 2已到场 12在途 3已应哨 3未应哨 1"
    assert links(legend) == ["/late", "/arrived", "/coming", "/heard_from", "/silent"]


def test_whistles_that_wait_for_nobody_are_counted():
    assert "另有 2 处没有要等的单位" in text(board(whistles=9))
    assert "没有要等的单位" not in text(board())


@pytest.mark.parametrize(("whistles", "said"), [(0, "没有进行中的吹哨"), (None, "没有吹哨记录")])
def test_without_a_whistle_the_board_says_so(whistles, said):
    drawn = board(mock.ACTIVE.head(0), whistles)

    assert said in text(drawn)
    assert not rows(drawn)


# ── sheets ──


@pytest.mark.parametrize(("count", "sheets"), [(9, 0), (10, 2)])
def test_up_to_nine_rows_stand_and_more_turn_over(count, sheets):
    words.use(Viewer("zh", "dark", wall=True))
    turning = [node for node in nodes(board(many(count))) if "data-turns" in node.to_plotly_json()["props"]]

    assert [len(book.children) for book in turning] == ([sheets] * 2 if sheets else [])


def test_late_rows_stay_and_the_calm_ones_turn():
    words.use(Viewer("zh", "dark", wall=True))
    drawn = board(many(15, late=5), 15)
    lists = having(drawn, "wcalls")

    assert [len(rows(sheet)) for sheet in lists] == [5, 4, 4, 2]
    assert [sheet.hidden for sheet in lists] == [False, False, True, True]
    assert "另 10 处，1/3另 10 处，2/3另 10 处，3/3" in text(drawn)
    assert len([node for node in nodes(lists[-1]) if node._type == "Li"]) == 4


def test_where_more_press_than_fit_the_worst_stay_and_no_whistle_is_left_out():
    words.use(Viewer("zh", "dark", wall=True))
    drawn = board(many(60, late=40), 60)
    lists = having(drawn, "wcalls")

    assert len(rows(drawn)) == 60
    assert [len(rows(sheet)) for sheet in lists] == [4, *[5] * 11, 1]


def test_the_desk_shows_every_row_at_once():
    assert [len(rows(one)) for one in having(board(many(60), 60), "wcalls")] == [60]


def test_few_whistles_stand_larger_on_the_wall():
    words.use(Viewer("zh", "dark", wall=True))

    assert having(board(many(4)), "few")
    assert not having(board(many(5)), "few")


# ── tiles ──


def tiles(row=mock.TILES, active=mock.ACTIVE):
    return whistle_tiles.tiles(row, active, BOOK)


def test_the_tiles_name_who_is_late_and_open_their_lists():
    found = [text(tile) for tile in tiles()]

    assert "超时未到 ⓘ2家住建局、水务公司" in found[0]
    assert "将超时 ⓘ2家14:48 到限过软时限 1" in found[1]
    assert "进行中 ⓘ7处今日 16 处往常 9—15" in found[2]
    assert "已到场 ⓘ12/ 21 家全员到场 1 处牵头到 3/7" in found[3]
    assert "报到及时率 ⓘ87.4% 上期 88.9125/143 对未确认 3" in found[4]
    assert "全员按时率 ⓘ76.9% 上期 75.540/52 处" in found[5]
    assert set(links(tiles())) == {
        *("/late", "/soon", "/soft", "/under_way", "/today", "/arrived", "/summoned", "/all_there"),
        *("/leads_there", "/leads", "/pairs", "/pairs_kept", "/unconfirmed", "/whole", "/whole_kept"),
    }


def test_long_names_give_way_to_a_number():
    row = mock.TILES.copy()
    row["late_units"] = "、".join(["城市管理局", "自然资源局", "住房建设局", "水利局"])

    assert "城市管理局等，另有 3 家" in text(tiles(row)[0])


def test_red_and_amber_are_kept_for_what_is_late_and_nearly_late():
    calm = mock.TILES.copy()
    calm[["late", "soon", "soft"]] = 0

    assert [tile.className for tile in tiles()][:2] == ["tile is-late", "tile is-soon"]
    assert [tile.className for tile in tiles(calm)][:2] == ["tile", "tile"]
    assert "没有将到的时限" in text(tiles(calm, mock.ACTIVE.head(0))[1])


def test_a_source_without_whistles_shows_no_figure():
    found = text(tiles(mock.NONE, mock.ACTIVE.head(0)))

    assert "没有吹哨记录" in found
    assert found.count("—") >= 6
    assert not any(sign.isdigit() for sign in found)
    assert links(tiles(mock.NONE, mock.ACTIVE.head(0))) == []


def test_a_period_without_a_limit_that_fell_has_no_rate():
    row = mock.TILES.copy()
    row[["pairs_k", "pairs_n"]] = 0

    assert "报到及时率 ⓘ—（无样本）" in text(tiles(row)[4])
