"""Sets of open cases that supervision counts: by rung and condition, by age, by the citizen's clock."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from itertools import pairwise

import pandas as pd
from sqlalchemy import and_, false

from queries.conditions import is_open
from queries.hearings import going_on
from queries.holding import CASE, Condition, due, is_extended
from queries.meetings_known import around
from queries.overdue_lateness import lateness
from queries.overdue_standing import standing
from queries.picked import picked
from rules import ladder
from rules.rulebook import load

Holds = Callable[[datetime], Condition]

DAY = timedelta(days=1)

AGES = ("1", "2", "3", "4", "5", "more")
"""Bands of the days past the limit, as many as the standard rulebook has (overdue.edges)."""

MISSABLE = (2, 3, 4)
"""Rungs on which somebody must act: D5 is itself an act."""


def bands() -> dict[str, tuple[int, int | None]]:
    """Above and up to how many days past the limit each band goes (None: without end)."""
    edges = [0, *load().overdue.edges[: len(AGES) - 1]]
    ends = dict(zip(AGES, pairwise(edges), strict=False))
    return {**ends, AGES[-1]: (edges[-1], None)}


def stands(
    which: Callable[[pd.DataFrame], pd.Series], reckoned: Callable[[datetime], pd.DataFrame] = standing
) -> Holds:
    """Open cases by where they stand (`overdue_standing.standing`), or only by how late they are."""

    def holds(as_of: datetime) -> Condition:
        found = reckoned(as_of)
        return picked(CASE.c.case_id, found["case_id"][which(found).fillna(False).astype("bool")])

    return holds


def _on_rung(level: int) -> Holds:
    return stands(lambda found: found["level"] == level)


def _by(condition: str) -> Holds:
    return stands(lambda found: found["rule"] == condition)


def _missed(level: int) -> Holds:
    return stands(lambda found: found["is_missed"] & (found["level"] == level))


def is_bounced(found: pd.DataFrame) -> pd.Series:
    """Given back too often, or sent to too many units."""
    book = load().ladder
    return (found["given_back"] >= book.raise_returns) | (found["units"] >= book.raise_transfers)


def is_extended_now(as_of: datetime) -> Condition:
    return and_(is_open(as_of), is_extended(as_of))


def is_paused(as_of: datetime) -> Condition:
    """Being heard: its limit stands still."""
    return and_(is_open(as_of), picked(CASE.c.case_id, going_on(as_of)))


def is_due_tonight(as_of: datetime) -> Condition:
    """Its limit ends before today does, at 24:00 at the latest."""
    midnight = datetime.combine(as_of, time()) + DAY
    return and_(is_open(as_of), due(as_of) >= as_of, due(as_of) <= midnight)


def is_due_by_cutoff(as_of: datetime) -> Condition:
    """Its limit ends by the next meeting's cutoff; of none where no meeting is known."""
    cutoff = next_cutoff(as_of)
    if cutoff is None:
        return false()
    return and_(is_open(as_of), due(as_of) >= as_of, due(as_of) <= cutoff)


def next_cutoff(as_of: datetime) -> datetime | None:
    """When the figures of the next meeting close; None where none is known."""
    _, following = around(as_of)
    if following is None:
        return None
    return following.cutoff_to or datetime.combine(following.actual, time())


def _aged(band: str) -> Holds:
    def holds(as_of: datetime) -> Condition:
        if band not in bands():
            return false()
        after, until = bands()[band]
        within = [] if until is None else [due(as_of) >= as_of - until * DAY]
        return and_(is_open(as_of), due(as_of) < as_of - after * DAY, *within)

    return holds


SUPERVISED: list[tuple[str, str, Holds]] = [
    *((f"rung_{one.level}", f"on rung D{one.level}", _on_rung(one.level)) for one in ladder.rungs()),
    *((f"rule_{one.id}", f"on its rung by {one.id}", _by(one.id)) for one in ladder.conditions()),
    *((f"missed_{level}", f"on D{level} and nobody acted", _missed(level)) for level in MISSABLE),
    ("missed", "on D2, D3 or D4 and nobody acted", stands(lambda found: found["is_missed"])),
    *((f"age_{band}", f"past the limit, band {band}", _aged(band)) for band in AGES),
    (
        "citizen_overdue",
        "open, and past the citizen's own limit",
        stands(lambda found: found["citizen_hours_late"] > 0, lateness),
    ),
    ("bounced", "given back too often, or sent to too many units", stands(is_bounced, lateness)),
    ("extended", "open, with an extension in force", is_extended_now),
    ("paused", "open, and being heard", is_paused),
    ("due_tonight", "open, its limit ends today", is_due_tonight),
    ("due_by_cutoff", "open, its limit ends by the next cutoff", is_due_by_cutoff),
]
"""Name, what it says, and which open cases it holds."""
