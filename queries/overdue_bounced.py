"""Open cases that go to and fro between units (退单、转办), and the way each has gone."""

from dataclasses import replace

import pandas as pd
from sqlalchemy import func, select

from casedb.tables import assignments, units
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.definitions import select_cases
from queries.door import question
from queries.holding import CASE
from queries.names import unit_names
from queries.overdue_lateness import lateness
from queries.picked import picked
from queries.texts import veiled
from rules.words import Role

ARROW = " → "

COLUMNS = [
    *("case_id", "title", "hidden", "unit_id", "unit", "returns", "units", "path", "hours", "due_at"),
    "hours_late",
]


@question
@cached
def bounced(scope: Scope) -> pd.DataFrame:
    """Open cases given back twice or sent to three units (ladder.raise_returns, raise_transfers).

    Columns: case_id, title (masked; empty where ``hidden``), hidden, unit_id, unit (that has it now; empty:
    the centre), returns (times it was given back, accepted), units (distinct ones it was sent to), path
    (their short names in order), hours (since it was received), due_at, hours_late (negative: hours left;
    empty: no limit).
    """
    texts = (CASE.c.case_id, CASE.c.title, CASE.c.confidentiality)
    asked = read(select_cases(replace(scope, start=None, end=None), "bounced", *texts))
    found = veiled(asked, ["title"]).merge(lateness(scope.as_of), on="case_id")
    found = found.rename(columns={"given_back": "returns"}).fillna({"unit_id": ""})
    found["unit"] = unit_names(found["unit_id"])
    found["path"] = found["case_id"].map(_paths(found["case_id"], scope)).fillna("")
    found["hours"] = (scope.as_of - found["received_at"]).dt.total_seconds() / 3600
    order = ["returns", "units", "hours", "case_id"]
    ordered = found.sort_values(order, ascending=[False, False, False, True])[COLUMNS]
    return ordered.head(scope.limit or len(ordered)).reset_index(drop=True)


def _paths(numbers: pd.Series, scope: Scope) -> pd.Series:
    """The units each case was sent to, one after the other."""
    name = func.coalesce(units.c.short_name, func.substr(units.c.name, 1, 2)).label("name")
    joined = assignments.outerjoin(units, units.c.unit_id == assignments.c.unit_id)
    mine = (picked(assignments.c.case_id, numbers), assignments.c.role == Role.LEAD.value)
    sent = func.coalesce(assignments.c.dispatched_at, scope.as_of) <= scope.as_of
    wanted = select(assignments.c.case_id, name).select_from(joined).where(*mine, sent)
    rows = read(wanted.order_by(assignments.c.case_id, assignments.c.seq)).fillna({"name": "?"})
    return rows.groupby("case_id")["name"].agg(ARROW.join)
