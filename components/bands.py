"""A day against its usual band: shapes cut in per cent, labels as real words, so it scales to any wall."""

from typing import Any

import pandas as pd
from dash import html

from components import labels, shapes, words
from components.labels import Label
from components.panels import empty, panel
from components.records import each
from components.shapes import Frame
from components.words import _

AIR = 1.2  # the tallest value stands under a fifth of free height, where its label goes


def intake(hours: pd.DataFrame, weekday: str, title: str = "") -> html.Section:
    """Cases received per hour today: hour, received, usual_low, usual_high, complete, minutes."""
    named = hours.rename(columns={"received": "value"})
    unit = _("{n} cases")
    title = title or _against(named, _("Intake above usual"), _("Intake below usual"), _("Intake as usual"))
    return _panel(named, Frame(0, 24, _top(named)), unit, weekday, title, "intake_band", "half", 6)


def arrivals(hours: pd.DataFrame, weekday: str, title: str = "") -> html.Section:
    """People arriving per hour: as intake, with people, forecast, forecast_low, forecast_high."""
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
    """Band, line through complete hours, the running hour and forecasts as open points, labels."""
    done = hours[hours["complete"].astype(bool) & hours["value"].notna()]
    line = [(frame.x(hour), frame.y(value)) for hour, value in zip(done["hour"], done["value"], strict=True)]
    parts: list[Any] = [shapes.band(hours, frame), *shapes.ribbons(line)]
    placed = labels.place(_labels(hours, done, frame, unit), line)
    return html.Div([*parts, *shapes.points(hours, done, frame), *placed], className="chart")


def _labels(hours: pd.DataFrame, done: pd.DataFrame, frame: Frame, unit: str) -> list[Label]:
    """What is said, most important first: this hour, forecasts, the worst hour, 'usual' inside the band."""
    said: list[Label] = []
    for now in each(shapes.running(hours)):
        text = _("{hour} so far {n} ({minutes} min)")
        line = text.format(
            hour=words.hour(now.hour), n=unit.format(n=words.number(now.value)), minutes=words.number(now.minutes)
        )
        said.append(Label(frame.x(now.hour), frame.y(now.value), "", line))
    if "forecast" in hours:
        for coming in each(hours[hours["forecast"].notna()]):
            bold = f"{words.hour(coming.hour)} {words.number(coming.forecast)}"
            span = words.between(coming.forecast_low, coming.forecast_high)
            said.append(
                Label(frame.x(coming.hour), frame.y(coming.forecast_high), bold, span, two_lines=True)
            )
    worst = shapes.worst(done)
    if worst is not None:
        bold = f"{words.hour(int(worst))} {unit.format(n=words.number(shapes.at(done, worst, 'value')))}"
        low, high = shapes.at(done, worst, "usual_low"), shapes.at(done, worst, "usual_high")
        usual = "" if words.absent(low) else _("usual {range}").format(range=words.between(low, high))
        said.append(
            Label(frame.x(worst), frame.y(shapes.at(done, worst, "value")), bold, usual, two_lines=True)
        )
    return said + _usual(hours, frame)


def _usual(hours: pd.DataFrame, frame: Frame) -> list[Label]:
    """The word 'usual' where the band is thickest, the later half of the day first."""
    known = hours[hours["usual_high"].notna()].copy()
    known["thick"] = (known["usual_high"] - known["usual_low"]).astype(float)
    best = known.sort_values("thick", ascending=False).head(6)
    middles = [(frame.x(row.hour), frame.y((row.usual_high + row.usual_low) / 2)) for row in each(best)]
    return [Label(*middles[0], "", _("usual"), inside=tuple(middles))] if middles else []


def axis(frame: Frame, every: int) -> html.P:
    """Clock hours below the chart; a whole day is labelled on its edges, office hours in mid-hour."""
    whole = (frame.first, frame.last) == (0, 24)
    hours = range(frame.first, frame.last + whole, every)
    marks = []
    for hour in hours:
        x = (hour - frame.first) / (frame.last - frame.first) if whole else frame.x(hour)
        edge = {0.0: "first", 1.0: "last"}.get(x, "")
        marks.append(html.Span(words.hour(hour), style={"left": shapes.percent(x)}, className=edge))
    return html.P(marks, className="axis note")
