"""Milestones of a petition: met in 3 days, fed back in 7, finished in 21 (M24); notified in 15, closed in 60.

Each has a base (its limit fell in the period) and what was done in time.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select

from casedb.tables import case_events
from queries.arguments import Scope
from queries.clocks import met_at
from queries.contacting import FACES
from queries.handling import is_due, stands
from queries.holding import CASE, HELD, Condition
from queries.later import later
from queries.routes import is_petition
from queries.within import began, kept, stretches
from rules.words import Role

LONGEST_WAIT = timedelta(days=7)
"""What is recorded later than this after it was received was accepted when it was received."""

FEEDBACK, NOTICE, REFUSED = "feedback", "notice", "meeting_refused"
"""Codes of case_events: progress fed back, acceptance notified in writing, a meeting the citizen refused."""


def accepted() -> ColumnElement[datetime]:
    """When the petition was accepted: recorded; received where that is unknown or a week away."""
    last = later(CASE.c.received_at, LONGEST_WAIT / timedelta(minutes=1))
    near = and_(CASE.c.recorded_at >= CASE.c.received_at, CASE.c.recorded_at <= last)
    return case((near, CASE.c.recorded_at), else_=CASE.c.received_at)


def is_first_petition(scope: Scope) -> Condition:
    """The first unit's part of a first petition; joined to its case."""
    first = and_(is_petition(), CASE.c.is_first.is_not(None), CASE.c.is_first != false())
    return and_(first, stands(scope), HELD.c.round == 1, HELD.c.role == Role.LEAD.value)


def _milestone(scope: Scope, rule: str) -> Condition:
    spans = stretches(rule, scope)
    near = began(CASE.c.received_at, [replace(one, start=one.start - LONGEST_WAIT) for one in spans])
    return and_(is_first_petition(scope), near, began(accepted(), spans))


def is_meet_due(scope: Scope) -> Condition:
    """Its days to be met ended in the period; who refused twice is not counted."""
    refused = select(func.count()).where(
        case_events.c.case_id == CASE.c.case_id, case_events.c.event == REFUSED
    )
    return and_(_milestone(scope, "meet"), refused.correlate(CASE).scalar_subquery() < 2)


def was_met(scope: Scope) -> Condition:
    return _kept(met_at(FACES, CASE.c.received_at), "meet", scope)


def is_feedback_due(scope: Scope) -> Condition:
    return _milestone(scope, "feedback")


def fed_back(scope: Scope) -> Condition:
    """Progress was fed back, or the answer given, within the days."""
    told = _kept(event_at(FEEDBACK), "feedback", scope)
    return or_(told, _kept(HELD.c.closed_at, "feedback", scope))


def is_finish_due(scope: Scope) -> Condition:
    return _milestone(scope, "finish")


def was_finished(scope: Scope) -> Condition:
    return _kept(HELD.c.closed_at, "finish", scope)


def is_notice_due(scope: Scope) -> Condition:
    """A petition whose days to be notified in writing ended in the period."""
    mine = and_(is_petition(), stands(scope), HELD.c.seq == 1)
    return and_(mine, began(CASE.c.received_at, stretches("petition_notice", scope)))


def was_notified(scope: Scope) -> Condition:
    spans = stretches("petition_notice", scope)
    return func.coalesce(kept(CASE.c.received_at, event_at(NOTICE), spans), false())


def event_at(code: str) -> ColumnElement[datetime]:
    """When a step of this code was first written down for the case."""
    mine = and_(case_events.c.case_id == CASE.c.case_id, case_events.c.event == code)
    return select(func.min(case_events.c.at)).where(mine).correlate(CASE).scalar_subquery()


def _kept(done: ColumnElement[Any], rule: str, scope: Scope) -> Condition:
    return func.coalesce(kept(accepted(), done, stretches(rule, scope)), false())


def is_petition_due(scope: Scope) -> Condition:
    """A petition whose limit in force fell in the period."""
    return and_(is_due(scope), is_petition())
