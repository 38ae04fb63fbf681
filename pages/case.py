"""P7 一件案件: every step of one case with its clock, who held it how long, and what belongs to it."""

from collections.abc import Callable
from urllib.parse import unquote

import dash
import pandas as pd
from dash import Input, Output, callback, dcc, html

from components import (
    casedue,
    casefile,
    casehead,
    caseproof,
    caseveiled,
    layouts,
    log,
    lost,
    timeline,
    timemarks,
)
from components.frame import VIEW
from queries import cases, feeds, links, meetings
from queries.arguments import Scope

dash.register_page(__name__, path_template="/cases/<case_id>", name="Case", order=8)

NUMBER = "case-number"
HEAD = "case-head"
CLOCKS = "case-clocks"
STEPS = "case-steps"
ASIDE = "case-aside"


def layout(case_id: str = "", **_address: str) -> html.Div:
    slot = layouts.slot
    return layouts.plain_page(
        dcc.Store(id=NUMBER, data=unquote(case_id)), slot(HEAD), slot(CLOCKS), slot(STEPS), slot(ASIDE)
    )


def asked(view: dict, number: str) -> Scope:
    """The case of this page, as known at the moment."""
    return Scope.of({"as_of": view["as_of"], "case": number})


def open_case(this: Scope) -> pd.Series | None:
    """The case, where there is one that may be told."""
    found = cases.one(this)
    return None if found is None or found["hidden"].iloc[0] else found.iloc[0]


def missing(number: str) -> html.Section:
    """There is no such case; or not yet at the page's moment, but by the board's own."""
    now = Scope(dash.get_app().server.config["MOMENT"](), case=number)
    return lost.not_yet(number, links.case(now, number)) if cases.is_known(now) else lost.no_case(number)


@callback(Output(HEAD, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_head(view: dict, number: str) -> html.Section | list:
    this = asked(view, number)
    found = cases.one(this)
    if found is None:
        return missing(number)
    case = found.iloc[0]
    if case["hidden"]:
        return caseveiled.whole(case)
    head = casehead.head(case, links.files(this, "cases/timeline"), other(this)(case["merged_into"]))
    return [head, *casehead.tiles(case, cases.deadline(this), cases.ratings(this), this.as_of)]


@callback(Output(CLOCKS, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_clocks(view: dict, number: str) -> html.Section | None:
    this = asked(view, number)
    case = open_case(this)
    if case is None:
        return None
    steps, until = cases.timeline(this), casehead.until(case, this.as_of)
    rests = meetings.rest_days(*timemarks.ends(steps, this.as_of))
    drawn = steps, cases.holders(this), cases.deadline(this)
    return timeline.lanes(*drawn, until, rests, casehead.is_open(case))


@callback(Output(STEPS, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_steps(view: dict, number: str) -> html.Section | None:
    this = asked(view, number)
    return None if open_case(this) is None else log.log(cases.timeline(this), cases.holders(this))


@callback(Output(ASIDE, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_aside(view: dict, number: str) -> html.Div | None:
    this = asked(view, number)
    case, href = open_case(this), other(this)
    if case is None:
        return None
    panels = [
        casedue.running(cases.deadline(this), this.as_of),
        casefile.told(case),
        log.holding(cases.holders(this)) if casehead.until(case, this.as_of) else None,
        caseproof.rated(cases.ratings(this)),
        caseproof.evidence(cases.evidence(this), href, feeds.told("evidence")),
        caseproof.observed(cases.observed(this), href),
        casefile.alike(cases.siblings(this), href),
        casefile.before(cases.earlier(this), href),
    ]
    return casefile.aside(panels)


def other(this: Scope) -> Callable[[str], str]:
    """Where the number of another case leads: to it, at the same moment."""
    return lambda number: links.case(this, number)
