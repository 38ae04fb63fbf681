"""How each unit lengthens its limits: extensions asked for in the period, and limits that stand still."""

from dataclasses import replace

import pandas as pd
from sqlalchemy import ColumnElement, Integer, Select, func, select
from sqlalchemy import case as when

from casedb.tables import assignments
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.definitions import narrowed_by, select_cases
from queries.door import question
from queries.events import EVENTS, HABITS
from queries.feeds import recorded
from queries.holding import HELD
from queries.names import unit_names
from queries.periods import within

COLUMNS = ["unit_id", "unit", "asked", *HABITS, "paused"]


@question
@cached
def extensions(scope: Scope) -> pd.DataFrame:
    """Extensions asked for in the period (the current one unless told), by unit, most asked first.

    Columns: unit_id, unit, asked, last_hours (in the last extension.last_hours before the limit), after_limit
    (when it had passed: it does not count), too_many (granted more often than extension.most), too_long (for
    longer than sla.extension, of a petition sla.petition_extension), paused (open cases whose limit stands
    still for a hearing, now). No rows where no extension was ever recorded.
    """
    if not recorded(assignments.c.extension_asked_at):
        return pd.DataFrame(columns=COLUMNS).astype(dict.fromkeys(COLUMNS[2:], "int64"))
    found = read(_asked(within(scope))).merge(_paused(scope), how="outer", on="unit_id")
    figures = found.columns.drop("unit_id")
    found[figures] = found[figures].fillna(0).astype("int64")
    found = found.assign(unit=unit_names(found["unit_id"]))
    ordered = found.sort_values(["asked", "paused", "unit_id"], ascending=[False, False, True])
    return ordered[COLUMNS].reset_index(drop=True)


def _asked(scope: Scope) -> Select:
    asked = EVENTS["extension_asked"]
    unit = func.coalesce(HELD.c.unit_id, "").label("unit_id")
    sums = [_number(holds(scope), name) for name, (_words, holds) in HABITS.items()]
    wanted = select(unit, func.count().label("asked"), *sums).select_from(asked.kind.joined(scope))
    return wanted.where(asked.holds(scope), *narrowed_by(scope, HELD.c.unit_id)).group_by(unit)


def _number(holds: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return func.coalesce(func.sum(when((holds, 1), else_=0)), 0, type_=Integer).label(name)


def _paused(scope: Scope) -> pd.DataFrame:
    now = replace(scope, start=None, end=None)
    unit = func.coalesce(HELD.c.unit_id, "").label("unit_id")
    return read(select_cases(now, "paused", unit, func.count().label("paused")).group_by(unit))
