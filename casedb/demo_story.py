"""What the demo's stories are told with: a matter, days counted from the last one, rows filled by hand."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from casedb.bulk import Columns, stack
from casedb.city import City
from casedb.demo_plan import LIMITS, Plan
from casedb.demo_steps import RULES
from casedb.demo_time import NEVER
from rules.words import Nature


@dataclass(frozen=True)
class Story:
    """A request that is told, not drawn: its town, the place, the title, the path in the tree, the kind."""

    town: str
    place: str
    title: str
    path: str
    nature: Nature


def workday_before(plan: Plan, back: int) -> date:
    """The so-many-th working day before the last day."""
    day = plan.until.date()
    for _ in range(back):
        day -= timedelta(days=1)
        while not plan.calendar.is_workday(day):
            day -= timedelta(days=1)
    return day


def moment(day: date, clock: str) -> np.datetime64:
    """A time of a day, such as 09:30."""
    return np.datetime64(f"{day.isoformat()}T{clock}", "s")


def lead(plan: Plan, city: City, like: Columns, case: int, **known: Any) -> Columns:
    """One lead assignment with the columns of ``like``; ``known``: unit, limit, sent and the rest."""
    limit, sent = LIMITS.index(known.pop("limit")), known.pop("sent")
    due = plan.due(np.array([limit]), np.array([sent]))[0]
    told = {"_case": case, "_unit": city.unit_number[known.pop("unit")], "_limit": limit, "round": 1}
    told |= {"dispatched_at": sent, "due_at": due, "_effective": due, "due_rule": RULES[limit]}
    return filled(like, told | known)


def filled(like: Columns, told: dict[str, Any]) -> Columns:
    """One row with the columns of ``like``, empty but for what is told."""
    row = {name: np.full(1, _empty(values), dtype=values.dtype) for name, values in like.items()}
    for name, value in told.items():
        row[name][0] = value
    return row


def _empty(values: np.ndarray) -> Any:
    return {"M": NEVER, "O": None}.get(values.dtype.kind, 0)


def rows(parts: list[Columns]) -> Columns:
    """The rows one below the other, numbered as steps of their case."""
    listed = stack(parts)
    return listed | {"_step": np.arange(len(parts))}
