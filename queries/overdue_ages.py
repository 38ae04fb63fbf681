"""How long cases are past their limit, by both clocks and by unit: the unit's own, and the citizen's."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import numpy as np
import pandas as pd
from sqlalchemy import Integer, case, func

from casedb.tables import assignments
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.definitions import select_cases
from queries.door import question
from queries.feeds import known_only
from queries.handling import too_late
from queries.hearings import going_on
from queries.holding import HELD
from queries.league_members import everyone
from queries.meetings_calendar import live_window
from queries.names import about, unit_names
from queries.overdue_sets import bands
from queries.overdue_within import lagging
from rules.words import UnitGroup

GROUPS = (UnitGroup.TOWN.value, UnitGroup.DEPARTMENT.value, UnitGroup.PUBLIC.value)
"""Groups of units that ages are told apart by; all others are one."""

BOTH = ["overdue", "citizen_overdue", "closed_late", "reported", "extended", "paused", "due_tonight"]

FLOWS = {"closed_late": "reported_late", "reported": "reported"}
"""What units did in the period, by the set of events each figure counts."""

SHARPEST = 5
"""The gravest cases of a unit whose mean is its sharpness (M09)."""

HOURS = 24

LIMITED = ("overdue", "due_24h", "due_48h", "citizen_overdue", "closed_late", "load")
"""Figures of a unit that mean nothing where the source gives no limits."""


def in_period(scope: Scope) -> Scope:
    """The scope with the period of what flows: its own, or since the last meeting."""
    return scope if scope.start or scope.end else replace(scope, start=live_window(scope.as_of).start)


@question
@cached
def both(scope: Scope) -> pd.DataFrame:
    """Late by both clocks, and what changes a limit: one row.

    Columns: overdue (open, past the limit in force), citizen_overdue (open, past the citizen's own limit: the
    same from the receipt, never paused, extended or begun anew), closed_late (reported done after the limit
    in force, in the period), reported (done in the period; since the last meeting unless told), extended
    (open, an extension in force), paused (open, being heard), due_tonight (open, its limit ends today). All
    but reported are empty where the source gives no limits at all.
    """
    found, today = lagging(scope), datetime.combine(scope.as_of, time()) + timedelta(days=1)
    due_at = found["due_at"]
    row = {
        "overdue": due_at < scope.as_of,
        "citizen_overdue": found["citizen_hours_late"] > 0,
        "extended": found["is_extended"],
        "paused": found["case_id"].isin(going_on(scope.as_of)),
        "due_tonight": due_at.between(scope.as_of, today),
    }
    counts = {name: int(holds.sum()) for name, holds in row.items()}
    counts |= _flows(scope)
    return known_only(pd.DataFrame([counts])[BOTH], assignments.c.due_at, set(BOTH) - {"reported"})


def _flows(scope: Scope) -> dict[str, int]:
    """How many were reported done in the period, and how many of them late."""
    late = func.coalesce(func.sum(case((too_late(scope), 1), else_=0)), 0, type_=Integer).label("closed_late")
    counted = select_cases(in_period(scope), FLOWS["reported"], func.count().label("reported"), late)
    return {str(name): int(count) for name, count in read(counted).iloc[0].items()}


@question
@cached
def ages(scope: Scope) -> pd.DataFrame:
    """Open cases past their limit, by how long: the bands of overdue.edges, shortest first.

    Columns: bucket, from_days (more than), to_days (up to; empty: no end), cases, and of them by the group of
    the unit that holds them: town, department, public, other. All counts are empty where the source gives no
    limits at all.
    """
    found = lagging(scope, "hours_late", "unit_id")
    late = found[found["hours_late"] > 0]
    group = late["unit_id"].map(everyone().set_index("unit_id")["unit_group"])
    group = group.where(group.isin(GROUPS), "other")
    spans = bands()
    edges = [after * HOURS for after, _ in spans.values()]
    place = np.searchsorted(edges, late["hours_late"], side="left") - 1
    sizes = pd.crosstab(place, group.to_numpy()).reindex(
        index=range(len(edges)), columns=[*GROUPS, "other"], fill_value=0
    )
    days = pd.DataFrame(spans.values(), columns=["from_days", "to_days"]).astype("Int64")
    table = pd.concat([days.assign(cases=sizes.sum(axis=1)), sizes], axis=1)
    table.insert(0, "bucket", list(spans))
    return known_only(table.astype({"from_days": "int64"}), assignments.c.due_at, ["cases", *sizes.columns])


@question
@cached
def units(scope: Scope) -> pd.DataFrame:
    """The units that hold open cases or were late in the period, most overdue first.

    Columns: unit_id, unit, unit_group (empty: none), open, overdue, due_24h, due_48h (limit within so many
    hours), oldest_days (whole days the oldest is past its limit; empty: none is), citizen_overdue (past the
    citizen's own limit), closed_late (reported done after the limit in the period; since the last meeting
    unless told), load (sum of severities, M09), sharpness (mean of the 5 gravest; empty: none is overdue).
    Cases whose unit is not named are under empty names; those nobody holds are not here. Where the source
    gives no limits at all, all these figures but open are empty.
    """
    wide = replace(scope, unit=None)
    found = lagging(wide)
    held = found[found["is_held"]]
    unit = held["unit_id"].fillna("")
    late = held.loc[held["hours_late"] > 0, ["severity", "hours_late"]].sort_values("severity")
    late_by_unit = late.groupby(unit)
    gravest = late_by_unit["severity"].tail(SHARPEST)
    table = _marked(held).groupby(unit).sum()
    table["hours_late"] = late_by_unit["hours_late"].max()
    table["sharpness"] = gravest.groupby(unit).mean()
    table = table.join(_closed_late(wide), how="outer").rename_axis("unit_id").reset_index()
    return _told(table[about(table["unit_id"], scope.unit)].reset_index(drop=True))


def _marked(held: pd.DataFrame) -> pd.DataFrame:
    """What each case counts as."""
    late = held["hours_late"]
    marks = {
        "open": 1,
        "overdue": late > 0,
        "due_24h": late.between(-24, 0),
        "due_48h": late.between(-48, 0),
        "citizen_overdue": held["citizen_hours_late"] > 0,
        "load": held["severity"],
    }
    return pd.DataFrame(marks, held.index)


def _closed_late(scope: Scope) -> pd.Series:
    """Cases reported done late in the period, by unit."""
    unit = func.coalesce(HELD.c.unit_id, "").label("unit_id")
    counted = func.count().label("closed_late")
    wanted = select_cases(in_period(scope), FLOWS["closed_late"], unit, counted)
    return read(wanted.group_by(unit)).set_index("unit_id")["closed_late"]


def _told(table: pd.DataFrame) -> pd.DataFrame:
    """The columns of `units`, in their order."""
    whole = ["open", "overdue", "due_24h", "due_48h", "citizen_overdue", "closed_late"]
    table[whole], table["load"] = table[whole].fillna(0).astype("int64"), table["load"].fillna(0)
    table["oldest_days"] = (table["hours_late"] // HOURS).astype("Int64")
    table["unit"] = unit_names(table["unit_id"])
    table["unit_group"] = table["unit_id"].map(everyone().set_index("unit_id")["unit_group"]).fillna("")
    ranked = table.sort_values(["overdue", "load", "unit_id"], ascending=[False, False, True])
    names = ["unit_id", "unit", "unit_group", "open", "overdue", "due_24h", "due_48h", "oldest_days"]
    names += ["citizen_overdue", "closed_late", "load", "sharpness"]
    return known_only(ranked[names].reset_index(drop=True), assignments.c.due_at, LIMITED)
