"""P3 部门排行: units compared within their group, and what another way of counting would change."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import dash
import pandas as pd
from dash import Input, Output, callback, html

from components import (
    funnel_plot,
    layouts,
    league_columns,
    league_filters,
    league_law,
    league_ledger,
    league_variants,
    league_wall,
    panels,
    slope,
    words,
)
from components import league as tables
from components.frame import ADDRESS, VIEW
from components.records import each
from queries import league, links, periods
from queries.addresses import carrying, shown, turned
from queries.arguments import Scope
from queries.league_members import group, measure
from queries.measures import RANKED
from rules import ranking
from rules.rulebook import load
from rules.words import CountingRule

dash.register_page(__name__, path="/league", name="League", order=3)

ASK, TABLE, LAW = "league-ask", "league-table", "league-law"
FUNNEL, VARIANTS, LEDGER = "league-funnel", "league-variants", "league-ledger"


def layout(wall: str = "", **_address: str) -> html.Div:
    slot = layouts.slot
    if wall == "1":
        return layouts.wall_page(slot(TABLE))
    return layouts.league_page(
        slot(ASK), slot(TABLE), [slot(FUNNEL), slot(VARIANTS), slot(LEDGER)], slot(LAW)
    )


@callback(Output(ASK, "children"), Input(VIEW, "data"), Input(ADDRESS, "search"))
def draw_filters(view: dict, search: str) -> html.Section:
    asked, choice = Scope.of(view), shown(search)
    return league_filters.bar(
        league_filters.groups(league.groups(asked), group(asked), lambda name: turned(search, group=name)),
        league_filters.views(choice.get("view"), lambda name: turned(search, view=name)),
        league_filters.periods(periods.chosen(asked), periods.addressed(asked, search)),
        league_filters.measures(
            [(name, turned(search, measure=name), name == measure(asked)) for name in RANKED]
        ),
        league_filters.rules(
            [
                (rule, rule not in asked.off, turned(search, without=asked.turning(rule).without))
                for rule in CountingRule
            ]
        ),
        league_filters.columns(
            league_columns.choices(choice.get("columns"), lambda said: turned(search, columns=said))
        ),
        panels.files(*links.files(asked, "league/table")),
    )


@callback(Output(TABLE, "children"), Input(VIEW, "data"), Input(ADDRESS, "search"))
def draw_table(view: dict, search: str) -> Any:
    asked = Scope.of(view)
    draw = wall if words.viewer().wall else LARGE.get(shown(search).get("view", ""), ranked)
    return draw(asked, search)


def wall(asked: Scope, _search: str) -> html.Div:
    """Who stands apart, in big type."""
    window = league_filters.window(periods.chosen(asked), asked.off)
    return league_wall.wall(league.table(asked), measure(asked), phrases(asked), group(asked), window)


def ranked(asked: Scope, search: str) -> html.Section:
    """Every unit with its place."""
    return tables.table(
        league.table(asked),
        measure(asked),
        league_columns.chosen(shown(search).get("columns")),
        lambda row, column: opened(asked, search, row, column),
        lambda column: turned(search, order=league_columns.order_after(asked.order, column)),
    )


def compared(asked: Scope, search: str) -> html.Section:
    """The places by the chosen rules of counting beside those by the standard ones."""
    if not asked.off:
        return slope.untouched(league.variants(asked), lambda row: varied(search, row))
    return slope.slope(league.slope(asked), lambda row: unit(asked, search, row))


def ledger(asked: Scope, _search: str) -> html.Section:
    """Every rating that somebody asked to leave out."""
    return league_ledger.items(league.ledger(asked), lambda row: links.case(asked, row.case_id))


LARGE = {"slope": compared, "ledger": ledger}
"""What the large part of the page may show instead of the table."""


@callback(Output(FUNNEL, "children"), Input(VIEW, "data"), Input(ADDRESS, "search"))
def draw_funnel(view: dict, search: str) -> html.Section:
    asked = Scope.of(view)
    return funnel_plot.funnel(league.table(asked), lambda row: unit(asked, search, row))


@callback(Output(VARIANTS, "children"), Input(VIEW, "data"), Input(ADDRESS, "search"))
def draw_variants(view: dict, search: str) -> html.Section:
    return league_variants.variants(league.variants(Scope.of(view)), lambda row: varied(search, row))


@callback(Output(LEDGER, "children"), Input(VIEW, "data"), Input(ADDRESS, "search"))
def draw_ledger(view: dict, search: str) -> html.Section:
    asked = Scope.of(view)
    if shown(search).get("view") == "ledger":
        return league_ledger.shares(league.excluded(asked))
    counts = {str(name): count for name, count in league.exclusions(asked).iloc[0].items()}
    opens = {name: links.behind(asked, "league/exclusions", name, counts) for name in league_ledger.STATES}
    return league_ledger.summary({**counts, "href": opens})


@callback(Output(LAW, "children"), Input(VIEW, "data"), Input(ADDRESS, "search"))
def draw_law(view: dict, search: str) -> html.Footer:
    asked = Scope.of(view)
    found, columns = league.table(asked), league_columns.chosen(shown(search).get("columns"))
    counted = int((found["tier"] != "few").sum())
    few = len(found) - counted
    return league_law.law(counted, ranking.chance(counted), few, beside=bold(found, measure(asked), columns))


def bold(found: pd.DataFrame, ordering: str, columns: Sequence[str]) -> float:
    """How many figures of the side measures shown would be bold by chance: one side of 95 %."""
    beside = [name for name in league.SIDE if name in columns and name != ordering]
    judged = sum(int((found[f"{name}_n"] >= load().ranking.least).sum()) for name in beside)
    return ranking.chance(judged) / 2


def unit(asked: Scope, search: str, row: Any) -> str:
    """The unit's own page, with the same period and rules, and what this page shows for the way back."""
    said = links.arguments(asked, unit=None, group=None, order=None)
    return carrying(f"/units/{quote(row.unit_id, safe='')}?{said}", search)


def opened(asked: Scope, search: str, row: Any, column: str) -> str:
    """Where a click on a row's figure leads: the unit, or exactly the cases it counts."""
    if column == "unit":
        return unit(asked, search, row)
    return links.behind(asked, "league/table", column if column == "n" else f"{column}_n", row)


def varied(search: str, row: Any) -> str:
    """The comparison with one rule of counting turned over."""
    return turned(search, without=row.without or None, view="slope")


def phrases(asked: Scope) -> dict[str, tuple[str, int, int]]:
    """What weighs most on each unit that lags: the kind, its cases, of how many."""
    return {row.unit_id: (row.kind, row.cases, row.of) for row in each(league.burdens(asked))}
