"""Where the words of a chart go: beside what they name, where the line is not, and never on one another."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dash import html

# The nominal chart: a panel two columns wide is about 30 letters of note size wide and 8.5 lines high.
WIDE, HIGH = 30.0, 8.5
GAP = 0.75  # letters between a point and its words
Spot = tuple[float, float]


@dataclass(frozen=True)
class Label:
    """Words about a place (fractions from the upper left); ``sides`` are tried in order, else ``inside``."""

    x: float
    y: float
    bold: str
    plain: str
    sides: tuple[str, ...] = ("left", "right", "above", "top")
    two_lines: bool = False
    inside: tuple[Spot, ...] = ()

    @property
    def size(self) -> Spot:
        """Width and height as fractions of the chart."""
        parts = [part for part in (self.bold, self.plain) if part]
        lines = parts if self.two_lines else [" ".join(parts)]
        return max(map(letters, lines)) / WIDE, len(lines) / HIGH


@dataclass(frozen=True)
class Box:
    """A place for words; ``leader`` says that it stands at the top, away from its point."""

    left: float
    top: float
    width: float
    height: float
    leader: bool = False

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def touches(self, other: "Box") -> bool:
        apart = self.left >= other.right or other.left >= self.right
        return not (apart or self.top >= other.bottom or other.top >= self.bottom)

    def fits(self) -> bool:
        return self.left >= 0 and self.right <= 1.03 and self.top >= -0.05 and self.bottom <= 1

    def holds(self, spot: Spot) -> bool:
        return self.left <= spot[0] <= self.right and self.top <= spot[1] <= self.bottom


def letters(text: str) -> float:
    """Width in letters of the note size: a Chinese character is one, any other a bit over half."""
    return sum(1.0 if ord(character) > 0x2E80 else 0.56 for character in text)


def best(orders: Iterable[list[Label]], keep: list[Spot], band: list[Spot]) -> list[Any]:
    """Words for the labels in the first of the orders that finds room for most of them."""
    return max((place(wanted, keep, band) for wanted in orders), key=lambda placed: placed[1])[0]


def place(wanted: list[Label], keep: list[Spot], band: list[Spot]) -> tuple[list[Any], int]:
    """Words for the labels in this order, and how many: what finds no free place is left out.

    The spots of ``keep`` stay uncovered; those of ``band`` are covered only where nothing else is free.
    """
    path = keep + [(label.x, label.y) for label in wanted if not label.inside]
    taken: list[Box] = []
    drawn: list[Any] = []
    for label in wanted:
        box = _first_free(label, taken, path, band)
        if box is not None:
            taken.append(box)
            drawn += _draw(label, box)
            path += dense([(label.x, 0.0), (label.x, label.y)]) if box.leader else []
    return drawn, len(taken)


def _first_free(label: Label, taken: list[Box], path: list[Spot], band: list[Spot]) -> Box | None:
    """The first place that keeps clear of everything, else the first that covers only the band."""
    own = (label.x, label.y)
    others = [spot for spot in path if spot != own]
    free = [
        box
        for box in _candidates(label)
        if box.fits() and not any(map(box.touches, taken)) and not any(map(box.holds, others))
    ]
    if label.inside:
        return next(iter(free), None)
    clear = [box for box in free if not any(map(box.holds, band))]
    return next(iter(clear or free), None)


def _candidates(label: Label) -> list[Box]:
    """Places to try, side by side in the label's own order of preference."""
    width, height = label.size
    if label.inside:
        wide = width + 1.4 / WIDE  # not so close to a point that it reads as the point's own name
        return [Box(x - wide / 2, y - height / 2, wide, height) for x, y in label.inside]
    gap, upper = GAP / WIDE, label.y - 0.45 / HIGH - height
    left, right = label.x - gap - width, label.x + gap
    rows = [label.y - k * height for k in (0.5, 0.85, 0.15, 1.0)]
    places = {
        "left": [Box(left, top, width, height) for top in rows],
        "right": [Box(right, top, width, height) for top in rows],
        "above": [Box(label.x - k * width, upper, width, height) for k in (0.5, 0.3, 0.1, 0.7)],
        "top": [Box(x, -0.02, width, height, leader=True) for x in (right - gap / 3, left + gap / 3)],
    }
    return [box for side in label.sides for box in places[side]]


def dense(line: list[Spot]) -> list[Spot]:
    """Points along the line, close enough that no words slip between two."""
    spots = list(line)
    for (x0, y0), (x1, y1) in pairwise(line):
        spots += [(x0 + (x1 - x0) * k / 12, y0 + (y1 - y0) * k / 12) for k in range(1, 12)]
    return spots


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _draw(label: Label, box: Box) -> list[Any]:
    """Words anchored on the side that faces their point, so that a wrong guess of the width does no harm."""
    words: list[Any] = [html.B(label.bold), html.Br() if label.two_lines else " "] if label.bold else []
    words.append(label.plain)
    style = {"top": _percent(box.top + box.height / 2), "transform": "translateY(-50%)"}
    if box.left < label.x < box.right or label.inside:
        style |= {"left": _percent(box.left + box.width / 2), "transform": "translate(-50%, -50%)"}
    elif box.left >= label.x:
        style["left"] = _percent(box.left)
    else:
        style["right"] = _percent(1 - box.right)
    drawn = [html.Span(words, className="r" if "right" in style else None, style=style)]
    if not box.leader:
        return drawn
    stem = {"left": _percent(label.x), "top": "0%", "height": _percent(label.y)}
    return [html.U(style=stem), *drawn]
