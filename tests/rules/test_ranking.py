"""Intervals, tiers, ranks and movements: their agreed test values, and what must hold of any rates."""

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rules import rulebook
from rules.ranking import (
    ALARM_Z,
    Z,
    chance,
    effective,
    excess,
    limits,
    movement,
    ranks,
    standardised,
    tier,
    wilson,
)
from rules.shrinkage import prior, shrunk

COUNTS = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
"""Successes and trials of a unit that has some."""

COUNTY = {"住建": (8, 87), "公安": (6, 70), "城管": (5, 66), "卫健": (2, 66), "市监": (5, 39)}
"""A county city's table of April 2022, dissatisfied of called back: the only whole numbers that give the
intervals quoted of it."""


# ── intervals ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("successes", "trials", "interval"),
    [
        (3, 3, (0.4385, 1.0)),
        (29, 30, (0.8333, 0.9941)),
        (290, 300, (0.9397, 0.9818)),
        (697, 745, (0.9156, 0.9511)),
        (0, 1, (0.0, 0.7935)),
        (1, 1, (0.2065, 1.0)),
        (5, 6, (0.4365, 0.9699)),
    ],
)
def test_the_interval_has_the_known_ends(successes: int, trials: int, interval: tuple[float, float]) -> None:
    assert wilson(successes, trials) == pytest.approx(interval, abs=6e-5)


@pytest.mark.parametrize(
    ("unit", "printed"),
    [
        ("住建", (4.7, 17.1)),
        ("公安", (4.0, 17.5)),
        ("城管", (3.3, 16.5)),
        ("卫健", (0.8, 10.4)),
        ("市监", (5.6, 26.7)),
    ],
)
def test_the_county_s_table_has_the_intervals_quoted_of_it(unit: str, printed: tuple[float, float]) -> None:
    low, high = wilson(*COUNTY[unit]) or (0, 0)

    assert (round(100 * low, 1), round(100 * high, 1)) == printed


def test_without_trials_there_is_no_interval() -> None:
    assert wilson(0, 0) is None
    assert wilson(0.0, 0.0) is None
    assert tier(0, 0, 0.9) == "same"
    assert limits(0.9, 0) == (0, 1)


@given(COUNTS)
def test_the_interval_holds_the_rate_and_stays_in_bounds(counts: tuple[int, int]) -> None:
    successes, trials = counts

    for z in (Z, ALARM_Z):
        low, high = wilson(successes, trials, z) or (1, 0)
        assert 0 <= low <= successes / trials <= high <= 1


@given(COUNTS, st.floats(0.05, 1))
def test_a_smaller_effective_sample_has_a_wider_interval(counts: tuple[int, int], part: float) -> None:
    successes, trials = counts

    low, high = wilson(successes, trials) or (0, 0)
    wide = wilson(successes * part, trials * part)

    assert wide is not None
    assert 0 <= wide[0] <= low + 1e-9
    assert high - 1e-9 <= wide[1] <= 1


def test_all_of_an_effective_sample_ends_at_one_whatever_the_rounding() -> None:
    part = effective(49, 17) / 49

    for successes in (49 * part, effective(49, 17) * (1 + 2e-16)):
        assert (wilson(successes, effective(49, 17)) or (0, 0))[1] == 1


# ── tiers ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("successes", "trials", "mean", "expected"),
    [
        (5, 6, 0.95, "same"),
        (13, 13, 0.9, "same"),
        (150, 180, 0.9027, "worse"),
        (290, 300, 0.9397, "better"),
        (290, 300, 0.9398, "same"),
        (12, 20, 0.9027, "worse"),
        (0, 30, 0.0, "same"),
        (0, 10_000, 0.9, "worse"),
        (9_100, 10_000, 0.9, "better"),
        (9_050, 10_000, 0.9, "same"),
    ],
)
def test_a_tier_needs_the_whole_interval(successes: int, trials: int, mean: float, expected: str) -> None:
    assert tier(successes, trials, mean) == expected


def test_the_five_units_of_the_county_stand_in_one_tier() -> None:
    mean = sum(k for k, _ in COUNTY.values()) / sum(n for _, n in COUNTY.values())

    assert {tier(k, n, mean) for k, n in COUNTY.values()} == {"same"}


@given(COUNTS)
def test_a_group_of_one_unit_is_its_own_mean(counts: tuple[int, int]) -> None:
    assert tier(*counts, counts[0] / counts[1]) == "same"


@given(COUNTS, COUNTS, st.sampled_from([Z, ALARM_Z]))
@example((1299, 2500), (1, 2), Z)
@example((1201, 2500), (1, 2), Z)
@example((0, 30), (0, 1), Z)
@example((30, 30), (1, 1), Z)
@example((1, 1), (0, 1), Z)
def test_a_tier_is_the_same_as_lying_outside_the_funnel(
    counts: tuple[int, int], group: tuple[int, int], z: float
) -> None:
    # given the same question in whole fractions, where nothing is rounded
    rate, mean, width = Fraction(*counts), Fraction(*group), Fraction(str(z))
    beyond = counts[1] * (rate - mean) ** 2 - width**2 * mean * (1 - mean)
    side = "same" if beyond <= 0 else "better" if rate > mean else "worse"

    low, high = limits(float(mean), counts[1], z)

    if beyond == 0 or abs(beyond) > 1e-9:
        assert tier(*counts, float(mean), z) == side
        assert (float(rate) < low - 1e-12 or float(rate) > high + 1e-12) == (side != "same")


def test_the_alarm_is_outside_the_tier() -> None:
    assert (tier(150, 180, 0.9), tier(150, 180, 0.9, ALARM_Z)) == ("worse", "same")
    assert tier(140, 180, 0.9, ALARM_Z) == "worse"


def test_the_funnel_is_cut_at_nothing_and_all() -> None:
    assert limits(0.9, 100) == pytest.approx((0.8412, 0.9588), abs=1e-4)
    assert limits(0.9, 10)[1] == 1
    assert limits(0.1, 10)[0] == 0
    assert limits(1.0, 10) == (1, 1)


# ── ranks ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_rank_after_a_tie_is_skipped() -> None:
    assert ranks(["same"] * 4, [0.95, 0.9304, 0.9296, 0.92]) == [1, 2, 2, 4]


def test_a_tie_is_what_is_printed_alike_in_one_tier() -> None:
    assert ranks(["same"] * 3, [0.93049, 0.93041, 0.92949]) == [1, 1, 3]
    assert ranks(["better", "same", "same"], [0.93, 0.93, 0.93]) == [1, 2, 2]


def test_the_tier_comes_before_the_rate() -> None:
    assert ranks(["better", "same", "same", "worse"], [0.94, 0.97, 0.91, 0.95]) == [1, 2, 3, 4]


def test_too_few_and_unknown_have_no_rank_and_take_none() -> None:
    tiers = ["better", "few", "same", "same", "worse"]

    assert ranks(tiers, [0.97, 1.0, None, 0.93, float("nan")]) == [1, None, None, 2, None]
    assert ranks([], []) == []
    assert ranks(["same"], [0.5]) == [1]


def test_one_lucky_case_never_comes_first() -> None:
    units = [(1, 1), (28, 29), (95, 100)]
    mean, group, least = 124 / 130, prior(units), rulebook.load().ranking.least
    drawn = [shrunk(k, n, group) for k, n in units]
    tiers = [tier(k, n, mean) for k, n in units]
    ranked = [level if n >= least else "few" for level, (_, n) in zip(tiers, units, strict=True)]

    assert ranks(ranked, drawn) == [None, 1, 2]
    # Even without the rule of ten ratings.
    assert ranks(tiers, drawn) == [2, 1, 3]


@given(st.integers(1, 400), st.integers(2, 400))
def test_one_lucky_case_is_never_in_the_best_tier_of_a_usual_group(bad: int, good: int) -> None:
    mean = good / (good + bad)

    assert tier(1, 1, mean) == "same" or mean < 0.2066


@given(st.lists(st.tuples(st.sampled_from(["better", "same", "worse", "few"]), st.floats(0, 1)), max_size=30))
def test_ranks_do_not_hang_on_the_order_they_are_asked_in(units: list[tuple[str, float]]) -> None:
    found = ranks([level for level, _ in units], [rate for _, rate in units])
    turned = ranks([level for level, _ in units][::-1], [rate for _, rate in units][::-1])
    taken = sorted(rank for rank in found if rank is not None)

    assert turned[::-1] == found
    assert all(rank <= place for place, rank in enumerate(taken, 1))
    assert taken[:1] in ([], [1])


# ── movements ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ((73, 73), (73, 73), "level"),
        ((54, 72), (60, 65), "down"),
        ((60, 65), (54, 72), "up"),
        ((10, 12), (11, 12), "level"),
        ((9_000, 10_000), (9_200, 10_000), "down"),
        ((9_000, 10_000), (9_020, 10_000), "level"),
        ((0, 0), (9, 10), ""),
        ((9, 10), (0, 0), ""),
        ((0, 0), (0, 0), ""),
    ],
)
def test_a_movement_needs_intervals_that_hardly_overlap(
    now: tuple[int, int], before: tuple[int, int], expected: str
) -> None:
    assert movement(now, before) == expected


@given(COUNTS, COUNTS)
def test_a_movement_seen_from_the_other_end_is_the_opposite(
    now: tuple[int, int], before: tuple[int, int]
) -> None:
    opposite = {"up": "down", "down": "up", "level": "level"}

    assert movement(before, now) == opposite[movement(now, before)]


@given(COUNTS, st.integers(1, 50))
def test_the_same_rate_on_another_number_is_level(counts: tuple[int, int], times: int) -> None:
    assert movement((counts[0] * times, counts[1] * times), counts) == "level"


# ── what chance, clusters and the mix of cases do ────────────────────────────────────────────────────────


def test_one_unit_in_twenty_is_expected_outside_by_chance() -> None:
    assert chance(60) == pytest.approx(3)
    assert chance(0) == 0


@pytest.mark.parametrize(
    ("trials", "clusters", "expected"),
    [
        (100, 100, 100),
        (100, 50, 100 / 1.5),
        (40, 1, 40 / 20.5),
        (1, 1, 1),
        (0, 0, 0),
        (10_000, 10_000, 10_000),
    ],
)
def test_ratings_of_one_event_count_for_less(trials: int, clusters: int, expected: float) -> None:
    assert effective(trials, clusters) == pytest.approx(expected)


def test_one_event_of_many_people_does_not_sink_a_unit() -> None:
    # given twenty people who rate the same event badly, and nobody else
    share = effective(20, 1) / 20

    assert tier(0, 20, 0.9) == "worse"
    assert tier(14, 20, 0.9) == "worse"
    assert tier(14 * share, 20 * share, 0.9) == "same"


def test_the_adjusted_rate_is_observed_over_expected() -> None:
    assert standardised(80, 90, 0.9) == pytest.approx(0.8)
    assert standardised(90, 90, 0.9) == pytest.approx(0.9)
    assert standardised(0, 0, 0.9) is None
    assert standardised(0, 5, 0.9) == 0


@pytest.mark.parametrize(
    ("share", "group_share", "flagged"),
    [
        (0.1, 0.08, False),
        (0.101, 0.08, True),
        (0.06, 0.03, False),
        (0.061, 0.03, True),
        (0.0, 0.0, False),
        (None, 0.03, False),
        (float("nan"), float("nan"), False),
        (0.09, None, False),
        (0.11, None, True),
    ],
)
def test_too_much_is_excluded_beyond_a_tenth_or_twice_the_group(
    share: float | None, group_share: float | None, flagged: bool
) -> None:
    assert excess(share, group_share) is flagged


# ── the edges of M01 ─────────────────────────────────────────────────────────────────────────────────────


def test_the_edges_of_satisfaction() -> None:
    # nobody rated; three satisfied and five without an opinion; 290 of 300; five of six
    assert wilson(0, 0) is None
    assert (wilson(3, 3) or (0, 0))[1] == 1
    assert rulebook.load().ranking.least > 3
    assert wilson(290, 300) == pytest.approx((0.940, 0.982), abs=5e-4)
    assert wilson(5, 6) == pytest.approx((0.4365, 0.9699), abs=5e-5)  # 43.65 is quoted as 43.7
    assert tier(5, 6, 290 / 300) == "same"
