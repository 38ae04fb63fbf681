"""The oldest overdue requests of the demo's last moment, as city.toml names them."""

from collections.abc import Collection

import numpy as np

from casedb.bulk import Columns, take
from casedb.city import City
from casedb.demo_plan import LIMITS, Plan
from casedb.demo_steps import Steps

OLDEST = np.timedelta64(60, "D")
"""None of them is older than that."""


def place(plan: Plan, city: City, cases: Columns, told: Collection[int]) -> dict[int, tuple[int, str]]:
    """Choose a petition or complaint of the right age for each, none of ``told``, and give it the matter.

    Returns by place in ``cases``: the unit's number and the title.
    """
    chosen: dict[int, tuple[int, str]] = {}
    for unit, town, title, late, path in city.names["oldest"]:
        rule, place_of = _aged(plan, cases, late, {*chosen, *told})
        if place_of is None:
            continue
        chosen[place_of] = (city.unit_number[unit], title)
        _describe(city, cases, place_of, city.unit_number[town], path)
        cases["_limit"][place_of] = LIMITS.index(rule)
        cases["urgency"][place_of] = "urgent" if rule == "urgent" else "normal"
    return chosen


def _aged(plan: Plan, cases: Columns, late: int, taken: set[int]) -> tuple[str, int | None]:
    """A plain dispatched request whose limit would have passed so many whole days ago, and by which rule.

    No limit in working days ends with a day of rest: then an urgent request, whose limit is in hours.
    """
    plain = ~np.isnat(cases["_dispatch"]) & cases["is_first"] & (cases["confidentiality"] == "open")
    plain &= (cases["channel_id"] != "hall") & ~np.isin(np.arange(len(plain)), list(taken))
    plain &= cases["_dispatch"] > plan.last - OLDEST
    places = np.flatnonzero(plain)
    for rule in ("complaint", "urgent"):
        due = plan.due(np.full(len(places), LIMITS.index(rule)), cases["_dispatch"][places])
        age = (plan.last.astype(int) - due.astype(int)) / 86_400
        fitting = places[(late <= age) & (age < late + 1)]
        if len(fitting):
            return rule, int(fitting[len(fitting) // 2])
    return "", None


def _describe(city: City, cases: Columns, place_of: int, town: int, path: str) -> None:
    cases["_leaf"][place_of], cases["_town"][place_of] = city.leaf(path), town
    cases["_no_area"][place_of] = False
    cases["nature"][place_of] = "complaint"
    cases["cluster_id"][place_of] = None


def keep_open(steps: Steps, chosen: dict[int, tuple[int, str]]) -> None:
    """Their units have signed and done nothing since: no return, no extension, no closing."""
    never, leads = np.datetime64("NaT", "s"), steps.leads
    steps.callbacks = take(steps.callbacks, ~np.isin(steps.callbacks["_case"], list(chosen)))
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
