"""P7 一件案件: every step of one case with its clock, who held it how long, and what belongs to it."""

from collections.abc import Callable
from urllib.parse import unquote

import dash
from dash import Input, Output, callback, dcc, html

from components import casedue, casefile, casehead, caseproof, layouts, log, lost, timeline, timemarks
from components.frame import VIEW
from queries import cases, links, meetings
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


@callback(Output(HEAD, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_head(view: dict, number: str) -> html.Section | list:
    this = asked(view, number)
    found = cases.one(this)
    if found is None:
        return lost.no_case(number)
    case = found.iloc[0]
    head = casehead.head(case, links.files(this, "cases/timeline"), other(this)(case["merged_into"]))
    return [head, *casehead.tiles(case, cases.deadline(this), cases.ratings(this), this.as_of)]


@callback(Output(CLOCKS, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_clocks(view: dict, number: str) -> html.Section | None:
    this = asked(view, number)
    found = cases.one(this)
    if found is None:
        return None
    case = found.iloc[0]
    steps, until = cases.timeline(this), casehead.until(case, this.as_of)
    rests = meetings.rest_days(*timemarks.ends(steps, this.as_of))
    drawn = steps, cases.holders(this), cases.deadline(this)
    return timeline.lanes(*drawn, until, rests, casehead.is_open(case))


@callback(Output(STEPS, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_steps(view: dict, number: str) -> html.Section | None:
    this = asked(view, number)
    return None if cases.one(this) is None else log.log(cases.timeline(this), cases.holders(this))


@callback(Output(ASIDE, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_aside(view: dict, number: str) -> html.Div | None:
    this = asked(view, number)
    found = cases.one(this)
    if found is None:
        return None
    href = other(this)
    panels = [
        casedue.running(cases.deadline(this), this.as_of),
        casefile.told(found.iloc[0]),
        log.holding(cases.holders(this)) if casehead.until(found.iloc[0], this.as_of) else None,
        caseproof.rated(cases.ratings(this)),
        caseproof.evidence(cases.evidence(this), href),
        caseproof.observed(cases.observed(this), href),
        casefile.alike(cases.siblings(this), href),
        casefile.before(cases.earlier(this), href),
    ]
    return casefile.aside(panels)


def other(this: Scope) -> Callable[[str], str]:
    """Where the number of another case leads: to it, at the same moment."""
    return lambda number: links.case(this, number)
