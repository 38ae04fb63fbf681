"""What the source never records is said to be unrecorded: it is no "none", and nobody is accused of it."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from components import (
    caseproof,
    headlines,
    meeting_rises,
    overdue_watch,
    unit_lists,
    unit_passed,
    whistle_board,
    whistle_day,
    whistle_tiles,
    whistle_units,
    whistles,
)
from tests.components import mock_overdue, mock_unit
from tests.components import mock_whistles as mock
from tests.components.conftest import having, text
from tests.components.test_overdue import BOOK as LADDER

NOBODY = pd.DataFrame()


def to(*_: Any) -> str:
    return "/to"


# ── arrivals at whistles ──

UNKNOWN = mock.ACTIVE.assign(is_told=False, late_minutes=0, arrived_at=None).replace(
    {"state": {"arrived": "answered", "late": "called"}}
)


@pytest.mark.parametrize(
    "drawn",
    [
        lambda: whistle_board.board(UNKNOWN, 7, mock.BOOK),
        lambda: whistles.active(UNKNOWN, 7),
    ],
)
def test_where_no_arrival_is_recorded_no_whistle_is_late_over_or_in_time(drawn):
    said = drawn()

    assert "到场未记录" in text(said)
    assert "无超时" not in text(said) and "未到" not in text(said)
    assert not having(said, "late") and not having(said, "over") and not having(said, "warn")


def test_where_no_arrival_is_recorded_the_day_has_no_late_bar():
    rows = mock.DAY.assign(is_told=False, arrived_at=None)
    drawn = whistle_day.day(rows, 9, 2, [], mock.BOOK)

    kinds = {kind for lane in having(drawn, "wlanes") for kind in ("late", "warn") if having(lane, kind)}
    assert kinds == set()


def test_the_tiles_say_that_no_arrival_is_recorded():
    names = [name for name in mock.TILES.index if name.startswith(("late", "so", "pairs", "whole"))]
    now = mock.TILES.astype(object).copy()
    now[names] = None
    drawn = whistle_tiles.tiles(now, UNKNOWN, mock.BOOK)

    assert ["到场未记录" in text(tile) for tile in drawn] == [True, True, False, False, True, True]


def test_the_overview_says_that_no_arrival_is_recorded():
    stock = pd.Series({"awaiting": 2, "previous": 1, "late": None, "whistles": 3})

    assert "到场未记录" in text(headlines.awaiting(stock))


@pytest.mark.parametrize(
    "drawn",
    [
        lambda rows: whistle_board.board(rows, 7, mock.BOOK),
        lambda rows: whistles.active(rows[rows["whistle_id"] == "W6"], 1),
    ],
)
def test_where_no_answer_is_recorded_a_unit_has_been_called_and_is_not_silent(drawn):
    silent = mock.ACTIVE.assign(is_told=False, state="called", late_minutes=0, arrived_at=None)
    never = text(drawn(silent.assign(is_answer_told=False)))

    assert "已吹哨" in never and "未应哨" not in never
    assert "已吹哨" not in text(drawn(silent)) and "未应哨" in text(drawn(silent))


def test_the_overview_says_that_no_answer_is_recorded():
    stock = pd.Series({"awaiting": pd.NA, "previous": pd.NA, "late": pd.NA, "whistles": 3})

    assert "应哨未记录" in text(headlines.awaiting(stock))


def test_units_have_no_rate_where_no_arrival_is_recorded():
    found = mock.UNITS.assign(is_told=False, k=0, n=0)

    assert "来源不记录吹哨到场时间" in text(whistle_units.rates(found, to, mock.BOOK))
    assert "来源不记录吹哨到场时间" in text(whistle_units.table(found, to, mock.BOOK, None))


def test_on_its_own_page_a_unit_is_not_late_where_no_arrival_is_recorded():
    drawn = unit_lists.whistles(mock_unit.WHISTLES.assign(state="unknown", minutes=None, is_told=False))

    assert "到场未记录" in text(drawn) and "无超时" not in text(drawn)
    assert not having(drawn, "late")


def test_a_unit_is_not_said_to_be_in_time_while_its_limits_are_to_come_where_no_arrival_is_recorded():
    drawn = unit_lists.whistles(mock_unit.WHISTLES.assign(state="waiting", is_told=False))

    assert "到场未记录" in text(drawn)
    assert "无超时" not in text(drawn) and "按时 0" not in text(drawn)


# ── meeting items ──


def test_an_item_is_not_said_to_be_in_time_where_no_end_is_recorded():
    drawn = unit_lists.items(mock_unit.ITEMS.assign(is_told=False, state="open"))

    assert "办结未记录" in text(drawn)


# ── lists of what nobody records ──


@pytest.mark.parametrize(
    ("drawn", "said", "none"),
    [
        (lambda told: unit_passed.returns(NOBODY, to, told), "来源不记录退单", "没有退单"),
        (lambda told: unit_passed.repeats(NOBODY, to, told), "来源不记录哪件是重复诉求", "没有重复诉求"),
        (
            lambda told: unit_lists.whistles(mock_unit.WHISTLES.head(0), told),
            "没有吹哨记录",
            "本期没有吹哨",
        ),
        (
            lambda told: unit_lists.items(mock_unit.ITEMS.head(0), told),
            "来源不记录会议交办事项",
            "没有会议交办",
        ),
        (
            lambda told: overdue_watch.bounced(mock_overdue.BOUNCED.head(0), LADDER, None, told),
            "来源不记录退单，也不记录转办单位",
            "没有来回流转",
        ),
        (lambda told: caseproof.evidence(NOBODY, to, told), "来源不记录证据", "未提交"),
        (
            lambda told: meeting_rises.rises(NOBODY, NOBODY, to, to, to, ["villages"] if told else []),
            "来源不记录村、社区",
            "没有村、社区显著上升",
        ),
        (
            lambda told: meeting_rises.rises(NOBODY, NOBODY, to, to, to, ["events"] if told else []),
            "来源不记录哪些工单属同一事件",
            "没有",
        ),
    ],
)
def test_an_empty_list_of_what_is_never_recorded_does_not_say_none(drawn, said, none):
    assert said in text(drawn(False)) and none not in text(drawn(False))
    assert said not in text(drawn(True)) and none in text(drawn(True))


def test_the_panel_of_what_goes_to_and_fro_keeps_its_name_where_that_is_not_recorded():
    drawn = overdue_watch.bounced(mock_overdue.BOUNCED.head(0), LADDER, None, False)

    assert text(drawn).startswith("来回流转未记录")


def test_where_no_limit_is_recorded_no_case_is_said_to_be_in_time():
    stock = SimpleNamespace(open=3, overdue=None, due_48h=None)

    assert "期限未记录" in text(unit_lists.late(mock_unit.LATE.head(0), stock, to, to))
