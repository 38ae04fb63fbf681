"""Extensions of a limit (延期): which were asked for in the period, and how."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, not_, select

from casedb.tables import case_events
from queries.arguments import Scope
from queries.cache import cached
from queries.conditions import is_open
from queries.database import records
from queries.handling import is_led
from queries.holding import CASE, HELD, Condition, by
from queries.later import later
from queries.picked import picked
from queries.within import inside
from queries.workdays import workdays
from rules.deadlines import HEARING_FROM, HEARING_TO, longest
from rules.rulebook import load
from rules.workdays import UnknownYear, WorkCalendar


def is_extension(scope: Scope) -> Condition:
    """More time was asked for in the period."""
    return and_(is_led(scope), inside(scope, HELD.c.extension_asked_at))


def _before(limit: ColumnElement[Any], hours: float) -> ColumnElement[Any]:
    return later(limit, -60 * hours)


def at_the_last(_: Scope) -> Condition:
    """Asked for in the last hours before the limit."""
    begin = _before(HELD.c.due_at, load().extension.last_hours)
    asked = HELD.c.extension_asked_at
    return func.coalesce(and_(asked >= begin, asked <= HELD.c.due_at), false())


def too_late(_: Scope) -> Condition:
    """Asked for when the limit had passed: it does not count."""
    return func.coalesce(HELD.c.extension_asked_at > HELD.c.due_at, false())


def too_often(_: Scope) -> Condition:
    """Granted more often than is allowed."""
    return HELD.c.extension_count > load().extension.most


def too_long(scope: Scope) -> Condition:
    """Granted for longer than one extension may be (of a petition, by its own rule)."""
    return picked(HELD.c.assignment_id, _too_long(_bare(scope)))


def _bare(scope: Scope) -> Scope:
    return Scope(scope.as_of, scope.start, scope.end)


@cached
def _too_long(scope: Scope) -> tuple[str, ...]:
    """The assignments granted too much in the period; those of years without working days are not known."""
    columns = (HELD.c[name] for name in ("assignment_id", "due_rule", "due_at", "extended_to"))
    granted = and_(is_extension(scope), by(HELD.c.extension_approved_at, scope.as_of))
    pairs = CASE.join(HELD, HELD.c.case_id == CASE.c.case_id)
    rows = records(select(*columns).select_from(pairs).where(granted, HELD.c.extended_to > HELD.c.due_at))
    calendar = workdays()
    return tuple(row["assignment_id"] for row in rows if row["extended_to"] > _longest(row, calendar))


def _longest(row: Mapping[str, Any], calendar: WorkCalendar) -> datetime:
    try:
        return longest(row["due_rule"], row["due_at"], calendar)
    except UnknownYear:
        return datetime.max


def is_paused(scope: Scope) -> Condition:
    """Open, and its limit stands still for a hearing that has not ended."""
    begun, ended = case_events.alias("begun"), case_events.alias("ended")
    over = exists().where(
        ended.c.case_id == CASE.c.case_id,
        ended.c.event == HEARING_TO,
        ended.c.at >= begun.c.at,
        by(ended.c.at, scope.as_of),
    )
    going = exists().where(
        begun.c.case_id == CASE.c.case_id,
        begun.c.event == HEARING_FROM,
        by(begun.c.at, scope.as_of),
        not_(over.correlate(CASE, begun)),
    )
    return and_(is_open(scope.as_of), going)
