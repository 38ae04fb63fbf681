"""P7 一件案件: every step of one case with its clock, who held it how long, and what belongs to it."""

import dash
from dash import Input, Output, callback, dcc, html

from components import casefile, layouts, log, lost, timeline
from components.frame import VIEW
from queries import cases, links, meetings
from queries.arguments import Scope

dash.register_page(__name__, path_template="/cases/<case_id>", name="Case", order=7)

NUMBER = "case-number"
HEAD = "case-head"
CLOCKS = "case-clocks"
STEPS = "case-steps"
ASIDE = "case-aside"


def layout(case_id: str = "", **_address: str) -> html.Div:
    slot = layouts.slot
    return layouts.plain_page(
        dcc.Store(id=NUMBER, data=case_id), slot(HEAD), slot(CLOCKS), slot(STEPS), slot(ASIDE)
    )


def asked(view: dict, number: str) -> Scope:
    """The case of this page, as known at the moment."""
    return Scope.of({"as_of": view["as_of"], "case": number})


@callback(Output(HEAD, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_head(view: dict, number: str) -> html.Section | list:
    this = asked(view, number)
    found = cases.one(this)
    if found is None:
        return lost.no_case(number)
    return casefile.head(found.iloc[0], links.data(this, "cases/timeline"), this.as_of)


@callback(Output(CLOCKS, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_clocks(view: dict, number: str) -> html.Section | None:
    this = asked(view, number)
    found = cases.one(this)
    if found is None:
        return None
    until = casefile.until(found.iloc[0], this.as_of) or this.as_of
    steps, held = cases.timeline(this), cases.holders(this)
    rests = meetings.rest_days(found["received_at"].iloc[0], until)
    return timeline.lanes(steps, held, until, rests, casefile.is_open(found.iloc[0]))


@callback(Output(STEPS, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_steps(view: dict, number: str) -> html.Section | None:
    this = asked(view, number)
    return None if cases.one(this) is None else log.log(cases.timeline(this))


@callback(Output(ASIDE, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_aside(view: dict, number: str) -> html.Div | None:
    this = asked(view, number)
    found = cases.one(this)
    if found is None:
        return None
    return casefile.aside(
        found.iloc[0],
        log.holding(cases.holders(this)),
        cases.siblings(this),
        cases.earlier(this),
        lambda other: links.case(this, other.case_id),
    )
