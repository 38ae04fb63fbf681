"""The hall's windows: the strip of cells on the overview, and the large cells of the queues screen."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, linked, panel
from components.records import each
from components.rows import bar
from components.signs import late, seats
from components.words import _

Href = Callable[[Any], str]
AXIS = 60  # minutes from end to end of a window's line
NAMED = 6  # overloaded windows a title names; more are counted
LONG = 60  # minutes after which a waiting visitor is late
LEVELS = {"free": "l1", "easy": "l1", "busy": "l2", "near": "l3", "over": "l4", "shut": "l0", "unknown": "l1"}
CELLS = {"busy": "cell busy", "near": "cell near", "over": "cell over", "shut": "cell shut"}


def strip(windows: pd.DataFrame, href: Href | None = None) -> html.Section:
    """All windows in a row: number, unit, second_unit (short), waiting_people, load, level."""
    note = [_("number, waiting, load, units"), _keys(), words.NOTHING + " " + _("shut")]
    if windows.empty:
        body: Any = empty(_("No window is known."))
        return panel(_("Windows"), body, None, "windows_load", "all windows")
    third = -(-len(windows) // 3)
    cells = [_cell(item, href) for item in each(windows)]
    lists = [html.Ul(cells[start : start + third]) for start in range(0, len(cells), third)]
    body = html.Div(lists, className="cells", style={"--cells": third})
    waiting = words.number(windows["waiting_people"].sum())
    said = _("{n} waiting, {windows}").format(n=waiting, windows=overloaded(windows))
    return panel(said, body, note, "windows_load", "all windows")


def overloaded(windows: pd.DataFrame) -> str:
    """Which windows are overloaded, in words that go on after a comma."""
    numbers = windows.loc[windows["level"] == "over", "number"].astype(str).tolist()
    if not numbers:
        return _("no window overloaded")
    if len(numbers) > NAMED:
        return _("{n} windows overloaded").format(n=len(numbers))
    return words.ngettext("window {numbers} overloaded", "windows {numbers} overloaded", len(numbers)).format(
        numbers=_(", ").join(numbers)
    )


def _keys() -> html.Span:
    """What a cell's colours say."""
    plain, near, over = html.I(className="key plain"), html.I(className="key"), html.I(className="key")
    strong = html.B(_("overloaded"), className="soon")
    return html.Span([plain, _("busy"), near, _("nearly full"), over, strong])


def _cell(item: Any, href: Href | None) -> html.Li:
    shut = item.level == "shut"
    count = words.NOTHING if shut else words.number(item.waiting_people)
    names = [html.Span(name or words.NOTHING) for name in (item.unit, item.second_unit)]
    number = html.Span(linked(item.number, href(item) if href else None), className="q")
    load = 0 if shut else item.load
    return html.Li([number, html.B(count), bar(load), *names], className=CELLS.get(item.level, "cell"))


def board(windows: pd.DataFrame, href: Href | None = None, recorded: bool = True) -> html.Section:
    """Every window: its queue, the wait of a ticket taken now, its seats and load (queues.windows)."""
    key = html.Span([seats(1, 1), " ", _("seat open"), _keys()])
    note = [_("≈ wait for a ticket taken now, thick: 8 in 10 (line 0–60 min)"), key]
    if windows.empty:
        said = _("No window is known.") if recorded else _("Visits are not recorded.")
        return panel(_("Windows"), empty(said), None, "windows_load", "all")
    across = 9 if len(windows) > 18 else max(-(-len(windows) // 3), 1)
    listed = [_window(item, href) for item in each(windows)]
    body = html.Ul(listed, className="hall", style={"--across": across})
    free = int((windows["level"] == "free").sum())
    said = overloaded(windows)
    said = said[0].upper() + said[1:]
    if free:
        said += words.ngettext(", {n} has a free seat", ", {n} have a free seat", free).format(n=free)
    return panel(said, body, note, "windows_load", "all")


def _window(item: Any, href: Href | None) -> html.Li:
    names = " ".join(name for name in (item.unit, item.second_unit) if not words.absent(name) and name)
    head = [
        html.Span(linked(item.number, href(item) if href else None), className="no"),
        html.Span(names, className="who cut"),
        *_seats(item),
    ]
    rows = _shut() if item.level == "shut" else [*_figures(item), _line(item)]
    return html.Li([html.Div(head), *rows], className=f"win {LEVELS[item.level]}")


def _seats(item: Any) -> list[html.Span]:
    """The seats as boxes; nothing where the source has no sittings."""
    if words.absent(item.open_seats) or words.absent(item.seats):
        return []
    return [seats(int(item.open_seats), int(item.seats))]


def _shut() -> list[html.Div]:
    nothing = html.Div(html.Span(words.NOTHING, className="n"))
    return [nothing, html.Div(html.Span(_("shut today"))), html.Div(className="axis60")]


def _figures(item: Any) -> list[html.Div]:
    people = int(item.waiting_people or 0)
    count = html.Span([words.number(people), html.Small(_("ppl"))], className="n" if people else "n q")
    span = "" if item.level == "free" else words.between(item.low_minutes, item.high_minutes)
    return [html.Div([count, _expected(item)]), html.Div(_longest(item, people, span))]


def _longest(item: Any, people: int, span: str) -> list[html.Span]:
    """The longest wait and the range of the next one; a wait that is too long leaves no room for a range."""
    if not people:
        return [html.Span(_("nobody waits"), className="q cut"), html.Span(span, className="q")]
    said = _("max {n}").format(n=words.number(item.longest_minutes))
    if (item.longest_minutes or 0) > LONG:
        return [html.Span(late(said), className="cut")]
    return [html.Span(said, className="q cut"), html.Span(span, className="q")]


def _expected(item: Any) -> html.Span:
    """The wait of a ticket taken now; a free seat, or too little known, in words."""
    if item.level == "free":
        return html.Span(_("free seat"), className="kept")
    if words.absent(item.expected_minutes):
        return html.Span(words.no_sample(), className="q")
    about, unit = html.Small(_("≈")), html.Small(_("min"))
    return html.Span([about, words.number(item.expected_minutes), unit], className="e")


def _line(item: Any) -> html.Div:
    """0 to 60 minutes: the thick part is the range, the tick the estimate."""
    if item.level == "free" or words.absent(item.expected_minutes):
        return html.Div(className="axis60")
    low, at, high = (
        min(max(m / AXIS, 0), 1) for m in (item.low_minutes, item.expected_minutes, item.high_minutes)
    )
    span = {"left": f"{100 * low:.1f}%", "width": f"{100 * (high - low):.1f}%"}
    return html.Div([html.I(style=span), html.U(style={"left": f"{100 * at:.1f}%"})], className="axis60")
