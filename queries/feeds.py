"""What the source records at all: a figure about something nobody records is not nought, it is not known."""

from collections.abc import Iterable

import pandas as pd
from sqlalchemy import Column, ColumnElement, FromClause, literal, or_, select

from casedb import tables
from casedb.tables import areas, assignments, case_events, cases, contacts
from queries.cache import cached
from queries.database import read

SPOT = 2
"""The level of a village or community, which somebody can be sent to."""

GIVEN_BACK = or_(assignments.c.return_asked_at.is_not(None), assignments.c.returned_at.is_not(None))

PLACED: FromClause = cases.join(areas, areas.c.area_id == cases.c.area_id)

THINGS: dict[str, tuple[FromClause, ColumnElement[bool]]] = {
    "events": (cases, cases.c.cluster_id.is_not(None)),
    "villages": (PLACED, areas.c.level >= SPOT),
    "returns": (assignments, GIVEN_BACK),
    "ways": (assignments, or_(GIVEN_BACK, assignments.c.seq > 1)),
    "repeats": (cases, cases.c.first_case_id.is_not(None)),
    "whistles": (tables.whistles, tables.whistles.c.at.is_not(None)),
    "items": (tables.meeting_items, tables.meeting_items.c.assigned_at.is_not(None)),
    "evidence": (tables.evidence, tables.evidence.c.at.is_not(None)),
}
"""What a list may be of, and where the source writes it down."""


@cached
def told(thing: str) -> bool:
    """Whether the source ever records this (`THINGS`): else an empty list of it means nothing."""
    source, holds = THINGS[thing]
    return len(read(select(literal(1).label("one")).select_from(source).where(holds).limit(1))) > 0


@cached
def recorded(column: Column) -> bool:
    """Whether any row of the table has a value there."""
    found = read(
        select(literal(1).label("one")).select_from(column.table).where(column.is_not(None)).limit(1)
    )
    return len(found) > 0


@cached
def written(step: str) -> bool:
    """Whether any case has a step of this code: what is never written down is missing nowhere."""
    rows = select(literal(1).label("one")).select_from(case_events).where(case_events.c.event == step)
    return len(read(rows.limit(1))) > 0


@cached
def contacted(modes: tuple[str, ...]) -> bool:
    """Whether any contact in one of these ways is recorded: who writes down only calls misses no visit."""
    rows = select(literal(1).label("one")).select_from(contacts).where(contacts.c.mode.in_(modes))
    return len(read(rows.limit(1))) > 0


def known_only(table: pd.DataFrame, column: Column, names: Iterable[str]) -> pd.DataFrame:
    """The table, with these figures empty where the source never records the column."""
    if recorded(column):
        return table
    nothing = pd.Series([pd.NA] * len(table), index=table.index, dtype="Int64")
    return table.assign(**dict.fromkeys(names, nothing))
