"""Who was not satisfied at first, and is after rework (转化率, M17): reported, never ranked."""

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_

from casedb.tables import assignments
from queries.arguments import Scope
from queries.conditions import CALL
from queries.holding import CASE, Condition
from queries.ratings import OTHER, good, is_counted, told, worths
from rules.words import CountingRule, Role


def is_to_convert(scope: Scope) -> Condition:
    """Not satisfied with the first answer, which was sent back since; the first, whatever the rules say."""
    first = scope.switching_off(scope.off - {CountingRule.FIRST.value})
    unhappy = and_(is_counted(first), not_(good(first)))
    return and_(unhappy, or_(*(_sent_back(scope, code) for code in (CASE.c.case_id, CASE.c.merged_into))))


def _sent_back(scope: Scope, case_id: ColumnElement[str]) -> Condition:
    """An answer was sent back for rework after the call: the case's own, or of that it was merged into."""
    back = assignments.alias("back")
    since = and_(back.c.sent_back_at >= CALL.c.at, back.c.sent_back_at <= scope.as_of)
    return exists().where(back.c.case_id == case_id, back.c.role == Role.LEAD.value, since)


def converted(scope: Scope) -> Condition:
    """Satisfied with a later round, in a later call."""
    later = and_(OTHER.c.case_id == CASE.c.case_id, OTHER.c.round > CALL.c.round, OTHER.c.at > CALL.c.at)
    said = and_(told(scope, OTHER), OTHER.c.reached != false(), OTHER.c.rating.in_(worths(scope)))
    return exists().where(later, said)
