"""The axis of a unit's steps from then to now: percentage points, not from 0, with the mean of the group."""

from math import ceil, floor
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.rows import width
from components.words import _

STILL = 0.05  # points: what one decimal prints as nothing
NEAR = 0.26  # of the axis: a tick so near the mean leaves the room to the mean's own words
TICKS = ((12, 5), (50, 10), (200, 20))  # ranges of the axis, and every how many points it is marked


class Axis:
    """Where each row of units.why begins and ends (``ends``), and the places of values on the axis."""

    def __init__(self, rows: pd.DataFrame, mean: float | None) -> None:
        self.mean = None if words.absent(mean) else 100 * float(mean or 0)
        self.ends = _ends(rows)
        values = [value for pair in self.ends for value in pair]
        values += [] if self.mean is None else [self.mean]
        self.low = 5 * floor((min(values) - 1) / 5)
        self.high = max(5 * ceil((max(values) + 1) / 5), self.low + 10)

    def x(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low)

    def lines(self, rows: int) -> html.Li:
        """One drawing behind all rows: ticks and the mean."""
        marks = [html.I(style={"left": width(self.x(tick))}) for tick in self._ticks()]
        if self.mean is not None:
            marks.append(html.I(className="mean", style={"left": width(self.x(self.mean))}))
        return html.Li(marks, className="lines", style={"gridRow": f"2 / {rows + 2}"})

    def scale(self) -> html.Li:
        """The numbers of the axis, and the mean by name; none stands on another."""
        marks: list[Any] = []
        at = None if self.mean is None else self.x(self.mean)
        for tick in self._ticks():
            if at is None or abs(self.x(tick) - at) > NEAR:
                marks.append(html.Span(words.number(tick), style={"left": width(self.x(tick))}))
        if at is not None:
            said = _("group mean {mean}").format(mean=words.points(self.mean))
            # from the line to its left or right, as far as the line is to the side: never over an edge
            anchored = {"left": width(at), "transform": f"translateX(-{width(at)})"}
            marks.append(html.B(said, style=anchored))
        return html.Li([html.Span(), html.Span(marks, className="marks")], className="scale")

    def _ticks(self) -> list[int]:
        """Whole fives, tens or twenties, up to 100: there is nothing beyond."""
        step = next(step for length, step in TICKS if self.high - self.low <= length)
        first = -step * (-self.low // step)
        return list(range(max(first, 0), min(self.high, 100) + 1, step))


def _ends(rows: pd.DataFrame) -> list[tuple[float, float]]:
    """From where to where each part goes, in points; the last one stands where the rate is now."""
    ends, at = [], 0.0
    for part, printed in zip(rows["part"], rows["printed"], strict=True):
        start, at = (float(printed),) * 2 if part in ("before", "now") else (at, at + float(printed))
        ends.append((start, at))
    return ends
