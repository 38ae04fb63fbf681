"""Every window of the hall: who waits there, how loaded it is, how long a ticket taken now would wait."""

from datetime import datetime, timedelta
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd

from queries import queues_seating as seating
from queries.arguments import Scope
from queries.cache import cached
from queries.door import question
from queries.queues_visits import day, minutes, talks
from rules import queueing, rulebook

LEAST_SPAN = timedelta(minutes=15)
"""A window opened just now: its arrivals are counted over at least this long, or two people are a rush."""

UNKNOWN_SPREAD = 1.0
"""Deviation / mean of the talks before any two are over: as spread as chance alone makes them."""

COLUMNS = [
    "window_id",
    "number",
    "unit",
    "second_unit",
    "waiting_people",
    "waiting_tickets",
    "longest_minutes",
    "open_seats",
    "seats",
    "talking",
    "arrivals_hour",
    "service_minutes",
    "load",
    "level",
    "expected_minutes",
    "low_minutes",
    "high_minutes",
]
COUNTS = ["waiting_people", "waiting_tickets", "open_seats", "seats", "talking"]
MEASURES = ["longest_minutes", "arrivals_hour", "service_minutes", "load"]
WAITS = ["expected_minutes", "low_minutes", "high_minutes"]


def _arrivals_per_hour(rows: pd.DataFrame, as_of: datetime) -> pd.Series:
    """Tickets an hour over the trailing 60 minutes, or since the window opened today if that is less."""
    hour_ago = as_of - timedelta(minutes=rulebook.load().load.minutes)
    opened = pd.Series(seating.first_opened(as_of).reindex(rows["window_id"]).to_numpy(), index=rows.index)
    latest = as_of - LEAST_SPAN
    since = opened.where(opened > hour_ago, hour_ago).where(lambda moment: moment < latest, latest)
    fresh = rows[rows["ticket_at"] > since]
    hours = (as_of - since[fresh.index]).dt.total_seconds() / 3600
    return (1 / hours).groupby(fresh["window_id"]).sum()


def _pace(rows: pd.DataFrame) -> pd.DataFrame:
    """How long a talk takes at each window and how much that varies: service_minutes, spread.

    A window with few talks borrows from the hall's day (M14) and is taken to vary more, the fewer the more.
    """
    lasted = talks(rows[rows["is_today"]])
    hall = lasted.to_numpy()
    own: dict[str, list[float]] = {}
    for window, length in zip(rows.loc[lasted.index, "window_id"], hall, strict=True):
        own.setdefault(window, []).append(length)
    places = seating.plan()["window_id"]
    lines = [_window_pace(np.array(own.get(window, [])), hall) for window in places]
    return pd.DataFrame(lines, index=places, columns=["service_minutes", "spread"], dtype="float64")


def _window_pace(own: np.ndarray, hall: np.ndarray) -> tuple[float | None, float]:
    enough = rulebook.load().load.talks
    means = [float(some.mean()) if len(some) else None for some in (own, hall)]
    lasts = queueing.service_minutes(means[0], len(own), means[1])
    if len(own) >= enough:
        return lasts, _spread(own)
    return lasts, _spread(hall) * sqrt(1 + (enough - len(own)) / enough)


def _spread(lasted: np.ndarray) -> float:
    """Deviation / mean."""
    return float(lasted.std(ddof=1) / lasted.mean()) if len(lasted) > 1 else UNKNOWN_SPREAD


def wait(line: Any, sent_away: int = 0, new_seats: int = 0) -> queueing.Wait | None:
    """Wait of a ticket taken now at a window (a row of `states`); None where it cannot be told.

    ``sent_away`` tickets leave its queue first; ``new_seats`` open at once.
    """
    if not line.open_seats + new_seats or pd.isna(line.service_minutes):
        return None
    queue, seats = line.waiting_tickets - sent_away, line.open_seats + new_seats
    if line.talking < seats:
        # Somebody is called this moment, so the first in the queue does not wait.
        return queueing.wait_with_new_seat(queue, line.service_minutes, seats, line.spread)
    return queueing.wait_now(queue, line.service_minutes, seats, line.spread)


def _counts(rows: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """By window: people and tickets waiting, the longest wait so far, talks under way."""
    waiting, talking = rows[rows["waiting"]], rows[rows["talking"]]
    by = waiting.groupby("window_id")
    return pd.DataFrame(
        {
            "waiting_people": by["people"].sum(),
            "waiting_tickets": by.size(),
            "longest_minutes": minutes(as_of - by["ticket_at"].min()),
            "talking": talking.groupby("window_id").size(),
        }
    )


def _places(rows: pd.DataFrame) -> pd.DataFrame:
    """The windows in order, then, only while somebody is there, those who have a number but no window."""
    plan = seating.plan()
    lost = rows["window_id"].isna() & (rows["waiting"] | rows["talking"])
    if not lost.any():
        return plan
    none = {"window_id": "", "number": 0, "unit": "", "second_unit": ""}
    return pd.concat([plan, pd.DataFrame([none])], ignore_index=True)


@cached
def states(as_of: datetime) -> pd.DataFrame:
    """What `windows` shows, and what advice rests on besides: unit_id, second_unit_id, spread."""
    rows = day(as_of)
    named = rows.assign(window_id=rows["window_id"].fillna(""))
    places = _places(rows).set_index("window_id")
    table = places.join([_counts(named, as_of), _pace(rows)])
    table["arrivals_hour"] = _arrivals_per_hour(named, as_of).reindex(table.index).fillna(0.0)
    opened = seating.open_by_window(as_of)
    table["open_seats"] = None if opened is None else opened.reindex(table.index).fillna(0)
    table[["waiting_people", "waiting_tickets", "talking"]] = table[
        ["waiting_people", "waiting_tickets", "talking"]
    ].fillna(0)
    return _judged(table.astype(dict.fromkeys(COUNTS, "Int64")).reset_index())


def _verdict(line: Any) -> list[Any]:
    opened = None if pd.isna(line.open_seats) else int(line.open_seats)
    lasts = None if pd.isna(line.service_minutes) else line.service_minutes
    ratio = queueing.load(line.arrivals_hour, lasts, opened)
    word = queueing.level(ratio, opened, int(line.talking), int(line.waiting_tickets))
    one = None if opened is None else wait(line)
    return [ratio, word, *([one.expected, one.low, one.high] if one else [None, None, None])]


def _judged(table: pd.DataFrame) -> pd.DataFrame:
    """The windows with load, level and the wait of a ticket taken now."""
    verdicts = [_verdict(line) for line in table.itertuples()]
    judged = pd.DataFrame(verdicts, columns=["load", "level", *WAITS], index=table.index)
    figures = dict.fromkeys([*MEASURES, *WAITS], "float64")
    return table.join(judged).astype(figures)


@question
@cached
def windows(scope: Scope) -> pd.DataFrame:
    """Every window at ``as_of``, in the order of their numbers; only a unit's own if one is named.

    window_id, number, unit, second_unit (short names), waiting_people, waiting_tickets, longest_minutes
    (of those waiting), open_seats, seats, talking (tickets), arrivals_hour (tickets an hour, over the last
    60 minutes or since it opened), service_minutes (mean talk), load (arrivals x talk / open seats),
    level (free | easy | busy | near | over | shut | unknown), expected_minutes, low_minutes, high_minutes
    (wait of a ticket taken now, with its 80 % range).

    Where the source has no sittings, open_seats, load and the waits are empty and the level is unknown.
    Tickets without a window, should any wait, come last in a row with an empty window_id and the number 0.
    """
    rows = states(scope.as_of)
    if scope.unit is not None:
        rows = rows[(rows["unit_id"] == scope.unit) | (rows["second_unit_id"] == scope.unit)]
    return rows[COLUMNS].reset_index(drop=True)
