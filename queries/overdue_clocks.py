"""Every limit of the field as a share kept, the hours lost beyond it, and with whom most were lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Integer, func, literal, not_, select
from sqlalchemy import case as when

from queries.arguments import BadArgument, Scope
from queries.cache import cached
from queries.clocks_named import CLOCKS, Clock
from queries.database import read
from queries.definitions import narrowed_by
from queries.door import question
from queries.events import EVENTS
from queries.feeds import recorded, told, written
from queries.names import unit_names
from queries.periods import within
from queries.workdays import workdays
from rules import deadlines, ranking
from rules.rulebook import load

AT_ONCE = 4
"""Clocks asked side by side."""


@question
@cached
def clocks(scope: Scope) -> pd.DataFrame:
    """Every limit that fell in the period (the current one unless told): what was kept, and hours lost.

    Columns: clock, n (limits that fell in it), kept, late (not kept), rate, low, high (Wilson 95 %),
    hours_lost (beyond the limits not kept, up to the moment), unit_id, unit, unit_hours (with whom most of
    them; empty: the centre, or none were lost), rule (key of the rulebook), basis (law | local | centre),
    source. A row whose limit the source never records, or of a year without working days, has an empty n.
    Rates are fractions.
    """
    with ThreadPoolExecutor(AT_ONCE) as askers:
        found = list(askers.map(partial(_kept, within(scope)), CLOCKS.values()))
    table = pd.DataFrame(found, columns=list(KINDS)).astype(KINDS)
    return table.assign(unit=unit_names(table["unit_id"]))[COLUMNS]


KINDS = {
    **dict.fromkeys(("clock", "unit_id", "rule", "basis", "source"), "str"),
    **dict.fromkeys(("n", "kept", "late"), "Int64"),
    **dict.fromkeys(("rate", "low", "high", "hours_lost", "unit_hours"), "float64"),
}

COLUMNS = [
    *("clock", "n", "kept", "late", "rate", "low", "high", "hours_lost", "unit_id", "unit", "unit_hours"),
    *("rule", "basis", "source"),
]


FIGURES = ("n", "kept", "late", "rate", "low", "high", "hours_lost", "unit_hours")


def _kept(scope: Scope, clock: Clock) -> dict[str, Any]:
    rule = load().rule(clock.rule)
    said = {"clock": clock.name, "rule": clock.rule, "basis": rule.basis, "source": rule.source}
    empty = {**said, **dict.fromkeys(FIGURES)}
    if not _is_told(clock):
        return {**empty, "unit_id": ""}
    try:
        n, kept = _counts(scope, clock)
        lost = _lost(scope, clock) if kept < n else pd.Series(dtype="float64")
    except BadArgument:  # the working days of the period are not known
        return {**empty, "unit_id": ""}
    low, high = ranking.wilson(kept, n) or (None, None)
    whose = str(lost.idxmax()) if len(lost) else ""
    return {
        **said,
        "n": n,
        "kept": kept,
        "late": n - kept,
        "rate": kept / n if n else None,
        "low": low,
        "high": high,
        "hours_lost": float(lost.sum()) if n else None,
        "unit_id": whose,
        "unit_hours": float(lost[whose]) if len(lost) else None,
    }


def _is_told(clock: Clock) -> bool:
    """Whether the source ever records what the clock would miss."""
    stepped = not clock.step or written(clock.step)
    return stepped and (not clock.thing or told(clock.thing)) and all(map(recorded, clock.needs))


def _counts(scope: Scope, clock: Clock) -> tuple[int, int]:
    base, part = EVENTS[clock.due], EVENTS[clock.kept]
    hits = func.sum(when((part.holds(scope), 1), else_=0))
    wanted = [func.count().label("n"), func.coalesce(hits, 0, type_=Integer).label("kept")]
    unit = base.kind.unit()
    source = base.kind.joined(scope, with_holder=bool(scope.unit or scope.group))
    asked = select(*wanted).select_from(source).where(base.holds(scope), *narrowed_by(scope, unit))
    row = read(asked).iloc[0]
    return int(row["n"]), int(row["kept"])


def _lost(scope: Scope, clock: Clock) -> pd.Series:
    """Hours beyond the limits not kept, by unit; under "" what the centre answers for."""
    base, part = EVENTS[clock.due], EVENTS[clock.kept]
    unit = base.kind.unit()
    columns = [
        (literal("") if clock.is_centre else func.coalesce(unit, "")).label("unit_id"),
        clock.done(scope).label("done"),
        (clock.limit or clock.begin)(scope).label("moment"),  # type: ignore[misc]
    ]
    source = base.kind.joined(scope, with_holder=not clock.is_centre or bool(scope.unit or scope.group))
    asked = select(*columns).select_from(source)
    rows = read(asked.where(base.holds(scope), not_(part.holds(scope)), *narrowed_by(scope, unit)))
    done = pd.to_datetime(rows["done"])
    done = done.where(done <= scope.as_of, pd.Timestamp(scope.as_of))
    beyond = (done - _limits(rows["moment"], clock)).dt.total_seconds() / 3600
    return beyond.clip(lower=0).groupby(rows["unit_id"]).sum()


def _limits(moments: pd.Series, clock: Clock) -> pd.Series:
    """When each limit ended: as the row says, else reckoned once for each day of beginning."""
    moments = pd.to_datetime(moments)
    if clock.limit is not None:
        return moments
    name, calendar = clock.rule.removeprefix("sla."), workdays()
    days = moments.dt.normalize()
    ends: dict[datetime, datetime] = {day: deadlines.due(name, day, calendar) for day in days.unique()}
    return pd.to_datetime(days.map(ends))
