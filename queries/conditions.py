"""The conditions behind the sets: each takes the moment and reads only what was known then.

Where a condition is negated or summed, an empty column makes it false, never unknown.
"""

from datetime import datetime, time, timedelta

from sqlalchemy import and_, exists, false, not_, or_, select, true

from casedb import tables
from queries.holding import CASE, HELD, Condition, answered_at, by, due, not_by
from rules.words import CallbackSource, RatedObject, Rating, Role, Verdict

_any = tables.assignments.alias("anyone")
CALL = tables.callbacks.alias("call")

SMS = "短信"
"""What the name of the platform of text messages holds."""

GOOD = (Rating.SATISFIED.value, Rating.MOSTLY.value)
ANSWERED = (*GOOD, Rating.DISSATISFIED.value)


# ── conditions over CASE alone ───────────────────────────────────────────────────────────────────────────


def is_received(as_of: datetime) -> Condition:
    return CASE.c.received_at <= as_of


def is_call(_: datetime) -> Condition:
    """Received by a telephone channel; a case whose channel is not known is no call."""
    calls = select(tables.channels.c.channel_id).where(tables.channels.c.is_call != false())
    return and_(CASE.c.channel_id.is_not(None), CASE.c.channel_id.in_(calls))


def is_sms(_: datetime) -> Condition:
    """Received by a channel whose name says that it is the platform of text messages."""
    platforms = select(tables.channels.c.channel_id).where(tables.channels.c.name.contains(SMS))
    return and_(CASE.c.channel_id.is_not(None), CASE.c.channel_id.in_(platforms))


def is_otherwise(as_of: datetime) -> Condition:
    """Neither by telephone nor by text message; a case whose channel is not known among them."""
    return and_(not_(is_call(as_of)), not_(is_sms(as_of)))


def is_valid(_: datetime) -> Condition:
    return and_(CASE.c.is_valid == true(), CASE.c.merged_into.is_(None))


def is_invalid(as_of: datetime) -> Condition:
    return not_(is_valid(as_of))


def is_settled_online(as_of: datetime) -> Condition:
    return and_(is_valid(as_of), CASE.c.settled_at <= as_of)


def is_dispatched(as_of: datetime) -> Condition:
    return and_(is_valid(as_of), not_by(CASE.c.settled_at, as_of), was_sent(as_of))


def is_undispatched(as_of: datetime) -> Condition:
    return and_(is_valid(as_of), not_by(CASE.c.settled_at, as_of), not_(was_sent(as_of)))


def was_sent(as_of: datetime) -> Condition:
    """Sent to a unit by now; where the source gives no time of sending, having a lead unit is enough."""
    somebody = and_(
        _any.c.case_id == CASE.c.case_id,
        _any.c.role == Role.LEAD.value,
        by(_any.c.dispatched_at, as_of, if_empty=True),
    )
    known = and_(CASE.c.dispatched_at.is_not(None), CASE.c.dispatched_at <= as_of)
    return or_(known, and_(not_by(CASE.c.dispatched_at, as_of), exists().where(somebody)))


def is_closed(as_of: datetime) -> Condition:
    stated = and_(CASE.c.closed_at.is_(None), CASE.c.stated_closed != false())
    return and_(is_valid(as_of), or_(and_(CASE.c.closed_at.is_not(None), CASE.c.closed_at <= as_of), stated))


def is_closed_today(as_of: datetime) -> Condition:
    midnight = datetime.combine(as_of, time.min)
    return and_(is_valid(as_of), CASE.c.closed_at >= midnight, CASE.c.closed_at <= as_of)


def _called(as_of: datetime, *more: Condition) -> Condition:
    """A call back by somebody other than the unit itself had been made."""
    return exists().where(CALL.c.case_id == CASE.c.case_id, is_call_back(as_of), *more)


def gave_reason(reason: str) -> Condition:
    """A call back at any time heard this reason."""
    return exists().where(CALL.c.case_id == CASE.c.case_id, CALL.c.reason == reason)


def is_call_back(as_of: datetime) -> Condition:
    """CALL had been made by somebody other than the unit."""
    return and_(CALL.c.at <= as_of, CALL.c.source != CallbackSource.UNIT.value)


def first_answer() -> Condition:
    """The callback is a first rating of the unit (首评, M01): reached, round 1, about the unit."""
    return and_(CALL.c.reached != false(), CALL.c.round == 1, CALL.c.rated_object == RatedObject.UNIT.value)


def is_called_back(as_of: datetime) -> Condition:
    return and_(is_valid(as_of), _called(as_of))


def is_reached(as_of: datetime) -> Condition:
    return and_(is_valid(as_of), _called(as_of, CALL.c.reached != false()))


def is_rated(as_of: datetime) -> Condition:
    return and_(is_valid(as_of), _called(as_of, first_answer(), CALL.c.rating.in_(ANSWERED)))


def is_satisfied(as_of: datetime) -> Condition:
    return and_(is_rated(as_of), not_(is_dissatisfied(as_of)))


def is_dissatisfied(as_of: datetime) -> Condition:
    no = CALL.c.rating == Rating.DISSATISFIED.value
    return and_(is_valid(as_of), _called(as_of, first_answer(), no))


def is_answered(as_of: datetime) -> Condition:
    """Sent to a unit, and reported done at least once, whatever came after."""
    mine = and_(_any.c.case_id == CASE.c.case_id, _any.c.role == Role.LEAD.value)
    done = exists().where(mine, _any.c.closed_at <= as_of)
    return and_(is_dispatched(as_of), or_(is_closed(as_of), done))


def is_sent_back(as_of: datetime) -> Condition:
    again = and_(_any.c.case_id == CASE.c.case_id, _any.c.sent_back_at <= as_of)
    return and_(is_valid(as_of), exists().where(again))


# ── conditions over CASE and HELD ────────────────────────────────────────────────────────────────────────


def matter_is_open(as_of: datetime) -> Condition:
    """Not closed, whatever its unit has reported: asked of CASE alone."""
    unstated = and_(CASE.c.closed_at.is_(None), CASE.c.stated_closed == false(), CASE.c.is_valid == true())
    return and_(is_valid(as_of), or_(unstated, and_(CASE.c.closed_at.is_not(None), CASE.c.closed_at > as_of)))


def is_open(as_of: datetime) -> Condition:
    """Open, and not resting between the unit's answer and its being sent back."""
    return and_(matter_is_open(as_of), not_by(HELD.c.closed_at, as_of))


def is_awaiting_dispatch(as_of: datetime) -> Condition:
    return and_(matter_is_open(as_of), HELD.c.assignment_id.is_(None))


def is_assigned(as_of: datetime) -> Condition:
    return and_(is_valid(as_of), HELD.c.assignment_id.is_not(None))


def is_overdue(as_of: datetime) -> Condition:
    """Open, its limit strictly before the moment: at its very limit a case is on time."""
    return and_(is_open(as_of), due(as_of) < as_of)


def is_due_within(as_of: datetime, hours: int) -> Condition:
    last = as_of + timedelta(hours=hours)
    return and_(is_open(as_of), due(as_of) >= as_of, due(as_of) <= last)


def is_open_in_time(as_of: datetime) -> Condition:
    return and_(is_open(as_of), due(as_of) >= as_of)


def _is_answered(as_of: datetime) -> Condition:
    return and_(is_valid(as_of), HELD.c.assignment_id.is_not(None), not_(is_open(as_of)))


def _verdict(as_of: datetime, stated: Verdict) -> Condition:
    """The source's own verdict, used only where a time is missing."""
    timeless = or_(answered_at(as_of).is_(None), due(as_of).is_(None))
    return and_(timeless, HELD.c.stated_verdict.is_not(None), HELD.c.stated_verdict == stated.value)


def _both_times(as_of: datetime) -> Condition:
    return and_(answered_at(as_of).is_not(None), due(as_of).is_not(None))


def is_closed_on_time(as_of: datetime) -> Condition:
    kept = and_(_both_times(as_of), answered_at(as_of) <= due(as_of))
    return and_(_is_answered(as_of), or_(kept, _verdict(as_of, Verdict.ON_TIME)))


def is_closed_late(as_of: datetime) -> Condition:
    broken = and_(_both_times(as_of), answered_at(as_of) > due(as_of))
    return and_(_is_answered(as_of), or_(broken, _verdict(as_of, Verdict.LATE)))


def is_unknown(as_of: datetime) -> Condition:
    """Neither kept nor broken can be said: a time is missing, and the source gives no verdict."""
    endless = and_(is_open(as_of), due(as_of).is_(None))
    unsaid = and_(HELD.c.stated_verdict.is_(None), not_(_both_times(as_of)))
    return and_(is_assigned(as_of), or_(endless, and_(_is_answered(as_of), unsaid)))
