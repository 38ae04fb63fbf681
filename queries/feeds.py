"""What the source records at all: a figure about something nobody records is not nought, it is not known."""

from collections.abc import Iterable

import pandas as pd
from sqlalchemy import Column, literal, select

from casedb.tables import case_events
from queries.cache import cached
from queries.database import read


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


def known_only(table: pd.DataFrame, column: Column, names: Iterable[str]) -> pd.DataFrame:
    """The table, with these figures empty where the source never records the column."""
    if recorded(column):
        return table
    nothing = pd.Series([pd.NA] * len(table), index=table.index, dtype="Int64")
    return table.assign(**dict.fromkeys(names, nothing))
