"""A change taken apart: the parts add up, as they are and as they are printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.explaining import explain, rank_shift, rounded

COUNTS = st.integers(0, 60).flatmap(
    lambda n: st.tuples(st.floats(0, 1).map(lambda p: p * n), st.just(float(n)))
)
KINDS = st.dictionaries(st.sampled_from("abcdefgh"), COUNTS, max_size=8)
RATES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 1), max_size=8)


def _rate(kinds: dict[str, tuple[float, float]]) -> float | None:
    trials = sum(n for _, n in kinds.values())
    return sum(k for k, _ in kinds.values()) / trials if trials else None


@given(KINDS, KINDS, RATES)
def test_the_parts_add_up_to_the_change(before: dict, now: dict, group: dict) -> None:
    then, today = _rate(before), _rate(now)

    found = explain(before, now, group)

    if then is None or today is None:
        assert found is None
    else:
        assert found is not None
        assert found[0] + sum(found[1].values()) == pytest.approx(today - then, abs=1e-9)
        assert set(found[1]) == set(before) | set(now)


def test_the_mix_is_told_from_what_went_differently() -> None:
    # given easy cases go as before, hard ones worse, and there are more of the hard
    before = {"easy": (72, 80), "hard": (10, 20)}
    now = {"easy": (36, 40), "hard": (24, 60)}

    mix, within = explain(before, now, {}) or (0, {})

    assert mix == pytest.approx(-0.4 * 0.9 + 0.4 * 0.5)
    assert within == pytest.approx({"easy": 0, "hard": 0.6 * (0.4 - 0.5)})


def test_only_the_mix_moved_where_every_kind_went_as_before() -> None:
    mix, within = explain({"a": (9, 10), "b": (5, 10)}, {"a": (9, 10), "b": (15, 30)}, {}) or (0, {})

    assert mix == pytest.approx(24 / 40 - 14 / 20)
    assert within == pytest.approx({"a": 0, "b": 0})


def test_a_new_kind_is_held_against_the_group() -> None:
    before, now = {"old": (9, 10)}, {"old": (9, 10), "new": (4, 10)}

    mix, within = explain(before, now, {"new": 0.7}) or (0, {})

    assert mix == pytest.approx(0.5 * 0.7 - 0.5 * 0.9)
    assert within == pytest.approx({"old": 0, "new": 0.5 * (0.4 - 0.7)})


def test_a_new_kind_the_group_does_not_know_is_all_mix() -> None:
    mix, within = explain({"old": (9, 10)}, {"old": (9, 10), "new": (4, 10)}, {}) or (0, {})

    assert within["new"] == 0
    assert mix == pytest.approx(13 / 20 - 9 / 10)


def test_a_kind_that_ended_is_all_mix() -> None:
    mix, within = explain({"old": (9, 10), "gone": (2, 10)}, {"old": (9, 10)}, {"gone": 0.9}) or (0, {})

    assert within == pytest.approx({"old": 0, "gone": 0})
    assert mix == pytest.approx(0.9 - 0.55)


def test_without_a_rate_there_is_no_change_to_explain() -> None:
    assert explain({}, {"a": (1, 2)}, {}) is None
    assert explain({"a": (0, 0)}, {"a": (1, 2)}, {"a": 0.5}) is None
    assert explain({"a": (1, 2)}, {"a": (0, 0)}, {}) is None


# ── printed ──────────────────────────────────────────────────────────────────────────────────────────────


def test_printed_parts_add_up_to_the_printed_whole() -> None:
    # each rounds down to 0.3; their sum prints as 1.0
    assert rounded([0.0033, 0.0034, 0.0033], 0.01) == [0.3, 0.4, 0.3]
    assert rounded([-0.0033, -0.0034, -0.0033], -0.01) == [-0.3, -0.4, -0.3]


def test_the_rest_goes_to_the_part_that_rounding_moved_most() -> None:
    assert rounded([0.00349, 0.00341, 0.0031], 0.01) == [0.4, 0.3, 0.3]
    assert rounded([0.00351, 0.00359, 0.0029], 0.01) == [0.3, 0.4, 0.3]


def test_the_waterfall_of_the_picture_adds_up() -> None:
    parts = [-0.004, -0.096, -0.031, -0.029, -0.001, -0.014]

    assert rounded(parts, -0.175) == [-0.4, -9.6, -3.1, -2.9, -0.1, -1.4]


def test_nothing_to_print() -> None:
    assert rounded([], 0) == []
    assert rounded([0.0, 0.0], 0) == [0, 0]


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=12), st.integers(0, 3))
def test_printed_parts_always_add_up_and_stay_within_a_digit(parts: list[float], digits: int) -> None:
    total = sum(parts)

    printed = rounded(parts, total, digits)

    assert sum(printed) == pytest.approx(round(100 * total, digits), abs=1e-9)
    assert all(abs(p - 100 * q) < 1.001 / 10**digits for p, q in zip(printed, parts, strict=True))


@given(COUNTS, COUNTS)
def test_they_also_add_up_between_two_printed_rates(before: tuple, now: tuple) -> None:
    if before[1] and now[1]:
        ends = [round(100 * k / n, 1) for k, n in (before, now)]
        mix, within = explain({"a": before, "b": before}, {"a": now, "b": now}, {}) or (0, {})

        printed = rounded([mix, *within.values()], (ends[1] - ends[0]) / 100)

        assert sum(printed) == pytest.approx(ends[1] - ends[0], abs=1e-9)


# ── ranks ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("before", "alone", "now", "parts"),
    [(6, 21, 21, (15, 0)), (6, 4, 9, (-2, 5)), (3, 3, 3, (0, 0)), (1, 1, 2, (0, 1))],
)
def test_places_lost_are_its_own_first_and_then_the_others(
    before: int, alone: int, now: int, parts: tuple[int, int]
) -> None:
    assert rank_shift(before, alone, now) == parts
    assert sum(rank_shift(before, alone, now)) == now - before
