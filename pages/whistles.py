"""P5 吹哨报到: every whistle with its clock, the day, who comes in time, and the spots whistled at again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from typing import Any
from urllib.parse import quote

import dash
import pandas as pd
from dash import Input, Output, callback, html

from components import (
    layouts,
    panels,
    whistle_board,
    whistle_day,
    whistle_ratings,
    whistle_spots,
    whistle_tiles,
    whistle_towns,
    whistle_units,
)
from components.frame import VIEW
from components.whistle_words import Book
from queries import feeds, links, meetings
from queries import whistles as blown
from queries.arguments import Scope
from rules import rulebook

dash.register_page(__name__, path="/whistles", name="Whistles", order=5)

TILES = "whistles-tiles"
BOARD = "whistles-board"
DAY = "whistles-day"
RATES = "whistles-rates"
RATINGS = "whistles-ratings"
SPOTS = "whistles-spots"
UNITS = "whistles-units"
TOWNS = "whistles-towns"

LIST = "/whistles/list?"


def layout(wall: str = "", **_address: str) -> html.Div:
    slot = layouts.slot
    below = [] if wall == "1" else [slot(UNITS), slot(TOWNS)]
    return layouts.whistles_page(
        slot(TILES), slot(BOARD), slot(DAY), slot(RATES), [slot(RATINGS), slot(SPOTS)], *below
    )


def one(found: pd.DataFrame) -> pd.Series:
    """The single row of a question that answers with one."""
    return found.iloc[0]


def listed(now: Scope, set_name: str, **own: Any) -> str:
    """The list of a set, at the same moment and within the same filters, but for ``own``."""
    return LIST + links.arguments(now, set=set_name, limit=None, offset=0, order=None, **own)


def told(now: Scope) -> Book:
    """What was agreed of whistles, at this moment, and where their figures lead."""
    agreed = rulebook.load()
    return Book(
        now.as_of,
        agreed.whistle.soon,
        agreed.ranking.least,
        agreed.whistle.least_orders,
        agreed.whistle.repeat_days,
        lambda name, **own: listed(now, name, **own),
        case(now),
        feeds.told("whistles"),
    )


def case(now: Scope) -> Callable[[str], str | None]:
    """The way to the case behind a whistle under way, by the whistle's code; None where there is none."""
    known = blown.active(now)
    numbers = dict(zip(known["whistle_id"], known["case_id"].fillna(""), strict=True))

    def href(whistle: str) -> str | None:
        number = numbers.get(whistle)
        return links.case(now, number) if number else None

    return href


def files(now: Scope, name: str) -> html.Span:
    """The same figures to take away."""
    return panels.files(*links.files(now, f"whistles/{name}"))


def unit(now: Scope, row: Any) -> str:
    """The unit's own page."""
    return f"/units/{quote(row.unit_id, safe='')}?" + links.arguments(replace(now, unit=None, set=None))


@callback(Output(TILES, "children"), Input(VIEW, "data"))
def draw_tiles(view: dict) -> list:
    now = Scope.of(view)
    return whistle_tiles.tiles(one(blown.tiles(now)), blown.active(now), told(now))


@callback(Output(BOARD, "children"), Input(VIEW, "data"))
def draw_board(view: dict) -> html.Section:
    now = Scope.of(view)
    return whistle_board.board(blown.active(now), one(blown.tiles(now))["open"], told(now))


@callback(Output(DAY, "children"), Input(VIEW, "data"))
def draw_day(view: dict) -> html.Section:
    now = Scope.of(view)
    midnight = datetime.combine(now.as_of, time.min)
    closed = one(blown.count(replace(now, set="signed_off", start=midnight)))["rows"]
    order = whistle_day.towns_of(blown.active(now))
    return whistle_day.day(blown.day(now), one(blown.tiles(now))["today"], closed, order, told(now))


@callback(Output(RATES, "children"), Input(VIEW, "data"))
def draw_rates(view: dict) -> html.Section:
    now = Scope.of(view)
    return whistle_units.rates(blown.units(now), lambda row: unit(now, row), told(now))


@callback(Output(RATINGS, "children"), Input(VIEW, "data"))
def draw_ratings(view: dict) -> html.Section:
    now = Scope.of(view)
    return whistle_ratings.both(blown.ratings(now), told(now))


@callback(Output(SPOTS, "children"), Input(VIEW, "data"))
def draw_spots(view: dict) -> html.Section:
    now = Scope.of(view)
    coming = meetings.next(now)
    days_left = None if coming.empty else one(coming)["days_left"]
    return whistle_spots.again(blown.spots(now), days_left, told(now))


@callback(Output(UNITS, "children"), Input(VIEW, "data"))
def draw_units(view: dict) -> html.Section:
    now = Scope.of(view)
    found, note = blown.units(now), files(now, "units")
    return whistle_units.table(found, lambda row: unit(now, row), told(now), note)


@callback(Output(TOWNS, "children"), Input(VIEW, "data"))
def draw_towns(view: dict) -> html.Section:
    now = Scope.of(view)
    orders = links.opens(now, "whistles/towns", "orders")
    return whistle_towns.table(blown.towns(now), told(now), orders, files(now, "towns"))
