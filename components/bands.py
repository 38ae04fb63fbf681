"""A day against its usual band: shapes cut in per cent by CSS, labels as real words, so it scales to any wall."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from components import labels, words
from components.labels import Label
from components.panels import empty, panel
from components.words import _

AIR = 1.2  # the tallest value stands under a fifth of free height, where its label goes


@dataclass(frozen=True)
class Frame:
    """The hours shown (last exclusive) and the value at the top edge; places are fractions from the upper left."""

    first: int
    last: int
    top: float

    def x(self, hour: float) -> float:
        """Where the middle of an hour lies."""
        return (hour + 0.5 - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        return 1 - value / self.top


def intake(hours: pd.DataFrame, weekday: str, title: str = "") -> html.Section:
    """Cases received per hour today: hour, received, usual_low, usual_high, complete, minutes."""
    named = hours.rename(columns={"received": "value"})
    unit = _("{n} cases")
    title = title or _against(named, _("Intake above usual"), _("Intake below usual"), _("Intake as usual"))
    return _panel(named, Frame(0, 24, _top(named)), unit, weekday, title, "intake_band", "half", 6)


def arrivals(hours: pd.DataFrame, weekday: str, title: str = "") -> html.Section:
    """People arriving per hour: hour, people, usual_low, usual_high, complete, minutes, forecast, …_low, …_high."""
    named = hours.rename(columns={"people": "value"})
    shown = named[named["value"].notna() | named["usual_high"].notna() | named["forecast"].notna()]
    span = (int(shown["hour"].min()), int(shown["hour"].max()) + 1) if len(shown) else (8, 18)
    title = title or _arrivals_title(named)
    return _panel(
        named, Frame(*span, _top(named)), _("{n} people"), weekday, title, "arrivals_band", "two", 2
    )


def _arrivals_title(hours: pd.DataFrame) -> str:
    said = _against(hours, _("Arrivals above usual"), _("Arrivals below usual"), _("Arrivals as usual"))
    coming = hours[hours["forecast"].notna()]
    if coming.empty:
        return said
    first = coming.iloc[0]
    expected = _(", about {n} people at {hour}")
    return said + expected.format(hour=words.hour(int(first["hour"])), n=words.number(first["forecast"]))


def _against(hours: pd.DataFrame, above: str, below: str, usual: str) -> str:
    """What the complete hours together say against the sum of their usual ranges' middles and edges."""
    known = hours[hours["complete"].astype(bool) & hours["usual_high"].notna()]
    total = known["value"].sum()
    if len(known) and total > known["usual_high"].sum():
        return above
    return below if len(known) and total < known["usual_low"].sum() else usual


def _top(hours: pd.DataFrame) -> float:
    columns = [name for name in ("value", "usual_high", "forecast_high") if name in hours]
    highest = hours[columns].astype(float).max().max()
    return AIR * max(highest if pd.notna(highest) else 0, 1)


def _panel(
    hours: pd.DataFrame,
    frame: Frame,
    unit: str,
    weekday: str,
    title: str,
    measure: str,
    size: str,
    every: int,
) -> html.Section:
    """The chart in its panel with the hours below it, or a sentence when there is nothing at all."""
    if hours["value"].isna().all() and hours["usual_high"].isna().all():
        return panel(title, empty(_("No record of this day yet.")), None, measure, size)
    usual = hours["usual_high"].notna().any()
    note = _("usual: last 8 {weekday}").format(weekday=weekday) if usual else _("not enough days for a usual")
    inside = hours[(hours["hour"] >= frame.first) & (hours["hour"] < frame.last)].sort_values("hour")
    return panel(title, [chart(inside, frame, unit), axis(frame, every)], note, measure, size)


def chart(hours: pd.DataFrame, frame: Frame, unit: str) -> html.Div:
    """Band, line through the complete hours, the running hour as an open point, forecasts with whiskers, labels."""
    done = hours[hours["complete"].astype(bool) & hours["value"].notna()]
    line = [(frame.x(hour), frame.y(value)) for hour, value in zip(done["hour"], done["value"], strict=True)]
    parts: list[Any] = [_band(hours, frame), *_ribbons(line)]
    placed = labels.place(_labels(hours, done, frame, unit), line)
    return html.Div([*parts, *_points(hours, done, frame), *placed], className="chart")


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"


def _band(hours: pd.DataFrame, frame: Frame) -> html.Div:
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
    corners = ", ".join(f"{_percent(x)} {_percent(y)}" for x, y in around)
    return html.Div(className="band", style={"clipPath": f"polygon({corners})"})


# A line of even thickness on a surface stretched by an unknown amount: four ribbons, each the line swept by a short
# stroke in one direction. Together they are the line drawn with an eight-sided brush.
BRUSHES = (("var(--h)", "0px"), ("0px", "var(--h)"), ("var(--d)", "var(--d)"), ("var(--d)", "-1 * var(--d)"))


def _ribbons(line: list[tuple[float, float]]) -> list[html.Div]:
    return [
        html.Div(className="ribbon", style={"clipPath": _ribbon(line, *b)}) for b in BRUSHES if len(line) > 1
    ]


def _ribbon(line: list[tuple[float, float]], right: str, down: str) -> str:
    there = [f"calc({_percent(x)} + {right}) calc({_percent(y)} + {down})" for x, y in line]
    back = [f"calc({_percent(x)} - {right}) calc({_percent(y)} - ({down}))" for x, y in reversed(line)]
    return f"polygon(nonzero, {', '.join([*there, *back])})"


def _points(hours: pd.DataFrame, done: pd.DataFrame, frame: Frame) -> list[html.I | html.U]:
    """A full point on the worst and the last complete hour, an open one on the running hour and on forecasts."""
    points: list[html.I | html.U] = []
    for hour in {_worst(done), *(done["hour"].tail(1))} - {None}:
        points.append(_point(frame, hour, _at(done, hour, "value"), "pt"))
    for running in _running(hours).itertuples():
        points.append(_point(frame, running.hour, running.value, "pt open"))
    if "forecast" in hours:
        for coming in hours[hours["forecast"].notna()].itertuples():
            low, high = frame.y(coming.forecast_low), frame.y(coming.forecast_high)
            spot = {
                "left": _percent(frame.x(coming.hour)),
                "top": _percent(high),
                "height": _percent(low - high),
            }
            points += [
                html.U(className="whisk", style=spot),
                _point(frame, coming.hour, coming.forecast, "pt open"),
            ]
    return points


def _point(frame: Frame, hour: float, value: float, kind: str) -> html.I:
    return html.I(className=kind, style={"left": _percent(frame.x(hour)), "top": _percent(frame.y(value))})


def _running(hours: pd.DataFrame) -> pd.DataFrame:
    """The hour that is not over yet."""
    return hours[
        ~hours["complete"].astype(bool) & hours["value"].notna() & (hours["minutes"].fillna(0) > 0)
    ].head(1)


def _worst(done: pd.DataFrame) -> Any:
    """The complete hour furthest above its usual range, else the busiest."""
    if done.empty:
        return None
    over = (done["value"] - done["usual_high"]).astype(float)
    return done.loc[(over if over.notna().any() else done["value"].astype(float)).idxmax(), "hour"]


def _at(hours: pd.DataFrame, hour: float, column: str) -> Any:
    return hours.loc[hours["hour"] == hour, column].iloc[0]


def _labels(hours: pd.DataFrame, done: pd.DataFrame, frame: Frame, unit: str) -> list[Label]:
    """What is said, most important first: this hour, forecasts, the worst hour, and 'usual' inside the band."""
    said: list[Label] = []
    for now in _running(hours).itertuples():
        text = _("{hour} so far {n} ({minutes} min)")
        line = text.format(
            hour=words.hour(now.hour), n=words.number(now.value), minutes=words.number(now.minutes)
        )
        said.append(Label(frame.x(now.hour), frame.y(now.value), "", line))
    if "forecast" in hours:
        for coming in hours[hours["forecast"].notna()].itertuples():
            bold = f"{words.hour(coming.hour)} {words.number(coming.forecast)}"
            span = words.between(coming.forecast_low, coming.forecast_high)
            said.append(
                Label(frame.x(coming.hour), frame.y(coming.forecast_high), bold, span, two_lines=True)
            )
    worst = _worst(done)
    if worst is not None:
        bold = f"{words.hour(int(worst))} {unit.format(n=words.number(_at(done, worst, 'value')))}"
        low, high = _at(done, worst, "usual_low"), _at(done, worst, "usual_high")
        usual = "" if words.absent(low) else _("usual {range}").format(range=words.between(low, high))
        said.append(Label(frame.x(worst), frame.y(_at(done, worst, "value")), bold, usual, two_lines=True))
    return said + _usual(hours, frame)


def _usual(hours: pd.DataFrame, frame: Frame) -> list[Label]:
    """The word 'usual' where the band is thickest, the later half of the day first."""
    known = hours[hours["usual_high"].notna()].copy()
    known["thick"] = (known["usual_high"] - known["usual_low"]).astype(float)
    best = known.sort_values("thick", ascending=False).head(6)
    middles = [
        (frame.x(row.hour), frame.y((row.usual_high + row.usual_low) / 2)) for row in best.itertuples()
    ]
    return [Label(*middles[0], "", _("usual"), inside=tuple(middles))] if middles else []


def axis(frame: Frame, every: int) -> html.P:
    """Clock hours below the chart; a whole day is labelled on its edges, office hours in mid-hour."""
    whole = (frame.first, frame.last) == (0, 24)
    hours = range(frame.first, frame.last + whole, every)
    marks = []
    for hour in hours:
        x = (hour - frame.first) / (frame.last - frame.first) if whole else frame.x(hour)
        edge = {0.0: "first", 1.0: "last"}.get(x, "")
        marks.append(html.Span(words.hour(hour), style={"left": _percent(x)}, className=edge))
    return html.P(marks, className="axis note")
