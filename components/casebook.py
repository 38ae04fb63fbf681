"""The list of cases: how many, of which set, and the grid that pages through them."""

from typing import Any

import pandas as pd
from dash import html

from components import filters, words
from components.panels import files
from components.tables import PRINTED, Column, grid
from components.words import _


def columns() -> list[Column]:
    """The columns of the list, in the reader's language."""
    return [
        Column("case_link", _("Number"), width=110, sortable=True),
        Column("title", _("Matter")),
        Column("unit", _("Unit"), width=98, sortable=True),
        Column("state", _("State"), width=98),
        Column("late", _("Late"), width=88),
        Column("level", _("Step"), width=48),
        Column("received_at", _("Received"), width=124, sortable=True),
        Column("due_at", _("Limit"), width=124, sortable=True),
        Column("closed_at", _("Closed"), width=124, sortable=True),
        Column("issue", _("Kind"), width=78, sortable=True),
        Column("channel", _("Channel"), width=100, sortable=True),
        Column("area", _("Area"), width=84),
    ]


SORTED = {"case_link": "case_id"}
"""Columns of the grid that the database knows under another name."""


def book(name: str) -> Any:
    """The grid, empty until it asks for its first rows."""
    return grid(name, columns())


def records(found: pd.DataFrame, kept: str) -> list[dict[str, Any]]:
    """Rows of cases.list as the grid shows them; ``kept`` is the query that goes along to a case."""
    table = found.astype(object).where(found.notna(), None)
    return [_record(row, kept) for row in table.to_dict("records")]


def _record(row: dict[Any, Any], kept: str) -> dict[str, Any]:
    """One row in words; a hidden matter says that it is hidden."""
    late = row["days_late"]
    return {
        "case_link": f"[{row['case_id']}](/cases/{row['case_id']}{kept})",
        "title": _("(confidential)") if row["hidden"] else row["title"] or words.NOTHING,
        "unit": row["unit"] or words.NOTHING,
        "state": filters.state_name(row["state"]),
        **{name: words.full(row[name]) for name in ("received_at", "due_at", "closed_at")},
        "late": words.age(late * 86400) if late else words.NOTHING,
        "level": words.NOTHING if row["level"] is None else f"D{row['level']}",
        **{name: row[name] or words.NOTHING for name in ("issue", "channel", "area")},
    }


def head(set_name: str, cases: int, as_of: Any, narrowed: list, taken: tuple[str, str]) -> html.Section:
    """How many cases of which set at which moment, what narrows them, and the same rows as files."""
    title = words.ngettext("{n} case: {set}", "{n} cases: {set}", cases)
    title = title.format(n=words.number(cases), set=filters.set_name(set_name))
    moment = html.Span(words.full(as_of), className="q")
    pieces = [html.H1(title), moment, filters.narrowed(narrowed), files(*taken)]
    if cases > PRINTED:
        pieces.append(html.P(_only_the_first(cases), className="printed note"))
    return html.Section(pieces, className="filters all")


def _only_the_first(cases: int) -> str:
    """What paper says of a list too long for it."""
    return _("The first rows only; the Excel file has all {n}.").format(n=words.number(cases))
