"""What stands around open cases, for the ladder: acts of supervision, repeats, events, whistles, meetings.

Each answer is by number of the case (of an event: by its code), and has only those of which there is one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Select, and_, func, or_, select, true

from casedb.tables import cases, escalations, meeting_items
from queries.database import records
from queries.holding import by, not_by
from queries.meetings_known import cutoff, seeded
from queries.overdue_open import Which
from queries.picked import picked
from queries.summoned import BLOWN, CALLED, PAIR, last_limit, tells_arrivals
from rules.deadlines import Moments
from rules.ladder import PROPOSED, since_repeated
from rules.rulebook import load

AGAIN = cases.alias("again")


class Act(NamedTuple):
    """The highest act of supervision recorded, when it was last, and when D5 was first proposed."""

    level: int
    at: datetime
    proposed: datetime | None


def acts(as_of: datetime, which: Which) -> dict[str, Act]:
    """What people did about the cases."""
    act = escalations.c
    wanted = select(act.case_id, act.level, act.at).where(which(act.case_id), by(act.at, as_of))
    found: dict[str, Act] = {}
    for row in records(wanted.order_by(act.level, act.at)):
        before = found.get(row["case_id"])
        known = before.proposed if before else None
        proposed = known or (row["at"] if row["level"] == PROPOSED else None)
        found[row["case_id"]] = Act(row["level"], row["at"], proposed)
    return found


class Repeats(NamedTuple):
    """How often a citizen came with the same matter at other times, in the days in which it counts."""

    number: int
    since: datetime | None


def repeats(as_of: datetime, which: Which, roots: Mapping[str, str]) -> dict[str, Repeats]:
    """Repeats of the cases; ``roots`` has the first case of those that are none themselves."""
    firsts = set(roots.values())
    of_older = or_(picked(AGAIN.c.first_case_id, firsts), picked(AGAIN.c.case_id, firsts))
    # Apart, since no planner finds its way through an alternative of a list and a select.
    pairs = [*records(_others(as_of, which(AGAIN.c.first_case_id))), *records(_others(as_of, of_older))]
    times: dict[str, dict[str, datetime]] = defaultdict(dict)
    for row in pairs:
        times[row["first_case_id"] or row["case_id"]][row["case_id"]] = row["received_at"]
    mine = {**{root: root for root in times}, **roots}
    found = {
        code: sorted(at for other, at in times[root].items() if other != code) for code, root in mine.items()
    }
    recent = as_of - timedelta(days=load().repeat.hotline)
    return {code: _repeats(arrivals, recent, as_of) for code, arrivals in found.items() if arrivals}


def _others(as_of: datetime, related: Any) -> Select:
    wanted = select(AGAIN.c.case_id, AGAIN.c.first_case_id, AGAIN.c.received_at)
    return wanted.where(related, AGAIN.c.is_valid == true(), by(AGAIN.c.received_at, as_of))


def _repeats(arrivals: list[datetime], recent: datetime, as_of: datetime) -> Repeats:
    """Of one case; who did not come after ``recent`` does not count now."""
    number = sum(at > recent for at in arrivals)
    return Repeats(number, since_repeated(arrivals, as_of) if number else None)


def clusters(as_of: datetime, codes: Iterable[str]) -> dict[str, datetime]:
    """When each event had been reported by so many people that its cases are raised.

    A person counts once, with all who came along the first time.
    """
    names = ("cluster_id", "case_id", "petitioner_id", "petitioner_count", "received_at")
    known = and_(
        picked(cases.c.cluster_id, codes), cases.c.is_valid == true(), by(cases.c.received_at, as_of)
    )
    wanted = select(*(cases.c[name] for name in names)).where(known)
    people: dict[str, dict[str, int]] = defaultdict(dict)
    found: dict[str, datetime] = {}
    for row in records(wanted.order_by(cases.c.received_at, cases.c.case_id)):
        event, told = row["cluster_id"], people[row["cluster_id"]]
        if event not in found:
            told.setdefault(row["petitioner_id"] or row["case_id"], row["petitioner_count"])
            if sum(told.values()) >= load().ladder.raise_cluster:
                found[event] = row["received_at"]
    return found


def missing(as_of: datetime) -> dict[str, datetime]:
    """The last limit of the first unit that is missing at a whistle of the case under way; none where the
    source records no arrivals.
    """
    if not tells_arrivals():
        return {}
    over = (BLOWN.c.closed_at, BLOWN.c.cancelled_at, BLOWN.c.ruled_void_at)
    there = (CALLED.c.arrived_at, CALLED.c.ruled_out_at)
    wanted = select(BLOWN.c.case_id, func.min(last_limit()).label("at")).select_from(PAIR)
    under_way = and_(by(BLOWN.c.accepted_at, as_of), *(not_by(end, as_of) for end in over))
    absent = and_(by(CALLED.c.called_at, as_of), *(not_by(end, as_of) for end in there))
    known = wanted.where(BLOWN.c.case_id.is_not(None), under_way, absent).group_by(BLOWN.c.case_id)
    return {row["case_id"]: row["at"] for row in records(known) if row["at"] is not None}


def listed(as_of: datetime) -> dict[str, datetime]:
    """Since when the case is on a meeting's list, prepared or assigned, and not signed off."""
    item = meeting_items.c
    on_it = or_(by(item.prepared_at, as_of), by(item.assigned_at, as_of))
    wanted = select(item.case_id, item.prepared_at, item.assigned_at).where(
        item.case_id.is_not(None), on_it, not_by(item.signed_off_at, as_of)
    )
    found: dict[str, datetime] = {}
    for row in records(wanted):
        put = min(at for at in (row["prepared_at"], row["assigned_at"]) if at is not None and at <= as_of)
        found[row["case_id"]] = min(put, found.get(row["case_id"], put))
    return found


def assigned(as_of: datetime) -> dict[str, datetime]:
    """When a meeting last assigned the case: the act of its chair."""
    item = meeting_items.c
    last = select(item.case_id, func.max(item.assigned_at).label("at"))
    known = last.where(item.case_id.is_not(None), by(item.assigned_at, as_of)).group_by(item.case_id)
    return {row["case_id"]: row["at"] for row in records(known)}


def sittings(since: datetime, until: datetime) -> tuple[Moments, Moments]:
    """When the figures of each meeting between the two close, in order, and when its day is over."""
    held = sorted((cutoff(one), one.actual) for one in seeded(since.date(), until.date()) if one.takes_place)
    ends = [datetime.combine(day, time()) + timedelta(days=1) for _close, day in held]
    return np.array([close for close, _day in held], "datetime64[us]"), np.array(ends, "datetime64[us]")
