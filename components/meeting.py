"""The next dispatch meeting: what is ready for it, and what became of what the last one assigned."""

from datetime import datetime
from typing import Any

import pandas as pd
from dash import html

from components import records, words
from components.panels import empty, linked, panel
from components.signs import late
from components.words import _


def following(found: pd.DataFrame, as_of: datetime, pack: str, is_ready: bool) -> html.Section:
    """The row of meetings.next at a moment; none planned is said in words. ``pack`` opens its page."""
    if found.empty:
        return panel(
            _("No meeting planned"), empty(_("The calendar has no meeting to come.")), None, "meeting_next"
        )
    item = records.first(found)
    left = _("figures close in {age}").format(
        day=f"{item.cutoff - words.SECOND:%m-%d}", age=words.age(item.cutoff - as_of)
    )
    note = left if item.cutoff > as_of else _("figures are closed")
    body = html.Div([_ready(item), _look_back(item)], className="pair")
    title = _("Next meeting: {when}").format(when=when(item.days_left))
    if is_ready:
        title = _("{said}, papers ready").format(said=title)
        note = (
            _("closes in {age}").format(age=words.age(item.cutoff - as_of)) if item.cutoff > as_of else note
        )
    return panel(linked(title, pack), body, note, "meeting_next")


def when(days_left: float) -> str:
    """Today, tomorrow, or in how many days."""
    if days_left < 2:
        return _("today") if days_left < 1 else _("tomorrow")
    return _("in {n} days").format(n=int(days_left))


def _figure(before: str, figure: Any, unit: str) -> html.P:
    return html.P([html.Small(before), words.number(figure), html.Small(unit)], className="fig")


def _ready(item: Any) -> html.Div:
    parts = [
        _("assign {n}").format(n=words.number(item.assignment)),
        _("press {n}").format(n=words.number(item.supervision)),
        _("confer {n}").format(n=words.number(item.consultation)),
    ]
    notes = html.P([html.Span(part) for part in parts], className="note")
    return html.Div([_figure(_("Ready"), item.prepared, _("items")), notes])


def _look_back(item: Any) -> html.Div:
    parts: list[Any] = [
        html.Span(_("done {n}").format(n=words.number(item.signed_off))),
        html.Span(_("to check {n}").format(n=words.number(item.awaiting))),
    ]
    if not words.absent(item.late) and item.late:
        parts.append(late(_("late {n}").format(n=words.number(item.late))))
    return html.Div([_figure(_("Look-back"), item.look_back, _("items")), html.P(parts, className="note")])
