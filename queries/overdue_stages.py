"""Where the time past the limit went: the days overdue of every open case, shared among its stages."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from casedb.tables import assignments
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.definitions import select_cases
from queries.door import question
from queries.feeds import recorded
from queries.holding import CASE
from queries.names import unit_names
from queries.overdue_sent import first_sent, sendings
from queries.overdue_standing import standing
from queries.workdays import workdays
from rules.deadlines import dues
from rules.rulebook import load
from rules.words import Role

STAGES = ("record", "sign", "return", "handle", "assist")
"""In the order of a case's way: recorded and sent, waiting to be signed, given back, handled, assisted."""

UNKNOWN = "unknown"
"""Instead of a stage: nobody recorded when the case was sent to its units."""

HOUR, NOTHING = np.timedelta64(3600, "s"), np.timedelta64(0, "us")


@question
@cached
def stages(scope: Scope) -> pd.DataFrame:
    """The days overdue of all open cases past their limit, by the stage they were lost in.

    Columns: stage (`STAGES`; `UNKNOWN` is a last row where there is any), days, share (of all), cases (that
    lost time there), unit_id, unit, unit_days (with whom most of them; empty: the centre, or nobody). Each
    case's days overdue are shared among its stages in proportion to what each took beyond its own allowance:
    the hours to record and send, the limits to sign and to give back, an assisting unit's own limit; all the
    rest is handling. A case of which no sending is recorded is unknown, with nobody; where the source never
    records signing, none waited for it. They add up to all days overdue.
    """
    asked = read(select_cases(replace(scope, start=None, end=None), "overdue", CASE.c.case_id))
    late = standing(scope.as_of).merge(asked, on="case_id")
    parts = _parts(late, scope.as_of) if len(late) else pd.DataFrame(columns=["stage", "unit_id", "days"])
    return _summed(parts.astype({"days": "float64"}))


def _summed(parts: pd.DataFrame) -> pd.DataFrame:
    """The parts by stage, each with the unit that has most of it."""
    total, rows = parts["days"].sum(), []
    for stage in (*STAGES, UNKNOWN) if (parts["stage"] == UNKNOWN).any() else STAGES:
        mine = parts[(parts["stage"] == stage) & (parts["days"] > 0)]
        units = mine[mine["stage"] != UNKNOWN].groupby("unit_id")["days"].sum()
        most: Any = units.idxmax() if len(units) else ""
        days = float(mine["days"].sum())
        share = days / total if total else None
        rows.append((stage, days, share, len(mine), most, float(units[most]) if len(units) else None))
    columns = ["stage", "days", "share", "cases", "unit_id", "unit_days"]
    table = pd.DataFrame(rows, columns=columns).astype({"share": "float64", "unit_days": "float64"})
    return table.assign(unit=unit_names(table["unit_id"]))[[*columns[:5], "unit", "unit_days"]]


def _parts(late: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """A row a case and stage: stage, unit_id, days."""
    cases = late.set_index("case_id")
    sent = first_sent(cases.index)
    work = sendings(sent, as_of)
    unsent = cases.index.isin(work.loc[work["dispatched_at"].isna(), "case_id"])
    unknown = pd.DataFrame({"stage": UNKNOWN, "unit_id": "", "days": cases["hours_late"][unsent] / 24})
    if unsent.all():
        return unknown.reset_index(drop=True)
    told = work[work["case_id"].isin(cases.index[~unsent])]
    return pd.concat([_shared(cases[~unsent], sent, told, as_of), unknown], ignore_index=True)


def _shared(cases: pd.DataFrame, sent: pd.Series, work: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """The days of cases whose sendings are all known, as `_parts` has them."""
    beyond = pd.concat(
        [
            _recorded(cases, sent, work, as_of),
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


def _recorded(cases: pd.DataFrame, sent: pd.Series, work: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """With the centre: from the citizen's word to the first sending, beyond the two hours."""
    first = work[work["role"] == Role.LEAD.value].groupby("case_id")["dispatched_at"].first()
    known = sent.reindex(cases.index)
    known = known.where(known <= as_of, first.reindex(cases.index))
    time = known - cases["received_at"] - (load().sla.record + load().sla.dispatch) * HOUR
    return pd.DataFrame({"case_id": cases.index, "stage": "record", "unit_id": "", "time": time.to_numpy()})


def _held(work: pd.DataFrame, cases: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """With the unit that has it now: until it signed beyond that limit, and what it took beyond its own."""
    last = work[work["role"] == Role.LEAD.value].groupby("case_id").tail(1)
    last = last[last["returned_at"].isna()]
    signed = last["signed_at"].fillna(as_of) if recorded(assignments.c.signed_at) else last["dispatched_at"]
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
