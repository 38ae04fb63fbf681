"""The two clocks of one case as bars: the citizen's, which never stops, and the unit's, with its limit."""

from datetime import datetime
from typing import Any

import pandas as pd
from dash import html

from components import log, words
from components.records import each
from components.signs import late, sign
from components.timemarks import Span, place
from components.words import _

WIDE, NAMED, ROOMY = 0.08, 0.15, 0.2
"""Of the width: a narrower stretch has no words; only how long; and who; and whether it was in time."""


def citizen(shown: Span, end: datetime, ground: list) -> html.Div:
    whole = {"left": "0%", "width": place(shown.at(end))}
    said: list[Any] = [
        html.B(words.age(end - shown.start)),
        "　",
        _("from the first word, never stopped"),
    ]
    bar = html.I(className="w me", style=whole)
    return html.Div([*ground, html.Span(said, className="lab"), bar], className="track tall")


def units(shown: Span, holders: pd.DataFrame, ground: list) -> html.Div:
    """Who had it: units blue, the centre outlined, red from the limit in force on; a tick at the limit."""
    ordered = holders.sort_values("start")
    last = ordered.index[-1] if len(ordered) else None
    drawn = [piece for item in each(ordered) for piece in _stretch(shown, item, item.Index == last)]
    return html.Div([*ground, *drawn, *_ticks(shown, ordered, last)], className="track tall")


def _stretch(shown: Span, item: Any, is_last: bool) -> list[Any]:
    """One holder's time: the bar, its red part from the limit on, and words where they have room."""
    left, right = shown.at(item.start), shown.at(item.end)
    drawn: list[Any] = [_bar("in" if item.kind == "unit" else "hub", left, right)]
    if words.absent(item.due_at) or item.due_at >= item.end:
        seen = 1.0 if is_last else right
        return [*drawn, *_labels(left, seen, seen, item, None)]
    since = max(item.due_at, item.start)
    over = late(html.B(_("overdue {age}").format(age=words.age(item.end - since))))
    turn = shown.at(since)
    return [*drawn, _bar("out", turn, right), *_labels(left, turn, right, item, over)]


def _labels(left: float, turn: float, right: float, item: Any, over: Any) -> list[html.Span]:
    """Who above the blue part and how late above the red; together where either is too narrow."""
    if right - left < WIDE:
        return []
    if over is None:
        return [_label(left, right - left, _who(item, right - left))]
    if min(turn - left, right - turn) > WIDE:
        return [_label(left, turn - left, _who(item, turn - left)), _label(turn, right - turn, [over])]
    if right - left < NAMED:
        return [_label(left, right - left, [over])]
    return [_label(left, right - left, [*_who(item, right - left - WIDE), "　", over])]


def _bar(kind: str, left: float, right: float) -> html.I:
    return html.I(className=f"w {kind}", style={"left": place(left), "width": place(right - left)})


def _label(left: float, width: float, said: list[Any]) -> html.Span:
    return html.Span(said, className="lab cut", style={"left": place(left), "maxWidth": place(width)})


def _who(item: Any, room: float) -> list[Any]:
    """Round, holder, how long, and how it ended: as much of it as there is room for."""
    span = html.B(words.age(item.end - item.start))
    if room < NAMED:
        return [span]
    turn = [_("Round {n}").format(n=item.round), " "] if item.kind == "unit" else []
    back = [sign("back"), " "] if item.ended == "returned" else []
    kept = item.ended == "answered" and not words.absent(item.due_at) and item.end <= item.due_at
    tail = [_(", in time")] if kept and room > ROOMY else []
    return [*back, *turn, log.by(item.holder), " ", span, *tail]


def _ticks(shown: Span, ordered: pd.DataFrame, last: Any) -> list[html.I]:
    """The limit of every stretch that came to it, and of the running one if it is in sight."""
    known = ordered[ordered["due_at"].notna()]
    running = last if last is not None and not ordered["ended"].loc[last] else None
    ends = [shown.reach if item.Index == running else item.end for item in each(known)]
    seen = [due for due, end in zip(known["due_at"], ends, strict=True) if due <= end]
    return [
        html.I(className="due", style={"left": place(shown.at(due))}) for due in seen if due >= shown.start
    ]
