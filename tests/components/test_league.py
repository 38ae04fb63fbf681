"""The league's pieces: what is claimed, what is quiet, what is never said; little breaks nothing."""

import re
from itertools import combinations
from types import SimpleNamespace

import pandas as pd
import pytest

from components import (
    funnel_plot,
    funnel_words,
    intervals,
    league,
    league_columns,
    league_filters,
    league_law,
    league_ledger,
    league_room,
    league_variants,
    league_wall,
    slope,
    words,
)  # fmt: skip
from components.labels import Box, letters
from components.words import Viewer
from rules.ranking import limits
from rules.words import CountingRule
from tests.components import mock_league as mock
from tests.components.conftest import having, links, nodes, text

SHOWN = league_columns.USUAL
COLOURS = {"late", "soon", "kept", "is-late", "i-late"}


def table(rows=mock.TABLE, measure="satisfaction", shown=SHOWN, files=None):
    return league.table(
        rows,
        measure,
        shown,
        lambda row, column: f"/{row.unit_id}/{column}",
        lambda name: f"/by/{name}",
        files,
    )


def wall(rows=mock.TABLE, phrases=mock.PHRASES, group="department", measure="satisfaction"):
    return league_wall.wall(rows, measure, phrases, group, "11-17—11-25")


def lines(drawn, kind="row"):
    """The rows of a table, without its heading."""
    return [line for line in having(drawn, kind) if "head" not in line.className.split()]


def line(drawn, unit):
    return next(line for line in lines(drawn) if unit in text(line))


def bold(drawn):
    return [text(node) for node in nodes(drawn) if node._type == "B" or "bad" in classes(node)]


def classes(node):
    return (getattr(node, "className", None) or "").split()


# ── the table ──


def test_the_title_is_the_finding():
    assert "市直部门：3 家显著较好，3 家显著落后，15 家分不出高下" in text(table())


@pytest.mark.parametrize(
    ("tiers", "said"),
    [
        ({"better": 0}, "3 家显著落后，15 家分不出高下"),
        ({"better": 0, "worse": 0}, "15 家分不出高下"),
        ({"better": 0, "worse": 0, "same": 0}, "样本都不足，不排名"),
    ],
)
def test_a_tier_of_nobody_is_not_counted(tiers, said):
    kept = mock.TABLE[~mock.TABLE["tier"].isin(list(tiers))]

    assert f"市直部门：{said}" in text(having(table(kept), "panel")[0])


def test_another_measure_is_named_in_title_and_headings():
    drawn = table(measure="on_time")

    assert "市直部门按时办结率：" in text(drawn)
    assert "应办" in text(having(drawn, "head")[0])
    assert text(having(drawn, "head")[0]).count("办结") == 1


def test_the_same_rank_is_printed_for_ties_and_the_next_is_skipped():
    ranks = [text(cell) for cell in having(table(), "rank")]

    assert ranks[:5] == ["名次", "1", "2", "2", "4"]
    assert ranks[-3:] == ["—", "—", "—"]


def test_a_perfect_rate_of_thirteen_stands_below_the_supported_tier():
    said = [text(line) for line in lines(table())]
    order = [next(n for n, row in enumerate(said) if unit in row) for unit in ("市税务局", "市应急局")]

    assert order == sorted(order)
    assert "open" in having(line(table(), "市应急局"), "iv")[0].className


def test_a_tier_keeps_its_block_whatever_the_rows_are_sorted_by():
    drawn = table(mock.TABLE.sort_values("n"))

    assert [text(name)[:4] for name in having(drawn, "tiername")] == [
        "显著\n较",
        "无显著\n",
        "显著\n落",
        "样本\n不",
    ]


def test_bold_is_only_what_is_worse_and_supported():
    drawn = table()

    assert [bool(having(line(drawn, unit), "bad")) for unit in ("市城管局", "市医保局")] == [True, False]
    assert "sure" in line(drawn, "市住建局").className
    assert "sure" not in line(drawn, "市人社局").className
    assert "↓ 17.5" in bold(line(drawn, "市城管局"))
    assert not bold(line(drawn, "市人社局"))[0]
    assert "↑ 7.8" in text(line(drawn, "市人社局"))


def test_a_rise_of_a_rate_that_should_be_low_is_the_bold_one():
    up = mock.TABLE.assign(move="up", change=0.1)
    cell = league_columns.COLUMNS["change"].cell

    assert [
        cell(next(up.itertuples()), name, None).children._type for name in ("sent_back", "satisfaction")
    ] == [
        "B",
        "Span",
    ]


def test_tiers_are_never_red_nor_green():
    drawn = [table(), wall(), funnel_plot.funnel(mock.TABLE, lambda row: "/")]

    assert [node for node in nodes(drawn) if COLOURS & set(classes(node))] == []


def test_an_unsupported_change_is_quiet_and_none_is_a_dash():
    drawn = table()
    quiet = [text(cell) for cell in having(line(drawn, "市住建局"), "q")]

    assert quiet == ["持平"]
    assert [text(cell) for cell in having(line(drawn, "市商务局"), "q")] == ["—"]


def test_the_number_opens_its_cases_and_the_name_the_unit():
    found = links(line(table(), "市城管局"))

    assert found[:3] == ["/U20/unit", "/U20/n", "/U20/on_time"]
    assert having(line(table(), "市城管局"), "n")[0].href == "/U20/n"
    assert "/U42/n" not in links(table())


def test_a_unit_that_rests_on_thirty_days_says_so():
    assert "市商务局近30日" in text(line(table(), "市商务局"))
    assert "30日" not in text(line(table(), "市民政局"))


def test_without_an_earlier_period_no_column_speaks_of_one():
    first = mock.TABLE.assign(before_n=0, before_k=0.0, before_rate=None, change=None, move="")
    heads = having(table(first), "head")[0]

    assert "较上期" in text(having(table(), "head")[0])
    assert "无可比上期" not in text(table())
    assert "较上期" not in text(heads)
    assert "3期" not in text(heads)
    assert "无可比上期" in text(table(first))


@pytest.mark.parametrize(
    ("said", "shown"), [(None, SHOWN), ("-", ()), ("recent,shrunk", ("shrunk", "recent"))]
)
def test_every_column_offers_the_address_that_turns_it_over(said, shown):
    offered = league_columns.choices(said, lambda text: f"?{text}")

    assert [name for name, _href, on in offered if on] == list(shown)
    for name, href, on in offered:
        after = set(league_columns.chosen(None if href == "?None" else href[1:]))
        assert after - {"-"} == (set(shown) - {name} if on else {*shown, name})


def test_a_heading_sorts_then_turns_and_the_rank_is_the_printed_order():
    assert league_columns.order_after(None, "n") == "n"
    assert league_columns.order_after("n", "n") == "-n"
    assert league_columns.order_after("-n", "n") == "n"
    assert league_columns.order_after("n", "rank") is None


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("市林业局", "—市林业局65/6‹近30日 6 件，再有 4 件可参评"),
        ("市发改局", "—市发改局33/3‹近30日 3 件，再有 7 件可参评"),
        ("市财政局", "—市财政局0——（无样本）"),
    ],
)
def test_too_few_ratings_have_no_rank_and_no_rate(unit, said):
    assert text(line(table(), unit)) == said


def test_half_a_hit_keeps_its_half():
    rows = mock.frame([mock.row("U1", "市林业局", 4.5, 6, rank=None)])

    assert "4.5/6" in text(table(rows))


def test_hidden_columns_are_not_there():
    few = table(shown=("change", "shrunk"))

    assert [text(cell) for cell in having(few, "head")[0].children[5:]] == ["稳健\n率 %", "较上期\n百分点"]
    assert text(line(few, "市医保局")) == "1市医保局8098.895.8持平"
    assert having(table(shown=()), "lt")[0].style["--more"] == 1


def test_without_the_shrunk_column_there_is_no_tick():
    ticks = [node for node in nodes(having(table(shown=("change",)), "iv")) if node._type == "U"]

    assert ticks == []


def test_a_row_of_another_window_shows_the_mean_it_is_judged_by_and_the_key_explains_it():
    longer = mock.TABLE["unit"] == "市民政局"
    drawn = table(mock.TABLE.assign(rolling=longer, mean=mock.TABLE["mean"].mask(longer, 0.8)))
    [own] = [node for node in nodes(drawn) if node._type == "S" and hasattr(node, "style")]

    assert own in nodes(line(drawn, "市民政局"))
    assert (own.style["left"], own.title) == ("50.00%", "80.0")
    assert "本行所比组均" in text(having(drawn, "keys")[0])
    assert "组均 91.1" in text(having(drawn, "head")[0])
    assert not [node for node in nodes(table()) if node._type == "S"]
    assert "本行所比组均" not in text(table())


def test_where_most_rest_on_thirty_days_the_line_is_their_mean_and_says_so():
    own = mock.TABLE["unit"] == "市公安局"
    rows = mock.TABLE.assign(rolling=~own, mean=mock.TABLE["mean"].mask(own, 1.0))
    drawn = table(rows)

    assert "近30日组均 91.1" in text(having(drawn, "head")[0])
    assert "近30日组均 91.1%" in text(having(wall(rows), "axisrow")[0])
    assert "按本期，组均 100.0：市公安局" in text(having(wall(rows), "lwnames")[0])


@pytest.mark.parametrize("own", [0.8, 0.9, 0.95])
def test_in_the_funnel_a_unit_of_another_mean_lies_outside_exactly_where_its_tier_says(own):
    view = funnel_plot.View(0.0, 1.0, 120, mock.MEAN)
    for n in (10, 30, 100):
        for k in range(n + 1):
            row = SimpleNamespace(rate=k / n, mean=own)
            at, (low, high) = funnel_plot._standing(row, mock.MEAN), view.limits(n, 1.96)
            inner = limits(own, n)
            if inner[0] > 0 and inner[1] < 1 and high < 1:
                assert (low <= at <= high) is (inner[0] <= k / n <= inner[1])


def test_the_funnel_says_how_units_of_another_mean_are_drawn():
    longer = mock.TABLE["unit"] == "市城管局"
    drawn = funnel_plot.funnel(
        mock.TABLE.assign(rolling=longer, mean=mock.TABLE["mean"].mask(longer, 0.95)), lambda row: "/"
    )

    assert "1 家用近30日，按离其组均 95.0 的远近画" in text(drawn)
    assert "的远近画" not in text(funnel_plot.funnel(mock.TABLE, lambda row: "/"))


def test_a_side_measure_says_its_sample_and_a_weighed_one_its_weighed_base():
    cells = {node.title for node in nodes(line(table(), "市城管局")) if getattr(node, "title", None)}
    few = mock.TABLE.tail(3).head(1).assign(k=4.0, n=8, base=6.5)

    assert "n=75" in cells
    assert "4/6.5" in text(table(few))
    worse = mock.TABLE.tail(6).head(1).assign(k=4.0, n=13, base=11.5)
    assert "4/11.5 件" in text(wall(worse))


def test_headings_sort_and_files_are_offered():
    drawn = table(files=[("导出 CSV", "/csv")])

    assert "/by/shrunk" in links(having(drawn, "head")[0])
    assert "/csv" in links(drawn)


def test_the_last_three_periods_are_filled_where_the_tier_was_the_same():
    cells = nodes(having(line(table(), "市城管局"), "recent")[0])[1:]

    assert ["on" in classes(cell) for cell in cells] == [True, False, True]
    assert not [cell for cell in nodes(having(line(table(), "市民政局"), "recent")) if cell._type == "I"]


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_a_tier_of_few_rows_keeps_its_whole_name(rows):
    drawn = table(mock.TABLE[mock.TABLE["tier"] == "worse"].head(rows))

    counted = f"{rows} 家" if rows > 1 else ""
    assert text(having(drawn, "tiername")[0]).replace("\n", "") == f"显著落后{counted}"


def test_little_or_nothing_is_a_sentence_and_never_an_error():
    one = mock.TABLE.head(1).assign(tier="same")
    unrated = mock.frame([mock.row("U1", "市财政局", 0, 0, rank=None, mean=None)])

    assert "本组还没有单位。" in text(table(mock.NOBODY))
    assert "市直部门：1 家分不出高下" in text(table(one))
    assert "—（无样本）" in text(table(unrated))
    assert not having(table(unrated), "mean")
    assert "市直部门：样本都不足，不排名" in text(table(mock.TABLE.tail(3)))


def test_the_law_says_how_many_cross_by_chance():
    said = text(league_law.law(21, 1.05, 3))

    assert "分档供研判，不作为唯一考核依据（国办函〔2025〕66号精神）" in said
    assert "21 家各按 95% 判，碰巧越线约 1 家；另 3 家样本不足，不参与" in said
    assert "碰巧越线不到 1 家" in text(league_law.law(8, 0.4, 0))
    assert "碰巧" not in text(league_law.law(0, 0, 5))
    assert "旁列碰巧加粗约 2.8 格" in text(league_law.law(22, 1.1, 2, beside=2.75))


# ── the signs ──


@pytest.mark.parametrize(
    ("lows", "rates", "foot"),
    [([0.639, 0.9], [0.75, 0.95], 0.6), ([0.6], [0.7], 0.6), ([0.31], [0.8], 0.5), ([0.31], [0.37], 0.3)],
)
def test_the_axis_starts_at_the_ten_below_and_goes_under_fifty_for_a_dot_only(lows, rates, foot):
    rows = pd.DataFrame({"tier": "same", "low": lows, "rate": rates, "high": 1.0})

    assert intervals.axis(rows) == intervals.Axis(foot, 1.0)


def test_the_axis_ignores_those_with_too_few_ratings():
    assert intervals.axis(mock.TABLE).foot == 0.6
    assert intervals.axis(mock.TABLE.tail(3)).foot == 0.5


@pytest.mark.parametrize(("high", "head"), [(0.08, 0.1), (0.14, 0.2), (0.3, 0.3), (1.0, 1.0)])
def test_where_a_high_rate_is_bad_the_axis_starts_at_nothing(high, head):
    rows = pd.DataFrame({"tier": ["same"], "low": [0.01], "rate": [0.05], "high": [high]})

    assert intervals.axis(rows, True) == intervals.Axis(0.0, head)


@pytest.mark.parametrize(
    ("shown", "ticks"),
    [((0.6, 1.0), [60, 70, 80, 90, 100]), ((0.0, 0.1), [0, 5, 10]), ((0.3, 1.0), [40, 60, 80, 100])],
)
def test_ticks_are_round_and_few(shown, ticks):
    assert [round(100 * tick) for tick in intervals.Axis(*shown).ticks()] == ticks


def test_a_line_that_begins_before_the_axis_is_cut_and_a_dot_before_it_is_not_drawn():
    rows = mock.frame([mock.row("U1", "甲", 5, 6), mock.row("U2", "乙", 1, 6)])
    drawn = [intervals.interval(row, intervals.Axis(0.6, 1.0)) for row in rows.itertuples()]

    assert [text(piece) for piece in drawn] == ["‹", "‹"]
    assert [len([node for node in nodes(piece) if node._type == "B"]) for piece in drawn] == [1, 0]


def test_a_line_that_ends_beyond_the_axis_is_cut_on_that_side():
    drawn = intervals.interval(next(mock.TABLE.head(1).itertuples()), intervals.Axis(0.0, 0.5))

    assert text(drawn) == "›"


def test_the_label_of_a_mean_at_an_end_stays_inside():
    label = intervals.scale(intervals.Axis(0.6, 1.0), 1.0, "组均").children[-1]

    assert label.style["left"] == "clamp(1.00em, 100.00%, 100% - 1.00em)"


def test_dots_of_a_swarm_on_one_level_are_apart():
    places = sorted([0.5] * 5 + [0.51, 0.6, 0.61, 0.625, 0.9])
    found = intervals.levels(places, 0.02)
    pairs = [(a, b) for a in range(10) for b in range(a) if found[a] == found[b]]

    assert all(places[a] - places[b] >= 0.02 for a, b in pairs)
    assert found[-1] == 0


# ── filters ──


def test_groups_are_tabs_with_their_number_of_units():
    drawn = league_filters.groups(mock.GROUPS, "department", lambda group: f"?group={group}")

    assert text(drawn) == "乡镇街道29市直部门24公共服务单位8"
    assert links(drawn)[0] == "?group=town"
    assert [text(tab) for tab in having(drawn, "here")] == ["市直部门24"]
    assert "没有单位归入任何一组" in text(league_filters.groups(mock.GROUPS.head(0), "", str))


def test_a_rule_that_is_on_has_a_tick_and_one_that_is_off_has_an_outline():
    drawn = league_filters.rules([("mostly", True, "?off"), ("centre", False, "?on")])

    assert [text(chip) for chip in having(drawn, "chip")] == ["✓含基本满意", "仅中心回访"]
    assert links(drawn) == ["?off", "?on"]
    assert len(having(drawn, "off")) == 1


def test_every_rule_of_counting_has_words_on_and_off():
    rules = {rule.value for rule in CountingRule}

    assert set(league_filters.RULES) == set(league_variants.OFF) == rules
    drawn = league_filters.rules([(rule, True, "?") for rule in CountingRule])
    assert "不计入排名" in having(drawn, "chip")[-1].title


def test_the_window_says_its_days_and_the_rules_that_are_off():
    said = league_filters.window((mock.START, mock.END), {"mostly", "first"})

    assert said == "2026-11-17—11-25，共 9 天 · 未用：只看首评 · 未用：含基本满意"
    assert league_filters.window((mock.START, mock.END), set(CountingRule)).endswith("未用 6 项口径")


@pytest.mark.parametrize(("now", "here"), [(None, "排行表"), ("slope", "前后对照"), ("nonsense", "排行表")])
def test_one_of_the_views_is_here(now, here):
    drawn = league_filters.views(now, lambda name: f"?{name}")

    assert [text(link) for link in having(drawn, "here")] == [here]
    assert links(drawn) == ["?None", "?slope", "?ledger"]


def test_measures_columns_and_periods_are_links():
    drawn = league_filters.bar(
        league_filters.measures([("satisfaction", "?a", True), ("sent_back", "?b", False)]),
        league_filters.columns([("shrunk", "?c", True), ("adjusted", "?d", False)]),
        league_filters.periods((mock.START, mock.END), [("live", "?e", True), ("days30", "?f", False)]),
    )

    assert links(drawn) == ["?a", "?b", "?c", "?d", "?e", "?f"]
    assert "✓ 稳健率" in text(drawn)
    assert "2026-11-17—11-25，共 9 天" in text(drawn)


# ── the wall ──


def test_the_wall_names_who_is_better_or_behind_and_ranks_nobody():
    said = text(wall())

    assert "市直部门满意率：3 家显著较好，3 家显著落后" in said
    for words_ in ("79/80 件", "98.8%", "首次", "第 2 次", "上期 92.5", "15家，不分先后", "11-17—11-25"):
        assert words_ in said
    assert "95.8" not in said
    assert not having(wall(), "rank")


def test_the_middle_is_named_in_the_order_of_codes():
    names = text(having(wall(), "lwnames")[0])

    assert names.startswith("市公安局市交警大队市生态环境局市自规局市水利局")
    assert len(having(wall(), "swarm")[0].children) == 15


def test_only_a_supported_change_gets_an_arrow():
    assert [text(arrow) for arrow in having(wall(), "was")] == ["上期 89.4", "上期 92.5"]
    assert ["up" in arrow.className for arrow in having(wall(), "was")] == [True, False]
    assert "变化有据的只有市城管局 ↓市人社局 ↑" in text(having(wall(), "lwtop")[0])
    still = mock.TABLE.assign(move="level")
    assert "较上期都无有据的变化" in text(wall(still))


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        (("餐饮油烟", 9, 18), True),
        (("餐饮油烟", 2, 3), False),
        (("餐饮油烟", 3, 11), False),
        (("", 9, 18), False),
        (None, False),
    ],
)
def test_a_phrase_is_said_only_of_a_kind_that_stands_out(phrase, told):
    drawn = wall(phrases={"U20": phrase} if phrase else {})

    assert bool(having(drawn, "drag")) is told
    if told:
        assert "拖累：餐饮油烟，18 件不满意里占 9 件" in text(drawn)


@pytest.mark.parametrize("tiers", [(0, 0, 29, 0), (3, 0, 26, 0), (0, 4, 25, 0), (2, 3, 0, 1), (3, 12, 14, 0)])
def test_the_wall_copes_with_any_tiers(tiers):
    drawn = wall(mock.towns(*tiers), {}, "town")
    named = sum(text(drawn).count(unit) for unit in mock.towns(*tiers)["unit"].unique())

    assert text(drawn).count("没有单位") == tiers[:3].count(0)
    assert named >= sum(tiers[:3])


def test_a_crowded_tier_names_the_farthest_with_their_line_and_the_others_by_name():
    drawn = wall(mock.towns(10, 12, 7), {}, "town")
    rest = [text(line) for line in having(drawn, "others")]

    assert "tight" in having(drawn, "lw")[0].className
    assert len(having(drawn, "name")) + sum(int(re.findall(r"另 (\d+) 家", said)[0]) for said in rest) == 22


@pytest.mark.parametrize("units", [(3, 3, 15), (29, 0, 0), (0, 29, 0), (12, 12, 5), (1, 1, 120), (14, 15, 0)])
def test_the_rows_of_the_wall_never_take_more_than_there_is(units):
    better, worse, same = units
    rows = mock.towns(0, 0, same)
    axis = intervals.Axis(0.6, 1.0)
    fits = league_room.room(better, rows.assign(aside=False), axis, worse)
    least = [float(size) for size in re.findall(r"calc\(([\d.]+) \* var", fits.tracks)]

    assert sum(least) <= league_room.HEIGHT + 1e-6
    assert len(least) == fits.lines
    assert fits.better <= better


@pytest.mark.parametrize(("units", "named"), [(80, True), (120, False)])
def test_the_middle_is_named_where_all_names_have_room_and_else_only_counted(units, named):
    said = text(having(wall(mock.towns(0, 0, units), {}, "town"), "lwnames")[0])

    assert (f"{units} 家无显著差异，不逐一列名" == said) is not named
    assert ("云台街道" in said) is named


def test_names_of_the_middle_that_rest_on_thirty_days_stand_apart():
    longer = mock.TABLE["unit"] == "市公安局"
    rows = mock.TABLE.assign(rolling=longer, mean=mock.TABLE["mean"].mask(longer, 0.8))
    names = text(having(wall(rows), "lwnames")[0])

    assert names.endswith("按近30日，组均 80.0：市公安局")
    assert "近30日" not in text(having(wall(mock.TABLE.assign(rolling=False)), "lwnames")[0])


def test_a_unit_of_thirty_days_is_tagged_on_the_wall_with_and_without_a_line_of_its_own():
    own = wall(mock.TABLE.assign(rolling=mock.TABLE["unit"] == "市城管局"))
    crowded = wall(mock.towns(20, 20, 20).assign(rolling=True), {}, "town")

    assert [text(name) for name in having(own, "name") if "30日" in text(name)] == ["市城管局近30日"]
    assert all("街道 近30日" in text(line) for line in having(crowded, "others"))


def test_a_rest_too_long_for_its_line_ends_in_others():
    short, long = (
        text(having(wall(mock.towns(units, 20, 20), {}, "town"), "others")[0]) for units in (8, 40)
    )

    assert short.count("、") == int(re.findall(r"另 (\d+) 家", short)[0]) - 1
    assert long.endswith("等")
    assert letters(long) < 70


def test_without_an_earlier_period_the_wall_says_so_and_shows_no_change():
    first = mock.TABLE.assign(before_n=0, change=None, move="", recent=mock.TABLE["tier"], in_tier=1)
    drawn = wall(first)

    assert "无可比上期" in text(having(drawn, "lwtop")[0])
    assert "alone" in classes(having(drawn, "lw")[0])
    assert "首次" not in text(drawn)
    assert "alone" not in classes(having(wall(), "lw")[0])


def test_nobody_ranked_and_nobody_at_all_are_sentences_on_the_wall():
    few = text(wall(mock.TABLE.tail(3)))

    assert "市直部门满意率：样本都不足，不排名" in few
    assert "市林业局 6 件" in few
    crowd = mock.towns(0, 0, 100).assign(tier="few")
    assert re.search(r"另 \d+ 家", text(having(wall(crowd, {}, "town"), "lwnames")[0]))
    assert "本组还没有单位。" in text(wall(mock.NOBODY))


# ── the funnel ──


def test_the_funnels_limits_are_those_of_the_rules():
    view = funnel_plot.View(0.0, 1.0, 120, mock.MEAN)

    for cases in (1, 13, 60, 107):
        for z in (1.96, 3.09):
            assert view.limits(cases, z) == pytest.approx(limits(mock.MEAN, cases, z))


def test_outside_95_per_cent_is_a_tier_of_its_own():
    view = funnel_plot.View(0.0, 1.0, 120, mock.MEAN)
    ranked = mock.TABLE[mock.TABLE["tier"] != "few"]

    for row in ranked.itertuples():
        low, high = view.limits(row.n_effective, 1.96)
        assert (low <= row.rate <= high) == (row.tier == "same")


def test_only_points_outside_are_named_and_only_alarms_with_their_rate():
    drawn = funnel_plot.funnel(mock.TABLE, lambda row: f"/units/{row.unit_id}")
    names = {text(label) for label in having(drawn, "lab")}

    assert names == {"市税务局", "市医保局", "市人社局", "市住建局", "市交运局", "市城管局 75.0"}
    assert [text(label) for label in having(drawn, "far")] == ["市城管局 75.0"]
    assert "/units/U20" in links(drawn)
    assert len(having(drawn, "pt")) == 23


@pytest.mark.parametrize(
    ("alarms", "said"),
    [
        (0, "没有单位越过 99.8% 线"),
        (1, "只有市医保局越过 99.8% 线"),
        (2, "市医保局、市人社局越过"),
        (3, "3 家越过"),
    ],
)
def test_the_funnels_title_says_who_is_beyond(alarms, said):
    rows = mock.TABLE.assign(alarm=[n < alarms for n in range(len(mock.TABLE))])

    assert said in text(funnel_plot.funnel(rows, lambda row: "/"))


def test_a_funnel_of_little_is_drawn_and_one_of_nothing_is_a_sentence():
    for rows in (mock.TABLE.head(1), mock.TABLE.tail(3), mock.TABLE.assign(mean=1.0, rate=1.0)):
        assert having(funnel_plot.funnel(rows, lambda row: "/"), "pt")
    assert "没有单位有可比的件数。" in text(funnel_plot.funnel(mock.NOBODY, lambda row: "/"))
    assert "没有单位有可比的件数。" in text(funnel_plot.funnel(mock.TABLE.tail(1), lambda row: "/"))


def test_names_in_a_crowded_funnel_touch_nothing_and_the_rest_are_counted():
    rows = mock.towns(12, 12, 0)
    rows["rate"] += [0.002 * n for n in range(-12, 12)]
    view = funnel_plot.View(0.6, 1.0, 240, mock.MEAN)
    drawn, unnamed = funnel_words.names(rows.assign(at=rows["rate"]), view)
    boxes = [box_of(label) for label in having(drawn, "lab")]
    spots = [(view.x(row.n_effective), view.y(row.rate)) for row in rows.itertuples()]

    assert 0 < len(boxes) <= funnel_words.MOST
    assert len(boxes) + unnamed == len(rows)
    assert not [pair for pair in combinations(boxes, 2) if pair[0].touches(pair[1])]
    assert not [spot for spot in spots for box in boxes if box.holds(spot)]
    assert f"另 {unnamed} 家越过 95% 线，未标名" in text(funnel_plot.funnel(rows, lambda row: "/"))


def box_of(label):
    """Where the words of a label lie, from its point and its side."""
    x, y = (float(label.style[side].rstrip("%")) / 100 for side in ("left", "top"))
    wide, high = letters(text(label)) / funnel_words.WIDE, 1 / funnel_words.HIGH
    kind, gap, lift = set(classes(label)), 0.6 / funnel_words.WIDE, 0.5 / funnel_words.HIGH
    left = x + gap if "right" in kind else x - gap - wide if "left" in kind else x - wide / 2
    is_over, is_under = kind & {"above", "up"}, kind & {"below", "down"}
    top = y - lift - high if is_over else y + lift if is_under else y - high / 2
    return Box(left, top, wide, high)


def test_of_units_at_one_spot_one_is_named():
    rows = mock.towns(3, 0, 5)
    rows.loc[rows["tier"] == "better", "rate"] = 0.995

    drawn = funnel_plot.funnel(rows, lambda row: "/")

    assert len(having(drawn, "lab")) == 1
    assert "另 2 家越过 95% 线，未标名" in text(drawn)


# ── other rules ──


def test_with_all_rules_on_the_comparison_offers_each_rule_to_switch():
    drawn = slope.untouched(mock.VARIANTS, lambda row: f"?without={row.without}")

    assert links(drawn)[:2] == ["?without=mostly", "?without=adjudicated"]
    assert [text(item) for item in nodes(drawn) if item._type == "Li"][:2] == [
        "只算满意3 家变档：市人社局、市医保局、市住建局",
        "不剔除没有单位变档",
    ]
    assert not having(drawn, "slope")
    assert "口径不影响这项指标。" in text(slope.untouched(mock.VARIANTS.head(1), lambda row: "/"))


def test_the_slope_names_those_who_change_tier_in_bold():
    drawn = slope.slope(mock.SLOPE, lambda row: f"/{row.unit_id}")
    strong = [text(item) for item in nodes(drawn) if item._type == "Li" and "on" in classes(item)]

    assert "换成本表口径，3 家变档：市医保局、市人社局、市住建局" in text(drawn)
    assert len(strong) == 6
    assert "显著较好 → 无显著差异" in text(drawn)
    assert len(having(drawn, "sllines")[0].children) == 21


def test_where_no_tier_changes_the_ranks_are_counted_and_the_farthest_are_bold():
    calm = mock.SLOPE.assign(tier=mock.SLOPE["before_tier"])
    same = calm.assign(rank=calm["before_rank"])

    assert "无人变档，" in text(slope.slope(calm, lambda row: "/"))
    assert len(slope.movers(calm)) == slope.MOST
    assert "档与名次都不变" in text(slope.slope(same, lambda row: "/"))
    assert slope.movers(same).empty


def test_a_unit_that_falls_out_of_the_ranks_has_no_line():
    out = mock.SLOPE.astype({"rank": "Int64"}).copy()
    out.loc[0, ["rank", "rate", "tier"]] = [None, None, "few"]
    drawn = slope.slope(out, lambda row: "/")

    assert len(having(drawn, "sllines")[0].children) == 20
    assert "没有单位够参评件数。" in text(slope.slope(mock.SLOPE.head(0), lambda row: "/"))


def test_variants_say_what_each_rule_would_change():
    drawn = league_variants.variants(mock.VARIANTS, lambda row: f"?without={row.without}")
    said = [text(line) for line in lines(drawn)]

    assert "换个口径，会有 4 家变档" in text(drawn)
    assert said[0] == "本表口径91.133—"
    assert said[1] == "只算满意76.612市人社局、市医保局、市住建局"
    assert said[2] == "不剔除89.833无"
    assert links(drawn)[0] == "?without=mostly"


def test_a_rule_that_would_be_switched_on_again_is_called_by_what_it_does():
    row = next(mock.VARIANTS.assign(without="").tail(1).itertuples())

    assert league_variants.name(row) == "只评责任单位"
    assert "口径不影响这项指标。" in text(league_variants.variants(mock.VARIANTS.head(1), lambda row: "/"))
    assert "没有可比的口径。" in text(league_variants.variants(mock.VARIANTS.head(0), lambda row: "/"))


def test_a_variant_by_which_nobody_is_ranked_counts_no_tiers_and_moves_nobody():
    gone = mock.VARIANTS.assign(mean=None, better=None, worse=None, changed=0, names="", one_way=22).tail(1)
    part = mock.VARIANTS.assign(changed=0, names="", one_way=2).tail(1)
    rows = pd.concat([mock.VARIANTS.head(1), gone])

    said = [text(line) for line in lines(league_variants.variants(rows, lambda row: "/"))]
    assert said[1] == "改评受理———改后无单位可排"
    assert "换个口径，没有单位变档" in text(league_variants.variants(rows, lambda row: "/"))
    assert "改后无单位可排" in text(slope.untouched(rows, lambda row: "/"))
    assert league_variants.moves(next(part.itertuples()), 3) == "无；另 2 家只有一种口径能排"


def test_who_is_no_longer_ranked_has_not_changed_its_tier():
    left = mock.SLOPE.astype({"rank": "Int64"}).assign(tier=mock.SLOPE["before_tier"])
    left.loc[0, ["rank", "rate", "tier"]] = [None, None, "few"]
    gone = left.assign(rank=pd.array([None] * len(left), dtype="Int64"), rate=None, tier="few")

    assert "档与名次都不变" in slope.title(left.assign(rank=left["before_rank"].where(left["tier"] != "few")))
    assert slope.title(gone) == "按这些口径没有单位可排名"


def test_a_variant_without_a_sample_has_no_mean():
    assert "—" in text(league_variants.variants(mock.VARIANTS.assign(mean=None), lambda row: "/"))


# ── the ledger ──


def test_the_ledgers_counts_add_up_and_open_their_items():
    drawn = league_ledger.summary(mock.COUNTS)

    assert "本期申请 21 件" in text(drawn)
    assert "核定剔除 15驳回 4待审 2" in text(drawn)
    assert links(drawn) == ["/a", "/o"]
    nothing = {"asked": 0, "approved": 0, "refused": 0, "open": 0, "href": {}}
    assert "没有剔除申请。" in text(league_ledger.summary(nothing))


def test_the_ledger_says_who_asked_who_decided_and_to_what_effect():
    drawn = league_ledger.items(mock.LEDGER, lambda row: f"/cases/{row.case_id}")
    said = [text(row) for row in nodes(drawn) if row._type == "Tr"]

    assert "申请剔除 3 件：核定 1，驳回 1，待审 1" in text(drawn)
    assert "李某11-20 09:30王某11-21 10:00核定剔除+0.4基于 82 件评价" in said[1]
    assert said[2].endswith("王某11-22 16:05驳回若剔除 +0.3基于 72 件评价")
    assert said[3].endswith("—待审若剔除 +0.3基于 72 件评价")
    assert "不剔除任何评价时的满意率" in text(drawn)
    assert links(drawn)[0] == "/cases/20261118-0101"


def test_a_unit_with_far_more_left_out_is_flagged_first_and_in_words():
    drawn = league_ledger.shares(mock.EXCLUDED)

    assert "市住建局剔除明显偏多" in text(drawn)
    assert bold(drawn) == ["市住建局", "9.8% 偏高"]
    assert "市财政局" not in text(drawn)
    calm = mock.EXCLUDED.assign(flagged=False, is_small=mock.EXCLUDED["unit"] == "市交运局")
    assert "没有单位剔除偏多" in text(league_ledger.shares(calm))
    assert "5.3%件数不足，不标记" in text(league_ledger.shares(calm))
    assert text(league_ledger.shares(calm)).count("件数不足") == 1


def test_an_effect_without_a_rating_names_no_ratings():
    nothing = league_ledger.items(mock.LEDGER.assign(effect=None), lambda row: "/")
    said = [text(row) for row in nodes(nothing) if row._type == "Tr"]

    assert said[1].endswith("核定剔除—")


def test_an_empty_ledger_is_two_sentences():
    assert "没有剔除申请。" in text(league_ledger.items(mock.LEDGER.head(0), lambda row: "/"))
    assert "没有单位有剔除。" in text(league_ledger.shares(mock.EXCLUDED.head(0)))


# ── English ──


def test_every_piece_speaks_english_too():
    words.use(Viewer("en"))
    said = text(
        [
            table(),
            wall(),
            league_law.law(21, 1.05, 3),
            funnel_plot.funnel(mock.TABLE, lambda row: "/"),
            slope.slope(mock.SLOPE, lambda row: "/"),
            league_variants.variants(mock.VARIANTS, lambda row: "/"),
            league_ledger.summary(mock.COUNTS),
        ]
    )

    for sentence in (
        "City departments: 3 clearly better, 3 clearly behind, 15 not told apart",
        "6 in 30 days, 4 more to be ranked",
        "21 units judged at 95%: about 1 would cross by chance; 3 with too few left out",
        "Held back by 餐饮油烟: 9 of the 18 not satisfied",
        "Only 市城管局 is beyond 99.8%",
        "These rules move 3 units to another tier",
        "Counted another way, 4 units change tier",
    ):
        assert sentence in said
