"""Why a rate or a rank changed: parts that add up to the whole, exactly, and still do when printed."""

from collections.abc import Mapping, Sequence

Counts = Mapping[str, tuple[float, float]]
"""Successes and trials of each kind of case."""


def explain(before: Counts, now: Counts, group: Mapping[str, float]) -> tuple[float, dict[str, float]] | None:
    """The change of a rate as (mix, within by kind), fractions; None where either side has no trials.

    mix: kinds came to weigh more or less, Σ (w₁ − w₀) × p₀. within: a kind itself went differently,
    w₁ × (p₁ − p₀). Their sum is the whole change. A kind that was not there before is taken to have gone
    as in the ``group`` (rates by kind), or, where the group has none, as it goes now.
    """
    then, today = _trials(before), _trials(now)
    if then <= 0 or today <= 0:
        return None
    mix, within = 0.0, {}
    for kind in dict.fromkeys([*before, *now]):
        (good, trials), (good_now, trials_now) = before.get(kind, (0, 0)), now.get(kind, (0, 0))
        weight, weight_now = trials / then, trials_now / today
        own = good_now / trials_now if trials_now else 0.0
        usual = good / trials if trials else group.get(kind, own)
        mix += (weight_now - weight) * usual
        within[kind] = weight_now * (own - usual)
    return mix, within


def _trials(counts: Counts) -> float:
    return sum(trials for _, trials in counts.values())


def rounded(parts: Sequence[float], total: float, digits: int = 1) -> list[float]:
    """Fractions as percentage points to print, which add up to the printed total.

    Each part is rounded; what is then missing goes, a last digit each, to the parts that rounding moved
    most. ``total`` may be the difference of the two printed rates: it is off by no more than such digits.
    """
    steps = 10**digits
    exact = [100 * part * steps for part in parts]
    printed = [round(value) for value in exact]
    rest = round(100 * total * steps) - sum(printed)
    sign = 1 if rest > 0 else -1
    for place in sorted(range(len(exact)), key=lambda at: sign * (printed[at] - exact[at]))[: abs(rest)]:
        printed[place] += sign
    return [value / steps for value in printed]


def rank_shift(before: int, if_only_this_moved: int, now: int) -> tuple[int, int]:
    """Places lost (positive: a fall) as (own, others); they add up to now − before.

    In this order: first only this unit moves, the others stay as they were (own); then the others move
    too (others). The other order may share the places out differently, so it is agreed, not free.
    """
    return if_only_this_moved - before, now - if_only_this_moved
