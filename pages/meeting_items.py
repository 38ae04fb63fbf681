"""The list behind every figure of what meetings assigned, paged."""

from dataclasses import replace
from typing import Any

import dash
from dash import Input, Output, State, callback, html

from components import filters, layouts, meeting_items
from components.frame import VIEW
from components.words import N_
from pages import paging
from queries import links, meetings, narrowing
from queries import meetings_items as sets
from queries.arguments import LARGEST_LIMIT, Scope

dash.register_page(__name__, path="/meetings/items", name="Meeting items")

HEAD = "meeting-items-head"
SETS = "meeting-items-sets"
GRID = "meeting-items-grid"

LEAD = N_("Lead unit")
WHOSE = {"chair": N_("Chair"), "owner": N_("Leader in charge")}


def layout(**_address: str) -> html.Div:
    slot = layouts.slot
    return layouts.plain_page(slot(HEAD), slot(SETS), html.Div(meeting_items.book(GRID), className="all"))


def listed(asked: Scope, **changed: Any) -> str:
    """The same list with something changed."""
    return links.items(replace(asked, **changed), changed.get("set") or asked.set or sets.FIRST)


def narrowed(asked: Scope) -> list[tuple[str, str, str]]:
    """What narrows the list: kind, name, and the list without it."""
    free: Any = None
    found = [
        (LEAD if kind == "unit" else kind, name, listed(replace(asked, **{kind: free})))
        for kind, name, _cases in narrowing.of(asked)
    ]
    whole, by, key = sets.parts(asked.set or sets.FIRST)
    if by:
        found.append((WHOSE[by], meeting_items.whose(by, key), listed(asked, set=whole)))
    return found


@callback(Output(HEAD, "children"), Input(VIEW, "data"))
def draw_head(view: dict) -> html.Section:
    asked = Scope.of(view)
    name, counted = asked.set or sets.FIRST, int(meetings.items_count(asked)["rows"].iloc[0])
    taken = links.files(replace(asked, limit=LARGEST_LIMIT, offset=0), "meetings/items")
    return meeting_items.head(name, counted, asked.as_of, narrowed(asked), taken)


@callback(Output(SETS, "children"), Input(VIEW, "data"))
def draw_sets(view: dict) -> html.P:
    asked = Scope.of(view)
    chosen, by, key = sets.parts(asked.set or sets.FIRST)
    of = f".{by}.{key}" if by else ""
    return filters.choices(
        [(meeting_items.named(name), listed(asked, set=f"{name}{of}"), name == chosen) for name in sets.SETS]
    )


@callback(Output(GRID, "getRowsResponse"), Input(GRID, "getRowsRequest"), State(VIEW, "data"))
def turn_page(request: dict[str, Any] | None, view: dict | None) -> dict[str, Any]:
    asked, block = paging.block(request, view)
    shown = meeting_items.records(meetings.items(block), lambda number: links.case(asked, number))
    return {"rowData": shown, "rowCount": int(meetings.items_count(asked)["rows"].iloc[0])}
