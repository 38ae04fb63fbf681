"""The places of a unit's trend: periods at even steps, shares from a floor that suits the interval."""

from dataclasses import dataclass
from itertools import groupby
from math import floor
from typing import Any

import pandas as pd
from dash import html

from components.shapes import percent

DEEPEST = 0.25  # an interval reaching further below every rate is cut off, so that the line keeps its shape
FINE = 0.5  # up to this range the axis is marked every ten, beyond it every twenty


@dataclass(frozen=True)
class Scale:
    """``periods`` side by side, shares from ``low`` to 1; places are fractions from the upper left."""

    periods: int
    low: float

    @classmethod
    def of(cls, rows: pd.DataFrame) -> "Scale":
        """The ten below everything drawn."""
        rates, lows = rows[["rate", "mean"]].astype(float).min().min(), rows["low"].astype(float).min()
        lowest = rates if pd.isna(lows) else max(lows, rates - DEEPEST)
        return cls(len(rows), min(0.9, max(0.0, floor(10 * lowest) / 10)))

    def x(self, place: int) -> float:
        return (place + 0.5) / self.periods

    def y(self, share: float) -> float:
        return (1 - max(share, self.low)) / (1 - self.low)

    def grid(self) -> list[Any]:
        """Hairlines with their per cent at the left."""
        step = 10 if 1 - self.low <= FINE else 20
        drawn: list[Any] = []
        for mark in range(round(100 * self.low), 101, step):
            top = {"top": percent(self.y(mark / 100))}
            drawn += [html.Hr(style=top), html.Span(str(mark), className="at", style=top)]
        return drawn

    def middles(self, rows: pd.DataFrame) -> tuple[tuple[float, float], ...]:
        """Free places inside the band: below and above the line, the roomiest first."""
        spots = []
        for place in _joined(list(rows["rate"].notna())):
            low, rate, high = (float(rows[name].iloc[place]) for name in ("low", "rate", "high"))
            spots.append((rate - low, self.x(place), (self.y(low) + self.y(rate)) / 2))
            spots.append((high - rate, self.x(place), (self.y(high) + self.y(rate)) / 2))
        return tuple((x, y) for _room, x, y in sorted(spots, reverse=True) if 0.2 < x < 0.85)


def _joined(known: list[bool]) -> list[int]:
    """The places with a known neighbour: where the interval is a band and not a whisker."""
    around = [False, *known, False]
    return [at for at, here in enumerate(known) if here and (around[at] or around[at + 2])]


def runs(places: list[Any]) -> list[list[Any]]:
    """The known stretches of a line with gaps."""
    parted = groupby(places, key=lambda place: place is not None)
    return [list(run) for known, run in parted if known]
