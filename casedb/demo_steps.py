"""What units do with the demo's requests: sign, return, extend, close, be called back, do it again."""

from dataclasses import dataclass

import numpy as np

from casedb.bulk import Columns, stack, take
from casedb.city import TOWNS_OWN, City
from casedb.demo_callbacks import call_back
from casedb.demo_cases import PETITION, URGENT
from casedb.demo_plan import LIMITS, Plan
from casedb.demo_time import NEVER, SECOND, between, either, in_hours, part, spread
from rules.words import ReturnRuling

REWORK, EXTENSION = LIMITS.index("rework"), LIMITS.index("extension")
MOST_STEPS = 8
"""Assignments a case may have: returns and reworks end at some time."""

RETURNED, REFUSED = 0.042, 0.018
LATE = 0.106
"""Chance of an average unit to be late."""

FORGOTTEN = np.timedelta64(int(5.7 * 86_400), "s")
"""At the last moment no drawn case is late by more than this: the oldest ones are set by city.toml."""

TEMPERS = 610
"""Seed of the units' characters: they stay the same whatever the seed of the demo."""

RULES = np.array([f"sla.{rule}" for rule in LIMITS], dtype=object)
RETURN_REASONS = np.array(["非本单位职责", "属地管理事项", "需多部门会商", "地址有误"], dtype=object)
NOTES = np.array(
    ["已现场处置并答复", "已整改到位", "已电话答复并说明政策", "已安排施工，完成修复"], dtype=object
)


@dataclass
class Steps:
    """What became of a block of requests: lead assignments and callbacks, column by column."""

    leads: Columns
    callbacks: Columns


def tempers(city: City) -> tuple[np.ndarray, np.ndarray]:
    """Per unit: the chance that a citizen is satisfied, and the chance to be late."""
    rng, n = np.random.default_rng(TEMPERS), len(city.unit_ids)
    satisfied, late = rng.normal(0.915, 0.008, n), LATE * rng.lognormal(0, 0.35, n)
    for names, rate, slow in (("better", 0.985, 0.4), ("lagging", 0.72, 1.7)):
        places = [city.unit_number[code] for code in city.names[names]]
        satisfied[places], late[places] = rate, LATE * slow
    return satisfied, late


def handle(plan: Plan, city: City, rng: np.random.Generator, cases: Columns) -> Steps:
    """Follow every dispatched request to its end, whether or not that lies beyond the plan's last moment."""
    sent = np.flatnonzero(~np.isnat(cases["_dispatch"]))
    satisfied, late = tempers(city)
    now = {
        "case": sent,
        "unit": _lead(city, rng, cases, sent),
        "limit": cases["_limit"][sent],
        "at": cases["_dispatch"][sent],
        "round": np.ones(len(sent), int),
        "hop": np.zeros(len(sent), int),
    }
    leads, calls = [], []
    for step in range(MOST_STEPS):
        if not len(now["case"]):
            break
        lead = _lead_step(plan, rng, now, late)
        lead["_step"] = np.full(len(now["case"]), step)
        call = call_back(plan, rng, lead, satisfied)
        leads.append(lead)
        calls.append(call)
        now = _again(city, rng, cases, lead, last=step == MOST_STEPS - 2)
    return Steps(stack(leads), stack(calls))


def _lead(city: City, rng: np.random.Generator, cases: Columns, sent: np.ndarray) -> np.ndarray:
    """The unit whose matter it is; some matters of departments go to the town of the place."""
    unit, town = city.leaf_units[cases["_leaf"][sent]], cases["_town"][sent]
    return np.where((unit == TOWNS_OWN) | (rng.random(len(sent)) < 0.20), town, unit)


def _lead_step(plan: Plan, rng: np.random.Generator, now: Columns, late: np.ndarray) -> Columns:
    n, at, due = len(now["case"]), now["at"], plan.due(now["limit"], now["at"])
    signed = at + spread(rng, n, 42, 1.0, 1_200)
    section = signed + spread(rng, n, 18, 0.9, 180)
    luck = np.where((now["hop"] < 3) & (now["limit"] != URGENT), rng.random(n), 1.0)
    asked = np.where(luck < RETURNED + REFUSED, signed + spread(rng, n, 150, 0.7, 900), NEVER)
    returned = np.where(luck < RETURNED, asked + spread(rng, n, 90, 0.7, 900), NEVER)
    stays = np.isnat(returned)
    lead = {
        "_case": now["case"],
        "_unit": now["unit"],
        "_hop": now["hop"],
        "_limit": now["limit"],
        "round": now["round"],
        "dispatched_at": at,
        "signed_at": signed,
        "section_at": section,
        "due_at": due,
        "due_rule": RULES[now["limit"]],
        "return_asked_at": asked,
        "returned_at": returned,
        "return_ruling": np.where(
            luck < RETURNED,
            ReturnRuling.ACCEPTED.value,
            either(np.isnat(asked), None, ReturnRuling.REFUSED.value),
        ),
        "return_reason": either(np.isnat(asked), None, RETURN_REASONS[rng.integers(0, 4, n)]),
    }
    lead.update(_extension(plan, rng, lead, stays))
    lead.update(_closing(plan, rng, lead, stays, late[now["unit"]]))
    return lead


def _extension(plan: Plan, rng: np.random.Generator, lead: Columns, stays: np.ndarray) -> Columns:
    """Some ask for more time; the few who ask after the limit get nothing by it."""
    n, due = len(stays), lead["due_at"]
    wanted = stays & (lead["_limit"] != URGENT) & (rng.random(n) < 0.075)
    begin = lead["section_at"] + (due - lead["section_at"]) // 2
    in_time = np.where(rng.random(n) < 0.94, part(rng, begin, due), due + between(rng, n, 1, 20))
    asked = np.where(wanted, in_time, NEVER)
    new = plan.due(np.full(n, EXTENSION), due - SECOND)
    return {
        "extension_asked_at": asked,
        "extension_approved_at": np.where(wanted, asked + between(rng, n, 0.5, 16), NEVER),
        "extended_to": np.where(wanted, new, NEVER),
        "extension_count": wanted.astype(int),
        "_effective": np.where(wanted & (asked <= due), new, due),
    }


def _closing(
    plan: Plan, rng: np.random.Generator, lead: Columns, stays: np.ndarray, late: np.ndarray
) -> Columns:
    n, at, effective = len(stays), lead["dispatched_at"], lead["_effective"]
    petition = lead["_limit"] == PETITION
    share = np.where(petition, rng.beta(6.0, 2.4, n), rng.beta(1.5, 1.9, n)) * 0.97
    in_time = at + (share * ((effective - at) / SECOND)).astype("m8[s]")
    office = in_hours(rng, in_time, 8.6, 18.2)
    in_time = either((office < at) | (office > effective), in_time, office)
    past = np.where(rng.random(n) < 0.82, rng.exponential(3.4, n), rng.exponential(7.0, n).clip(0, 34))
    overrun = effective + (past * 86_400).astype("m8[s]")
    overrun = np.where(
        lead["_limit"] != URGENT, in_hours(rng, overrun, 8.6, 18.2), overrun + between(rng, n, 0.2, 5)
    )
    asked_late = lead["extension_asked_at"] > lead["due_at"]
    is_late = (rng.random(n) < late) | asked_late
    closed = np.where(is_late, overrun, in_time)
    forgotten = (closed > plan.last) & (plan.last - effective > FORGOTTEN)
    closed = np.where(forgotten, part(rng, effective, np.maximum(plan.last, effective + SECOND)), closed)
    soonest = np.fmax(lead["section_at"], lead["return_asked_at"]) + spread(rng, n, 25, 0.5, 120)
    soonest = np.fmax(soonest, lead["extension_approved_at"])
    closed = np.where(stays, np.maximum(closed, soonest), NEVER)
    return {
        "closed_at": closed,
        "close_note": either(stays, NOTES[rng.integers(0, 4, n)], None),
        "claims_resolved": either(stays, rng.random(n) < 0.93, None),
    }


def _again(city: City, rng: np.random.Generator, cases: Columns, lead: Columns, last: bool) -> Columns:
    """What goes on: returned cases with another unit, those sent back with the same one in a new round."""
    if last:
        lead["sent_back_at"][:] = NEVER
        lead["send_back_reason"][:] = None
    returned, sent_back = ~np.isnat(lead["returned_at"]), ~np.isnat(lead["sent_back_at"])
    at = np.where(returned, lead["returned_at"], lead["sent_back_at"])
    places = np.flatnonzero(returned | sent_back)
    unit, town = lead["_unit"], cases["_town"][lead["_case"]]
    owner = city.leaf_units[cases["_leaf"][lead["_case"]]]
    fallback = np.where(owner == TOWNS_OWN, city.unit_number["D11"], owner)
    other = np.where(unit == town, fallback, town)
    now = {
        "case": lead["_case"],
        "unit": np.where(returned, other, unit),
        "limit": np.where(sent_back, REWORK, lead["_limit"]),
        "at": at + between(rng, len(at), 0.1, 1.2),
        "round": lead["round"] + sent_back,
        "hop": np.where(last, 9, lead["_hop"] + returned),
    }
    return take(now, places)
