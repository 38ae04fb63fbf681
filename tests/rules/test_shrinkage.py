"""Rates drawn towards the group: the agreed test values, and the groups that leave nothing to estimate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.shrinkage import Prior, prior, shrunk

NINE = [(3, 3), (5, 6), (9, 10), (29, 30), (97, 100), (280, 300), (150, 180), (46, 50), (12, 20)]
"""The test set of nine units."""

COUNTS = st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def _parts(group: Prior | None) -> tuple[float, float]:
    """Mean and weight of a prior."""
    assert group is not None
    weight = group.alpha + group.beta
    return group.alpha / weight, weight


def test_the_nine_units_have_the_agreed_prior() -> None:
    mean, weight = _parts(prior(NINE))

    assert mean == pytest.approx(0.9027, abs=5e-5)
    assert 1 / (1 + weight) == pytest.approx(0.0672, abs=5e-5)
    assert weight == pytest.approx(13.89, abs=5e-3)


def test_the_nine_units_are_drawn_to_the_agreed_rates() -> None:
    group = prior(NINE)

    drawn = [round(shrunk(k, n, group) or 0, 3) for k, n in NINE]

    assert drawn == [0.920, 0.882, 0.902, 0.946, 0.962, 0.932, 0.838, 0.916, 0.724]


def test_units_without_a_case_are_no_units() -> None:
    assert prior([*NINE, (0, 0), (0, 0)]) == prior(NINE)
    assert _parts(prior([(9, 20), (8, 20), (7, 20), (6, 20), (0, 0)])) == pytest.approx((30 / 80, 30))


@pytest.mark.parametrize(
    "units",
    [
        [(28, 29)],
        [(90, 100), (80, 100), (70, 100), (60, 100)],
        [(9, 9), (8, 10), (9, 10), (9, 10), (9, 10)],
        [(1, 1)] * 40 + [(0, 1)] * 20,
        [(20, 20)] * 6,
        [(0, 20)] * 6,
    ],
    ids=["one unit", "four units", "49 trials", "one case each", "all good", "all bad"],
)
def test_where_nothing_can_be_estimated_the_prior_counts_as_thirty(units: list[tuple[int, int]]) -> None:
    overall = sum(k for k, _ in units) / sum(n for _, n in units)

    assert _parts(prior(units)) == pytest.approx((overall, 30))


def test_five_units_and_fifty_trials_are_enough() -> None:
    assert _parts(prior([(10, 10), (8, 10), (9, 10), (9, 10), (4, 10)]))[1] != pytest.approx(30)


@pytest.mark.parametrize(
    ("units", "likeness"),
    [([(90, 100)] * 6, 0.002), ([(100, 100), (0, 100)] * 3, 0.5)],
    ids=["no unit differs", "nothing alike"],
)
def test_how_alike_units_are_is_kept_within_bounds(units: list[tuple[int, int]], likeness: float) -> None:
    assert 1 / (1 + _parts(prior(units))[1]) == pytest.approx(likeness)


def test_without_trials_there_is_no_rate() -> None:
    assert prior([]) is None
    assert prior([(0, 0)]) is None
    assert shrunk(0, 0, prior(NINE)) is None
    assert shrunk(1, 1, None) is None


def test_many_cases_keep_their_own_rate() -> None:
    group = prior(NINE)

    assert shrunk(5_000, 10_000, group) == pytest.approx(0.5, abs=1e-3)
    assert shrunk(1, 1, group) == pytest.approx(0.909, abs=1e-3)


@given(st.lists(COUNTS, min_size=1, max_size=20))
def test_a_rate_is_drawn_towards_the_group_and_not_past_it(units: list[tuple[int, int]]) -> None:
    group = prior(units)

    for k, n in units:
        drawn = shrunk(k, n, group)
        assert (drawn is None) == (n == 0)
        if drawn is not None:
            low, high = sorted((k / n, _parts(group)[0]))
            assert low - 1e-9 <= drawn <= high + 1e-9
