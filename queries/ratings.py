"""What a rating counts for (M01, M02, M04): which call speaks for a case, and by which rules."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, FromClause, and_, case, exists, false, func, not_, or_, select, true

from casedb.tables import callbacks, exclusions
from queries.arguments import Scope
from queries.conditions import ANSWERED, CALL
from queries.holding import CASE, Condition
from queries.judging import claimed
from queries.later import later
from queries.routes import is_apart
from queries.within import inside
from rules.rulebook import load
from rules.words import CallbackSource, CountingRule, RatedObject, Rating, Resolved

ASKED = (Resolved.YES.value, Resolved.PARTLY.value, Resolved.NO.value)
"""Answers to "is it resolved?" that count; explained and accepted is told apart (M04)."""


OTHER, FIRST = callbacks.alias("other"), callbacks.alias("first_call")
"""Other calls of the case."""


def applies(scope: Scope, rule: CountingRule) -> bool:
    """Whether the rule of counting is in force."""
    return rule.value not in scope.off


def is_request() -> Condition:
    """CASE counts as a request; one merged into another keeps its own calls back, and its own voice."""
    return CASE.c.is_valid == true()


def told(scope: Scope, call: FromClause) -> Condition:
    """A call back by whom and about whom the rules say, of any round."""
    about = RatedObject.UNIT if applies(scope, CountingRule.UNIT) else RatedObject.CENTRE
    said = and_(call.c.rated_object == about.value, call.c.at <= scope.as_of)
    is_centre = applies(scope, CountingRule.CENTRE)
    return and_(said, call.c.source != CallbackSource.UNIT.value) if is_centre else said


def _speaks(scope: Scope, call: FromClause) -> Condition:
    """A call back that may count: by whom, about whom and of which round the rules say."""
    said = told(scope, call)
    return and_(said, call.c.round == 1) if applies(scope, CountingRule.FIRST) else said


def _reached(scope: Scope, call: FromClause) -> Condition:
    return and_(_speaks(scope, call), call.c.reached != false(), call.c.rating.is_not(None))


def _speaks_for_its_case(scope: Scope) -> Condition:
    """The one call that counts of a case: the first, or its correction within a day; or the last of all."""
    same = and_(
        OTHER.c.case_id == CASE.c.case_id, _reached(scope, OTHER), OTHER.c.callback_id != CALL.c.callback_id
    )
    if not applies(scope, CountingRule.FIRST):
        return not_(exists().where(same, _follows(OTHER)))
    began = select(func.min(FIRST.c.at)).where(FIRST.c.case_id == CASE.c.case_id, _reached(scope, FIRST))
    # Named, for this stands two selects deep, where a table of the outermost is not found by itself.
    grace = later(began.correlate(CASE).scalar_subquery(), 60 * load().callback.correction)
    alone = not_(exists().where(same))
    corrects = and_(CALL.c.at <= grace, not_(exists().where(same, _follows(OTHER), OTHER.c.at <= grace)))
    return or_(alone, corrects)


def _follows(other: FromClause) -> Condition:
    """The other call came later; of two in one second the one with the larger number."""
    same_second = and_(other.c.at == CALL.c.at, other.c.callback_id > CALL.c.callback_id)
    return or_(other.c.at > CALL.c.at, same_second)


# ── sets of calls: one a case ────────────────────────────────────────────────────────────────────────────


def is_heard(scope: Scope) -> Condition:
    """The call that counts of a request was made in the period, and the person said something."""
    spoken = and_(is_request(), inside(scope, CALL.c.at), _reached(scope, CALL))
    return and_(spoken, _speaks_for_its_case(scope))


def rated(_: Scope) -> Condition:
    """It gave one of the three ratings; those who declined are not in it."""
    return CALL.c.rating.in_(ANSWERED)


def _is_standing(scope: Scope) -> Condition:
    """A rating that is not left out: by approved exclusion, where that rule is in force."""
    rating = and_(is_heard(scope), rated(scope))
    return and_(rating, not_(is_excluded(scope))) if applies(scope, CountingRule.ADJUDICATED) else rating


def is_counted(scope: Scope) -> Condition:
    """A rating that counts: those shown apart are not among them where that rule is in force."""
    standing = _is_standing(scope)
    return and_(standing, not_(is_apart())) if applies(scope, CountingRule.APART) else standing


def is_shown_apart(scope: Scope) -> Condition:
    """A rating of mediation or enforcement: told apart, whether or not it also counts."""
    return and_(_is_standing(scope), is_apart())


def worths(scope: Scope) -> dict[str, float]:
    """What each good rating is worth: mostly satisfied its weight, where it counts at all (M01)."""
    mostly = {Rating.MOSTLY.value: load().ranking.mostly_weight}
    return {Rating.SATISFIED.value: 1.0, **(mostly if applies(scope, CountingRule.MOSTLY) else {})}


def good(scope: Scope) -> Condition:
    """Satisfied, or mostly so where that counts."""
    return CALL.c.rating.in_(worths(scope))


def worth(scope: Scope) -> ColumnElement[float]:
    """What the good rating is worth."""
    return case(*((CALL.c.rating == rating, weight) for rating, weight in worths(scope).items()), else_=0.0)


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


def is_claimed_on(scope: Scope) -> Condition:
    """Asked whether it is resolved, and the unit has said so itself of the answer that is judged."""
    return and_(is_asked(scope), claimed().is_not(None))


def unit_said_yes(_: Scope) -> Condition:
    """The unit claims that it is resolved."""
    return func.coalesce(claimed() == true(), false())


def is_tried(scope: Scope) -> Condition:
    """The first attempt to call a case back was made in the period, whether or not anyone was reached."""
    earlier = and_(OTHER.c.case_id == CASE.c.case_id, _speaks(scope, OTHER), _before(OTHER))
    tried = and_(is_request(), inside(scope, CALL.c.at), _speaks(scope, CALL))
    return and_(tried, not_(exists().where(earlier)))


def _before(other: FromClause) -> Condition:
    same_second = and_(other.c.at == CALL.c.at, other.c.callback_id < CALL.c.callback_id)
    return or_(other.c.at < CALL.c.at, same_second)


def got_through(scope: Scope) -> Condition:
    """One of the attempts reached the person."""
    found = and_(OTHER.c.case_id == CASE.c.case_id, _speaks(scope, OTHER), OTHER.c.reached != false())
    return exists().where(found)
