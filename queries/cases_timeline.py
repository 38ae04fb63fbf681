"""Every step of one case, from every table that knows one, in order."""

from datetime import datetime

import pandas as pd
from sqlalchemy import Table, select

from casedb import tables
from queries.arguments import Scope
from queries.cache import cached
from queries.cases_file import opened
from queries.cases_judged import Limits, limits
from queries.cases_one import only
from queries.cases_steps import STEPS, Row, Step, steps
from queries.database import records
from queries.door import question
from queries.meetings_calendar import workdays
from queries.names import unit_names
from rules import masking

COLUMNS = ["at", "actor", "event", "detail", "note", "due_at", "kept", "round"]


@question
@cached
def timeline(scope: Scope) -> pd.DataFrame:
    """Every step of ``scope.case`` up to the moment, oldest first; a step appears once, and never changes.

    Columns: at, actor (name of the unit; empty: the centre), event (code, see `cases_steps`), detail (code:
    a rating, a role, a kind, a step of the ladder; or empty), note (masked text; empty for confidential
    matters), due_at (limit it set or was under; empty: none), kept (whether it was in time; empty: not
    judged), round (0 before the first unit). No rows where there is no such case.
    """
    name = only(scope).case
    found = {table: _rows(table, name) for table in STEPS}
    if not found[tables.cases] or found[tables.cases][0]["received_at"] > scope.as_of:
        return _table([], silent=True)
    silent = masking.hidden(found[tables.cases][0]["confidentiality"])
    taken = [
        _said(*one) for table, rows in found.items() for row in rows for one in steps(table, row, scope.as_of)
    ]
    own = limits_of(scope)
    sent = _rounds(found[tables.assignments], scope.as_of)
    for step in taken:
        due = own.pop((step["event"], step["at"]), None)
        if due is not None:
            step.update(due_at=due, kept=step["at"] <= due)
        step.setdefault("round", max((turn for at, turn in sent if at < step["at"]), default=0))
    return _table(sorted(taken, key=lambda step: step["at"]), silent)


def limits_of(scope: Scope) -> Limits:
    """The limits of the case's own steps (`cases_judged`)."""
    file = opened(only(scope))
    return {} if file is None else limits(file, workdays())


def _rows(table: Table, case_id: str | None) -> list[Row]:
    """All rows of a table that speak of the case."""
    if table is tables.summons:
        return records(select(table).join(tables.whistles).where(tables.whistles.c.case_id == case_id))
    return records(select(table).where(table.c.case_id == case_id))


def _said(step: Step, row: Row) -> Row:
    """What one step says, under the columns of the timeline."""
    at, due = row[step.at], row[step.due] if step.due else None
    own_round = {"round": row["round"]} if "round" in row else {}
    return own_round | {
        "at": at,
        "actor": row[step.actor] if step.actor else None,
        "event": step.event or row["event"],
        "detail": row[step.code] if step.code else None,
        "note": row[step.text] if step.text else None,
        "due_at": due,
        "kept": at <= due if step.judged and due is not None else None,
    }


def _rounds(leads: list[Row], as_of: datetime) -> list[tuple[datetime, int]]:
    """When each round began: its first sending to a lead unit."""
    return [
        (row["dispatched_at"], row["round"])
        for row in leads
        if row["role"] == "lead" and row["dispatched_at"] is not None and row["dispatched_at"] <= as_of
    ]


def _table(taken: list[Row], silent: bool) -> pd.DataFrame:
    table = pd.DataFrame(taken, columns=COLUMNS)
    table["actor"] = unit_names(table["actor"].astype("str"))
    table["detail"] = table["detail"].astype("str").fillna("")
    table["note"] = "" if silent else table["note"].map(masking.mask).astype("str")
    moments = {name: pd.to_datetime(table[name]).astype("datetime64[us]") for name in ("at", "due_at")}
    return table.assign(**moments, kept=table["kept"].astype("boolean"), round=table["round"].astype("int64"))
