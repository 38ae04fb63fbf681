"""P4 超期督办: what is late by rule and by the citizen's clock, who must act, and what comes next."""

from collections.abc import Callable
from dataclasses import replace
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
    feeds,
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
VIEWS = "overdue-views"
BELOW = "overdue-below"

WHOLE = 100_000
"""Rows of a list to take away."""


def layout(wall: str = "", **_address: str) -> html.Div:
    slot = layouts.slot
    below = [] if wall == "1" else [slot(VIEWS), slot(BELOW)]
    return layouts.overdue_page(slot(TILES), slot(LADDER), slot(EXPECTED), slot(STAGES), *below)


def one(found: pd.DataFrame) -> pd.Series:
    """The single row of a question that answers with one."""
    return found.iloc[0]


def counted(now: Scope, question: str) -> Callable[[Any, str], str | None]:
    """Where a figure of a row and column leads; None where it is nought."""
    return lambda row, column: links.opens(now, question, column)(row)


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


def listed(now: Scope, name: str) -> html.Span:
    """The cases of a set to take away, all of them."""
    return panels.files(*links.files(replace(now, set=name, limit=WHOLE), "cases/list"))


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
        foretold.expected(now), cutoff, now.as_of, counted(now, "overdue/expected")
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
    chosen = chosen_view(search)
    made = filters.choices(
        [
            (name, turned(search, view=None if view == "ladder" else view), view == chosen)
            for view, name in zip(PANELS, names, strict=True)
        ]
    )
    return filters.unknown_view(made, shown(search).get("view", chosen), chosen)


@callback(Output(BELOW, "children"), Input(VIEW, "data"), Input(ADDRESS, "search"))
def draw_below(view: dict, search: str) -> list[html.Section]:
    return PANELS[chosen_view(search)](Scope.of(view))


def chosen_view(search: str) -> str:
    """The view the address names; the first unless it names one."""
    view = shown(search).get("view", "")
    return view if view in PANELS else "ladder"


def whole_ladder(now: Scope) -> list[html.Section]:
    """Steps not taken, and every rung with its rules and cases."""
    found, book = overdue.ladder(now), told(now)
    return [
        overdue_ladder.missed(found, overdue.missed(now), book, listed(now, "missed")),
        overdue_ladder.whole(found, overdue.rungs(now), overdue.rung_rules(now), book, files(now, "ladder")),
    ]


def by_unit(now: Scope) -> list[html.Section]:
    """What each unit holds, and how it lengthens its limits."""
    return [
        overdue_units.table(
            overdue.units(now), lambda row: unit(now, row), counted(now, "overdue/units"), files(now, "units")
        ),
        overdue_watch.extensions(
            overdue_extensions.extensions(now),
            counted(now, "overdue/extensions"),
            files(now, "extensions"),
        ),
    ]


def to_come(now: Scope) -> list[html.Section]:
    """Cases likely to be late, and those that go to and fro."""
    return [
        overdue_chances.chances(
            foretold.chances(now),
            overdue_calibration.skill(now),
            now.as_of,
            lambda row: links.case(now, row.case_id),
            files(now, "chances"),
        ),
        overdue_watch.bounced(
            overdue_bounced.bounced(now), told(now), files(now, "bounced"), feeds.told("ways")
        ),
    ]


def all_clocks(now: Scope) -> list[html.Section]:
    """Every limit with the rule it rests on."""
    found, book = clocks.clocks(now), rulebook.load()
    rules = {key: book.rule(key) for key in found["rule"]}
    return [overdue_clocks.board(found, rules, counted(now, "overdue/clocks"), files(now, "clocks"))]


PANELS = {"ladder": whole_ladder, "units": by_unit, "chances": to_come, "clocks": all_clocks}
"""What the desk shows below what the wall has: one view at a time, as the browser redraws all it holds."""
