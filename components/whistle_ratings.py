"""How towns and units rate each other after a whistle; who did not rate is in no rate."""

from math import floor
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.dots import dot
from components.panels import empty, linked, panel
from components.records import each
from components.whistle_units import foot_of, lines
from components.whistle_words import Book, unrecorded
from components.words import N_, _

SIDES = {"town": N_("Towns: content"), "unit": N_("Units: needed")}
"""What a good rating says: the town was content with the unit, the unit thinks that it was needed."""


def both(found: pd.DataFrame, book: Book) -> html.Section:
    """Of whistles.ratings: two rows on one axis."""
    if not book.is_told:
        return unrecorded("whistles_ratings", "")
    if not found["rated"].sum():
        said = empty(_("Nobody has rated a whistle of this period."))
        return panel(_("No ratings"), said, None, "whistles_ratings")
    foot = foot_of(found["low"])
    listed = [_side(row, foot, book) for row in each(found)]
    body = html.Ol(listed, className="rows wrates pair2", style=lines(foot))
    return panel(title(found), body, _("this period, n rated"), "whistles_ratings")


def title(found: pd.DataFrame) -> str:
    """Both in one tenth, or each with its own rate."""
    rates = [rate for rate in found["rate"] if not words.absent(rate)]
    tens = {min(floor(10 * rate + 1e-9), 9) for rate in rates}
    if len(rates) == 2 and len(tens) == 1 and (ten := tens.pop()):
        return _("Both sides rate over {n}% as good").format(n=10 * ten)
    town, unit = found["rate"]
    return _("Rated good: by towns {town}, by units {unit}").format(
        town=words.percent(town), unit=words.percent(unit)
    )


def _side(row: Any, foot: float, book: Book) -> html.Li:
    name = html.Span(_(SIDES[row.side]), className="cut")
    if words.absent(row.rate):
        return html.Li(
            [name, html.Span(), html.Span(words.NOTHING, className="r"), html.Span("n=0", className="note r")]
        )
    base = linked(words.number(row.rated), book.listed(f"rated_{row.side}"))
    cells = [
        name,
        dot(row.rate, row.low, row.high, None, foot),
        html.Span(words.percent(row.rate), className="r"),
        html.Span(["n=", base], className="note r"),
    ]
    return html.Li(cells)
