"""What came after a unit reported a case done: called back (M02), sent back (M17), brought again (M18)."""

from datetime import timedelta

from sqlalchemy import FromClause, and_, exists, func, true

from casedb.tables import callbacks, cases
from queries.arguments import Scope
from queries.handling import stands
from queries.holding import CASE, HELD, Condition, by, not_by
from queries.later import later
from queries.routes import by_repeat
from queries.within import began, inside, kept, passed, stretches
from rules.rulebook import load
from rules.words import CallbackSource

CENTRE_ERROR = "中心差错"
"""Reason of a sending back that is the centre's own mistake: it is not held against the unit (M17)."""

MINUTE = timedelta(minutes=1)


# ── called back (M02) ────────────────────────────────────────────────────────────────────────────────────


def is_callback_due(scope: Scope) -> Condition:
    """A first closing whose limit to be called back fell in the period."""
    first = and_(stands(scope), HELD.c.round == 1)
    return and_(first, began(HELD.c.closed_at, stretches("callback", scope)))


def called(scope: Scope) -> Condition:
    """Somebody other than the unit tried to call back within the limit."""
    call, spans = callbacks.alias("in_time"), stretches("callback", scope)
    return exists().where(
        call.c.case_id == CASE.c.case_id,
        call.c.source != CallbackSource.UNIT.value,
        call.c.at >= HELD.c.closed_at,
        kept(HELD.c.closed_at, call.c.at, spans),
    )


# ── sent back (M17) ──────────────────────────────────────────────────────────────────────────────────────


def is_matured(scope: Scope) -> Condition:
    """Reported done, and in the period it had been so for the days in which most is sent back."""
    return and_(stands(scope), inside(scope, HELD.c.closed_at, timedelta(days=load().rework.mature)))


def came_back(scope: Scope) -> Condition:
    """Sent back since, and not for a mistake of the centre."""
    blamed = func.coalesce(HELD.c.send_back_reason, "") != CENTRE_ERROR
    return and_(HELD.c.sent_back_at.is_not(None), by(HELD.c.sent_back_at, scope.as_of), blamed)


# ── brought again (M18) ──────────────────────────────────────────────────────────────────────────────────


def is_watched(scope: Scope) -> Condition:
    """Reported done and not sent back, and the days in which a repeat counts ended in the period."""
    done = by_repeat(lambda days: passed(scope, HELD.c.closed_at, days))
    return and_(stands(scope), done, not_by(HELD.c.sent_back_at, scope.as_of))


def came_again(_: Scope) -> Condition:
    """The same person came again with the same matter within those days; a progress call is no case."""
    return exists().where(is_repeat(cases.alias("again")))


def is_repeat(again: FromClause) -> Condition:
    """``again`` is a case of the person and matter that the unit had reported done within those days."""
    root = func.coalesce(CASE.c.first_case_id, CASE.c.case_id)
    return and_(
        again.c.first_case_id == root,
        again.c.case_id != CASE.c.case_id,
        again.c.is_valid == true(),
        again.c.merged_into.is_(None),
        again.c.received_at > HELD.c.closed_at,
        by_repeat(lambda days: again.c.received_at <= later(HELD.c.closed_at, days / MINUTE)),
    )
