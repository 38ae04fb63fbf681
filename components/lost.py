"""The page that is not there: one sentence, and the ways back."""

from typing import Any

from dash import dcc, html

from components.words import _


def lost(address: str) -> html.Div:
    """What a wrong address gets, in the board's own manner; ``address`` is shown as text."""
    ways: list[Any] = [
        dcc.Link(_("To the overview"), href="/", className="n"),
        "　",
        dcc.Link(_("Look for a case"), href="/cases", className="n"),
    ]
    return html.Div(
        html.Section(
            [
                html.B("404", className="q"),
                html.H1(_("There is no page at this address")),
                html.P(address, className="q cut"),
                html.Div(html.U(style={"left": "40.4%"}), className="axis60"),
                html.P(ways),
            ],
            className="lostpage",
        ),
        className="page plain",
    )


def no_unit(code: str) -> html.Section:
    """What a unit's code gets that is not in the database."""
    return _gone(_("No unit has this code"), code, _("To the league"), "/league")


def no_case(number: str) -> html.Section:
    """What a case number gets that is not in the database."""
    return _gone(_("No case has this number"), number, _("To the list of cases"), "/cases")


def not_yet(number: str, href: str) -> html.Section:
    """What a case gets that had not been received at the moment looked back to; ``href``: it, now."""
    return _gone(_("At this moment the case had not been received yet"), number, _("To the case now"), href)


def _gone(title: str, code: str, way: str, href: str) -> html.Section:
    """A thing that is not there: its code as text, and the way to those that are."""
    pieces = [
        html.H1(title),
        html.P(code, className="q cut"),
        html.P(dcc.Link(way, href=href, className="n")),
    ]
    return html.Section(pieces, className="lostpage")
