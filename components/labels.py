"""Where the words of a chart go: beside what they name, where the line is not, and never on one another."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dash import html

# The nominal chart: a panel two columns wide is about 30 letters of note size wide and 8.5 lines high.
WIDE, HIGH = 30.0, 8.5
GAP = 0.7  # letters between a point and its words


@dataclass(frozen=True)
class Label:
    """Words about a place (fractions from the upper left); ``inside`` lists places to stand on, centred."""

    x: float
    y: float
    bold: str
    plain: str
    two_lines: bool = False
    inside: tuple[tuple[float, float], ...] = ()

    @property
    def lines(self) -> list[str]:
        parts = [part for part in (self.bold, self.plain) if part]
        return parts if self.two_lines else [" ".join(parts)]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as fractions of the chart."""
        return max(map(letters, self.lines)) / WIDE, len(self.lines) / HIGH


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def fits(self) -> bool:
        return self.left >= 0 and self.right <= 1 and self.top >= -0.02 and self.bottom <= 1

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def letters(text: str) -> float:
    """Width in letters of the note size: a Chinese character is one, any other a bit over half."""
    return sum(1.0 if ord(character) > 0x2E80 else 0.58 for character in text)


def place(wanted: list[Label], line: list[tuple[float, float]]) -> list[html.Span]:
    """Words for the labels in order of importance; what finds no free place is left out."""
    path = _dense(line) + [(label.x, label.y) for label in wanted if not label.inside]
    taken: list[Box] = []
    drawn = []
    for label in wanted:
        free = [box for box in _candidates(label) if _free(box, taken, path, label)]
        if free:
            taken.append(free[0])
            drawn.append(_draw(label, free[0]))
    return drawn


def _free(box: Box, taken: list[Box], path: list[tuple[float, float]], label: Label) -> bool:
    own = (label.x, label.y)
    return (
        box.fits()
        and not any(box.touches(other) for other in taken)
        and not any(box.holds(*spot) for spot in path if spot != own)
    )


def _candidates(label: Label) -> list[Box]:
    """Places to try: left and right of the point, then above and below, at three heights each."""
    width, height = label.size
    if label.inside:
        return [Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2) for x, y in label.inside]
    gap = GAP / WIDE
    sides = (
        (label.x + gap, label.x - gap - width) if label.x < 0.36 else (label.x - gap - width, label.x + gap)
    )
    beside = [(left, label.y + up * height) for up in (-0.5, -0.9, -0.1) for left in sides]
    middle = [label.x - width / 2, label.x - 0.3 * width, label.x - 0.7 * width]
    above = [(left, label.y - height - 0.6 / HIGH) for left in middle]
    free_row = [(left, 0.0) for left in sides]
    return [Box(left, top, left + width, top + height) for left, top in [*beside, *above, *free_row]]


def _dense(line: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points along the line, close enough that no words slip between two."""
    spots = list(line)
    for (x0, y0), (x1, y1) in pairwise(line):
        spots += [(x0 + (x1 - x0) * k / 12, y0 + (y1 - y0) * k / 12) for k in range(1, 12)]
    return spots


def _draw(label: Label, box: Box) -> html.Span:
    """Anchored on the side that faces its point, so that a wrong guess of the width does no harm."""
    words: list[Any] = [html.B(label.bold), html.Br() if label.two_lines else " "] if label.bold else []
    style = {"top": f"{100 * (box.top + box.bottom) / 2:.1f}%"}
    if label.inside or (box.left < label.x < box.right):
        middle = (box.left + box.right) / 2
        return html.Span(
            [*words, label.plain],
            style={**style, "left": f"{100 * middle:.1f}%", "transform": "translate(-50%, -50%)"},
        )
    edge = (
        {"left": f"{100 * box.left:.1f}%"}
        if box.left >= label.x
        else {"right": f"{100 * (1 - box.right):.1f}%"}
    )
    return html.Span(
        [*words, label.plain],
        className="r" if "right" in edge else "",
        style={**style, **edge, "transform": "translateY(-50%)"},
    )
