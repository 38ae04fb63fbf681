"""A day against its usual band: shapes cut in per cent, labels as real words, so it scales to any wall."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import labels, shapes, words
from components.labels import Label
from components.panels import empty, panel
from components.records import each
from components.shapes import Frame
from components.words import _

Unit = Callable[[float], str]  # an amount → its words
FEW = 5  # an hour with fewer is no news
AIR = 1.2  # the tallest value stands under a fifth of free height, where its label goes


def intake(hours: pd.DataFrame, weekday: str, today: Any = None) -> html.Section:
    """Cases received per hour today: hour, received, usual_low, usual_high, complete, minutes.

    ``today`` is the row of intake.today, so that the title says of the whole day what the tile says.
    """
    named = hours.rename(columns={"received": "value"})
    said = (_("Intake above usual"), _("Intake below usual"), _("Intake as usual"), _("Intake today"))
    title = _against(named, *said) if today is None else _whole(today, *said)
    return _panel(named, Frame(0, 24, _top(named)), _cases, weekday, title, "intake_band", "half", 6)


def arrivals(hours: pd.DataFrame, weekday: str, recorded: bool = True) -> html.Section:
    """People arriving per hour: as intake, with people, forecast, forecast_low, forecast_high."""
    if not recorded:
        said = empty(_("Visits are not recorded."))
        return panel(_("Arrivals today"), said, None, "arrivals_band", "two")
    named = hours.rename(columns={"people": "value"})
    shown = named[named["value"].notna() | named["usual_high"].notna() | named["forecast"].notna()]
    span = (int(shown["hour"].min()), int(shown["hour"].max()) + 1) if len(shown) else (8, 18)
    title = _arrivals_title(named)
    return _panel(named, Frame(*span, _top(named)), _people, weekday, title, "arrivals_band", "two", 2)


def _cases(n: float) -> str:
    return words.ngettext("{n} case", "{n} cases", n).format(n=words.number(n))


def _people(n: float) -> str:
    return words.ngettext("{n} person", "{n} people", n).format(n=words.number(n))


def _arrivals_title(hours: pd.DataFrame) -> str:
    words_for = (_("Arrivals above usual"), _("Arrivals below usual"), _("Arrivals as usual"))
    said = _against(hours, *words_for, _("Arrivals today"))
    coming = hours[hours["forecast"].notna()]
    if coming.empty:
        return said
    first = coming.iloc[0]
    expected = _(", ≈{n} at {hour}")
    return said + expected.format(hour=words.hour(int(first["hour"])), n=words.number(first["forecast"]))


def _whole(today: Any, above: str, below: str, usual: str, bare: str) -> str:
    """What the day so far says against its usual range at this clock time."""
    if words.absent(today["usual_low"]):
        return bare
    if today["received"] > today["usual_high"]:
        return above
    return below if today["received"] < today["usual_low"] else usual


def _against(hours: pd.DataFrame, above: str, below: str, usual: str, bare: str) -> str:
    """What the complete hours together say against the sum of their usual ranges' middles and edges."""
    known = hours[hours["complete"].astype(bool) & hours["usual_high"].notna()]
    total = known["value"].sum()
    if known.empty:
        return bare
    if total > known["usual_high"].sum():
        return above
    return below if total < known["usual_low"].sum() else usual


def _top(hours: pd.DataFrame) -> float:
    columns = [name for name in ("value", "usual_high", "forecast_high") if name in hours]
    highest = hours[columns].astype(float).max().max()
    return AIR * max(highest if pd.notna(highest) else 0, 1)


def _panel(
    hours: pd.DataFrame,
    frame: Frame,
    unit: Unit,
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


def chart(hours: pd.DataFrame, frame: Frame, unit: Unit) -> html.Div:
    """Band, line through complete hours, the running hour and forecasts as open points, labels."""
    done = hours[hours["complete"].astype(bool) & hours["value"].notna()]
    line = [(frame.x(hour), frame.y(value)) for hour, value in zip(done["hour"], done["value"], strict=True)]
    parts: list[Any] = [shapes.band(hours, frame), *shapes.ribbons(line)]
    now, worst, coming, usual = (
        _now(hours, frame, unit), _worst(done, frame, unit), _coming(hours, frame), _usual(hours, frame)
    )  # fmt: skip
    keep = labels.dense(line) + shapes.whiskers(hours, frame)
    orders = ([*worst, *now, *coming, *usual], [*now, *coming, *worst, *usual])
    placed = labels.best(orders, keep, shapes.inside(hours, frame))
    # points last: the stems of labels end under them
    return html.Div([*parts, *placed, *shapes.points(hours, done, frame)], className="chart")


def _now(hours: pd.DataFrame, frame: Frame, unit: Unit) -> list[Label]:
    """The running hour, with the minutes it has had."""
    text = _("{hour} so far {n} ({minutes} min)")
    said = []
    for now in each(shapes.running(hours)):
        # beside forecasts there is no room for the unit, and the title has it
        amount = (unit if "forecast" not in hours else words.number)(now.value)
        line = text.format(hour=words.hour(now.hour), n=amount, minutes=words.number(now.minutes))
        sides = ("top", "right", "left") if frame.x(now.hour) < 0.5 else ("left", "top", "above")
        said.append(Label(frame.x(now.hour), frame.y(now.value), "", line, sides))
    return said


def _worst(done: pd.DataFrame, frame: Frame, unit: Unit) -> list[Label]:
    """The worst complete hour, bold, with its usual range."""
    worst = shapes.worst(done)
    if worst is None or worst[1] < FEW:
        return []
    hour, value, low, high = worst
    usual = "" if words.absent(low) else _("usual {range}").format(range=words.between(low, high))
    bold = f"{words.hour(int(hour))} {unit(value)}"
    sides = ("right", "left", "above") if frame.x(hour) < 0.3 else ("left", "right", "above")
    # on the left edge there is room for one long line, elsewhere for two short ones
    return [Label(frame.x(hour), frame.y(value), bold, usual, sides, two_lines=frame.x(hour) >= 0.3)]


def _coming(hours: pd.DataFrame, frame: Frame) -> list[Label]:
    """Each forecast, bold, with its range; the last has free room on its right."""
    coming = list(each(hours[hours["forecast"].notna()])) if "forecast" in hours else []
    said = []
    for item in coming:
        bold = f"{words.hour(int(item.hour))} {words.number(item.forecast)}"
        span = words.between(item.forecast_low, item.forecast_high)
        last = item is coming[-1] and len(coming) > 1
        at = (frame.x(item.hour), frame.y(item.forecast if last else item.forecast_high))
        sides = ("right", "above", "left") if last else ("above", "right")
        said.append(Label(*at, bold, span, sides, two_lines=True))
    return said


def _usual(hours: pd.DataFrame, frame: Frame) -> list[Label]:
    """The word 'usual' in the thickest part of the band that is free."""
    middles = shapes.thickest(hours, frame)
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
