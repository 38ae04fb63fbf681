"""P9 口径: what every figure means, what the centre has agreed, and how healthy the data are."""

from datetime import timedelta

import dash
from dash import Input, Output, callback, html

from components import calibration, layouts, measures, words
from components import health as looks
from components.frame import VIEW
from queries import health, meetings, overdue_calibration
from queries.arguments import Scope
from rules import measures as meanings
from rules import rulebook

dash.register_page(__name__, path="/definitions", name="Definitions", order=9)

LATE_CLOCKS = timedelta(minutes=5)
"""A record this much ahead of the board's moment is not yet one from the future."""

HEALTH = "definitions-health"
NEWEST = "definitions-newest"
YEARS = "definitions-years"
CHANCES = "definitions-chances"
MEASURES = "definitions-measures"
RULES = "definitions-rules"


def layout(**_address: str) -> html.Div:
    slot = layouts.slot
    return layouts.plain_page(
        slot(HEALTH), slot(NEWEST), slot(YEARS), slot(CHANCES), slot(MEASURES), slot(RULES)
    )


@callback(Output(HEALTH, "children"), Input(VIEW, "data"))
def draw_health(_view: dict) -> html.Section:
    now = dash.get_app().server.config["MOMENT"]() + LATE_CLOCKS  # whatever moment the page shows
    return looks.problems(health.problems(Scope(as_of=now)))


@callback(Output(NEWEST, "children"), Input(VIEW, "data"))
def draw_newest(view: dict) -> html.Section:
    now = Scope.of(view)
    return looks.newest(health.newest(now), now.as_of)


@callback(Output(YEARS, "children"), Input(VIEW, "data"))
def draw_years(view: dict) -> html.P | None:
    return looks.years(meetings.next(Scope.of(view)))


@callback(Output(CHANCES, "children"), Input(VIEW, "data"))
def draw_chances(view: dict) -> html.Section:
    now = Scope(Scope.of(view).as_of)
    return calibration.came_true(overdue_calibration.calibration(now), overdue_calibration.skill(now))


@callback(Output(MEASURES, "children"), Input(VIEW, "data"))
def draw_measures(_view: dict) -> list:
    reader = words.language()
    return [
        measures.measure(one.id, *(getattr(one, field).get(reader) for field in meanings.FIELDS))
        for one in meanings.all()
    ]


@callback(Output(RULES, "children"), Input(VIEW, "data"))
def draw_rules(_view: dict) -> html.Section:
    book = rulebook.load()
    return looks.rules(book.version, book.rows())
