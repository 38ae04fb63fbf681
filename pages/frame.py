"""What stands on every page: the menu and the top strip. Not a page: it is never an address."""

from urllib.parse import parse_qsl, urlencode

import dash
import pandas as pd
from dash import Input, Output, callback, html
from flask import current_app

from components import alerts as drawn
from components import frame, menu, narrowed, strip, words
from components.words import N_
from queries import alerts, health, meetings, narrowing
from queries.addresses import arguments, turned
from queries.arguments import Scope

KEPT = ("as_of", "wall", "lang", "theme", "rotate")
"""What goes along from page to page."""

WHOLE_CITY = ("/", "/queues", "/overdue", "/whistles")
"""Pages that speak of the whole city unless told otherwise."""

NAMES = {
    "/": N_("Overview"),
    "/queues": N_("Window queues"),
    "/overdue": N_("Overdue ladder"),
    "/whistles": N_("Whistle calls"),
    "/meeting": N_("Dispatch"),
    "/league": N_("League"),
    "/intake": N_("Intake"),
    "/cases": N_("Cases"),
    "/alerts": N_("Alerts"),
    "/definitions": N_("Definitions"),
}


def kept(search: str, names: tuple[str, ...] = KEPT) -> str:
    """The part of an address that goes along to another page."""
    pairs = [(name, value) for name, value in parse_qsl((search or "").lstrip("?")) if name in names]
    return "?" + urlencode(pairs) if pairs else ""


def page_of(pathname: str) -> str:
    """The address in the menu that ``pathname`` belongs to."""
    first = "/" + (pathname or "/").split("/")[1]
    first = {"/units": "/league", "/meetings": "/meeting"}.get(first, first)
    return first if first in NAMES else ""


@callback(
    Output(frame.MENU, "children"),
    Input(frame.ADDRESS, "pathname"),
    Input(frame.ADDRESS, "search"),
)
def draw_menu(pathname: str, search: str) -> list:
    links = [(NAMES[page["path"]], page["path"]) for page in registered()]
    return menu.links(links, page_of(pathname), kept(search))


def registered() -> list[dict]:
    """Pages of the registry that have a place in the menu, in order."""
    return [page for page in dash.page_registry.values() if page["path"] in NAMES]


@callback(
    Output(frame.STRIP, "children"),
    Input(frame.VIEW, "data"),
    Input(frame.ADDRESS, "pathname"),
)
def draw_strip(view: dict, pathname: str) -> list:
    scope = Scope.of(view)
    name = NAMES.get(page_of(pathname), "")
    return strip.strip(name, scope.as_of, health.newest(scope), coming(scope), current_app.config["DEMO"])


def coming(scope: Scope) -> pd.DataFrame:
    """The row of the next meeting; on the day of one, of that one."""
    found, held = meetings.next(scope), meetings.around(scope.as_of)[0]
    if found.empty or held is None or held.actual != scope.as_of.date():
        return found
    number = pd.array([held.number], dtype="Int64")
    return found.assign(number=number, actual=[held.actual], days_left=pd.array([0], dtype="Int64"))


@callback(
    Output(frame.NARROWED, "children"),
    Input(frame.ADDRESS, "pathname"),
    Input(frame.ADDRESS, "search"),
)
def draw_narrowed(pathname: str, search: str) -> html.P | None:
    """Pages with chips of their own say only the moment."""
    asked = arguments(search)
    scope = Scope.of(asked)
    is_whole = (pathname or "/").rstrip("/") in ("", *WHOLE_CITY)
    chosen = narrowing.of(scope) if is_whole else []
    back = pathname + kept(search, ("wall", "lang", "theme", "rotate"))
    moment = scope.as_of if "as_of" in asked else None
    now, live = current_app.config["MOMENT"](), pathname + turned(search, as_of=None)
    return narrowed.note(moment, [part[:2] for part in chosen], back, now, live)


@callback(
    Output(frame.ALERTS, "children"),
    Input(frame.VIEW, "data"),
    Input(frame.ADDRESS, "search"),
    Input(frame.ADDRESS, "pathname"),
)
def draw_alerts(view: dict, search: str, pathname: str) -> html.P | None:
    """The whole city's, at the page's moment; walls and the page of alerts show them by themselves."""
    if words.viewer().wall or page_of(pathname) == "/alerts":
        return None
    counts = alerts.counts(Scope(as_of=Scope.of(view).as_of))
    return drawn.line(counts, lambda kind: "/alerts" + with_kind(kept(search), kind))


def with_kind(query: str, kind: str) -> str:
    """The query with the kind of alert asked for."""
    return f"{query}&measure={kind}" if query else f"?measure={kind}"
