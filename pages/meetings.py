"""All dispatch meetings: the year's calendar with slides and merges, and what came of all they assigned."""

from datetime import datetime
from typing import Any

import dash
from dash import Input, Output, callback, html

from components import filters, layouts, meeting_agenda, meeting_rates
from components.frame import ADDRESS, VIEW
from components.words import N_, _
from queries import links, meetings
from queries.addresses import turned
from queries.arguments import Scope
from queries.meetings_items import behind

dash.register_page(__name__, path="/meetings", name="All meetings")

YEAR = "meetings-year"
RATES = "meetings-rates"
CHAIRED = "meetings-chaired"
BY = "meetings-by"

KINDS = {
    "batch": N_("by meeting"),
    "unit": N_("by lead unit"),
    "chair": N_("by chair"),
    "owner": N_("by leader in charge"),
}

SETS = {"assigned": "all", "promise_due": "promised", "promise_kept": "kept"}
"""The set of items behind a column, where it is called otherwise."""


def layout(**_address: str) -> html.Div:
    slot = layouts.slot
    aside = html.Div([slot(CHAIRED), slot(YEAR)], className="stack")
    return layouts.plain_page(html.Div(slot(BY), className="all"), slot(RATES), aside)


def chosen(view: dict) -> str:
    """By what the rates are summed: the measure of the address, or by meeting."""
    named = Scope.of(view).measure
    return named if named in KINDS else "batch"


@callback(Output(BY, "children"), Input(VIEW, "data"), Input(ADDRESS, "search"))
def draw_by(view: dict, search: str) -> html.P:
    now = chosen(view)
    return filters.choices(
        [
            (_(name), turned(search, measure=None if by == "batch" else by), by == now)
            for by, name in KINDS.items()
        ]
    )


@callback(Output(RATES, "children"), Input(VIEW, "data"))
def draw_rates(view: dict) -> html.Section:
    now, by = Scope(as_of=Scope.of(view).as_of), chosen(view)

    def opens(row: Any, column: str) -> str:
        return links.items(
            behind(now, row.by, row._asdict(), SETS.get(column, column)), SETS.get(column, column)
        )

    return meeting_rates.table(meetings.close_rates(now), by, opens, lambda row: f"/meeting/{row.key}")


@callback(Output(CHAIRED, "children"), Input(VIEW, "data"))
def draw_chaired(view: dict) -> html.Section:
    return meeting_rates.chaired(meetings.chaired(Scope(as_of=Scope.of(view).as_of)))


@callback(Output(YEAR, "children"), Input(VIEW, "data"), Input(ADDRESS, "search"))
def draw_year(view: dict, search: str) -> html.Section:
    """The year of ``start``, else this one, with the ways to the years beside it."""
    asked = Scope.of(view)
    year = (asked.start or asked.as_of).year
    span = Scope(as_of=asked.as_of, start=datetime(year, 1, 1), end=datetime(year + 1, 1, 1))
    unknown = [] if meetings.workdays().knows(year) else [year]
    beside = [(other, turned(search, start=f"{other}-01-01")) for other in (year - 1, year + 1)]
    return meeting_agenda.year(meetings.calendar(span), year, lambda day: f"/meeting/{day}", unknown, beside)
