"""The address behind a figure: the same set, filters and moment, so that the list is what was counted."""

from dataclasses import fields, replace
from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from queries.arguments import MISSING, Scope
from queries.meetings import live_window

_DEFAULT = Scope(as_of=datetime.min)


def arguments(scope: Scope, **changed: Any) -> str:
    """A scope as the query of an address; what is at its default is left out."""
    chosen = replace(scope, **changed)
    said = {field.name: getattr(chosen, field.name) for field in fields(chosen)}
    kept = {name: value for name, value in said.items() if value != getattr(_DEFAULT, name)}
    return urlencode({name: _text(value) for name, value in kept.items()})


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def cases(scope: Scope, set_name: str, **filters: Any) -> str:
    """The list of the set's cases, with the scope's own period and filters and the ``filters`` given."""
    named = {name: MISSING if value == "" else value for name, value in filters.items()}
    return "/cases?" + arguments(scope, set=set_name, limit=None, offset=0, order=None, **named)


def today(scope: Scope, set_name: str) -> str:
    """The set's cases received since midnight of the moment."""
    return cases(scope, set_name, start=datetime.combine(scope.as_of, time.min), end=None)


def issue(scope: Scope, name: str) -> str:
    """Cases of one kind of issue in the period of the scope, or since the last meeting."""
    window = live_window(scope.as_of)
    start, end = (scope.start, scope.end) if scope.start or scope.end else (window.start, window.end)
    return cases(scope, "received", issue=name, start=start, end=end)


def case(scope: Scope, case_id: str) -> str:
    """One case, as known at the scope's moment."""
    return f"/cases/{case_id}?" + arguments(Scope(as_of=scope.as_of))


def codes(found: pd.DataFrame, word: str) -> dict[str, str]:
    """Code by name, of the columns ``<word>`` and ``<word>_id``."""
    return dict(zip(found[word], found[f"{word}_id"], strict=True))


def data(scope: Scope, question: str, kind: str = "csv") -> str:
    """The same figures as a file."""
    return f"/data/{question}.{kind}?" + arguments(scope)
