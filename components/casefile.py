"""Beside one case: the citizen's words, in whose hands it was, and the cases that belong to it."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import filters, words
from components.casehead import told_only
from components.panels import empty, linked, panel
from components.records import each
from components.terms import term
from components.words import _

LISTED = 6

MASKED = re.compile("〔(楼栋)〕")
"""What masking leaves where a building was named; other such brackets are the numbers of documents."""

Href = Callable[[str], str]  # the number of a case → its address


def aside(panels: list[html.Section | None]) -> html.Div:
    """Panels under each other, two columns wide; what there is nothing of is left out."""
    return html.Div([piece for piece in panels if piece is not None], className="stack two")


def told(case: pd.Series) -> html.Section:
    """The citizen's words and the answer; hidden where the matter is confidential."""
    case = told_only(case)
    if case["hidden"]:
        sentence = _("{kind}: only the kind is shown.").format(kind=term(case["confidentiality"]))
        return panel(_("The request"), empty(sentence), None)
    pieces: list[Any] = [html.P(_marked(case["body"]) or _("No text is recorded."), className="said")]
    if case["place"]:
        pieces.append(html.P(_marked(case["place"]), className="note"))
    if case["reply"]:
        pieces += [html.H3(_("The answer")), html.P(_marked(case["reply"]), className="said")]
    return panel(_("The request"), pieces, _("persons are masked"))


def _marked(text: str | None) -> list[Any]:
    """The text with what masking took out set apart, so that a reader knows what is gone."""
    parts = enumerate(MASKED.split(text or ""))
    return [html.Span(part, className="gone") if place % 2 else part for place, part in parts if part]


def alike(found: pd.DataFrame, href: Href) -> html.Section | None:
    """Cases of the same event, and those merged: columns of cases.siblings; None where there are none."""
    if found.empty:
        return None
    merged = int((found["state"] == "merged").sum())
    title = words.ngettext(
        "{n} other case of the same event", "{n} other cases of the same event", _all(found)
    )
    note = _("{n} merged").format(n=merged) if merged else None
    return _cases(title.format(n=_all(found)), found, href, note)


def before(found: pd.DataFrame, href: Href) -> html.Section | None:
    """Cases of the same person and matter: columns of cases.earlier; None where there are none."""
    if found.empty:
        return None
    title = words.ngettext("Same person, same matter: {n}", "Same person, same matter: {n}", _all(found))
    return _cases(title.format(n=_all(found)), found, href, None)


def _all(found: pd.DataFrame) -> int:
    """How many there are, listed or not."""
    return int(found["alike"].iloc[0])


def _cases(title: str, found: pd.DataFrame, href: Href, note: Any) -> html.Section:
    """Other cases of the matter, newest first."""
    listed = [_case(item, href) for item in each(found.head(LISTED))]
    more = _all(found) - len(listed)
    foot = _("{n} more not listed").format(n=words.number(more)) if more > 0 else None
    return panel(title, html.Ul(listed, className="alike"), note, foot=foot)


def _case(item: Any, href: Href) -> html.Li:
    title = _("(confidential)") if item.hidden else item.title or words.NOTHING
    cells = [
        html.Span([linked(item.case_id, href(item.case_id), "n"), f"　{title}"], className="cut"),
        html.Span(item.unit, className="q cut"),
        html.Span(filters.state_name(item.state), className="note r"),
    ]
    return html.Li(cells)
