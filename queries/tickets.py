"""Tickets (工单): valid cases sent to a unit; which were carried into a period, done in it, and left in hand.

A case that was merged into another, does not count, or was settled by the centre itself is no ticket at all.
"""

from sqlalchemy import and_, false, or_

from queries.arguments import Scope
from queries.conditions import is_dispatched
from queries.holding import CASE, Condition
from queries.within import inside


def _is_ticket(scope: Scope) -> Condition:
    """Sent to a unit by the moment, and received before the period ended."""
    is_over = scope.end is not None and scope.end <= scope.as_of
    received = CASE.c.received_at < scope.end if is_over else CASE.c.received_at <= scope.as_of
    return and_(received, is_dispatched(scope.as_of))


def _is_untimed() -> Condition:
    """The source says that it is closed, but not when."""
    return and_(CASE.c.closed_at.is_(None), CASE.c.stated_closed != false())


def _never_closed() -> Condition:
    return and_(CASE.c.closed_at.is_(None), CASE.c.stated_closed == false())


def is_carried(scope: Scope) -> Condition:
    """上期结转: received before the period, and not yet closed when it began."""
    if scope.start is None:
        return false()
    open_then = or_(_never_closed(), CASE.c.closed_at >= scope.start)
    return and_(_is_ticket(scope), CASE.c.received_at < scope.start, open_then)


def is_done(scope: Scope) -> Condition:
    """办结: closed in the period; without a time of closing it counts in the period it was received in."""
    timed = and_(CASE.c.closed_at.is_not(None), inside(scope, CASE.c.closed_at))
    untimed = and_(_is_untimed(), inside(scope, CASE.c.received_at))
    return and_(_is_ticket(scope), or_(timed, untimed))


def is_left(scope: Scope) -> Condition:
    """正在办理: still open when the period ended, or now."""
    is_over = scope.end is not None and scope.end <= scope.as_of
    later = CASE.c.closed_at >= scope.end if is_over else CASE.c.closed_at > scope.as_of
    return and_(_is_ticket(scope), or_(_never_closed(), later))
