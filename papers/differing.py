"""Then and now: which figures of a frozen record are others today, by which cases, and why."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from papers import record
from papers.differing_tables import tables
from papers.gathering import Sheets
from papers.judging import UNKNOWN, WHYS, Document, Judge, Named, cases_of, turned
from papers.record import TEN_DAYS
from queries import members

FOLLOWS = dict.fromkeys(("per_day", "issue", "mover", "mover_change"), "total")
"""Figures that move with another one, whose cases explain them too."""

KINDS = {"issue_count": "issue", "mover_count": "mover"}
"""Figures about the kind that a word names: of another kind they are explained by all cases received."""

COLUMNS = ["table", "row", "figure", "then", "now", "why", "cases"]


def differences(frozen: bytes, now: Sheets, as_of: datetime) -> pd.DataFrame:
    """What differs, figures of the ten days first: one row a figure.

    Columns: table (name of the question), row (what the row is about; empty: the table has one), figure (name
    of the column; empty: the whole row), then, now (None: no such row), why (of `WHYS`, joined by commas;
    empty for tables, whose rows are compared without cases), cases (list of Named).
    """
    then, today = record.read(frozen), document(now, as_of)
    moved = _moved(then, today)
    known = members.standing(moved, as_of)
    rows = [*figures(then, today, known), *tables(then, today)]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"then": object, "now": object})


def document(sheets: Sheets, as_of: datetime) -> Document:
    """The figures as a record of now would hold them, its ratings as they are known."""
    found = record.members(sheets, as_of)
    return record.read(record.body(record.known_at(sheets, found), [], found))


def figures(then: Document, now: Document, known: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Rows of the ten days; ``known`` is what is known of the cases that moved (`members.standing`)."""
    before, after = (row_of(one, TEN_DAYS) for one in (then, now))
    judge = Judge(then, now, known.set_index("case_id"))
    alike = {name: name if _is_same_kind(name, before, after) else "total" for name in _counted(then, now)}
    named = {name: judge.named(of) for name, of in alike.items()}
    for name in [name for name in before if name in after]:
        cases = named.get(FOLLOWS.get(name, name), [])
        if before[name] != after[name] or named.get(name):
            yield TEN_DAYS, "", name, before[name], after[name], _why(cases), cases


def row_of(whole: Document, name: str) -> dict[str, Any]:
    """The one row of a table."""
    table = whole["tables"][name]
    return dict(zip(table["columns"], table["rows"][0], strict=True))


def _moved(then: Document, now: Document) -> set[str]:
    """Cases that came in or went out of some figure."""
    turns = (turned(cases_of(then, name), cases_of(now, name)) for name in _counted(then, now))
    return {number for came, went in turns for number in (*came, *went)}


def _counted(then: Document, now: Document) -> list[str]:
    """Figures whose cases both know: where one does not, there are none to name."""
    return sorted(set(then["members"]) & set(now["members"]))


def _is_same_kind(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    kind = KINDS.get(name)
    return kind is None or before.get(kind) == after.get(kind)


def _why(cases: list[Named]) -> str:
    """The reasons, the most frequent first."""
    counts = Counter(one.why for one in cases)
    return ",".join(sorted(counts, key=lambda why: (-counts[why], WHYS.index(why)))) or UNKNOWN
