"""P4 超期督办: what is late by rule and by the citizen's clock, who must act, and what comes next."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import dash
import pandas as pd
from dash import Input, Output, callback, html

from components import (
    filters,
    ladder,
    layouts,
    overdue_chances,
    overdue_clocks,
    overdue_expected,
    overdue_ladder,
    overdue_stages,
    overdue_tiles,
    overdue_units,
    overdue_watch,
    panels,
)
from components.frame import ADDRESS, VIEW
from components.overdue_words import Ladder
from components.words import _
from queries import (
    links,
    meetings,
    overdue,
    overdue_bounced,
    overdue_calibration,
    overdue_extensions,
)
from queries import overdue_chances as foretold
from queries import overdue_clocks as clocks
from queries import overdue_stages as lost
from queries.addresses import shown, turned
from queries.arguments import Scope
from rules import ladder as agreed
from rules import rulebook

dash.register_page(__name__, path="/overdue", name="Overdue ladder", order=4)

TILES = "overdue-tiles"
LADDER = "overdue-ladder"
EXPECTED = "overdue-expected"
STAGES = "overdue-stages"
MISSED = "overdue-missed"
WHOLE = "overdue-whole"
UNITS = "overdue-units"
CHANCES = "overdue-chances"
EXTENSIONS = "overdue-extensions"
BOUNCED = "overdue-bounced"
CLOCKS = "overdue-clocks"
VIEWS = "overdue-views"

BELOW = {
    "ladder": (MISSED, WHOLE),
    "units": (UNITS, EXTENSIONS),
    "chances": (CHANCES, BOUNCED),
    "clocks": (CLOCKS,),
}
"""What the desk shows below what the wall has, by the view that the address names; else the first."""


def layout(wall: str = "", view: str = "", **_address: str) -> html.Div:
    slot = layouts.slot
    below = BELOW.get(view, BELOW["ladder"])
    more = [] if wall == "1" else [slot(VIEWS), *(slot(name) for name in below)]
    return layouts.overdue_page(slot(TILES), slot(LADDER), slot(EXPECTED), slot(STAGES), *more)


def one(found: pd.DataFrame) -> pd.Series:
    """The single row of a question that answers with one."""
    return found.iloc[0]


def counted(now: Scope, question: str) -> Callable[[Any, str], str | None]:
    """Where a figure of a row and column leads; None where it is nought or counts no cases."""

    def href(row: Any, column: str) -> str | None:
        try:
            return links.opens(now, question, column)(row)
        except KeyError:
            return None

    return href


def told(now: Scope) -> Ladder:
    """What was agreed of the ladder, at this moment, and where its figures lead."""
    return Ladder(
        {rung.level: rung for rung in agreed.rungs()},
        {condition.id: condition for condition in agreed.conditions()},
        now.as_of,
        rulebook.load().ladder.warn,
        lambda row: links.case(now, row.case_id),
        lambda name, row: links.behind(now, f"overdue/{name}", "cases", row),
    )


def files(now: Scope, name: str) -> html.Span:
    """The same figures to take away."""
    return panels.files(*links.files(now, f"overdue/{name}"))


def unit(now: Scope, row: Any) -> str:
    """The unit's own page."""
    return f"/units/{quote(row.unit_id, safe='')}?" + links.arguments(now)


@callback(Output(TILES, "children"), Input(VIEW, "data"))
def draw_tiles(view: dict) -> list:
    now = Scope.of(view)
    return overdue_tiles.tiles(
        one(overdue.stock(now)),
        one(overdue.both(now)),
        overdue.ages(now),
        lambda name: links.behind(now, "overdue/stock", name),
        lambda name: links.behind(now, "overdue/both", name),
        counted(now, "overdue/ages"),
    )


@callback(Output(LADDER, "children"), Input(VIEW, "data"))
def draw_ladder(view: dict) -> list:
    now = Scope.of(view)
    return ladder.columns(
        overdue.ladder(now), overdue.rungs(now), overdue.rung_rules(now), overdue.missed(now), told(now)
    )


@callback(Output(EXPECTED, "children"), Input(VIEW, "data"))
def draw_expected(view: dict) -> html.Section:
    now = Scope.of(view)
    coming = meetings.next(now)
    cutoff = None if coming.empty else one(coming)["cutoff"]
    return overdue_expected.expected(
        foretold.expected(now), cutoff, now.as_of, lambda row: counted(now, "overdue/expected")(row, "due")
    )


@callback(Output(STAGES, "children"), Input(VIEW, "data"))
def draw_stages(view: dict) -> html.Section:
    now = Scope.of(view)
    return overdue_stages.stages(
        lost.stages(now), one(overdue.stock(now))["overdue"], lambda row: unit(now, row)
    )


@callback(Output(VIEWS, "children"), Input(ADDRESS, "search"))
def draw_views(search: str) -> html.P:
    names = (_("Ladder of supervision"), _("Units and extensions"), _("Who will be late"), _("Clocks"))
    now = shown(search).get("view", "ladder")
    return filters.choices(
        [
            (name, turned(search, view=None if view == "ladder" else view), view == now)
            for view, name in zip(BELOW, names, strict=True)
        ]
    )


@callback(Output(MISSED, "children"), Input(VIEW, "data"))
def draw_missed(view: dict) -> html.Section:
    now = Scope.of(view)
    return overdue_ladder.missed(overdue.ladder(now), overdue.missed(now), told(now), files(now, "missed"))


@callback(Output(WHOLE, "children"), Input(VIEW, "data"))
def draw_whole(view: dict) -> html.Section:
    now = Scope.of(view)
    return overdue_ladder.whole(
        overdue.ladder(now), overdue.rungs(now), overdue.rung_rules(now), told(now), files(now, "ladder")
    )


@callback(Output(UNITS, "children"), Input(VIEW, "data"))
def draw_units(view: dict) -> html.Section:
    now = Scope.of(view)
    return overdue_units.table(
        overdue.units(now), lambda row: unit(now, row), counted(now, "overdue/units"), files(now, "units")
    )


@callback(Output(CHANCES, "children"), Input(VIEW, "data"))
def draw_chances(view: dict) -> html.Section:
    now = Scope.of(view)
    return overdue_chances.chances(
        foretold.chances(now),
        overdue_calibration.skill(now),
        now.as_of,
        lambda row: links.case(now, row.case_id),
        files(now, "chances"),
    )


@callback(Output(EXTENSIONS, "children"), Input(VIEW, "data"))
def draw_extensions(view: dict) -> html.Section:
    now = Scope.of(view)
    return overdue_watch.extensions(
        overdue_extensions.extensions(now), counted(now, "overdue/extensions"), files(now, "extensions")
    )


@callback(Output(BOUNCED, "children"), Input(VIEW, "data"))
def draw_bounced(view: dict) -> html.Section:
    now = Scope.of(view)
    return overdue_watch.bounced(overdue_bounced.bounced(now), told(now), files(now, "bounced"))


@callback(Output(CLOCKS, "children"), Input(VIEW, "data"))
def draw_clocks(view: dict) -> html.Section:
    now = Scope.of(view)
    found, book = clocks.clocks(now), rulebook.load()
    rules = {key: book.rule(key) for key in found["rule"]}
    found = found.assign(late=found["n"] - found["kept"])
    return overdue_clocks.board(found, rules, counted(now, "overdue/clocks"), files(now, "clocks"))
