"""A rate with its interval: a dot on a line, and a mark for the mean of the unit's own group."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, linked, panel, tick
from components.records import each
from components.rows import width
from components.words import _

SHOWN = {"better": 4, "worse": 3}  # rows of a tier on the overview


def dot(rate: float, low: float, high: float, mean: float | None, floor: float = 0.7) -> html.Div:
    """A dot at ``rate`` with its interval, on an axis from ``floor`` to 1; a tick at the group's mean."""
    x = [width((value - floor) / (1 - floor)) for value in (rate, low, high)]
    ticks = [] if words.absent(mean) else [html.U(style={"left": width(((mean or 0) - floor) / (1 - floor))})]
    line = html.I(style={"left": x[1], "right": f"calc(100% - {x[2]})"})
    return html.Div([*ticks, line, html.Em(style={"left": x[0]})], className="dot")


def league(units: pd.DataFrame, href: Callable[[Any], str] | None = None) -> html.Section:
    """Units that differ from their own group: unit, rated, rate, low, high, group_mean, tier (…same|few)."""
    note = [_("30 days"), tick(_("group mean"))]
    better, worse = (_tier(units, tier) for tier in ("better", "worse"))
    if units.empty or (units["tier"] == "few").all():
        body: Any = empty(_("Not enough ratings to tell units apart."))
        return panel(_("Satisfaction"), body, note, "satisfaction", "half")
    low = pd.concat([better, worse])["low"].min()
    floor = 0.7 if words.absent(low) else min(0.7, int(10 * low) / 10)
    parts = [
        _rows(better, _("clearly better"), "tier", floor, href),
        _rest(units),
        _rows(worse, _("clearly behind"), "tier low", floor, href),
    ]
    shares = f"{max(len(better), 1)}fr 1.3fr {max(len(worse), 1)}fr"
    body = html.Div(parts, className="league", style={"gridTemplateRows": shares})
    return panel(title(units), body, note, "satisfaction", "half")


def title(units: pd.DataFrame) -> str:
    counts = units["tier"].value_counts()
    text = _("Satisfied: {better} better, {worse} behind")
    return text.format(better=counts.get("better", 0), worse=counts.get("worse", 0))


def _tier(units: pd.DataFrame, tier: str) -> pd.DataFrame:
    """The units of a tier furthest from their group's mean, the best rate first."""
    found = units[units["tier"] == tier]
    far = (found["rate"] - found["group_mean"]).abs().sort_values(ascending=False).head(SHOWN[tier]).index
    return found.loc[far].sort_values("rate", ascending=False)


def _rows(
    units: pd.DataFrame, name: str, kind: str, floor: float, href: Callable[[Any], str] | None
) -> html.Div:
    listed = [
        html.Li(
            [
                linked(item.unit, href(item) if href else None, "cut"),
                dot(item.rate, item.low, item.high, item.group_mean, floor),
                html.Span(words.percent(item.rate), className="r rate"),
                html.Span(words.sample(item.rated), className="note r"),
            ]
        )
        for item in each(units)
    ]
    nobody = [html.Li(html.Span(_("no unit"), className="q"))]
    return html.Div([html.B(name), html.Ul(listed or nobody)], className=kind)


def _rest(units: pd.DataFrame) -> html.P:
    """What is not shown, in words: no clear difference, and too few ratings."""
    counts = units["tier"].value_counts()
    same, few = int(counts.get("same", 0)), int(counts.get("few", 0))
    hidden = sum(max(0, int(counts.get(tier, 0)) - shown) for tier, shown in SHOWN.items())
    said: list[Any] = [_("{n} others: no clear difference").format(n=same)]
    if hidden:
        said.append(html.Span(_("; {n} more not listed").format(n=hidden), className="q"))
    if few:
        said.append(html.Span(_("; {n} with too few").format(n=few), className="q"))
    return html.P(said, className="rest cut")
