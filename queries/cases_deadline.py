"""The next moment that will change something for one case, and who is late with it now."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Column

from casedb import tables
from queries import feeds
from queries.arguments import Scope
from queries.cache import cached
from queries.cases_file import opened
from queries.cases_ladder import Limit
from queries.cases_limits import Known, running
from queries.door import question
from queries.feeds import recorded
from queries.meetings_calendar import around, workdays
from queries.meetings_standing import ENDS
from queries.names import unit_names
from rules.rulebook import load

COLUMNS = ["kind", "due_at", "who", "unit_id", "state", "hours", "then", "number", "position"]

TOLD: dict[str, tuple[Column[Any], ...]] = {
    "recording": (tables.cases.c.recorded_at,),
    "signing": (tables.assignments.c.signed_at,),
    "callback": (tables.callbacks.c.at,),
    "arrival": (tables.summons.c.arrived_at,),
    "settling": ENDS,
}
"""What must be recorded somewhere before its absence can be a fault: one of these columns."""


@question
@cached
def deadline(scope: Scope) -> pd.DataFrame:
    """Limits of ``scope.case`` that run at the moment, or were missed and are not made good, earliest first.

    Columns: kind (record, dispatch: by the centre; sign, contact, answer, extended, heard (the limit moved by
    a hearing): by the unit; callback; promise; meet, feedback: the citizen of a first petition; whistle: to
    be on the spot; item: pledged at a meeting; raise: next step of the ladder; cutoff: of the meeting it is
    to go before), due_at (empty: the working days of that year are not known), who (unit; empty: the centre),
    unit_id, state (late: passed, at the very moment it is not; soon: within 48 hours; ahead; unknown), hours
    (left; negative: late by), then (code of what happens then: undispatched, urged, overdue, grouped, slip,
    raised, meeting, to_meeting, broken, uncalled, pledge), number (of the meeting; empty: none), position (of
    the item; empty: none). No rows where nothing runs any more, or there is no such case.
    """
    file = opened(scope)
    steps = {name for name, columns in TOLD.items() if any(map(recorded, columns))}
    told = frozenset(steps | ({"contact"} if feeds.told("talks") else set()))
    known = Known(workdays(), around(scope.as_of)[1], told)
    limits = [] if file is None else list(running(file, known))
    rows = [_row(limit, scope.as_of) for limit in sorted(limits, key=lambda one: one.due_at or datetime.max)]
    table = pd.DataFrame(rows, columns=[name for name in COLUMNS if name != "who"])
    table["who"] = unit_names(table["unit_id"].astype("str"))
    whole = {name: table[name].astype("Int64") for name in ("number", "position")}
    due = pd.to_datetime(table["due_at"]).astype("datetime64[us]")
    return table.assign(**whole, due_at=due, hours=table["hours"].astype("float64"))[COLUMNS]


def _row(limit: Limit, as_of: datetime) -> dict[str, Any]:
    left = None if limit.due_at is None else limit.due_at - as_of
    return vars(limit) | {"state": _state(left), "hours": None if left is None else left / timedelta(hours=1)}


def _state(left: timedelta | None) -> str:
    """At its very moment a limit is still kept."""
    if left is None:
        return "unknown"
    if left < timedelta(0):
        return "late"
    return "soon" if left <= timedelta(hours=load().ladder.warn) else "ahead"
