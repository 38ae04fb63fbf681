"""A rate drawn towards its group's mean, the more the fewer cases it rests on (empirical Bayes)."""

from collections.abc import Sequence
from typing import NamedTuple

from rules.rulebook import Rulebook, load


class Prior(NamedTuple):
    """What a unit of the group is taken to be before its own cases: so many good, so many bad."""

    alpha: float
    beta: float


def prior(pairs: Sequence[tuple[float, float]], book: Rulebook | None = None) -> Prior | None:
    """The prior of a group from (successes, trials) of its units; None without any trial.

    How alike the units are is estimated by moments and kept within ranking.rho_low and rho_high. Too few
    units (prior_units) or trials (prior_total), or rates that cannot differ: the fixed prior_weight.
    """
    known = [(good, trials) for good, trials in pairs if trials > 0]
    total = sum(trials for _, trials in known)
    if not known:
        return None
    rule, mean = (book or load()).ranking, sum(good for good, _ in known) / total
    enough = len(known) >= rule.prior_units and total >= rule.prior_total
    likeness = _likeness(known, mean) if enough else None
    if likeness is None:
        return Prior(mean * rule.prior_weight, (1 - mean) * rule.prior_weight)
    rho = min(max(likeness, rule.rho_low), rule.rho_high)
    weight = (1 - rho) / rho
    return Prior(mean * weight, (1 - mean) * weight)


def _likeness(known: list[tuple[float, float]], mean: float) -> float | None:
    """The moment estimate of the correlation within a unit; None where the data leave it open.

    Open: a group without a single failure (or success), or whose units have one case each.
    """
    total, others = sum(trials for _, trials in known), len(known) - 1
    spread = mean * (1 - mean)
    room = total - sum(trials * trials for _, trials in known) / total - others
    if spread <= 0 or room <= 0:
        return None
    between = sum(trials * (good / trials - mean) ** 2 for good, trials in known)
    return (between - spread * others) / (spread * room)


def shrunk(successes: float, trials: float, group: Prior | None) -> float | None:
    """The mean a unit's own cases leave of the prior; None without trials (or prior): there is no rate."""
    if group is None or trials <= 0:
        return None
    return (group.alpha + successes) / (group.alpha + group.beta + trials)
