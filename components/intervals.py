"""The signs of a rate that may be chance: a line (Wilson 95 %), a dot, a tick, the mean; and their axis.

A filled dot is a supported claim, a hollow one is not; a sample too small is grey and dashed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from math import ceil, floor
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.labels import letters
from components.shapes import percent

KINDS = {"better": "iv", "worse": "iv", "same": "iv open", "few": "iv grey"}
LOWEST = 0.5
"""An axis goes lower only for a dot, never for the end of a line."""


@dataclass(frozen=True)
class Axis:
    """The rates shown, as fractions; a place on it is a fraction of its length."""

    foot: float
    head: float

    def place(self, rate: float) -> float:
        """Where a rate lies, kept inside."""
        return min(max((rate - self.foot) / (self.head - self.foot), 0.0), 1.0)

    def ticks(self) -> list[float]:
        """Round rates, from the end that is always shown."""
        span = self.head - self.foot
        step = 0.05 if span < 0.15 else 0.1 if span < 0.55 else 0.2
        steps = [step * n for n in range(int(span / step + 1e-6) + 1)]
        return steps if self.foot == 0 else [self.head - n for n in reversed(steps)]


def axis(rows: pd.DataFrame, is_bad_high: bool = False) -> Axis:
    """From the ten below the lowest bound of a ranked unit to 100; from 0 where a high rate is bad."""
    ranked = rows[rows["tier"] != "few"]
    if ranked["rate"].notna().sum() == 0:
        return Axis(0.0, 0.2) if is_bad_high else Axis(LOWEST, 1.0)
    if is_bad_high:
        return Axis(0.0, max(tens_above(ranked["high"].max()), 0.1))
    wanted = max(tens_below(ranked["low"].min()), LOWEST)
    return Axis(min(wanted, tens_below(min(ranked["rate"].min(), 0.9))), 1.0)


def tens_below(rate: float) -> float:
    """The multiple of ten per cent at or below."""
    return floor(10 * rate + 1e-9) / 10


def tens_above(rate: float) -> float:
    """The multiple of ten per cent at or above, at most 100."""
    return min(ceil(10 * rate - 1e-9) / 10, 1.0)


def scale(shown: Axis, mean: float | None, label: str) -> html.Span:
    """The axis over its column: round rates, and above them the label of the mean."""
    marks: list[Any] = [
        html.Span(words.number(100 * tick), style={"left": percent(shown.place(tick))})
        for tick in shown.ticks()
    ]
    if not words.absent(mean):
        marks.append(html.B(label, style={"left": _middle(shown.place(mean or 0), label)}))
    return html.Span(marks, className="ticks")


def _middle(place: float, label: str) -> str:
    """Where the middle of a label stands: over its line, but never so that it ends beyond the axis."""
    half = f"{letters(label) / 2:.2f}em"
    return f"clamp({half}, {percent(place)}, 100% - {half})"


def behind(shown: Axis, mean: float | None, lines: str) -> html.Div:
    """What stands behind all rows of these grid ``lines``: the round rates, and the group's mean."""
    drawn = [html.I(style={"left": percent(shown.place(tick))}) for tick in shown.ticks()]
    if not words.absent(mean):
        drawn.append(html.I(className="mean", style={"left": percent(shown.place(mean or 0))}))
    return html.Div(drawn, className="behind", style={"gridRow": lines})


def own_mean(shown: Axis, mean: float) -> html.S:
    """The mean a row is judged by, where it is not the line behind all rows."""
    return html.S(style={"left": percent(shown.place(mean))}, title=words.points(100 * mean))


def interval(row: Any, shown: Axis, tick: float | None = None, more: Any = None) -> html.Span:
    """A unit's line and dot (low, high, rate, tier), a tick at ``tick``; what lies beyond is cut with ‹.

    ``more`` (one piece or several) lies over them.
    """
    if words.absent(row.rate) or words.absent(row.low):
        return html.Span(className="iv")
    signs: list[Any] = []
    if row.high > shown.foot and row.low < shown.head:
        ends = {"left": percent(shown.place(row.low)), "right": percent(1 - shown.place(row.high))}
        signs.append(html.I(style=ends))
    if row.low < shown.foot - 1e-9:
        signs.append(html.Em("‹", className="off"))
    if row.high > shown.head + 1e-9:
        signs.append(html.Em("›", className="off over"))
    if not words.absent(tick):
        signs.append(html.U(style={"left": percent(shown.place(tick or 0))}))
    if shown.foot - 1e-9 <= row.rate <= shown.head + 1e-9:
        signs.append(html.B(style={"left": percent(shown.place(row.rate))}))
    return html.Span([*signs, *_pieces(more)], className=KINDS.get(row.tier, "iv"))


def _pieces(more: Any) -> list[Any]:
    """None, one or several."""
    return [piece for piece in (more if isinstance(more, list) else [more]) if piece is not None]


def levels(places: list[float], apart: float) -> list[int]:
    """A level for each place (rising) so that no two dots on one level are nearer than ``apart``."""
    found: list[int] = []
    for number, place in enumerate(places):
        near = {found[k] for k in range(number) if place - places[k] < apart}
        found.append(next(level for level in _outwards() if level not in near))
    return found


def _outwards() -> Iterator[int]:
    """0, −1, 1, −2, 2 …"""
    yield 0
    for step in count(1):
        yield from (-step, step)


def swarm(rates: list[float], shown: Axis, apart: float) -> tuple[html.Span, int]:
    """Hollow dots of units that nobody can tell apart, kept apart from each other; and how many deep."""
    places = sorted(shown.place(rate) for rate in rates)
    found = levels(places, apart)
    dots = [
        html.B(style={"left": percent(place), "top": f"calc(50% + {level} * var(--apart))"})
        for place, level in zip(places, found, strict=True)
    ]
    deep = 2 * max(map(abs, found), default=0) + 1
    return html.Span(dots, className="iv open swarm"), deep
