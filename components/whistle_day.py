"""The day of the whistles: a lane a town, a bar a unit, from the call to the spot and on to the end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby
from math import ceil, floor
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, linked, panel
from components.records import each
from components.shapes import percent
from components.signs import late, soon
from components.whistle_bars import VOID, Axis, bars
from components.whistle_words import THERE, Book, wanted
from components.words import N_, _

ENDS = {"void": N_(", {n} ruled void"), "cancelled": N_(", {n} withdrawn")}
"""How whistles are over that were not signed off."""

LANES = 9
"""Towns drawn; more, and the quiet ones share the last lane."""

MORNING, EVENING = 8, 18
"""The hours shown at least."""

LABEL = 0.32
"""The share of the axis right of now that the words of the open whistles need."""


@dataclass(frozen=True)
class Lane:
    """The summonses of one town, or of the quiet ones together."""

    name: str
    rows: list[Any]

    @property
    def open(self) -> list[Any]:
        return [row for row in self.rows if row.end == "open"]


def day(found: pd.DataFrame, today: Any, closed: Any, order: Sequence[str], book: Book) -> html.Section:
    """Of whistles.day; ``today`` were accepted (absent: nobody records whistles) and ``closed`` signed off
    already; ``order`` names the towns of the open whistles as the board has them.
    """
    rows = wanted(each(found))
    if not rows:
        unknown = words.absent(today)
        said = empty(_("no whistles recorded") if unknown else _("No whistle today."))
        return panel(_("Whistles of the day"), said, None, "whistles_active", "two")
    axis = axis_of(rows, book.as_of)
    lanes = list(lanes_of(rows, order))
    drawn = [_lane(lane, axis, book) for lane in lanes]
    now = html.U(style={"left": percent(axis.place(book.as_of))})
    body = [html.Ul([*drawn, now], className="wlanes", style={"--lanes": len(lanes)}), _hours(axis)]
    ended = {end: len({row.whistle_id for row in rows if row.end == end}) for end in ENDS}
    return panel(title(today, closed, ended, book), body, _keys(ended), "whistles_active", "two wday")


def title(today: Any, closed: Any, ended: Mapping[str, int], book: Book) -> Any:
    """How many today, how many of them are signed off, and what else became of them (``ended``: how many of
    `ENDS`); each number opens its list.
    """
    midnight = datetime.combine(book.as_of, time.min)
    said = [
        _count(_("{n} today"), today, book.listed("today")),
        _count(_(", {n} signed off"), closed, book.listed("signed_off", start=midnight)),
    ]
    said += [
        _count(_(ENDS[end]), count, book.listed(end, start=midnight)) for end, count in ended.items() if count
    ]
    return html.Span(said)


def _count(said: str, count: Any, href: str) -> html.Span:
    before, after = said.split("{n}")
    return html.Span([before, linked(words.number(count), href if count else None), after])


def _keys(ended: Mapping[str, int]) -> list[html.Span]:
    """What the colours say; of whistles ruled void only where there are any."""
    names = {"go": _("going"), "late": _("too late"), "": _("at work")}
    names |= {VOID: _("ruled void")} if ended[VOID] else {}
    return [html.Span([html.I(className=f"key w{kind or 'spot'}"), name]) for kind, name in names.items()]


# ── hours ──


def axis_of(rows: Sequence[Any], as_of: datetime) -> Axis:
    """The working day, and what happened before and after it; words need room after now."""
    midnight = datetime.combine(as_of, time.min)
    now = (as_of - midnight) / timedelta(hours=1)
    begun = [(row.called_at - midnight) / timedelta(hours=1) for row in rows]
    first = max(floor(min([*begun, now, MORNING])), 0)
    last = max(EVENING, ceil(now), now + LABEL / (1 - LABEL) * (now - first))
    return Axis(midnight, first, last)


def _hours(axis: Axis) -> html.P:
    """Every second hour, or fewer, of this day."""
    step = next(step for step in (2, 3, 4, 6) if (axis.last - axis.first) / step <= 6)
    shown = range(int(axis.first), min(floor(axis.last), 24) + 1, step)
    marks = [
        html.Span(words.hour(hour), style={"left": percent((hour - axis.first) / (axis.last - axis.first))})
        for hour in shown
    ]
    return html.P(marks, className="axis note wday-axis")


# ── lanes ──


def lanes_of(rows: Sequence[Any], order: Sequence[str]) -> Iterator[Lane]:
    """A lane a town: those of open whistles as the board has them, then the latest; the rest together."""
    by_town: dict[str, list[Any]] = {}
    for row in rows:
        by_town.setdefault(row.town_id, []).append(row)
    quiet = [town for town in by_town if town not in order]
    quiet.sort(key=lambda town: max(row.accepted_at for row in by_town[town]), reverse=True)
    towns = [town for town in order if town in by_town] + quiet
    shown = towns if len(towns) <= LANES else towns[: LANES - 1]
    yield from (Lane(str(by_town[town][0].town), by_town[town]) for town in shown)
    others = towns[len(shown) :]
    if others:
        name = _("+{n} more").format(n=len(others))
        yield Lane(name, [row for town in others for row in by_town[town]])


def _lane(lane: Lane, axis: Axis, book: Book) -> html.Li:
    """Bars of one town under each other, and how its open whistles stand."""
    said = standing(lane, book)
    label = [html.Em(said, style={"left": percent(axis.place(book.as_of))})] if said else []
    name = html.Span(lane.name, className="note cut")
    track = html.Div([*bars(lane.rows, axis, book.as_of), *label])
    return html.Li([name, track], className="here" if lane.open else None)


# ── words ──


def standing(lane: Lane, book: Book) -> Any:
    """How the open whistle of a town that presses most stands; of several, how many there are."""
    groups = [list(group) for _code, group in groupby(lane.open, key=lambda row: row.whistle_id)]
    if not groups:
        return None
    worst = min(groups, key=lambda rows: _pressing(rows, book.as_of))
    said = _said(worst, book.as_of)
    if len(groups) == 1:
        return said
    return [said, " ", html.Span(_("×{n}").format(n=len(groups)), className="q")]


def _beyond(rows: Sequence[Any], name: str, as_of: datetime) -> int:
    """Minutes that units not there are past a limit, the one begun counted."""
    ends = [getattr(row, name) for row in rows if row.state != THERE and row.is_told]
    past = [as_of - end for end in ends if not words.absent(end) and end < as_of]
    return max(int(max(past) / timedelta(minutes=1)), 1) if past else 0


def _pressing(rows: Sequence[Any], as_of: datetime) -> tuple[int, int, datetime]:
    """Most minutes late first, then past a soft limit, then the earliest; those that are all there last."""
    if all(row.state == THERE for row in rows):
        return (1, 0, rows[0].accepted_at)
    late_by, past = _beyond(rows, "last_due_at", as_of), _beyond(rows, "due_at", as_of)
    return (-late_by, -past, rows[0].accepted_at)


def _said(rows: Sequence[Any], as_of: datetime) -> Any:
    late_by, past = _beyond(rows, "last_due_at", as_of), _beyond(rows, "due_at", as_of)
    if late_by:
        return late(_("{n} min late").format(n=late_by))
    if past:
        return soon(_("{n} min over").format(n=past))
    if all(row.state == THERE for row in rows):
        return _("at work")
    spent = int((as_of - rows[0].accepted_at) / timedelta(minutes=1))
    return _("after {span}").format(span=words.minutes(spent))


def towns_of(active: pd.DataFrame) -> list[str]:
    """The towns of the open whistles, as the board has them."""
    return list(dict.fromkeys(active["town_id"]))
