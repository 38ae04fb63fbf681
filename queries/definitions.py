"""Every word that stands for a set of cases, defined once: what is counted and what is listed is the same.

``select_cases`` lists a set, ``tally`` counts it beside others; both filter and cut the period the same way.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Integer, Select, Table, func, or_, select
from sqlalchemy import case as when

from casedb import tables
from queries import conditions as are
from queries.arguments import MISSING, Scope
from queries.conditions import CALL
from queries.events import CALLED, EVENTS, Event
from queries.holding import CASE, HELD, Condition, holding, unindexed
from queries.overdue_sets import SUPERVISED

Join = Literal["", "outer", "inner"]


@dataclass(frozen=True)
class Set:
    """A set of cases: its condition at a moment, and whether it speaks of the assignment that holds the case.

    ``join``: "" not at all, "outer" also of cases nobody holds, "inner" only of cases somebody holds.
    ``is_stock``: a small part of all cases, found by their closing rather than by their receipt; joined
    "outer", which keeps planners from starting at the assignments.
    """

    name: str
    words: str
    holds: Callable[[datetime], Condition]
    join: Join = ""
    is_stock: bool = False


SETS: dict[str, Set] = {
    one.name: one
    for one in (
        Set("received", "received", are.is_received),
        Set("calls", "received by telephone", are.is_call),
        Set("sms", "received by text message", are.is_sms),
        Set("otherwise", "received neither by telephone nor by text message", are.is_otherwise),
        Set("valid", "counts as a request and stands by itself", are.is_valid),
        Set("invalid", "does not count, or was merged into another", are.is_invalid),
        Set("settled_online", "settled by the centre itself", are.is_settled_online),
        Set("dispatched", "sent to a unit", are.is_dispatched),
        Set("undispatched", "neither settled by the centre nor sent to a unit", are.is_undispatched),
        Set("closed", "finally closed", are.is_closed),
        Set("closed_today", "finally closed since midnight", are.is_closed_today, "", True),
        Set(
            "open", "open, and not waiting for verification of the unit's answer", are.is_open, "outer", True
        ),
        Set("awaiting_dispatch", "open, and no unit holds it", are.is_awaiting_dispatch, "outer", True),
        Set("assigned", "a lead unit answers for it", are.is_assigned, "inner"),
        Set("overdue", "open and past its limit", are.is_overdue, "outer", True),
        Set(
            "due_24h", "open, its limit within 24 hours", lambda at: are.is_due_within(at, 24), "outer", True
        ),
        Set(
            "due_48h", "open, its limit within 48 hours", lambda at: are.is_due_within(at, 48), "outer", True
        ),
        Set("closed_on_time", "answered within its limit", are.is_closed_on_time, "inner"),
        Set("closed_late", "answered after its limit", are.is_closed_late, "inner"),
        Set(
            "judged",
            "answered, and known to be on time or late",
            lambda at: or_(are.is_closed_on_time(at), are.is_closed_late(at)),
            "inner",
        ),
        Set("open_in_time", "open, its limit not yet past", are.is_open_in_time, "outer", True),
        Set("open_overdue", "open and past its limit", are.is_overdue, "outer", True),
        Set("unknown", "on time or late cannot be said", are.is_unknown, "inner"),
        Set("answered", "sent to a unit, which reported it done at least once", are.is_answered),
        Set("called_back", "called back by others than the unit", are.is_called_back),
        Set("reached", "reached when called back", are.is_reached),
        Set("rated", "rated the unit's first answer", are.is_rated),
        Set("satisfied", "rated the first answer satisfied or mostly so", are.is_satisfied),
        Set("dissatisfied", "rated the first answer not satisfied", are.is_dissatisfied),
        Set("sent_back", "sent back for rework at least once", are.is_sent_back),
        *(Set(name, words, holds, "outer", True) for name, words, holds in SUPERVISED),
    )
}


ALL: dict[str, Set | Event] = {**SETS, **EVENTS}
"""Every set a figure may count and a list may show."""


def select_cases(scope: Scope, set_name: str, *columns: ColumnElement[Any]) -> Select[Any]:
    """The cases of a set within the scope; ``columns`` of CASE and HELD, the case's number unless told."""
    chosen = ALL[set_name]
    if isinstance(chosen, Event):
        return select_events(scope, chosen, *(columns or (CASE.c.case_id,)))
    return within_set(scope, columns or (CASE.c.case_id,), chosen, chosen.join)


def select_events(scope: Scope, chosen: Event, *columns: ColumnElement[Any]) -> Select[Any]:
    """A row an event of the set, within its period and the filters of the scope."""
    source = chosen.kind.joined(scope)
    unit = chosen.kind.unit() if scope.unit or scope.group else HELD.c.unit_id
    narrowed = narrowed_by(scope, unit, calls=chosen.kind is CALLED)
    return select(*columns).select_from(source).where(chosen.holds(scope), *narrowed)


def within_set(scope: Scope, columns: Iterable[ColumnElement[Any]], chosen: Set, join: Join) -> Select[Any]:
    """The cases of a set, with a join that may be wider than the set itself needs."""
    holds = chosen.holds(scope.as_of)
    return _cases(scope, columns, join, chosen.is_stock).where(holds)


def among(scope: Scope, columns: Iterable[ColumnElement[Any]], picked: Select[Any]) -> Select[Any]:
    """The picked cases (a select of their numbers) with any columns of CASE and HELD: read for them alone."""
    numbers = select(picked.subquery().c.case_id)
    whole = Scope(as_of=scope.as_of)
    return _cases(whole, columns, "outer", is_stock=True).where(CASE.c.case_id.in_(numbers))


def count_cases(scope: Scope, set_name: str) -> Select[Any]:
    """How many cases the set has within the scope: one row, ``cases``."""
    return select_cases(scope, set_name, func.count().label("cases"))


def tally(scope: Scope, set_name: str, label: str | None = None) -> ColumnElement[int]:
    """Cases of the set among the rows of `cases_within`, as a column named after the set."""
    holds = SETS[set_name].holds(scope.as_of)
    return func.coalesce(func.sum(when((holds, 1), else_=0)), 0, type_=Integer).label(label or set_name)


def join_for(set_names: Iterable[str]) -> Join:
    """The join that lets all these sets be tallied side by side."""
    return "outer" if any(SETS[name].join for name in set_names) else ""


def cases_within(scope: Scope, columns: Iterable[ColumnElement[Any]], join: Join) -> Select[Any]:
    """Cases received in [start, end) and known at the moment, within the filters of the scope."""
    return _cases(scope, columns, join, is_stock=False)


def _cases(scope: Scope, columns: Iterable[ColumnElement[Any]], join: Join, is_stock: bool) -> Select[Any]:
    join = "inner" if scope.unit or scope.group else join
    holder = holding(scope.as_of)
    source = CASE.outerjoin(HELD, holder) if join == "outer" else CASE.join(HELD, holder) if join else CASE
    return (
        select(*columns)
        .select_from(source)
        .where(*_window(scope, is_stock), *narrowed_by(scope, HELD.c.unit_id))
    )


def _window(scope: Scope, is_stock: bool) -> list[Condition]:
    received = unindexed(CASE.c.received_at, scope.as_of) if is_stock else CASE.c.received_at
    # One upper bound, not two: a planner that meets both takes the first, and walks from there to now.
    is_over = scope.end is not None and scope.end <= scope.as_of
    limits: list[Condition] = [CASE.c.received_at < scope.end if is_over else received <= scope.as_of]
    if scope.start:
        limits.append(CASE.c.received_at >= scope.start)
    return limits


def narrowed_by(scope: Scope, unit: ColumnElement[Any], calls: bool = False) -> list[Condition]:
    """The filters of the scope as conditions; ``unit`` is the column that names the unit meant.

    ``calls``: the rows are calls, whose own reason is asked for.
    """
    chosen: list[Condition] = []
    if scope.reason is not None:
        chosen.append(_is(CALL.c.reason, scope.reason) if calls else are.gave_reason(scope.reason))
    for value, column in (
        (scope.unit, unit),
        (scope.channel, CASE.c.channel_id),
        (scope.issue, CASE.c.issue),
        (scope.event, CASE.c.cluster_id),
        (scope.case, CASE.c.case_id),
    ):
        if value is not None:
            chosen.append(_is(column, value))
    if scope.group is not None:
        members = select(tables.units.c.unit_id).where(tables.units.c.unit_group == scope.group)
        chosen.append(unit.in_(members))
    if scope.category is not None:
        chosen.append(_under(CASE.c.category_id, scope.category, tables.categories, scope.level))
    if scope.area is not None:
        chosen.append(_under(CASE.c.area_id, scope.area, tables.areas, scope.level))
    return chosen


def _is(column: ColumnElement[Any], value: str) -> Condition:
    return column.is_(None) if value == MISSING else column == value


def _under(column: ColumnElement[Any], value: str, tree: Table, level: int) -> Condition:
    """The column names this node of the tree or one below it; `MISSING`: nothing on the asked level."""
    key = next(iter(tree.primary_key.columns))
    if value == MISSING:
        placed = select(key).where(tree.c[f"level{level}_id"].is_not(None))
        return or_(column.is_(None), column.not_in(placed))
    ancestors = (tree.c.level1_id, tree.c.level2_id, tree.c.level3_id)
    return column.in_(select(key).where(or_(*(one == value for one in ancestors))))
