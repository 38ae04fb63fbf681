"""Which figures count cases, and the set that lists them: a figure and its list can never part.

A row's figure in a column is the set named here, within the scope, with the row's own filters. A figure of
a question that is not named here counts something else than cases, or cases of another moment (``previous``).
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

from queries.arguments import MISSING, Scope
from queries.counted_meetings import MET, met
from queries.counted_overdue import LATE, late
from queries.counted_units import compared
from queries.counted_whistles import WHISTLES, blown
from queries.intake_issues import periods
from queries.league import SIDE
from queries.measures import MEASURES

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

_ASKED = {
    "asked": "exclusion_asked",
    **{name: f"exclusion_{name}" for name in ("approved", "refused", "open")},
}
_STAGES = {
    "due": "due",
    "signed_late": "sign_late",
    "contacted_late": "response_late",
    "closed_late": "broken",
    "sent_back": "sent_back_after",
    "dissatisfied": "counted_bad",
    "rated": "counted",
}
_LEAGUE = {"n": "base", "k": "part", "before_n": "base", "before_k": "part"}
_LEAGUE |= {f"{side}_n": MEASURES[side].base for side in SIDE}
_LEAGUE |= {f"{side}_k": MEASURES[side].part for side in SIDE}
COUNTED: dict[str, Counted] = {
    "intake/by_channel": Counted(_BY_SOURCE, {"channel": "channel_id"}),
    "intake/by_category": Counted(_BY_SOURCE, {"category": "category_id"}),
    "intake/by_area": Counted(_BY_SOURCE, {"area": "area_id"}),
    "intake/area_by_category": Counted(_same("received"), {"area": "area_id", "category": "category_id"}),
    "intake/by_hour": Counted(_same("received")),
    "intake/today": Counted(_same("received")),
    "intake/issues": Counted(_same("received"), {"issue": "issue"}),
    "intake/funnel": Counted({"cases": "{stage}"}),
    "cases/stock": Counted(_same("open", "closed_today", "awaiting_dispatch")),
    "league/table": Counted(_LEAGUE, {"unit": "unit_id"}),
    "league/trend": Counted({"n": "base", "k": "part"}, {"unit": "unit_id"}),
    "league/exclusions": Counted(_ASKED),
    "league/excluded": Counted(_ASKED, {"unit": "unit_id"}),
    "units/measures": Counted({"n": "base", "k": "part", "before_n": "base", "before_k": "part"}),
    "units/stock": Counted(_same("open", "overdue", "due_48h")),
    "units/stages": Counted(_STAGES, {"category": "category_id"}),
    "units/reasons": Counted({"cases": "counted_bad"}, {"reason": "reason"}),
    "units/returns": Counted({"cases": "direction"}, {"other": "other_id"}),
    "units/why": Counted({"n": "base", "before_n": "base"}, {"category": "category_id"}),
    "overdue/by_unit": Counted({"received": "assigned", **_BY_UNIT}, {"unit": "unit_id"}),
    **{name: Counted(*counted) for name, counted in {**LATE, **MET, **WHISTLES}.items()},
}
"""Every question whose figures count cases. A set may be named by the row: {stage}, {level}."""


def behind(question: str, column: str, row: Mapping[Hashable, Any], scope: Scope) -> Scope:
    """The scope whose list has exactly the cases a figure counts; KeyError where the figure counts none."""
    counted = COUNTED[question]
    name = counted.sets[column].format(**{str(field): value for field, value in row.items()})
    own: dict[str, Any] = {argument: _code(row[code]) for argument, code in counted.filters.items()}
    listed = replace(scope, set=name, limit=None, offset=0, order=None)
    if question.split("/", maxsplit=1)[0] in ("league", "units"):
        return compared(question, column, row, replace(listed, **own))
    if question.startswith("overdue/"):
        return late(question, column, row, replace(listed, **own), scope)
    if question in MET:
        return met(column, row, replace(listed, **own))
    if question.startswith("whistles/"):
        return blown(scope, name, own)
    return replace(listed, **(_period(question, row, scope) | own))


def _code(value: Any) -> str | None:
    """How an address names a code of a row: nothing named has a sign of its own; None is the whole."""
    return None if value is None else value or MISSING


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
