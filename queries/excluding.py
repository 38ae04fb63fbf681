"""Proposals to leave a rating out (不合理诉求剔除): asked for in the period, and what was ruled."""

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, not_, select

from casedb.tables import assignments, exclusions
from queries.arguments import Scope
from queries.conditions import CALL
from queries.holding import CASE, Condition
from queries.judging import judged_unit
from queries.ratings import is_request
from queries.within import inside
from rules.words import Role

OUT = exclusions.alias("out")


def concerned_unit() -> ColumnElement[str]:
    """The unit whose rating it is about: the one the call judges, else the last lead unit of the case,
    else of the one it was merged into."""
    call = CALL.join(CASE, CASE.c.case_id == CALL.c.case_id)
    of_call = select(judged_unit()).select_from(call).where(CALL.c.callback_id == OUT.c.callback_id)
    of_case = (_last_lead(case_id) for case_id in (OUT.c.case_id, CASE.c.merged_into))
    return func.coalesce(of_call.correlate(OUT).scalar_subquery(), *of_case)


def _last_lead(case_id: ColumnElement[str]) -> ScalarSelect[str]:
    mine = select(assignments.c.unit_id).where(
        assignments.c.case_id == case_id, assignments.c.role == Role.LEAD.value
    )
    return mine.order_by(assignments.c.seq.desc()).limit(1).correlate(OUT, CASE).scalar_subquery()


def is_proposed(scope: Scope) -> Condition:
    return and_(is_request(), inside(scope, OUT.c.proposed_at))


def approved(scope: Scope) -> Condition:
    return _had(scope, "approved_at")


def refused(scope: Scope) -> Condition:
    return and_(not_(approved(scope)), _had(scope, "rejected_at"))


def undecided(scope: Scope) -> Condition:
    return and_(not_(approved(scope)), not_(_had(scope, "rejected_at")))


def _had(scope: Scope, moment: str) -> Condition:
    """It had been ruled so by the moment; false, not unknown, where no moment is given."""
    return and_(OUT.c[moment].is_not(None), OUT.c[moment] <= scope.as_of)
