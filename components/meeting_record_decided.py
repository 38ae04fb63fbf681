"""What the meeting decided, on the page of its record: who leads, who answers, what is promised by when."""

from typing import Any

import pandas as pd
from dash import html

from components import limits, words
from components.panels import panel
from components.records import each
from components.terms import term
from components.words import _, ngettext


def decided(table: pd.DataFrame, begun: int) -> html.Section:
    """One row a matter that is decided; ``begun`` others are recorded and left open."""
    title = ngettext("{n} decision", "{n} decisions", len(table)).format(n=len(table))
    note = _("{n} more recorded, not decided").format(n=words.number(begun)) if begun else None
    if table.empty:
        return panel(
            _("Nothing is decided"), html.P(_("No matter is decided in every part."), className="q"), note
        )
    names = (_("Matter"), _("Lead (assisting)"), _("Leader who answers"), _("Pledge"), _("Limit"))
    top = html.Tr([html.Th(name) for name in names])
    body = [html.Tr([html.Td(cell) for cell in _row(row)]) for row in each(table)]
    return panel(
        title, html.Table([html.Thead(top), html.Tbody(body)], className="tbl then"), note, None, "all"
    )


def _row(row: Any) -> list[Any]:
    matter = _("(confidential)") if row.hidden else row.title or words.NOTHING
    kind = _("Look-back") if row.is_back else term(row.item_group)
    helped = _(" (with {units})").format(units=row.assist_units) if row.assist_units else ""
    return [
        [html.Span(kind, className="q"), " ", matter],
        f"{row.lead_unit or words.NOTHING}{helped}",
        row.owner_post or words.NOTHING,
        row.pledge or words.NOTHING,
        limits.at(row.due_at),
    ]
