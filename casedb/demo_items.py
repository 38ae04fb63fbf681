"""What the demo's meetings assigned and what came of it, and what is prepared for the next one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from casedb.bulk import Columns
from casedb.city import City
from casedb.demo_meetings import Held, begins
from casedb.demo_plan import Plan
from rules.words import ItemGroup, MeetingState

LAST_BATCH = ("signed",) * 6 + ("applied",) + ("late",) * 2
"""What came of the last meeting's nine items by the demo's last moment."""

NEXT_BATCH = (ItemGroup.SUPERVISION,) * 3 + (ItemGroup.ASSIGNMENT,) * 7 + (ItemGroup.CONSULTATION,) * 2
OLDER_OPEN = 5
"""Items of older batches that are not signed off yet."""

CHOSEN = 400
"""About so many candidates are kept from each block of requests."""

GROUPS = (ItemGroup.ASSIGNMENT,) * 6 + (ItemGroup.SUPERVISION,) * 3 + (ItemGroup.CONSULTATION,)


@dataclass(frozen=True)
class Candidate:
    """A request that may come before a meeting."""

    case_id: str
    title: str
    issue: str | None
    unit_id: str
    begin: datetime
    end: datetime


def candidates(
    plan: Plan, rng: np.random.Generator, cases: Columns, leads: Columns, oldest: list[int]
) -> list[Candidate]:
    """Open requests of some weight: petitions and what is late, and the oldest overdue ones always."""
    weighty = np.isin(leads["due_rule"].astype(str), ["sla.petition", "sla.complaint"]) & (
        leads["round"] == 1
    )
    weighty &= (cases["confidentiality"][leads["_case"]] == "open") & (leads["seq"] == 1)
    weighty &= np.isnat(leads["returned_at"])
    wanted = weighty & (rng.random(len(weighty)) < CHOSEN / max(1, weighty.sum()) * 5)
    wanted |= np.isin(leads["_case"], oldest) & (leads["seq"] == 1)
    found = []
    for place in np.flatnonzero(wanted):
        row, end = int(leads["_case"][place]), leads["closed_at"][place]
        found.append(
            Candidate(
                cases["case_id"][row],
                cases["title"][row],
                cases["issue"][row],
                leads["unit_id"][place],
                leads["dispatched_at"][place].item(),
                plan.until + timedelta(days=1) if np.isnat(end) else end.item(),
            )
        )
    return found


def rows(
    plan: Plan, city: City, rng: np.random.Generator, listed: list[Held], pool: list[Candidate]
) -> Columns:
    """Rows of the meeting_items table."""
    held = [h for h in listed if h.state == MeetingState.HELD and (plan.totals or begins(h) <= plan.until)]
    counts = _counts(plan, held, rng)
    fates = _fates(plan, counts)
    items: list[dict[str, Any]] = []
    used: set[str] = set()
    for place, meeting in enumerate(held):
        following = begins(held[place + 1]) if place + 1 < len(held) else _next(listed, meeting)
        for position, fate in enumerate(fates[place], start=1):
            item = _item(city, rng, meeting, position, _candidate(rng, pool, used, begins(meeting)))
            items.append(item | _life(plan, rng, begins(meeting), following, fate))
    coming = [h for h in listed if h.state == MeetingState.PLANNED]
    if coming and not plan.totals:
        items += _prepared(plan, city, rng, coming[0], pool, used)
    return _columns(items)


def _counts(plan: Plan, held: list[Held], rng: np.random.Generator) -> list[int]:
    """Items a meeting: exactly the published total, or eight to fourteen and nine at the last one."""
    if plan.totals:
        each, rest = divmod(plan.totals.assigned, max(1, len(held)))
        return [each + (place < rest) for place in range(len(held))]
    counts = rng.integers(8, 15, len(held)).tolist()
    return [*counts[:-1], len(LAST_BATCH)] if counts else []


def _fates(plan: Plan, counts: list[int]) -> list[list[str]]:
    """What became of each item by the last moment: signed, applied, late (nothing yet) or open."""
    fates = [["signed"] * count for count in counts]
    if plan.totals:
        open_items = plan.totals.assigned - plan.totals.done
        for back in range(open_items):
            # Most of what is open was assigned lately.
            fates[-1 - back % 6][back // 6] = "open" if back % 6 == 0 else "late"
        return fates
    if fates:
        fates[-1] = list(LAST_BATCH)
    for back in range(OLDER_OPEN):
        if len(fates) > 2 + back % 3:
            fates[-2 - back % 3][back // 3] = "applied" if back < 3 else "late"
    return fates


def _life(
    plan: Plan, rng: np.random.Generator, assigned: datetime, following: datetime, fate: str
) -> dict[str, Any]:
    """Moments of an item: pledged, due, done, applied, looked at, signed off."""
    now = min(plan.until, following + timedelta(days=20))
    first_due = datetime.combine(following.date(), datetime.min.time())
    if fate == "late" and first_due > plan.until:
        first_due = datetime.combine(plan.until.date(), datetime.min.time()) - timedelta(
            days=int(rng.integers(1, 3))
        )
    span = (min(now, first_due) - assigned).total_seconds()
    if rng.random() < 0.12:
        span = (now - assigned).total_seconds()
    steps = np.sort(rng.uniform(0.25, 0.97, 4)) if fate != "late" else np.zeros(4)
    moments = [assigned + timedelta(seconds=round(float(step) * span)) for step in steps]
    done, applied, verified, signed = [moment.replace(microsecond=0) for moment in moments]
    closed = fate in ("signed", "applied")
    return {
        "assigned_at": assigned + timedelta(minutes=40),
        "pledged_at": assigned + timedelta(minutes=75),
        "pledge": f"{first_due - timedelta(days=1):%m月%d日}前办结",
        "first_due_at": first_due,
        "due_at": first_due + timedelta(days=4) if fate == "late" and rng.random() < 0.5 else first_due,
        "closed_at": done if closed else None,
        "signoff_applied_at": applied if closed else None,
        "verified_at": verified if fate == "signed" else None,
        "signed_off_at": signed if fate == "signed" else None,
        "signed_off_by": "市委督查室" if fate == "signed" else None,
        "refused_count": int(rng.random() < 0.08) if closed else 0,
        "look_back_result": "现场核查，已整改到位" if fate == "signed" else None,
    }


def _item(
    city: City, rng: np.random.Generator, meeting: Held, position: int, case: Candidate | None
) -> dict[str, Any]:
    linked = [row[0] for row in city.units if row[3]]
    lead = case.unit_id if case else linked[int(rng.integers(len(linked)))]
    beside = [code for code in rng.choice(linked, 2, replace=False).tolist() if code != lead]
    matter = city.names["matters"][int(rng.integers(len(city.names["matters"])))]
    place = city.names["places"][int(rng.integers(len(city.names["places"])))]
    return {
        "item_id": f"{meeting.code}-{position:02d}",
        "meeting_id": meeting.code,
        "position": position,
        "case_id": case.case_id if case else None,
        "title": case.title if case else place + matter[4][0],
        "issue": case.issue if case else matter[1] or None,
        "item_group": GROUPS[int(rng.integers(len(GROUPS)))].value,
        "lead_unit_id": lead,
        "assist_unit_ids": ",".join(beside[: int(rng.integers(0, 3))]) or None,
        "owner_post": "分管副市长" if position % 3 else "单位主要负责人",
        "prepared_at": begins(meeting)
        - timedelta(hours=float(rng.uniform(14, 60))) // timedelta(seconds=1) * timedelta(seconds=1),
    }


def _candidate(
    rng: np.random.Generator, pool: list[Candidate], used: set[str], moment: datetime
) -> Candidate | None:
    """A request that was dispatched a few days before and was not closed yet."""
    begin = moment - timedelta(days=3)
    fitting = [c for c in pool if c.begin < begin and c.end > moment and c.case_id not in used]
    if not fitting:
        return None
    chosen = fitting[int(rng.integers(len(fitting)))]
    used.add(chosen.case_id)
    return chosen


def _prepared(
    plan: Plan, city: City, rng: np.random.Generator, coming: Held, pool: list[Candidate], used: set[str]
) -> list[dict[str, Any]]:
    """The list for the next meeting: the oldest overdue first, then what stands out."""
    oldest = {row[2]: n for n, row in enumerate(city.names["oldest"])}
    by_age = sorted((c for c in pool if c.title in oldest), key=lambda c: oldest[c.title])
    items = []
    for position, group in enumerate(NEXT_BATCH, start=1):
        case = by_age[position - 1] if position <= min(3, len(by_age)) else None
        case = case or _candidate(rng, pool, used, plan.until)
        item = _item(city, rng, coming, position, case)
        prepared = plan.until - timedelta(minutes=int(rng.integers(20, 60 * 40)))
        items.append(
            item
            | dict.fromkeys(_EMPTY)
            | {"item_group": group.value, "prepared_at": prepared, "refused_count": 0}
        )
    return items


_EMPTY = (
    "assigned_at",
    "pledged_at",
    "pledge",
    "first_due_at",
    "due_at",
    "closed_at",
    "signoff_applied_at",
    "verified_at",
    "signed_off_at",
    "signed_off_by",
    "look_back_result",
)


def _next(listed: list[Held], meeting: Held) -> datetime:
    later = [begins(h) for h in listed if h.state == MeetingState.PLANNED and h.actual > meeting.actual]
    return min(later, default=begins(meeting) + timedelta(days=10))


def _columns(items: list[dict[str, Any]]) -> Columns:
    if not items:
        return {}
    return {name: _column([item[name] for item in items]) for name in items[0]}


def _column(values: list[Any]) -> np.ndarray:
    if any(isinstance(value, datetime) for value in values):
        return np.array([np.datetime64(value or "NaT", "s") for value in values])
    return np.array(values, dtype=object)
