"""Do the chances of being late come true: what was said against what happened, a dot a tenth."""

from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, panel
from components.records import each, first
from components.shapes import percent
from components.tables import Column, plain
from components.words import _, ngettext

FEW = 30  # chances in a tenth: below, its dot is hollow and no verdict rests on it
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
BESIDE = {"display": "flex", "flexWrap": "wrap", "alignItems": "flex-start", "gap": "1rem 3rem"}
SQUARE = {"flex": "none", "width": "21.5rem", "height": "20.5rem", "padding": ".6em .3em 1.6em 2.7em"}
DIAGONAL = "polygon(0 99.6%, 99.6% 0, 100% 0, 100% .4%, .4% 100%, 0 100%)"


def came_true(found: pd.DataFrame, skill: pd.DataFrame) -> html.Section:
    """Of overdue.calibration (from_share, to_share, cases, predicted, late, low, high) and overdue.skill."""
    whole = first(skill)
    if found.empty or whole is None:
        said = empty(_("No past chance of being late has been decided yet."))
        return panel(_("Do the chances come true?"), said, None, "chances", "all")
    note = [_("across: said to be late, up: were late"), words.sample(whole.cases)]
    beside = html.Div([_tenths(found), html.P(_error(whole), style={"marginTop": ".5rem"})])
    body = html.Div([_picture(found), beside], style=BESIDE)
    return panel(title(found), body, note, "chances", "all", _basis(whole))


def title(found: pd.DataFrame) -> str:
    """Whether what was said lies within the range of what happened, in every tenth with enough cases."""
    told = found[found["cases"] >= FEW]
    if told.empty:
        return _("Too few chances to say whether they come true")
    off = int(((told["predicted"] < told["low"]) | (told["predicted"] > told["high"])).sum())
    if not off:
        return _("The chances of being late came true")
    text = ngettext(
        "{n} of {all} ranges missed what was said", "{n} of {all} ranges missed what was said", off
    )
    return text.format(n=off, all=len(told))


def _error(whole: Any) -> str:
    """The Brier score beside that of the base rate, in words."""
    if words.absent(whole.skill):
        return _("All went alike, so there is no error to compare.")
    text = _(
        "Mean squared error {brier}; had every case been given the mean of {late}, {base}: {share} less."
    )
    if whole.skill <= 0:
        text = _(
            "Mean squared error {brier}; had every case been given the mean of {late}, {base}: no better."
        )
    brier, base = f"{whole.brier:.3f}", f"{whole.base:.3f}"
    return text.format(brier=brier, base=base, late=_whole(whole.late), share=_whole(whole.skill))


def _basis(whole: Any) -> str:
    """Which moments were looked back at, and what is not decided."""
    span = words.date(whole.first) + _("–") + words.date(whole.last)
    text = _("Said on mornings from {span}, with what was known then; {n} not decided are left out.")
    return text.format(span=span, n=words.number(whole.undecided))


def _tenths(found: pd.DataFrame) -> Any:
    """The same as the picture, in figures."""
    told = found.assign(
        said=[_between(row.from_share, row.to_share) for row in each(found)],
        span=[_between(row.low, row.high) for row in each(found)],
    )
    columns = [
        Column("said", _("Chance said")),
        Column("predicted", _("Mean chance"), "share"),
        Column("late", _("Were late"), "share"),
        Column("span", _("95% range")),
        Column("cases", _("Cases"), "number"),
    ]
    return plain(told, columns)


def _picture(found: pd.DataFrame) -> html.Div:
    diagonal = html.I(style={"inset": "0", "background": "var(--line-strong)", "clipPath": DIAGONAL})
    drawn = [*_lines(), diagonal, *(piece for row in each(found) for piece in _dot(row))]
    return html.Div(html.Div(drawn, className="fun"), className="funbox", style=SQUARE)


def _lines() -> list[Any]:
    """Every twenty per cent, up and across."""
    drawn: list[Any] = []
    for tick in TICKS:
        up, across = percent(1 - tick), percent(tick)
        drawn += [
            html.I(className="hair", style={"top": up}),
            html.I(
                style={"left": across, "top": "0", "bottom": "0", "width": "1px", "background": "var(--line)"}
            ),
            html.Span(_whole(tick), className="q at", style={"top": up}),
            html.Span(_whole(tick), className="q under", style={"left": across}),
        ]
    return drawn


def _dot(row: Any) -> list[html.I]:
    """A tenth: its range, and the dot on it."""
    place = {"left": percent(row.predicted), "top": percent(1 - row.late)}
    line = {
        "left": place["left"], "top": percent(1 - row.high), "height": percent(row.high - row.low),
        "width": "2px", "marginLeft": "-1px", "background": "var(--plain)",
    }  # fmt: skip
    said = _("said {said}: {late} were late (95% range {range}), n={n}").format(
        said=_whole(row.predicted),
        late=_whole(row.late),
        range=_between(row.low, row.high),
        n=words.number(row.cases),
    )
    kind = "pt" if row.cases >= FEW else "pt open"
    return [html.I(style=line), html.I(className=kind, style=place, title=said)]


def _between(low: float, high: float) -> str:
    return f"{words.between(100 * low, 100 * high)}%"


def _whole(share: float) -> str:
    return f"{100 * share:.0f}%"
