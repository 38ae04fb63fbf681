"""A unit's satisfaction over its last periods, with its interval, its group's mean, and the meetings."""

from typing import Any

import pandas as pd
from dash import html

from components import labels, words
from components.labels import Label
from components.panels import empty, panel, tick
from components.records import each
from components.shapes import percent, ribbons
from components.unit_scale import Scale, runs
from components.words import _

APART = ("better", "worse")
BESIDE = ("right", "left", "above")


def trend(rows: pd.DataFrame, meetings: pd.DataFrame) -> html.Section:
    """Of league.trend, oldest first; ``meetings`` (number, items) assigned this unit something.

    A period without ratings leaves a gap. The last step is dashed until its period is complete.
    """
    note = [_("rate, %"), tick(_("assigned"))]
    known = rows[rows["n"] > 0] if len(rows) else rows
    if known.empty:
        return panel(
            _("Satisfaction over time"), empty(_("No rating in these periods.")), None, "unit_trend", "half"
        )
    return panel(title(known), chart(rows.reset_index(drop=True), meetings), note, "unit_trend", "half")


def title(known: pd.DataFrame) -> str:
    """How often the unit stood apart, of the periods with ratings."""
    of, counts = len(known), known["tier"].value_counts()
    worse, better = int(counts.get("worse", 0)), int(counts.get("better", 0))
    if of == 1:
        return _("Only one period has ratings")
    if worse:
        return _("Clearly behind in {k} of {n} periods").format(k=worse, n=of)
    if better:
        return _("Clearly better in {k} of {n} periods").format(k=better, n=of)
    return _("Clearly behind in none of {n} periods").format(n=of)


def chart(rows: pd.DataFrame, meetings: pd.DataFrame) -> html.Div:
    """Shapes in per cent of the box; words are real words and never stretched."""
    scale = Scale.of(rows)
    unit, mean = _line(rows, "rate", scale), _line(rows, "mean", scale)
    whole = unit if rows["complete"].iloc[-1] else [*unit[:-1], None]
    lines = [ribbon for run in runs(whole) for ribbon in ribbons(run)]
    means: list[Any] = [piece for run in runs(mean) for piece in _mean(run)]
    pieces = [
        *scale.grid(),
        *_bands(rows, scale),
        html.Div(means, className="mean"),
        *lines,
        *(_dashed(unit) if whole != unit else []),
        *_ticks(rows, meetings, scale),
        *_points(rows, scale),
        *_words(rows, scale, unit, mean),
        *_ends(rows),
    ]
    return html.Div(html.Div(pieces, className="chart"), className="utrend")


def _line(rows: pd.DataFrame, column: str, scale: Scale) -> list[Any]:
    """The places of a column, None where it is not known."""
    values = rows[column].astype(float)
    return [
        None if words.absent(value) else (scale.x(place), scale.y(value))
        for place, value in enumerate(values)
    ]


def _mean(run: list[Any]) -> list[Any]:
    """The group's mean as a line; where a period stands alone, as a stroke."""
    [(x, y), *more] = run
    return ribbons(run) if more else [html.I(className="lone", style={"left": percent(x), "top": percent(y)})]


def _dashed(unit: list[Any]) -> list[html.Div]:
    """The step to a period that is still running: drawn, but not as if it were known."""
    if len(unit) < 2 or unit[-1] is None or unit[-2] is None:
        return []
    slope = "falling" if unit[-1][1] > unit[-2][1] else "rising"
    return [html.Div(ribbons(unit[-2:]), className=f"part {slope}")]


def _bands(rows: pd.DataFrame, scale: Scale) -> list[Any]:
    """The unit's own 95 % interval; a period that stands alone gets a whisker."""
    low, high = _line(rows, "low", scale), _line(rows, "high", scale)
    pairs = [None if one is None or two is None else (one, two) for one, two in zip(low, high, strict=True)]
    return [_whisker(*run[0]) if len(run) == 1 else _band(run) for run in runs(pairs)]


def _band(run: list[Any]) -> html.Div:
    around = [*(high for _low, high in run), *(low for low, _high in reversed(run))]
    corners = ", ".join(f"{percent(x)} {percent(y)}" for x, y in around)
    return html.Div(className="band", style={"clipPath": f"polygon({corners})"})


def _whisker(low: Any, high: Any) -> html.U:
    spot = {"left": percent(low[0]), "top": percent(high[1]), "height": percent(low[1] - high[1])}
    return html.U(className="whisk", style=spot)


def _points(rows: pd.DataFrame, scale: Scale) -> list[html.I]:
    """Filled where the unit stood apart, hollow where not, grey with too few ratings."""
    drawn = []
    for row in each(rows[rows["n"] > 0]):
        kind = "pt" if row.tier in APART else "pt open few" if row.tier == "few" else "pt open"
        spot = {"left": percent(scale.x(row.Index)), "top": percent(scale.y(row.rate))}
        drawn.append(html.I(className=kind, style=spot, title=_told(row)))
    return drawn


def _told(row: Any) -> str:
    """A point in words, for the mouse."""
    said = f"{row.start:%Y-%m-%d}  {words.percent(row.rate)}  {words.sample(row.n)}"
    number = None if words.absent(row.number) else _("Period {n}").format(n=words.number(row.number))
    return "  ".join(filter(None, (number, said)))


def _ticks(rows: pd.DataFrame, meetings: pd.DataFrame, scale: Scale) -> list[Any]:
    """A mark at the end of the period that each assigning meeting closes."""
    numbers = set(meetings["number"].dropna()) if len(meetings) else set()
    drawn: list[Any] = []
    for row in each(rows):
        if not words.absent(row.number) and row.number in numbers:
            left = {"left": percent((row.Index + 1) / scale.periods)}
            drawn += [html.U(className="meet", style=left)]
            drawn += [html.Span(words.number(row.number), className="meetno", style=left)]
    return drawn


def _words(rows: pd.DataFrame, scale: Scale, unit: list[Any], mean: list[Any]) -> list[Any]:
    """The last value, the mean's name and the interval's, each where nothing else is."""
    path = [spot for line in (unit, mean) for run in runs(line) for spot in labels.dense(run)]
    last = max(place for place, spot in enumerate(unit) if spot)
    value = words.points(100 * float(rows["rate"].iloc[last]))
    wanted = [_label(unit[last], value, "", sides=("left", "above", "right"))]
    above = tuple((x, y - shift) for x, y in filter(None, mean) for shift in (0.075, -0.075))
    wanted += [_label(above[0], "", _("group's mean"), inside=above)] if above else []
    inside = scale.middles(rows)
    foot = (scale.x(last), scale.y(float(rows["low"].fillna(0).iloc[last])))
    name = _("95% interval")
    wanted += [_label(inside[0], "", name, inside=inside) if inside else _label(foot, "", name, sides=BESIDE)]
    return labels.place(wanted, path, [])[0]


def _label(spot: labels.Spot, bold: str, plain: str, **where: Any) -> Label:
    return Label(spot[0], spot[1], bold, plain, **where)


def _ends(rows: pd.DataFrame) -> list[html.Span]:
    """Below the chart: the first period with its day, the last with whether it is over."""
    first, last = next(each(rows)), next(each(rows.tail(1)))
    since = _("from {date}") if words.absent(first.number) else _("Period {n}, from {date}")
    state = "" if words.absent(last.number) else _("Period {n}")
    if not last.complete:
        state = _("not yet closed") if words.absent(last.number) else _("Period {n}, not yet closed")
    if len(rows) == 1:
        since = ""
    begin = since.format(n=words.number(first.number), date=words.date(first.start))
    ends = ((begin, "end first"), (state.format(n=words.number(last.number)), "end last"))
    return [html.Span(said, className=side) for said, side in ends if said]
