"""P13 诉求来源: where the requests come from, what became of them, and what they are about."""

from collections.abc import Callable
from typing import Any

import dash
from dash import Input, Output, callback, html

from components import filters, flows, heat, layouts, rows, sources
from components.frame import VIEW
from queries import intake, links, periods
from queries.arguments import Scope

dash.register_page(__name__, path="/intake", name="Intake", order=6)

PERIODS = "intake-periods"
FLOW = "intake-flow"
CHANNELS = "intake-channels"
ISSUES = "intake-issues"
CATEGORIES = "intake-categories"
AREAS = "intake-areas"
MATRIX = "intake-matrix"


def layout(**_address: str) -> html.Div:
    slot = layouts.slot
    return layouts.plain_page(
        slot(PERIODS),
        slot(FLOW),
        slot(CHANNELS),
        layouts.column(slot(ISSUES), slot(AREAS)),
        slot(CATEGORIES),
        slot(MATRIX),
    )


@callback(Output(PERIODS, "children"), Input(VIEW, "data"))
def draw_periods(view: dict) -> html.Section:
    asked = Scope.of(view)
    return filters.periods(
        periods.chosen(asked), periods.choices(asked), links.files(periods.within(asked), "intake/funnel")
    )


@callback(Output(FLOW, "children"), Input(VIEW, "data"))
def draw_flow(view: dict) -> list:
    asked = periods.within(Scope.of(view))
    found = intake.funnel(asked)
    return [
        flows.flow(found),
        flows.stages(found, lambda row: links.behind(asked, "intake/funnel", "cases", row)),
    ]


@callback(Output(CHANNELS, "children"), Input(VIEW, "data"))
def draw_channels(view: dict) -> html.Section:
    asked = periods.within(Scope.of(view))
    return sources.channels(intake.by_channel(asked), behind(asked, "intake/by_channel"))


@callback(Output(ISSUES, "children"), Input(VIEW, "data"))
def draw_issues(view: dict) -> html.Section:
    asked = periods.within(Scope.of(view))
    return rows.issues(intake.issues(asked), behind(asked, "intake/issues"))


@callback(Output(CATEGORIES, "children"), Input(VIEW, "data"))
def draw_categories(view: dict) -> html.Section:
    asked = periods.within(Scope.of(view))
    return sources.categories(intake.by_category(asked), behind(asked, "intake/by_category"))


@callback(Output(AREAS, "children"), Input(VIEW, "data"))
def draw_areas(view: dict) -> html.Section:
    asked = periods.within(Scope.of(view))
    return sources.areas(intake.by_area(asked), behind(asked, "intake/by_area"))


@callback(Output(MATRIX, "children"), Input(VIEW, "data"))
def draw_matrix(view: dict) -> html.Section:
    asked = periods.within(Scope.of(view))
    found = intake.area_by_category(asked)
    areas, matters = links.codes(found, "area"), links.codes(found, "category")
    opened = behind(asked, "intake/area_by_category")
    return heat.areas(
        found,
        lambda area, matter: opened({"area_id": areas.get(area, ""), "category_id": matters.get(matter, "")}),
    )


def behind(asked: Scope, question: str) -> Callable[[Any], str]:
    """From a row of the question to the list of the cases it counts as received."""
    return lambda row: links.behind(asked, question, "received", row)
