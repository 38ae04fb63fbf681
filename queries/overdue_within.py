"""The open cases a question is about, with where they stand or only how late they are."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from queries.arguments import Scope
from queries.database import read
from queries.definitions import select_cases
from queries.holding import CASE
from queries.overdue_lateness import lateness
from queries.overdue_standing import standing


def stood(scope: Scope, *names: str) -> pd.DataFrame:
    """These columns of `standing` (all, where none is named) of the open cases within the filters, and the
    period of their receipt.
    """
    return _within(scope, standing(scope.as_of), names)


def lagging(scope: Scope, *names: str) -> pd.DataFrame:
    """As `stood`, of `lateness`."""
    return _within(scope, lateness(scope.as_of), names)


def _within(scope: Scope, found: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    whole = list(names or found.columns)
    asked = replace(scope, set=None, limit=None, offset=0, order=None)
    if asked == Scope(scope.as_of):
        return found[whole]
    if replace(asked, start=None, end=None) == Scope(scope.as_of):
        return found.loc[_received(asked, found["received_at"]), whole]
    mine = read(select_cases(asked, "open", CASE.c.case_id))["case_id"]
    return found.loc[found["case_id"].isin(mine), whole]


def _received(scope: Scope, moments: pd.Series) -> pd.Series:
    """Which of the open cases were received in the period: all of them by now."""
    within = pd.Series(True, moments.index)
    if scope.start is not None:
        within &= moments >= scope.start
    if scope.end is not None and scope.end <= scope.as_of:
        within &= moments < scope.end
    return within
