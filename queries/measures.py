"""The measures of a unit's work: which events are its base, which of them count, and the sums by unit.

A rate is always Σ counted / Σ base, never a mean of rates.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

import pandas as pd
from sqlalchemy import Column, ColumnElement, Float, Integer, func, literal, literal_column, select
from sqlalchemy import case as when

from casedb.tables import assignments, callbacks, cases
from queries import afterwards, converting, handling, passing, ratings
from queries.arguments import MISSING, BadArgument, Scope
from queries.cache import cached
from queries.conditions import CALL
from queries.database import read
from queries.definitions import narrowed_by
from queries.events import EVENTS, Holds
from queries.feeds import recorded, told
from queries.holding import CASE
from rules.rulebook import load
from rules.words import Resolved

Weight = Callable[[Scope], ColumnElement[Any]]

Needs = tuple[tuple[Column[Any], ...], ...]
"""What a source must record: of each group of columns at least one."""


@dataclass(frozen=True)
class Measure:
    """A rate: ``part`` of ``base`` (names of sets), those of the base that ``counts``.

    ``worth`` is what each of these is worth, ``weighs`` what an event of the base weighs. ``is_ranked``: a
    league may be made of it; else it is only shown. ``needs``: what nobody records is not nought, and the
    measure then has no figure; nor without the ``thing`` of `feeds.THINGS`.
    """

    name: str
    base: str
    part: str
    counts: Holds
    is_bad_high: bool = False
    worth: Weight | None = None
    weighs: Weight = lambda _: literal(1.0)
    is_ranked: bool = True
    needs: Needs = ()
    thing: str = ""


def _half_if_partly(_: Scope) -> ColumnElement[Any]:
    """What is partly resolved weighs half against the unit (M04)."""
    return when((CALL.c.resolved == Resolved.PARTLY.value, 0.5), else_=1.0)


_DONE = (assignments.c.closed_at, cases.c.closed_at)
_JUDGED = (*_DONE, assignments.c.stated_verdict)
_CLOSED = (assignments.c.closed_at,)
_SIGNED = (assignments.c.signed_at,)
_GIVEN_BACK = (assignments.c.return_asked_at, assignments.c.returned_at)
_CALLED = (callbacks.c.at,)

MEASURES = {
    one.name: one
    for one in (
        Measure("satisfaction", "counted", "counted_good", ratings.good, worth=ratings.worth),
        Measure(
            "satisfaction_apart", "apart", "apart_good", ratings.good, worth=ratings.worth, is_ranked=False
        ),
        Measure("on_time", "due", "kept", handling.in_time, needs=(_JUDGED,)),
        Measure("on_time_original", "first_due", "first_kept", handling.in_first_time, needs=(_DONE,)),
        Measure(
            *("response", "response_due", "responded", handling.responded),
            needs=(_SIGNED,),
            thing="talks",
        ),
        Measure("signing", "sign_due", "signed", handling.signed, needs=(_SIGNED,)),
        Measure("resolution", "asked", "resolved", ratings.said(Resolved.YES), weighs=_half_if_partly),
        Measure("claimed", "claimed_on", "claimed_resolved", ratings.unit_said_yes, is_ranked=False),
        Measure("closure", "in_hand", "done_in_hand", handling.done, needs=(_CLOSED,)),
        Measure(
            *("closed_late", "reported", "reported_late", handling.too_late),
            is_bad_high=True,
            needs=(_CLOSED, (assignments.c.due_at,)),
        ),
        Measure(
            *("sent_back", "matured", "sent_back_after", afterwards.came_back),
            is_bad_high=True,
            needs=(_CLOSED, (assignments.c.sent_back_at,)),
        ),
        Measure("rework_on_time", "rework_due", "rework_kept", handling.in_time, needs=(_JUDGED,)),
        Measure("converted", "to_convert", "converted", converting.converted, is_ranked=False),
        Measure(
            *("repeats", "watched", "repeated", afterwards.came_again),
            is_bad_high=True,
            needs=(_CLOSED, (cases.c.first_case_id,)),
        ),
        Measure(
            *("returns", "sent_in", "returned", passing.given_back), is_bad_high=True, needs=(_GIVEN_BACK,)
        ),
        Measure("returns_refused", "returns_ruled", "returns_refused", passing.refused, is_bad_high=True),
        Measure("participation", "heard", "took_part", ratings.rated),
        Measure("reach", "tried", "got_through", ratings.got_through, needs=(_CALLED,)),
        Measure("callback", "callback_due", "callback_kept", afterwards.called, needs=(_CALLED,)),
    )
}

RANKED = tuple(name for name, one in MEASURES.items() if one.is_ranked)
"""Measures a league may be made of."""


def is_known(name: str) -> bool:
    """Whether the source records what the measure needs."""
    one = MEASURES[name]
    is_told = not one.thing or told(one.thing)
    return is_told and all(any(recorded(column) for column in some) for some in one.needs)


def is_whole(name: str) -> bool:
    """Whether k is a count of cases: each of the part is worth one."""
    return MEASURES[name].worth is None or load().ranking.mostly_weight == 1


SUMS = ("k", "n", "base", "clusters", "hits")

KINDS = {"k": "float64", "n": "int64", "base": "float64", "clusters": "int64", "hits": "int64"}


def measured(scope: Scope, name: str) -> pd.DataFrame:
    """The sums of a measure by unit, in the scope's period: unit_id, k (what those that count are worth), n
    (events of the base), base (what these weigh: n, but where a part weighs half), clusters, hits (events
    that count: k, but where one is worth less). The rate is k / base.

    ``clusters`` is the number of different events behind the n: a case of no cluster is one by itself, with
    those merged into it. Filters of the scope apply, but for the unit: all are summed at once, so that every
    unit's page asks the same. No rows where the source does not record what the measure needs, or the
    working days of the period are not known. A period that is over is kept for long.
    """
    return _sums(settled(replace(_bare(scope), unit=None, group=None)), name, ())


def measured_by(scope: Scope, name: str, *keys: str) -> pd.DataFrame:
    """As `measured`, also by columns of the case, such as ``issue``."""
    return _sums(settled(_bare(scope)), name, keys)


FILTERS = ("channel", "category", "area", "level", "issue", "event", "reason")
"""What may narrow the sums, besides the period and the rules of counting."""


def _bare(scope: Scope) -> Scope:
    """What decides the sums: not which measure is looked at, nor how a list is cut."""
    level = scope.level if MISSING in (scope.category, scope.area) else 1
    return replace(scope, set=None, measure=None, limit=None, offset=0, order=None, level=level)


def settled(scope: Scope) -> Scope:
    """The scope at a moment that many questions share: a period that is over is asked as of last midnight."""
    midnight = datetime.combine(scope.as_of, time())
    return replace(scope, as_of=midnight) if scope.end and scope.end <= midnight else scope


@cached
def _sums(scope: Scope, name: str, keys: tuple[str, ...]) -> pd.DataFrame:
    nothing = pd.DataFrame(columns=["unit_id", *keys, *SUMS]).astype(KINDS)
    try:
        return _asked(scope, MEASURES[name], keys) if is_known(name) else nothing
    except BadArgument:  # the working days of the period are not known
        return nothing


def _asked(scope: Scope, measure: Measure, keys: tuple[str, ...]) -> pd.DataFrame:
    base = EVENTS[measure.base]
    unit = base.kind.unit()
    groups = [
        func.coalesce(unit, "").label("unit_id"),
        *(func.coalesce(CASE.c[key], "").label(key) for key in keys),
    ]
    source = base.kind.joined(scope, with_holder=False)
    wanted = (
        select(*groups, *_counted(scope, measure), _clusters().label("clusters"))
        .select_from(source)
        .where(base.holds(scope), *narrowed_by(scope, unit))
    )
    # By their places: what names a unit is long, and written twice it would be reckoned twice.
    found = read(wanted.group_by(*(literal_column(str(place)) for place, _ in enumerate(groups, 1))))
    told = found if measure.worth else found.assign(hits=found["k"].astype("int64"))
    return told[["unit_id", *keys, *SUMS]]


def _counted(scope: Scope, measure: Measure) -> list[ColumnElement[Any]]:
    """k, n and base; hits, where these are not k."""
    counts, worth = measure.counts(scope), measure.worth
    sums = {
        "k": func.sum(when((counts, worth(scope) if worth else 1.0), else_=0.0)),
        "base": func.sum(measure.weighs(scope)),
    }
    told = [func.coalesce(total, 0.0, type_=Float).label(name) for name, total in sums.items()]
    hits = func.coalesce(func.sum(when((counts, 1), else_=0)), 0, type_=Integer).label("hits")
    return [*told, func.count(type_=Integer).label("n"), *([hits] if worth else [])]


def _clusters() -> ColumnElement[int]:
    """How many different events the rows are: a cluster is one, and a case with those merged into it."""
    own = func.coalesce(CASE.c.cluster_id, CASE.c.merged_into, CASE.c.case_id)
    return func.count(own.distinct(), type_=Integer)
