"""What units do with the demo's requests: sign, return, extend, close, be called back, do it again."""

from dataclasses import dataclass

import numpy as np

from casedb.bulk import Columns, stack, take
from casedb.city import TOWNS_OWN, City
from casedb.demo_callbacks import call_back
from casedb.demo_cases import PETITION, URGENT
from casedb.demo_extensions import extension
from casedb.demo_habits import Habits, contentment, habits
from casedb.demo_plan import LIMITS, Plan
from casedb.demo_time import NEVER, SECOND, between, either, in_hours, part, spread
from rules.words import ReturnRuling

REWORK = LIMITS.index("rework")
MOST_STEPS = 8
"""Assignments a case may have: returns and reworks end at some time."""

RETURNED, RETURNED_AGAIN = 0.042, 0.06
"""Chance that a unit returns a case with consent: the first that has it, and one that got it from another."""

ASKED_AGAIN = 0.5
"""Chance that a unit once refused asks again, and is refused again, when the case is sent back to it."""

TO_A_THIRD = 0.7
"""Share of the second returns that go to a unit that has not had the case."""

PACES = (0.0, 0.55, 0.83, 0.93, 1.0)
SHARES = (0.02, 0.10, 0.34, 0.44, 0.97)
"""How the pace of a petition becomes a part of its 60 days: most are done in 21, the slow ones in all."""

PETITION_LATE = 0.22
"""A unit is late with a petition so much more seldom than with other requests."""

FORGOTTEN = np.timedelta64(int(5.7 * 86_400), "s")
"""At the last moment no drawn case is late by more than this: the oldest ones are set by city.toml."""

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


def handle(plan: Plan, city: City, rng: np.random.Generator, cases: Columns) -> Steps:
    """Follow every dispatched request to its end, whether or not that lies beyond the plan's last moment."""
    sent = np.flatnonzero(~np.isnat(cases["_dispatch"]))
    known = habits(city)
    now = {
        "case": sent,
        "unit": _lead(city, rng, cases, sent),
        "limit": cases["_limit"][sent],
        "at": cases["_dispatch"][sent],
        "round": np.ones(len(sent), int),
        "hop": np.zeros(len(sent), int),
        "refused": np.zeros(len(sent), bool),
    }
    leads, calls = [], []
    for step in range(MOST_STEPS):
        if not len(now["case"]):
            break
        lead = _lead_step(plan, rng, now, known)
        lead["_step"] = np.full(len(now["case"]), step)
        doubted = known.doubted[lead["_unit"]]
        call = call_back(plan, rng, lead, contentment(known, cases, lead), doubted)
        leads.append(lead)
        calls.append(call)
        now = _again(city, rng, cases, lead, last=step == MOST_STEPS - 2)
    return Steps(stack(leads), stack(calls))


def _lead(city: City, rng: np.random.Generator, cases: Columns, sent: np.ndarray) -> np.ndarray:
    """The unit whose matter it is; some matters of departments go to the town of the place."""
    unit, town = city.leaf_units[cases["_leaf"][sent]], cases["_town"][sent]
    return np.where((unit == TOWNS_OWN) | (rng.random(len(sent)) < 0.20), town, unit)


UNSIGNED = 0.015
"""Share that lies for a day or more before anybody signs for it."""


def _lead_step(plan: Plan, rng: np.random.Generator, now: Columns, known: Habits) -> Columns:
    n, at, due = len(now["case"]), now["at"], plan.due(now["limit"], now["at"])
    slowly = spread(rng, n, 20, 0.8, 1_200)
    forgot = (rng.random(n) < UNSIGNED) * (between(rng, n, 30, 80))
    signed = at + np.where(now["limit"] == URGENT, slowly // 6, slowly + forgot)
    lead = {
        "_case": now["case"],
        "_unit": now["unit"],
        "_hop": now["hop"],
        "_limit": now["limit"],
        "round": now["round"],
        "dispatched_at": at,
        "signed_at": signed,
        "section_at": signed + spread(rng, n, 9, 0.8, 180),
        "due_at": due,
        "due_rule": RULES[now["limit"]],
    }
    lead.update(_return(rng, now, signed, known))
    stays = np.isnat(lead["returned_at"])
    lead.update(extension(plan, rng, lead, stays, known))
    lead.update(_closing(plan, rng, lead, stays, known))
    return lead


def _return(rng: np.random.Generator, now: Columns, signed: np.ndarray, known: Habits) -> Columns:
    """Some ask to return it; a unit that was refused before is refused again."""
    n = len(signed)
    accepted = np.where(now["hop"] > 0, RETURNED_AGAIN, RETURNED) * ~now["refused"]
    refused = np.where(now["refused"], ASKED_AGAIN, known.refused[now["unit"]])
    luck = np.where((now["hop"] < 3) & (now["limit"] != URGENT), rng.random(n), 1.0)
    asked = np.where(luck < accepted + refused, signed + spread(rng, n, 150, 0.7, 900), NEVER)
    ruling = either(np.isnat(asked), None, ReturnRuling.REFUSED.value)
    return {
        "return_asked_at": asked,
        "returned_at": np.where(luck < accepted, asked + spread(rng, n, 90, 0.7, 900), NEVER),
        "return_ruling": np.where(luck < accepted, ReturnRuling.ACCEPTED.value, ruling),
        "return_reason": either(np.isnat(asked), None, RETURN_REASONS[rng.integers(0, 4, n)]),
    }


def _closing(
    plan: Plan, rng: np.random.Generator, lead: Columns, stays: np.ndarray, known: Habits
) -> Columns:
    n, at, effective = len(stays), lead["dispatched_at"], lead["_effective"]
    late = np.where(lead["round"] > 1, known.late_again[lead["_unit"]], known.late[lead["_unit"]])
    petition = lead["_limit"] == PETITION
    late = np.where(petition, late * PETITION_LATE, late)
    pace = rng.beta(6.0, 2.4, n)
    pace = np.where(lead["extension_count"] > 0, pace * 0.97, np.interp(pace, PACES, SHARES))
    share = np.where(petition, pace, rng.beta(1.5, 1.9, n) * 0.97)
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
        "claims_resolved": either(stays, rng.random(n) < known.claims[lead["_unit"]], None),
    }


def _again(city: City, rng: np.random.Generator, cases: Columns, lead: Columns, last: bool) -> Columns:
    """What goes on: returned cases with another unit, those sent back with the same one in a new round."""
    if last:
        lead["sent_back_at"][:] = NEVER
        lead["send_back_reason"][:] = None
    returned, sent_back = ~np.isnat(lead["returned_at"]), ~np.isnat(lead["sent_back_at"])
    at = np.where(returned, lead["returned_at"], lead["sent_back_at"])
    places = np.flatnonzero(returned | sent_back)
    now = {
        "case": lead["_case"],
        "unit": np.where(returned, _other(city, rng, cases, lead), lead["_unit"]),
        "limit": np.where(sent_back, REWORK, lead["_limit"]),
        "at": at + between(rng, len(at), 0.1, 1.2),
        "round": lead["round"] + sent_back,
        "hop": np.where(last, 9, lead["_hop"] + returned),
        "refused": sent_back & (lead["return_ruling"] == ReturnRuling.REFUSED.value),
    }
    return take(now, places)


def _other(city: City, rng: np.random.Generator, cases: Columns, lead: Columns) -> np.ndarray:
    """Who gets what is returned: the town and the unit whose matter it is in turn, at times a third."""
    unit, town = lead["_unit"], cases["_town"][lead["_case"]]
    owner = city.leaf_units[cases["_leaf"][lead["_case"]]]
    fallback = np.where(owner == TOWNS_OWN, city.unit_number["D11"], owner)
    other = np.where(unit == town, fallback, town)
    luck = rng.random(len(unit))
    again = ~np.isnat(lead["returned_at"]) & (lead["_hop"] > 0) & (luck < TO_A_THIRD)
    for place in np.flatnonzero(again):
        near = neighbours(city, cases["_leaf"][lead["_case"][place]])
        new = [code for code in near if code not in (unit[place], other[place])]
        if new:
            other[place] = new[int(luck[place] / TO_A_THIRD * len(new))]
    return other


def neighbours(city: City, leaf: int) -> list[int]:
    """Units whose matters lie in the same branch of the tree."""
    branch = [row[0].split("/")[0] for row in city.names["matters"]]
    near = {int(unit) for unit, name in zip(city.leaf_units, branch, strict=True) if name == branch[leaf]}
    return sorted(near - {TOWNS_OWN})
