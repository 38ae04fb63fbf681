"""The right of reply: within its limit, in order, answered once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from records import objections
from records.objections import Objection
from records.refusals import AlreadyAnswered, BadValue, TooLate
from tests.records.conftest import AT, DAY

UNTIL = AT + timedelta(days=1)
SECOND = timedelta(seconds=1)


def _file(text: str = "一件已并案", at: datetime = AT) -> Objection:
    return objections.file(DAY, "U1", "meetings/close_rates", text, "赵", at, UNTIL)


def test_an_objection_stands_beside_its_figure(board: str) -> None:
    filed = _file()

    assert objections.of(DAY) == [filed]
    assert (filed.number, filed.unit_id, filed.answer, filed.is_upheld) == (1, "U1", None, None)
    assert objections.of(DAY + timedelta(days=1)) == []


@pytest.mark.parametrize("early", [SECOND, timedelta(0)])
def test_until_the_limit_a_unit_may_object(board: str, early: timedelta) -> None:
    assert _file(at=UNTIL - early).filed_at == UNTIL - early


def test_a_second_after_the_limit_it_may_not(board: str) -> None:
    with pytest.raises(TooLate, match="11-27 09:30"):
        _file(at=UNTIL + SECOND)

    assert objections.of(DAY) == []


def test_an_objection_is_answered_once(board: str) -> None:
    _file()
    second = _file("另一件")

    answered = objections.answer(DAY, 2, "成立，已剔除", True, "李", AT + SECOND)
    with pytest.raises(AlreadyAnswered):
        objections.answer(DAY, 2, "不成立", False, "王", AT + SECOND)

    first, stands = objections.of(DAY)
    assert first.answer is None
    assert stands == answered
    assert (stands.words, stands.answer, stands.is_upheld) == (second.words, "成立，已剔除", True)


def test_an_objection_nobody_made_has_no_answer(board: str) -> None:
    with pytest.raises(BadValue, match="7"):
        objections.answer(DAY, 7, "成立", True, "李", AT)


def test_objections_at_once_are_all_kept(board: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(_file, "abcd"))

    assert {one.words for one in objections.of(DAY)} == set("abcd")
    assert [one.number for one in objections.of(DAY)] == [1, 2, 3, 4]


@pytest.mark.parametrize("text", ["", " \n", "x" * 10_001])
def test_an_objection_says_something_and_not_a_book(board: str, text: str) -> None:
    with pytest.raises(BadValue):
        _file(text)


@pytest.mark.parametrize(
    ("field", "said"), [("unit_id", "单位"), ("figure", "所指数字"), ("text", "内容"), ("by", "署名（职务）")]
)
def test_an_empty_field_is_named_in_chinese(board: str, field: str, said: str) -> None:
    given = {"unit_id": "U1", "figure": "total", "text": "请核对", "by": "办公室", field: ""}

    with pytest.raises(BadValue) as refused:
        objections.file(DAY, at=AT, until=UNTIL, **given)

    assert refused.value.zh == f"{said}：不能为空，没有保存。"
