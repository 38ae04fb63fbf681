"""Decisions: each field saved by itself, nobody overwritten, every change traced, in the order set."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from records import decisions, freezing
from records.changes import Change, Conflict, Decision
from records.refusals import AlreadyFrozen, BadValue, Refusal
from tests.records.conftest import AT, DAY

MINUTE = timedelta(minutes=1)
DUE = datetime(2026, 12, 7, 18, 0)


def test_an_item_never_saved_is_not_there(board: str) -> None:
    assert decisions.of(DAY) == []
    assert decisions.history(DAY, "C1") == []


def test_a_saved_decision_is_read_as_it_was_saved(board: str) -> None:
    said = {
        "case_id": "C1",
        "title": "人民路夜间噪声😀",
        "item_group": "supervision",
        "place": 2,
        "lead_unit_id": "U1",
        "assist_unit_ids": ["U3", "U2"],
        "owner_post": "副局长",
        "pledge": "十日内'装好'隔音屏\\;",
        "due": DUE,
        "states": {"pledge": "decided"},
    }

    saved = decisions.save(DAY, "C1", said, 0, "李", AT)

    assert saved == Decision(DAY, "C1", **said, version=1, changed_at=AT, changed_by="李")
    assert decisions.of(DAY) == [saved]
    assert decisions.of(DAY + timedelta(days=1)) == []


def test_saving_one_field_leaves_the_others_and_adds_its_state(board: str) -> None:
    first = decisions.save(DAY, "C1", {"pledge": "修", "states": {"pledge": "decided"}}, 0, "李", AT)

    then = decisions.save(DAY, "C1", {"due": DUE, "states": {"due": "recording"}}, 1, "李", AT + MINUTE)

    assert (then.pledge, then.due) == (first.pledge, DUE)
    assert then.states == {"pledge": "decided", "due": "recording"}
    assert decisions.of(DAY) == [then]


def test_every_change_is_traced_with_before_and_after(board: str) -> None:
    decisions.save(DAY, "C1", {"due": DUE}, 0, "李", AT)
    decisions.save(DAY, "C1", {"due": None, "pledge": "修"}, 1, "王", AT + MINUTE)

    assert decisions.history(DAY, "C1") == [
        Change(1, AT, "李", {"due": (None, "2026-12-07T18:00:00")}),
        Change(2, AT + MINUTE, "王", {"due": ("2026-12-07T18:00:00", None), "pledge": (None, "修")}),
    ]


def test_who_saves_on_an_old_version_is_told_by_whom_and_which_fields(board: str) -> None:
    decisions.save(DAY, "C1", {"pledge": "修", "due": DUE}, 0, "李", AT)
    theirs = decisions.save(DAY, "C1", {"pledge": "换"}, 1, "王", AT + MINUTE)

    with pytest.raises(Conflict) as told:
        decisions.save(DAY, "C1", {"pledge": "拆", "due": DUE}, 1, "李", AT + 2 * MINUTE)

    assert told.value.newest == theirs
    assert told.value.fields == ("pledge",)
    assert told.value.values == {"pledge": ("换", "拆")}
    assert told.value.theirs == ("pledge",)
    assert "王" in told.value.zh and "表态" in told.value.zh and "09:31" in told.value.en
    assert decisions.of(DAY) == [theirs]


def test_a_clerk_whose_answer_was_lost_may_say_the_same_again(board: str) -> None:
    saved = decisions.save(DAY, "C1", {"pledge": "修"}, 0, "李", AT)

    again = decisions.save(DAY, "C1", {"pledge": "修"}, 0, "李", AT + MINUTE)

    assert again == saved
    assert len(decisions.history(DAY, "C1")) == 1


def test_another_clerk_with_the_same_words_is_told_all_the_same(board: str) -> None:
    decisions.save(DAY, "C1", {"pledge": "修"}, 0, "李", AT)

    with pytest.raises(Conflict) as told:
        decisions.save(DAY, "C1", {"pledge": "修"}, 0, "王", AT)

    assert told.value.fields == ()


def test_two_items_that_differ_in_case_only_are_two(board: str) -> None:
    decisions.save(DAY, "a1", {"pledge": "修"}, 0, "李", AT)
    decisions.save(DAY, "A1", {"pledge": "换"}, 0, "李", AT)

    assert [one.key for one in decisions.of(DAY)] == ["A1", "a1"]


def _at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each gave, a refusal where it was refused; all begin at the same moment."""
    gate = Barrier(len(works))

    def one(work: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return work()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


@pytest.mark.parametrize("known", [0, 1])
def test_of_many_clerks_at_once_exactly_one_wins_and_the_others_are_told(board: str, known: int) -> None:
    for key in range(6):
        if known:
            decisions.save(DAY, f"C{key}", {"owner_post": "局长"}, 0, "张", AT)
        clerks = [f"clerk{number}" for number in range(4)]

        ended = _at_once(
            *(
                lambda by=by, key=key: decisions.save(DAY, f"C{key}", {"pledge": by}, known, by, AT)
                for by in clerks
            )
        )

        won = [one for one in ended if isinstance(one, Decision)]
        told = [one for one in ended if isinstance(one, Conflict)]
        assert (len(won), len(told)) == (1, 3)
        assert {one.newest.pledge for one in told} == {won[0].pledge}
        assert {one.fields for one in told} == {("pledge",)}
        assert [change.version for change in decisions.history(DAY, f"C{key}")][-1] == known + 1


def test_clerks_on_different_items_do_not_hinder_each_other(board: str) -> None:
    ended = _at_once(
        *(lambda key=key: decisions.save(DAY, key, {"pledge": key}, 0, "李", AT) for key in "ABCDEF")
    )

    assert [one.pledge for one in ended] == list("ABCDEF")


def test_an_item_taken_off_keeps_why_and_can_be_put_back(board: str) -> None:
    decisions.save(DAY, "C1", {"pledge": "修"}, 0, "李", AT)

    gone = decisions.remove(DAY, "C1", "已当场解决", 1, "李", AT)
    back = decisions.save(DAY, "C1", {"removed_reason": None}, 2, "李", AT)

    assert (gone.removed_reason, back.removed_reason, back.pledge) == ("已当场解决", None, "修")
    assert len(decisions.history(DAY, "C1")) == 3


def test_a_proposal_never_saved_can_be_taken_off(board: str) -> None:
    assert decisions.remove(DAY, "C9", "重复", 0, "李", AT).version == 1


def test_the_order_is_kept_also_of_items_not_saved_before(board: str) -> None:
    decisions.save(DAY, "C2", {"pledge": "修"}, 0, "李", AT)

    decisions.order(DAY, ["C3", "C2", "C1"], ["C1", "C2", "C3"], "李", AT)
    decisions.order(DAY, ["C2", "C3", "C1"], ["C3", "C2", "C1"], "李", AT)

    assert [(one.key, one.place, one.pledge) for one in decisions.of(DAY)] == [
        *(("C2", 1, "修"), ("C3", 2, None), ("C1", 3, None))
    ]
    assert [change.changes for change in decisions.history(DAY, "C1")] == [{"place": (None, 3)}]


def test_an_order_changed_meanwhile_is_told(board: str) -> None:
    decisions.order(DAY, ["A", "B", "C"], [], "王", AT)

    with pytest.raises(Conflict) as told:
        decisions.order(DAY, ["C", "B", "A"], ["B", "A", "C"], "李", AT)

    assert (told.value.newest.key, told.value.fields) == ("A", ("place",))
    assert [one.key for one in decisions.of(DAY)] == ["A", "B", "C"]


def test_an_item_added_to_the_order_meanwhile_is_told(board: str) -> None:
    decisions.order(DAY, ["A", "B"], [], "王", AT)

    with pytest.raises(Conflict) as told:
        decisions.order(DAY, ["A"], ["A"], "李", AT)

    assert told.value.newest.key == "B"


@pytest.mark.parametrize("before", [[], ["A", "B", "C"]])
def test_of_two_orders_at_once_one_wins(board: str, before: list[str]) -> None:
    if before:
        decisions.order(DAY, before, [], "张", AT)

    ended = _at_once(
        lambda: decisions.order(DAY, ["C", "A", "B"], before, "李", AT),
        lambda: decisions.order(DAY, ["B", "C", "A"], before, "王", AT),
    )

    told = [one for one in ended if isinstance(one, Conflict)]
    won = next(one for one in ended if isinstance(one, list))
    assert len(told) == 1
    assert [one.key for one in decisions.of(DAY)] == [one.key for one in won]


def test_a_closed_meeting_takes_no_decision(board: str) -> None:
    freezing.freeze(DAY, b"{}", {}, AT)

    for late in (
        lambda: decisions.save(DAY, "C1", {"pledge": "修"}, 0, "李", AT),
        lambda: decisions.remove(DAY, "C1", "重复", 0, "李", AT),
        lambda: decisions.order(DAY, ["C1"], [], "李", AT),
    ):
        with pytest.raises(AlreadyFrozen):
            late()
    assert decisions.of(DAY) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "red"},
        {"version": 7},
        {"lead_unit_id": "U" * 65},
        {"pledge": "修\0"},
        {"pledge": "修" * 10_001},
        {"place": "first"},
        {"due": DUE.replace(tzinfo=UTC)},
        {"due": "2026-12-07"},
        {"assist_unit_ids": {"U1"}},
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_name_of_its_field(
    board: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(BadValue, match=next(iter(changes))):
        decisions.save(DAY, "C1", changes, 0, "李", AT)

    assert decisions.of(DAY) == []


def test_the_longest_text_is_kept_whole(board: str) -> None:
    decisions.save(DAY, "C1", {"pledge": "😀" * 10_000}, 0, "李", AT)

    assert decisions.of(DAY)[0].pledge == "😀" * 10_000


@pytest.mark.parametrize(("key", "by"), [(" ", "李"), ("C1", "")])
def test_item_and_clerk_must_be_named(board: str, key: str, by: str) -> None:
    with pytest.raises(BadValue):
        decisions.save(DAY, key, {"pledge": "修"}, 0, by, AT)


def test_a_decision_and_its_trace_are_kept_together_or_not_at_all(file: Path) -> None:
    with sqlite3.connect(file) as behind:
        behind.execute("drop table decision_changes")
    behind.close()

    with pytest.raises(Refusal):
        decisions.save(DAY, "C1", {"pledge": "修"}, 0, "李", AT)

    assert decisions.of(DAY) == []
