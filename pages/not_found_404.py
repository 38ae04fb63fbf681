"""The page that is not there. Dash finds it by its file's name."""

import dash
from dash import Input, Output, callback, html

from components import layouts, lost
from components.frame import ADDRESS

dash.register_page(__name__, path="/404")

BODY = "lost-body"


def layout(**_address: str) -> html.Div:
    return html.Div(layouts.slot(BODY))


@callback(Output(BODY, "children"), Input(ADDRESS, "pathname"))
def draw(pathname: str) -> html.Div:
    return lost.lost(pathname)
