"""What came of all that meetings assigned (M16): done and signed off are two numbers."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import linked, panel
from components.records import each
from components.terms import term
from components.words import N_, _, ngettext

HEADS = {"batch": N_("Meeting"), "unit": N_("Lead"), "chair": N_("Chair"), "owner": N_("Owner")}

COUNTS = ("assigned", "closed", "signed_off", "open", "promise_due", "promise_kept")

Opens = Callable[[Any, str], str | None]
"""The list of items behind a figure of a row: the row, and the column."""


Href = Callable[[Any], str]
"""The meeting of a batch."""


def table(rates: pd.DataFrame, by: str, opens: Opens, href: Href) -> html.Section:
    """Rows of meetings.close_rates of one kind, the whole first."""
    whole, parts = rates[rates["by"] == "all"], rates[rates["by"] == by]
    names = [_("Assigned"), _("Done|items"), _("Signed off"), _("Open|items"), _("Promise due"), _("Kept")]
    heads = [_(HEADS[by]), *(name.split("|")[0] for name in names), _("Done, %"), _("Kept, %")]
    body = [_row(row, by, opens, href) for row in [*each(whole), *each(parts)]]
    top = html.Tr([html.Th(head, className="r" if place else "") for place, head in enumerate(heads)])
    drawn = html.Table([html.Thead(top), html.Tbody(body)], className="tbl")
    return panel(title(rates), drawn, None, "meeting_rates", "four")


def title(rates: pd.DataFrame) -> str:
    """697 of 745 done, 48 not signed off; or that the source never records it."""
    whole = next(each(rates[rates["by"] == "all"]))
    return _done(whole) + _unsigned(whole)


def _done(whole: Any) -> str:
    count = words.number(whole.assigned)
    if words.absent(whole.closed):
        return ngettext(
            "{n} item assigned, closing not recorded",
            "{n} items assigned, closing not recorded",
            whole.assigned,
        ).format(n=count)
    return _("{k} of {n} items done ({p})").format(
        k=words.number(whole.closed), n=count, p=words.percent(whole.close_rate)
    )


def _unsigned(whole: Any) -> str:
    if words.absent(whole.open):
        return _(", sign-off not recorded")
    return ngettext(", {n} not signed off", ", {n} not signed off", whole.open).format(
        n=words.number(whole.open)
    )


def _row(row: Any, by: str, opens: Opens, href: Href) -> html.Tr:
    figures = [_figure(row, name, opens) for name in COUNTS]
    rates = [words.percent(share) for share in (row.close_rate, row.kept_rate)]
    cells = [html.Td(_name(row, by, href))] + [html.Td(cell, className="r") for cell in [*figures, *rates]]
    return html.Tr(cells, className="whole" if row.by == "all" else "")


def _figure(row: Any, name: str, opens: Opens) -> Any:
    count = getattr(row, name)
    some = not words.absent(count) and bool(count)
    return linked(words.number(count), opens(row, name) if some else None, "n" if some else None)


def _name(row: Any, by: str, href: Href) -> Any:
    if row.by == "all":
        return html.B(_("All meetings"))
    if by == "batch":
        number = "" if words.absent(row.number) else _("no. {n} ").format(n=int(row.number))
        return linked(f"{number}{row.actual:%Y-%m-%d}", href(row))
    if not row.key:
        return _("none named")
    return term(row.key) if by == "chair" else row.name


def chaired(rows: pd.DataFrame) -> html.Section:
    """Of meetings.chaired: how many meetings each post chaired."""
    whole = int(rows["meetings"].sum())
    title = ngettext("{n} meeting held", "{n} meetings held", whole).format(n=words.number(whole))
    listed: Sequence[Any] = [
        html.Li(
            [
                html.Span(term(row.chair_role) if row.chair_role else _("not said")),
                html.B(words.number(row.meetings)),
                html.Span(words.percent(row.meetings / whole), className="q r"),
            ]
        )
        for row in each(rows)
    ]
    return panel(title, html.Ul(listed, className="chaired"), _("by who chaired"), None, "two")
