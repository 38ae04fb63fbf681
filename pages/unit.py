"""One unit's own page: its measures, where it loses, why its rank moved, what it has open."""

from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import dash
import pandas as pd
from dash import Input, Output, callback, dcc, html

from components import (
    filters,
    layouts,
    league_filters,
    lost,
    panels,
    unit_head,
    unit_lists,
    unit_measures,
    unit_passed,
    unit_reasons,
    unit_stages,
    unit_trend,
    unit_why,
)
from components.frame import VIEW
from queries import league, links, periods, units
from queries.arguments import Scope
from queries.counted_units import REST
from queries.league_members import measure
from rules import explaining

dash.register_page(__name__, path_template="/units/<unit_id>", name="Unit", order=4)

NUMBER = "unit-number"
HEAD = "unit-head"
TILES = "unit-tiles"
TREND = "unit-trend"
WHY = "unit-why"
STAGES = "unit-stages"
REASONS = "unit-reasons"
OPEN = "unit-open"
WHISTLES = "unit-whistles"
ITEMS = "unit-items"
MEASURES = "unit-measures"
PASSED = "unit-passed"
REPEATS = "unit-repeats"
LAW = "unit-law"


def layout(unit_id: str = "", **_address: str) -> html.Div:
    slot = layouts.slot
    return layouts.unit_page(
        [dcc.Store(id=NUMBER, data=unquote(unit_id)), slot(HEAD)],
        slot(TILES),
        [slot(TREND), slot(WHY)],
        [slot(STAGES), slot(REASONS)],
        [slot(OPEN), slot(WHISTLES), slot(ITEMS)],
        [slot(MEASURES), slot(PASSED), slot(REPEATS)],
        slot(LAW),
    )


def asked(view: dict, number: str) -> Scope:
    """The unit of this page, in the period and by the rules of the address."""
    return replace(Scope.of(view), unit=number)


def known(this: Scope) -> Any:
    """The unit's own row; None where there is no such unit."""
    found = units.one(this)
    return None if found is None else next(found.itertuples())


@callback(Output(HEAD, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_head(view: dict, number: str) -> Any:
    this = asked(view, number)
    one = known(this)
    if one is None:
        return lost.no_unit(number)
    mates = grouped(this, one)
    table = (
        league.table(replace(mates, unit=None))
        if one.unit_group
        else pd.DataFrame(columns=["unit_id", "rank"])
    )
    mine = next(table[table["unit_id"] == number].itertuples(), None)
    window = " · ".join([unit_measures.name(measure(this)), filters.span(*periods.chosen(this)), *off(this)])
    return unit_head.head(
        one, mine, int(table["rank"].notna().sum()), window, "/league?" + links.arguments(mates, unit=None)
    )


def off(this: Scope) -> list[str]:
    """The rules of counting that are switched off, as a reader calls them."""
    return [league_filters.without(rule) for rule in (this.without or "").split(",") if rule]


def grouped(this: Scope, one: Any) -> Scope:
    """The scope of the unit's own group."""
    return replace(this, group=one.unit_group or None)


@callback(Output(TILES, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_tiles(view: dict, number: str) -> Any:
    this = asked(view, number)
    if known(this) is None:
        return None
    return unit_head.tiles(units.measures(this), lambda row: counted(this, row))


def counted(this: Scope, row: Any) -> str | None:
    """The cases a measure counts."""
    return links.behind(this, "units/measures", "n", row) if row.unit_of_count == "case" else None


@callback(Output(TREND, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_trend(view: dict, number: str) -> Any:
    this = asked(view, number)
    one = known(this)
    return one and unit_trend.trend(league.trend(grouped(this, one)), units.assigned(this))


@callback(Output(WHY, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_why(view: dict, number: str) -> Any:
    this = asked(view, number)
    if known(this) is None:
        return None
    shift = next(units.rank_shift(this).itertuples())
    measures = units.measures(this).set_index("measure")["group_mean"]
    mean = measures.get(measure(this))
    return unit_why.why(printed(units.why(this)), shift, mean, lambda row: part(this, row))


def printed(found: pd.DataFrame) -> pd.DataFrame:
    """With points as they are printed: they add up to the change, also when rounded."""
    if found.empty:
        return found.assign(printed=pd.Series(dtype="float64"))
    ends = [round(100 * float(found["points"].iloc[place]), 1) for place in (0, -1)]
    parts = explaining.rounded(list(found["points"].iloc[1:-1]), (ends[1] - ends[0]) / 100)
    return found.assign(printed=[ends[0], *parts, ends[1]])


def part(this: Scope, row: Any) -> str | None:
    """The ratings of the period behind a part of the change."""
    column = "before_n" if row.part == "before" else "n"
    if not getattr(row, column) or row.category_id == REST:
        return None
    return links.behind(this, "units/why", column, row)


@callback(Output(STAGES, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_stages(view: dict, number: str) -> Any:
    this = asked(view, number)
    return known(this) and unit_stages.stages(
        units.stages(this), lambda row, column: staged(this, row, column)
    )


def staged(this: Scope, row: Any, column: str) -> str | None:
    """The cases of a cell; of the whole column where no row is given."""
    if row is None:
        return links.behind(this, "units/stages", column, {"category_id": None})
    return None if row.category_id == REST else links.behind(this, "units/stages", column, row)


@callback(Output(REASONS, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_reasons(view: dict, number: str) -> Any:
    this = asked(view, number)
    return known(this) and unit_reasons.reasons(
        units.reasons(this), lambda row: links.behind(this, "units/reasons", "cases", row)
    )


@callback(Output(OPEN, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_open(view: dict, number: str) -> Any:
    this = asked(view, number)
    return known(this) and unit_lists.late(
        units.late(this),
        next(units.stock(this).itertuples()),
        lambda row: links.case(this, row.case_id),
        lambda name: links.behind(this, "units/stock", name),
    )


@callback(Output(WHISTLES, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_whistles(view: dict, number: str) -> Any:
    this = asked(view, number)
    return known(this) and unit_lists.whistles(units.whistles(this))


@callback(Output(ITEMS, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_items(view: dict, number: str) -> Any:
    this = asked(view, number)
    return known(this) and unit_lists.items(units.items(this))


@callback(Output(MEASURES, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_measures(view: dict, number: str) -> Any:
    this = asked(view, number)
    return known(this) and unit_measures.table(units.measures(this), lambda row: counted(this, row))


@callback(Output(PASSED, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_passed(view: dict, number: str) -> Any:
    this = asked(view, number)
    return known(this) and unit_passed.returns(
        units.returns(this), lambda row: links.behind(this, "units/returns", "cases", row)
    )


@callback(Output(REPEATS, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_repeats(view: dict, number: str) -> Any:
    this = asked(view, number)
    return known(this) and unit_passed.repeats(units.repeats(this), lambda row: links.case(this, row.case_id))


@callback(Output(LAW, "children"), Input(VIEW, "data"), Input(NUMBER, "data"))
def draw_law(view: dict, number: str) -> Any:
    this = asked(view, number)
    return known(this) and unit_head.law(panels.files(*links.files(this, "units/measures")))
