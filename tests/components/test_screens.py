"""The panels of the overview and the queues: counts, findings, empty states, both languages."""

import pandas as pd
import pytest

from components import advice, bands, dots, flows, funnels, heat, labels, whistles, windows, words
from components.labels import Label
from components.words import Viewer
from tests.components import mock
from tests.components.conftest import having, nodes, text


def test_whistles_stand_most_overdue_first_and_late_units_are_outlined():
    drawn = whistles.active(mock.SUMMONS)
    said = text(drawn)
    assert "吹哨 3 处，1 家超时未到" in said
    assert said.index("玉河街道") < said.index("云台镇") < said.index("东湖街道")
    assert [text(chip) for chip in having(drawn, "chip") if "late" in chip.className] == ["城管局 未到"]


def test_the_lead_unit_is_the_first_chip():
    drawn = whistles.chips(mock.SUMMONS.iloc[[1, 2, 0]])
    assert text(having(drawn, "chip")[0]) == "牵头住建局 已到场"


def test_many_who_are_there_become_one_chip():
    crowd = pd.concat([mock.SUMMONS.iloc[[0]], *[mock.SUMMONS.iloc[[1]]] * 4])
    assert [text(chip) for chip in having(whistles.chips(crowd), "chip")] == ["牵头住建局 已到场", "已到场 4"]


@pytest.mark.parametrize(("spent", "parts"), [(29, 1), (30, 1), (31, 2), (90, 2)])
def test_the_clock_turns_red_only_beyond_the_limit(spent, parts):
    drawn = whistles.clock(spent, 30, mock.SUMMONS)
    assert len([node for node in nodes(drawn) if node._type == "I"]) == parts


def blown(*units: tuple[str, int], minutes: int = 40, limit: int = 30, last: int = 30) -> pd.DataFrame:
    """One whistle with these units, each a state and the minutes it is late."""
    rows = [("1", "云台镇", "河道", minutes, limit, last, "水利局", "assist", *unit) for unit in units]
    limits = ["minutes", "limit_minutes", "last_limit_minutes"]
    names = ["whistle_id", "town", "matter", *limits, "short_name", "role", "state", "late_minutes"]
    return pd.DataFrame(rows, columns=names).assign(is_told=True)


@pytest.mark.parametrize(
    ("units", "said"),
    [
        ([("arrived", 0), ("called", 0)], "吹哨 1 处，无超时"),
        ([("arrived", 9), ("called", 0)], "吹哨 1 处，1 家迟到"),
        ([("late", 4), ("called", 0)], "吹哨 1 处，1 家超时未到"),
        ([("arrived", 9), ("arrived", 2), ("late", 4)], "吹哨 1 处，1 家超时未到，2 家迟到"),
    ],
)
def test_the_title_counts_who_is_missing_and_who_came_late(units, said):
    assert whistles.title(blown(*units)) == said


def test_a_unit_that_came_late_says_so_in_red_and_never_folds():
    crowd = blown(("arrived", 9), *[("arrived", 0)] * 5)
    drawn = whistles.chips(crowd)
    assert [text(chip) for chip in having(drawn, "chip")] == ["水利局 到场 晚9分", "已到场 5"]
    assert [text(node) for node in having(drawn, "late")] == ["晚9分"]


@pytest.mark.parametrize(
    ("minutes", "unit", "said", "role"),
    [
        (38, ("arrived", 0), "全到 38分", "kept"),
        (69, ("arrived", 9), "全到，迟 9分", "late"),
        (45, ("departed", 0), "过 15分", "soon"),
        (69, ("late", 9), "超 9分", "late"),
    ],
)
def test_a_row_tells_a_soft_limit_from_the_last(minutes, unit, said, role):
    drawn = whistles.active(blown(unit, minutes=minutes, last=60))
    [state] = having(drawn, "state")
    assert text(state).strip() == said
    assert having(state, role)


@pytest.mark.parametrize(("last", "beyond"), [(30, "over"), (60, "warn")])
def test_who_came_beyond_the_limit_is_not_green(last, beyond):
    drawn = whistles.clock(40, 30, blown(("arrived", max(40 - last, 0)), last=last))
    assert drawn.className == "bar done"
    assert len(having(drawn, beyond)) == 1


def test_without_whistles_the_panel_says_so():
    assert "没有进行中的吹哨。" in text(whistles.active(mock.SUMMONS.head(0)))


def test_the_league_shows_two_tiers_and_a_sentence_for_the_rest():
    drawn = dots.league(mock.SATISFACTION)
    assert len(having(drawn, "dot")) == 7
    assert "满意率：较好 4 家，落后 3 家" in text(drawn)
    assert "其余 49 个单位无显著差异；5 个样本不足，不分档" in text(drawn)


def test_a_league_without_ratings_shows_no_rate():
    said = text(dots.league(mock.SATISFACTION.head(0)))
    assert "评价样本不足，不分档。" in said
    assert "%" not in said


def test_the_strip_of_windows_names_the_overloaded_and_leaves_the_shut_without_a_number():
    drawn = windows.strip(mock.STRIP)
    assert "候访 121 人次，8、9、15号窗口超负荷" in text(drawn)
    assert len(having(drawn, "cell")) == 27
    assert "—" in text(having(drawn, "shut")[0])


def test_a_window_with_a_free_seat_says_so_instead_of_a_wait():
    drawn = windows.board(mock.WINDOWS)
    assert "8、9、15号窗口超负荷，5 个窗口有空席" in text(drawn)
    assert len(having(drawn, "win")) == 27
    assert text(drawn).count("有空席") == 6


def test_a_wait_of_over_an_hour_is_late():
    drawn = windows.board(mock.WINDOWS)
    assert [text(node).strip() for node in having(drawn, "late")] == ["最久64分"]


def test_a_window_of_which_too_little_is_known_shows_no_wait():
    unknown = mock.WINDOWS.head(1).assign(expected_minutes=None, low_minutes=None, high_minutes=None)
    assert "—（无样本）" in text(windows.board(unknown.assign(level="unknown")))


def test_the_band_chart_has_a_band_a_line_and_open_points_for_what_is_not_complete():
    drawn = bands.arrivals(mock.ARRIVALS, "周三")
    assert len(having(drawn, "band")) == 1
    assert len(having(drawn, "ribbon")) == 4
    assert len(having(drawn, "open")) == 3
    assert "到访高于往常，15时预计 88 人次" in text(drawn)


def test_the_chart_names_its_worst_hour_and_the_running_one():
    said = text(bands.intake(mock.BY_HOUR, "周三", mock.TODAY))
    assert "今日受理高于往常" in said
    assert "8时 38 件往常 20—30" in said
    assert "9时已 31 件（42分钟）" in said


def test_without_enough_days_there_is_no_band():
    bare = mock.BY_HOUR.assign(usual_low=None, usual_high=None)
    drawn = bands.intake(bare, "周三")
    assert not having(drawn, "band")
    assert "往常数据不足" in text(drawn)


def test_labels_never_stand_on_one_another():
    same = [Label(0.5, 0.5, "", f"第{n}个标签") for n in range(30)]
    drawn, placed = labels.place(same, [], [])
    assert 1 < placed < 30
    assert len(drawn) >= placed


def test_the_funnel_says_why_fewer_came_on_and_marks_the_largest_loss():
    drawn = funnels.visits(mock.VISITS, 12, 11)
    assert "402 批到访，287 批办结" in text(drawn)
    assert "候访 37　未叫号离开 18" in text(having(drawn, "up")[0])


def test_a_day_without_visits_is_one_sentence():
    assert "今天还没有人到大厅来。" in text(funnels.visits(mock.VISITS.head(0)))


def test_advice_says_act_actor_and_effect_of_at_most_three():
    drawn = advice.advice(pd.concat([mock.ADVICE, mock.ADVICE]))
    assert len([node for node in nodes(drawn) if node._type == "Li"]) == 3
    assert "建议动 3 处，最长预计等候 41→28分" in text(drawn)
    assert "房产派 1 人到岗" in text(drawn)
    assert "水务 2 批转 14 号" in text(drawn)


def test_an_overloaded_window_that_nothing_helps_is_said_without_an_effect():
    stuck = {"number": 15, "action": "none", "unit": "水务", "seats": 2, "from_minutes": 41}
    stuck |= {"longest_minutes": 41, "longest_after_minutes": 41}
    both = pd.concat([mock.ADVICE.head(1).assign(longest_after_minutes=41), pd.DataFrame([stuck])])
    drawn = advice.advice(both)
    assert "建议动 1 处" in text(drawn)
    assert "最长预计等候" not in text(drawn)
    assert "2 席已满，无可调席位" in text(drawn)
    assert len(having(drawn, "eff")) == 1
    assert "无可调席位" in text(advice.advice(pd.DataFrame([{**stuck, "seats": None}])))


def test_no_overloaded_window_needs_no_advice():
    assert "没有窗口超负荷。" in text(advice.advice(mock.ADVICE.head(0)))


def test_a_matrix_has_a_number_in_every_cell():
    found = pd.DataFrame({"area": ["东湖", "玉河"], "category": ["城管", "住建"], "received": [3, 5]})
    drawn = heat.areas(found, lambda area, category: f"/{area}/{category}")
    assert sorted(text(node) for node in nodes(drawn) if node._type == "Td") == ["0", "0", "3", "5"]


def test_the_flow_keeps_what_stayed_behind_at_each_stage():
    known = {"received": 10, "valid": 8, "settled_online": 5, "dispatched": 2, "closed": 6, "called_back": 2}
    drawn = {(start, to): cases for start, to, cases in flows.links(known)}
    assert drawn["received", "invalid"] == 2
    assert drawn["valid", "with_centre"] == 1
    assert drawn["settled_online", "closed"] == 5
    assert drawn["dispatched", "closed"] == 1
    assert drawn["dispatched", "not_done"] == 1
    assert drawn["closed", "not_called"] == 4
    assert ("called_back", "reached") not in drawn


def test_screens_speak_english_too():
    words.use(Viewer("en"))
    said = text(
        [whistles.active(mock.SUMMONS), windows.strip(mock.STRIP), bands.arrivals(mock.ARRIVALS, "Wed")]
    )
    for words_ in (
        "3 whistles, 1 unit late",
        "windows 8, 9, 15 overloaded",
        "Arrivals above usual, ≈88 at 15:00",
    ):
        assert words_ in said
