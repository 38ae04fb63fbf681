"""One case that may not be told (a report, a confidential matter): its kind, its state, and days."""

from typing import Any

import pandas as pd
from dash import html

from components import filters, words
from components.casehead import told_only
from components.panels import empty, panel
from components.terms import term
from components.words import N_, _

DAYS = {
    "received_at": N_("Received"),
    "due_at": N_("Limit"),
    "closed_at": N_("Closed"),
    "signed_off_at": N_("Signed off"),
}
"""Moments of the case that are said by their day."""


def whole(case: pd.Series) -> list[Any]:
    """All that a page says of it: columns of cases.one."""
    case = told_only(case)
    sentence = _("{kind}: only the kind, the state and the days are shown.").format(kind=kind(case))
    days = [(name, case[column]) for column, name in DAYS.items() if not words.absent(case[column])]
    listed = html.Dl([cell for name, at in days for cell in (html.Dt(_(name)), html.Dd(words.date(at)))])
    return [
        html.Div([html.H1(kind(case)), html.Span(_state(case)), html.Span(case["case_id"], className="q")],
                 className="casehead all"),
        panel(_("The request"), [listed, empty(sentence)], None, None, "two veiled"),
    ]  # fmt: skip


def kind(case: pd.Series) -> str:
    """What it is: a report, or why it is confidential."""
    return term(case["nature"] if case["nature"] == "report" else case["confidentiality"])


def _state(case: pd.Series) -> str:
    """Its state, and its rung."""
    said = filters.state_name(case["state"])
    return said if words.absent(case["level"]) else f"{said} D{int(case['level'])}"
