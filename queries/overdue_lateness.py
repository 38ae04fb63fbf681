"""How late every open case is, by both clocks, and how grave: reckoned once a moment."""

from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from queries.cache import cached
from queries.overdue_facts import grounds
from queries.overdue_open import Columns
from queries.workdays import workdays
from rules.deadlines import Moments, citizens
from rules.severity import colour, severity

GROUND = (*("case_id", "received_at", "is_held", "unit_id", "due_at", "is_extended", "given_back", "units"),)
"""What the figures want of a case besides where it stands."""

HOUR = np.timedelta64(3600, "s")


@cached
def lateness(as_of: datetime) -> pd.DataFrame:
    """Every open case, and how late it is: a row a case.

    Columns: case_id, received_at, is_held and unit_id (of the holder; empty: none, or not named), due_at
    (limit in force; empty: none), is_extended, given_back (times a return was accepted), units (distinct ones
    it was sent to), hours_late and citizen_hours_late (negative: hours left; empty: no limit), severity (M09)
    and colour.
    """
    return pd.DataFrame(late(open_cases(as_of), as_of))


@cached
def open_cases(as_of: datetime) -> Columns:
    """`overdue_facts.grounds` of every open case: read once, for the ladder too."""
    return grounds(as_of)


def late(found: Columns, as_of: datetime) -> Columns:
    """The columns of `lateness`."""
    now, due_at = np.datetime64(as_of, "us"), found["due_at"]
    hours = _hours(due_at, now)
    grave = severity(hours, _hours(start(found), due_at), _circumstances(found, now))
    own = {
        "hours_late": hours,
        "citizen_hours_late": _hours(_citizens(found), now),
        "severity": grave,
        "colour": colour(grave),
    }
    return {**{name: found[name] for name in GROUND}, **own}


def start(found: Columns) -> Moments:
    """What the limit in force counts from: where no sending is known, the receipt."""
    sent = found["dispatched_at"]
    return np.where(np.isnat(sent), found["received_at"], sent)


def _hours(begin: Moments, end: Any) -> np.ndarray:
    return (end - begin) / HOUR


def _citizens(found: Columns) -> Moments:
    """The citizens' own limits."""
    names = ("first_due_rule", "received_at", "first_dispatched_at", "first_due_at")
    rules, received, sent, due_at = (found[name] for name in names)
    return citizens(rules, received, sent, due_at, workdays())


def _circumstances(found: Columns, now: np.datetime64) -> Columns:
    """What makes a case that is late graver (M09)."""
    return {
        "urgent": found["is_urgent"],
        "critical": found["is_critical"],
        "group": found["is_group"],
        "meeting": found["listed"] <= now,
        "rounds": found["round"] - 1,
        "repeats": found["brought_again"],
        "promise": found["is_broken"],
    }
