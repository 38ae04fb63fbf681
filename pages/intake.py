"""P13 诉求来源: where the requests come from, what became of them, and what they are about."""

import dash
from dash import Input, Output, callback, html

from components import filters, flows, heat, layouts, rows, sources
from components.frame import VIEW
from queries import intake, links, periods
from queries.arguments import Scope

dash.register_page(__name__, path="/intake", name="Intake", order=5)

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
        html.Div(slot(ISSUES), className="two"),
        slot(CATEGORIES),
        slot(AREAS),
        slot(MATRIX),
    )


@callback(Output(PERIODS, "children"), Input(VIEW, "data"))
def draw_periods(view: dict) -> html.Section:
    asked = Scope.of(view)
    return filters.periods(
        periods.chosen(asked), periods.choices(asked), links.data(periods.within(asked), "intake/funnel")
    )


@callback(Output(FLOW, "children"), Input(VIEW, "data"))
def draw_flow(view: dict) -> html.Section:
    return flows.flow(intake.funnel(periods.within(Scope.of(view))))


@callback(Output(CHANNELS, "children"), Input(VIEW, "data"))
def draw_channels(view: dict) -> html.Section:
    asked = periods.within(Scope.of(view))
    return sources.channels(
        intake.by_channel(asked), lambda row: links.cases(asked, "received", channel=row.channel_id)
    )


@callback(Output(ISSUES, "children"), Input(VIEW, "data"))
def draw_issues(view: dict) -> html.Section:
    asked = periods.within(Scope.of(view))
    return rows.issues(intake.issues(asked), lambda row: links.issue(asked, row.issue))


@callback(Output(CATEGORIES, "children"), Input(VIEW, "data"))
def draw_categories(view: dict) -> html.Section:
    asked = periods.within(Scope.of(view))
    return sources.categories(
        intake.by_category(asked), lambda row: links.cases(asked, "received", category=row.category_id)
    )


@callback(Output(AREAS, "children"), Input(VIEW, "data"))
def draw_areas(view: dict) -> html.Section:
    asked = periods.within(Scope.of(view))
    return sources.areas(intake.by_area(asked), lambda row: links.cases(asked, "received", area=row.area_id))


@callback(Output(MATRIX, "children"), Input(VIEW, "data"))
def draw_matrix(view: dict) -> html.Section:
    asked = periods.within(Scope.of(view))
    found = intake.area_by_category(asked)
    areas, categories = links.codes(found, "area"), links.codes(found, "category")
    return heat.areas(
        found,
        lambda area, category: links.cases(
            asked, "received", area=areas.get(area, ""), category=categories.get(category, "")
        ),
    )
