"""Who had a case, from when to when: the parts add up to the citizen's clock, to the second."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from queries.arguments import Scope
from queries.cache import cached
from queries.cases_file import File, Row, limit_of, opened
from queries.cases_one import only
from queries.door import question
from queries.names import unit_names

COLUMNS = ["holder", "unit_id", "seconds", "round", "start", "end", "kind", "due_at", "ended"]


@dataclass(frozen=True)
class Part:
    """A stretch of a case's time with one holder; ``unit_id`` is empty while the centre has it."""

    start: datetime
    end: datetime
    unit_id: str
    round: int
    kind: str
    due_at: datetime | None = None
    ended: str = ""


@question
@cached
def holders(scope: Scope) -> pd.DataFrame:
    """Who had ``scope.case``, in order, from its receipt until it was closed or the moment.

    Columns: holder (name of the unit; empty: the centre), unit_id, seconds, round (0 before the first
    unit), start, end, kind (unit or centre), due_at (the unit's limit in force; empty: none), ended (how the
    unit's clock ended: answered, returned, sent_back; empty: it runs, or was passed on). The seconds add up
    to the citizen's clock. No rows where there is no such case, or it is closed and nobody knows when.
    """
    file = opened(only(scope))
    parts = [] if file is None or file.case["closed_untimed"] else list(_parts(file))
    table = pd.DataFrame([vars(part) for part in parts], columns=[*Part.__dataclass_fields__])
    spans = pd.to_datetime(table["end"]) - pd.to_datetime(table["start"])
    table["seconds"] = (spans // timedelta(seconds=1)).astype("int64")
    table["holder"] = unit_names(table["unit_id"])
    table["due_at"] = pd.to_datetime(table["due_at"]).astype("datetime64[us]")
    return table[COLUMNS]


def _parts(file: File) -> Iterator[Part]:
    """The clock cut at every change of hands; what no unit holds, the centre holds."""
    at, turn, stop = file.case["received_at"], 0, file.case["closed_at"] or file.as_of
    for lead, following in zip(file.leads, [*file.leads[1:], None], strict=False):
        begun = min(max(lead["dispatched_at"] or at, at), stop)
        ended, how = _end(lead, following, stop)
        if begun > at:
            yield Part(at, begun, "", turn, "centre")
        turn, at = lead["round"], max(begun, ended)
        if at > begun:
            yield Part(begun, at, lead["unit_id"] or "", turn, "unit", limit_of(lead, file.as_of), how)
    if stop > at:
        yield Part(at, stop, "", turn, "centre")


def _end(lead: Row, following: Row | None, stop: datetime) -> tuple[datetime, str]:
    """When the unit's clock ended, and how; an accepted return ends it, a refused one does not."""
    ends = {"answered": lead["closed_at"], "returned": lead["returned_at"], "sent_back": lead["sent_back_at"]}
    known = [(at, how) for how, at in ends.items() if at is not None and at <= stop]
    passed_on = following["dispatched_at"] if following else None
    return min([*known, (passed_on or stop, ""), (stop, "")], key=lambda end: end[0])
