"""Whom a call back judges: the unit and the answer it is about, and what the unit itself says of it.

CALL and CASE are those of the select around. Both expressions are long and never change: each is made once.
"""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from casedb.tables import assignments
from queries.conditions import CALL
from queries.holding import CASE
from rules.words import Role


@cache
def judged_unit() -> ColumnElement[str]:
    """The unit a call is about: as it says, else the unit of the answer it judges, else the round's lead."""
    answered = select(assignments.c.unit_id).where(assignments.c.assignment_id == CALL.c.assignment_id)
    told = (CALL.c.unit_id, answered.correlate(CALL).scalar_subquery())
    return func.coalesce(*told, *_of_the_round("unit_id"))


@cache
def claimed() -> ColumnElement[bool]:
    """单位自报: whether the unit says that the answer a call judges resolved it; empty: it does not say."""
    judged = func.coalesce(CALL.c.assignment_id, *_of_the_round("assignment_id"))
    said = select(assignments.c.claims_resolved).where(assignments.c.assignment_id == judged)
    return said.correlate(CALL, CASE).scalar_subquery()


def _of_the_round(column: str) -> tuple[ScalarSelect[Any], ...]:
    """A column of the round's last lead assignment: of the call's case, and of that it was merged into."""
    return tuple(_last_lead(column, case_id) for case_id in (CALL.c.case_id, CASE.c.merged_into))


def _last_lead(column: str, case_id: ColumnElement[str]) -> ScalarSelect[Any]:
    mine = select(assignments.c[column]).where(
        assignments.c.case_id == case_id,
        assignments.c.role == Role.LEAD.value,
        assignments.c.round == CALL.c.round,
    )
    return mine.order_by(assignments.c.seq.desc()).limit(1).correlate(CALL, CASE).scalar_subquery()
