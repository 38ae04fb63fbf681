"""Why a matter goes before a meeting: each reason at its threshold, their order, the groups, one matter."""

import pytest

from rules.candidates import STRENGTH, Found, group, is_candidate, matters, rank, reasons, with_surge


def codes(**found) -> list[str]:
    return [reason[0] for reason in reasons(Found(**found))]


@pytest.mark.parametrize(
    ("below", "at"),
    [
        ({"severity": 59.9}, {"severity": 60.0}),
        ({"repeats": 2}, {"repeats": 3}),
        ({"people": 9}, {"people": 10}),
        ({"rounds": 2}, {"rounds": 3}),
        ({"whistles": 2}, {"whistles": 3}),
        ({"returned": 1}, {"returned": 2}),
        ({"sent": 2}, {"sent": 3}),
        ({"channels": 1, "answers": 2}, {"channels": 2, "answers": 2}),
        ({"channels": 2, "answers": 1}, {"channels": 2, "answers": 2}),
        ({"group_visit": 0}, {"group_visit": 6}),
        ({"overdue_days": None}, {"overdue_days": 0}),
        ({"promise_missed": None}, {"promise_missed": 0}),
        ({"item_late": None}, {"item_late": 0}),
        ({"uncured": False}, {"uncured": True}),
        ({"meetings": 0}, {"meetings": 1}),
    ],
)
def test_a_reason_holds_from_its_threshold_on(below: dict, at: dict) -> None:
    assert codes(**below) == []
    assert len(codes(**at)) == 1


def test_reasons_come_with_their_numbers_the_strongest_first() -> None:
    found = Found(severity=72.9, sent=3, returned=2, overdue_days=31, item_late=1, meetings=2, repeats=4)

    assert reasons(found) == [
        ("item_late", 1), ("overdue_days", 31), ("times_at_meeting", 3), ("passed", 3, 2), ("repeats", 4, 30),
        ("severity", 72),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"overdue_days": 3}, False),
        ({"meetings": 2, "sent": 3}, False),
        ({"overdue_days": 3, "severity": 60}, True),
        ({"uncured": True}, True),
        ({}, False),
    ],
)
def test_some_reasons_only_support_others(found: dict, expected: bool) -> None:
    assert is_candidate(reasons(Found(**found))) is expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"item_late": 1, "returned": 2}, "supervision"),
        ({"promise_missed": 0}, "supervision"),
        ({"severity": 80, "overdue_days": 2, "returned": 2}, "supervision"),
        ({"uncured": True, "overdue_days": 2, "returned": 2}, "supervision"),
        ({"uncured": True, "returned": 2}, "consultation"),
        ({"people": 20, "sent": 3}, "consultation"),
        ({"uncured": True}, "supervision"),
        ({"people": 20, "overdue_days": 2}, "assignment"),
        ({"rounds": 3}, "assignment"),
    ],
)
def test_who_is_late_is_supervised_and_what_nobody_takes_is_conferred_on(found: dict, expected: str) -> None:
    assert group(reasons(Found(**found))) == expected


def test_the_strongest_reason_ranks_then_how_many_then_how_much() -> None:
    late = reasons(Found(item_late=1))
    two = reasons(Found(overdue_days=1, severity=70))
    long, short = reasons(Found(overdue_days=9)), reasons(Found(overdue_days=2))
    weak = reasons(Found(people=400))

    assert sorted([weak, short, long, two, late, []], key=rank) == [late, two, long, short, weak, []]


def test_a_case_without_ties_is_its_own_matter() -> None:
    assert matters([("a", None, None), ("b", None, None)]) == {"a": "a", "b": "b"}


def test_chain_and_event_together_are_one_matter_named_after_the_event() -> None:
    rows = [("a", None, None), ("b", "a", None), ("c", "a", "fire"), ("d", None, "fire"), ("e", None, None)]

    assert matters(rows) == {"a": "fire", "b": "fire", "c": "fire", "d": "fire", "e": "e"}


def test_a_chain_is_named_after_its_first_case_even_where_that_is_gone() -> None:
    assert matters([("b", "z", None), ("c", "z", None)]) == {"b": "z", "c": "z"}


def test_a_case_that_is_called_like_an_event_is_not_that_event() -> None:
    assert matters([("fire", None, None), ("b", None, "fire")])["b"] == "fire"
    assert len({*map(str, matters([("x", "fire", None), ("y", None, None)]).values())}) == 2


def test_no_case_is_no_matter() -> None:
    assert matters([]) == {}


def test_a_rise_beyond_chance_is_said_before_the_counts_and_after_what_was_broken() -> None:
    why = [("people", 87), ("passed", 4, 2)]

    assert with_surge(why, 58, 9.0, 18, 11.0) == [("passed", 4, 2), ("surge", 6.4, 1.6), ("people", 87)]


@pytest.mark.parametrize(
    "counts", [(3, 9.0, 2, 11.0), (2, 9.0, 40, 11.0), (5, 0.0, 2, 11.0), (5, 9.0, 0, 0.0)]
)
def test_what_may_be_chance_or_falls_is_no_rise(counts: tuple) -> None:
    assert with_surge([("by_hand",)], *counts) == [("by_hand",)]


def test_every_reason_has_a_strength() -> None:
    everything = Found(
        1, None, 35, 6, 1, True, 1, 1, 3, 2, 2, 3, 2, 10, 3, 3, 60.0,
    )  # fmt: skip

    assert {*STRENGTH} - {reason[0] for reason in reasons(everything)} == {"item_late_before"}
