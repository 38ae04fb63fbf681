"""What the citizen said when called back: one line a round, the first rating being the one that counts."""

from itertools import groupby
from typing import Any

import pandas as pd
from sqlalchemy import select

from casedb import tables
from queries.arguments import Scope
from queries.cache import cached
from queries.cases_file import Row, opened, seen
from queries.database import records
from queries.door import question
from rules import masking
from rules.words import CallbackSource, RatedObject

COLUMNS = [
    *("round", "at", "calls", "missed", "source", "rating", "resolved", "reason", "centre_rating"),
    *("own_rating", "exclusion", "ground"),
]


@question
@cached
def ratings(scope: Scope) -> pd.DataFrame:
    """The calls back of ``scope.case`` by round, in order; the first rating of round 1 is the headline (M01).

    Columns: round, at (of the rating, else of the last call), calls (attempts by others than the unit),
    missed (of them not reached), source (who called), rating (of the unit; empty: none), resolved (the
    citizen's own word), reason (of dissatisfaction; empty for confidential matters), centre_rating (of the
    receiving centre), own_rating (by the unit's own call, never counted), exclusion (approved, refused, open;
    empty: never asked), ground. No rows where nobody has called.
    """
    file = opened(scope)
    if file is None or not file.callbacks:
        return _table([])
    asked = _exclusions(scope)
    turns = groupby(sorted(file.callbacks, key=lambda call: call["round"]), key=lambda call: call["round"])
    silent = masking.hidden(file.case["confidentiality"])
    rows = [_turn(turn, list(calls), asked) for turn, calls in turns]
    return _table([row | {"reason": "", "ground": ""} if silent else row for row in rows])


def _turn(turn: int, calls: list[Row], asked: dict[str, Row]) -> dict[str, Any]:
    others = [call for call in calls if call["source"] != CallbackSource.UNIT.value]
    rated = [call for call in others if call["reached"] and call["rating"]]
    unit = [call for call in rated if call["rated_object"] == RatedObject.UNIT.value]
    centre = [call for call in rated if call["rated_object"] == RatedObject.CENTRE.value]
    own = [call for call in calls if call["source"] == CallbackSource.UNIT.value and call["rating"]]
    told = (unit or others or calls)[0 if unit else -1]
    return {
        "round": turn,
        "at": told["at"],
        "calls": len(others),
        "missed": sum(not call["reached"] for call in others),
        "source": told["source"],
        "rating": told["rating"] if unit else None,
        "resolved": told["resolved"] if unit else None,
        "reason": told["reason"] if unit else None,
        "centre_rating": centre[0]["rating"] if centre else None,
        "own_rating": own[0]["rating"] if own else None,
        **_ruled(asked.get(told["callback_id"])),
    }


def _exclusions(scope: Scope) -> dict[str, Row]:
    """The last proposal to leave out each rating, as known at the moment."""
    table = tables.exclusions
    found = select(table).where(table.c.case_id == scope.case, table.c.proposed_at <= scope.as_of)
    rows = records(found.order_by(table.c.proposed_at, table.c.exclusion_id))
    return {row["callback_id"]: seen(row, scope.as_of) for row in rows}


def _ruled(asked: Row | None) -> dict[str, Any]:
    if asked is None:
        return {"exclusion": "", "ground": ""}
    state = "approved" if asked["approved_at"] else "refused" if asked["rejected_at"] else "open"
    return {"exclusion": state, "ground": asked["reason"]}


def _table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=COLUMNS)
    texts = ("source", "rating", "resolved", "reason", "centre_rating", "own_rating", "exclusion", "ground")
    said = {name: table[name].fillna("").astype("str") for name in texts}
    counts = {name: table[name].astype("int64") for name in ("round", "calls", "missed")}
    return table.assign(**said, **counts, at=pd.to_datetime(table["at"]).astype("datetime64[us]"))
