"""A unit's own page: what each panel says, counts and leads to; and what it says when there is nothing."""

from datetime import datetime
from types import SimpleNamespace

import pandas as pd
import pytest

from components import (
    unit_head,
    unit_lists,
    unit_measures,
    unit_passed,
    unit_reasons,
    unit_stages,
    unit_table,
    unit_trend,
    unit_why,
    words,
)
from components.unit_axis import Axis
from components.unit_scale import Scale
from components.words import Viewer
from tests.components import mock_unit as mock
from tests.components.conftest import having, links, nodes, text

LONG = "宁溪市城市管理和综合行政执法局（宁溪市市容环境卫生管理中心）"


def to(row, column=""):
    """Where a click leads in these tests: it only has to lead somewhere."""
    return f"/cases?{column}"


def head(one, standing):
    return unit_head.head(one, standing, "11-17—11-25", "/league")


def whole(**changed):
    """The whole page from the mock frames, some of them changed."""
    d = {
        "one": mock.ONE, "standing": mock.STANDING, "measures": mock.MEASURES, "trend": mock.TREND,
        "meetings": mock.MEETINGS, "stages": mock.STAGES, "why": mock.WHY, "shift": mock.SHIFT,
        "reasons": mock.REASONS, "late": mock.LATE, "stock": mock.STOCK, "whistles": mock.WHISTLES,
        "items": mock.ITEMS, "returns": mock.RETURNS, "repeats": mock.REPEATS, **changed,
    }  # fmt: skip
    return [
        unit_head.head(d["one"], d["standing"], "11-17—11-25", "/league"),
        unit_head.tiles(d["measures"], to),
        unit_trend.trend(d["trend"], d["meetings"]),
        unit_stages.stages(d["stages"], to),
        unit_why.why(d["why"], d["shift"], "down", 0.911, to),
        unit_reasons.reasons(d["reasons"], to),
        unit_lists.late(d["late"], d["stock"], to, to),
        unit_lists.whistles(d["whistles"]),
        unit_lists.items(d["items"]),
        unit_passed.returns(d["returns"], to),
        unit_passed.repeats(d["repeats"], to),
        unit_table.table(d["measures"], to),
        unit_head.law("导出"),
    ]


EMPTY = {
    name: getattr(mock, name.upper()).head(0)
    for name in (
        "trend",
        "meetings",
        "stages",
        "why",
        "reasons",
        "late",
        "whistles",
        "items",
        "returns",
        "repeats",
    )
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "changed",
    [
        {},
        EMPTY,
        EMPTY | {"measures": mock.NO_MEASURES, "standing": None, "shift": None, "stock": None},
        EMPTY | {"measures": mock.MEASURES.head(0), "trend": mock.unrated(*range(12))},
        {"trend": mock.TREND.tail(1), "one": SimpleNamespace(**{**vars(mock.ONE), "unit": LONG})},
        {"measures": mock.counted(9312, 10_000), "stock": SimpleNamespace(open=12_000, overdue=0, due_48h=0)},
    ],
    ids=["usual", "empty", "unknown", "unrated", "first period", "ten thousand"],
)
def test_the_page_says_something_whatever_there_is(changed, language):
    words.use(Viewer(language))
    said = text(whole(**changed))
    assert mock.ONE.unit[0] in said
    for broken in ("nan", "None", "NaT", "<NA>", "-0.0"):
        assert broken not in said


# who it is


def test_the_head_says_where_the_unit_stands_and_rests_on():
    said = text(head(mock.ONE, mock.STANDING))
    for part in (
        "市城管局",
        "市直部门",
        "局长",
        "显著落后",
        "区间 63.9—83.6，组均 91.1",
        "第 21 名，共 21 家",
        "近3期 2 次落后，达到提醒条件",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("tier", "recent", "said"),
    [
        ("worse", "worse,same,worse", "近3期 2 次落后，达到提醒条件"),
        ("same", "worse,worse,same", "近3期 2 次落后"),
        ("worse", "same,same,worse", "近3期 1 次落后"),
        ("better", ",better,better", "近2期 2 次较好"),
        ("same", "same,same,same", ""),
        ("worse", ",,worse", ""),
    ],
)
def test_a_reminder_is_due_only_to_who_is_behind_now_and_was_before(tier, recent, said):
    told = unit_head._recent(mock.standing(tier=tier, recent=recent))
    assert (told or "") == said


def test_only_the_worse_tier_is_bold():
    assert [text(node) for node in nodes(head(mock.ONE, mock.STANDING)) if node._type == "B"]
    better = head(mock.ONE, mock.standing(tier="better"))
    assert [node for node in nodes(better) if node._type == "B"] == []


def test_too_few_ratings_have_no_rank_and_say_how_many_are_missing():
    few = mock.standing(tier="few", rank=pd.NA, n=6, missing=4, rolling=True, recent="")
    said = text(head(mock.ONE, few))
    assert "还差 4 个评价才能排名" in said
    assert "本期评价不足，按近30日" in said
    assert "名，共" not in said


def test_a_unit_without_ratings_has_no_interval():
    none = mock.standing(tier="few", rank=None, n=0, rate=None, low=None, high=None, missing=10)
    assert "本期没有评价，不参与排名" in text(head(mock.ONE, none))


def test_a_unit_of_no_group_says_so():
    alone = SimpleNamespace(**{**vars(mock.ONE), "unit_group": None, "leader_post": None})
    assert "不在任何分组，不参与排名" in text(head(alone, None))


# six tiles


def test_six_tiles_count_what_they_rest_on_and_whistles_open_no_cases():
    drawn = unit_head.tiles(mock.MEASURES, to)
    assert len(drawn) == 6
    assert "54/72件" in text(drawn[0])
    assert "7/9次" in text(drawn[5])
    assert [len(links(tile)) for tile in drawn] == [1, 1, 1, 1, 1, 0]


def test_a_tile_is_bold_only_where_the_unit_is_significantly_worse():
    assert ["bad" in tile.className for tile in unit_head.tiles(mock.MEASURES, to)] == [True] * 4 + [
        False
    ] * 2


def test_a_tile_without_a_sample_has_no_rate_and_no_link():
    drawn = unit_head.tiles(mock.NO_MEASURES, to)
    assert all("—无样本" in text(tile) for tile in drawn)
    assert links(drawn) == []


def test_a_base_that_is_weighed_is_called_so():
    row = SimpleNamespace(k=4.0, n=8, base=6.5, unit_of_count="case")
    assert (unit_measures.fraction(row), unit_measures.unit_of_count(row)) == ("4/6.5", "件（折算）")
    row = SimpleNamespace(k=4.0, n=8, base=8.0, unit_of_count="case")
    assert (unit_measures.fraction(row), unit_measures.unit_of_count(row)) == ("4/8", "件")


def test_half_resolved_keeps_its_half():
    assert unit_measures.fraction(SimpleNamespace(k=49.5, n=72)) == "49.5/72"
    assert unit_measures.fraction(SimpleNamespace(k=50.0, n=1072)) == "50/1,072"


# trend


@pytest.mark.parametrize(
    ("tiers", "said"),
    [
        (["worse"] * 3 + ["same"] * 9, "12 期里 3 期显著落后"),
        (["same"] * 12, "12 期里没有显著落后"),
        (["better"] * 2 + ["same"] * 10, "12 期里 2 期显著较好"),
    ],
)
def test_the_trends_title_counts_the_periods_apart(tiers, said):
    assert unit_trend.title(mock.TREND.assign(tier=tiers)) == said


def test_points_are_filled_only_where_the_unit_stood_apart():
    drawn = unit_trend.trend(mock.TREND, mock.MEETINGS)
    assert len(having(drawn, "pt")) == 12
    assert len(having(drawn, "open")) == 9
    assert [text(mark) for mark in having(drawn, "meetno")] == ["29", "33", "34", "35"]


def test_a_period_without_ratings_breaks_the_line_and_invents_no_point():
    drawn = unit_trend.trend(mock.unrated(5), mock.MEETINGS)
    assert len(having(drawn, "pt")) == 11
    assert len(having(drawn, "band")) == 2
    assert "11 期里 3 期显著落后" in text(drawn)


def test_a_period_that_stands_alone_has_a_whisker_and_no_band():
    drawn = unit_trend.trend(mock.TREND.tail(1), mock.MEETINGS)
    assert having(drawn, "whisk") and not having(drawn, "band")
    assert "只有一期有评价" in text(drawn)


@pytest.mark.parametrize(("complete", "dashed"), [(False, 1), (True, 0)])
def test_the_last_step_is_dashed_until_its_period_is_complete(complete, dashed):
    rows = mock.TREND.assign(complete=[True] * 11 + [complete])
    assert len(having(unit_trend.chart(rows, mock.MEETINGS), "part")) == dashed


def test_nothing_is_dashed_to_a_running_period_without_ratings():
    assert having(unit_trend.chart(mock.unrated(11), mock.MEETINGS), "part") == []


def test_periods_without_meetings_are_named_by_their_day():
    rows = mock.TREND.assign(number=pd.array([pd.NA] * 12, dtype="Int64"))
    said = text(unit_trend.trend(rows, mock.MEETINGS.head(0)))
    assert "7月27日起" in said
    assert "第" not in said


@pytest.mark.parametrize(
    ("low", "rate", "floor"), [(0.639, 0.75, 0.6), (0.05, 0.5, 0.2), (0.95, 0.99, 0.9), (0, 0, 0)]
)
def test_the_trends_axis_starts_at_the_ten_below_without_flattening_the_line(low, rate, floor):
    rows = pd.DataFrame({"rate": [rate], "mean": [None], "low": [low]})
    assert Scale.of(rows).low == pytest.approx(floor)


# where it is lost


def test_every_count_of_the_heat_map_leads_on_and_zero_is_a_point():
    drawn = unit_stages.stages(mock.STAGES, to)
    counts = mock.STAGES[["due", *(stage.column for stage in unit_stages.STAGES)]].to_numpy()
    assert len(links(drawn)) == (counts > 0).sum() + 6
    assert len(having(drawn, "d0")) == (counts == 0).sum()


def test_the_last_row_is_the_sum_of_the_tiles():
    foot = next(node for node in nodes(unit_stages.stages(mock.STAGES, to)) if node._type == "Tfoot")
    assert text(foot) == "合计832710518"


@pytest.mark.parametrize(
    ("count", "depth"),
    [(9.99, "d1"), (10, "d2"), (19.99, "d2"), (20, "d3"), (34.99, "d3"), (35, "d4")],
)
def test_a_cell_deepens_at_its_limits(count, depth):
    assert unit_stages.depth(count, 100) == depth


@pytest.mark.parametrize(("count", "depth"), [(1, "d2"), (2, "d3"), (4, "d4")])
def test_a_single_case_of_one_is_not_drawn_at_full_depth(count, depth):
    assert unit_stages.depth(count, count) == depth


def test_the_depth_of_dissatisfaction_is_its_share_of_the_rated():
    row = SimpleNamespace(due=100, rated=10, dissatisfied=4)
    assert unit_stages._share(row, unit_stages.STAGES[-1]) == 0.4


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        ((1, 4, 6, 3, 9), "餐饮油烟：联系晚、办结晚"),
        ((0, 0, 0, 0, 9), "餐饮油烟：不满意多"),
        ((1, 1, 1, 1, 1), "各类各环节都不突出"),
        ((0, 0, 0, 0, 0), "各环节都没有丢分"),
    ],
)
def test_the_title_names_the_stages_before_the_rating(lost, said):
    rows = mock.STAGES.head(1).copy()
    rows[[stage.column for stage in unit_stages.STAGES]] = lost
    assert unit_stages.title(rows) == said


def test_the_rest_of_the_kinds_has_a_name():
    nameless = mock.STAGES.assign(kind="")
    assert "未注明" in text(unit_stages.stages(nameless, to))
    assert "其他类别" in text(unit_stages.stages(nameless.assign(category_id="*"), to))


def test_a_unit_with_nothing_due_has_one_sentence():
    none = mock.STAGES.assign(**dict.fromkeys(mock.STAGES.columns[2:], 0))
    assert "本期没有应办件，也没有评价。" in text(unit_stages.stages(none, to))


# why it moved


def test_the_steps_go_from_then_to_now_and_idle_parts_are_left_out():
    drawn = unit_why.why(mock.WHY, mock.SHIFT, "down", 0.911, to)
    said = text(drawn)
    assert "从第 6 名到第 21 名，过半因餐饮油烟" in said
    assert "6 → 21自身降 15 位他人变化 0 位" in said
    assert "口径变化" not in said
    assert len(having(drawn, "down")) == 6


def test_each_part_begins_where_the_last_one_ended():
    ends = Axis(mock.WHY, 0.911).ends
    assert [start for start, _end in ends[1:-1]] == [end for _start, end in ends[:-2]]
    assert ends[-2][1] == pytest.approx(ends[-1][0])


def moved(before: float, now: float, *kinds: float) -> pd.DataFrame:
    """A waterfall of these rates and kinds, in points."""
    parts = [
        ("before", "", before),
        *(("kind", f"类{n}", points) for n, points in enumerate(kinds)),
        ("now", "", now),
    ]
    rows = pd.DataFrame(parts, columns=["part", "kind", "printed"])
    return rows.assign(points=rows["printed"] / 100, category_id="c")


@pytest.mark.parametrize(
    ("rows", "shift", "said"),
    [
        (moved(92.5, 75.0, -9.6, -7.9), None, "比上期低 17.5 点，过半因类0"),
        (moved(80.0, 90.0, 4.0, 6.0), None, "比上期高 10.0 点，过半因类1"),
        (moved(80.0, 90.0, 5.0, 5.0), None, "比上期高 10.0 点"),
        (moved(80.0, 90.0, 5.0, 5.0), SimpleNamespace(before_rank=6, rank=6), "比上期高 10.0 点"),
        (moved(80.0, 80.0, 5.0, -5.0), None, "满意率没有变化"),
        (
            moved(80.0, 78.0, 6.0, -8.0),
            SimpleNamespace(before_rank=pd.NA, rank=9),
            "比上期低 2.0 点",
        ),
    ],
)
def test_the_title_names_a_kind_only_when_it_makes_more_than_half(rows, shift, said):
    assert unit_why.title(rows, shift, "up") == said


@pytest.mark.parametrize(
    ("move", "said"), [("level", "较上期没有超出偶然的变化"), ("", "评价不足，不说升降")]
)
def test_what_may_be_chance_is_no_headline_whatever_the_rank_did(move, said):
    assert unit_why.title(mock.WHY, mock.SHIFT, move) == said


@pytest.mark.parametrize("move", ["level", "", "up"])
def test_a_rank_is_no_headline_where_the_figures_it_rests_on_do_not_move_so(move):
    shift = SimpleNamespace(**{**vars(mock.SHIFT), "move": move})
    assert unit_why.title(mock.WHY, shift, "down") == "比上期低 17.5 点，过半因餐饮油烟"


def test_a_rank_of_thirty_days_is_said_not_to_be_what_is_explained():
    shift = SimpleNamespace(**{**vars(mock.SHIFT), "rolling": True, "rate": 0.9, "n": 30, "move": ""})
    said = text(unit_why.why(mock.WHY, shift, "level", 0.911, to))
    assert "名次用近30日，上面拆的不是它：92.5% n=80 → 90.0% n=30" in said
    assert not having(unit_why.why(mock.WHY, mock.SHIFT, "down", 0.911, to), "foot")


def test_a_rank_that_may_have_moved_by_chance_says_so():
    shift = SimpleNamespace(**{**vars(mock.SHIFT), "move": "level"})
    assert "两个名次所凭的率，差别不出偶然" in text(unit_why.why(mock.WHY, shift, "level", 0.911, to))


@pytest.mark.parametrize("rows", [mock.WHY.head(0), moved(float("nan"), 75.0), moved(92.5, float("nan"))])
def test_a_period_without_ratings_cannot_be_compared(rows):
    assert "两期中有一期没有评价，无从比较。" in text(unit_why.why(rows, None, "", 0.911, to))


@pytest.mark.parametrize(("points", "said"), [(-9.6, "−9.6"), (0.4, "+0.4"), (0.0, "0.0"), (-0.0, "0.0")])
def test_points_have_a_true_sign(points, said):
    assert unit_why.signed(points) == said


def test_a_rise_is_hollow_and_a_whole_hundred_stays_on_the_axis():
    drawn = unit_why.why(moved(50.0, 100.0, 50.0), None, "up", None, to)
    assert having(drawn, "up")
    assert max(Axis(moved(50.0, 100.0, 50.0), None)._ticks()) == 100


# reasons


def test_reasons_lead_to_their_cases_and_come_to_the_whole():
    drawn = unit_reasons.reasons(mock.REASONS, to)
    assert "18 件不满意，8 件是没解决" in text(drawn)
    assert "累计 100%" in text(drawn)
    assert len(links(drawn)) == 5


def test_a_tie_at_the_top_names_no_reason():
    assert unit_reasons.title(mock.REASONS.assign(cases=2)) == "10 件不满意，原因分散"


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        ([("", 9), ("太慢", 4), ("态度", 1)], "14 件不满意，4 件是太慢，9 件未说明原因"),
        ([("太慢", 4), (None, 3)], "7 件不满意，4 件是太慢，3 件未说明原因"),
        ([("太慢", 2), ("态度", 2), ("", 1)], "5 件不满意，原因分散，1 件未说明原因"),
        ([("", 3)], "3 件不满意，均未说明原因"),
    ],
)
def test_the_headline_names_the_reason_stated_most_and_how_many_stated_none(reasons, said):
    rows = pd.DataFrame(reasons, columns=["reason", "cases"])
    assert unit_reasons.title(rows) == said


def test_reasons_beyond_the_list_are_counted_and_a_missing_one_says_so():
    many = pd.concat([mock.REASONS, mock.REASONS], ignore_index=True).assign(reason="", top_kind=None)
    said = text(unit_reasons.reasons(many, to))
    assert "另有 10 件为其他原因" in said
    assert "未注明" in said


# lists


def test_late_cases_lead_on_and_hide_what_is_confidential():
    drawn = unit_lists.late(mock.LATE, mock.STOCK, to, to)
    said = text(drawn)
    assert "超期 4 件" in said and "在办 46 件" in said and "48小时内到期 6" in said
    assert "（不公开）" in said and "（保密）" not in said
    assert "超 11天" in said and "还剩 1天2小时" in said
    assert len(links(drawn)) == 6 + 3


def test_a_case_late_by_hours_says_hours():
    row = mock.LATE.head(1).assign(hours_late=5)
    assert "超 5小时" in text(unit_lists.late(row, mock.STOCK, to, to))


def test_a_late_case_on_no_step_of_the_ladder_stands_at_its_foot():
    row = mock.LATE.head(1).assign(level=pd.array([pd.NA], dtype="Int64"))
    assert "D0" in text(unit_lists.late(row, mock.STOCK, to, to))


def test_nothing_late_is_a_sentence_and_its_counts_lead_nowhere():
    drawn = unit_lists.late(mock.LATE.head(0), SimpleNamespace(open=0, overdue=0, due_48h=0), to, to)
    assert "没有超期 " in text(drawn)
    assert links(drawn) == []


def test_whistles_stand_worst_first_and_are_no_links():
    drawn = unit_lists.whistles(mock.WHISTLES.iloc[::-1])
    said = text(drawn)
    assert "吹哨 9 次，2 次没按时到" in said and "按时 7 次" in said
    assert said.index("未到，超 16分") < said.index("迟到 11分") < said.index("限 30分")
    assert links(drawn) == []


def test_a_summons_still_in_time_says_what_is_left():
    waiting = mock.WHISTLES.head(1).assign(state="waiting", minutes=9)
    assert "吹哨 1 次，无超时" in text(unit_lists.whistles(waiting))
    assert "还剩 9分" in text(unit_lists.whistles(waiting))


@pytest.mark.parametrize(
    ("state", "days", "said"),
    [
        ("overdue", 1, "逾诺 1天"),
        ("overdue", 0, "逾诺"),
        ("open", 0, "11-24 到期"),
        ("closed", 0, "11-23 办结"),
        ("signed_off", 0, "11-23 销号"),
    ],
)
def test_a_meeting_item_says_what_became_of_it(state, days, said):
    row = mock.ITEMS.head(1).assign(state=state, days_late=days, at=datetime(2026, 11, 23))
    assert text(unit_lists.items(row)).endswith(said)


def test_no_meeting_item_is_said():
    assert "没有会议交办" in text(unit_lists.items(mock.ITEMS.head(0)))
    assert "（不公开）" in text(unit_lists.items(mock.ITEMS.head(1).assign(hidden=True)))


def test_returns_name_who_passes_to_and_fro():
    drawn = unit_passed.returns(mock.RETURNS, to)
    assert "退出 7 件，退来 3 件，与市住建局互退" in text(drawn)
    assert len(having(drawn, "both")) == 1
    assert len(links(drawn)) == 5


def test_a_return_not_passed_on_yet_has_a_name():
    assert "还没有再派" in text(
        unit_passed.returns(mock.RETURNS.head(1).assign(other=None, other_id=None), to)
    )


def test_repeats_say_how_soon_after_closing():
    drawn = unit_passed.repeats(mock.REPEATS, to)
    assert "3 件重复诉求" in text(drawn) and "办结后 6天" in text(drawn)
    assert len(links(drawn)) == 3


# every measure


def test_the_table_counts_the_worse_and_opens_every_count_of_cases():
    drawn = unit_table.table(mock.MEASURES, to)
    assert "14 项指标里 6 项显著差于本组（碰巧约 0.4 项）" in text(drawn)
    assert len(links(drawn)) == 14
    assert len(having(drawn, "uline")) == 15


def test_a_measure_without_a_sample_has_neither_rate_nor_dot():
    drawn = unit_table.table(mock.NO_MEASURES, to)
    assert text(drawn).count("—（无样本）") == 15
    assert having(drawn, "uline") == [] and links(drawn) == []


@pytest.mark.parametrize(
    ("move", "is_bad_high", "said", "bold"),
    [
        ("up", False, "↑ 5.0", False),
        ("up", True, "↑ 5.0", True),
        ("level", True, "持平", False),
        ("", False, "—", False),
    ],
)
def test_only_a_move_for_the_worse_is_bold(move, is_bad_high, said, bold):
    row = SimpleNamespace(move=move, is_bad_high=is_bad_high, rate=0.35, before_rate=0.30)
    drawn = unit_table.moved(row)
    assert text(drawn) == said
    assert (getattr(drawn, "_type", "") == "B") is bold


def test_a_measure_that_is_not_ranked_says_so_and_counts_in_no_verdict():
    rows = mock.told("satisfaction", is_ranked=False, is_judged=False, median=None)
    drawn = unit_table.table(rows, to)
    assert text(having(drawn, "apart")[0]).endswith("不排名")
    assert "13 项指标里 5 项显著差于本组" in text(drawn)


def test_a_move_for_the_worse_of_too_few_cases_is_not_bold():
    row = SimpleNamespace(move="down", is_bad_high=False, is_judged=False, rate=0.0, before_rate=1.0)
    assert unit_table.moved(row) == "↓ 100.0"


def test_a_move_for_the_worse_is_not_bold_where_nothing_is_ranked():
    row = SimpleNamespace(move="down", is_bad_high=False, is_ranked=False, rate=0.3, before_rate=0.4)
    assert unit_table.moved(row) == "↓ 10.0"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (0.118, "单位自报 81.2% · 虚高 +11.8"),
        (-0.031, "单位自报 66.3% · −3.1"),
        (0.0, "单位自报 69.4% · 0.0"),
        (float("nan"), ""),
    ],
)
def test_the_units_own_word_stands_below_the_citizens(more, said):
    [row] = mock.told("resolution", overclaim=more).query("measure == 'resolution'").itertuples()
    assert text(unit_table.overclaimed(row)) == said


def test_a_year_without_a_calendar_is_named_in_the_cell_and_below_the_table():
    rows = mock.told("signing", n=0, k=0, rate=None, before_rate=None)
    drawn = unit_table.table(rows, to, [2027])
    why = "按时签收率：2027 年的工作日历未录入，无从计算"
    assert why in [getattr(node, "title", None) for node in nodes(drawn)]
    assert "按时签收率、回访率：2027 年的工作日历未录入" in text(having(drawn, "foot"))
    assert "无样本" not in text(drawn)


def test_a_known_calendar_needs_no_word():
    assert having(unit_table.table(mock.NO_MEASURES, to), "foot") == []


def test_an_unknown_measure_is_shown_by_its_code():
    assert unit_measures.name("teleported") == "teleported"


def test_an_arrival_that_nobody_confirmed_is_neither_in_time_nor_late():
    states = ["late", "there", "unconfirmed", "on_time", "on_time"]
    columns = ["town", "matter", "state", "minutes", "limit_minutes", "is_told"]
    rows = pd.DataFrame([("北关街道", "围挡", state, 20, 30, True) for state in states], columns=columns)

    said = text(unit_lists.whistles(rows))

    assert "吹哨 5 次，1 次没按时到" in said
    assert "按时 2 次，未确认 1 次" in said
    assert said.count("，未确认") == 2
