"""Units that have no line of their own on the wall's league: only their names, as far as there is room."""

import pandas as pd
from dash import html

from components import intervals, words
from components.league_columns import tag
from components.league_room import APART, Room, fitting, listing
from components.league_wall_rows import Line
from components.records import each
from components.words import _


def middle(units: pd.DataFrame, axis: intervals.Axis, fits: Room) -> Line:
    """A swarm of hollow dots, and beside it the names in the order of their codes; or only how many."""
    dots, _deep = intervals.swarm(units["rate"].tolist(), axis, APART)
    side = html.Div(_named(units, fits), className="lwnames", style={"--across": fits.across})
    return Line([html.Span(), dots, side], "mid")


def _named(units: pd.DataFrame, fits: Room) -> list[html.Span]:
    """Those judged by the mean that is drawn, then those judged by another, with that mean."""
    if not fits.is_named:
        said = _("{n} units not told apart, not named here").format(n=len(units))
        return [html.Span(said, className="q all")]
    others = units[units["aside"]]
    own = _names(units[~units["aside"]])
    if others.empty:
        return own
    said = (
        _("Judged by 30 days, mean {rate}:") if others["rolling"].any() else _("By this period, mean {rate}:")
    )
    heading = said.format(rate=words.points(100 * others["mean"].iloc[0]))
    return [*own, html.Span(heading, className="q all"), *_names(others)]


def _names(units: pd.DataFrame) -> list[html.Span]:
    return [html.Span(name, className="cut") for name in units["unit"]]


def rest(units: pd.DataFrame) -> Line:
    """The line of those of a tier that are nearest to the mean: how many, and who."""
    names = [" ".join(filter(None, (row.unit, tag(row)))) for row in each(units)]
    count, others = _("{n} more:").format(n=len(names)), _(" and others")
    shown = fitting(names, count + others)
    said = _(", ").join(shown) + (others if len(shown) < len(names) else "")
    line = html.Span([html.Span(count, className="q"), " ", said], className="others cut")
    return Line([line], "")


def nobody(rows: pd.DataFrame) -> html.Div:
    """Nobody can be ranked: who has how many cases, and no comparison."""
    if rows.empty:
        return html.Div(html.P(_("This group has no unit yet.")), className="lwnone")
    said = _("Every sample is too small; no unit is compared until it has enough cases.")
    across, most = listing(rows["unit"].tolist())
    shown = [
        html.Span([f"{row.unit} ", html.Span(_("{n} cases").format(n=row.n), className="q")], className="cut")
        for row in each(rows.sort_values("unit_id").head(most))
    ]
    if len(rows) > most:
        shown.append(html.Span(_("{n} more").format(n=len(rows) - most), className="q"))
    names = html.Div(shown, className="lwnames few", style={"--across": across})
    return html.Div([html.P(said), names], className="lwnone")
