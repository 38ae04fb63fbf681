"""What the funnel shows, and the words in it: who stands out by name, none on another."""

from dataclasses import dataclass
from math import sqrt
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.compared import shortened
from components.labels import Box, letters
from components.records import each
from components.shapes import percent
from components.words import _

ALERT, ALARM = 1.96, 3.09  # standard errors of the 95 % and the 99.8 % limits
PAD = 0.06  # of the height, above the highest rate: room for the words over a point
WIDE, HIGH = 25.0, 14.0  # the smallest plot, in letters and lines of note size


@dataclass(frozen=True)
class View:
    """The rates and cases shown; places are fractions from the upper left."""

    foot: float
    head: float
    most: float
    mean: float

    def x(self, cases: float) -> float:
        return cases / self.most

    def y(self, rate: float) -> float:
        return PAD + (1 - PAD) * (self.head - rate) / (self.head - self.foot)

    def holds(self, rate: float) -> bool:
        return self.foot - 1e-9 <= rate <= self.head + 1e-9

    def limits(self, cases: float, z: float) -> tuple[float, float]:
        """The score limits at so many cases, cut to what is shown."""
        reach = z * sqrt(self.mean * (1 - self.mean) / cases)
        return max(self.mean - reach, self.foot), min(self.mean + reach, self.head)


def names(inside: pd.DataFrame, view: View) -> list[html.Span]:
    """The names of those outside 95 %, the furthest first; then what the lines are, where there is room."""
    spots = [(view.x(row.n_effective), view.y(row.rate)) for row in each(inside)]
    outside = inside[inside["tier"].isin(["better", "worse"])]
    far = (outside["rate"] - view.mean).abs() * outside["n_effective"] ** 0.5
    order = outside.assign(far=far).sort_values(["alarm", "far"], ascending=False)
    drawn: list[html.Span] = []
    taken: list[Box] = []
    for row in each(order):
        text, spot = _said(row), (view.x(row.n_effective), view.y(row.rate))
        found = _place(text, spot, taken, spots)
        if found:
            taken.append(found[0])
            kind = f"lab {found[1]}{' far' if row.alarm else ''}"
            place = {"left": percent(spot[0]), "top": percent(spot[1])}
            drawn.append(html.Span(text, className=kind, style=place))
    return drawn + _edges(view, taken, spots)


def _said(row: Any) -> str:
    """A unit's name, a long one shortened; its rate where it is beyond 99.8 %."""
    name = shortened(row.unit)
    return f"{name} {words.points(100 * row.rate)}" if row.alarm else name


def _edges(view: View, taken: list[Box], spots: list[tuple[float, float]]) -> list[html.Span]:
    """At the right edge: the mean, and the limits of the side that has more room."""
    drawn: list[html.Span] = []
    for text, rate, kind in _marks(view):
        wide, y = letters(text) / WIDE, view.y(rate)
        box = Box(1 - wide, y if "down" in kind else y - 1 / HIGH, wide, 1 / HIGH)
        if not any(map(box.touches, taken)) and not any(map(box.holds, spots)):
            taken.append(box)
            drawn.append(html.Span(text, className=kind, style={"top": percent(y)}))
    return drawn


def _marks(view: View) -> list[tuple[str, float, str]]:
    """Lines that may be named: words, rate, classes; a limit that is cut off or is the mean has no name."""
    is_low = view.mean > (view.foot + view.head) / 2
    marks = [(_("mean {rate}").format(rate=words.points(100 * view.mean)), view.mean, "edge")]
    for text, z in (("95%", ALERT), ("99.8%", ALARM)):
        limit = view.limits(view.most, z)[0 if is_low else 1]
        if view.foot < limit < view.head and limit != view.mean:
            marks.append((text, limit, "q edge" if is_low else "q edge down"))
    return marks


def _place(
    text: str, spot: tuple[float, float], taken: list[Box], spots: list[tuple[float, float]]
) -> tuple[Box, str] | None:
    """A free place beside, above or below the point: inside, on no other words and, if possible, no point."""
    wide, high = letters(text) / WIDE, 1 / HIGH
    x, y, gap, lift = *spot, 0.6 / WIDE, 0.5 / HIGH
    places = [
        (Box(x + gap, y - high / 2, wide, high), "right"),
        (Box(x - gap - wide, y - high / 2, wide, high), "left"),
        (Box(x - wide / 2, y - lift - high, wide, high), "above"),
        (Box(x - wide / 2, y + lift, wide, high), "below"),
    ]
    free = [place for place in places if _fits(place[0]) and not any(map(place[0].touches, taken))]
    clear = [place for place in free if not any(place[0].holds(other) for other in spots if other != spot)]
    return next(iter(clear or free), None)


def _fits(box: Box) -> bool:
    """Inside the plot; above its highest rate there is a little air."""
    return box.left >= 0 and box.right <= 1 and box.top >= -0.02 and box.bottom <= 1
