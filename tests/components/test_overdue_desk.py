"""What /overdue shows beside the ladder: estimates that add up, lost time, units, clocks, watch lists."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import (
    overdue_chances,
    overdue_clocks,
    overdue_expected,
    overdue_ladder,
    overdue_stages,
    overdue_units,
    overdue_watch,
    words,
)
from components.words import Viewer
from tests.components import mock_overdue as mock
from tests.components.conftest import having, links, nodes, text
from tests.components.test_overdue import BOOK, NOW, case, columns, tiles


def counted(row, name):
    return f"/{name}"


# ── estimates ──


@given(st.lists(st.floats(0, 9), min_size=1, max_size=9))
def test_rounded_rows_add_up_to_the_title(parts):
    total = round(sum(parts))
    made = overdue_expected.whole(parts, total)

    assert sum(made) == (total if sum(parts) else 0)
    assert all(
        abs(value - part) <= 1 + abs(total - sum(parts)) for value, part in zip(made, parts, strict=True)
    )


def expected(found=mock.EXPECTED, cutoff=mock.CUTOFF):
    return overdue_expected.expected(found, cutoff, NOW, lambda row, name: f"/{name}/{row.unit_id}")


def test_the_estimate_names_its_cutoff_its_range_and_who_is_due():
    drawn = expected()
    rows = [text(item) for item in nodes(drawn) if item._type == "Li"]

    assert text(drawn).startswith("今晚24:00截数前约再超期 7 件（4—10）")
    assert "19 件到期" in text(drawn)
    assert len(rows) == overdue_expected.SHOWN
    assert links(drawn)[:2] == ["/due/", f"/due/{mock.EXPECTED['unit_id'].iloc[1]}"]
    assert rows[0] == "市城管局到期 6 件约 2 件 1—4"
    assert rows[-1] == "其余 2 家到期 2 件约 0 件"
    assert sum(int(row.split("约 ")[1].split(" ")[0]) for row in rows) == 7


def test_only_a_range_without_nought_is_bold():
    assert [text(item) for item in having(expected(), "sure")] == ["约 2 件 1—4"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"due": 0, "expected": 0.0}, "今晚24:00截数前不再新增超期"),
        ({"due": None}, "来源没有期限记录"),
        ({"expected": None}, "以往没有可参照的办理"),
    ],
)
def test_where_nothing_can_be_expected_a_sentence_says_why(change, said):
    assert said in text(expected(mock.EXPECTED.head(1).assign(**change)))


def test_without_a_meeting_there_is_no_cutoff():
    assert "没有排定的调度会" in text(expected(cutoff=None))


def test_the_chances_say_what_they_rest_on_and_how_far_they_held():
    drawn = overdue_chances.chances(mock.CHANCES, mock.SKILL, NOW, case, None)

    assert text(drawn).startswith("2 件超期可能过半")
    assert "同单位同类 n=41" in text(drawn)
    assert "会前仍未办结 85%" in text(drawn)
    assert "白马镇" not in text(drawn)
    assert "误差比按平均推算小 23%" in text(drawn)


@pytest.mark.parametrize(("skill", "said"), [(-0.1, "不比按平均推算更准"), (None, "")])
def test_estimates_that_did_not_hold_are_said_not_to(skill, said):
    drawn = overdue_chances.chances(mock.CHANCES, mock.SKILL.assign(skill=skill), NOW, case, None)

    assert said in text(having(drawn, "foot"))
    assert bool(having(drawn, "foot")) is bool(said)


def test_without_a_past_nothing_is_estimated():
    assert "没有可参照" in text(
        overdue_chances.chances(mock.CHANCES.assign(chance=None), mock.SKILL, NOW, case, None)
    )


# ── where the time went ──


def test_the_waterfall_is_joined_and_adds_up():
    drawn = overdue_stages.stages(mock.STAGES, 37, lambda row: f"/units/{row.unit_id}")
    bars = [
        (node.style["left"], node.style["width"]) for node in nodes(having(drawn, "fl")) if node._type == "I"
    ]

    assert text(drawn).startswith("超期 186天，四成耗在科室办理")
    assert [float(left[:-1]) for left, _width in bars] == pytest.approx([0, 1.6, 9.7, 41.4, 83.3], abs=0.1)
    assert text(having(drawn, "up")[0]) == "科室办理78天最多：市住建局 29天"
    assert "/units/D02" in links(drawn)


def unrecorded(days, cases=3):
    """A last row of days whose stage nobody knows."""
    row = {"stage": "unknown", "days": days, "cases": cases, "unit_id": "", "unit": "", "unit_days": None}
    return pd.DataFrame([row])


def test_days_of_no_recorded_stage_stand_apart_and_blame_nobody():
    found = pd.concat([mock.STAGES, unrecorded(200.0)], ignore_index=True)
    drawn = overdue_stages.stages(found, 40, lambda row: None)

    assert text(drawn).startswith("超期 386天，五成环节无记录")
    assert text(having(drawn, "void")[0]) == "环节无记录200天3 件无转派时间"


def test_where_no_stage_is_recorded_there_is_no_picture_and_no_centre():
    found = pd.concat([mock.STAGES.assign(days=0.0, unit_days=None), unrecorded(46.0)], ignore_index=True)
    drawn = overdue_stages.stages(found, 3, lambda row: None)

    assert text(drawn).startswith("超期 46天，环节无记录")
    assert "来源没有转派时间记录" in text(drawn)
    assert "中心" not in text(drawn)
    assert not having(drawn, "fl")


def test_a_source_without_limits_has_no_units_on_time():
    unknown = mock.UNITS.assign(overdue=None, due_24h=None, due_48h=None, citizen_overdue=None)
    said = text(overdue_units.table(unknown, lambda row: "/", lambda row, name: "/", None))

    assert "来源没有期限记录" in said
    assert "没有单位" not in said


def test_steps_nobody_can_know_of_are_not_said_to_be_taken():
    unknown = mock.MISSED.assign(cases=pd.array([None, None], "Int64"))
    rungs = mock.RUNGS.assign(cases=pd.array([None] * 6, "Int64"))
    none = mock.LADDER.head(0)
    drawn = [
        overdue_ladder.missed(none, unknown, BOOK, None),
        overdue_ladder.whole(none, rungs, mock.RULES.head(0), BOOK, None),
    ]

    assert [("来源没有期限记录" in text(one)) for one in drawn] == [True, True]
    assert "都已督办" not in text(drawn)
    assert "没有督办记录" in text(overdue_ladder.missed(mock.LADDER, unknown, BOOK, None))
    acted, second = mock.MISSED.assign(cases=pd.array([0, None], "Int64")), mock.LADDER["level"] == 2
    assert "没有期限记录" in text(overdue_ladder.missed(mock.LADDER[second], acted, BOOK, None))


def test_days_are_rounded_so_that_they_add_up():
    thirds = mock.STAGES.assign(days=[0.4, 0.4, 0.4, 0.4, 0.4])
    drawn = overdue_stages.stages(thirds, 2, lambda row: None)
    days = [text(having(item, "r")[0]) for item in nodes(drawn) if item._type == "Li"]

    assert sum(int(day.removesuffix("天")) for day in days) == 2


@pytest.mark.parametrize(("overdue", "said"), [(0, "没有超期天数"), (None, "时间耗在哪里")])
def test_no_overdue_day_is_a_sentence(overdue, said):
    assert text(overdue_stages.stages(mock.STAGES.head(0), overdue, lambda row: None)).startswith(said)


# ── the desk ──


def test_a_step_not_taken_comes_first_and_its_counts_open_lists():
    drawn = overdue_ladder.missed(mock.LADDER, mock.MISSED, BOOK, None)

    assert text(drawn).startswith("该督办而未督办 5 件")
    assert {"/missed/2", "/missed/3"} <= set(links(drawn))
    assert next(text(node) for node in nodes(drawn) if node._type == "Td") == "D4"
    calm = overdue_ladder.missed(mock.LADDER, mock.MISSED.head(0), BOOK, None)
    assert "该督办的都已督办" in text(calm)


def test_every_rung_has_its_rules_as_chips_that_open_exactly_their_cases():
    drawn = overdue_ladder.whole(mock.LADDER, mock.RUNGS, mock.RULES, BOOK, None)

    assert text(drawn).startswith("督办阶梯上 116 件，上会 3 件")
    assert [text(chip) for chip in having(drawn, "chip")][:4] == [
        "提级后未办结 2", "列入上会 1", "超5个工作日 6", "超1倍时限 3",
    ]  # fmt: skip
    assert links(drawn).count("/rung_rules/3") == 4
    assert "解除：下次调度会截数前办结" in text(drawn)


def test_the_units_that_are_late_are_named_and_the_others_counted():
    drawn = overdue_units.table(
        mock.UNITS, lambda row: f"/units/{row.unit_id}", lambda row, name: f"/{name}", None
    )

    assert text(drawn).startswith("4 家有超期，市城管局最多 9 件")
    assert "其余 1 家更少或没有" in text(drawn)
    assert "市档案馆" not in text(drawn)
    assert links(drawn)[:7] == [
        "/units/D01", "/overdue", "/due_24h", "/due_48h", "/citizen_overdue", "/closed_late", "/open",
    ]  # fmt: skip
    calm = mock.UNITS.tail(1)
    assert "没有单位超期" in text(overdue_units.table(calm, lambda row: "/", lambda row, name: "/", None))


def test_doubtful_extensions_are_told_by_their_commonest_habit():
    drawn = overdue_watch.extensions(mock.EXTENSIONS, counted, None)

    assert links(drawn)[:3] == ["/asked", "/last_hours", "/after_limit"]
    assert text(drawn).startswith("申请延期 13 件，5 件临期申请")
    nobody = text(overdue_watch.extensions(mock.EXTENSIONS.head(0), counted, None))
    assert "没有延期申请，或来源没有延期记录" in nobody
    calm = mock.EXTENSIONS.assign(asked=0, paused=0)
    assert "没有延期" in text(overdue_watch.extensions(calm, counted, None))
    good = mock.EXTENSIONS.assign(last_hours=0, after_limit=0, too_many=0, too_long=0)
    assert "，无异常" in text(overdue_watch.extensions(good, counted, None))


def test_a_case_that_goes_to_and_fro_shows_its_way():
    drawn = overdue_watch.bounced(mock.BOUNCED, BOOK, None)

    assert text(drawn).startswith("2 件来回流转，最多经 4 家")
    assert "自规→住建→石桥→自规" in text(drawn)
    assert "（不公开）" in text(drawn)
    assert "没有来回流转" in text(overdue_watch.bounced(mock.BOUNCED.head(0), BOOK, None))


def test_a_clock_shows_its_share_what_was_lost_and_what_it_rests_on():
    drawn = overdue_clocks.board(mock.CLOCKS, mock.RULEBOOK, lambda row, name: f"/{row.clock}_{name}", None)
    said = text(drawn)

    assert said.startswith("各项时限：联系群众误时最多，2,210小时")
    assert "来源不记录：落实科室" in said
    assert "信访工作条例 §34" in said
    assert "法规" in said
    assert {"/record_n", "/record_late"} <= set(links(drawn))


def test_a_clock_names_its_source_in_the_language_of_the_reader_and_says_all_on_hover():
    source = "各地12345时限 · several cities' hotline limits: 5 days"
    found = mock.CLOCKS.head(1).assign(source=source)

    def cell():
        drawn = overdue_clocks.board(found, mock.RULEBOOK, lambda row, name: None, None)
        return having(drawn, "source")[0]

    assert (text(cell()), cell().title) == ("各地12345时限", source)
    words.use(Viewer("en"))
    assert text(cell()) == "several cities' hotline limits"


def test_a_limit_of_one_is_no_plural():
    words.use(Viewer("en"))
    drawn = overdue_clocks.board(mock.CLOCKS, mock.RULEBOOK, lambda row, name: None, None)

    assert {"1 hour", "1 working day", "60 days"} <= {text(n) for n in nodes(drawn) if n._type == "Td"}


def test_clocks_nobody_records_are_one_sentence():
    nobody = mock.CLOCKS.assign(n=None)

    assert "来源不记录这些环节" in text(overdue_clocks.board(nobody, {}, lambda row, name: None, None))


def test_the_board_of_clocks_praises_what_was_kept():
    kept = mock.CLOCKS.assign(hours_lost=0.0)

    assert "各项时限全部达标" in text(overdue_clocks.board(kept, {}, lambda row, name: None, None))


def test_every_piece_speaks_english_too():
    words.use(Viewer("en"))
    said = text(
        [
            tiles(), columns(), expected(), overdue_stages.stages(mock.STAGES, 37, lambda row: None),
            overdue_ladder.missed(mock.LADDER, mock.MISSED, BOOK, None),
            overdue_clocks.board(mock.CLOCKS, mock.RULEBOOK, lambda row, name: None, None),
        ]
    )  # fmt: skip

    for sentence in (
        "How long overdue: 8 in 10 within 7 d",
        "About 7 more overdue by tonight 24:00 (4–10)",
        "186 d overdue, 4 in 10 of it in handling",
        "5 cases due for supervision have had none",
        "Most time lost: citizen contacted, 2,210 h",
        "31 d late",
    ):
        assert sentence in said
