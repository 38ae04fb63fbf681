"""P2 窗口排队: every window, the wait of who comes now, and what the duty chief may do about it."""

import dash
from dash import Input, Output, callback, html

from components import advice, bands, funnels, hall, heat, layouts, panels, windows, words
from components.frame import VIEW
from components.words import _
from queries import queues
from queries.arguments import Scope
from rules import rulebook

dash.register_page(__name__, path="/queues", name="Window queues", order=2)

TILES = "queues-tiles"
WINDOWS = "queues-windows"
ARRIVALS = "queues-arrivals"
VISITS = "queues-visits"
ADVICE = "queues-advice"
HEAT = "queues-heat"


def layout(**_address: str) -> html.Div:
    slot = layouts.slot
    return layouts.queues_page(
        slot(TILES), slot(WINDOWS), slot(ARRIVALS), slot(VISITS), slot(ADVICE), slot(HEAT)
    )


@callback(Output(TILES, "children"), Input(VIEW, "data"))
def draw_tiles(view: dict) -> list:
    book = rulebook.load()
    return hall.tiles(queues.hall(Scope.of(view)).iloc[0], book.wait.good, book.settling.reference)


@callback(Output(WINDOWS, "children"), Input(VIEW, "data"))
def draw_windows(view: dict) -> html.Section:
    now = Scope.of(view)
    return windows.board(queues.windows(now), recorded=_recorded(now))


@callback(Output(ARRIVALS, "children"), Input(VIEW, "data"))
def draw_arrivals(view: dict) -> html.Section:
    now = Scope.of(view)
    return bands.arrivals(queues.arrivals(now), words.weekday(now.as_of), _recorded(now))


@callback(Output(VISITS, "children"), Input(VIEW, "data"))
def draw_visits(view: dict) -> html.Section:
    now = Scope.of(view)
    today = queues.hall(now).iloc[0]
    return funnels.visits(
        queues.visit_funnel(now), today["median_minutes"], today["misrouted"], _recorded(now)
    )


@callback(Output(ADVICE, "children"), Input(VIEW, "data"))
def draw_advice(view: dict) -> html.Section:
    now = Scope.of(view)
    if not _recorded(now):
        said = panels.empty(_("Visits are not recorded."))
        return panels.panel(_("Advice"), said, None, "advice", "two")
    return advice.advice(queues.advice(now))


@callback(Output(HEAT, "children"), Input(VIEW, "data"))
def draw_heat(view: dict) -> html.Section:
    now = Scope.of(view)
    return heat.windows(queues.heat(now), _recorded(now))


def _recorded(now: Scope) -> bool:
    """Whether the source keeps visits at all: nobody in a hall that nobody counts is no finding."""
    return not words.absent(queues.hall(now).iloc[0]["waiting_people"])
