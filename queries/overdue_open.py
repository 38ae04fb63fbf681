"""Open cases with their holder: the one read of the stock for supervision, and the assignments before."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from pandas import notna
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true

from casedb.tables import assignments, case_events
from queries import milestones
from queries.clocks import met_at
from queries.conditions import is_open, matter_is_open
from queries.contacting import FACES
from queries.database import arrays, records
from queries.feeds import written
from queries.hearings import Limits, moved
from queries.holding import CASE, HELD, Condition, by, holding, is_extended, unindexed
from queries.picked import picked
from queries.routes import is_petition
from rules.ladder import NEVER
from rules.words import Role, Urgency

Row = dict[str, Any]
Columns = dict[str, np.ndarray]
"""A place a case in every column."""

Which = Callable[[ColumnElement[Any]], Condition]
"""Whether a column names one of the cases that are asked about."""

ONLY_READ = ("longer", "heard_id", "accepted_at", "is_met", "is_told")
"""Columns that others are reckoned from."""

REFUSALS = 2
"""Meetings a citizen refused, written down, after which the unit need not try any more (M24)."""

OF_CASE = ("case_id", "received_at", "cluster_id", "first_case_id")
OF_HOLDER = ("unit_id", "dispatched_at", "return_asked_at", "due_rule", "due_at")
OF_LEAD = (*("case_id", "unit_id", "dispatched_at", "returned_at", "sent_back_at", "due_at", "due_rule"),)


def among(as_of: datetime, numbers: tuple[str, ...] | None) -> Which:
    """The cases of these numbers; where none are given, all whose matter is open."""
    if numbers is not None:
        return lambda column: picked(column, numbers)
    return lambda column: column.in_(select(CASE.c.case_id).where(matter_is_open(as_of)))


def stock(as_of: datetime, numbers: tuple[str, ...] | None) -> Columns:
    """Every open case, or those of these numbers.

    Columns: `OF_CASE`, `OF_HOLDER` (empty: nobody holds it), round (0 then), due_at (limit in force),
    first_at (the limit before it was extended or paused; empty: the same), is_extended, meet_from and
    tell_from (what the time counts from in which the citizen of a first petition is still to be met, and to
    be told), and yes or no for each of `_marks` but those that are
    `ONLY_READ`.
    """
    marks, heard = _marks(as_of), moved(as_of)
    own = {
        "longer": case((is_extended(as_of), HELD.c.extended_to), else_=None),
        "heard_id": case((HELD.c.assignment_id.in_(heard), HELD.c.assignment_id), else_=None),
        "accepted_at": case((_is_first_petition(), milestones.accepted()), else_=None),
        "marks": _packed(marks.values()),
    }
    columns = [*(CASE.c[name] for name in OF_CASE), *(HELD.c[name] for name in OF_HOLDER)]
    wanted = select(*columns, *(one.label(name) for name, one in own.items()))
    whole = wanted.select_from(CASE.outerjoin(HELD, holding(as_of)))
    known = whole.where(unindexed(CASE.c.received_at, as_of) <= as_of, is_open(as_of))
    found = arrays(known if numbers is None else known.where(picked(CASE.c.case_id, numbers)))
    packed = found.pop("marks")
    found |= {name: (packed >> place) % 2 > 0 for place, name in enumerate(marks)}
    reckoned = _limits(found, heard) | _counted_from(found) | {"round": packed >> len(marks)}
    return {name: column for name, column in found.items() if name not in ONLY_READ} | reckoned


def _limits(found: Columns, heard: Limits) -> Columns:
    """The limits, as `holding.due` has them: reckoned here, since the statement would reckon each thrice."""
    first, longer, held = found["due_at"], found["longer"], found["heard_id"]
    is_extended = ~np.isnat(longer)
    due_at = np.where(is_extended, longer, first)
    for place in np.flatnonzero(notna(held)):
        due_at[place] = heard[held[place]]
    first_at = np.where(due_at != first, first, NEVER)
    return {"due_at": due_at, "first_at": first_at, "is_extended": is_extended}


def _counted_from(found: Columns) -> Columns:
    """Of a first petition, the moment its milestones (M24) count from, while they are still to be kept."""
    steps = {"meet_from": "is_met", "tell_from": "is_told"}
    return {name: np.where(found[kept], NEVER, found["accepted_at"]) for name, kept in steps.items()}


def _marks(as_of: datetime) -> dict[str, Condition]:
    """What is so, or not, of a case and its holder.

    is_broken: a promise of an answer; is_met and is_told: of a first petition, what its milestones ask.
    """
    return {
        "is_held": HELD.c.assignment_id.is_not(None),
        "has_past": or_(HELD.c.assignment_id.is_(None), HELD.c.seq != 1),
        "is_group": CASE.c.is_group == true(),
        "is_urgent": CASE.c.urgency == Urgency.URGENT.value,
        "is_critical": CASE.c.urgency == Urgency.CRITICAL.value,
        "is_signed": by(HELD.c.signed_at, as_of),
        "is_broken": and_(by(CASE.c.promised_at, as_of), CASE.c.promised_due < as_of),
        "is_met": and_(_is_first_petition(), _is_met(as_of)),
        "is_told": and_(_is_first_petition(), _is_told(as_of)),
    }


def _packed(marks: Iterable[Condition]) -> ColumnElement[int]:
    """All in one number, which reads faster than so many columns: a bit each, and the round above them."""
    bits = [case((holds, 2**place), else_=0) for place, holds in enumerate(marks)]
    return sum(bits, func.coalesce(HELD.c.round, 0) * 2 ** len(bits))


def _is_first_petition() -> Condition:
    return and_(is_petition(), CASE.c.is_first == true())


def _is_met(as_of: datetime) -> Condition:
    """The citizen was met, or would not be."""
    met = met_at(FACES, CASE.c.received_at) <= as_of
    return or_(met, _refused(as_of) >= REFUSALS) if written(milestones.REFUSED) else met


def _is_told(as_of: datetime) -> Condition:
    """The citizen was told how it stands; where nobody ever writes that down, all of them count as told."""
    return milestones.event_at(milestones.FEEDBACK) <= as_of if written(milestones.FEEDBACK) else true()


def _refused(as_of: datetime) -> ColumnElement[int]:
    """How often the citizen would not be met."""
    step = case_events.c
    times = select(func.count()).where(
        step.case_id == CASE.c.case_id, step.event == milestones.REFUSED, by(step.at, as_of)
    )
    return times.correlate(CASE).scalar_subquery()


class Past(NamedTuple):
    """What the lead assignments of a case say together of what had happened by a moment, in order.

    ``returned``: when it was taken back from a unit (退单, accepted); ``sent_back``: for rework;
    ``reached``: when each distinct unit was first sent it (received, where that is not known); ``limited``:
    the first that had a limit.
    """

    returned: list[datetime]
    sent_back: list[datetime]
    reached: list[datetime]
    limited: Row | None

    @classmethod
    def of(cls, leads: Iterable[Row], received_at: datetime, as_of: datetime) -> "Past":
        """The past of one case, of its leads in order."""
        returned, sent_back, limited = [], [], None
        first: dict[str, datetime] = {}
        for lead in leads:
            at, unit = lead["dispatched_at"] or received_at, lead["unit_id"]
            if unit is not None:
                first[unit] = min(at, first.get(unit, at))
            returned.append(lead["returned_at"])
            sent_back.append(lead["sent_back_at"])
            limited = limited or (lead if lead["due_at"] else None)
        return cls(_come(returned, as_of), _come(sent_back, as_of), sorted(first.values()), limited)


def _come(moments: Iterable[datetime | None], as_of: datetime) -> list[datetime]:
    """Those that had come by the moment, earliest first."""
    return sorted(at for at in moments if at is not None and at <= as_of)


def pasts(found: Columns, as_of: datetime) -> dict[str, Past]:
    """The past of those cases of `stock` that have more to tell than their holder, by number."""
    more = found["has_past"]
    received = dict(zip(found["case_id"][more], found["received_at"][more].tolist(), strict=True))
    leads = groupby(records(_leads(tuple(received), as_of)), lambda lead: lead["case_id"])
    return {code: Past.of(rows, received[code], as_of) for code, rows in leads}


def _leads(numbers: tuple[str, ...], as_of: datetime) -> Select:
    mine = and_(picked(assignments.c.case_id, numbers), assignments.c.role == Role.LEAD.value)
    sent = by(assignments.c.dispatched_at, as_of, if_empty=True)
    wanted = select(*(assignments.c[name] for name in OF_LEAD)).where(mine, sent)
    return wanted.order_by(assignments.c.case_id, assignments.c.seq)
