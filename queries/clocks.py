"""Clocks besides those of `handling` and `milestones`: the three hours (M23), the spot, public promises.

Each has a base (its limit fell in the period) and what was done in time. What nobody records is in no base.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select
from sqlalchemy import case as when

from casedb.tables import areas, assignments, contacts
from queries.arguments import Scope
from queries.conditions import is_valid
from queries.contacting import VISIT, reached_in
from queries.handling import stands
from queries.holding import CASE, HELD, Condition, by, not_by
from queries.later import later
from queries.within import passed
from rules.rulebook import load
from rules.words import AreaKind, Role, Urgency


def _hour(name: str) -> timedelta:
    return timedelta(hours=getattr(load().sla, name))


def _within_hour(begin: ColumnElement[Any], done: ColumnElement[Any], name: str) -> Condition:
    in_time = and_(done.is_not(None), done <= later(begin, 60 * getattr(load().sla, name)))
    return and_(begin.is_not(None), func.coalesce(in_time, false()))


# ── one hour, one hour, one hour (M23) ───────────────────────────────────────────────────────────────────


def is_record_due(scope: Scope) -> Condition:
    """Its hour to be recorded ended in the period; handled without it: not known."""
    touched = or_(*(by(CASE.c[name], scope.as_of) for name in ("dispatched_at", "settled_at", "closed_at")))
    unknown = and_(CASE.c.recorded_at.is_(None), func.coalesce(touched, false()))
    return and_(is_valid(scope.as_of), passed(scope, CASE.c.received_at, _hour("record")), not_(unknown))


def was_recorded(_: Scope) -> Condition:
    return _within_hour(CASE.c.received_at, CASE.c.recorded_at, "record")


def is_dispatch_due(scope: Scope) -> Condition:
    """Its hour to be sent to a unit ended in the period; what the centre settled itself is not sent."""
    own = not_by(CASE.c.settled_at, scope.as_of)
    return and_(is_valid(scope.as_of), own, passed(scope, CASE.c.recorded_at, _hour("dispatch")))


def was_dispatched(_: Scope) -> Condition:
    return _within_hour(CASE.c.recorded_at, CASE.c.dispatched_at, "dispatch")


def is_section_due(scope: Scope) -> Condition:
    """The unit's hour to name a section ended in the period."""
    return and_(stands(scope), passed(scope, HELD.c.dispatched_at, _hour("section")))


def section_named(_: Scope) -> Condition:
    return _within_hour(HELD.c.dispatched_at, HELD.c.section_at, "section")


def is_chain_due(scope: Scope) -> Condition:
    """The first unit's hour ended in the period, and all three beginnings are known."""
    return and_(is_section_due(scope), HELD.c.seq == 1, CASE.c.recorded_at.is_not(None))


def chain_kept(scope: Scope) -> Condition:
    """All three hours were kept."""
    return and_(was_recorded(scope), was_dispatched(scope), section_named(scope))


# ── on the spot ──────────────────────────────────────────────────────────────────────────────────────────


def _place() -> ColumnElement[str]:
    """Town or country: as the case says, else its area."""
    place = select(areas.c.area_kind).where(areas.c.area_id == CASE.c.area_id).correlate(CASE)
    return func.coalesce(CASE.c.area_kind, place.scalar_subquery())


def _by_place(condition: Any) -> Condition:
    """The condition with the last minutes to arrive in town and in the country; no limit where not known."""
    kind, book = _place(), load().whistle
    urban = and_(kind == AreaKind.URBAN.value, condition(book.urban))
    rural = and_(kind == AreaKind.RURAL.value, condition(book.rural_last))
    return func.coalesce(or_(urban, rural), false())


def scene_limit() -> ColumnElement[datetime]:
    """When somebody must be there at the last; empty where the place is not known."""
    kind, book = _place(), load().whistle
    urban = (kind == AreaKind.URBAN.value, later(HELD.c.dispatched_at, book.urban))
    rural = (kind == AreaKind.RURAL.value, later(HELD.c.dispatched_at, book.rural_last))
    return when(urban, rural)


def is_scene_due(scope: Scope) -> Condition:
    """A critical matter whose limit to be on the spot ended in the period."""
    sent, last = HELD.c.dispatched_at, timedelta(minutes=load().whistle.rural_last)
    limit = _by_place(lambda minutes: passed(scope, sent, timedelta(minutes=minutes)))
    # The longest of these limits first, by which the index finds the few that can be meant.
    near = and_(sent < scope.as_of, sent >= scope.start - last) if scope.start else sent < scope.as_of
    return and_(stands(scope), near, CASE.c.urgency == Urgency.CRITICAL.value, limit)


def on_the_spot(_: Scope) -> Condition:
    """Somebody of the unit was there by the last limit."""
    there = met_at(VISIT, HELD.c.dispatched_at)
    return _by_place(lambda minutes: and_(there.is_not(None), there <= later(HELD.c.dispatched_at, minutes)))


def met_at(modes: tuple[str, ...], since: ColumnElement[Any]) -> ColumnElement[datetime]:
    """When the citizen was first reached in one of these ways."""
    mine = and_(contacts.c.case_id == CASE.c.case_id, contacts.c.at >= since)
    first = select(func.min(contacts.c.at)).where(mine, reached_in(modes))
    return first.correlate(CASE, HELD).scalar_subquery()


# ── promises (A19, M29) ──────────────────────────────────────────────────────────────────────────────────


def is_promise_due(scope: Scope) -> Condition:
    """A public promise of an answer whose day came in the period; who withdraws it cannot undo it."""
    return and_(is_valid(scope.as_of), CASE.c.promised_at.is_not(None), passed(scope, CASE.c.promised_due))


def promise_ended() -> ColumnElement[datetime]:
    """When it was first answered since the promise, or closed."""
    answer = select(func.min(assignments.c.closed_at)).where(
        assignments.c.case_id == CASE.c.case_id,
        assignments.c.role == Role.LEAD.value,
        assignments.c.closed_at >= CASE.c.promised_at,
    )
    return func.coalesce(answer.correlate(CASE).scalar_subquery(), CASE.c.closed_at)


def promise_kept(_: Scope) -> Condition:
    """Answered, or closed, by the promised moment."""
    return func.coalesce(promise_ended() <= CASE.c.promised_due, false())
