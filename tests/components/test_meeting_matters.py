"""The table of candidates and one matter on the wall."""

import json
from itertools import pairwise

import pandas as pd
import pytest
from dash import html

from components import meeting_candidates, meeting_history, meeting_matter, meeting_reasons, records, words
from components.words import Viewer
from rules.candidates import STRENGTH
from tests.components import mock_meeting as mock
from tests.components.conftest import having, links, nodes, text

BOOK = meeting_candidates.Book(mock.NOW, mock.CUTOFF, lambda row: f"/cases/{row.case_id}", "/more")
NONE = mock.JOINING.head(0)


def drawn(found=mock.CANDIDATES, joining=mock.JOINING, book=BOOK):
    return meeting_candidates.table(found, joining, book)


def body(table) -> list:
    return [node for node in nodes(table) if node._type == "Tr"][1:]


def cells(row) -> list[str]:
    return [text(node) for node in nodes(row) if node._type == "Td"]


# ── the table ──


def test_the_title_counts_the_matters_and_those_without_a_lead():
    assert text(drawn()).startswith("拟交办 12 项，1 项未定牵头")
    one = mock.placed([mock.candidate("assignment", "甲", [["by_hand"]], "市城管局", "")])
    assert text(drawn(one, NONE)).startswith("拟交办 1 项 按急迫排序")


def test_a_group_is_named_once_with_its_size_and_rows_are_numbered_through():
    rows = [cells(row) for row in body(drawn())]

    assert [row[0] for row in rows if len(row) == 7] == ["督办 3", "交办 7", "会商 2"]
    assert [row[-6] for row in rows] == [str(number) for number in range(1, 13)]
    assert [row.className for row in body(drawn())].count("last") == 3


def test_a_row_says_why_and_who():
    rows = [cells(row) for row in body(drawn())]

    assert rows[0][2:] == [
        "学府家园二期逾期办证",
        "上批逾诺 1天；超期 31天",
        "市住建局",
        "市自规局 市税务局 ",
        "",
    ]
    assert rows[10][-3] == " 待定"


def test_a_lead_learnt_from_the_past_says_from_how_many_cases():
    titles = [node.title for node in nodes(drawn()) if getattr(node, "title", None)]

    assert "同类 6 件由其牵头，办成 5 件" in titles


def test_a_confidential_matter_is_called_by_its_kind():
    row = mock.candidate("assignment", "", [["people", 32]], "青禾街道", "", hidden=True, category="夜市油烟")

    said = text(drawn(mock.placed([row]), NONE))

    assert "夜市油烟（不公开）" in said


def test_every_matter_leads_to_its_case_and_the_rest_to_the_whole_list():
    assert links(drawn())[0] == "/cases/case 学府家园二期逾期办证"
    assert links(drawn())[-1] == "/more"


def test_the_foot_names_what_the_cutoff_adds_and_counts_the_reserve():
    said = text(drawn())

    assert "今晚 24:00 仍未办结，自动列入 4 件：" in said
    assert "石桥村征地补偿、南门夜市油烟、云台小学路灯、305路停运" in said
    assert said.endswith("候补 21 件")


def test_a_long_list_of_the_cutoff_says_how_many_more():
    many = pd.concat([mock.JOINING, mock.JOINING], ignore_index=True)

    assert "等4件" in text(drawn(joining=many))


def test_a_cutoff_on_another_day_has_its_date():
    book = meeting_candidates.Book(mock.NOW, pd.Timestamp("2026-11-28"), BOOK.case)

    assert "11月27日 24:00 仍未办结" in text(drawn(book=book))


def test_nothing_to_assign_is_a_sentence_and_still_says_what_will_join():
    said = text(drawn(mock.CANDIDATES.head(0)))

    assert said.startswith("没有拟交办事项")
    assert "自动列入 4 件" in said


def test_what_may_be_done_to_a_row_stands_at_its_ends():
    book = meeting_candidates.Book(
        mock.NOW, mock.CUTOFF, BOOK.case, acts=lambda row: (html.Button("⠿"), html.Button("×"))
    )

    first = cells(body(drawn(book=book))[0])

    assert (first[1], first[-1]) == ("⠿1", "×")


# ── reasons ──


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", [*STRENGTH, "surge", "waiting_days", "by_hand"])
def test_every_reason_has_words_in_both_languages(language, code):
    words.use(Viewer(language=language))
    reason = json.dumps([[code, 4, 2]])

    short, claims = meeting_reasons.short(reason), meeting_reasons.claims(reason)

    assert short != code
    assert "{" not in short + str(claims)
    assert claims[0][0]


def test_less_than_a_day_is_not_nought_days():
    assert meeting_reasons.short('[["overdue_days", 0]]') == "超期不到1天"
    assert meeting_reasons.claims('[["promise_missed", 0]]') == [("说法未兑现", "给说法逾期不到1天")]


def test_an_unknown_reason_keeps_its_code_and_no_reason_is_a_dash():
    assert meeting_reasons.short('[["local_rule", 3]]') == "local_rule"
    assert meeting_reasons.short("[]") == meeting_reasons.short(None) == "—"


# ── the matter ──


def matter(**other):
    return records.first(pd.DataFrame([mock.item(**other)]))


def left(item, weeks=mock.WEEKS, holders=mock.HOLDERS):
    return meeting_matter.left(item, weeks, holders)


def test_the_heading_has_the_clerk_s_sentence_else_the_title():
    said = text(meeting_matter.heading(matter(), mock.SENTENCE, "滨江路烧烤夜间噪音"))

    assert said.startswith(
        "交办　停水停电　东湖街道 金桂苑、银桂苑、丹桂苑下一项　滨江路烧烤夜间噪音金桂苑等 3 个小区"
    )
    assert text(meeting_matter.heading(matter())).endswith("金桂苑等3小区频繁停电")


def test_a_hidden_matter_is_its_kind_and_nothing_else():
    item = matter(hidden=True, title="", place="", area="")

    assert text(meeting_matter.heading(item)) == "交办　停水停电停电（只示类别和件数）"


def test_the_four_figures_keep_their_units_apart():
    tiles = [text(tile) for tile in having(left(matter()), "tile")]

    assert tiles == [
        "首次反映至今 107天8月11日起",
        "受影响 1,126户3 个社区",
        "反映 143件87 人",
        "办结又不满意 2次现为第3轮",
    ]


def test_what_is_not_recorded_is_said_and_not_left_out():
    assert "受影响 —（未登记）" in text(left(matter(affected=None, places=1)))


def test_reasons_on_the_wall_are_claims_with_their_numbers_at_most_three():
    why = [["item_late", 3], ["overdue_days", 5], ["rounds", 3], ["people", 20]]

    rows = [
        text(node)
        for node in nodes(meeting_matter.why(matter(reasons=json.dumps(why))))
        if node._type == "Li"
    ]

    assert rows == ["1逾诺未办结上批交办，逾首次承诺 3天", "2超期未办结超期 5天", "3办结又不满意现为第3轮"]


def test_the_history_says_how_often_it_was_passed_and_that_reports_rise():
    assert text(left(matter())).count("107天转了 5 次手，本期反映猛增") == 1
    assert "猛增" not in meeting_history.title(matter(reasons="[]"))


def test_the_period_is_bright_the_running_week_hollow_and_the_peak_in_words():
    bars = [node for node in nodes(having(left(matter()), "mbars")[0]) if node._type == "I"]

    assert [bar.className for bar in bars[-3:]] == ["", "up", "open"]
    assert "11-17 起一周 41 件　其余 14 周每周 2—12 件" in text(left(matter()))
    assert "上：每周反映（末根 2天 17 件）" in text(left(matter()))


def test_one_report_is_no_tower():
    bars = [
        node for node in nodes(having(left(matter(), mock.weeks((1, 0))), "mbars")[0]) if node._type == "I"
    ]

    assert float(bars[0].style["height"].removesuffix("%")) < 20


def test_holders_have_their_names_where_there_is_room_and_the_end_says_the_others():
    segments = [text(node) for node in having(left(matter()), "msegs")[0].children]
    ends = text(having(left(matter()), "mends"))

    assert segments == ["", "市住建局 24天", "", "宁溪供电公司 56天", "市住建局"]
    assert "东湖街道 退单" in ends
    assert "第3轮在办" in ends


def test_words_under_the_holders_never_overlap():
    many = pd.DataFrame([mock.held("市城管局", day, day + 1, "returned") for day in range(0, 100, 2)])
    spans = having(left(matter(), mock.WEEKS, many), "mends")[0].children

    for line in ("0", "1"):
        placed = [float(one.style["right"].removesuffix("%")) for one in spans if one.style["--line"] == line]
        assert all(later - earlier > 5 for earlier, later in pairwise(placed))


def test_without_holders_or_weeks_the_picture_says_less_and_not_wrong():
    assert "在谁手里" not in text(left(matter(), mock.WEEKS, mock.HOLDERS.head(0)))
    assert "没有这件事的反映记录。" in text(left(matter(), mock.WEEKS.head(0), mock.HOLDERS.head(0)))


def test_a_short_history_has_weeks_on_its_axis_a_long_one_months():
    short, long = (
        text(having(left(matter(), weeks), "maxis")) for weeks in (mock.weeks((3, 2, 4)), mock.WEEKS)
    )

    assert short == "8月11日08-1808-25"
    assert long == "8月11日9月10月11月"
