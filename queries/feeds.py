"""What the source records at all: a figure about something nobody records is not nought, it is not known."""

from collections.abc import Iterable

import pandas as pd
from sqlalchemy import Column, ColumnElement, FromClause, and_, literal, or_, select

from casedb import tables
from casedb.tables import areas, assignments, case_events, cases, contacts
from queries.cache import cached
from queries.contacting import FACES, SPOKEN, VISIT, reached_in
from queries.database import records
from rules.words import Role

SPOT = 2
"""The level of a village or community, which somebody can be sent to."""

GIVEN_BACK = or_(assignments.c.return_asked_at.is_not(None), assignments.c.returned_at.is_not(None))

SENT_ON = and_(assignments.c.seq > 1, assignments.c.role == Role.LEAD.value)

PLACED: FromClause = cases.join(areas, areas.c.area_id == cases.c.area_id)

THINGS: dict[str, tuple[FromClause, ColumnElement[bool]]] = {
    "events": (cases, cases.c.cluster_id.is_not(None)),
    "villages": (PLACED, areas.c.level >= SPOT),
    "returns": (assignments, GIVEN_BACK),
    "ways": (assignments, or_(GIVEN_BACK, SENT_ON)),
    "repeats": (cases, cases.c.first_case_id.is_not(None)),
    "whistles": (tables.whistles, tables.whistles.c.at.is_not(None)),
    "items": (tables.meeting_items, tables.meeting_items.c.assigned_at.is_not(None)),
    "talks": (contacts, SPOKEN),
    "faces": (contacts, reached_in(FACES)),
    "visits": (contacts, reached_in(VISIT)),
    "evidence": (tables.evidence, tables.evidence.c.at.is_not(None)),
}
"""What a list may be of or a judgement rest on, and where the source writes it down."""


@cached
def told(thing: str) -> bool:
    """Whether the source ever records this (`THINGS`): else that there is none means nothing."""
    source, holds = THINGS[thing]
    return _any(source, holds)


@cached
def recorded(column: Column) -> bool:
    """Whether any row of the table has a value there."""
    return _any(column.table, column.is_not(None))


@cached
def written(step: str) -> bool:
    """Whether any case has a step of this code: what is never written down is missing nowhere."""
    return _any(case_events, case_events.c.event == step)


def _any(source: FromClause, holds: ColumnElement[bool]) -> bool:
    return len(records(select(literal(1).label("one")).select_from(source).where(holds).limit(1))) > 0


def known_only(table: pd.DataFrame, column: Column, names: Iterable[str]) -> pd.DataFrame:
    """The table, with these figures empty where the source never records the column."""
    if recorded(column):
        return table
    nothing = pd.Series([pd.NA] * len(table), index=table.index, dtype="Int64")
    return table.assign(**dict.fromkeys(names, nothing))
