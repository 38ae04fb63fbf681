"""How long people waited, day by day: the queue's own account of a period."""

from datetime import datetime, timedelta

import pandas as pd
from sqlalchemy import Select, select

from casedb.tables import visits
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.queues_visits import asks_for, midnight, stand, times_known

SLACK = timedelta(days=1)
"""A number may be taken after midnight, or be stamped before the door was: looked up by arrival, so wider."""

FIGURES = [
    "tickets",
    "queued",
    "served",
    "left",
    "median_seconds",
    "p90_seconds",
    "max_seconds",
    "mean_seconds",
    "longest_queue",
]


def _between(start: datetime, end: datetime, scope: Scope) -> Select:
    return select(visits.c.people, *times_known(scope.as_of)).where(
        visits.c.arrived_at >= start - SLACK,
        visits.c.arrived_at <= min(end + SLACK, scope.as_of),
        asks_for(scope.unit),
    )


def period(scope: Scope) -> tuple[datetime, datetime]:
    """[start, end) of the scope; the day of ``as_of`` where none is given."""
    start = scope.start or midnight(scope.end - timedelta(seconds=1) if scope.end else scope.as_of)
    return start, scope.end or midnight(max(scope.as_of, start)) + timedelta(days=1)


def longest_queue(entered: pd.Series, gone: pd.Series) -> int:
    """Most tickets waiting at once; who goes at a second is gone before who comes at the same second."""
    out = gone.dropna()
    steps = pd.DataFrame(
        {"at": pd.concat([entered, out]), "step": [1] * len(entered) + [-1] * len(out)}
    ).sort_values(["at", "step"])
    return int(steps["step"].cumsum().max()) if len(entered) else 0


def _account(arrived: int, queue: pd.DataFrame) -> dict[str, float]:
    """The figures of one stretch of time; waits are of those whose wait is over, served or not."""
    waits = queue["seconds"].dropna()
    return {
        "tickets": arrived,
        "queued": len(queue),
        "served": int(queue["begun"].sum()),
        "left": int(queue["left"].sum()),
        "median_seconds": float(waits.median()),
        "p90_seconds": float(waits.quantile(0.9)),
        "max_seconds": float(waits.max()),
        "mean_seconds": float(waits.mean()),
        "longest_queue": longest_queue(queue["ticket_at"], queue["gone_at"]),
    }


def _queue(rows: pd.DataFrame, start: datetime, end: datetime) -> pd.DataFrame:
    """The tickets taken in the period, with when each left the queue and the seconds waited."""
    inside = rows["ticket_at"].between(start, end, inclusive="left")
    queue = rows[inside]
    gone = queue["begun_at"].where(queue["begun"], queue["left_at"])
    return queue.assign(gone_at=gone, seconds=(gone - queue["ticket_at"]).dt.total_seconds())


def _read(scope: Scope) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The visits that arrived in the period, and the tickets taken in it, as known at ``as_of``."""
    start, end = period(scope)
    rows = stand(read(_between(start, end, scope)))
    arrived = rows[rows["arrived_at"].between(start, end, inclusive="left")]
    return arrived, _queue(rows, start, end)


@question
@cached
def waits(scope: Scope) -> pd.DataFrame:
    """The queue of each day of [start, end), or of the day of ``as_of``; days without a visit are left out.

    day, tickets (visits that came), queued (took a number), served (called), left (uncalled), median_,
    p90_, max_ and mean_seconds (from the number to the call or to leaving; who still waits is not in it;
    empty when nobody's wait is over), longest_queue (most tickets waiting at once). A ticket belongs to the
    day it was taken, also when its wait ends after midnight.
    """
    arrived, queue = _read(scope)
    came = arrived.groupby(arrived["arrived_at"].dt.normalize()).size()
    took = queue["ticket_at"].dt.normalize()
    days = sorted({*came.index, *took})
    accounts = [_account(int(came.get(day, 0)), queue[took == day]) for day in days]
    rows = pd.DataFrame(accounts, columns=FIGURES)
    rows.insert(0, "day", [day.date() for day in days])
    return rows


@question
@cached
def waits_total(scope: Scope) -> pd.DataFrame:
    """The queue of the whole of [start, end), or of the day of ``as_of``: one row, as `waits`.

    start, end, then the figures of `waits`; median and P90 are of all waits, not of the days' figures.
    """
    start, end = period(scope)
    arrived, queue = _read(scope)
    rows = pd.DataFrame([_account(len(arrived), queue)], columns=FIGURES)
    return rows.assign(start=pd.Timestamp(start), end=pd.Timestamp(end))[["start", "end", *FIGURES]]
