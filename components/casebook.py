"""The list of cases: how many, of which set, and the grid that pages through them."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from dash import html

from components import filters, words
from components.panels import files
from components.tables import PRINTED, Column, grid
from components.terms import term
from components.words import N_, _

Row = dict[str, Any]

COLUMNS = {
    "case_link": (N_("Number"), 118), "title": (N_("Matter"), None), "unit": (N_("Unit"), 98),
    "state": (N_("State"), 98), "late": (N_("Late"), 88), "level": (N_("Step"), 48),
    "received_at": (N_("Received"), 124), "due_at": (N_("Limit"), 124), "closed_at": (N_("Closed"), 124),
    "issue": (N_("Kind"), 78), "channel": (N_("Channel"), 100), "area": (N_("Area"), 84),
    "called_at": (N_("Called back"), 124), "rating": (N_("Rating"), 108), "resolved": (N_("Resolved"), 98),
    "reason": (N_("Reason"), 124), "source": (N_("Who called"), 98),
    "dispatched_at": (N_("Dispatched"), 124), "signed_at": (N_("Signed for"), 124),
    "reported_at": (N_("Reported done"), 124), "round": (N_("Round"), 88),
    "recorded_at": (N_("Entered"), 124), "promised_due": (N_("Promised by"), 124),
    "ground": (N_("Ground"), 150), "proposed_at": (N_("Proposed"), 124),
    "approved_at": (N_("Approved"), 124), "rejected_at": (N_("Refused"), 124),
}  # fmt: skip
"""Heading and width (None: what is left) of all that a list may show."""

OF_CASES = ("state", "late", "level", "received_at", "due_at", "closed_at", "issue", "channel", "area")
OF_WORK = ("due_at", "late")
OF_EVENTS = ("received_at", "issue")
"""After number, matter and unit: of a case; of an event that is a unit's work; of every event."""

UNSORTED = ("title", "state", "late", "level", "area")
"""Columns that the database cannot put in order."""

SORTED = {"case_link": "case_id"}
"""Columns of the grid that it knows under another name."""

TEXTS = ("unit", "issue", "channel", "area", "reason", "ground")

SAID: dict[str, Callable[[Any], str]] = {
    **{name: words.full for name in COLUMNS if name.endswith(("_at", "_due"))},
    **dict.fromkeys(TEXTS, lambda said: said or words.NOTHING),
    **dict.fromkeys(("rating", "resolved", "source"), term),
    "round": words.number,
    "state": filters.state_name,
}
"""How a value is said."""


def columns(told: Sequence[str] = ()) -> list[Column]:
    """The columns of the list, in the reader's language.

    ``told`` are those that an event has of its own: they stand in place of what became of the case.
    """
    work = OF_WORK if "reported_at" in told else ()
    shown = ("case_link", "title", "unit", *((*told, *work, *OF_EVENTS) if told else OF_CASES))
    return [_column(name) for name in shown]


def _column(name: str) -> Column:
    heading, width = COLUMNS[name]
    return Column(name, _(heading), width=width, sortable=name not in UNSORTED)


def book(name: str, told: Sequence[str]) -> Any:
    """The grid, empty until it asks for its first rows; ``told`` as `columns` has it."""
    return grid(name, columns(told))


def records(found: pd.DataFrame, href: Callable[[str], str]) -> list[Row]:
    """Rows of cases.list as the grid shows them; ``href`` opens a case by its number."""
    table = found.astype(object).where(found.notna(), None)
    return [_record(row, href) for row in table.to_dict("records")]


def _record(row: dict[Any, Any], href: Callable[[str], str]) -> Row:
    """One row in words; a hidden matter says that it is hidden."""
    late = row["days_late"]
    return {
        "case_link": f"[{row['case_id']}]({href(row['case_id'])})",
        "title": _("(confidential)") if row["hidden"] else row["title"] or words.NOTHING,
        "late": words.age(late * 86400) if late else words.NOTHING,
        "level": words.NOTHING if row["level"] is None else f"D{row['level']}",
        **{name: said(row[name]) for name, said in SAID.items() if name in row},
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
