"""P3 部门排行: units compared within their group, and what another way of counting would change."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

import dash
from dash import Input, Output, callback, html

from components import (
    filters,
    funnel_plot,
    layouts,
    league_columns,
    league_filters,
    league_ledger,
    league_variants,
    league_wall,
    panels,
    slope,
    words,
)
from components import league as tables
from components.frame import ADDRESS, VIEW
from components.words import _
from queries import league, links, periods
from queries.addresses import shown, turned
from queries.arguments import Scope
from queries.league_members import group, measure
from queries.league_variants import switched
from queries.measures import MEASURES
from rules import ranking
from rules.words import CountingRule

dash.register_page(__name__, path="/league", name="League", order=3)

ASK = "league-ask"
TABLE = "league-table"
FUNNEL = "league-funnel"
VARIANTS = "league-variants"
LEDGER = "league-ledger"
LAW = "league-law"

VIEWS = ("table", "slope", "ledger")
"""What the large part of the page shows; the first unless the address says otherwise."""


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
    off = (asked.without or "").split(",")
    rules = [
        (rule.value, rule.value not in off, turned(search, without=switched(asked.without, rule.value)))
        for rule in CountingRule
    ]
    named = [(name, turned(search, measure=name), name == measure(asked)) for name in MEASURES]
    return league_filters.bar(
        league_filters.groups(league.groups(asked), group(asked), lambda name: turned(search, group=name)),
        league_filters.periods(periods.chosen(asked), spans(asked, search)),
        league_filters.rules(rules),
        filters.choices(views(choice, search)),
        league_filters.measures(named),
        league_filters.columns(columns(choice, search)),
        panels.files(*links.files(asked, "league/table")),
    )


@callback(Output(TABLE, "children"), Input(VIEW, "data"), Input(ADDRESS, "search"))
def draw_table(view: dict, search: str) -> Any:
    asked, choice = Scope.of(view), shown(search)
    if words.viewer().wall:
        found = league.table(asked)
        return league_wall.wall(found, measure(asked), phrases(asked), group(asked), when(asked))
    if choice.get("view") == "slope":
        return slope.slope(league.slope(asked), lambda row: unit(asked, row))
    if choice.get("view") == "ledger":
        return league_ledger.full(
            league.ledger(asked), league.excluded(asked), lambda row: links.case(asked, row.case_id)
        )
    return tables.table(
        league.table(asked),
        measure(asked),
        chosen_columns(choice),
        lambda row, column: opened(asked, row, column),
        lambda column: turned(search, order=order_after(asked.order, column)),
    )


@callback(Output(FUNNEL, "children"), Input(VIEW, "data"))
def draw_funnel(view: dict) -> html.Section:
    asked = Scope.of(view)
    return funnel_plot.funnel(league.table(asked), lambda row: unit(asked, row))


@callback(Output(VARIANTS, "children"), Input(VIEW, "data"), Input(ADDRESS, "search"))
def draw_variants(view: dict, search: str) -> html.Section:
    asked = Scope.of(view)
    return league_variants.variants(
        league.variants(asked), lambda row: turned(search, without=row.without or None, view="slope")
    )


@callback(Output(LEDGER, "children"), Input(VIEW, "data"))
def draw_ledger(view: dict) -> html.Section:
    asked = Scope.of(view)
    counts = {str(name): count for name, count in league.exclusions(asked).iloc[0].items()}
    opens = {
        name: links.behind(asked, "league/exclusions", name, counts)
        for name in ("asked", "approved", "refused", "open")
    }
    return league_ledger.summary({**counts, "href": opens})


@callback(Output(LAW, "children"), Input(VIEW, "data"))
def draw_law(view: dict) -> html.Footer:
    found = league.table(Scope.of(view))
    ranked = int((found["tier"] != "few").sum())
    return tables.law(ranked, ranking.chance(ranked), len(found) - ranked)


def order_after(now: str | None, column: str) -> str | None:
    """What a click on a heading asks for: the column, then its reverse; the rank's is the printed order."""
    if column == "rank":
        return None
    return f"-{column}" if now == column else column


def unit(asked: Scope, row: Any) -> str:
    """The unit's own page, with the same period and rules."""
    return f"/units/{quote(row.unit_id, safe='')}?" + links.arguments(
        asked, unit=None, group=None, order=None
    )


def opened(asked: Scope, row: Any, column: str) -> str:
    """Where a click on a row's figure leads: the unit, or exactly the cases it counts."""
    if column == "unit":
        return unit(asked, row)
    return links.behind(asked, "league/table", column if column == "n" else f"{column}_n", row)


def chosen_columns(choice: dict[str, str]) -> list[str]:
    """The columns the address asks for, or the usual ones."""
    return choice["columns"].split(",") if "columns" in choice else list(league_columns.USUAL)


def columns(choice: dict[str, str], search: str) -> list[tuple[str, str, bool]]:
    """Every column with the address that turns it over, and whether it is shown."""
    now = chosen_columns(choice)
    found = []
    for name in league_columns.COLUMNS:
        after = [one for one in league_columns.COLUMNS if (one in now) != (one == name)]
        usual = after == [one for one in league_columns.COLUMNS if one in league_columns.USUAL]
        found.append((name, turned(search, columns=None if usual else ",".join(after) or "-"), name in now))
    return found


def views(choice: dict[str, str], search: str) -> list[tuple[str, str, bool]]:
    """Table, slope and ledger, with their addresses."""
    names = dict(zip(VIEWS, (_("Table"), _("Before and after"), _("Ledger")), strict=True))
    now = choice.get("view", VIEWS[0])
    return [
        (names[name], turned(search, view=None if name == VIEWS[0] else name), name == now) for name in VIEWS
    ]


def spans(asked: Scope, search: str) -> list[tuple[str, str, bool]]:
    """The periods to choose from; what runs to now stays open-ended, so that it goes on."""
    return [
        (name, turned(search, start=iso(start), end=iso(end)), here)
        for name, start, end, here in periods.offered(asked)
    ]


def iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def when(asked: Scope) -> str:
    return filters.span(*periods.chosen(asked))


def phrases(asked: Scope) -> dict[str, tuple[str, int, int]]:
    """What weighs most on each unit that lags: the kind, its cases, of how many."""
    return {
        row["unit_id"]: (row["kind"], row["cases"], row["of"])
        for row in league.burdens(asked).to_dict("records")
    }
