"""The same spot whistled at again: from so many times on it is proposed for the agenda, and people decide."""

from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, linked, panel
from components.records import each
from components.whistle_words import Book, matter, unrecorded
from components.words import _, ngettext

WALL, DESK = 3, 8
"""Spots shown."""


def again(found: pd.DataFrame, days_left: float | None, book: Book) -> html.Section:
    """Of whistles.spots, most often first; ``days_left`` to the next meeting, None where none is planned."""
    note = _("within {n} days").format(n=book.days)
    if not book.is_told:
        return unrecorded("whistles_spots", "grow", note)
    if found.empty:
        said = empty(_("No spot was whistled at again."))
        return panel(_("No spot again"), said, note, "whistles_spots", "grow")
    most = WALL if words.viewer().wall else DESK
    body = html.Ol([_spot(row, book) for row in each(found.head(most))], className="rows wspots")
    rest = 0 if words.viewer().wall else len(found) - most
    others = ngettext("{n} more spot", "{n} more spots", rest).format(n=rest) if rest > 0 else None
    return panel(title(found, days_left), body, note, "whistles_spots", "grow", others)


def title(found: pd.DataFrame, days_left: float | None) -> str:
    """How many go before which meeting; none, how many come near."""
    proposed = int(found["is_proposed"].sum())
    if not proposed:
        said = ngettext(
            "{n} spot again, none for the agenda", "{n} spots again, none for the agenda", len(found)
        )
        return said.format(n=len(found))
    said = ngettext("{n} spot for {meeting}", "{n} spots for {meeting}", proposed)
    return said.format(n=proposed, meeting=meeting(days_left))


def meeting(days_left: float | None) -> str:
    """Which meeting a spot is proposed to."""
    if words.absent(days_left) or days_left >= 2:  # type: ignore[operator]
        return _("the next meeting")
    return _("today's meeting") if days_left < 1 else _("tomorrow's meeting")  # type: ignore[operator]


def _spot(row: Any, book: Book) -> html.Li:
    where = (
        matter(row)
        if row.hidden or words.absent(row.place) or not row.place
        else f"{row.place} {matter(row)}"
    )
    lead = words.NOTHING if words.absent(row.unit) else row.unit
    times = _("{n}×").format(n=int(row.times))
    cells = [
        html.Span(row.town, className="cut"),
        html.Span(where, className="cut"),
        html.Span(_("lead: {unit}").format(unit=lead), className="note cut"),
        linked(times, book.listed(f"spot_{row.spot_id}"), "n r"),
    ]
    return html.Li(cells, className="up" if row.is_proposed else None)
