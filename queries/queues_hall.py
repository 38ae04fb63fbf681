"""The hall in one row: who waits, who is being talked to, what the day has brought so far."""

import pandas as pd

from casedb.tables import visits
from queries import queues_seating as seating
from queries.arguments import Scope
from queries.cache import cached
from queries.door import question
from queries.feeds import known_only
from queries.meetings_calendar import previous_same_point
from queries.queues_arrivals import usual_so_far
from queries.queues_visits import day, minutes, of_today, of_unit, people_waiting
from rules import ranking, rulebook
from rules.words import VisitPurpose

Figures = dict[str, float | None]


def _queue(scope: Scope) -> Figures:
    """Who waits now, how long already, and how many did at the same point of the last period."""
    rows = of_unit(day(scope.as_of), scope.unit)
    rows = rows[rows["waiting"]]
    waited = minutes(scope.as_of - rows["ticket_at"])
    then = previous_same_point(scope.as_of)
    return {
        "waiting_people": int(rows["people"].sum()),
        "waiting_tickets": len(rows),
        "previous_people": None if then is None else people_waiting(then, scope.unit),
        "longest_minutes": None if rows.empty else float(waited.max()),
        "over_60": int((waited > rulebook.load().wait.long).sum()),
    }


def _capacity(scope: Scope) -> Figures:
    """Seats: talking + free + shut = seats, wherever nobody talks at a seat that is shut."""
    rows = day(scope.as_of)
    talking = rows[rows["talking"]]
    every = seating.plan()["seats"]
    seats = None if every.isna().all() else int(every.sum())
    opened = seating.open_by_window(scope.as_of)
    figures: Figures = {
        "seats": seats,
        "open_seats": None,
        "talking": len(talking),
        "free": None,
        "shut": None,
    }
    if opened is None:
        return figures
    busy = talking.groupby("window_id").size()
    free = opened.sub(busy, fill_value=0).clip(lower=0).reindex(opened.index)
    open_seats = int(opened.sum())
    shut = None if seats is None else max(seats - open_seats, 0)
    return {**figures, "open_seats": open_seats, "free": int(free.sum()), "shut": shut}


def _day(scope: Scope, rows: pd.DataFrame) -> Figures:
    """Who came today, and how long those who were called had waited."""
    usual = usual_so_far(scope)
    called = rows[rows["ticketed"] & rows["begun"]]
    waited = minutes(called["begun_at"] - called["ticket_at"])
    left = int(rows["left"].sum())
    over = len(called) + left
    return {
        "people_today": int(rows["people"].sum()),
        "tickets_today": len(rows),
        "usual_low": usual[0] if usual else None,
        "usual_high": usual[1] if usual else None,
        "p90_minutes": float(waited.quantile(0.9)) if len(called) else None,
        "median_minutes": float(waited.median()) if len(called) else None,
        "called": len(called),
        "left": left,
        "left_share": left / over if over else None,
        "misrouted": int(rows["is_misrouted"].fillna(False).sum()),
    }


def _settling(rows: pd.DataFrame) -> Figures:
    """Settled at the window (M11): of the matters whose talk is over; questions do not count.

    A source that names no outcome of any visit today does not record outcomes: no base, rather than 0 %.
    """
    done = rows[rows["begun"] & rows["ended"] & (rows["purpose"] == VisitPurpose.MATTER.value)]
    on_spot = done["settled_on_spot"].fillna(False).astype(bool)
    settled = int(on_spot.sum())
    base = len(done) if settled or done["outcome_level"].notna().any() else 0
    low, high = ranking.wilson(settled, base) or (None, None)
    figures: Figures = {
        "settled": settled,
        "settleable": base,
        "settled_share": settled / base if base else None,
    }
    return {**figures, "settled_low": low, "settled_high": high}


VISITED = ("people_today", "tickets_today", "called", "left", "misrouted", "settled", "settleable")
"""Counts of the day that mean nothing where nobody records visits."""

COUNTS = (
    "waiting_people",
    "waiting_tickets",
    "previous_people",
    "over_60",
    "seats",
    "open_seats",
    "talking",
    "free",
    "shut",
)


@question
@cached
def hall(scope: Scope) -> pd.DataFrame:
    """The hall at ``as_of``, one row; of one unit's tickets if it is named (seats stay the hall's).

    waiting_people, waiting_tickets, previous_people (waiting at the same point of the last period),
    longest_minutes (of those waiting), over_60 (tickets waiting over 60 minutes, rule wait.long),
    seats, open_seats, talking (tickets), free, shut (seats; empty where the source has no sittings);
    of today: people_today, tickets_today, usual_low and usual_high (people by this clock time, last 8 same
    weekdays), p90_minutes and median_minutes (from number to call, of the ``called``), called, settled,
    settleable (matters whose talk is over; 0 where no outcome is recorded), settled_share with its 95 %
    interval settled_low, settled_high, left (the queue, uncalled), left_share (of called + left),
    misrouted (tickets for the wrong window). All empty where no visit was ever recorded. Rates are
    fractions; a figure without a base is empty.
    """
    rows = of_today(scope.as_of, scope.unit)
    figures = {**_queue(scope), **_capacity(scope), **_day(scope, rows), **_settling(rows)}
    table = pd.DataFrame([figures])
    table = table.astype(dict.fromkeys(COUNTS, "Int64"))
    return known_only(table, visits.c.arrived_at, [*VISITED, *COUNTS])
