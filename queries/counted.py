"""Which figures count cases, and the set that lists them: a figure and its list can never part.

A row's figure in a column is the set named here, within the scope, with the row's own filters. A figure of
a question that is not named here counts something else than cases, or cases of another moment (``previous``).
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

from queries.arguments import MISSING, Scope
from queries.intake_issues import periods

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Counted:
    """The counting columns of one question: column → set; and argument → column for the row's own filters."""

    sets: Mapping[str, str]
    filters: Mapping[str, str] = field(default_factory=dict)


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


_BY_SOURCE = _same("received", "valid", "closed_on_time", "closed_late", "open_overdue")
_BY_UNIT = _same("closed_on_time", "closed_late", "open_in_time", "open_overdue", "unknown")

COUNTED: dict[str, Counted] = {
    "intake/by_channel": Counted(_BY_SOURCE, {"channel": "channel_id"}),
    "intake/by_category": Counted(_BY_SOURCE, {"category": "category_id"}),
    "intake/by_area": Counted(_BY_SOURCE, {"area": "area_id"}),
    "intake/area_by_category": Counted(_same("received"), {"area": "area_id", "category": "category_id"}),
    "intake/by_hour": Counted(_same("received")),
    "intake/today": Counted(_same("received")),
    "intake/issues": Counted(_same("received"), {"issue": "issue"}),
    "intake/funnel": Counted({"cases": "stage"}),
    "cases/stock": Counted(_same("open", "closed_today", "awaiting_dispatch")),
    "overdue/stock": Counted(_same("overdue", "due_24h", "due_48h")),
    "overdue/by_unit": Counted({"received": "assigned", **_BY_UNIT}, {"unit": "unit_id"}),
}
"""Every question whose figures count cases. The set "stage" means: the one the row's stage names."""


def behind(question: str, column: str, row: Mapping[Hashable, Any], scope: Scope) -> Scope:
    """The scope whose list has exactly the cases a figure counts; KeyError where the figure counts none."""
    counted = COUNTED[question]
    name = counted.sets[column]
    own: dict[str, Any] = {argument: row[code] or MISSING for argument, code in counted.filters.items()}
    listed = replace(scope, set=row["stage"] if name == "stage" else name, limit=None, offset=0, order=None)
    return replace(listed, **(_period(question, row, scope) | own))


def _period(question: str, row: Mapping[Hashable, Any], scope: Scope) -> dict[str, Any]:
    """The period or level of a question that has its own."""
    midnight = datetime.combine(scope.as_of, time.min)
    if question == "intake/by_hour":
        return {"start": midnight + row["hour"] * HOUR, "end": midnight + (row["hour"] + 1) * HOUR}
    if question == "intake/area_by_category":
        return {"level": 1}
    if question == "intake/today":
        return {"start": midnight, "end": None}
    if question == "intake/issues":
        (start, end), _ = periods(scope)
        return {"start": start, "end": end}
    return {}
