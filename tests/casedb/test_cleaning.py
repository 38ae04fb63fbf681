from collections import Counter

import pytest

from casedb.cleaning import cleaned


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\n\t\t\t\n\t\t\t路灯\u3000不亮\xa0 ，\n\n\t请修。\n\t", "路灯 不亮 ，\n请修。"),
        ("\ufeff路灯\u200b", "路灯"),
        ("one  two\r\nthree", "one two\nthree"),
        ("路灯 不亮", "路灯 不亮"),
    ],
)
def test_odd_spaces_and_empty_lines_are_tidied(before: str, after: str) -> None:
    assert cleaned([before], ["spaces"], Counter()) == [after]


def test_each_kind_of_repair_is_counted_once_a_cell() -> None:
    repairs: Counter[str] = Counter()

    texts = cleaned(["路灯&#40;灯光&#41;", " a ", "plain", "a\x00b"], ["html", "spaces"], repairs)

    assert texts == ["路灯(灯光)", "a", "plain", "ab"]
    assert repairs == {
        "HTML entities decoded": 1,
        "spaces and line breaks tidied": 1,
        "control characters removed": 1,
    }


def test_nothing_is_cleaned_that_the_map_does_not_ask_for() -> None:
    repairs: Counter[str] = Counter()

    assert cleaned([" &amp; "], [], repairs) == [" &amp; "]
    assert not repairs
