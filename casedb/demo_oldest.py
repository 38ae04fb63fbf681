"""The oldest overdue requests of the demo's last moment, as city.toml names them."""

from datetime import date, datetime, time, timedelta

import numpy as np

from casedb.bulk import Columns
from casedb.city import City
from casedb.demo_plan import LIMITS, Plan
from rules.deadlines import due


def place(plan: Plan, city: City, cases: Columns) -> dict[int, tuple[int, str]]:
    """Choose a petition or complaint of the right age for each, and give it the matter.

    Returns by place in ``cases``: the unit's number and the rule of its limit.
    """
    chosen: dict[int, tuple[int, str]] = {}
    for unit, town, title, late, path in city.names["oldest"]:
        rule = "complaint"
        received = _begun(plan, rule, late)
        if received is None:
            continue
        place_of = _free(cases, received, chosen)
        if place_of is None:
            continue
        chosen[place_of] = (city.unit_number[unit], title)
        _describe(city, cases, place_of, city.unit_number[town], path)
        cases["_limit"][place_of] = LIMITS.index(rule)
    return chosen


def _begun(plan: Plan, rule: str, late: int) -> date | None:
    """The latest day whose limit passed so many days before the last moment."""
    wanted = datetime.combine(plan.until.date() - timedelta(days=late), time())
    day = wanted.date()
    while day > plan.start:
        day -= timedelta(days=1)
        if due(rule, datetime.combine(day, time()), plan.calendar) <= wanted:
            return day
    return None


def _free(cases: Columns, day: date, taken: dict[int, tuple[int, str]]) -> int | None:
    """A plain dispatched request of that day that nothing else refers to."""
    received = cases["received_at"].astype("M8[D]") == np.datetime64(day)
    plain = (
        received & ~np.isnat(cases["_dispatch"]) & (cases["_dispatch"].astype("M8[D]") == np.datetime64(day))
    )
    plain &= cases["is_first"] & (cases["confidentiality"] == "open") & (cases["channel_id"] != "hall")
    free = [int(n) for n in np.flatnonzero(plain) if int(n) not in taken]
    return free[0] if free else None


def _describe(city: City, cases: Columns, place_of: int, town: int, path: str) -> None:
    cases["_leaf"][place_of], cases["_town"][place_of] = city.leaf(path), town
    cases["_no_area"][place_of] = False
    cases["nature"][place_of], cases["urgency"][place_of] = "complaint", "normal"
    cases["cluster_id"][place_of] = None


def keep_open(leads: Columns, chosen: dict[int, tuple[int, str]]) -> None:
    """Their units have signed and done nothing since: no return, no extension, no closing."""
    never = np.datetime64("NaT", "s")
    for place_of, (unit, _title) in chosen.items():
        rows = np.flatnonzero(leads["_case"] == place_of)
        leads["_unit"][rows] = unit
        first = rows[leads["_step"][rows] == 0]
        for name in ("return_asked_at", "returned_at", "closed_at", "sent_back_at", "extension_asked_at"):
            leads[name][first] = never
        for name in ("extension_approved_at", "extended_to"):
            leads[name][first] = never
        for name in ("return_ruling", "return_reason", "send_back_reason", "close_note", "claims_resolved"):
            leads[name][first] = None
        leads["extension_count"][first] = 0
        leads["dispatched_at"][rows[leads["_step"][rows] > 0]] = np.datetime64("9999-01-01", "s")
