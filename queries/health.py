"""How far the data can be trusted: the age of the newest record, and what cannot be right, with examples."""

import pandas as pd
from sqlalchemy import func, select

from casedb import health
from queries import database
from queries.arguments import Scope
from queries.cache import cached, once
from queries.door import question

EXAMPLES = 5
"""Keys shown of each problem: enough to look one up."""

KEPT_MINUTES = 60
"""The whole database is read for it, so it is looked for once in so many minutes."""


@question
@cached
def newest(scope: Scope) -> pd.DataFrame:
    """The newest record not after the moment, by table.

    Columns: table, newest (empty: it has none), seconds (its age).
    """
    found = {
        name: database.read(wanted)["newest"].iloc[0] for name, wanted in health.newest(scope.as_of).items()
    }
    moments = pd.Series(list(found.values()), dtype="datetime64[us]")
    table = pd.DataFrame({"table": list(found), "newest": moments})
    return table.assign(seconds=(scope.as_of - table["newest"]).dt.total_seconds())


@question
def problems(scope: Scope) -> pd.DataFrame:
    """What cannot be right in the data, most first; looked for once an hour.

    Columns: id, table, zh, en (a sentence), rows (how many; empty: the database lacks a column to tell by),
    examples (the first keys, joined by commas).
    """
    minute = scope.as_of.minute // KEPT_MINUTES * KEPT_MINUTES
    tenth = scope.as_of.replace(minute=minute, second=0, microsecond=0)
    return once(f"health.problems|{tenth}|{database.source()}", lambda: _problems(scope), KEPT_MINUTES * 60)


def _problems(scope: Scope) -> pd.DataFrame:
    rows = [_found(one) for one in health.problems(scope.as_of)]
    table = pd.DataFrame(rows, columns=["id", "table", "zh", "en", "rows", "examples"])
    ordered = table.astype({"rows": "Int64"}).sort_values(["rows", "id"], ascending=[False, True])
    return ordered.reset_index(drop=True)


def _found(one: health.Problem) -> tuple[str, str, str, str, int | None, str]:
    try:
        counted = database.read(select(func.count().label("rows")).select_from(one.select.subquery()))
        count = int(counted["rows"].iloc[0])
        keys = database.read(one.select.limit(EXAMPLES))["key"].tolist() if count else []
    except database.ContractBroken:
        return one.id, one.table, one.zh, one.en, None, ""
    return one.id, one.table, one.zh, one.en, count, ", ".join(map(str, keys))
