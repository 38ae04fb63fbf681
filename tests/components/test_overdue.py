"""The pieces of /overdue: counts that tie, findings as titles, cards, estimates that add up, empty states."""

from datetime import datetime, timedelta

import pandas as pd
import pytest

from components import (
    ladder,
    overdue_cards,
    overdue_tiles,
    overdue_words,
    words,
)
from components.words import Viewer
from tests.components import mock_overdue as mock
from tests.components.conftest import having, links, nodes, text

NOW = mock.NOW
NONE = pd.Series(dict.fromkeys(mock.STOCK.index))


def case(row):
    return f"/cases/{row.case_id}"


def behind(name, row):
    return f"/{name}/{row.level}"


BOOK = overdue_words.Ladder(*mock.AGREED, NOW, 48, case, behind)


def columns(found=mock.LADDER, rungs=mock.RUNGS):
    return ladder.columns(found, rungs, mock.RULES, mock.MISSED, BOOK)


def tiles(stock=mock.STOCK, ages=mock.AGES):
    return overdue_tiles.tiles(
        stock,
        mock.BOTH,
        ages,
        lambda name: f"/{name}",
        lambda name: f"/{name}",
        lambda row, name: f"/age_{row.bucket}",
    )


# ── tiles and ages ──


def test_both_clocks_stand_side_by_side_and_open_their_lists():
    late = tiles()[0]

    assert "按规定超期" in text(late)
    assert "按群众时钟61" in text(late)
    assert "较上期 +6另超期办结 52" in text(late)
    assert {"/overdue", "/citizen_overdue", "/closed_late"} <= set(links(late))


def test_the_tiles_to_come_name_tonight_extensions_and_pauses():
    day, two = tiles()[2:]

    assert "今晚到期 19" in text(day)
    assert "延期 18暂停 5" in text(two)
    assert "/due_tonight" in links(day)
    assert {"/extended", "/paused"} <= set(links(two))


def test_a_source_without_limits_shows_no_figure():
    said = text(tiles(NONE, mock.AGES.head(0)))

    assert "来源没有期限记录。" in said
    assert "按群众时钟" not in said
    assert not any(sign.isdigit() for sign in said.replace("24", "").replace("48", ""))


def ages(*cases):
    """The six ages with so many cases each."""
    return mock.AGES.assign(cases=cases)


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        ((10, 11, 9, 5, 2, 0), "八成在7天以内"),
        ((5, 0, 0, 0, 0, 0), "全部在1天以内"),
        ((2, 1, 0, 0, 0, 0), "七成在1天以内"),
        ((1, 1, 0, 0, 0, 4), "七成超过60天"),
    ],
)
def test_the_title_names_the_age_most_cases_stay_within(cases, said):
    assert overdue_tiles.title(ages(*cases)) == f"超期多久：{said}"


def test_an_age_without_a_case_opens_nothing():
    listed = having(tiles()[1], "ages")[0]

    assert [text(item) for item in nodes(listed) if item._type == "Li"] == [
        "10≤1天", "111—3天", "93—7天", "57—21天", "221—60天", "0>60天",
    ]  # fmt: skip
    assert links(listed) == ["/age_1", "/age_3", "/age_7", "/age_21", "/age_60"]


def test_nothing_overdue_is_a_sentence():
    calm = mock.STOCK.copy()
    calm["overdue"] = 0

    assert "没有超期" in text(tiles(calm, ages(0, 0, 0, 0, 0, 0))[1])


# ── the ladder ──


def test_a_rung_says_its_count_what_it_is_made_of_who_acts_and_where_nobody_did():
    drawn = columns()
    said = text(drawn[2])

    assert [text(having(rung, "n")[0]) for rung in drawn] == ["42件", "29件", "31件", "11件", "3件", "0"]
    assert said.startswith("D2 书面督办31件超期 25发回重办 6督办单送分管领导未督办 4")
    assert text(having(drawn[2], "late")[0]) == "超期 25"


def test_the_meetings_rung_is_the_chairs_and_the_last_names_nobody():
    drawn = columns()

    assert "chair" in drawn[4].className
    assert "由人提出，由人决定" in text(drawn[5])
    assert not having(drawn[5], "card")


def test_a_late_card_is_red_as_long_as_it_is_late_and_says_who_must_act():
    [worst, *_] = having(columns()[4], "card")

    assert text(worst).startswith("市住建局超31天学府家园二期逾期办证")
    assert "提级后未办结" in text(worst)
    assert "主持人" in text(worst)
    assert [node.style["width"] for node in nodes(having(worst, "bar")[0]) if node._type == "I"] == ["100.0%"]


def test_a_case_still_in_time_says_how_long_is_left_and_when_it_falls_due():
    first = having(columns()[0], "card")[0]

    assert "剩25小时" in text(first)
    assert "明天15:42 到期" in text(first)
    assert not having(first, "late") or having(first, "bar")[0].className == "bar late l"
    assert [node.style["width"] for node in nodes(having(first, "bar")[0]) if node._type == "I"] == ["0.0%"]


def test_a_confidential_case_shows_no_matter_at_the_desk():
    raised = mock.LADDER[mock.LADDER["hidden"].astype(bool)]
    hidden = having(columns(raised)[3], "card")[0]

    assert text(hidden).startswith("市住建局超8天（不公开）")


def test_a_wall_names_no_unit_of_a_hidden_case_and_counts_it():
    words.use(Viewer("zh", "dark", wall=True))
    drawn, cards = columns()[3], mock.LADDER[mock.LADDER["level"] == 3]
    shown = int((~cards["hidden"].astype(bool)).sum())

    assert 0 < shown < len(cards)
    assert "（不公开）" not in text(drawn)
    assert len(having(drawn, "card")) == shown
    assert f"其余 {11 - shown} 件" in text(drawn)


def test_a_wall_of_nothing_but_hidden_cases_counts_them_and_names_nobody():
    words.use(Viewer("zh", "dark", wall=True))
    said = text(columns(mock.LADDER.assign(hidden=True))[3])

    assert "大屏不显示单位" in said
    assert "共 11 件" in said
    assert "市住建局" not in said


def test_bars_of_little_lateness_are_not_blown_up():
    short = mock.LADDER[mock.LADDER["level"] == 2].assign(hours_late=24.0)
    drawn = columns(short)

    assert {node.style["width"] for node in nodes(having(drawn[2], "bar")) if node._type == "I"} == {"10.0%"}


@pytest.mark.parametrize(("wall", "sheets"), [(True, 2), (False, 1)])
def test_on_the_wall_the_raised_rungs_turn_over_three_at_a_time(wall, sheets):
    words.use(Viewer("zh", "dark", wall=wall))
    raised = columns()[3]

    assert len(having(raised, "leaf")) == sheets
    assert [sheet.hidden for sheet in having(raised, "leaf")] == [number > 0 for number in range(sheets)]
    assert ("1/2" in text(raised)) is wall
    assert ("其余 7 件" if wall else "其余 8 件") in text(raised)


def test_the_lower_rungs_show_three_and_count_the_rest():
    warned = columns()[0]

    assert len(having(warned, "card")) == 3
    assert "其余 39 件" in text(warned)


def test_the_next_line_drops_what_is_least_wanted_first():
    row = next(mock.LADDER[mock.LADDER["level"] == 2].assign(is_missed=True).itertuples())

    assert text(overdue_cards.then(row, BOOK)).startswith("分管领导 未督办")
    acted = row._replace(is_missed=False, acted_at=NOW - timedelta(days=1))
    assert "已督办" not in text(overdue_cards.then(acted, BOOK))
    free = acted._replace(next_at=None, next_level=None)
    assert text(overdue_cards.then(free, BOOK)) == "分管领导 已督办 11-24"


def test_without_limits_a_rung_is_not_known_unless_another_rule_holds_a_case():
    known = mock.RUNGS.astype("Int64").assign(cases=pd.array([None, 29, None, None, None, None], "Int64"))
    undone = mock.MISSED.astype("Int64").assign(cases=pd.array([None, None], "Int64"))
    found = mock.LADDER[mock.LADDER["level"] == 1]
    drawn = ladder.columns(found, known.assign(overdue=None), mock.RULES, undone, BOOK)

    assert [text(having(rung, "n")[0]) for rung in drawn] == ["—", "29件", "—", "—", "—", "—"]
    assert [("来源没有期限记录" in text(rung)) for rung in drawn] == [True, False, True, True, True, False]
    assert "本级没有案件" not in text(drawn)
    assert "/rungs/0" not in links(drawn[0])


def test_without_limits_the_ladder_is_one_sentence():
    assert len(columns(rungs=mock.RUNGS.head(0))) == 1


# ── how it is said ──


@pytest.mark.parametrize(
    ("hours", "said", "role"),
    [
        (0.4, "超24分", "late"), (23.9, "超23小时", "late"), (24, "超1天", "late"), (-25, "剩25小时", "soon"),
        (-71.9, "剩71小时", ""), (-72, "剩3天", ""), (0, "剩0分", "soon"), (None, "—", ""),
    ],
)  # fmt: skip
def test_lateness_is_said_in_its_one_largest_unit(hours, said, role):
    assert overdue_words.standing(hours, 48) == (said, role)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 25, 16), "今天16:00"),
        (datetime(2026, 11, 26), "今晚24:00"),
        (datetime(2026, 11, 26, 9, 30), "明天09:30"),
        (datetime(2026, 11, 28), "11月27日"),
    ],
)
def test_a_near_moment_has_its_clock_and_a_far_one_its_day(at, said):
    assert overdue_words.moment(at, NOW) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.04, "不到一成"),
        (0.05, "一成"),
        (0.3, "三成"),
        (0.78, "八成"),
        (0.81, "八成"),
        (0.892, "九成"),
        (0.999, "九成"),
        (1.0, "全部"),
    ],
)
def test_a_share_is_told_to_the_nearest_tenth_and_all_only_where_nothing_is_left(share, said):
    assert overdue_words.tenths(share) == said
