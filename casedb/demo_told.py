"""Whistles of the demo that are told one by one: those of the last day, and those still under way."""

from typing import Any

import numpy as np

from casedb.bulk import Columns
from casedb.city import City
from casedb.demo_plan import Plan
from casedb.demo_time import NEVER
from casedb.demo_whistles import DEALT_WITH, limits
from rules.words import ArrivalProof, Role, WhistleKind

Row = dict[str, Any]

MINUTE = np.timedelta64(60, "s")

STEPS = {"answered": 0.2, "departed": 7 / 15, "arrived": 1.0}
"""Share of the way to the spot after which each step is taken."""

STAYS, SIGNS_OFF, RULES = 50 * MINUTE, 15 * MINUTE, 35 * MINUTE
"""How long a unit stays, the town takes to sign off after that, and the centre to rule a whistle void."""


def told(plan: Plan, city: City) -> tuple[list[Row], list[Row]]:
    """(whistles, summons) as city.toml tells them: those of the last day that are over, then the others."""
    blown, summons = [], []
    for number, (town, matter, urban, hours, end, units) in enumerate(city.names["lately"], start=1):
        accepted = plan.last - round(hours * 60) * MINUTE
        whistle = blow(f"WH{90_010 + number}", town, matter, urban, accepted)
        called = [call(whistle, place, *unit) for place, unit in enumerate(units)]
        if accepted >= plan.first:
            blown.append(_ended(whistle, called, end))
            summons += called
    for number, (town, matter, urban, minutes, units) in enumerate(city.names["running"], start=1):
        whistle = blow(f"WH-now-{number}", town, matter, urban, plan.last - minutes * MINUTE)
        blown.append(whistle)
        for place, (unit, state, *took) in enumerate(units):
            summons.append(call(whistle, place, unit, state, took[0] if took else 0.75 * minutes))
    return blown, summons


def blow(code: str, town: str, matter: str, urban: bool, accepted: np.datetime64) -> Row:
    """A whistle that was accepted two minutes after it was blown, and is not over."""
    return {
        "whistle_id": code,
        "town_id": town,
        "at": accepted - 2 * MINUTE,
        "accepted_at": accepted,
        "kind": WhistleKind.EMERGENCY.value,
        "matter": matter,
        "place": None,
        "spot_id": f"{town}-0",
        "area_kind": "urban" if urban else "rural",
        "case_id": None,
        "cancelled_at": NEVER,
        "ruled_void_at": NEVER,
        "closed_at": NEVER,
        "unit_rating": np.nan,
    }


def call(whistle: Row, place: int, unit: str, state: str, took: float = 20) -> Row:
    """A unit that was called: called, answered, departed, arrived, self (by its own word) or ruled_out.

    ``took``: minutes from the call to the arrival, had it gone there.
    """
    accepted, (limit, last) = whistle["accepted_at"], limits(np.array([whistle["area_kind"]]))
    step = {"self": "arrived", "ruled_out": "answered"}.get(state, state)
    taken = list(STEPS)[: list(STEPS).index(step) + 1] if step in STEPS else []
    times = {name: _after(accepted, STEPS[name] * took) for name in taken}
    arrived = times.get("arrived", NEVER)
    proof = {"self": ArrivalProof.SELF.value, "arrived": ArrivalProof.POSITION.value}.get(state)
    return {
        "summons_id": f"{whistle['whistle_id']}-{place + 1}",
        "whistle_id": whistle["whistle_id"],
        "unit_id": unit,
        "role": (Role.ASSIST if place else Role.LEAD).value,
        "called_at": accepted,
        "due_at": accepted + limit[0],
        "last_due_at": accepted + last[0] if last[0] > limit[0] else NEVER,
        "answered_at": times.get("answered", NEVER),
        "departed_at": times.get("departed", NEVER),
        "arrived_at": arrived,
        "arrival_proof": proof,
        "confirmed_at": NEVER if state == "self" else arrived,
        "left_at": NEVER,
        "ruled_out_at": _after(accepted, took / 2) if state == "ruled_out" else NEVER,
        "action": None,
        "town_rating": np.nan,
    }


def _after(moment: np.datetime64, minutes: float) -> np.datetime64:
    return moment + np.timedelta64(round(minutes * 60), "s")


def _ended(whistle: Row, called: list[Row], end: str) -> Row:
    """Ruled void, or over: whoever came has left, and the town has signed it off."""
    if end == "void":
        return whistle | {"ruled_void_at": whistle["accepted_at"] + RULES}
    for row in called:
        if row["arrival_proof"]:
            row.update(left_at=row["arrived_at"] + STAYS, action=DEALT_WITH, town_rating=4.0)
    left = max(row["left_at"] for row in called if row["arrival_proof"])
    return whistle | {"closed_at": left + SIGNS_OFF, "unit_rating": 4.0}


def columns(rows: list[Row]) -> Columns:
    """The rows column by column."""
    return {name: _column([row[name] for row in rows]) for name in rows[0]} if rows else {}


def _column(values: list[Any]) -> np.ndarray:
    kind: Any = {np.datetime64: "M8[s]", float: float, np.float64: float}.get(type(values[0]), object)
    return np.array(values, dtype=kind)
