"""Who holds what is late and nearly late: a unit a row, and every count opens its cases."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.headlines import some
from components.overdue_words import opened, unit
from components.panels import empty, panel
from components.records import each
from components.terms import term
from components.words import N_, _, ngettext

COUNTS = {
    "overdue": N_("Overdue"),
    "due_24h": N_("24 h"),
    "due_48h": N_("48 h"),
    "citizen_overdue": N_("by citizen's clock"),
    "closed_late": N_("Closed late, cases"),
    "open": N_("Open"),
}
"""Columns that count cases, as they stand."""

SHOWN = 24

TROUBLE = ["overdue", "due_24h", "due_48h", "citizen_overdue", "closed_late"]

Href = Callable[[Any, str], str | None]


def table(found: pd.DataFrame, unit_href: Callable[[Any], str], href: Href, note: Any) -> html.Section:
    """Of overdue.units, most overdue first; those of least or nothing are only counted."""
    if len(found) and found["overdue"].isna().all():
        said = empty(_("The source gives no limits."))
        return panel(_("Overdue by unit"), said, note, "overdue_open", "four")
    troubled = found[found[TROUBLE].fillna(0).sum(axis=1) > 0].head(SHOWN)
    if troubled.empty:
        said = empty(_("No unit has a case that is late or due within 48 h."))
        return panel(_("No unit is late"), said, note, "overdue_open", "four")
    heads = [html.Th(_("Unit")), html.Th(_("Group"))]
    heads += [html.Th(_(name), className="r") for name in COUNTS.values()]
    heads += [html.Th(_(name), className="r") for name in (N_("Longest"), N_("Load"), N_("Sharpness"))]
    body = [_unit(row, unit_href, href) for row in each(troubled)]
    made = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="tbl odunits")
    return panel(title(found), made, note, "severity", "four", _foot(len(found) - len(troubled)))


def title(found: pd.DataFrame) -> str:
    """How many units are late, and which most."""
    behind = found[found["overdue"].fillna(0) > 0]
    if behind.empty:
        return _("No unit has an overdue case")
    worst = behind.sort_values("overdue", ascending=False, kind="stable").iloc[0]
    said = ngettext("{n} unit has overdue cases", "{n} units have overdue cases", len(behind))
    return said.format(n=len(behind)) + _(", {unit} most: {cases}").format(
        unit=worst["unit"], cases=words.number(worst["overdue"])
    )


def _unit(row: Any, unit_href: Callable[[Any], str], href: Href) -> html.Tr:
    cells = [
        html.Td(opened(unit(row), unit_href(row) if row.unit_id else None)),
        html.Td(term(row.unit_group), className="q"),
    ]
    cells += [_count(row, name, href) for name in COUNTS]
    cells += [
        html.Td(words.days(row.oldest_days), className="r"),
        html.Td(words.number(row.load), className="r"),
        html.Td(words.number(row.sharpness), className="r"),
    ]
    return html.Tr(cells)


def _count(row: Any, name: str, href: Href) -> html.Td:
    """A count and its list; what is overdue stands out."""
    value = getattr(row, name)
    figure = opened(words.number(value), href(row, name) if some(value) else None)
    strong = name == "overdue" and some(value)
    kind = "r late" if strong else "r" if some(value) else "r q"
    return html.Td(html.B(figure) if strong else figure, className=kind)


def _foot(others: int) -> str | None:
    if not others:
        return None
    said = ngettext("{n} other unit: less or nothing late", "{n} other units: less or nothing late", others)
    return said.format(n=words.number(others))
