"""The grid each screen stands on; slots hold what the page's callbacks draw."""

from typing import Any

from dash import html

from components import notices


def slot(name: str) -> html.Div:
    """A place on the grid that a callback fills; it has no box of its own."""
    return html.Div(id=name, className="slot")


def column(*panels: Any) -> html.Div:
    """Two tile columns wide, panels under each other."""
    return html.Div(list(panels), className="col")


def overview_page(tiles: Any, left: list, middle: list, right: list, below: list) -> html.Div:
    """P1: six tiles, three columns of panels, and below them the strip of windows."""
    notice = notices.slot("db")
    columns = [column(*panels) for panels in (left, middle, right)]
    return html.Div([tiles, notice, *columns, *below], className="page overview")


def queues_page(tiles: Any, windows: Any, arrivals: Any, visits: Any, advice: Any, *below: Any) -> html.Div:
    """P2: six tiles, all windows, three panels; what is ``below`` is seen at the desk only."""
    more = [html.Div(piece, className="slot desk-only") for piece in below]
    body = [tiles, notices.slot("db"), windows, arrivals, visits, advice, *more]
    return html.Div(body, className="page queues")


def plain_page(*pieces: Any) -> html.Div:
    """A desk page: pieces flow over six columns as wide as their class says (one, two, three, four, all)."""
    return html.Div([notices.slot("db"), *pieces], className="page plain")
