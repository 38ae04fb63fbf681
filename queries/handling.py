"""How a unit handled what it was sent (M03 to M08): one assignment counted, HELD, lead only.

What was returned and accepted speaks of nobody but in the counting of returns (`passing`).
"""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import and_, exists, false, func, not_, or_

from casedb.tables import assignments, contacts
from queries.arguments import Scope
from queries.conditions import is_valid
from queries.contacting import SPOKEN
from queries.feeds import recorded
from queries.holding import CASE, HELD, Condition, answered_at, due, not_by
from queries.later import later
from queries.within import began, inside, kept, passed, stretches
from rules.rulebook import load
from rules.words import Role, Urgency, Verdict

PRESSING = (Urgency.URGENT.value, Urgency.CRITICAL.value)


def is_led(scope: Scope) -> Condition:
    """The lead's part of a valid case; whatever became of it."""
    return and_(HELD.c.role == Role.LEAD.value, is_valid(scope.as_of))


def stands(scope: Scope) -> Condition:
    """The lead's part of a valid case, not given back."""
    return and_(is_led(scope), not_by(HELD.c.returned_at, scope.as_of))


# ── response (M03) and signing (M05) ─────────────────────────────────────────────────────────────────────


def _by_urgency(condition: Callable[[int], Condition]) -> Condition:
    """The condition with the minutes to respond in, urgent matters and others apart."""
    pressing, book = CASE.c.urgency.in_(PRESSING), load().sla
    urgent, normal = condition(book.response_urgent), condition(60 * book.response)
    return or_(and_(pressing, urgent), and_(not_(pressing), normal))


def is_response_due(scope: Scope) -> Condition:
    """Its limit to respond fell in the period."""
    limit = _by_urgency(lambda minutes: passed(scope, HELD.c.dispatched_at, timedelta(minutes=minutes)))
    return and_(stands(scope), limit)


def _in_time_by(minutes: int) -> Condition:
    limit = later(HELD.c.dispatched_at, minutes)
    talk = exists().where(
        contacts.c.case_id == CASE.c.case_id,
        or_(contacts.c.unit_id == HELD.c.unit_id, contacts.c.unit_id.is_(None)),
        SPOKEN,
        contacts.c.at >= HELD.c.dispatched_at,
        contacts.c.at <= limit,
    )
    return and_(HELD.c.signed_at.is_not(None), HELD.c.signed_at <= limit, talk)


def responded(_: Scope) -> Condition:
    """Signed for, and the citizen reached by a person, both within the limit."""
    return _by_urgency(_in_time_by)


def is_sign_due(scope: Scope) -> Condition:
    """Its limit to sign for fell in the period."""
    return and_(stands(scope), began(HELD.c.dispatched_at, stretches("sign", scope)))


def signed(scope: Scope) -> Condition:
    """Signed for in time, or asked to give back in time: either is action in time."""
    spans = stretches("sign", scope)
    done = (kept(HELD.c.dispatched_at, HELD.c[name], spans) for name in ("signed_at", "return_asked_at"))
    return or_(*(func.coalesce(each, false()) for each in done))


# ── closing in time (M06, M08) ───────────────────────────────────────────────────────────────────────────


def _stated(scope: Scope) -> Condition:
    """The source gives no limit but its own verdict: it belongs to the period the case was received in."""
    if not recorded(assignments.c.stated_verdict):
        return false()
    said = and_(HELD.c.due_at.is_(None), HELD.c.stated_verdict.is_not(None))
    return and_(said, inside(scope, CASE.c.received_at))


def is_due(scope: Scope) -> Condition:
    """应办结: its limit in force fell in the period."""
    limits = (passed(scope, HELD.c[name]) for name in ("due_at", "extended_to"))
    timed = and_(or_(*limits), passed(scope, due(scope.as_of)))
    return and_(stands(scope), or_(timed, _stated(scope)))


def is_rework_due(scope: Scope) -> Condition:
    """The limit of rework fell in the period: a round after the first (M17)."""
    return and_(is_due(scope), HELD.c.round > 1)


def in_time(scope: Scope) -> Condition:
    """Closed by the limit in force; at the limit is in time. Closed later, or still open, is not."""
    answered = answered_at(scope.as_of)
    timed = and_(answered.is_not(None), answered <= due(scope.as_of))
    said = and_(HELD.c.due_at.is_(None), HELD.c.stated_verdict == Verdict.ON_TIME.value)
    return func.coalesce(or_(timed, said), false())


def is_first_due(scope: Scope) -> Condition:
    """Its original limit, without extensions, fell in the period."""
    return and_(stands(scope), passed(scope, HELD.c.due_at))


def in_first_time(scope: Scope) -> Condition:
    """Closed by the original limit."""
    answered = answered_at(scope.as_of)
    return and_(answered.is_not(None), answered <= HELD.c.due_at)


def is_reported(scope: Scope) -> Condition:
    """Reported done in the period, and not given back."""
    return and_(stands(scope), inside(scope, HELD.c.closed_at))


def too_late(scope: Scope) -> Condition:
    """超期办结: reported done after the limit in force, which is never before the first."""
    ended = HELD.c.closed_at
    return func.coalesce(and_(ended > HELD.c.due_at, ended > due(scope.as_of)), false())


# ── closing at all (M07) ─────────────────────────────────────────────────────────────────────────────────


def is_in_hand(scope: Scope) -> Condition:
    """Open when the period began, or sent in it."""
    begin = scope.start
    still = (
        or_(HELD.c.closed_at.is_(None), HELD.c.closed_at >= begin) if begin else HELD.c.case_id.is_not(None)
    )
    is_over = scope.end is not None and scope.end <= scope.as_of
    # Where the source does not say when it was sent, the unit has had it since it was received.
    sent = func.coalesce(HELD.c.dispatched_at, CASE.c.received_at)
    return and_(stands(scope), still, sent < scope.end if is_over else sent <= scope.as_of)


def done(scope: Scope) -> Condition:
    """Reported done in the period."""
    return func.coalesce(inside(scope, HELD.c.closed_at), false())
