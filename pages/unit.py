"""One unit's own page: its measures, where it loses, why its rank moved, what it has open."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import dash
from dash import Input, Output, State, callback, dcc, html

from components import (
    filters,
    layouts,
    league_filters,
    lost,
    panels,
    records,
    unit_head,
    unit_lists,
    unit_measures,
    unit_passed,
    unit_reasons,
    unit_stages,
    unit_table,
    unit_trend,
    unit_why,
    words,
)
from components.frame import ADDRESS, VIEW
from queries import addresses, feeds, league, links, periods, units, units_beside
from queries.arguments import Scope
from queries.league_members import measure
from queries.links import opens

dash.register_page(__name__, path_template="/units/<unit_id>", name="Unit", order=4)

NUMBER, HEAD, TILES = "unit-number", "unit-head", "unit-tiles"
TREND, WHY, LOST, IN_HAND = "unit-trend", "unit-why", "unit-lost", "unit-in-hand"
MEASURES, CIRCLES, LAW = "unit-measures", "unit-circles", "unit-law"

Drawing = Callable[[Scope, Any], Any]


def layout(unit_id: str = "", **_address: str) -> html.Div:
    slot = layouts.slot
    return layouts.unit_page(
        [dcc.Store(id=NUMBER, data=unquote(unit_id)), slot(HEAD)],
        slot(TILES),
        [slot(TREND), slot(WHY)],
        [slot(LOST)],
        [slot(IN_HAND)],
        [slot(MEASURES), slot(CIRCLES)],
        slot(LAW),
    )


def asked(view: dict, number: str) -> tuple[Scope, Any]:
    """The unit of this page, in the period and by the rules of the address; its row (None: no such)."""
    this = replace(Scope.of(view), unit=number)
    found = units.one(this)
    return this, None if found is None else records.first(found)


@callback(Output(HEAD, "children"), Input(VIEW, "data"), Input(NUMBER, "data"), State(ADDRESS, "search"))
def draw_head(view: dict, number: str, search: str) -> html.Section:
    this, one = asked(view, number)
    if one is None:
        return lost.no_unit(number)
    group = mates(this, one)
    back = addresses.carrying("/league?" + links.arguments(group, unit=None), search)
    return unit_head.head(one, records.first(units_beside.standing(group)), window(this), back)


def mates(this: Scope, one: Any) -> Scope:
    """The scope of the unit's own group."""
    return replace(this, group=None if words.absent(one.unit_group) else one.unit_group)


def window(this: Scope) -> str:
    """The measure that ranks, the period, and the rules of counting that are switched off."""
    off = [league_filters.without(rule) for rule in (this.without or "").split(",") if rule]
    return " · ".join([unit_measures.name(measure(this)), filters.span(*periods.chosen(this)), *off])


def why(this: Scope) -> Any:
    """The change in parts, beside the mean of the group."""
    figures = units.measures(this)
    found: Any = records.first(figures[figures["measure"] == measure(this)])
    return unit_why.why(
        units_beside.printed(units.why(this)),
        records.first(units.rank_shift(this)),
        found.move if found.is_judged else "",
        found.group_mean,
        lambda row: opens(this, "units/why", "before_n" if row.part == "before" else "n")(row),
    )


def lost_at(this: Scope) -> list[html.Section]:
    """At which stage, by kind of matter or all together, and over what citizens are not satisfied."""

    def cell(row: Any, column: str) -> str | None:
        return opens(this, "units/stages", column)({"category_id": None} if row is None else row)

    reasons = unit_reasons.reasons(units.reasons(this), opens(this, "units/reasons", "cases"))
    return [unit_stages.stages(units.stages(this), cell), reasons]


def in_hand(this: Scope) -> list[html.Section]:
    """Open cases late or nearly so, whistles, and what meetings assigned."""
    cases = unit_lists.late(
        units.late(this),
        records.first(units.stock(this)),
        lambda row: links.case(this, row.case_id),
        lambda name: links.behind(this, "units/stock", name),
    )
    called = unit_lists.whistles(units.whistles(this), feeds.told("whistles"))
    return [cases, called, unit_lists.items(units.items(this), feeds.told("items"))]


def circles(this: Scope) -> list[html.Section]:
    """Work passed to and fro, and citizens who come again."""
    return [
        unit_passed.returns(
            units.returns(this), opens(this, "units/returns", "cases"), feeds.told("returns")
        ),
        unit_passed.repeats(
            units.repeats(this), lambda row: links.case(this, row.case_id), feeds.told("repeats")
        ),
    ]


DRAWN: dict[str, Drawing] = {
    TILES: lambda this, _: unit_head.tiles(units.measures(this), opens(this, "units/measures", "n")),
    TREND: lambda this, one: unit_trend.trend(league.trend(mates(this, one)), units.assigned(this)),
    WHY: lambda this, _: why(this),
    LOST: lambda this, _: lost_at(this),
    IN_HAND: lambda this, _: in_hand(this),
    MEASURES: lambda this, _: unit_table.table(
        units.measures(this), opens(this, "units/measures", "n"), units_beside.unknown_years(this)
    ),
    CIRCLES: lambda this, _: circles(this),
    LAW: lambda this, _: unit_head.law(panels.files(*links.files(this, "units/measures"))),
}
"""What is drawn into each slot. Few, for a browser asks a dozen at once, and not of a page that was left."""


def register(slot: str, draw: Drawing) -> None:
    """A slot stays empty where there is no such unit."""

    @callback(Output(slot, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
    def answer(view: dict, number: str) -> Any:
        this, one = asked(view, number)
        return None if one is None else draw(this, one)


for place, draw in DRAWN.items():
    register(place, draw)
