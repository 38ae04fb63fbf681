"""The hall of the demo: seats that open and close, people who wait their turn, talk and leave."""

import heapq
from collections.abc import Iterator

import numpy as np

from casedb.bulk import Columns
from casedb.city import City
from casedb.demo_plan import Plan
from casedb.demo_time import NEVER, either, known, midnight, spread
from rules.words import OutcomeLevel, VisitPurpose

PEOPLE_A_DAY, IN_THE_FIRST_YEAR = 540, 600
"""People who come on an average working day, now and in the published year."""

TICKETS_BY_HALF_HOUR = np.array(
    [60, 60, 46, 38, 28, 19, 9, 6, 6, 11, 28, 31, 26, 20, 15, 8, 4, 0], dtype=float
)
"""Shape of arrivals from 08:30 to 17:30."""

OPENS, SHUTS = 8.5, 17.5
TALK_MINUTES = 16.8
"""Median length of a talk."""

TURN = 40
"""Tickets among which each window has its share."""

PARTY = np.array([0.80, 0.12, 0.04, 0.02, 0.01, 0.01])
PARTIES = np.array([1, 2, 3, 4, 6, 9])
"""How many come together, and how often."""


def visits(plan: Plan, city: City, rng: np.random.Generator) -> tuple[Columns, Columns]:
    """Every visit and every sitting of the plan's working days: (visits, seats)."""
    drawn = _arrivals(plan, city, rng)
    sittings = _sittings(plan, city, rng)
    _serve(drawn, sittings)
    return _visit_columns(plan, city, drawn, rng), _seat_columns(plan, city, sittings)


def _arrivals(plan: Plan, city: City, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """When each party comes and for which window, in order of arrival."""
    slots = TICKETS_BY_HALF_HOUR / TICKETS_BY_HALF_HOUR.sum()
    people = IN_THE_FIRST_YEAR if plan.totals else PEOPLE_A_DAY
    tickets = people / float(PARTY @ PARTIES) * min(plan.scale, 1.0)
    busy = rng.normal(1.0, 0.07, len(plan.days)).clip(0.8, 1.2) * plan.workdays
    if not plan.totals:
        busy[-1] = 1.20 * plan.workdays[-1]
    counts = rng.poisson(tickets * busy[:, None] * slots)
    seconds = np.repeat(np.arange(counts.size) % len(slots), counts.ravel()) * 1800
    seconds = seconds + rng.integers(0, 1800, len(seconds)) + int(OPENS * 3600)
    day = np.repeat(np.arange(len(plan.days)), counts.sum(axis=1))
    order = np.lexsort((seconds, day))
    arrived = plan.first + (day * 86_400 + seconds[order]).astype("m8[s]")
    arrived = arrived[arrived <= plan.last]
    weights = np.array([row[2] * (row[3] > 0) for row in city.names["windows"]])
    n = len(arrived)
    window = _evenly(rng, n, weights / weights.sum())
    registered = arrived + spread(rng, n, 2.2, 0.5, 12)
    at_desk = rng.random(n) < 0.035
    return {
        "arrived": arrived,
        "registered": registered,
        "ticket": np.where(at_desk, NEVER, registered + spread(rng, n, 1.1, 0.5, 8)),
        "at_desk": at_desk,
        "window": window,
        "talk": spread(rng, n, TALK_MINUTES, 0.55, 110).astype(int),
        "patience": spread(rng, n, 100, 0.7, 600).astype(int),
        "misrouted": (rng.random(n) < 0.028) & ~at_desk,
    }


def _evenly(rng: np.random.Generator, n: int, shares: np.ndarray) -> np.ndarray:
    """Windows of tickets in turn, so that each window has about its share of any so many tickets."""
    turns = rng.permuted(np.tile(np.arange(TURN), (n // TURN + 1, 1)), axis=1).ravel()[:n]
    places = (turns + rng.random(n)) / TURN
    return np.minimum(np.searchsorted(np.cumsum(shares), places), len(shares) - 1)


def _sittings(plan: Plan, city: City, rng: np.random.Generator) -> list[dict[str, np.ndarray]]:
    """Per window: the moments its seats open and close each working day; a morning and an afternoon clerk."""
    days = np.flatnonzero(plan.workdays)
    base = plan.first + (days * 86_400).astype("m8[s]")
    return [
        {
            "seat": np.repeat(seat, len(days)),
            "opened": base + (rng.normal(9.14, 0.04, len(days)) * 3600).astype("m8[s]"),
            "closed": base + (rng.normal(17.6, 0.05, len(days)) * 3600).astype("m8[s]"),
            "window": np.repeat(window, len(days)),
        }
        for window, row in enumerate(city.names["windows"])
        for seat in range(row[3])
    ]


def _serve(drawn: dict[str, np.ndarray], sittings: list[dict[str, np.ndarray]]) -> None:
    """Call the tickets in turn at each window: adds ``called`` and ``left``, as moments."""
    n = len(drawn["arrived"])
    called, left = np.full(n, NEVER), np.full(n, NEVER)
    seats: dict[tuple[int, int], list[int]] = {}
    for sitting in sittings:
        day = sitting["opened"].astype("M8[D]").astype(int)
        for number, opened in zip(day.tolist(), sitting["opened"].astype(int).tolist(), strict=True):
            seats.setdefault((int(sitting["window"][0]), number), []).append(opened)
    for key, places in _by_window_and_day(drawn):
        free = sorted(seats.get(key, []))
        tickets = drawn["ticket"][places].astype(int).tolist()
        talks, patience = drawn["talk"][places].tolist(), drawn["patience"][places].tolist()
        for place, ticket, talk, patient in zip(places.tolist(), tickets, talks, patience, strict=True):
            call = max(ticket, free[0]) if free else ticket + patient + 1
            if call - ticket > patient:
                left[place] = np.datetime64(ticket + patient, "s")
            else:
                called[place] = np.datetime64(call, "s")
                heapq.heapreplace(free, call + talk + 45)
    drawn["called"], drawn["left"] = called, left


def _by_window_and_day(drawn: dict[str, np.ndarray]) -> Iterator[tuple[tuple[int, int], np.ndarray]]:
    """Places of the tickets of each window and day, in order of their tickets."""
    queued = np.flatnonzero(~np.isnat(drawn["ticket"]))
    day = drawn["ticket"][queued].astype("M8[D]").astype(int)
    window = drawn["window"][queued]
    order = np.lexsort((drawn["ticket"][queued], window, day))
    cut = np.flatnonzero(np.diff(day[order]) | np.diff(window[order])) + 1
    for group in np.split(order, cut):
        if len(group):
            yield (int(window[group[0]]), int(day[group[0]])), queued[group]


def _visit_columns(plan: Plan, city: City, drawn: dict[str, np.ndarray], rng: np.random.Generator) -> Columns:
    n, last = len(drawn["arrived"]), plan.last
    called = known(drawn["called"], last)
    started = known(called + spread(rng, n, 0.4, 0.3, 0.7), last)
    ended = known(drawn["called"] + drawn["talk"].astype("m8[s]") + np.timedelta64(42, "s"), last)
    purpose = rng.choice([p.value for p in VisitPurpose], n, p=[0.86, 0.09, 0.05]).astype(object)
    matter = (purpose == VisitPurpose.MATTER.value) & ~np.isnat(ended)
    level = np.full(n, None, dtype=object)
    luck = rng.random(n)
    level[matter & (luck < 0.252)] = OutcomeLevel.WINDOW.value
    level[matter & (luck > 0.925)] = OutcomeLevel.JOINT.value
    level[matter & (luck > 0.988)] = OutcomeLevel.LEADER.value
    queued = ~np.isnat(drawn["ticket"])
    codes = np.array([f"W{number + 1:02d}" for number in range(len(city.names["windows"]))], dtype=object)
    first = np.array([city.names["windows"][w][0] for w in range(len(codes))], dtype=object)
    second = np.array([city.names["windows"][w][1] for w in range(len(codes))], dtype=object)
    asked = np.where(rng.random(n) < 0.72, first[drawn["window"]], second[drawn["window"]])
    ticket = known(drawn["ticket"], last)
    return {
        "visit_id": _codes("V", drawn["arrived"]),
        "arrived_at": drawn["arrived"],
        "registered_at": known(drawn["registered"], last),
        "ticket_at": ticket,
        "called_at": called,
        "left_at": known(drawn["left"], last),
        "started_at": started,
        "ended_at": ended,
        "window_id": either(queued & ~np.isnat(ticket), codes[drawn["window"]], None),
        "unit_id": asked,
        "people": rng.choice(PARTIES, n, p=PARTY),
        "is_misrouted": drawn["misrouted"] & ~np.isnat(ticket),
        "answered_at_desk": drawn["at_desk"] & (drawn["registered"] <= last),
        "purpose": purpose,
        "outcome_level": level,
        "settled_on_spot": level == OutcomeLevel.WINDOW.value,
        "_open_matter": matter & (level != OutcomeLevel.WINDOW.value),
    }


def _codes(letter: str, times: np.ndarray) -> np.ndarray:
    """V20261125-0001: the day and the place within it."""
    days = np.datetime_as_string(times.astype("M8[D]"))
    fresh = np.r_[True, days[1:] != days[:-1]] if len(days) else np.zeros(0, bool)
    first = np.maximum.accumulate(np.where(fresh, np.arange(len(days)), 0))
    number = np.arange(len(days)) - first + 1
    texts = [f"{letter}{day.replace('-', '')}-{n:04d}" for day, n in zip(days, number, strict=True)]
    return np.array(texts, dtype=object)


def _seat_columns(plan: Plan, city: City, sittings: list[dict[str, np.ndarray]]) -> Columns:
    seat, opened, closed, window = (
        np.concatenate([sitting[name] for sitting in sittings])
        for name in ("seat", "opened", "closed", "window")
    )
    kept = np.flatnonzero(opened <= plan.last)
    kept = kept[np.lexsort((seat[kept], window[kept], midnight(opened[kept])))]
    seat, opened, closed, window = seat[kept], opened[kept], closed[kept], window[kept]
    days = np.datetime_as_string(opened.astype("M8[D]"))
    unit = np.array([row[:2] for row in city.names["windows"]], dtype=object)
    codes = [f"S{d.replace('-', '')}-{w + 1:02d}{s + 1}" for d, w, s in zip(days, window, seat, strict=True)]
    return {
        "seat_id": np.array(codes, dtype=object),
        "window_id": np.array([f"W{w + 1:02d}" for w in window], dtype=object),
        "unit_id": unit[window, seat],
        "opened_at": opened,
        "closed_at": known(closed, plan.last),
    }
