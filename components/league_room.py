"""How a league finds its place on a wall that cannot scroll: rows shrink, then those near the mean go.

All heights and widths are in --u.
"""

from dataclasses import dataclass
from itertools import accumulate
from math import ceil

import pandas as pd

from components import intervals
from components.labels import letters

HEIGHT = 46.5  # what all rows together may take: the page less its strip, title, axis and law
ROOMY = (3.2, 5.0)  # a row of the better, a row of the worse (with its phrase)
TIGHT = (2.8, 3.75)
REST = 2.3  # the line that only names those nearest to the mean
NONE = 3.4  # one sentence instead of rows
TIER = 7.6  # a tier's name and its figure at the left
KEPT = 3  # rows of a tier that are shown whatever happens

NAMES_WIDE, NAMES_HIGH = 36.0, 2.0  # the names of the middle: all their columns, and one line
NAMES_LINES = 7  # that there is always room for; more where the other tiers leave it
LETTER = 1.4  # a letter of the names; a gap between two columns is as wide
LINE = 68.0  # letters of the line of the rest
PAGE, PAGE_LINES = 76.0, 16  # letters across and lines of the page where nobody is ranked
COUNT = 5.5  # letters of the cases behind a name, and of the gap to the next
PICTURE = 49.0  # how wide the axis is at least
DOT = 1.25  # from one dot of the swarm to the next
DEEPEST = 15.0  # of a swarm; beyond, its dots stand closer
APART = DOT / PICTURE
"""How far apart, as a share of the axis, two dots of a swarm on one level must be."""


@dataclass(frozen=True)
class Room:
    """How many of the better and the worse have a row; whether the middle is named, in how many columns."""

    better: int
    worse: int
    is_named: bool
    across: int
    apart: str
    tracks: str
    lines: int
    is_tight: bool


def room(better: int, same: pd.DataFrame, axis: intervals.Axis, worse: int) -> Room:
    """The place for so many better and worse, and for the units of the middle (unit, rate, aside)."""
    _dots, deep = intervals.swarm(same["rate"].tolist(), axis, APART)
    across = columns(same["unit"].tolist())
    spare = HEIGHT - _taken((better, better), (worse, worse), ROOMY) - 1
    lines = name_lines(same, across)
    is_named = lines <= max(NAMES_LINES, int(max(min(deep * DOT, DEEPEST), spare) / NAMES_HIGH))
    middle = _middle(len(same), deep, lines if is_named else 1)
    is_tight = _taken((better, better), (worse, worse), ROOMY) > HEIGHT - middle
    up, down = _shown(better, worse, HEIGHT - middle) if is_tight else (better, worse)
    heights = TIGHT if is_tight else ROOMY
    tracks = [
        *_tracks(up, better, heights[0], "1fr"),
        f"minmax(calc({middle:.2f} * var(--u)), {'2fr' if len(same) else 'auto'})",
        *_tracks(down, worse, heights[1], "1.5fr"),
    ]
    apart = f"calc({min(DOT, DEEPEST / deep):.3f} * var(--u))"
    return Room(up, down, is_named, across, apart, " ".join(["auto", *tracks]), len(tracks), is_tight)


def _middle(units: int, deep: int, lines: int) -> float:
    """How high the middle is: the swarm, its names, or the tier's figure."""
    return max(min(deep * DOT, DEEPEST) + 1, lines * NAMES_HIGH + 1, TIER) if units else NONE


def _taken(better: tuple[int, int], worse: tuple[int, int], heights: tuple[float, float]) -> float:
    """What two tiers take, of which so many rows of so many units are shown."""
    pairs = zip((better, worse), heights, strict=True)
    return sum(
        max(shown * each + (REST if shown < units else 0), TIER) if units else NONE
        for (shown, units), each in pairs
    )


def _shown(better: int, worse: int, height: float) -> tuple[int, int]:
    """How many rows of each tier fit at their least size; the tier that takes more gives way first."""
    up, down = better, worse
    while _taken((up, better), (down, worse), TIGHT) > height and max(up, down) > KEPT:
        if down > KEPT and (down * TIGHT[1] >= up * TIGHT[0] or up <= KEPT):
            down -= 1
        else:
            up -= 1
    return up, down


def _tracks(shown: int, units: int, least: float, share: str) -> list[str]:
    """The grid's rows of one tier; few rows are at least as high as its name and figure."""
    if not units:
        return [f"calc({NONE} * var(--u))"]
    rest = [f"calc({REST} * var(--u))"] if shown < units else []
    least = max(least, (TIER - REST * len(rest)) / shown)
    return [*[f"minmax(calc({least:.2f} * var(--u)), {share})"] * shown, *rest]


def name_lines(units: pd.DataFrame, across: int) -> int:
    """Lines of names: those judged by the mean that is drawn, then a heading and those judged by another."""
    longer = int(units["aside"].sum())
    return ceil((len(units) - longer) / across) + (1 + ceil(longer / across) if longer else 0)


def fitting(names: list[str], beside: str) -> list[str]:
    """As many of the names as one line takes, with a mark between them and the words ``beside`` them."""
    ends = accumulate((letters(name) + 1.2 for name in names), initial=letters(beside))
    return [name for name, end in zip(names, list(ends)[1:], strict=True) if end <= LINE]


def listing(names: list[str]) -> tuple[int, int]:
    """Where nobody is ranked: in how many columns the names stand, and how many of them."""
    longest = max(map(letters, names), default=0)
    across = max(1, min(5, int(PAGE / (longest + COUNT))))
    most = across * PAGE_LINES
    return across, len(names) if len(names) <= most else most - 1


def columns(names: list[str]) -> int:
    """In how many columns the names stand, read line by line: as many as are wide enough."""
    for across in (5, 4, 3, 2):
        widths = [max(map(letters, names[n::across]), default=0) for n in range(across)]
        if sum(widths) * LETTER + (across - 1) * LETTER <= NAMES_WIDE:
            return across
    return 1
