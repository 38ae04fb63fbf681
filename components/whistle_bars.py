"""A unit's bar in the day of the whistles: on its way, past a limit, on the spot; and its track."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dash import html

from components import words
from components.shapes import percent

DEEP = 6
"""Bars a lane holds under each other; more lie on one another."""

VOID = "void"

KINDS = (VOID, "", "go", "warn", "late")
"""Parts of a bar: of a whistle ruled void; on the spot, on the way, past the soft limit, past the last. Later
ones lie on top."""


@dataclass(frozen=True)
class Axis:
    """The hours shown, counted from midnight."""

    midnight: datetime
    first: float
    last: float

    def place(self, at: datetime) -> float:
        """Where a moment lies, as a fraction kept inside."""
        hours = (at - self.midnight) / timedelta(hours=1)
        return min(max((hours - self.first) / (self.last - self.first), 0.0), 1.0)


def bars(rows: Sequence[Any], axis: Axis, as_of: datetime) -> list[html.I]:
    """The bars of a lane under each other; what matters most lies above."""
    tracks = tracks_of(rows, as_of)
    deep = min(max(tracks.values(), default=0) + 1, DEEP)
    drawn = [
        (KINDS.index(kind), _bar(axis.place(start), axis.place(end), tracks[number] % DEEP, deep, kind))
        for number, row in enumerate(rows)
        for kind, start, end in parts_of(row, as_of)
    ]
    return [bar for _rank, bar in sorted(drawn, key=lambda one: one[0])]


def _bar(start: float, end: float, track: int, deep: int, kind: str) -> html.I:
    place = {"left": percent(start), "width": percent(end - start)}
    return html.I(className=kind, style={**place, "--at": track, "--of": deep})


def tracks_of(rows: Sequence[Any], as_of: datetime) -> dict[int, int]:
    """The first free place for each row's bar, so that no two of one time lie on one another."""
    ends: list[datetime] = []
    found = {}
    for number in sorted(range(len(rows)), key=lambda place: rows[place].called_at):
        start, end = rows[number].called_at, _over(rows[number], as_of)
        track = next((place for place, until in enumerate(ends) if until <= start), len(ends))
        ends[track : track + 1] = [max(end, start)]
        found[number] = track
    return found


def _over(row: Any, as_of: datetime) -> datetime:
    """When the unit was through: it left, or the whistle was over, or it is there still."""
    ends: list[datetime] = [at for at in (row.left_at, row.closed_at) if not words.absent(at)]
    return min(ends, default=as_of)


def parts_of(row: Any, as_of: datetime) -> Iterator[tuple[str, datetime, datetime]]:
    """The parts of a bar: to the spot (go; past a soft limit warn, past the last one late), then there.

    Nobody had to come to a whistle ruled void: its bar is of one piece, as where nobody records who came.
    """
    over = _over(row, as_of)
    if row.end == VOID:
        yield VOID, row.called_at, max(over, row.called_at)
        return
    if not row.is_told:
        yield "go", row.called_at, max(over, row.called_at)
        return
    came = over if words.absent(row.arrived_at) else row.arrived_at
    soft = came if words.absent(row.due_at) else row.due_at
    last = came if words.absent(row.last_due_at) else row.last_due_at
    edges = (("go", row.called_at, soft), ("warn", soft, last), ("late", last, came))
    for kind, start, end in edges:
        begun, ended = max(start, row.called_at), min(end, came)
        if begun < ended:
            yield kind, begun, ended
    if not words.absent(row.arrived_at) and came < over:
        yield "", came, over
