"""Work that goes to and fro: what a unit passes on, what it gets passed, and who comes again."""

import pandas as pd
from sqlalchemy import func, select

from casedb.tables import cases
from queries import afterwards, passing
from queries.arguments import Scope, unit_of
from queries.cache import cached
from queries.database import read
from queries.definitions import select_cases
from queries.door import question
from queries.holding import CASE, HELD
from queries.league_rows import Look
from queries.names import unit_names
from queries.texts import veiled

AGAIN = 50
"""Repeats listed unless told otherwise."""


@question
@cached
def returns(scope: Scope) -> pd.DataFrame:
    """Work passed between units in the period: direction (out | in), other_id, other, cases; most first.

    out: the unit gave it back with consent and another got it; in: another gave it back and this unit got it.
    """
    unit_of(scope)
    now = Look.of(scope).now
    parts = [_passed(now, "passed_on", "out", next_to=1), _passed(now, "passed_in", "in", next_to=-1)]
    found = pd.concat(parts, ignore_index=True)
    found["other"] = unit_names(found["other_id"])
    ordered = found.sort_values(["direction", "cases", "other_id"], ascending=[False, False, True])
    return ordered[["direction", "other_id", "other", "cases"]].reset_index(drop=True)


def _passed(now: Scope, name: str, direction: str, next_to: int) -> pd.DataFrame:
    other = func.coalesce(passing.neighbour(next_to, "unit_id"), "").label("other_id")
    listed = select_cases(now, name, other).subquery()
    wanted = select(listed.c.other_id, func.count().label("cases")).group_by(listed.c.other_id)
    return read(wanted).assign(direction=direction)


@question
@cached
def repeats(scope: Scope) -> pd.DataFrame:
    """People who came again with a matter the unit had reported done (M18), newest first.

    50 unless ``limit`` says otherwise. Columns: case_id (the new one), title (masked; empty where
    ``hidden``), hidden, received_at, first_case_id (the one that had been closed), days_after
    (whole days since that).
    """
    unit_of(scope)
    again = cases.alias("again")
    columns = [again.c.case_id, again.c.title, again.c.confidentiality, again.c.received_at]
    closed = [CASE.c.case_id.label("first_case_id"), HELD.c.closed_at]
    listed = select_cases(Look.of(scope).now, "repeated", *columns, *closed)
    joined = listed.join(again, afterwards.is_repeat(again))
    found = read(joined.order_by(again.c.received_at, again.c.case_id)).drop_duplicates("first_case_id")
    found = veiled(found[::-1].head(scope.limit or AGAIN).reset_index(drop=True), ["title"])
    found["days_after"] = (found["received_at"] - found["closed_at"]).dt.days
    return found[["case_id", "title", "hidden", "received_at", "first_case_id", "days_after"]]
