"""The list behind every figure of /whistles: whistles, or the units they called, paged by the database."""

from dataclasses import replace
from typing import Any

import dash
from dash import Input, Output, State, callback, html

from components import filters, layouts, whistle_list
from components.frame import VIEW
from components.words import N_
from pages import paging
from queries import links, narrowing
from queries import whistles as blown
from queries import whistles_list as sets
from queries.arguments import LARGEST_LIMIT, Scope

dash.register_page(__name__, path="/whistles/list", name="Whistle list")

HEAD = "whistle-list-head"
SETS = "whistle-list-sets"
GRID = "whistle-list-grid"

LIST = "/whistles/list?"

SHOWN = (
    *("late", "soon", "soft", "awaiting", "arrived", "under_way", "today", "pairs", "pairs_late"),
    *("unconfirmed", "whole", "whole_late", "accepted", "void", "cancelled", "signed_off", "spots"),
)
"""Sets one may step to from a list."""

TOWN = N_("Town")


def layout(**_address: str) -> html.Div:
    slot = layouts.slot
    return layouts.plain_page(slot(HEAD), slot(SETS), html.Div(whistle_list.book(GRID), className="all"))


def listed(asked: Scope, **changed: Any) -> str:
    """The same list with something changed."""
    return LIST + links.arguments(asked, **{"limit": None, "offset": 0, "order": None, **changed})


def of_whistles(name: str) -> bool:
    """Whether a row of the set is a whistle, and not a unit that one called."""
    if name in sets.SETS:
        return sets.SETS[name].is_of_whistles
    return name.startswith(sets.SPOT)


def narrowed(asked: Scope) -> list[tuple[str, str, str]]:
    """What narrows the list: kind, name, and the list without it."""
    free: Any = None
    return [
        (TOWN if kind == "other" else kind, name, listed(replace(asked, **{kind: free})))
        for kind, name, _cases in narrowing.of(asked)
    ]


@callback(Output(HEAD, "children"), Input(VIEW, "data"))
def draw_head(view: dict) -> html.Section:
    asked = Scope.of(view)
    name, counted = asked.set or sets.FIRST, int(blown.count(asked)["rows"].iloc[0])
    taken = links.files(replace(asked, limit=LARGEST_LIMIT, offset=0), "whistles/list")
    return whistle_list.head(name, counted, of_whistles(name), asked.as_of, narrowed(asked), taken)


@callback(Output(SETS, "children"), Input(VIEW, "data"))
def draw_sets(view: dict) -> html.P:
    asked = Scope.of(view)
    chosen = asked.set or sets.FIRST
    names = dict.fromkeys([*SHOWN, chosen])
    return filters.choices(
        [(whistle_list.named(name), listed(asked, set=name), name == chosen) for name in names]
    )


@callback(Output(GRID, "getRowsResponse"), Input(GRID, "getRowsRequest"), State(VIEW, "data"))
def turn_page(request: dict[str, Any] | None, view: dict | None) -> dict[str, Any]:
    asked, block = paging.block(request, view)
    shown = whistle_list.records(blown.list(block), lambda number: links.case(asked, number))
    return {"rowData": shown, "rowCount": int(blown.count(asked)["rows"].iloc[0])}
