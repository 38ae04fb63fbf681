"""How often towns whistle for the orders they have: a band, not a rank; seldom is no better than often."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, linked, panel
from components.records import each
from components.rows import width
from components.whistle_words import Book, named, unrecorded
from components.words import N_, _, ngettext

Href = Callable[[Any], str | None]  # a row → the list behind its figure

OUTSIDE = {"low": N_("seldom"), "high": N_("often"), "few": N_("few orders")}
"""Where a town stands to the band."""

BEYOND = 2.0
"""The axis ends at so many times the band's upper end: what lies beyond is marked."""


def table(found: pd.DataFrame, book: Book, orders: Href, note: Any) -> html.Section:
    """Of whistles.towns: whistles, orders, both together on the band, void, withdrawn, signed off, hours.

    ``orders``: the cases behind a town's orders.
    """
    if not book.is_told:
        return unrecorded("whistles_towns", "three", note)
    blown = found[found["whistles"].fillna(0) > 0]
    if blown.empty:
        said = empty(_("No whistle was accepted in this period."))
        return panel(_("No town has whistled"), said, note, "whistles_towns", "three")
    top = BEYOND * _known(found["band_high"].iloc[0]) or _known(found["per_100"].max()) or 1.0
    names = (_("Whistles, count"), _("Orders"), _("per 100"))
    heads = [html.Th(_("Town")), *(html.Th(name, className="r") for name in names), html.Th()]
    heads += [
        html.Th(name, className="r")
        for name in (_("ruled void"), _("withdrawn"), _("signed off"), _("median time"))
    ]
    body = [_town(row, top, book, orders(row)) for row in each(found)]
    made = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="tbl wtowns")
    foot = _("band: P10–P90 of towns of {n} orders or more; line: 95% interval")
    return panel(title(found), made, note, "whistles_towns", "three", foot.format(n=book.orders))


def _known(value: Any) -> float:
    return 0.0 if words.absent(value) else float(value)


def title(found: pd.DataFrame) -> str:
    """Which towns whistle more, or less, than the band, as far as their orders can tell."""
    parts = []
    for side, text in (("high", _("{names} often")), ("low", _("{names} seldom"))):
        towns = [str(name) for name in found.loc[found["outside"] == side, "town"]]
        if towns:
            counted = ngettext("{n} town", "{n} towns", len(towns)).format(n=len(towns))
            parts.append(text.format(names=named(towns, 2) or counted))
    if not parts:
        return _("Whistles per 100 orders: no town clearly outside the band")
    return _("Whistles per 100 orders: {found}").format(found=_(", ").join(parts))


def _town(row: Any, top: float, book: Book, orders: str | None) -> html.Tr:
    is_few, per_100 = row.outside == "few", words.points(row.per_100)
    rate = html.B(per_100) if row.outside in ("low", "high") else per_100
    cells = [
        html.Td(row.town),
        _count(row.whistles, "accepted", row, book),
        html.Td(linked(words.number(row.orders), orders), className="r"),
        html.Td(rate, className="r q" if is_few else "r"),
        html.Td(_place(row, top), className="picture"),
        _count(row.void, "void", row, book),
        _count(row.cancelled, "cancelled", row, book),
        _count(row.closed, "signed_off", row, book),
        html.Td(words.age(3600 * row.hours) if not words.absent(row.hours) else words.NOTHING, className="r"),
    ]
    return html.Tr(cells)


def _count(value: Any, set_name: str, row: Any, book: Book) -> html.Td:
    href = book.listed(set_name, other=row.town_id, area=None) if _known(value) else None
    return html.Td(linked(words.number(value), href), className="r" if href else "r q")


def _place(row: Any, top: float) -> html.Div:
    """The band of all towns, and a dot on its interval where this one stands; beyond the end an arrow's head.
    A town of too few orders has no place.
    """
    low, high = _known(row.band_low) / top, _known(row.band_high) / top
    drawn: list[Any] = [html.I(style={"left": width(low), "width": width(min(high, 1) - low)})]
    if words.absent(row.per_100) or row.outside == "few":
        return html.Div(drawn[: int(not words.absent(row.per_100))], className="wband")
    first, last = (min(_known(end) / top, 1) for end in (row.per_100_low, row.per_100_high))
    drawn.append(html.U(style={"left": width(first), "width": width(last - first)}))
    if row.per_100 > top:
        return html.Div([*drawn, html.Span("›", className="off")], className="wband")
    return html.Div([*drawn, html.Em(style={"left": width(row.per_100 / top)})], className="wband")
