"""The measures of a unit's work: which events are its base, which of them count, and the sums by unit.

A rate is always Σ counted / Σ base, never a mean of rates.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Float, Integer, func, literal, select
from sqlalchemy import case as when

from queries import handling, ratings
from queries.arguments import BadArgument, Scope
from queries.cache import cached
from queries.conditions import CALL
from queries.database import read
from queries.definitions import narrowed_by
from queries.events import EVENTS, Kind
from queries.holding import CASE
from rules.words import Resolved

Weight = Callable[[Scope], ColumnElement[Any]]


@dataclass(frozen=True)
class Measure:
    """A rate: ``part`` of ``base`` (names of sets); how much an event counts, and weighs in the base."""

    name: str
    base: str
    part: str
    counts: Weight
    is_bad_high: bool = False
    weighs: Weight = lambda _: literal(1.0)


def _all(holds: Callable[[Scope], Any]) -> Weight:
    return lambda scope: when((holds(scope), 1.0), else_=0.0)


def _half_if_partly(_: Scope) -> ColumnElement[Any]:
    """What is partly resolved weighs half against the unit (M04)."""
    return when((CALL.c.resolved == Resolved.PARTLY.value, 0.5), else_=1.0)


MEASURES = {
    one.name: one
    for one in (
        Measure("satisfaction", "counted", "counted_good", _all(ratings.good)),
        Measure("on_time", "due", "kept", _all(handling.in_time)),
        Measure("on_time_original", "first_due", "first_kept", _all(handling.in_first_time)),
        Measure("response", "response_due", "responded", _all(handling.responded)),
        Measure("signing", "sign_due", "signed", _all(handling.signed)),
        Measure("resolution", "asked", "resolved", _all(ratings.said(Resolved.YES)), weighs=_half_if_partly),
        Measure("closure", "in_hand", "done_in_hand", _all(handling.done)),
        Measure("closed_late", "reported", "reported_late", _all(handling.too_late), is_bad_high=True),
        Measure("sent_back", "matured", "sent_back_after", _all(handling.came_back), is_bad_high=True),
        Measure("repeats", "watched", "repeated", _all(handling.came_again), is_bad_high=True),
        Measure("returns", "sent_in", "returned", _all(handling.given_back), is_bad_high=True),
        Measure("participation", "heard", "took_part", _all(ratings.rated)),
        Measure("reach", "tried", "got_through", _all(ratings.got_through)),
        Measure("callback", "callback_due", "callback_kept", _all(handling.called)),
    )
}

SUMS = ("k", "n", "base", "clusters")


KINDS = {"k": "float64", "n": "int64", "base": "float64", "clusters": "int64"}


def measured(scope: Scope, name: str) -> pd.DataFrame:
    """The sums of a measure by unit, in the scope's period: unit_id, k (counted), n (events of the base),
    base (what these weigh together: n, but where a part weighs half), clusters. The rate is k / base.

    ``clusters`` is the number of different events behind the n (a case of no cluster is one by itself).
    Filters of the scope apply, but for the unit: all are summed at once, so that every unit's page asks the
    same. No rows where the working days of the period are not known. A period that is over is kept for long.
    """
    return _sums(settled(replace(_bare(scope), unit=None, group=None)), name, ())


def measured_by(scope: Scope, name: str, *keys: str) -> pd.DataFrame:
    """As `measured`, also by columns of the case, such as ``issue``."""
    return _sums(settled(_bare(scope)), name, keys)


FILTERS = ("channel", "category", "area", "issue", "reason")
"""What may narrow the sums, besides the period and the rules of counting."""


def _bare(scope: Scope) -> Scope:
    """What decides the sums: not which measure is looked at, nor how a list is cut."""
    return replace(scope, set=None, measure=None, limit=None, offset=0, order=None, level=1)


def settled(scope: Scope) -> Scope:
    """The scope at a moment that many questions share: a period that is over is asked as of last midnight."""
    midnight = datetime.combine(scope.as_of, time())
    return replace(scope, as_of=midnight) if scope.end and scope.end <= midnight else scope


@cached
def _sums(scope: Scope, name: str, keys: tuple[str, ...]) -> pd.DataFrame:
    try:
        return _asked(scope, MEASURES[name], keys)
    except BadArgument:  # the working days of the period are not known
        return pd.DataFrame(columns=["unit_id", *keys, *SUMS]).astype(KINDS)


def _asked(scope: Scope, measure: Measure, keys: tuple[str, ...]) -> pd.DataFrame:
    base = EVENTS[measure.base]
    unit = func.coalesce(base.kind.unit(), "").label("unit_id")
    groups = [unit, *(func.coalesce(CASE.c[key], "").label(key) for key in keys)]
    sums = [
        func.coalesce(func.sum(measure.counts(scope)), 0.0, type_=Float).label("k"),
        func.count(type_=Integer).label("n"),
        func.coalesce(func.sum(measure.weighs(scope)), 0.0, type_=Float).label("base"),
        _clusters(base.kind).label("clusters"),
    ]
    source = base.kind.joined(scope, with_holder=False)
    wanted = (
        select(*groups, *sums)
        .select_from(source)
        .where(base.holds(scope), *narrowed_by(scope, base.kind.unit()))
    )
    return read(wanted.group_by(*groups))


def _clusters(kind: Kind) -> ColumnElement[int]:
    """How many different events the rows are: a case of no cluster is one, however often it is counted."""
    cluster = CASE.c.cluster_id
    if kind.is_once:  # the same number without sorting every row
        return func.count() - func.count(cluster) + func.count(cluster.distinct())
    return func.count(func.coalesce(cluster, CASE.c.case_id).distinct(), type_=Integer)
