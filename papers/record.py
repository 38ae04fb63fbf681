"""The record of a meeting: every number shown, what it was asked with, and the cases behind it, as bytes.

The same data give the same bytes: keys in order, UTF-8, whole numbers plain, others with ten digits.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from papers import runs
from papers.gathering import Sheets
from queries import members as asked
from queries.arguments import Scope
from queries.counted import COUNTED
from queries.door import Answer
from queries.ratings import worths
from records.decisions import Decision
from records.objections import Objection
from rules import masking

FORMAT = 1
"""How the record is laid out; one that is read in a year says by which layout."""

TEN_DAYS = "meetings/ten_days"

RATED = ("satisfied_k", "satisfied_n")
"""Figures of ratings: these are looked at again as they are known later."""

TEXTS = ("title", "pledge", "removed_reason", "words", "answer")
"""What people wrote, masked like every other text."""


@dataclass(frozen=True)
class Members:
    """The cases behind the figures of the ten days, by figure, and the rating that counts of each case."""

    figures: Mapping[str, list[str]]
    ratings: Mapping[str, str] = field(default_factory=dict)


def members(sheets: Sheets, as_of: datetime | None = None) -> Members:
    """Asks for the cases; the ratings as known at ``as_of``, where it is given."""
    scope, row = sheets.pack.scope, sheets.figures
    known = asked.as_known(scope, as_of or scope.as_of)
    rated = asked.ratings(known)
    found = {}
    for name in [name for name in COUNTED[TEN_DAYS].sets if not pd.isna(row[name])]:
        try:
            found[name] = asked.behind_figure(scope_of(name, scope, known.as_of), TEN_DAYS, name, row)
        except KeyError:  # a sum of what ratings are worth: the cases of those that are worth something
            found[name] = sorted(number for number, rating in rated.items() if rating in worths(known))
    return Members(found, rated)


def scope_of(figure: str, scope: Scope, as_of: datetime) -> Scope:
    """What a figure is asked with at a later moment: only ratings are looked at as known then."""
    return asked.as_known(scope, as_of) if figure in RATED else scope


def known_at(sheets: Sheets, members: Members) -> Sheets:
    """The sheets with the ratings of the ten days as the members know them."""
    shown, worth = sheets.answers[TEN_DAYS], worths(sheets.pack.scope)
    if pd.isna(sheets.figures["satisfied_n"]):
        return sheets
    good = float(sum(worth.get(rating, 0.0) for rating in members.ratings.values()))
    table = shown.table.assign(satisfied_k=good, satisfied_n=len(members.ratings))
    return replace(sheets, answers={**sheets.answers, TEN_DAYS: shown._replace(table=table)})


def body(
    sheets: Sheets,
    decisions: Sequence[Decision],
    members: Members,
    objections: Sequence[Objection] = (),
    at: datetime | None = None,
) -> bytes:
    """What is frozen; ``at`` is the moment of freezing."""
    cases = sorted(
        {number for numbers in members.figures.values() for number in numbers} | {*members.ratings}
    )
    places = {number: place for place, number in enumerate(cases)}
    rated: dict[str, list[str]] = {}
    for number, rating in members.ratings.items():
        rated.setdefault(rating, []).append(number)
    whole = {
        **facts(sheets, at),
        "tables": {name: _table(answer) for name, answer in sheets.answers.items()},
        "decisions": [_said(one) for one in decisions],
        "matters": _rows(sheets.matters),
        "objections": [_said(one) for one in objections],
        "cases": cases,
        "members": {name: runs.packed(numbers, places) for name, numbers in members.figures.items()},
        "ratings": {rating: runs.packed(numbers, places) for rating, numbers in rated.items()},
    }
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def read(body: bytes) -> dict[str, Any]:
    """A record again."""
    return json.loads(body)


def facts(sheets: Sheets, at: datetime | None = None) -> dict[str, Any]:
    """Meeting, window, filters, rulebook, moment and age of the data: what stands above the numbers."""
    scope, meeting, before = sheets.pack.scope, sheets.pack.meeting, sheets.pack.before
    age = (scope.as_of - sheets.newest).total_seconds() if sheets.newest else None
    said = {
        "format": FORMAT,
        "meeting": {"number": meeting.number, "nominal": meeting.nominal, "actual": meeting.actual},
        "before": before.actual if before else None,
        "window": [scope.start, scope.end],
        "filters": _asked(scope),
        "as_of": scope.as_of,
        "frozen_at": at,
        "rulebook": sheets.version,
        "newest": sheets.newest,
        "age_seconds": age,
    }
    return plain(said)


def plain(value: Any) -> Any:
    """A value as JSON keeps it: the same number is always written the same way."""
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if value is None or pd.isna(value):
        return None
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return plain(value.total_seconds())
    return _number(value.item() if hasattr(value, "item") else value)


def _number(value: Any) -> Any:
    if not isinstance(value, float):
        return value if isinstance(value, bool | int) else str(value)
    if not math.isfinite(value):
        return str(value)
    short = float(f"{value:.10g}")
    return int(short) if short.is_integer() else short


def _table(answer: Answer) -> dict[str, Any]:
    return {"asked": _asked(answer.scope), **_rows(answer.table)}


def _rows(table: pd.DataFrame) -> dict[str, Any]:
    return {
        "columns": [str(name) for name in table.columns],
        "rows": [plain(list(row)) for row in table.itertuples(index=False, name=None)],
    }


def _asked(scope: Scope) -> dict[str, Any]:
    """What the scope says, without what it leaves open."""
    open_ = asdict(Scope(as_of=scope.as_of))
    said = asdict(scope)
    return plain({name: value for name, value in said.items() if name == "as_of" or value != open_[name]})


def _said(one: Decision | Objection) -> dict[str, Any]:
    said = asdict(one)
    return plain(
        {name: masking.mask(value) if name in TEXTS and value else value for name, value in said.items()}
    )
