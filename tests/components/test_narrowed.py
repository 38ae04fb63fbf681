"""What is said when a page shows a past moment or only a part."""

from datetime import datetime, timedelta

import pytest

from components import narrowed
from tests.components.conftest import links, text

NOW = datetime(2026, 11, 25, 10, 30, 22)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def test_the_whole_city_now_needs_no_word():
    assert narrowed.note(None, [], "/") is None


def test_a_past_moment_is_said_with_its_year_and_the_way_back():
    said = text(narrowed.note(datetime(2026, 11, 20, 10, 0), [], "/"))

    assert "回看 2026-11-20 10:00 的画面" in said
    assert "回到现在" in said


def test_a_filter_is_named_and_a_missing_name_says_so():
    said = text(narrowed.note(None, [("unit", "市城管局"), ("channel", "")], "/"))

    assert "单位市城管局" in said.replace(" ", "")
    assert "看全部" in said and "回到现在" not in said
    assert "未注明" in said or "未写明" in said or "未登记" in said


@pytest.mark.parametrize(
    ("moment", "is_past"),
    [
        (NOW, False),
        (NOW - 10 * SECOND, False),
        (NOW - HOUR + SECOND, False),
        (NOW - HOUR, True),
    ],
)
def test_a_figure_clicked_within_the_hour_is_held_and_no_past(moment, is_past):
    drawn = narrowed.note(moment, [], "/cases", NOW, "/cases?set=open")

    assert links(drawn) == ["/cases" if is_past else "/cases?set=open"]
    assert ("回看" in text(drawn)) is is_past
    assert (f"{moment:%H:%M:%S}，与所点数字一致" in text(drawn)) is not is_past
    assert ("held" in drawn.className) is not is_past
    assert ("回到现在" if is_past else "回到此刻") in text(drawn)


def test_yesterday_is_past_even_a_minute_after_midnight():
    midnight = datetime(2026, 11, 25)

    assert "回看" in text(narrowed.note(midnight - SECOND, [], "/", midnight + SECOND))


def test_a_held_moment_does_not_hide_what_narrows_the_page():
    said = text(narrowed.note(NOW, [("unit", "市城管局")], "/", NOW))

    assert "与所点数字一致" in said
    assert "市城管局" in said
