"""A unit named on the wall's league: its line, rate, k/n, change, how often of late, what drags it down."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from dash import html

from components import intervals, words
from components.compared import name_class
from components.league_columns import ARROWS, moved, tag
from components.shapes import percent
from components.unit_measures import count
from components.words import _

Phrases = Mapping[Any, tuple[str, int, int]]  # unit_id → the kind with most misses, its cases, of how many

LEAST, SHARE = 3, 0.3
"""A kind with fewer misses, or a smaller share of them, explains nothing and is not named."""

LABEL = 0.12  # of the axis: how long the words at the tail of an arrow are


class Line(NamedTuple):
    """What stands in one line of the grid, and the line's kind."""

    cells: list[Any]
    kind: str


def unit_line(row: Any, axis: intervals.Axis, measure: str, phrases: Phrases) -> Line:
    """A unit by name, tagged when it rests on 30 days; only one that lags says what drags it down."""
    drag = _drag(phrases.get(row.unit_id), measure) if row.tier == "worse" else []
    cells = [
        html.Span([row.unit, html.Small(tag(row))], className=name_class(row.unit + tag(row))),
        intervals.interval(row, axis, more=[_was(row, axis), _own_mean(row, axis)]),
        html.Span(words.percent(row.rate), className="rate"),
        html.Span(_("{k}/{n} cases").format(k=count(row.k), n=count(row.base)), className="q of"),
        html.Span(moved(row, measure, _(" pts")), className="mv"),
        _often(row),
        *drag,
    ]
    return Line(cells, " ".join(["lag"] * (row.tier == "worse") + ["two"] * len(drag)))


def _often(row: Any) -> html.Span:
    """How many of the last three periods the unit stood where it stands; a dash where none is known."""
    if words.absent(row.in_tier) or not any(str(row.recent or "").split(",")[:-1]):
        return html.Span(words.NOTHING, className="often q")
    if row.in_tier <= 1:
        return html.Span(_("first time"), className="often q")
    said = _("{n} of 3").format(n=words.number(row.in_tier))
    return html.Span(html.B(said) if row.tier == "worse" else said, className="often")


def _own_mean(row: Any, axis: intervals.Axis) -> html.S | None:
    """The mean the unit is judged by, where it is not the line."""
    return intervals.own_mean(axis, row.mean) if row.aside else None


def _was(row: Any, axis: intervals.Axis) -> html.Span | None:
    """An arrow from the rate of the last period, where the change is supported."""
    if row.move not in ARROWS or words.absent(row.before_rate):
        return None
    then, now = axis.place(row.before_rate), axis.place(row.rate)
    label = html.Em(_("last {rate}").format(rate=words.points(100 * row.before_rate)))
    is_cramped = then < LABEL if then < now else then > 1 - LABEL
    kind = f"was {'up' if then < now else 'down'}{' in' if is_cramped else ''}"
    ends = {"left": percent(min(then, now)), "right": percent(1 - max(then, now))}
    return html.Span(label, className=kind, style=ends)


def _drag(phrase: tuple[str, int, int] | None, measure: str) -> list[html.Span]:
    """The kind most of the misses are of, where one stands out and has a name."""
    if phrase is None or not phrase[0] or phrase[1] < max(LEAST, SHARE * phrase[2]):
        return []
    kind, cases, of = phrase
    rated = measure == "satisfaction"
    text = _(": {n} of the {all} not satisfied") if rated else _(": {n} of the {all} missed")
    said = html.Span(text.format(n=cases, all=of), className="q")
    return [
        html.Span([html.Span(_("Held back by "), className="q"), html.B(kind), said], className="drag cut")
    ]
