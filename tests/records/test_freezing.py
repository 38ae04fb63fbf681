"""Frozen records: once, to the byte, checked when read; corrections are only appended."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import Engine, update

from records import decisions, freezing, tables
from records.changes import Conflict
from records.refusals import AlreadyFrozen, BadValue, NotFrozen, Refusal, Tampered
from tests.records.conftest import AT, DAY

FACTS = {"rulebook": "2026-11", "as_of": "2026-11-26T09:00", "窗": ["2026-11-17", "2026-11-26"]}
BODY = Random(6).randbytes(300_000) + b"\0'\\\r\n" + "封存😀".encode()


def test_an_open_meeting_has_no_record(board: str) -> None:
    assert freezing.frozen(DAY) is None
    assert freezing.corrections(DAY) == []


def test_a_record_is_read_to_the_byte(board: str) -> None:
    made = freezing.freeze(DAY, BODY, FACTS, AT)

    read = freezing.frozen(DAY)

    assert read == made
    assert read is not None
    assert (read.body, read.facts, read.frozen_at) == (BODY, FACTS, AT)
    assert read.sha256 == hashlib.sha256(BODY).hexdigest()


def test_a_record_is_frozen_once(board: str) -> None:
    made = freezing.freeze(DAY, b"first", {}, AT)

    with pytest.raises(AlreadyFrozen, match="2026-11-26"):
        freezing.freeze(DAY, b"second", {}, AT)

    assert freezing.frozen(DAY) == made


def test_of_many_who_freeze_at_once_one_does(board: str) -> None:
    def freeze(body: bytes) -> bytes | Refusal:
        try:
            return freezing.freeze(DAY, body, {}, AT).body
        except AlreadyFrozen as refusal:
            return refusal

    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(freeze, [b"a", b"b", b"c", b"d"]))

    won = [one for one in ended if isinstance(one, bytes)]
    read = freezing.frozen(DAY)
    assert len(won) == 1
    assert read is not None and read.body == won[0]


def test_a_decision_saved_after_the_body_was_made_stops_the_freezing(board: str) -> None:
    decisions.save(DAY, "C1", {"pledge": "修"}, 0, "李", AT)
    decisions.save(DAY, "C1", {"pledge": "换"}, 1, "王", AT)

    with pytest.raises(Conflict) as told:
        freezing.freeze(DAY, b"{}", {}, AT, {"C1": 1})
    assert (told.value.newest.key, told.value.theirs) == ("C1", ("pledge",))
    assert freezing.frozen(DAY) is None

    assert freezing.freeze(DAY, b"{}", {}, AT, {"C1": 2}).body == b"{}"


@pytest.mark.parametrize(
    "altered",
    [
        {"body": b"changed"},
        {"body": b"changed", "sha256": hashlib.sha256(b"changed").hexdigest()},
        {"facts": '{"rulebook": "other"}'},
        {"frozen_at": AT + timedelta(seconds=1)},
        {"sha256": "0" * 64},
        {"seal": "0" * 64},
    ],
)
def test_a_record_that_was_altered_is_not_shown_as_frozen(
    board: str, behind: Engine, altered: dict[str, object]
) -> None:
    freezing.freeze(DAY, b"as it was", FACTS, AT)
    with behind.begin() as connection:
        connection.execute(update(tables.records).values(**altered))

    with pytest.raises(Tampered, match="altered") as told:
        freezing.frozen(DAY)
    assert "备份" in told.value.zh


def test_corrections_are_appended_and_leave_the_record_alone(board: str) -> None:
    made = freezing.freeze(DAY, BODY, FACTS, AT)

    first = freezing.correct(DAY, "受理数应为 3353", "李", AT + timedelta(days=1))
    second = freezing.correct(DAY, "更正之更正", "王", AT)

    assert (first.number, second.number) == (1, 2)
    assert freezing.corrections(DAY) == [first, second]
    assert freezing.frozen(DAY) == made


def test_corrections_at_once_are_all_kept(board: str) -> None:
    freezing.freeze(DAY, b"{}", {}, AT)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda text: freezing.correct(DAY, text, "李", AT), "abcd"))

    kept = freezing.corrections(DAY)
    assert [one.number for one in kept] == [1, 2, 3, 4]
    assert {one.words for one in kept} == set("abcd")


def test_there_is_nothing_to_correct_before_the_record_is_frozen(board: str) -> None:
    with pytest.raises(NotFrozen):
        freezing.correct(DAY, "更正", "李", AT)


def test_an_empty_correction_is_refused(board: str) -> None:
    freezing.freeze(DAY, b"{}", {}, AT)

    with pytest.raises(BadValue):
        freezing.correct(DAY, "  ", "李", AT)


def test_the_largest_record_is_kept_and_a_larger_one_refused(board: str) -> None:
    largest = Random(6).randbytes(freezing.LARGEST_BODY)

    with pytest.raises(BadValue, match="bytes"):
        freezing.freeze(DAY, largest + b"x", {}, AT)
    freezing.freeze(DAY, largest, {}, AT)

    read = freezing.frozen(DAY)
    assert read is not None and read.body == largest
