"""What the funnel shows, and the words in it: who stands out by name, none on another."""

from dataclasses import dataclass
from math import sqrt
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.compared import mean_label, shortened
from components.labels import Box, letters
from components.records import each
from components.shapes import percent

ALERT, ALARM = 1.96, 3.09  # standard errors of the 95 % and the 99.8 % limits
PAD = 0.06  # of the height, above the highest rate: room for the words over a point
WIDE, HIGH = 25.0, 14.0  # the smallest plot, in letters and lines of note size
MOST = 10  # names in the picture; more are counted
MARGIN = 0.4, 0.2  # letters and lines kept free round a name


@dataclass(frozen=True)
class View:
    """The rates and cases shown; places are fractions from the upper left."""

    foot: float
    head: float
    most: float
    mean: float
    is_rolling: bool = False

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


def names(inside: pd.DataFrame, view: View) -> tuple[list[html.Span], int]:
    """The names of those outside 95 %, the furthest first, then of the lines; and how many had no room."""
    spots = [(view.x(row.n_effective), view.y(row.at)) for row in each(inside)]
    drawn: list[html.Span] = []
    taken: list[Box] = []
    order = _furthest_first(inside, view)
    for row in each(order.drop_duplicates(["n_effective", "at"]).head(MOST)):  # of one spot, one name
        text, spot = _said(row), (view.x(row.n_effective), view.y(row.at))
        found = _place(text, spot, taken, spots)
        if found:
            taken.append(found[0])
            kind = f"lab {found[1]}{' far' if row.alarm else ''}"
            place = {"left": percent(spot[0]), "top": percent(spot[1])}
            drawn.append(html.Span(text, className=kind, style=place))
    return drawn + _edges(view, taken, spots), len(order) - len(drawn)


def _furthest_first(inside: pd.DataFrame, view: View) -> pd.DataFrame:
    """Those outside 95 %, those beyond 99.8 % before the others."""
    outside = inside[inside["tier"].isin(["better", "worse"])]
    far = (outside["at"] - view.mean).abs() * outside["n_effective"] ** 0.5
    return outside.assign(far=far).sort_values(["alarm", "far"], ascending=False, kind="stable")


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
        if _is_free(box, taken, spots):
            taken.append(box)
            drawn.append(html.Span(text, className=kind, style={"top": percent(y)}))
    return drawn


def _marks(view: View) -> list[tuple[str, float, str]]:
    """Lines that may be named: words, rate, classes; a limit that is cut off or is the mean has no name."""
    is_low = view.mean > (view.foot + view.head) / 2
    marks = [(mean_label(words.points(100 * view.mean), view.is_rolling), view.mean, "edge")]
    for text, z in (("95%", ALERT), ("99.8%", ALARM)):
        limit = view.limits(view.most, z)[0 if is_low else 1]
        if view.foot < limit < view.head and limit != view.mean:
            marks.append((text, limit, "q edge" if is_low else "q edge down"))
    return marks


def _place(
    text: str, spot: tuple[float, float], taken: list[Box], spots: list[tuple[float, float]]
) -> tuple[Box, str] | None:
    """A free place round the point: inside, and near to no other words and no other point."""
    wide, high = letters(text) / WIDE, 1 / HIGH
    x, y, gap, lift = *spot, 0.6 / WIDE, 0.5 / HIGH
    left, right, over, under = x - gap - wide, x + gap, y - lift - high, y + lift
    places = [
        (Box(right, y - high / 2, wide, high), "right"),
        (Box(left, y - high / 2, wide, high), "left"),
        (Box(x - wide / 2, over, wide, high), "above"),
        (Box(x - wide / 2, under, wide, high), "below"),
        (Box(right, over, wide, high), "right up"),
        (Box(left, over, wide, high), "left up"),
        (Box(right, under, wide, high), "right down"),
        (Box(left, under, wide, high), "left down"),
    ]
    others = list(spots)
    others.remove(spot)
    return next((place for place in places if _is_free(place[0], taken, others)), None)


def _is_free(box: Box, taken: list[Box], spots: list[tuple[float, float]]) -> bool:
    """Inside the plot (a little air above), with a margin round the words that nothing else is in."""
    is_inside = box.left >= 0 and box.right <= 1 + 1e-9 and box.top >= -0.02 and box.bottom <= 1
    wide, high = MARGIN[0] / WIDE, MARGIN[1] / HIGH
    around = Box(box.left - wide, box.top - high, box.width + 2 * wide, box.height + 2 * high)
    return is_inside and not any(map(around.touches, taken)) and not any(map(around.holds, spots))
