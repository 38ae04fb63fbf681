"""The cases behind a figure by number, and what is known of some cases: for a record that names them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import func, select

from casedb.tables import exclusions
from queries.arguments import Scope
from queries.conditions import CALL
from queries.counted import behind
from queries.database import read
from queries.definitions import select_cases
from queries.holding import CASE

AT_ONCE = 500
"""Cases asked about in one statement: every database takes so many."""


def behind_figure(scope: Scope, question: str, column: str, row: Mapping[Any, Any]) -> list[str]:
    """Numbers of exactly the cases a figure counts, in order; one twice where it is counted twice.

    KeyError where the figure counts no cases.
    """
    asked = behind(question, column, row, scope)
    return sorted(read(select_cases(asked, asked.set or "received"))["case_id"])


def ratings(scope: Scope) -> dict[str, str]:
    """The rating that counts of each case, in the scope's period."""
    found = read(select_cases(scope, "counted", CASE.c.case_id, CALL.c.rating))
    return dict(zip(found["case_id"], found["rating"], strict=True))


def standing(numbers: Collection[str], as_of: datetime) -> pd.DataFrame:
    """What is known of some cases at a moment; no row for one that is not there.

    Columns: case_id, received_at, recorded_at (entered at the centre; empty: not known), excluded_at (first
    approval of an exclusion; empty: none), rating (of the last call that gave one; empty: none).
    """
    parts = [_standing(part, as_of) for part in _pieces(sorted(set(numbers)))]
    columns = ["case_id", "received_at", "recorded_at", "excluded_at", "rating"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _pieces(numbers: list[str]) -> Iterator[list[str]]:
    yield from (numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE))


def _standing(numbers: list[str], as_of: datetime) -> pd.DataFrame:
    excluded = (
        select(func.min(exclusions.c.approved_at))
        .where(exclusions.c.case_id == CASE.c.case_id, exclusions.c.approved_at <= as_of)
        .correlate(CASE)
        .scalar_subquery()
    )
    wanted = select(CASE.c.case_id, CASE.c.received_at, CASE.c.recorded_at, excluded.label("excluded_at"))
    found = read(wanted.where(CASE.c.case_id.in_(numbers)))
    called = select(CALL.c.case_id, CALL.c.rating).where(
        CALL.c.case_id.in_(numbers), CALL.c.rating.is_not(None), CALL.c.at <= as_of
    )
    last = read(called.order_by(CALL.c.at, CALL.c.callback_id)).drop_duplicates("case_id", keep="last")
    return found.merge(last, on="case_id", how="left").sort_values("case_id", ignore_index=True)


def as_known(scope: Scope, as_of: datetime) -> Scope:
    """The same period, as it is known at a later moment."""
    return replace(scope, as_of=max(scope.as_of, as_of))
