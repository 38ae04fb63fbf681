"""Names that must exist: a set, unit, channel, category or area that nobody knows is an error, not zero."""

import difflib

import pandas as pd
from sqlalchemy import Table, select

from casedb import tables
from queries.arguments import MISSING, Scope, refuse
from queries.cache import cached
from queries.database import read
from queries.definitions import SETS

SHOWN = 8
"""Allowed values an error names: the nearest, so that the sentence stays one."""

_NAMED = {
    "unit": tables.units,
    "channel": tables.channels,
    "category": tables.categories,
    "area": tables.areas,
}


@cached
def names(table_name: str) -> pd.DataFrame:
    """Codes and names of units, channels, categories or areas: code, name."""
    table: Table = tables.metadata.tables[table_name]
    key = next(iter(table.primary_key.columns))
    return read(select(key.label("code"), table.c.name).order_by(key))


def check(scope: Scope) -> Scope:
    """The scope itself; raises `BadArgument` where it names a set or a code that does not exist."""
    if scope.set is not None and scope.set not in SETS:
        _refuse("set", scope.set, list(SETS))
    for argument, table in _NAMED.items():
        value = getattr(scope, argument)
        if value is not None and value != MISSING:
            codes = list(names(table.name)["code"])
            if value not in codes:
                _refuse(argument, value, codes)
    return scope


def _refuse(argument: str, value: str, allowed: list[str]) -> None:
    near = difflib.get_close_matches(value, allowed, n=SHOWN, cutoff=0.3) or allowed[:SHOWN]
    shown = allowed if argument == "set" else near
    more = "" if len(shown) == len(allowed) else f" … ({len(allowed)})"
    listed = ", ".join(shown) + more
    raise refuse(argument, value, f"可用的有：{listed}", f"use one of: {listed}")
