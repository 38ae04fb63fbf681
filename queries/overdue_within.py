"""The open cases a question is about, with where they stand or only how late they are."""

from dataclasses import replace

import pandas as pd

from queries.arguments import Scope
from queries.database import read
from queries.definitions import select_cases
from queries.holding import CASE
from queries.overdue_lateness import lateness
from queries.overdue_standing import standing


def stood(scope: Scope) -> pd.DataFrame:
    """Open cases within the filters, and the period of their receipt, and where they stand: `standing`."""
    return within(scope, standing(scope.as_of))


def lagging(scope: Scope) -> pd.DataFrame:
    """`lateness` of the open cases within the filters, and the period of their receipt."""
    return within(scope, lateness(scope.as_of))


def within(scope: Scope, found: pd.DataFrame) -> pd.DataFrame:
    """Those rows of all open cases that are within the filters, and the period of their receipt."""
    asked = replace(scope, set=None, limit=None, offset=0, order=None)
    if asked == Scope(scope.as_of):
        return found
    if replace(asked, start=None, end=None) == Scope(scope.as_of):
        return found[_received(asked, found["received_at"])]
    mine = read(select_cases(asked, "open", CASE.c.case_id))["case_id"]
    return found[found["case_id"].isin(mine)]


def _received(scope: Scope, moments: pd.Series) -> pd.Series:
    """Which of the open cases were received in the period: all of them by now."""
    within = pd.Series(True, moments.index)
    if scope.start is not None:
        within &= moments >= scope.start
    if scope.end is not None and scope.end <= scope.as_of:
        within &= moments < scope.end
    return within
