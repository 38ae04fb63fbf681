"""What else a request leaves behind: contacts, evidence, steps, exclusions and acts of supervision."""

import numpy as np

from casedb.bulk import Columns, stack, take
from casedb.demo_cases import PETITION, URGENT
from casedb.demo_plan import Plan
from casedb.demo_rows import numbered, within
from casedb.demo_time import NEVER, between, either, part, spread
from rules.words import ContactMode, EvidenceKind, Rating

LADDER = (
    (1, -20.0, "sla", "中心值班长"),
    (2, 9.2, "ladder.overdue", "中心督办科"),
    (3, 7 * 24 + 9.4, "ladder.raise_workdays", "市委督查室"),
    (4, 16 * 24 + 10.0, "meeting", "调度会主持人"),
)
"""Level, hours after the limit, rule and post: reminded, slip, raised, put before the meeting."""

REMINDED = 0.3
"""Share of those near their limit that the centre calls about (D1)."""


def contacts(plan: Plan, rng: np.random.Generator, rows: Columns) -> Columns:
    """The unit calls or meets the citizen some time after signing, sometimes twice; a petitioner it calls."""
    signed = take(rows, ~np.isnat(rows["signed_at"]) & (rng.random(len(rows["seq"])) < 0.93))
    twice = np.repeat(np.arange(len(signed["seq"])), rng.integers(1, 3, len(signed["seq"])))
    signed = take(signed, twice)
    n = len(twice)
    end = np.fmin(np.fmin(signed["closed_at"], signed["returned_at"]), plan.last)
    at = signed["signed_at"] + spread(rng, n, 150, 1.1, 4_000)
    at = np.where(at < end, at, part(rng, signed["signed_at"], np.maximum(end, signed["signed_at"])))
    modes = [mode.value for mode in ContactMode]
    mode = rng.choice(modes, n, p=[0.66, 0.10, 0.03, 0.15, 0.06]).astype(object)
    mode[signed["_limit"] == PETITION] = ContactMode.PHONE.value
    return {
        "contact_id": numbered(signed["assignment_id"], "C", within(twice)),
        "case_id": signed["case_id"],
        "unit_id": signed["unit_id"],
        "at": at,
        "mode": mode,
        "reached": rng.random(n) < 0.84,
    }


def evidence(rng: np.random.Generator, rows: Columns) -> Columns:
    """Photos and papers handed in shortly before a closing; one in two hundred is an old picture again."""
    closed = take(rows, ~np.isnat(rows["closed_at"]) & (rng.random(len(rows["seq"])) < 0.7))
    n = len(closed["seq"])
    kinds = [kind.value for kind in EvidenceKind]
    marks = rng.integers(0, 2**62, (n, 4))
    again = np.flatnonzero(rng.random(n) < 0.005)
    marks[again[again > 50]] = marks[again[again > 50] - 50]
    return {
        "evidence_id": numbered(closed["assignment_id"], "E", np.ones(n, int)),
        "case_id": closed["case_id"],
        "unit_id": closed["unit_id"],
        "kind": rng.choice(kinds, n, p=[0.62, 0.2, 0.1, 0.08]).astype(object),
        "at": part(rng, np.fmax(closed["section_at"], closed["signed_at"]), closed["closed_at"]),
        "sha256": fingerprints(marks),
        "latitude": rng.normal(28.20, 0.12, n).round(6),
        "longitude": rng.normal(112.50, 0.16, n).round(6),
    }


def fingerprints(marks: np.ndarray) -> np.ndarray:
    """Four numbers a piece, as the 64 characters of its fingerprint."""
    return np.array(["".join(f"{mark:016x}" for mark in row) for row in marks.tolist()], dtype=object)


def events(plan: Plan, rng: np.random.Generator, rows: Columns) -> Columns:
    """Steps without a table of their own: the citizen urges, the unit reports progress."""
    parts = [
        _events(plan, rng, rows, 0.10, "urged", None, "群众来电催办"),
        _events(plan, rng, rows, 0.16, "progress", "经办人", "已联系群众，正在办理"),
        _events(plan, rng, rows, 0.05, "site_visit", "经办人", "现场踏勘"),
    ]
    listed = stack(parts)
    return take(listed, np.lexsort((listed["at"], listed["case_id"].astype(str))))


def _events(
    plan: Plan, rng: np.random.Generator, rows: Columns, chance: float, code: str, role: str | None, text: str
) -> Columns:
    held = take(rows, ~np.isnat(rows["signed_at"]) & (rng.random(len(rows["seq"])) < chance))
    n = len(held["seq"])
    end = np.fmin(np.fmin(held["closed_at"], held["returned_at"]), plan.last)
    return {
        "event_id": numbered(held["assignment_id"], code, np.ones(n, int)),
        "case_id": held["case_id"],
        "at": part(rng, held["signed_at"], np.maximum(end, held["signed_at"])),
        "actor_unit_id": held["unit_id"] if role else np.full(n, None, dtype=object),
        "actor_role": np.full(n, role or "话务员", dtype=object),
        "event": np.full(n, code, dtype=object),
        "payload": np.full(n, text, dtype=object),
    }


def exclusions(plan: Plan, rng: np.random.Generator, calls: Columns) -> Columns:
    """Units ask that some bad ratings be judged unreasonable; the centre agrees to most of them."""
    bad = (calls["rating"] == Rating.DISSATISFIED.value) & (calls["rated_object"] == "unit")
    asked = take(calls, bad & (rng.random(len(bad)) < 0.14))
    n = len(asked["round"])
    proposed = asked["at"] + between(rng, n, 1, 20)
    ruled = proposed + between(rng, n, 2, 60)
    granted = rng.random(n) < 0.66
    grounds = np.array(["超出法定职责", "诉求无法律依据", "已进入诉讼程序", "恶意评价"], dtype=object)
    rows = {
        "exclusion_id": numbered(asked["callback_id"], "X", np.ones(n, int)),
        "case_id": asked["case_id"],
        "callback_id": asked["callback_id"],
        "reason": grounds[rng.integers(0, 4, n)],
        "proposed_by": asked["unit_id"],
        "reviewed_by": either(ruled <= plan.last, "中心审核岗", None),
        "proposed_at": proposed,
        "approved_at": np.where(granted & (ruled <= plan.last), ruled, NEVER),
        "rejected_at": np.where(~granted & (ruled <= plan.last), ruled, NEVER),
    }
    return take(rows, proposed <= plan.last)


def escalations(plan: Plan, rng: np.random.Generator, rows: Columns) -> Columns:
    """Each step of the ladder that a lead assignment reached before it was closed or returned."""
    end = np.fmin(np.fmin(rows["closed_at"], rows["returned_at"]), plan.last)
    effective = either(rows["extension_asked_at"] <= rows["due_at"], rows["extended_to"], rows["due_at"])
    effective = either(np.isnat(effective), rows["due_at"], effective)
    parts = []
    for level, hours, rule, post in LADDER:
        at = effective + np.timedelta64(int(hours * 3600), "s")
        at = np.where(rows["_limit"] == URGENT, at - np.timedelta64(int(min(hours, 8) * 3600), "s"), at)
        at = at + between(rng, len(at), 0, 0.6)
        reached = (at < end) & (at > rows["dispatched_at"])
        if level == 1:
            reached &= rng.random(len(at)) < REMINDED
        parts.append(_acts(take(rows, reached), at[reached], level, rule, post))
    listed = stack(parts)
    return take(listed, np.lexsort((listed["at"], listed["case_id"].astype(str))))


def _acts(rows: Columns, at: np.ndarray, level: int, rule: str, post: str) -> Columns:
    n = len(at)
    codes = numbered(rows["assignment_id"], "D", np.full(n, level))
    return {
        "escalation_id": codes,
        "case_id": rows["case_id"],
        "level": np.full(n, level),
        "at": at,
        "by_post": np.full(n, post, dtype=object),
        "doc_no": np.array([f"宁督〔{code[:4]}〕{code[4:]}" for code in codes], dtype=object),
        "rule": np.full(n, rule, dtype=object),
    }
