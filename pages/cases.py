"""P7 案件: any set of cases as a list, paged and sorted by the database."""

from dataclasses import replace
from typing import Any

import dash
from dash import Input, Output, State, callback, html

from components import casebook, filters, layouts
from components.frame import VIEW
from pages import paging
from queries import cases, links, narrowing
from queries.arguments import Scope

dash.register_page(__name__, path="/cases", name="Cases", order=7)

HEAD = "cases-head"
SETS = "cases-sets"
GRID = "cases-grid"

WHOLE_FILE = 100_000


def layout(set: str = "", **_address: str) -> html.Div:
    slot = layouts.slot
    book = casebook.book(GRID, cases.told(set))
    return layouts.plain_page(slot(HEAD), slot(SETS), html.Div(book, className="all"))


@callback(Output(HEAD, "children"), Input(VIEW, "data"))
def draw_head(view: dict) -> html.Section:
    asked = Scope.of(view)
    counted = int(cases.count(asked)["cases"].iloc[0])
    taken = links.files(replace(asked, limit=WHOLE_FILE), "cases/list")
    return casebook.head(asked.set or "received", counted, asked.as_of, narrowing.of(asked), taken)


@callback(Output(SETS, "children"), Input(VIEW, "data"))
def draw_sets(view: dict) -> html.P:
    asked = Scope.of(view)
    chosen = asked.set or "received"
    shown = dict.fromkeys([*narrowing.SETS_SHOWN, chosen])
    return filters.choices(
        [(filters.set_name(name), links.cases(asked, name), name == chosen) for name in shown]
    )


@callback(Output(GRID, "getRowsResponse"), Input(GRID, "getRowsRequest"), State(VIEW, "data"))
def turn_page(request: dict[str, Any] | None, view: dict | None) -> dict[str, Any]:
    asked, block = paging.block(request, view)
    block = replace(block, order=order(request) or asked.order)
    counted = int(cases.count(replace(asked, order=None))["cases"].iloc[0])
    shown = casebook.records(cases.list(block), lambda number: links.case(asked, number))
    return {"rowData": shown, "rowCount": counted}


def order(request: dict[str, Any] | None) -> str | None:
    """The grid's wish as the question's own order."""
    sort = (request or {}).get("sortModel")
    if not sort:
        return None
    name = casebook.SORTED.get(sort[0]["colId"], sort[0]["colId"])
    return f"-{name}" if sort[0]["sort"] == "desc" else name
