"""The funnel: how far from the group's mean chance alone would carry a unit of so many cases."""

from collections.abc import Callable
from math import sqrt
from typing import Any

import pandas as pd
from dash import dcc, html

from components import compared, funnel_words, words
from components.compared import is_long, some
from components.funnel_words import ALARM, ALERT, View
from components.intervals import tens_above, tens_below
from components.panels import empty, panel
from components.records import each
from components.shapes import percent
from components.words import _, ngettext

STEPS = (1, 2, 5, 10, 20, 40, 50, 100, 200, 400, 500, 1000, 2000, 4000, 5000, 10_000, 20_000, 50_000)
KINDS = {"better": "pt", "worse": "pt", "same": "pt open", "few": "pt grey"}
NAMED = 2  # units beyond 99.8 % that the title names; more are counted


def funnel(rows: pd.DataFrame, href: Callable[[Any], str]) -> html.Section:
    """Units of a group by cases and rate: unit, n, n_effective, rate, mean, tier, alarm, rolling.

    The limits are drawn round the mean that most are judged by; a unit judged by another stands as many
    standard errors from the line as it is from its own mean.
    A point stands at the effective sample, as its tier does, and opens its unit.
    """
    mean, is_rolling = compared.yardstick(rows)
    known = rows[rows["rate"].notna() & rows["mean"].notna() & (rows["n_effective"] > 0)]
    if known.empty or mean is None:
        return panel(
            _("Chance or not"), empty(_("No unit has a case to compare.")), None, "league_funnel", "grow"
        )
    known = known.assign(at=[_standing(row, mean) for row in each(known)])
    view = _view(known, mean, is_rolling)
    inside = known[known["at"].map(view.holds)]
    points = [_point(row, view, href) for row in each(inside)]
    names, unnamed = funnel_words.names(inside, view)
    drawn = [*_bands(view), *_lines(view), *points, *names]
    body = html.Div(html.Div(drawn, className="fun"), className="funbox")
    foot = _foot(len(known) - len(inside), unnamed, known[compared.aside(known, mean)])
    return panel(title(known), body, None, "league_funnel", "grow funnel", foot)


def _standing(row: Any, mean: float) -> float:
    """Where a unit stands against the line: at its rate, where that is its own mean."""
    spread, own = (sqrt(one * (1 - one)) for one in (mean, row.mean))
    scale = spread / own if spread and own else 1.0
    placed = row.rate if row.mean == mean else mean + (row.rate - row.mean) * scale
    return float(min(max(placed, 0.0), 1.0))


def _foot(outside: int, unnamed: int, aside: pd.DataFrame) -> str:
    """What is drawn against what, and who is not in the picture or has no name in it."""
    said = [_("up: rate, across: cases")]
    if len(aside):
        longer = _("{n} of 30 days by their distance from their mean {rate}")
        text = (
            longer
            if aside["rolling"].any()
            else _("{n} of this period by their distance from its mean {rate}")
        )
        said.append(text.format(n=len(aside), rate=words.points(100 * aside["mean"].iloc[0])))
    if unnamed:
        text = ngettext("{n} more beyond 95% not named", "{n} more beyond 95% not named", unnamed)
        said.append(text.format(n=unnamed))
    if outside:
        said.append(_("{n} not ranked lie outside the picture").format(n=outside))
    return _("; ").join(said)


def title(rows: pd.DataFrame) -> str:
    """Who lies beyond the 99.8 % limits."""
    names = rows.loc[rows["alarm"].astype(bool) & (rows["tier"] != "few"), "unit"].tolist()
    if not names:
        return _("No unit is beyond 99.8%")
    if len(names) == 1 and not is_long(names[0]):
        return _("Only {name} is beyond 99.8%").format(name=names[0])
    if len(names) > NAMED or any(map(is_long, names)):
        text = ngettext("{n} unit is beyond 99.8%", "{n} units are beyond 99.8%", len(names))
        return text.format(n=len(names))
    return _("{names} are beyond 99.8%").format(names=some(names))


def _view(known: pd.DataFrame, mean: float, is_rolling: bool) -> View:
    """The tens around all ranked units and the mean; a little air at the right."""
    ranked = known.loc[known["tier"] != "few", "at"]
    rates = [mean, *(ranked if len(ranked) else known["at"])]
    foot, head = tens_below(min(*rates, 0.95)), tens_above(max(*rates, 0.05))
    step = _step(known["n_effective"].max())
    most = step * (int(1.02 * known["n_effective"].max() / step) + 1)
    return View(foot, head, most, mean, is_rolling)


def _step(most: float) -> int:
    """Round cases, so that about three are marked."""
    return next((step for step in STEPS if most / step < 3.6), STEPS[-1])


def _bands(view: View) -> list[html.Div]:
    """The 99.8 % limits, and on them the 95 % limits."""
    bands = (("outer", ALARM), ("inner", ALERT))
    return [html.Div(className=name, style={"clipPath": _cut(view, z)}) for name, z in bands]


def _cut(view: View, z: float) -> str:
    cases = [view.most * (n / 60) ** 2 for n in range(1, 61)]
    lows, highs = zip(*(view.limits(n, z) for n in cases), strict=True)
    upper = [(view.x(n), view.y(high)) for n, high in zip(cases, highs, strict=True)]
    lower = [(view.x(n), view.y(low)) for n, low in zip(cases, lows, strict=True)]
    corners = ", ".join(f"{percent(x)} {percent(y)}" for x, y in [*upper, *reversed(lower)])
    return f"polygon({corners})"


def _lines(view: View) -> list[Any]:
    """Tens of the rate, round cases, the mean."""
    tens = range(round(10 * view.foot), round(10 * view.head) + 1)
    every = 1 if len(tens) <= 6 else 2
    drawn: list[Any] = []
    for ten in tens[::-1][::every]:
        at = percent(view.y(ten / 10))
        drawn += [
            html.I(className="hair", style={"top": at}),
            html.Span(str(10 * ten), className="q at", style={"top": at}),
        ]
    drawn.append(html.I(className="mean", style={"top": percent(view.y(view.mean))}))
    step = _step(view.most / 1.02)
    marks = range(step, int(view.most) + 1, step)
    for mark in marks:
        is_last = mark == marks[-1]
        text = _("{n} cases").format(n=words.number(mark)) if is_last else words.number(mark)
        side = {"right": percent(1 - view.x(mark))} if is_last else {"left": percent(view.x(mark))}
        drawn.append(html.Span(text, className="q under last" if is_last else "q under", style=side))
    return drawn


def _point(row: Any, view: View, href: Callable[[Any], str]) -> dcc.Link:
    place = {"left": percent(view.x(row.n_effective)), "top": percent(view.y(row.at))}
    said = f"{row.unit} {words.percent(row.rate)} {words.sample(row.n)}"
    return dcc.Link("", href=href(row), className=KINDS.get(row.tier, "pt"), style=place, title=said)
