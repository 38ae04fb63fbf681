"""The shapes of a band chart, cut in per cent of its box: the band, the line, points and whiskers."""

from dataclasses import dataclass
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
    for hour in {worst(done), *(done["hour"].tail(1))} - {None}:
        points.append(_point(frame, hour, at(done, hour, "value"), "pt"))
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


def worst(done: pd.DataFrame) -> Any:
    """The complete hour furthest above its usual range, else the busiest."""
    if done.empty:
        return None
    over = (done["value"] - done["usual_high"]).astype(float)
    by = over if over.notna().any() else done["value"].astype(float)
    return done["hour"].iloc[int(by.fillna(-1e9).to_numpy().argmax())]


def at(hours: pd.DataFrame, hour: float, column: str) -> Any:
    return hours.loc[hours["hour"] == hour, column].iloc[0]
