"""What a rating counts for (M01, M02, M04): which call speaks for a case, of which unit, by which rules."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, FromClause, and_, exists, false, func, not_, or_, select

from casedb.tables import assignments, callbacks, exclusions
from queries.arguments import Scope
from queries.conditions import ANSWERED, CALL, GOOD, is_valid
from queries.holding import CASE, Condition
from queries.later import later
from queries.within import inside
from rules.rulebook import load
from rules.words import CallbackSource, CountingRule, RatedObject, Rating, Resolved, Role

ASKED = (Resolved.YES.value, Resolved.PARTLY.value, Resolved.NO.value)
"""Answers to "is it resolved?" that count; explained and accepted is told apart (M04)."""


def applies(scope: Scope, rule: CountingRule) -> bool:
    """Whether the rule of counting is in force."""
    return rule.value not in (scope.without or "").split(",")


def judged_unit() -> ColumnElement[str]:
    """The unit a call is about: as it says, else the lead unit of the answer it judges."""
    answered = select(assignments.c.unit_id).where(assignments.c.assignment_id == CALL.c.assignment_id)
    of_the_round = (
        select(assignments.c.unit_id)
        .where(
            assignments.c.case_id == CALL.c.case_id,
            assignments.c.role == Role.LEAD.value,
            assignments.c.round == CALL.c.round,
        )
        .order_by(assignments.c.seq.desc())
        .limit(1)
    )
    return func.coalesce(CALL.c.unit_id, answered.scalar_subquery(), of_the_round.scalar_subquery())


def _speaks(scope: Scope, call: FromClause) -> Condition:
    """A call back that may count: by whom, about whom and of which round the rules say."""
    about = RatedObject.UNIT if applies(scope, CountingRule.UNIT) else RatedObject.CENTRE
    said: list[Condition] = [call.c.rated_object == about.value, call.c.at <= scope.as_of]
    if applies(scope, CountingRule.CENTRE):
        said.append(call.c.source != CallbackSource.UNIT.value)
    if applies(scope, CountingRule.FIRST):
        said.append(call.c.round == 1)
    return and_(*said)


def _reached(scope: Scope, call: FromClause) -> Condition:
    return and_(_speaks(scope, call), call.c.reached != false(), call.c.rating.is_not(None))


def _speaks_for_its_case(scope: Scope) -> Condition:
    """The one call that counts of a case: the first, or its correction within a day; or the last of all."""
    other, first = callbacks.alias("other"), callbacks.alias("first_call")
    same = and_(
        other.c.case_id == CASE.c.case_id, _reached(scope, other), other.c.callback_id != CALL.c.callback_id
    )
    if not applies(scope, CountingRule.FIRST):
        return not_(exists().where(same, _follows(other)))
    began = select(func.min(first.c.at)).where(first.c.case_id == CASE.c.case_id, _reached(scope, first))
    # Named, for this stands two selects deep, where a table of the outermost is not found by itself.
    grace = later(began.correlate(CASE).scalar_subquery(), 60 * load().callback.correction)
    alone = not_(exists().where(same))
    corrects = and_(CALL.c.at <= grace, not_(exists().where(same, _follows(other), other.c.at <= grace)))
    return or_(alone, corrects)


def _follows(other: FromClause) -> Condition:
    """The other call came later; of two in one second the one with the larger number."""
    same_second = and_(other.c.at == CALL.c.at, other.c.callback_id > CALL.c.callback_id)
    return or_(other.c.at > CALL.c.at, same_second)


# ── sets of calls: one a case ────────────────────────────────────────────────────────────────────────────


def is_heard(scope: Scope) -> Condition:
    """The call that counts of a valid case was made in the period, and the person said something."""
    spoken = and_(is_valid(scope.as_of), inside(scope, CALL.c.at), _reached(scope, CALL))
    return and_(spoken, _speaks_for_its_case(scope))


def rated(_: Scope) -> Condition:
    """It gave one of the three ratings; those who declined are not in it."""
    return CALL.c.rating.in_(ANSWERED)


def is_rating(scope: Scope) -> Condition:
    return and_(is_heard(scope), rated(scope))


def is_counted(scope: Scope) -> Condition:
    """A rating that counts: approved exclusions are out where that rule is in force."""
    rating = is_rating(scope)
    return and_(rating, not_(is_excluded(scope))) if applies(scope, CountingRule.ADJUDICATED) else rating


def good(scope: Scope) -> Condition:
    """Satisfied, or mostly so where that counts."""
    mostly = applies(scope, CountingRule.MOSTLY)
    return CALL.c.rating.in_(GOOD) if mostly else CALL.c.rating == Rating.SATISFIED.value


def is_excluded(scope: Scope) -> Condition:
    """An exclusion of this rating, or of its whole case, has been approved."""
    of_this = or_(exclusions.c.callback_id == CALL.c.callback_id, exclusions.c.callback_id.is_(None))
    mine = and_(exclusions.c.case_id == CALL.c.case_id, of_this)
    return exists().where(mine, exclusions.c.approved_at <= scope.as_of)


def left_out(scope: Scope) -> Condition:
    """A rating that an approved exclusion leaves out."""
    return and_(rated(scope), is_excluded(scope))


def is_asked(scope: Scope) -> Condition:
    """The citizen said whether it is resolved; merely explained is told apart."""
    return and_(is_heard(scope), CALL.c.resolved.in_(ASKED))


def said(answer: Resolved) -> Callable[[Scope], Condition]:
    """The citizen's own answer."""
    return lambda _: and_(CALL.c.resolved.is_not(None), CALL.c.resolved == answer.value)


def is_tried(scope: Scope) -> Condition:
    """The first attempt to call a case back was made in the period, whether or not anyone was reached."""
    other = callbacks.alias("other")
    earlier = and_(other.c.case_id == CASE.c.case_id, _speaks(scope, other), _before(other))
    tried = and_(is_valid(scope.as_of), inside(scope, CALL.c.at), _speaks(scope, CALL))
    return and_(tried, not_(exists().where(earlier)))


def _before(other: FromClause) -> Condition:
    same_second = and_(other.c.at == CALL.c.at, other.c.callback_id < CALL.c.callback_id)
    return or_(other.c.at < CALL.c.at, same_second)


def got_through(scope: Scope) -> Condition:
    """One of the attempts reached the person."""
    other = callbacks.alias("reaching")
    found = and_(other.c.case_id == CASE.c.case_id, _speaks(scope, other), other.c.reached != false())
    return exists().where(found)
