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


def overdue_page(tiles: Any, ladder: Any, left: Any, right: Any, *below: Any) -> html.Div:
    """P4: tiles, the ladder in six columns, two panels; what is ``below`` is seen at the desk only."""
    more = [html.Div(piece, className="slot desk-only") for piece in below]
    body = [tiles, notices.slot("db"), ladder, left, right, *more]
    return html.Div(body, className="page ladders")


def whistles_page(tiles: Any, board: Any, day: Any, rates: Any, aside: list, *below: Any) -> html.Div:
    """P5: tiles, the whistles under way, two panels, a column of two; ``below`` at the desk only."""
    more = [html.Div(piece, className="slot desk-only") for piece in below]
    body = [tiles, notices.slot("db"), board, day, rates, column(*aside), *more]
    return html.Div(body, className="page blown")


def league_page(ask: Any, table: Any, aside: list, law: Any) -> html.Div:
    """P3: what is asked, the table, a column beside it, the law below."""
    return html.Div([notices.slot("db"), ask, table, column(*aside), law], className="page league")


def wall_page(whole: Any) -> html.Div:
    """A wall of one piece."""
    return html.Div([notices.slot("db"), whole], className="page")


def unit_page(
    head: list, tiles: Any, left: list, middle: list, right: list, below: list, law: Any
) -> html.Div:
    """A unit: who it is, six tiles, three columns; what is ``below`` is seen at the desk only."""
    columns = [column(*panels) for panels in (left, middle, right)]
    more = html.Div([below[0], html.Div(below[1:], className="stack")], className="slot desk-only")
    return html.Div([notices.slot("db"), *head, tiles, *columns, more, law], className="page unit")


def plain_page(*pieces: Any) -> html.Div:
    """A desk page: pieces flow over six columns as wide as their class says (one, two, three, four, all)."""
    return html.Div([notices.slot("db"), *pieces], className="page plain")


def meeting_page(order: Any, left: list, right: list) -> html.Div:
    """P6: the order of business above, what the room goes through left, what is read out right."""
    body = [
        notices.slot("db"),
        order,
        html.Div(left, className="col four"),
        html.Div(right, className="col two"),
    ]
    return html.Div(body, className="page meeting")
