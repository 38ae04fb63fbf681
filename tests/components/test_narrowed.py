"""What is said when a page shows a past moment or only a part."""

from datetime import datetime

from components import narrowed
from tests.components.conftest import text


def test_the_whole_city_now_needs_no_word():
    assert narrowed.note(None, [], "/") is None


def test_a_past_moment_is_said_with_its_year_and_the_way_back():
    said = text(narrowed.note(datetime(2026, 11, 20, 10, 0), [], "/"))

    assert "回看 2026-11-20 10:00 的画面" in said
    assert "回到现在" in said


def test_a_filter_is_named_and_a_missing_name_says_so():
    said = text(narrowed.note(None, [("unit", "市城管局"), ("channel", "")], "/"))

    assert "单位市城管局" in said.replace(" ", "")
    assert "未注明" in said or "未写明" in said or "未登记" in said
