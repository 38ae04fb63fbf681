"""Who will be late: the chance of each open case to miss its limit, and how many that makes by unit.

From how long such cases took before (`overdue_past`). Nothing after the moment is used, and where there is
nothing to learn from there is no chance.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Select, select

from casedb.tables import assignments
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.definitions import select_cases
from queries.door import question
from queries.feeds import recorded
from queries.holding import CASE, HELD, due
from queries.names import unit_names
from queries.overdue_past import ALL, Key, Lessons, alike, began, holder, kind, learnt, share
from queries.overdue_sets import next_cutoff
from queries.texts import veiled
from rules import survival
from rules.rulebook import load
from rules.survival import Curve

ROWS = 30
"""Cases listed unless told otherwise."""

AT_ONCE = 5_000
"""Numbers of cases in one statement: no server takes any number of them."""

LISTED = [
    *("case_id", "unit_id", "unit", "title", "hidden", "due_at"),
    *("chance", "meeting_chance", "n", "basis", "hours_open"),
]
ORDER = {"chance": False, "meeting_chance": False, "due_at": True, "case_id": True}
"""The likeliest first; the columns that decide, and whether they rise."""

LIMIT = 1.0
"""The own limit, as a share of itself."""


@question
@cached
def chances(scope: Scope) -> pd.DataFrame:
    """Open cases with a limit, the likeliest to miss it first; 30 of them unless ``limit`` says otherwise.

    Columns: case_id, unit_id, unit, title (masked; empty where ``hidden``), hidden, due_at, chance (of
    neither an answer nor more time by its limit; empty: overdue already, or nothing to learn from),
    meeting_chance (of being open still at the next meeting's cutoff; empty also where none is known), n (past
    answers this rests on), basis (unit: of its unit and kind, kind: of its kind, all; empty with n = 0),
    hours_open (since it was received).
    """
    ranked = reckoned(replace(scope, limit=None, offset=0)).sort_values(
        list(ORDER), ascending=list(ORDER.values())
    )
    table = ranked.iloc[scope.offset :].head(scope.limit or ROWS)
    table = veiled(table.merge(_texts(list(table["case_id"])), on="case_id"), ["title"])
    table["unit"] = unit_names(table["unit_id"])
    table["hours_open"] = (scope.as_of - table["received_at"]).dt.total_seconds() / 3600
    return table[LISTED]


@question
@cached
def expected(scope: Scope) -> pd.DataFrame:
    """How many open cases will miss a limit that falls by the next meeting's cutoff, by unit.

    A day's limit ends at 00:00 of the next: one that is the cutoff itself is among them. Columns: unit_id,
    unit, due (cases with such a limit), expected (sum of the chances known), low, high (80 % range). First a
    row of all together, under empty names; then the most expected; cases of no named unit are under "-". All
    empty where no meeting is known or the source gives no limits; no estimate where there is nothing to learn
    from.
    """
    cutoff = next_cutoff(scope.as_of)
    if cutoff is None or not recorded(assignments.c.due_at):
        return _rows([("", pd.NA, None, None, None)])
    open_cases = reckoned(replace(scope, limit=None, offset=0))
    soon = open_cases[open_cases["due_at"].between(scope.as_of, cutoff)]
    by_unit = [(unit, *_summed(part)) for unit, part in soon["chance"].groupby(soon["unit_id"])]
    by_unit.sort(key=lambda row: (-(row[2] or 0), -row[1], row[0]))
    return _rows([("", *_summed(soon["chance"])), *by_unit])


@cached
def reckoned(scope: Scope) -> pd.DataFrame:
    """All open cases with a limit, in no order: case_id, unit_id, kind, began_at, due_at, received_at,
    chance, meeting_chance, n, basis; as `chances` has them."""
    table = read(open_with_limit(scope, CASE.c.received_at))
    cutoff = next_cutoff(scope.as_of)
    lessons = learnt(scope.as_of)
    now, then = (share(lessons.pace, table["began_at"], at, table["due_at"]) for at in (scope.as_of, cutoff))
    table = table.join(judged(table, lessons, now, then))
    table["chance"] = table["chance"].mask(table["due_at"] < scope.as_of)
    return table


def open_with_limit(scope: Scope, *more: ColumnElement[Any]) -> Select[Any]:
    """Open cases with a limit: case_id, unit_id, kind, began_at, due_at, and ``more`` of CASE and HELD."""
    columns = [
        CASE.c.case_id,
        *(holder(), kind(scope.as_of), began()),
        due(scope.as_of).label("due_at"),
    ]
    return select_cases(scope, "open", *columns, *more).where(HELD.c.due_at.is_not(None))


def judged(cases: pd.DataFrame, lessons: Lessons, now: pd.Series, then: pd.Series) -> pd.DataFrame:
    """For each case (unit_id, kind) its chance, meeting_chance, n and basis.

    ``now`` and ``then``, the meeting's cutoff, are shares of the cases' own limits.
    """
    n, basis = np.full(len(cases), lessons.by[ALL, ALL].n), np.full(len(cases), "all", dtype=object)
    for name, key, places in _nearer(cases, lessons):
        n[places], basis[places] = lessons.by[key].n, name
    missing = _chance(cases, lessons, "missing", now.to_numpy(), np.full(len(cases), LIMIT))
    waiting = _chance(cases, lessons, "waiting", now.to_numpy(), np.fmax(now.to_numpy(), then.to_numpy()))
    known = ~np.isnan(missing) & (n > 0)
    found = {
        "chance": np.where(known, missing, np.nan),
        "meeting_chance": np.where(known & then.notna(), waiting, np.nan),
        "n": np.where(known, n, 0),
        "basis": pd.Series(np.where(known, basis, ""), cases.index, "str"),
    }
    return pd.DataFrame(found, index=cases.index)


def _chance(
    cases: pd.DataFrame, lessons: Lessons, which: str, now: np.ndarray, then: np.ndarray
) -> np.ndarray:
    """To be open after ``then``: by the widest curve, drawn to each narrower one the more that has seen."""
    found: np.ndarray = getattr(lessons.by[ALL, ALL], which).chance(now, then)
    for _, key, places in _nearer(cases, lessons):
        own: Curve = getattr(lessons.by[key], which)
        at, wider = now[places], found[places]
        chance, seen = own.chance(at, then[places]), own.seen_beyond(at)
        found[places] = survival.drawn(chance, seen, wider, load().chance.least)
    return found


def _nearer(cases: pd.DataFrame, lessons: Lessons) -> Iterator[tuple[str, Key, np.ndarray]]:
    """What narrower lessons there are: basis, key, and the places of the cases; the wider ones first."""
    for name, group in (("kind", cases.assign(unit_id=ALL)), ("unit", cases)):
        for key, places in alike(group):
            if key in lessons.by:
                yield name, key, places


def _summed(chance: pd.Series) -> tuple[int, float | None, int | None, int | None]:
    """Cases, and how many will be late with the 80 % range; those without a chance are left out of these."""
    known = chance.dropna()
    if len(chance) and known.empty:
        return len(chance), None, None, None
    return len(chance), *survival.expected(known.to_numpy())


def _rows(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    columns = {"unit_id": "str", "due": "Int64", "expected": "float64", "low": "Int64", "high": "Int64"}
    table = pd.DataFrame(rows, columns=[*columns]).astype(columns)
    table.insert(1, "unit", unit_names(table["unit_id"]))
    return table


def _texts(numbers: list[str]) -> pd.DataFrame:
    """Titles of the cases: case_id, title, confidentiality."""
    wanted = select(CASE.c.case_id, CASE.c.title, CASE.c.confidentiality)
    parts = [numbers[first : first + AT_ONCE] for first in range(0, len(numbers), AT_ONCE)] or [[]]
    return pd.concat(read(wanted.where(CASE.c.case_id.in_(part))) for part in parts)
