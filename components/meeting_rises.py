"""What rose in the ten days: events that several people report, and places beyond chance."""

from collections.abc import Callable, Container
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, linked, panel
from components.records import each
from components.words import _, ngettext

SHOWN = 5
"""Lines of each; more are counted."""

Href = Callable[[Any], str | None]


def rises(
    events: pd.DataFrame,
    places: pd.DataFrame,
    case: Href,
    reports: Href,
    listed: Href,
    told: Container[str] = ("events", "villages"),
) -> html.Section:
    """Of meetings.new_clusters and meetings.hot_places; ``told``: which of these the source records.

    ``case`` opens the first case of an event, ``reports`` and ``listed`` what an event or place counts.
    """
    new = int(events["is_new"].sum()) if len(events) else 0
    grown = ngettext("{n} event reported more, {k} new", "{n} events reported more, {k} new", len(events))
    rising = ngettext("{n} place rising", "{n} places rising", len(places))
    title = _("{events}, {places}").format(
        events=grown.format(n=len(events), k=new) if "events" in told else _("events not recorded"),
        places=rising.format(n=len(places)) if "villages" in told else _("villages not recorded"),
    )
    columns = [_events(events, case, reports, "events" in told), _places(places, listed, "villages" in told)]
    return panel(title, html.Div(columns, className="pair rises"), _("against the last period"), None, "four")


def _events(events: pd.DataFrame, case: Href, reports: Href, is_told: bool) -> Any:
    if not is_told:
        return empty(_("The source does not record which cases are one event."))
    if events.empty:
        return empty(_("No event is reported more often than before."))
    lines = [
        _line(linked(_title(row), case(row), "cut"), row.area, row.reports, reports(row), row.before)
        for row in each(events.head(SHOWN))
    ]
    return _listed(lines, len(events))


def _places(places: pd.DataFrame, listed: Href, is_told: bool) -> Any:
    if not is_told:
        return empty(_("The source does not record villages or communities."))
    if places.empty:
        return empty(_("No village or community rose beyond chance."))
    lines = [
        _line(linked(row.area, listed(row), "cut"), row.parent, row.received, listed(row), row.before)
        for row in each(places.head(SHOWN))
    ]
    return _listed(lines, len(places))


def _title(row: Any) -> str:
    return _("(confidential)") if row.hidden else row.title


def _line(name: Any, beside: str, now: int, counted: str | None, before: int) -> html.Li:
    figures = [
        html.B(linked(words.number(now), counted)),
        html.Span(_(" was {n}").format(n=words.number(before)), className="q"),
    ]
    return html.Li(
        [
            name,
            html.Span(beside or "", className="q cut"),
            html.Span(figures, className="r"),
        ]
    )


def _listed(lines: list[html.Li], whole: int) -> html.Div:
    more = [html.P(_("and {n} more").format(n=whole - SHOWN), className="note")] if whole > SHOWN else []
    return html.Div([html.Ul(lines, className="rows"), *more])
