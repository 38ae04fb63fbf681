"""One unit: what it is, every measure of its work against its own group, and what it has in hand."""

from dataclasses import replace
from typing import Any

import pandas as pd
from sqlalchemy import select

from casedb.tables import units
from queries import overdue
from queries.arguments import Scope, unit_of
from queries.cache import cached
from queries.database import read
from queries.definitions import count_cases, select_cases
from queries.door import question
from queries.holding import CASE, due
from queries.league_members import everyone
from queries.league_rows import Look, in_period
from queries.measures import MEASURES, measured
from queries.overdue_standing import levels
from queries.standing import evidence, group_mean, placed, summed
from queries.texts import veiled
from queries.units_parts import reasons, stages
from queries.units_passing import repeats, returns
from queries.units_whistles import assigned, items, pairs, whistles
from queries.units_why import rank_shift, why
from rules import ranking
from rules.rulebook import load

__all__ = [
    "assigned",
    "items",
    "late",
    "measures",
    "one",
    "rank_shift",
    "reasons",
    "repeats",
    "returns",
    "stages",
    "stock",
    "whistles",
    "why",
]

Figures = dict[str, Any]

LISTED = 8
"""Cases of the unit's own list unless told otherwise."""


@question
@cached
def one(scope: Scope) -> pd.DataFrame | None:
    """The unit of the scope: unit_id, unit, short_name, unit_group, leader_post, is_linked; None: no such."""
    names = ("unit_id", "short_name", "unit_group", "leader_post", "is_linked")
    wanted = select(*(units.c[name] for name in names), units.c.name.label("unit"))
    found = read(wanted.where(units.c.unit_id == unit_of(scope)))
    return None if found.empty else found


@question
@cached
def measures(scope: Scope) -> pd.DataFrame:
    """Every measure of the unit in the period, against the period before and its own group.

    Columns: measure, unit_of_count (case, or summons for whistles), k, n, base (what the n
    weigh: less where a part weighs half), rate, low, high (Wilson 95 %),
    before_k, before_n, before_rate, median (of the group's units with enough), group_mean, is_ranked (units
    are compared by it), is_bad_high (a high rate is bad), worse, better (significantly so than the group),
    move (up | down | level | empty), overclaim (自报虚高, beside resolution alone: the share the unit claims
    to have resolved less the share its citizens say is). Rates are fractions, empty without a base. Group's
    figures are empty for a unit of no group, and for what is not ranked. is_judged: the unit has enough
    cases to be called worse or better.
    """
    own = unit_of(scope)
    group = everyone().set_index("unit_id")["unit_group"].get(own)
    found = [_measure(scope, own, group, name) for name in MEASURES]
    table = pd.DataFrame([*found, _whistles(scope, own, group)])
    kinds = ("rate", "low", "high", "before_rate", "median", "group_mean")
    table = table.astype({**dict.fromkeys(kinds, "float64"), "n": "int64", "before_n": "int64"})
    return table.assign(overclaim=_overclaim(table))


def _overclaim(table: pd.DataFrame) -> pd.Series:
    rates = table.set_index("measure")["rate"]
    more = rates["claimed"] - rates["resolution"]
    return pd.Series(more, table.index, "float64").where(table["measure"] == "resolution")


def _measure(scope: Scope, own: str, group: str | None, name: str) -> Figures:
    look, one = Look.of(replace(scope, unit=None, measure=name)), MEASURES[name]
    mates = group if one.is_ranked else None
    now, then = (_in(period, own, mates, name) for period in (look.now, look.before))
    told = {"measure": name, "unit_of_count": "case", "is_ranked": one.is_ranked}
    return {**told, **_line(one.is_bad_high, own, now, then)}


def _in(period: Scope | None, own: str, group: str | None, name: str) -> pd.DataFrame | None:
    """The unit's group in a period; a unit that is compared with no group is alone in its own."""
    if period is None or group:
        return in_period(period, group) if period and group else None
    sums = summed(pd.DataFrame({"unit_id": [own]}), measured(period, name))
    return placed(sums, MEASURES[name], None, None)


def _whistles(scope: Scope, own: str, group: str | None) -> Figures:
    """Arrivals on time (M15), judged as every other measure; a unit of no group is alone in its own."""
    look = Look.of(replace(scope, unit=None))
    found = everyone()
    mates = found[found["unit_group"] == group] if group else pd.DataFrame({"unit_id": [own]})
    now, then = (_placed_pairs(period, mates, bool(group)) for period in (look.now, look.before))
    told = {"measure": "whistles", "unit_of_count": "summons", "is_ranked": True}
    return {**told, **_line(False, own, now, then)}


def _placed_pairs(period: Scope | None, mates: pd.DataFrame, is_group: bool) -> pd.DataFrame | None:
    if period is None:
        return None
    sums = pairs(period, mates)
    return placed(sums, MEASURES["on_time"], group_mean(sums) if is_group else None, None)


NONE: Figures = {"k": 0.0, "n": 0, "base": 0.0, "rate": None, "tier": "few", "n_effective": 0.0}
"""A unit that is not in the table, or of which nothing was counted."""


def _line(bad: bool, own: str, now: pd.DataFrame | None, then: pd.DataFrame | None) -> Figures:
    """One measure of the unit among the rows of its group, now and before."""
    here, was = _of(own, now), _of(own, then)
    ranked = None if now is None else now[(now["n"] >= load().ranking.least) & now["mean"].notna()]
    facts = {name: here.get(name) for name in ("k", "n", "base", "rate", "low", "high")}
    facts |= {f"before_{name}": was[name] for name in ("k", "n", "rate")}
    facts |= {"median": None if ranked is None else ranked["rate"].median(), "group_mean": here.get("mean")}
    facts |= {"is_judged": here["tier"] != "few"}
    facts |= {"is_bad_high": bad, "worse": here["tier"] == "worse", "better": here["tier"] == "better"}
    ends = [evidence(end["rate"], end["n_effective"]) for end in (here, was)]
    return facts | {"move": ranking.movement(ends[0], ends[1])}


def _of(own: str, found: pd.DataFrame | None) -> Figures:
    """The unit's row."""
    mine = None if found is None else found[found["unit_id"] == own]
    if mine is None or mine.empty:
        return NONE
    return {str(name): value for name, value in mine.iloc[0].items()}


@question
@cached
def stock(scope: Scope) -> pd.DataFrame:
    """What the unit has in hand now: one row: open, overdue, due_48h (cases; the period is not used)."""
    now = replace(scope, start=None, end=None, unit=unit_of(scope))
    figures = overdue.stock(now)[["overdue", "due_48h"]]
    return figures.assign(open=int(read(count_cases(now, "open"))["cases"].iloc[0]))


@question
@cached
def late(scope: Scope) -> pd.DataFrame:
    """Open cases of the unit past their limit, worst first, then those due within 48 hours, nearest first.

    8 of them unless ``limit`` says otherwise. Columns: case_id, title (masked; empty where ``hidden``),
    hidden, due_at, hours_late (negative: hours left), level (its rung of the ladder; empty: none), state
    (overdue | due_soon).
    """
    now, limit = replace(scope, start=None, end=None, unit=unit_of(scope)), due(scope.as_of).label("due_at")
    columns = [CASE.c.case_id, CASE.c.title, CASE.c.confidentiality, limit]
    parts = []
    for name, state in (("overdue", "overdue"), ("due_48h", "due_soon")):
        listed = select_cases(now, name, *columns).order_by(limit, CASE.c.case_id)
        parts.append(read(listed.limit(scope.limit or LISTED)).assign(state=state))
    found = veiled(pd.concat(parts, ignore_index=True).head(scope.limit or LISTED), ["title"])
    found["hours_late"] = (scope.as_of - found["due_at"]).dt.total_seconds() / 3600
    found["level"] = levels(scope.as_of, found["case_id"])
    return found[["case_id", "title", "hidden", "due_at", "hours_late", "level", "state"]]
