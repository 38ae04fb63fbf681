"""What asks for somebody now (A01 to A19): one table of alerts, each with its rule and its evidence."""

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import select

from casedb import tables
from queries.alerts_beside import beside
from queries.alerts_cases import Found, of_cases
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.names import unit_names

KINDS = tuple(f"A{number:02}" for number in (*range(1, 12), 14, 15, 17, 19))
"""The alerts of this board, in order."""

COLUMNS = [
    *("alert", "case_id", "whistle_id", "item_id", "unit_id", "unit", "since", "value", "measure", "rule"),
    "evidence",
]


@question
@cached
def active(scope: Scope) -> pd.DataFrame:
    """Every alert at the moment, by kind, the oldest first; ``measure`` of the scope picks one kind.

    Columns: alert (`KINDS`), case_id, whistle_id, item_id (empty: none), unit_id, unit (who is to act; empty:
    the centre), since, value in measure (minutes, hours: beyond the limit, negative before it; times, people,
    channels: how many), rule (key of the rulebook), evidence (what it rests on: name=value, moments by ISO).
    """
    found = pd.concat([_rows(one) for one in _all(scope.as_of)], ignore_index=True)
    found = found.assign(unit=unit_names(found["unit_id"]))[COLUMNS]
    found = found[_mine(found, scope)]
    return found.sort_values(["alert", "since", "case_id"]).reset_index(drop=True)


@question
@cached
def counts(scope: Scope) -> pd.DataFrame:
    """How many alerts of each kind there are: alert, cases; only kinds that have any."""
    found = active(scope).groupby("alert", as_index=False).size()
    return found.rename(columns={"size": "cases"}).astype({"cases": "int64"})


def _mine(found: pd.DataFrame, scope: Scope) -> pd.Series:
    """The unit's, or the group's, and of the kind asked for."""
    kept = pd.Series(True, index=found.index)
    if scope.unit is not None:
        kept &= found["unit_id"] == scope.unit
    if scope.group is not None:
        kept &= found["unit_id"].isin(_members(scope.group))
    return kept if scope.measure is None else kept & (found["alert"] == scope.measure)


def _members(group: str) -> pd.Series:
    units = tables.units.c
    return read(select(units.unit_id).where(units.unit_group == group))["unit_id"]


@cached
def _all(as_of: datetime) -> list[Found]:
    return [*of_cases(as_of), *beside(as_of)]


def _rows(found: Found) -> pd.DataFrame:
    """The alerts of one kind, without what none of the others has."""
    rows = found.rows.reset_index(drop=True)
    told = {name: rows.get(name, pd.Series("", rows.index)) for name in ("case_id", "whistle_id", "item_id")}
    told |= {"unit_id": rows["unit_id"], "since": pd.to_datetime(rows["since"])}
    told = {name: told[name].fillna("") if name != "since" else told[name] for name in told}
    same = {"alert": found.alert, "measure": found.measure, "rule": found.rule}
    evidence = [_told(row, found.evidence) for row in rows.to_dict("records")]
    return pd.DataFrame(told).assign(
        **same, value=rows["value"].astype("float64"), evidence=pd.Series(evidence, rows.index, "str")
    )


def _told(row: Mapping[Hashable, Any], names: tuple[str, ...]) -> str:
    known = {name: row[name] for name in names if not pd.isna(row[name])}
    return " ".join(f"{name}={_text(value)}" for name, value in known.items())


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
