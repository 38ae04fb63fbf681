"""The second sheet: what the table rests on."""

from datetime import datetime

import pandas as pd
import pytest
from sqlalchemy import Engine

from papers.facts import Reader
from queries import door
from queries.arguments import MISSING, Scope
from rules import measures, rulebook
from tests.builders import NOON
from tests.papers.conftest import ADDRESS, READER, about, answered

ENGLISH = Reader("en", "Ningxi")


def test_it_says_centre_moment_rows_version_and_address(city: Engine) -> None:
    said = about(answered("intake/by_channel"))

    assert said["中心"] == READER.centre
    assert said["画面时刻"] == NOON
    assert said["行数"] == 10
    assert said["规则版本"] == rulebook.load().version
    assert said["同一数据的地址"] == ADDRESS


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"start": "2026-11-17", "end": "2026-11-25T09:30"},
         "自 2026-11-17 00:00 起，至 2026-11-25 09:30 之前（不含 2026-11-25 09:30）"),
        ({"start": "2026-11-17"}, "自 2026-11-17 00:00 起，至画面时刻 2026-11-25 12:00"),
        ({"end": "2026-11-17"}, "2026-11-17 00:00 之前（不含 2026-11-17 00:00）的全部"),
        ({}, "未另选时段：按这项数据自己的时段，不晚于画面时刻 2026-11-25 12:00"),
    ],
)  # fmt: skip
def test_the_window_is_said_half_open(city: Engine, given: dict[str, str], words: str) -> None:
    assert about(answered("intake/by_channel", **given))["时段"] == words


def test_a_league_says_the_window_of_its_rows_its_n_and_what_the_law_says() -> None:
    rows = pd.DataFrame(
        {
            "unit_id": ["a", "b"],
            "n": [12, 30],
            "start": [datetime(2026, 11, 17), datetime(2026, 10, 26)],
            "end": [datetime(2026, 11, 25), datetime(2026, 11, 25)],
        }
    )

    said = about(door.Answer("league/satisfaction", Scope(as_of=NOON), rows))

    assert said["时段"].startswith("自 2026-10-26 00:00 起，至 2026-11-25 00:00 之前")
    assert said["样本合计"] == 42
    assert said["注意"] == "分档供研判，不作为唯一考核依据。"
    assert said["含义"]
    assert said["算法"]
    assert said["不含"]


def test_a_league_tells_its_period_from_the_thirty_days_of_some_rows_and_adds_no_day_twice() -> None:
    rows = pd.DataFrame(
        {
            "unit_id": ["a", "b"],
            "n": [12, 30],
            "start": [datetime(2026, 11, 17), datetime(2026, 10, 26, 10, 30)],
            "end": [pd.NaT, pd.NaT],
            "rolling": [False, True],
        }
    )

    said, longer = (
        about(door.Answer("league/table", Scope(as_of=NOON), some)) for some in (rows, rows.tail(1))
    )

    assert said["时段"] == "自 2026-11-17 00:00 起，至画面时刻 2026-11-25 12:00"
    assert said["样本合计"] == 12
    assert said["改用近30日"] == "1行自 2026-10-26 10:30 起，样本30，不计入样本合计"
    assert (longer["样本合计"], "改用近30日" in longer) == (30, False)
    assert longer["时段"].startswith("自 2026-10-26 10:30 起")


def test_a_league_of_rows_that_still_run_says_until_the_moment() -> None:
    rows = pd.DataFrame({"unit_id": ["a"], "n": [12], "start": [datetime(2026, 11, 17)], "end": [pd.NaT]})

    said = about(door.Answer("league/satisfaction", Scope(as_of=NOON), rows))

    assert said["时段"] == "自 2026-11-17 00:00 起，至画面时刻 2026-11-25 12:00"


def test_other_questions_do_not_speak_of_assessment(city: Engine) -> None:
    assert "注意" not in about(answered("intake/by_channel"))


def test_filters_are_said_by_name(city: Engine) -> None:
    unit = str(answered("overdue/by_unit").table["unit_id"].iloc[0])

    said = about(answered("cases/list", unit=unit, channel=MISSING, set="open", limit="5"))

    assert (said["单位"], said["渠道"], said["案件范围"], said["最多行数"]) == (
        "市城管局",
        "未注明",
        "open",
        5,
    )
    assert "排序" not in said


def test_a_question_without_a_measure_says_what_it_answers_in_the_readers_language(city: Engine) -> None:
    found = answered("cases/count")

    assert about(found, ENGLISH)["Definition"] == "How many cases the chosen set has."
    assert about(found)["含义"] == "所选案件范围内共有多少件。"


def test_the_measures_of_a_unit_are_each_defined_in_the_readers_language(city: Engine) -> None:
    unit = str(answered("overdue/by_unit").table["unit_id"].iloc[0])
    found = answered("units/measures", unit=unit)

    said, english = about(found), about(found, ENGLISH)

    assert said["含义"].startswith("本单位各项指标")
    on_time = measures.get("on_time")
    assert said["按时办结率"] == f"{on_time.words.zh} {on_time.formula.zh}"
    assert english[on_time.name.en] == f"{on_time.words.en} {on_time.formula.en}"


def test_a_unit_says_the_window_it_is_looked_at_in(city: Engine) -> None:
    unit = str(answered("overdue/by_unit").table["unit_id"].iloc[0])
    chosen = {"start": "2026-11-01", "end": "2026-11-20"}

    live, month = (about(answered("units/measures", unit=unit, **given)) for given in ({}, chosen))

    assert live["时段"] == "自 2026-11-16 00:00 起，至画面时刻 2026-11-25 12:00"
    assert month["时段"].startswith("自 2026-11-01 00:00 起，至 2026-11-20 00:00 之前")


def test_what_a_unit_has_in_hand_now_claims_no_period(city: Engine) -> None:
    unit = str(answered("overdue/by_unit").table["unit_id"].iloc[0])

    assert about(answered("units/stock", unit=unit))["时段"].startswith("未另选时段")
