"""Where every open case stands in supervision: reckoned once a moment, shared by figures and lists."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from queries.cache import cached
from queries.meetings_known import SEEN, cutoffs
from queries.overdue_facts import facts
from queries.overdue_open import Columns
from queries.workdays import workdays
from rules import ladder
from rules.deadlines import Moments, citizens
from rules.rulebook import load
from rules.severity import colour, severity

GROUND = (
    *("case_id", "received_at", "is_held", "unit_id", "due_at", "is_extended", "given_back", "units"),
    "acted_at",
)
"""What the figures want of a case besides where it stands."""

HOUR = np.timedelta64(3600, "s")


@cached
def standing(as_of: datetime) -> pd.DataFrame:
    """Every open case, and where it stands: a row a case.

    Columns: case_id, received_at, is_held and unit_id (of the holder; empty: none, or not named), due_at
    (limit in force; empty: none), is_extended, given_back (times asked, accepted or refused), units (distinct
    ones it was sent to), level (empty: on no rung), rule, since, next_level, next_rule, next_at
    (`ladder.Standing`), milestone_at and whistle_at (when the next milestone of a first petition, and the
    last limit at a whistle, pass that are still to be kept), hours_late and citizen_hours_late (negative:
    hours left; empty: no limit), severity, colour, acted_level and acted_at (the highest act recorded, and
    when it was last), is_missed (on D2 or higher for longer than ladder.grace without an act of that level).
    """
    return _placed(facts(as_of), as_of)


def standing_of(as_of: datetime, numbers: tuple[str, ...]) -> pd.DataFrame:
    """`standing` of those of these cases that are open, read for them alone."""
    return _placed(facts(as_of, numbers), as_of)


def levels(as_of: datetime, codes: pd.Series, otherwise: pd.Series | None = None) -> pd.Series:
    """The rung each of these cases stands on, read for them alone; empty: on none.

    ``otherwise`` is for those that are not open: empty too where it is not given.
    """
    level = pd.Series(pd.NA, codes.index, "Int64") if otherwise is None else otherwise.astype("Int64")
    if codes.empty:
        return level
    found = standing_of(as_of, tuple(codes)).set_index("case_id")["level"]
    return level.mask(codes.isin(found.index), codes.map(found).astype("Int64"))


def _placed(found: Columns, as_of: datetime) -> pd.DataFrame:
    """The facts, and where each case stands by them."""
    stands, now, due_at = _stand(found, as_of), np.datetime64(as_of, "us"), found["due_at"]
    late = _hours(due_at, now)
    grave = severity(late, _hours(_start(found), due_at), _circumstances(found, now))
    placed = {
        "acted_level": _whole(found["acted_level"]),
        "level": _whole(stands.level),
        "rule": stands.rule,
        "since": stands.since,
        "next_level": _whole(stands.next_level),
        "next_rule": stands.next_rule,
        "next_at": stands.next_at,
        "milestone_at": found["milestone"],
        "whistle_at": found["whistle_late"],
        "hours_late": late,
        "citizen_hours_late": _hours(_citizens(found), now),
        "severity": grave,
        "colour": colour(grave),
        "is_missed": _is_missed(stands, found["acted_level"], now),
    }
    return pd.DataFrame({**{name: found[name] for name in GROUND}, **placed})


def _stand(found: Columns, as_of: datetime) -> ladder.Standing:
    recorded = {name: found[name] for name in ladder.RECORDED}
    begun = ladder.begins(recorded, found["due_at"], _start(found), found["is_group"], workdays())
    first = found["received_at"].min().item() if len(found["received_at"]) else as_of
    known = np.array(cutoffs((first - SEEN).date(), (as_of + SEEN).date()), "datetime64[us]")
    return ladder.stand(begun, found["opened"], known, as_of)


def _is_missed(stands: ladder.Standing, acted: np.ndarray, now: np.datetime64) -> np.ndarray:
    """Supervised for longer than a grace, and nobody has acted on that rung or a higher one."""
    grace = np.timedelta64(timedelta(hours=load().ladder.grace))
    return (stands.level >= ladder.SUPERVISED) & (acted < stands.level) & (stands.since < now - grace)


def _start(found: Columns) -> Moments:
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


def _whole(levels: np.ndarray) -> pd.arrays.IntegerArray:
    """Levels as whole numbers, empty where there is none."""
    return pd.arrays.IntegerArray(levels.astype("int64"), levels < 0)
