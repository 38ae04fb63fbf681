"""Queues of the hall: how loaded, how long a wait (M14, Erlang C). Times are minutes."""

from dataclasses import dataclass
from math import inf, sqrt
from typing import Literal

from scipy.stats import poisson

from rules.rulebook import Rulebook
from rules.rulebook import load as load_rulebook

EIGHTY_PERCENT = 1.28
"""Standard errors on either side of an 80 % range."""

Level = Literal["free", "easy", "busy", "near", "over", "shut", "unknown"]


@dataclass(frozen=True)
class Wait:
    """An expected wait with its 80 % range, minutes."""

    expected: float
    low: float
    high: float


def load(arrivals_per_hour: float, service_minutes: float | None, open_seats: int | None) -> float | None:
    """Load of the seats that are really open: 1 means they are just enough; None when it is not known."""
    if not open_seats or service_minutes is None:
        return None
    return arrivals_per_hour * service_minutes / 60 / open_seats


def level(
    ratio: float | None,
    open_seats: int | None,
    talking: int = 0,
    waiting: int = 0,
    book: Rulebook | None = None,
) -> Level:
    """The word for a window: a seat free now counts only while the load stays below nearly full."""
    limits = (book or load_rulebook()).load
    if open_seats is None:
        return "unknown"
    if open_seats == 0:
        return "shut"
    has_free_seat = waiting == 0 and talking < open_seats
    if ratio is None:
        return "free" if has_free_seat else "unknown"
    if ratio >= limits.near:
        return "over" if ratio >= limits.over else "near"
    if has_free_seat:
        return "free"
    return "busy" if ratio >= limits.busy else "easy"


def erlang_c(work: float, seats: int) -> float:
    """Share of arrivals that must wait, for ``work`` seats' worth of work; 1 where the queue only grows."""
    if work <= 0:
        return 0.0
    if work >= seats:
        return 1.0
    blocked = poisson.pmf(seats, work) / poisson.cdf(seats, work)
    return float(blocked / (1 - work / seats * (1 - blocked)))


def expected_wait(
    arrivals_per_hour: float, service_minutes: float | None, open_seats: int | None
) -> float | None:
    """Mean wait in the long run, minutes; infinite from a load of 1, None when the load is not known."""
    ratio = load(arrivals_per_hour, service_minutes, open_seats)
    if ratio is None or service_minutes is None or not open_seats:
        return None
    if ratio >= 1:
        return inf
    return erlang_c(ratio * open_seats, open_seats) * service_minutes / (open_seats * (1 - ratio))


def wait_now(waiting_tickets: int, service_minutes: float, open_seats: int, spread: float) -> Wait:
    """Wait of a ticket taken now, all seats being busy; ``spread`` is the talks' deviation / mean."""
    expected = service_minutes * (waiting_tickets + 1 / 2) / open_seats
    reach = EIGHTY_PERCENT * spread * service_minutes * sqrt(waiting_tickets + 1 / 3) / open_seats
    return Wait(expected, max(0.0, expected - reach), expected + reach)


def wait_with_new_seat(waiting_tickets: int, service_minutes: float, seats_then: int, spread: float) -> Wait:
    """The same once a new seat opens at once and takes the first ticket; ``seats_then`` counts it."""
    if waiting_tickets == 0:
        return Wait(0.0, 0.0, 0.0)
    return wait_now(waiting_tickets - 1, service_minutes, seats_then, spread)


def service_minutes(
    mean: float | None, talks: int, day_mean: float | None, book: Rulebook | None = None
) -> float | None:
    """Length of a talk: the window's own mean, mixed with the day's while it rests on few talks."""
    enough = (book or load_rulebook()).load.talks
    if mean is None or talks == 0:
        return day_mean
    if day_mean is None or talks >= enough:
        return mean
    return (talks * mean + (enough - talks) * day_mean) / enough
