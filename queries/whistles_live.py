"""The whistles under way, a row a summons, and what may be said of each: one mask counts and lists."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import pandas as pd

from queries.arguments import Scope
from queries.cache import cached
from queries.summoned import is_called, is_under_way, tells_answers
from queries.summoned_within import narrowed
from queries.whistles_rows import minutes, of_summons, told
from rules.rulebook import load
from rules.words import Role

STATES = ("late", "called", "answered", "departed", "arrived", "ruled_out")
"""States of a summons in the order of a row's chips; late: missing beyond the last limit."""

Mask = Callable[[pd.DataFrame, datetime], pd.Series]


def live(scope: Scope) -> pd.DataFrame:
    """Every summons of the whistles under way, as `whistles_rows.told`, most overdue whistle first.

    Beside it minutes (since accepted; until the last arrival once all are there), limit_minutes and
    last_limit_minutes (empty where no limit is known).
    """
    return _live(Scope(scope.as_of, unit=scope.unit, other=scope.other, area=scope.area))


@cached
def _live(scope: Scope) -> pd.DataFrame:
    as_of = scope.as_of
    rows = told(of_summons(as_of, is_under_way(as_of), is_called(as_of), *narrowed(scope)), as_of)
    rows["limit_minutes"] = minutes(rows["due_at"] - rows["accepted_at"])
    rows["last_limit_minutes"] = minutes(rows["last_due_at"] - rows["accepted_at"])
    rows["minutes"] = _spent(rows, as_of)
    return _ordered(rows).reset_index(drop=True)


def _spent(rows: pd.DataFrame, as_of: datetime) -> pd.Series:
    """Minutes since each whistle was accepted; once every unit still wanted is there, until the last came."""
    by = rows["whistle_id"]
    last = rows["arrived_at"].where(rows["state"] == "arrived").groupby(by).transform("max")
    all_there = rows["state"].isin(["arrived", "ruled_out"]).groupby(by).transform("all")
    end = last.where(all_there & last.notna(), as_of)
    return minutes(end - rows["accepted_at"]).clip(lower=0)


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    """Whistles with most minutes over first, then least of the limit left; in each the lead unit first."""
    missing = rows[~rows["state"].isin(["arrived", "ruled_out"])]
    used = missing["minutes"] / missing["limit_minutes"].where(missing["limit_minutes"] > 0)
    over = (missing["minutes"] - missing["last_limit_minutes"]).clip(lower=0)
    by = missing["whistle_id"]
    keys = rows.assign(
        over=rows["whistle_id"].map(over.groupby(by).max()).fillna(-1.0),
        used=rows["whistle_id"].map(used.groupby(by).max()).fillna(-1.0),
        second=rows["role"].ne(Role.LEAD.value),
        step=rows["state"].map(STATES.index),
    )
    order = ["over", "used", "accepted_at", "whistle_id", "second", "step", "unit_id"]
    found = keys.sort_values(order, ascending=[False, False, True, True, True, True, True])
    return found.drop(columns=["over", "used", "second", "step"])


# ── what may be said of a summons ────────────────────────────────────────────────────────────────────────


def _is(*states: str) -> Mask:
    return lambda rows, _: rows["state"].isin(states)


def _missing(rows: pd.DataFrame) -> pd.Series:
    """Known not to be there, and not beyond the last limit."""
    return rows["state"].isin(["called", "answered", "departed"]) & rows["is_told"]


def _soon(rows: pd.DataFrame, as_of: datetime) -> pd.Series:
    """Missing, with no more than whistle.soon of the limit left."""
    left, whole = rows["due_at"] - as_of, rows["due_at"] - rows["accepted_at"]
    return _missing(rows) & (left >= pd.Timedelta(0)) & (left <= whole * load().whistle.soon)


def _soft(rows: pd.DataFrame, as_of: datetime) -> pd.Series:
    """Missing, past the soft limit only."""
    return _missing(rows) & (rows["due_at"] < as_of)


def _silent(rows: pd.DataFrame, _: datetime) -> pd.Series:
    """Has neither answered nor come; nobody where no answer is ever recorded."""
    unheard = rows["answered_at"].isna() & rows["departed_at"].isna()
    return unheard & rows["state"].isin(["called", "late"]) & tells_answers()


def _there_in_time(rows: pd.DataFrame) -> pd.Series:
    return rows["state"].eq("arrived") & rows["late_minutes"].eq(0)


def _lead(mask: Mask) -> Mask:
    return lambda rows, as_of: mask(rows, as_of) & rows["role"].eq(Role.LEAD.value)


_wanted = _is("late", "called", "answered", "departed", "arrived")

LIVE: Mapping[str, Mask] = {
    "late": _is("late"),
    "soon": _soon,
    "soft": _soft,
    "arrived": _is("arrived"),
    "summoned": _wanted,
    "awaiting": _silent,
    "coming": _is("departed"),
    "heard_from": _is("answered"),
    "silent": _is("called"),
    "claimed": lambda rows, _: _there_in_time(rows) & ~rows["is_confirmed"],
    "leads": _lead(_wanted),
    "leads_there": _lead(_is("arrived")),
}
"""Sets of summons of the whistles under way."""


def within(scope: Scope, name: str) -> pd.DataFrame:
    """The summons of a set of `LIVE`."""
    return part(live(scope), name, scope.as_of)


def part(rows: pd.DataFrame, name: str, as_of: datetime) -> pd.DataFrame:
    return rows[LIVE[name](rows, as_of)]


def all_there(scope: Scope, rows: pd.DataFrame | None = None) -> list[str]:
    """The whistles under way whose units, of those still wanted, have all come: their codes."""
    rows = live(scope) if rows is None else rows
    whole = rows if scope.unit is None else live(replace(scope, unit=None))
    wanted = part(whole, "summoned", scope.as_of)
    there = wanted["state"].eq("arrived").groupby(wanted["whistle_id"]).all()
    mine = set(rows["whistle_id"])
    return [str(code) for code in there.index[there] if code in mine]
