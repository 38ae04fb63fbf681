"""Work a unit gives back, and what was ruled (M18); work that passes from unit to unit."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from casedb.tables import assignments
from queries.arguments import MISSING, Scope
from queries.handling import is_led
from queries.holding import HELD, Condition, by
from queries.within import inside
from rules.words import ReturnRuling, Role

# ── returns (M18) ────────────────────────────────────────────────────────────────────────────────────────


def is_sent_in(scope: Scope) -> Condition:
    """Sent to the unit in the period."""
    return and_(is_led(scope), inside(scope, HELD.c.dispatched_at))


def given_back(scope: Scope) -> Condition:
    """The unit asked to give it back, whether or not the centre agreed."""
    asked = func.coalesce(HELD.c.return_asked_at, HELD.c.returned_at)
    return and_(asked.is_not(None), by(asked, scope.as_of))


def is_ruled(scope: Scope) -> Condition:
    """Sent in the period, asked to be given back, and ruled on: what is accepted, not before it was."""
    ruled = and_(HELD.c.return_ruling.is_not(None), by(HELD.c.returned_at, scope.as_of, if_empty=True))
    return and_(is_sent_in(scope), given_back(scope), ruled)


def refused(_: Scope) -> Condition:
    """不当退单: the centre refused the return."""
    return and_(HELD.c.return_ruling.is_not(None), HELD.c.return_ruling == ReturnRuling.REFUSED.value)


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
