"""What would help the waiting most: proposals with their expected effect; a person decides."""

from collections import Counter
from datetime import datetime
from typing import Any

import pandas as pd

from queries import queues_seating as seating
from queries.arguments import Scope
from queries.cache import cached
from queries.door import question
from queries.queues_visits import day
from queries.queues_windows import states, wait
from rules import queueing
from rules.queueing import Wait

MOST = 3
"""Proposals at once: more is not acted on."""

WORTH = 1.0
"""Minutes a proposal must save: less is not seen on a screen of whole minutes."""

COLUMNS = ["window_id", "number", "action", "unit", "from_minutes", "to_minutes", "low", "high"]
MORE = ["tickets", "to_number", "seats"]

Proposal = dict[str, Any]
Places = Counter[tuple[str, str]]


def _proposal(line: Any, action: str, unit: str, then: Wait, **more: Any) -> Proposal:
    span = {"to_minutes": then.expected, "low": then.low, "high": then.high}
    place = {"window_id": line.window_id, "number": line.number, "action": action, "unit": unit}
    return {**place, "from_minutes": line.expected_minutes, **span, "worst": then.expected, **more}


def _names(line: Any) -> dict[str, str]:
    """Short name of each unit of the window by its id, the first unit first."""
    pairs = ((line.unit_id, line.unit), (line.second_unit_id, line.second_unit))
    return {unit: name for unit, name in pairs if not pd.isna(unit)}


def _open_seat(line: Any, sitting: Places) -> Proposal | None:
    """Another seat, staffed by the unit of the window that has the fewest there now."""
    names = _names(line)
    if not names or pd.isna(line.seats) or line.open_seats >= line.seats:
        return None
    unit = min(names, key=lambda one: sitting[line.window_id, one])
    then = wait(line, new_seats=1)
    return _proposal(line, "open_seat", names[unit], then) if then else None


def _send(line: Any, others: list[Any], free: Places, queues: Places) -> Proposal | None:
    """As many tickets of one unit as best even out the waits, to a free seat the unit has elsewhere."""
    found: list[Proposal | None] = []
    for unit, name in _names(line).items():
        for other in others:
            seats = free[other.window_id, unit]
            if other.window_id == line.window_id or other.waiting_tickets or seats <= 0:
                continue
            for count in range(1, queues[line.window_id, unit] + 1):
                found.append(_sent(line, other, name, count, seats))
    made = [one for one in found if one]
    return min(made, key=lambda one: (one["worst"], one["tickets"]), default=None)


def _sent(line: Any, other: Any, unit: str, count: int, seats: int) -> Proposal | None:
    here = wait(line, sent_away=count)
    if here is None or pd.isna(other.service_minutes):
        return None
    made = _proposal(line, "send", unit, here, tickets=count, to_number=other.number)
    beyond = count - seats
    there = queueing.wait_now(max(beyond, 0), other.service_minutes, other.open_seats, other.spread)
    after = there.expected if beyond >= 0 else 0.0
    return {**made, "worst": max(made["to_minutes"], after), "to_window": other.window_id, "after": after}


def _numbers(rows: pd.DataFrame) -> Places:
    """Rows by window and unit."""
    return Counter(zip(rows["window_id"], rows["unit_id"], strict=True))


def _gain(act: Proposal, line: Any) -> tuple[float, float]:
    """Minutes saved by all who wait at the window, then by one who comes now."""
    saved = act["from_minutes"] - act["worst"]
    return saved * line.waiting_people, saved


def _helpless(line: Any) -> Proposal:
    """Says that nothing can be done at a window by what is at hand."""
    place = {"window_id": line.window_id, "number": line.number, "action": "none", "unit": line.unit}
    return {**place, "from_minutes": line.expected_minutes, "seats": line.seats}


def _burden(line: Any) -> float:
    """Minutes of all who wait, as the window stands."""
    return float(line.expected_minutes * line.waiting_people)


def _is_stuck(line: Any) -> bool:
    """Overloaded with people waiting, and every seat it has is open."""
    full = pd.isna(line.seats) or line.open_seats >= line.seats
    return bool(line.level == "over" and line.waiting_people > 0 and full)


def _proposals(as_of: datetime) -> tuple[list[Proposal], list[Proposal]]:
    """What saves most first, each window once; then the overloaded windows nothing at hand would help."""
    table, rows, sittings = states(as_of), day(as_of), seating.sittings(as_of)
    sitting = _numbers(sittings[sittings["is_open"]])
    free = sitting - _numbers(rows[rows["talking"]])
    queues = _numbers(rows[rows["waiting"]])
    lines = list(table.itertuples())
    full = [line for line in lines if line.level in ("near", "over")]

    def best(line: Any, chosen: list[Proposal]) -> Proposal | None:
        taken = {one.get("to_window") for one in chosen}
        others = [one for one in lines if one.window_id not in taken]
        acts = [_open_seat(line, sitting), _send(line, others, free, queues)]
        good = [act for act in acts if act and act["from_minutes"] - act["worst"] >= WORTH]
        return min(good, key=lambda act: act["worst"], default=None)

    chosen: list[Proposal] = []
    while len(chosen) < MOST:
        done = {one["window_id"] for one in chosen}
        open_acts = [(best(line, chosen), line) for line in full if line.window_id not in done]
        ranked = [(_gain(act, line), act) for act, line in open_acts if act]
        if not ranked:
            break
        chosen.append(max(ranked, key=lambda pair: pair[0])[1])
    stuck: list[Any] = [line for line in full if _is_stuck(line) and best(line, []) is None]
    stuck.sort(key=_burden, reverse=True)
    return chosen, [_helpless(line) for line in stuck]


def _longest_after(table: pd.DataFrame, chosen: list[Proposal]) -> float:
    """The hall's longest expected wait once all is done, windows nobody touches included."""
    waits = table.set_index("window_id")["expected_minutes"].copy()
    for act in chosen:
        waits[act["window_id"]] = act["to_minutes"]
        if "to_window" in act:
            waits[act["to_window"]] = act["after"]
    return float(waits.max())


@question
@cached
def advice(scope: Scope) -> pd.DataFrame:
    """At most three proposals for windows nearly full or overloaded, most minutes saved x people first.

    window_id, number, action (open_seat: the unit staffs another seat of this window; send: tickets of the
    unit go to a free seat it has at another window; none: overloaded and nothing at hand helps, no effect
    is given), unit (short name: who must act), from_minutes, to_minutes with its 80 % range low and high
    (wait of a ticket taken now, before and after), tickets and to_number (of ``send``: how many, to which
    window), seats (of ``none``), longest_minutes and longest_after_minutes (the hall's longest expected wait
    before and after all proposals, the same in every row).

    A clerk is never moved to another unit's seat. A proposal saves at least a minute, else it is not made.
    The worst window that nothing helps always has a row, after the proposals; others where rows are left.
    """
    table = states(scope.as_of)
    chosen, helpless = _proposals(scope.as_of)
    chosen = chosen[: MOST - min(len(helpless), 1)]
    made = pd.DataFrame([*chosen, *helpless][:MOST], columns=[*COLUMNS, *MORE])
    made["longest_minutes"] = float(table["expected_minutes"].max())
    made["longest_after_minutes"] = _longest_after(table, chosen)
    figures = dict.fromkeys([*COLUMNS[4:], "longest_minutes", "longest_after_minutes"], "float64")
    return made.astype({**figures, **dict.fromkeys(["number", *MORE], "Int64")})
