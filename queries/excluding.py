"""Proposals to leave a rating out (不合理诉求剔除): asked for in the period, and what was ruled."""

from sqlalchemy import ColumnElement, and_, func, not_, select

from casedb.tables import assignments, exclusions
from queries.arguments import Scope
from queries.conditions import CALL, is_valid
from queries.holding import Condition
from queries.ratings import judged_unit
from queries.within import inside
from rules.words import Role

OUT = exclusions.alias("out")


def concerned_unit() -> ColumnElement[str]:
    """The unit whose rating it is about: the one the call judges, else the lead unit of the case."""
    of_call = select(judged_unit()).where(CALL.c.callback_id == OUT.c.callback_id)
    of_case = (
        select(assignments.c.unit_id)
        .where(assignments.c.case_id == OUT.c.case_id, assignments.c.role == Role.LEAD.value)
        .order_by(assignments.c.seq.desc())
        .limit(1)
    )
    return func.coalesce(*(one.correlate(OUT).scalar_subquery() for one in (of_call, of_case)))


def is_proposed(scope: Scope) -> Condition:
    return and_(is_valid(scope.as_of), inside(scope, OUT.c.proposed_at))


def approved(scope: Scope) -> Condition:
    return _had(scope, "approved_at")


def refused(scope: Scope) -> Condition:
    return and_(not_(approved(scope)), _had(scope, "rejected_at"))


def undecided(scope: Scope) -> Condition:
    return and_(not_(approved(scope)), not_(_had(scope, "rejected_at")))


def _had(scope: Scope, moment: str) -> Condition:
    """It had been ruled so by the moment; false, not unknown, where no moment is given."""
    return and_(OUT.c[moment].is_not(None), OUT.c[moment] <= scope.as_of)
