"""Which units are compared with each other, and by what, unless the address says so."""

import pandas as pd
from sqlalchemy import func, select

from casedb.tables import callbacks, units
from queries.arguments import Scope, refuse
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.feeds import recorded
from queries.measures import RANKED
from rules.words import UnitGroup

GROUPS = (UnitGroup.TOWN.value, UnitGroup.DEPARTMENT.value, UnitGroup.PUBLIC.value, UnitGroup.COUNTY.value)

FIRST = UnitGroup.DEPARTMENT.value
"""The group that is shown first, where it has units."""


@question
@cached
def groups(scope: Scope) -> pd.DataFrame:
    """The groups that have units, in their order: unit_group, units (how many), chosen."""
    found = read(select(units.c.unit_group, func.count().label("units")).group_by(units.c.unit_group))
    found = found[found["unit_group"].isin(GROUPS)]
    found = found.sort_values("unit_group", key=lambda names: names.map(GROUPS.index)).reset_index(drop=True)
    return found.assign(chosen=found["unit_group"] == _chosen(scope, list(found["unit_group"])))


def _chosen(scope: Scope, known: list[str]) -> str:
    return scope.group or (FIRST if FIRST in known or not known else known[0])


def group(scope: Scope) -> str:
    """The group the scope is about."""
    return _chosen(scope, list(groups(Scope(scope.as_of))["unit_group"]))


def measure(scope: Scope) -> str:
    """The measure compared: as asked; else satisfaction, or time limits where nobody records ratings.

    Raises BadArgument where it is not one that units are ranked by.
    """
    if scope.measure is None:
        return "satisfaction" if recorded(callbacks.c.rating) else "on_time"
    if scope.measure not in RANKED:
        known = ", ".join(RANKED)
        zh, en = f"单位之间可比的有：{known}", f"units are compared by one of: {known}"
        raise refuse("measure", scope.measure, zh, en)
    return scope.measure


@cached
def everyone() -> pd.DataFrame:
    """Every unit of a group: unit_id, unit, unit_group; by code."""
    wanted = select(units.c.unit_id, units.c.name.label("unit"), units.c.unit_group)
    return read(wanted.where(units.c.unit_group.is_not(None)).order_by(units.c.unit_id))


def members(name: str) -> pd.DataFrame:
    """The units of one group: unit_id, unit, unit_group."""
    known = everyone()
    return known[known["unit_group"] == name].reset_index(drop=True)
