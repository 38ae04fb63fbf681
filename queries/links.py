"""The address behind a figure: the same set, filters and moment, so that the list is what was counted."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

import pandas as pd

from queries import counted
from queries.arguments import Scope

_DEFAULT = Scope(as_of=datetime.min)


def arguments(scope: Scope, **changed: Any) -> str:
    """A scope as the query of an address; what is at its default is left out."""
    chosen = replace(scope, **changed)
    said = {field.name: getattr(chosen, field.name) for field in fields(chosen)}
    kept = {name: value for name, value in said.items() if value != getattr(_DEFAULT, name)}
    return urlencode({name: _text(value) for name, value in kept.items()})


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def cases(scope: Scope, set_name: str) -> str:
    """The list of another set's cases, within the same period and filters."""
    return "/cases?" + arguments(scope, set=set_name, limit=None, offset=0, order=None)


def items(scope: Scope, set_name: str, **changed: Any) -> str:
    """The list of a set of meeting items, of the batches held in the scope's period."""
    free = {"limit": None, "offset": 0, "order": None}
    return "/meetings/items?" + arguments(scope, set=set_name, **free | changed)


def behind(scope: Scope, question: str, column: str, row: Any = None) -> str:
    """The list of exactly the cases that a row's figure counts."""
    values = {} if row is None else row if isinstance(row, dict) else row._asdict()
    return "/cases?" + arguments(counted.behind(question, column, values, scope))


def opens(scope: Scope, question: str, column: str) -> Callable[[Any], str | None]:
    """Where the figure of each row leads; None where it is nought, or counts no cases of its own."""
    if column not in counted.COUNTED[question].sets:
        raise KeyError(column)

    def href(row: Any) -> str | None:
        figure = 1 if isinstance(row, dict) else getattr(row, column)
        try:
            return behind(scope, question, column, row) if figure else None
        except KeyError:  # a sum of the rest, or something else than cases
            return None

    return href


def case(scope: Scope, case_id: str) -> str:
    """One case, as known at the scope's moment."""
    return f"/cases/{quote(str(case_id), safe='')}?" + arguments(Scope(as_of=scope.as_of))


def codes(found: pd.DataFrame, word: str) -> dict[str, str]:
    """Code by name, of the columns ``<word>`` and ``<word>_id``."""
    return dict(zip(found[word], found[f"{word}_id"], strict=True))


def files(scope: Scope, question: str) -> tuple[str, str]:
    """The same figures to take away: as CSV, and as Excel."""
    return data(scope, question), data(scope, question, "xlsx")


def data(scope: Scope, question: str, kind: str = "csv") -> str:
    """The same figures as a file."""
    return f"/data/{question}.{kind}?" + arguments(scope)
