"""Do the chances come true: what was said at past moments against what then happened.

Each moment knows only what was known then (`overdue_chances`); it is compared once the limits have passed.
The moments reach back about as far as each of them learns from: a few weeks alone may be good or bad by luck.
"""

from datetime import datetime, time

import numpy as np
import pandas as pd

from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.holding import answered_at, due
from queries.league_rows import closed_periods
from queries.overdue_chances import judged, open_with_limit
from queries.overdue_past import learnt, left, share
from rules import survival
from rules.calendar import Window
from rules.ranking import wilson
from rules.rulebook import load

AT = time(10)
"""When a forecast of the past is made: in the morning, as the board is read, once in a period, so that few
cases are open at two of them."""

BINS = 10
"""Chances told together: up to 10 %, up to 20 % …"""

GIVEN = {"case_id": "str", "at": "datetime64[us]", "chance": "float64", "is_late": "boolean"}


@question
@cached
def calibration(scope: Scope) -> pd.DataFrame:
    """Chances given in the last closed periods against what happened, a row a tenth of the chances.

    Columns: from_share, to_share, cases (chances given), predicted (their mean), late (share that missed its
    limit), low, high (its 95 % range, in which a case counts once). Of the whole city, whatever the filters;
    tenths without a case have no row.
    """
    told = _decided(_given(scope))
    tenth = (told["chance"] * BINS).astype("int64").clip(upper=BINS - 1)
    found = told.groupby(tenth).agg(
        cases=("chance", "size"),
        predicted=("chance", "mean"),
        late=("is_late", "mean"),
        once=("case_id", "nunique"),
    )
    ranges = [
        wilson(rate * n, n) or (np.nan, np.nan) for rate, n in zip(found["late"], found["once"], strict=True)
    ]
    found[["low", "high"]] = np.array(ranges, dtype=float).reshape(-1, 2)
    found["from_share"], found["to_share"] = found.index / BINS, (found.index + 1) / BINS
    names = ["from_share", "to_share", "cases", "predicted", "late", "low", "high"]
    return found[names].reset_index(drop=True)


@question
@cached
def skill(scope: Scope) -> pd.DataFrame:
    """How good the chances of `calibration` were, together: one row.

    Columns: cases (chances given), undecided (more that were given, left out: the limit has not passed, or
    the case left the unit before it), late (share that missed its limit), brier (mean squared error; 0 is
    perfect), base (the same, had everybody been given that share), skill (1 − brier / base; above 0: better
    than that), first, last (moments). Empty where there is nothing to compare.
    """
    given = _given(scope)
    told = _decided(given)
    rate = told["is_late"].mean()
    brier, base = survival.brier(told["chance"].to_numpy(), told["is_late"].to_numpy()), rate * (1 - rate)
    row = {
        "cases": len(told),
        "undecided": len(given) - len(told),
        "late": rate,
        "brier": brier,
        "base": base,
        "skill": 1 - brier / base if base else np.nan,
        "first": given["at"].min(),
        "last": given["at"].max(),
    }
    return pd.DataFrame([row]).astype({"first": "datetime64[us]", "last": "datetime64[us]"})


def _decided(given: pd.DataFrame) -> pd.DataFrame:
    """The chances given of which it is known whether they came true."""
    return given[given["is_late"].notna()].astype({"is_late": "bool"})


def _given(scope: Scope) -> pd.DataFrame:
    """Every chance given: at, case_id, chance, is_late (empty: not decided by last midnight)."""
    midnight = datetime.combine(scope.as_of, time())
    past = closed_periods(Scope(scope.as_of), load().chance.periods)
    moments = [at for at in map(_morning, past) if at < midnight]
    if not moments:
        return pd.DataFrame(columns=[*GIVEN]).astype(GIVEN)
    return _looking_back(Scope(midnight, moments[0], midnight), tuple(moments))


@cached
def _looking_back(scope: Scope, moments: tuple[datetime, ...]) -> pd.DataFrame:
    """As `_given`; nothing of a day that is over changes, so it is kept for long."""
    told = pd.concat(_told(moment, scope.as_of) for moment in moments)
    return told[told["chance"].notna()].reset_index(drop=True)


def _told(moment: datetime, known: datetime) -> pd.DataFrame:
    """The chances given at one moment, and what is known of them now."""
    after = due(known).label("last_due"), answered_at(known).label("answered_at"), left(known)
    cases = read(open_with_limit(Scope(moment), *after))
    cases = cases[cases["due_at"] >= moment].reset_index(drop=True)
    lessons = learnt(moment)
    now = share(lessons.pace, cases["began_at"], moment, cases["due_at"])
    chance = judged(cases, lessons, now, pd.Series(np.nan, cases.index))["chance"]
    return cases[["case_id"]].assign(at=moment, chance=chance, is_late=_late(cases, known)).astype(GIVEN)


def _late(cases: pd.DataFrame, known: datetime) -> pd.Series:
    """Whether each missed the limit it had; empty where that has not passed, or it left the unit before.

    What was given more time did not miss it.
    """
    ended = cases[["answered_at", "left_at"]].assign(now=known).min(axis=1)
    was_kept = (cases["answered_at"] <= ended) | (cases["last_due"] > cases["due_at"])
    late = (ended > cases["due_at"]) & ~(cases["last_due"] > cases["due_at"])
    return late.astype("boolean").mask((cases["due_at"] >= known) | ~(late | was_kept))


def _morning(period: Window) -> datetime:
    """That of the day in the middle of the period."""
    return datetime.combine(period.start + (period.end - period.start) / 2, AT)
