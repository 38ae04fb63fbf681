"""The league on the wall: three tiers in big type, and names only as far as the data support a claim."""

from typing import Any

import pandas as pd
from dash import html

from components import compared, intervals, league_wall_names, words
from components.compared import RANKED, is_worse, measure_of
from components.league_columns import ARROWS
from components.league_law import law
from components.league_room import Room, room
from components.league_wall_rows import Line, Phrases, unit_line
from components.records import each
from components.terms import term
from components.words import _, ngettext

BY_CHANCE = 0.05  # of the units judged at 95 %
NAMED = 4  # units whose supported change is named; more are counted


def wall(rows: pd.DataFrame, measure: str, phrases: Phrases, group: str, when: str) -> html.Div:
    """The whole page, from rows of league.table: no rank, no shrunk rate.

    ``phrases``: unit_id → the kind with most misses, its cases, of how many. ``when``: the window in words.
    """
    ranked = rows[rows["tier"].isin(RANKED)]
    heading = html.H1(compared.finding(rows, group, measure, whole=False), className="cut")
    top = html.Div([heading, _changes(ranked, measure)], className="lwtop")
    body = _grid(ranked, measure, phrases) if len(ranked) else league_wall_names.nobody(rows)
    foot = law(len(ranked), BY_CHANCE * len(ranked), len(rows) - len(ranked), _key(ranked, when))
    return html.Div([top, body, foot], className="lwpage all")


def _key(ranked: pd.DataFrame, when: str) -> str:
    """The window, and what the short strokes mean where a unit with a line of its own has one."""
    named = ranked[ranked["tier"] != "same"]
    has_own = compared.aside(named, compared.yardstick(ranked)[0]).any()
    return _("{window}; short stroke: mean of its own window").format(window=when) if has_own else when


def _changes(ranked: pd.DataFrame, measure: str) -> html.P:
    """Which units have moved by more than chance."""
    found = ranked[ranked["move"].isin(list(ARROWS))]
    if found.empty:
        return html.P(_unchanged(ranked), className="q cut")
    worst = found.assign(size=found["change"].abs()).sort_values("size", ascending=False).head(NAMED)
    named: list[Any] = [
        (html.B if is_worse(row.move, measure_of(measure)) else html.Span)(
            f"{compared.shortened(row.unit)} {ARROWS[row.move]}"
        )
        for row in each(worst)
    ]
    rest = len(found) - len(worst)
    more = [html.Span(_("{n} more").format(n=rest), className="q")] if rest else []
    return html.P([html.Span(_("Beyond chance only"), className="q"), *named, *more], className="cut")


def _unchanged(ranked: pd.DataFrame) -> str:
    """Why no unit has moved."""
    if ranked.empty:
        return ""
    if not compared.has_before(ranked):
        return _("No earlier period to compare with")
    return _("No change since the last period is beyond chance")


def _grid(ranked: pd.DataFrame, measure: str, phrases: Phrases) -> html.Div:
    """The axis, and under it the lines of the three tiers, each tier with its number at the left."""
    axis = intervals.axis(ranked, measure_of(measure).is_bad_high)
    mean, is_rolling = compared.yardstick(ranked)
    ranked = ranked.assign(aside=compared.aside(ranked, mean))
    label = compared.mean_label(words.percent(mean), is_rolling)
    better, same, worse = (_printed(ranked, tier, measure) for tier in RANKED)
    fits = room(len(better), same, axis, len(worse))
    drawn = [
        _head(intervals.scale(axis, mean, label), measure),
        intervals.behind(axis, mean, f"2 / {2 + fits.lines}"),
    ]
    first = 2
    for tier, units, shown in (
        ("better", better, fits.better),
        ("same", same, 1),
        ("worse", worse, fits.worse),
    ):
        lines = _lines(units, shown, tier, axis, fits, measure, phrases)
        drawn += [_tier(tier, len(units), f"{first} / {first + len(lines)}"), *_placed(lines, first)]
        first += len(lines)
    form = ["lw", *["tight"] * fits.is_tight, *["alone"] * (not compared.has_before(ranked))]
    style = {"gridTemplateRows": fits.tracks, "--apart": fits.apart}
    return html.Div(drawn, className=" ".join(form), style=style)


def _printed(ranked: pd.DataFrame, tier: str, measure: str) -> pd.DataFrame:
    """The units of a tier by the printed rate, best first; the middle by code, which ranks nobody."""
    found = ranked[ranked["tier"] == tier]
    if tier == "same":
        return found.sort_values("unit_id")
    return found.sort_values(["rate", "unit_id"], ascending=[measure_of(measure).is_bad_high, True])


def _head(scale: html.Span, measure: str) -> html.Div:
    told = measure_of(measure)
    heads = [
        html.Span(), scale,
        html.Span(_(told.name), className="note"), html.Span(_(told.part), className="note of"),
        html.Span(_("vs last"), className="note mv"), html.Span(_("Last 3 periods"), className="note often"),
    ]  # fmt: skip
    return html.Div(heads, className="row axisrow", style={"gridRow": 1})


def _tier(tier: str, units: int, lines: str) -> html.Div:
    """A tier's name and its number of units, in as many lines as its rows leave it."""
    unit = ngettext("{n} unit", "{n} units", units).format(n="").strip()
    said = _("{units}, in no order").format(units=unit) if tier == "same" and units > 1 else unit
    figure = html.P([words.number(units), html.Small(said)], className="fig")
    kind = " nobody" if not units else " lag" if tier == "worse" else ""
    return html.Div([html.H2(term(tier)), figure], className=f"lwtier{kind}", style={"gridRow": lines})


def _placed(lines: list[Line], first: int) -> list[html.Div]:
    last = len(lines) - 1
    return [
        html.Div(
            line.cells,
            className=f"row {line.kind}{' last' if number == last else ''}",
            style={"gridRow": first + number},
        )
        for number, line in enumerate(lines)
    ]


def _lines(
    units: pd.DataFrame,
    shown: int,
    tier: str,
    axis: intervals.Axis,
    fits: Room,
    measure: str,
    phrases: Phrases,
) -> list[Line]:
    """The lines of a tier: its units, or one sentence; those nearest to the mean perhaps only by name."""
    if units.empty:
        return [Line([html.Span(_("No unit"), className="none q")], "")]
    if tier == "same":
        return [league_wall_names.middle(units, axis, fits)]
    far = (units["rate"] - units["mean"]).abs().sort_values(ascending=False, kind="stable").head(shown).index
    is_far = units.index.isin(far)
    lines = [unit_line(row, axis, measure, phrases) for row in each(units[is_far])]
    rest = units[~is_far]
    return [*lines, *([league_wall_names.rest(rest)] if len(rest) else [])]
