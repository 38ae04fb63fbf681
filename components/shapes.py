"""The shapes of a band chart, cut in per cent of its box: the band, the line, points and whiskers."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
from dash import html

from components.records import each


@dataclass(frozen=True)
class Frame:
    """The hours shown (last exclusive) and the value at the top; places are fractions from the upper left."""

    first: int
    last: int
    top: float

    def x(self, hour: float) -> float:
        """Where the middle of an hour lies."""
        return (hour + 0.5 - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        return 1 - value / self.top


def percent(share: float) -> str:
    return f"{100 * share:.2f}%"


def band(hours: pd.DataFrame, frame: Frame) -> html.Div:
    """The usual range, drawn out to both edges."""
    known = hours[hours["usual_high"].notna() & hours["usual_low"].notna()]
    if known.empty:
        return html.Div()
    xs = [frame.x(hour) for hour in known["hour"]]
    xs = [0.0, *xs, 1.0]
    upper = [
        frame.y(value)
        for value in [known["usual_high"].iloc[0], *known["usual_high"], known["usual_high"].iloc[-1]]
    ]
    lower = [
        frame.y(value)
        for value in [known["usual_low"].iloc[0], *known["usual_low"], known["usual_low"].iloc[-1]]
    ]
    around = [*zip(xs, upper, strict=True), *reversed(list(zip(xs, lower, strict=True)))]
    corners = ", ".join(f"{percent(x)} {percent(y)}" for x, y in around)
    return html.Div(className="band", style={"clipPath": f"polygon({corners})"})


# A line of even thickness on a surface stretched by an unknown amount: four ribbons, each the line swept
# by a short stroke in one direction. Together they are the line drawn with an eight-sided brush.
BRUSHES = (("var(--h)", "0px"), ("0px", "var(--h)"), ("var(--d)", "var(--d)"), ("var(--d)", "-1 * var(--d)"))


def ribbons(line: list[tuple[float, float]]) -> list[html.Div]:
    return [
        html.Div(className="ribbon", style={"clipPath": _ribbon(line, *b)}) for b in BRUSHES if len(line) > 1
    ]


def _ribbon(line: list[tuple[float, float]], right: str, down: str) -> str:
    there = [f"calc({percent(x)} + {right}) calc({percent(y)} + {down})" for x, y in line]
    back = [f"calc({percent(x)} - {right}) calc({percent(y)} - ({down}))" for x, y in reversed(line)]
    return f"polygon(nonzero, {', '.join([*there, *back])})"


def points(hours: pd.DataFrame, done: pd.DataFrame, frame: Frame) -> list[html.I | html.U]:
    """A full point on the worst and the last complete hour, an open one on the running hour and forecasts."""
    points: list[html.I | html.U] = []
    last = done.tail(1)[["hour", "value"]].to_numpy().tolist()
    top = worst(done)
    for hour, value in [*last, *([top[:2]] if top else [])]:
        points.append(_point(frame, hour, value, "pt"))
    for now in each(running(hours)):
        points.append(_point(frame, now.hour, now.value, "pt open"))
    if "forecast" in hours:
        for coming in each(hours[hours["forecast"].notna()]):
            low, high = frame.y(coming.forecast_low), frame.y(coming.forecast_high)
            spot = {
                "left": percent(frame.x(coming.hour)),
                "top": percent(high),
                "height": percent(low - high),
            }
            points += [
                html.U(className="whisk", style=spot),
                _point(frame, coming.hour, coming.forecast, "pt open"),
            ]
    return points


def _point(frame: Frame, hour: float, value: float, kind: str) -> html.I:
    return html.I(className=kind, style={"left": percent(frame.x(hour)), "top": percent(frame.y(value))})


def running(hours: pd.DataFrame) -> pd.DataFrame:
    """The hour that is not over yet."""
    return hours[
        ~hours["complete"].astype(bool) & hours["value"].notna() & (hours["minutes"].fillna(0) > 0)
    ].head(1)


def worst(done: pd.DataFrame) -> tuple[float, float, Any, Any] | None:
    """The busiest complete hour above its usual range, else the busiest: hour, value, low, high."""
    if done.empty:
        return None
    above = done[(done["value"] > done["usual_high"].astype(float).round()).fillna(False)]
    among = above if len(above) else done
    top = next(each(among.sort_values("value", ascending=False, kind="stable")))
    return top.hour, top.value, top.usual_low, top.usual_high


def whiskers(hours: pd.DataFrame, frame: Frame) -> list[tuple[float, float]]:
    """Points all along the forecasts' ranges."""
    coming = list(each(hours[hours["forecast"].notna()])) if "forecast" in hours else []
    return [
        (frame.x(item.hour), frame.y(item.forecast_low + (item.forecast_high - item.forecast_low) * k / 4))
        for item in coming
        for k in range(5)
    ]


def inside(hours: pd.DataFrame, frame: Frame) -> list[tuple[float, float]]:
    """Points all over the band, close enough that words on it are noticed."""
    return [(x, low + (high - low) * k / 4) for x, low, high in _slices(hours, frame) for k in range(5)]


def thickest(hours: pd.DataFrame, frame: Frame) -> list[tuple[float, float]]:
    """Middles of the band from its thickest part on."""
    slices = sorted(_slices(hours, frame), key=lambda cut: cut[1] - cut[2])
    return [(x, (low + high) / 2) for x, high, low in slices]


def _slices(hours: pd.DataFrame, frame: Frame) -> list[tuple[float, float, float]]:
    """The band cut at every fourth of an hour: place, upper edge, lower edge."""
    known = list(each(hours[hours["usual_high"].notna() & hours["usual_low"].notna()]))
    cuts = []
    for one, two in pairwise(known):
        for k in (0, 0.25, 0.5, 0.75):
            high = one.usual_high + (two.usual_high - one.usual_high) * k
            low = one.usual_low + (two.usual_low - one.usual_low) * k
            cuts.append((frame.x(one.hour + k * (two.hour - one.hour)), frame.y(high), frame.y(low)))
    return cuts
