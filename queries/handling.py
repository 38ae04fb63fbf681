"""How a unit handled what it was sent (M03 to M08, M17, M18): one assignment counted, HELD, lead only.

What was returned and accepted speaks of nobody but in the counting of returns.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, exists, false, func, not_, or_, select, true

from casedb.tables import assignments, callbacks, cases, contacts
from queries.arguments import MISSING, Scope
from queries.conditions import is_valid
from queries.feeds import recorded
from queries.holding import CASE, HELD, Condition, answered_at, by, due, not_by
from queries.later import later
from queries.within import began, inside, kept, passed, stretches
from rules.rulebook import load
from rules.words import CallbackSource, ContactMode, Role, Urgency, Verdict

CENTRE_ERROR = "中心差错"
"""Reason of a sending back that is the centre's own mistake: it is not held against the unit (M17)."""

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
        contacts.c.reached != false(),
        contacts.c.mode != ContactMode.MESSAGE.value,
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
    """超期办结: reported done after the limit in force."""
    return func.coalesce(HELD.c.closed_at > due(scope.as_of), false())


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


# ── sent back (M17), repeated, returned (M18), called back (M02) ─────────────────────────────────────────


def is_matured(scope: Scope) -> Condition:
    """Reported done, and in the period it had been so for the days in which most is sent back."""
    return and_(stands(scope), inside(scope, HELD.c.closed_at, timedelta(days=load().rework.mature)))


def came_back(scope: Scope) -> Condition:
    """Sent back since, and not for a mistake of the centre."""
    blamed = func.coalesce(HELD.c.send_back_reason, "") != CENTRE_ERROR
    return and_(HELD.c.sent_back_at.is_not(None), by(HELD.c.sent_back_at, scope.as_of), blamed)


def is_watched(scope: Scope) -> Condition:
    """Reported done and not sent back, and the days in which a repeat counts ended in the period."""
    done = passed(scope, HELD.c.closed_at, timedelta(days=load().repeat.hotline))
    return and_(stands(scope), done, not_by(HELD.c.sent_back_at, scope.as_of))


def came_again(_: Scope) -> Condition:
    """The same person came again with the same matter within those days; a progress call is no case."""
    return exists().where(is_repeat(cases.alias("again")))


def is_repeat(again: FromClause) -> Condition:
    """``again`` is a case of the person and matter that the unit had reported done within those days."""
    root, days = func.coalesce(CASE.c.first_case_id, CASE.c.case_id), load().repeat.hotline
    return and_(
        again.c.first_case_id == root,
        again.c.case_id != CASE.c.case_id,
        again.c.is_valid == true(),
        again.c.merged_into.is_(None),
        again.c.received_at > HELD.c.closed_at,
        again.c.received_at <= later(HELD.c.closed_at, 24 * 60 * days),
    )


def is_sent_in(scope: Scope) -> Condition:
    """Sent to the unit in the period."""
    return and_(is_led(scope), inside(scope, HELD.c.dispatched_at))


def given_back(scope: Scope) -> Condition:
    """The unit asked to give it back, whether or not the centre agreed."""
    asked = func.coalesce(HELD.c.return_asked_at, HELD.c.returned_at)
    return and_(asked.is_not(None), by(asked, scope.as_of))


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


# ── work passed from unit to unit ────────────────────────────────────────────────────────────────────────


def neighbour(step: int, column: str) -> ColumnElement[Any]:
    """A column of the lead assignment just after (1) or just before (-1) the counted one; empty: none."""
    near = assignments.alias("near")
    mine = select(near.c[column]).where(near.c.case_id == HELD.c.case_id, near.c.role == Role.LEAD.value)
    if step > 0:
        nearest = mine.where(near.c.seq > HELD.c.seq).order_by(near.c.seq)
    else:
        nearest = mine.where(near.c.seq < HELD.c.seq).order_by(near.c.seq.desc())
    return nearest.limit(1).correlate(HELD).scalar_subquery()


def is_passed_on(scope: Scope) -> Condition:
    """Given back with consent in the period, and then sent to another unit (``other``, where it is named)."""
    back = and_(is_led(scope), inside(scope, HELD.c.returned_at))
    sent = and_(neighbour(1, "assignment_id").is_not(None), _known(neighbour(1, "dispatched_at"), scope))
    return and_(back, sent, *_other(scope, 1))


def is_passed_in(scope: Scope) -> Condition:
    """Sent in the period, after another unit (``other``, where it is named) had given it back."""
    sent = and_(is_led(scope), inside(scope, HELD.c.dispatched_at))
    return and_(sent, neighbour(-1, "returned_at") <= scope.as_of, *_other(scope, -1))


def _known(sent: ColumnElement[Any], scope: Scope) -> Condition:
    """It had been sent by the moment; where the source gives no time, it had."""
    return func.coalesce(sent, scope.as_of) <= scope.as_of


def _other(scope: Scope, step: int) -> list[Condition]:
    other = func.coalesce(neighbour(step, "unit_id"), MISSING)
    elsewhere = other != func.coalesce(HELD.c.unit_id, MISSING)
    return [elsewhere] if scope.other is None else [elsewhere, other == scope.other]
