"""Where the time past the limit went: the days overdue of every open case, shared among its stages."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import select

from casedb.tables import assignments
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.definitions import select_cases
from queries.door import question
from queries.holding import CASE
from queries.names import unit_names
from queries.overdue_standing import standing
from queries.picked import picked
from queries.workdays import workdays
from rules.deadlines import dues
from rules.rulebook import load
from rules.words import Role

STAGES = ("record", "sign", "return", "handle", "assist")
"""In the order of a case's way: recorded and sent, waiting to be signed, given back, handled, assisted."""

OF_WORK = (
    "case_id",
    "unit_id",
    "role",
    "seq",
    "dispatched_at",
    "signed_at",
    "due_at",
    "returned_at",
    "closed_at",
)

HOUR, NOTHING = np.timedelta64(3600, "s"), np.timedelta64(0, "us")


@question
@cached
def stages(scope: Scope) -> pd.DataFrame:
    """The days overdue of all open cases past their limit, by the stage they were lost in.

    Columns: stage (`STAGES`), days, share (of all), cases (that lost time there), unit_id, unit, unit_days
    (with whom most of them; empty: the centre, or nobody). Each case's days overdue are shared among its
    stages in proportion to what each took beyond its own allowance: the hours to record and send, the limits
    to sign and to give back, an assisting unit's own limit; all the rest is handling. They add up to all days
    overdue.
    """
    asked = read(select_cases(replace(scope, start=None, end=None), "overdue", CASE.c.case_id))
    late = standing(scope.as_of).merge(asked, on="case_id")
    parts = _parts(late, scope.as_of) if len(late) else pd.DataFrame(columns=["stage", "unit_id", "days"])
    return _summed(parts.astype({"days": "float64"}))


def _summed(parts: pd.DataFrame) -> pd.DataFrame:
    """The parts by stage, each with the unit that has most of it."""
    total, rows = parts["days"].sum(), []
    for stage in STAGES:
        mine = parts[(parts["stage"] == stage) & (parts["days"] > 0)]
        units = mine.groupby("unit_id")["days"].sum()
        most: Any = units.idxmax() if len(units) else ""
        days = float(mine["days"].sum())
        share = days / total if total else None
        rows.append((stage, days, share, len(mine), most, float(units[most]) if len(units) else None))
    columns = ["stage", "days", "share", "cases", "unit_id", "unit_days"]
    table = pd.DataFrame(rows, columns=columns).astype({"share": "float64", "unit_days": "float64"})
    return table.assign(unit=unit_names(table["unit_id"]))[[*columns[:5], "unit", "unit_days"]]


def _parts(late: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """A row a case and stage: stage, unit_id, days."""
    work, cases = _work(late, as_of), late.set_index("case_id")
    beyond = pd.concat(
        [
            _recorded(cases, as_of),
            _held(work, cases, as_of),
            _given_back(work, as_of),
            _assisted(work, as_of),
        ],
        ignore_index=True,
    )
    beyond = beyond[beyond["time"] > NOTHING]
    whole = beyond.groupby("case_id")["time"].transform("sum")
    overdue = beyond["case_id"].map(cases["hours_late"]) / 24
    days = (beyond["time"] / whole * overdue).astype("float64")
    shared = beyond.assign(days=days)[["case_id", "stage", "unit_id", "days"]]
    left = cases[~cases.index.isin(shared["case_id"])]
    rest = pd.DataFrame({"stage": "handle", "unit_id": left["unit_id"], "days": left["hours_late"] / 24})
    return pd.concat([shared.drop(columns="case_id"), rest], ignore_index=True).fillna({"unit_id": ""})


def _work(late: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """The assignments of these cases sent by the moment, in order; what came later is not there yet."""
    mine = picked(assignments.c.case_id, late["case_id"])
    wanted = select(*(assignments.c[name] for name in OF_WORK)).where(mine)
    found = read(wanted.order_by(assignments.c.case_id, assignments.c.seq))
    for name in ("signed_at", "returned_at", "closed_at"):
        found[name] = found[name].mask(found[name] > as_of)
    return found[found["dispatched_at"] <= as_of].reset_index(drop=True)


def _recorded(cases: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """With the centre: from the citizen's word to the first sending, beyond the two hours."""
    columns = (CASE.c.case_id, CASE.c.dispatched_at, CASE.c.received_at)
    rows = read(select(*columns).where(picked(CASE.c.case_id, cases.index)))
    allowed = (load().sla.record + load().sla.dispatch) * HOUR
    sent = rows["dispatched_at"].where(rows["dispatched_at"] <= as_of, as_of)
    time = sent - rows["received_at"] - allowed
    return pd.DataFrame({"case_id": rows["case_id"], "stage": "record", "unit_id": "", "time": time})


def _held(work: pd.DataFrame, cases: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """With the unit that has it now: until it signed beyond that limit, and what it took beyond its own."""
    last = work[work["role"] == Role.LEAD.value].groupby("case_id").tail(1)
    last = last[last["returned_at"].isna()]
    signed = last["signed_at"].fillna(as_of)
    waited = signed - pd.Series(dues("sign", last["dispatched_at"].to_numpy(), workdays()), last.index)
    limit = last["case_id"].map(cases["due_at"])
    handled = as_of - pd.concat([limit, signed], axis=1).max(axis=1)
    same = {"case_id": last["case_id"], "unit_id": last["unit_id"]}
    return pd.concat(
        [
            pd.DataFrame({**same, "stage": "sign", "time": waited}),
            pd.DataFrame({**same, "stage": "handle", "time": handled}),
        ]
    )


def _given_back(work: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """With units that gave it back: until it was sent on, beyond the limit to give back."""
    leads = work[work["role"] == Role.LEAD.value]
    after = leads.groupby("case_id")["dispatched_at"].shift(-1).fillna(as_of)
    gone = leads[leads["returned_at"].notna()]
    limit = pd.Series(dues("return", gone["dispatched_at"].to_numpy(), workdays()), gone.index)
    time = after[gone.index] - limit
    return pd.DataFrame(
        {"case_id": gone["case_id"], "stage": "return", "unit_id": gone["unit_id"], "time": time}
    )


def _assisted(work: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """With the assisting unit that took longest beyond its own limit."""
    helping = work[(work["role"] == Role.ASSIST.value) & work["due_at"].notna()]
    ended = helping["closed_at"].fillna(helping["returned_at"]).fillna(as_of)
    found = helping.assign(time=ended - helping["due_at"], stage="assist")
    longest = found.sort_values("time").groupby("case_id").tail(1)
    return longest[["case_id", "stage", "unit_id", "time"]]
