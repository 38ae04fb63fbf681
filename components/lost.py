"""The page that is not there: one sentence, and the ways back."""

from typing import Any

from dash import dcc, html

from components.words import _


def lost(address: str, home: str = "/", cases: str = "/cases") -> html.Div:
    """What a wrong address gets, in the board's own manner; ``address`` is shown as text."""
    ways: list[Any] = [
        dcc.Link(_("To the overview"), href=home, className="n"),
        "　",
        dcc.Link(_("Look for a case"), href=cases, className="n"),
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


def no_unit(code: str, league: str = "/league") -> html.Section:
    """What a unit's code gets that is not in the database."""
    return html.Section(
        [
            html.H1(_("No unit has this code")),
            html.P(code, className="q cut"),
            html.P(dcc.Link(_("To the league"), href=league, className="n")),
        ],
        className="lostpage",
    )


def no_case(number: str, cases: str = "/cases") -> html.Section:
    """What a case number gets that is not in the database."""
    return html.Section(
        [
            html.H1(_("No case has this number")),
            html.P(number, className="q cut"),
            html.P(dcc.Link(_("To the list of cases"), href=cases, className="n")),
        ],
        className="lostpage",
    )
