"""What a list tells of each event besides its case: a call and what was said, a unit's work, an exclusion."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, func
from sqlalchemy import case as when
from sqlalchemy import types as sql

from queries.conditions import CALL
from queries.definitions import ALL
from queries.events import Event
from queries.excluding import OUT
from queries.holding import CASE, HELD

Told = dict[str, ColumnElement[Any]]

TOLD: dict[FromClause, Told] = {
    CALL: {
        "called_at": CALL.c.at,
        **{name: CALL.c[name] for name in ("rating", "resolved", "reason", "source")},
    },
    HELD: {
        "dispatched_at": HELD.c.dispatched_at,
        "signed_at": HELD.c.signed_at,
        "reported_at": HELD.c.closed_at,
        "round": HELD.c.round,
    },
    CASE: {name: CASE.c[name] for name in ("recorded_at", "dispatched_at", "promised_due")},
    OUT: {
        "ground": OUT.c.reason,
        **{name: OUT.c[name] for name in ("proposed_at", "approved_at", "rejected_at")},
    },
}
"""The event's own columns, by the table its set is read from; the limit of an assignment is the list's."""

TEXTS = ("reason", "ground")
"""Those that a confidential matter does not show."""


def told(set_name: str | None) -> tuple[str, ...]:
    """The columns that the list of a set has of its own; none where it lists cases."""
    chosen = ALL.get(set_name or "")
    return tuple(TOLD[chosen.kind.table]) if isinstance(chosen, Event) else ()


def happened(chosen: Event, as_of: datetime) -> Told:
    """The columns of `told`, to be read: a moment only where it had come, and no text is missing."""
    return {name: _known(one, as_of).label(name) for name, one in TOLD[chosen.kind.table].items()}


def _known(column: ColumnElement[Any], as_of: datetime) -> ColumnElement[Any]:
    if isinstance(column.type, sql.DateTime):
        return when((column <= as_of, column), else_=None)
    return func.coalesce(column, "") if isinstance(column.type, sql.String) else column
