"""From the followed requests to the rows of the contract: only what had happened by the last moment."""

import numpy as np

from casedb.bulk import Columns, stack, take
from casedb.city import City
from casedb.demo_plan import Plan
from casedb.demo_steps import Steps
from casedb.demo_time import NEVER, between, either, in_hours, known, spread
from rules.words import CallbackSource, Rating, Role

LEAD_TIMES = (
    "signed_at",
    "section_at",
    "extension_asked_at",
    "extension_approved_at",
    "return_asked_at",
    "returned_at",
    "closed_at",
    "sent_back_at",
)
SECTIONS = np.array(["综合科", "业务科", "执法一科", "执法二科", "民生办", "信访办"], dtype=object)


def leads(plan: Plan, city: City, rng: np.random.Generator, cases: Columns, steps: Steps) -> Columns:
    """Lead assignments known at the last moment, in order of case and sequence."""
    rows = take(steps.leads, steps.leads["dispatched_at"] <= plan.last)
    rows = take(rows, np.lexsort((rows["_step"], rows["_case"])))
    for name in LEAD_TIMES:
        rows[name] = known(rows[name], plan.last)
    _forget(rows, "return_ruling", np.isnat(rows["returned_at"]) & (rows["return_ruling"] == "accepted"))
    _forget(rows, "return_ruling", np.isnat(rows["return_asked_at"]))
    _forget(rows, "return_reason", np.isnat(rows["return_asked_at"]))
    for name in ("close_note", "claims_resolved"):
        _forget(rows, name, np.isnat(rows["closed_at"]))
    _forget(rows, "send_back_reason", np.isnat(rows["sent_back_at"]))
    approved = ~np.isnat(rows["extension_approved_at"])
    rows["extended_to"] = np.where(approved, rows["extended_to"], NEVER)
    rows["extension_count"] = np.where(approved, rows["extension_count"], 0)
    n = len(rows["_case"])
    rows["seq"] = within(rows["_case"])
    rows["case_id"], rows["unit_id"] = cases["case_id"][rows["_case"]], city.unit_ids[rows["_unit"]]
    rows["assignment_id"] = numbered(rows["case_id"], "", rows["seq"])
    rows["role"] = np.full(n, Role.LEAD.value, dtype=object)
    rows["section"] = either(np.isnat(rows["section_at"]), None, SECTIONS[rng.integers(0, 6, n)])
    return rows


def assists(city: City, rng: np.random.Generator, rows: Columns) -> Columns:
    """Some leads have a second unit beside them; its row comes after the case's leads."""
    lone = np.r_[rows["_case"][1:] != rows["_case"][:-1], True] & (rng.random(len(rows["_case"])) < 0.08)
    beside = take(rows, lone)
    n = len(beside["_case"])
    beside["seq"] = beside["seq"] + 1
    beside["assignment_id"] = beside["case_id"] + np.full(n, "-assist", dtype=object)
    beside["unit_id"] = city.unit_ids[(beside["_unit"] + rng.integers(1, 50, n)) % 61]
    beside["role"] = np.full(n, Role.ASSIST.value, dtype=object)
    for name in ("returned_at", "return_asked_at", "sent_back_at"):
        beside[name] = np.full(n, NEVER)
    for name in ("return_ruling", "return_reason", "send_back_reason"):
        beside[name] = np.full(n, None, dtype=object)
    return beside


def callbacks(plan: Plan, city: City, rng: np.random.Generator, cases: Columns, steps: Steps) -> Columns:
    """Every attempt by the last moment, those about the centre's own answers included."""
    rows = stack([steps.callbacks, _about_the_centre(rng, cases)])
    rows = take(rows, rows["at"] <= plan.last)
    rows = take(rows, np.lexsort((rows["at"], rows["_case"])))
    place = _lead_place(rows, cases)
    rows["case_id"] = cases["case_id"][rows["_case"]]
    rows["unit_id"] = either(rows["_unit"] < 0, None, city.unit_ids[rows["_unit"]])
    rows["assignment_id"] = either(rows["_unit"] < 0, None, place)
    rows["callback_id"] = numbered(rows["case_id"], "B", within(rows["_case"]))
    return rows


def _lead_place(rows: Columns, cases: Columns) -> np.ndarray:
    """Code of the assignment that each call is about: the case's number and the step's place."""
    return numbered(cases["case_id"][rows["_case"]], "", rows["_step"] + 1)


def _about_the_centre(rng: np.random.Generator, cases: Columns) -> Columns:
    """A sample of the requests that the centre settled itself is called back about the centre."""
    settled = np.flatnonzero(~np.isnat(cases["settled_at"]))
    places = settled[rng.random(len(settled)) < 0.14]
    n = len(places)
    reached, content = rng.random(n) < 0.85, rng.random(n) < 0.965
    kind = np.where(content, Rating.SATISFIED.value, Rating.DISSATISFIED.value).astype(object)
    at = in_hours(rng, cases["settled_at"][places] + between(rng, n, 20, 60), 9, 20)
    return {
        "_case": places,
        "_step": np.zeros(n, int),
        "_unit": np.full(n, -1),
        "round": np.ones(n, int),
        "source": np.full(n, CallbackSource.CENTRE.value, dtype=object),
        "at": np.maximum(at, cases["settled_at"][places] + between(rng, n, 1, 3)),
        "reached": reached,
        "rating": either(reached, kind, None),
        "rated_object": np.full(n, "centre", dtype=object),
        "resolved": either(reached, np.where(content, "yes", "no"), None),
        "reason": either(reached & ~content, "处理太慢", None),
    }


def outcome(plan: Plan, rng: np.random.Generator, cases: Columns, rows: Columns, calls: Columns) -> None:
    """Adds to the cases when they were dispatched, finally closed and signed off."""
    n = len(cases["case_id"])
    cases["dispatched_at"] = cases["_dispatch"]
    cases["closed_at"] = cases["settled_at"].copy()
    ends = np.r_[rows["_case"][1:] != rows["_case"][:-1], True] if len(rows["_case"]) else np.zeros(0, bool)
    final = take(rows, ends & ~np.isnat(rows["closed_at"]) & np.isnat(rows["sent_back_at"]))
    cases["closed_at"][final["_case"]] = final["closed_at"]
    call = np.full(n, np.datetime64(0, "s"))
    np.maximum.at(call, calls["_case"], calls["at"])
    bad = np.zeros(n, bool)
    bad[calls["_case"][calls["rating"] == Rating.DISSATISFIED.value]] = True
    after = np.maximum(
        call, cases["closed_at"] + np.timedelta64(5 * 86_400, "s") * (call == np.datetime64(0, "s"))
    )
    ready = ~np.isnat(cases["dispatched_at"]) & (rng.random(n) < np.where(bad, 0.6, 0.95))
    signed = in_hours(rng, after + between(rng, n, 24, 96), 9, 17.5)
    signed = np.maximum(signed, after + spread(rng, n, 30, 0.3, 90))
    cases["signed_off_at"] = known(np.where(ready & ~np.isnat(cases["closed_at"]), signed, NEVER), plan.last)


def within(groups: np.ndarray) -> np.ndarray:
    """Place of each row within its group, from 1, where equal groups stand together."""
    fresh = np.r_[True, groups[1:] != groups[:-1]] if len(groups) else np.zeros(0, bool)
    begin = np.maximum.accumulate(np.where(fresh, np.arange(len(groups)), 0))
    return np.arange(len(groups)) - begin + 1


def numbered(codes: np.ndarray, letter: str, numbers: np.ndarray) -> np.ndarray:
    """Codes such as 20260928-0417-B2."""
    return np.array([f"{code}-{letter}{n}" for code, n in zip(codes, numbers, strict=True)], dtype=object)


def _forget(rows: Columns, name: str, where: np.ndarray) -> None:
    rows[name] = either(where, None, rows[name])
