"""Alerts: what asks for somebody now, by kind, each with its rule and the way to it."""

from dataclasses import replace

import dash
from dash import Input, Output, callback, html

from components import alerts as drawn
from components import layouts
from components.frame import ADDRESS, VIEW
from components.words import language
from queries import alerts, alerts_known, links
from queries.addresses import turned
from queries.arguments import Scope
from rules import rulebook

dash.register_page(__name__, path="/alerts", name="Alerts", order=8)

CHIPS = "alerts-chips"
TABLE = "alerts-table"


def layout(**_address: str) -> html.Div:
    return layouts.plain_page(html.Div(layouts.slot(CHIPS), className="all"), layouts.slot(TABLE))


@callback(Output(CHIPS, "children"), Input(VIEW, "data"), Input(ADDRESS, "search"))
def draw_chips(view: dict, search: str) -> html.P:
    asked = Scope.of(view)
    counts = alerts.counts(replace(asked, measure=None))
    return drawn.chips(counts, asked.measure, lambda kind: turned(search, measure=kind))


@callback(Output(TABLE, "children"), Input(VIEW, "data"))
def draw_table(view: dict) -> html.Section:
    asked = Scope.of(view)
    return drawn.table(
        alerts.active(asked),
        asked.measure,
        lambda row: links.case(asked, row.case_id) if row.case_id else whistle(asked, row.whistle_id),
        said,
        links.files(asked, "alerts/active"),
        alerts_known.unknown(),
    )


def whistle(asked: Scope, number: str) -> str | None:
    """The board of whistles, at the same moment; an item of a meeting opens nothing yet."""
    return "/whistles?" + links.arguments(Scope(as_of=asked.as_of)) if number else None


def said(key: str) -> str:
    """The rule's name, as the reader calls it."""
    rule = rulebook.load().rule(key)
    return rule.name_zh if language() == "zh" else rule.name_en
