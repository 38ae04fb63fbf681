"""What the board says: nothing untranslated, and numbers as people say them."""

import ast
from datetime import date, datetime, timedelta

import pytest

from components import catalogues, words
from components.catalogues import ROOT
from components.words import Viewer

CHINESE, ENGLISH = Viewer("zh"), Viewer("en")
MOMENT = datetime(2026, 11, 25, 9, 42)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_message_written_in_a_component_or_page_is_translated(language):
    assert catalogues.missing(language) == []


@pytest.mark.parametrize(
    "file", [*ROOT.glob("components/*.py"), *ROOT.glob("pages/*.py")], ids=lambda file: file.stem
)
def test_no_message_hides_inside_an_f_string(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    inside = [node for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for node in ast.walk(text)]
    called = [
        getattr(node.func, "id", getattr(node.func, "attr", ""))
        for node in inside
        if isinstance(node, ast.Call)
    ]
    assert not {"_", "ngettext"} & set(called)


@pytest.mark.parametrize(
    ("span", "chinese", "english"),
    [
        (59, "59秒", "59 s"),
        (60, "1分", "1 min"),
        (3599, "59分", "59 min"),
        (3600, "1小时", "1 h"),
        (12_000, "3小时20分", "3 h 20 min"),
        (86_399, "23小时59分", "23 h 59 min"),
        (86_400, "1天", "1 d"),
        (timedelta(days=57, hours=11), "57天11小时", "57 d 11 h"),
        (timedelta(seconds=-5), "0秒", "0 s"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(span, chinese, english):
    words.use(CHINESE)
    assert words.age(span) == chinese
    words.use(ENGLISH)
    assert words.age(span) == english


def test_what_is_absent_is_a_dash_and_never_a_zero():
    for phrase in (
        words.number,
        words.percent,
        words.age,
        words.days,
        words.change,
        words.date,
        words.moment,
    ):
        assert phrase(None) == "—"
    assert words.percent(float("nan")) == "—"
    assert words.no_sample() == "—（无样本）"


def test_numbers_have_a_true_minus_and_thousands():
    assert words.number(2193) == "2,193"
    assert words.change(-26) == "−26"
    assert words.change(14) == "+14"
    assert words.change_share(-0.21) == "−21%"
    assert words.percent(0.974) == "97.4%"


def test_a_large_count_is_said_in_ten_thousands_in_chinese():
    assert words.compact(12_345) == "1.2万"
    assert words.compact(9_999) == "9,999"
    words.use(ENGLISH)
    assert words.compact(12_345) == "12.3k"


def test_dates_are_said_in_the_viewers_language():
    assert words.moment(MOMENT) == "11月25日 周三 09:42"
    assert words.between(70, 92) == "70—92"
    words.use(ENGLISH)
    assert words.moment(MOMENT) == "Wed 25 Nov 09:42"
    assert words.between(70, 92) == "70–92"
    assert words.date(date(2026, 11, 6)) == "6 Nov"
