"""A whistle as a row that stands on its clock: where, what, who was called, and how far from the limit."""

from dataclasses import dataclass
from typing import Any

from dash import html

from components import whistle_chips, words
from components.panels import linked
from components.signs import late, sign, soon
from components.whistle_clock import bar
from components.whistle_words import Book, Clock, is_soon, matter, untold
from components.words import _

NARROW, WIDE = 39.0, 60.0
"""Letters that chips may take, always before the line of the limit: beside the matter, or on a line below."""


@dataclass(frozen=True)
class Row:
    """One whistle: its wanted units and its clock."""

    units: list[Any]
    clock: Clock

    @property
    def first(self) -> Any:
        return self.units[0]


def line(row: Row, book: Book, room: float) -> html.Li:
    """The row of one whistle; its chips have so much ``room``."""
    now, first = row.clock, row.first
    again = _("time {n}").format(n=int(first.times)) if first.times > 1 else None
    about = [linked(matter(first), book.case(first.whistle_id), "cut"), html.Span(again, className="note")]
    left = [
        html.Span(first.town, className="town cut"),
        html.Span(about, className="about"),
        whistle_chips.fitting(row.units, room),
    ]
    right = [
        html.Span(_limit(now, first.area_kind), className="note cut"),
        html.Span(_used(now), className="used"),
        html.Span(_state(now, row, book), className="state"),
    ]
    return html.Li(
        [
            html.Div(left, className="lft"),
            html.Div(right, className="rgt"),
            bar(now.spent, now.line, now.is_over, now.is_whole),
        ]
    )


def _limit(now: Clock, kind: str) -> str:
    """The limit by the place of the incident, a soft one with the last; the last alone once it has passed."""
    if now.limit is None:
        return _("limit not known")
    soft = now.last is not None and now.last > now.limit
    if soft and now.is_over:
        text = _("rural: {last} min") if kind == "rural" else _("at last {last} min")
    elif soft:
        text = _("rural: {n}–{last} min") if kind == "rural" else _("limit {n}–{last} min")
    else:
        text = _("urban: {n} min") if kind == "urban" else _("limit {n} min")
    return text.format(n=int(now.limit), last=int(now.last or 0))


def _used(now: Clock) -> list[Any]:
    """How long it took until all were there, or takes already."""
    word = _("all in") if now.is_whole else _("after")
    return [html.Small(word, className="q"), " ", words.minutes(now.minutes)]


def _state(now: Clock, row: Row, book: Book) -> Any:
    """Late in red, near the limit or past a soft one in amber, time left; all there: at work since."""
    if now.is_whole:
        since = (book.as_of - row.first.accepted_at).total_seconds() - 60 * float(row.first.minutes)
        done = html.Span(sign("done"), className="kept")
        return [done, " ", html.Small(_("at work")), " ", words.age(max(since, 0))]
    if now.late:
        return html.B(late(_("{n} min late").format(n=now.late)))
    if not now.is_told:
        return html.Small(untold(), className="q")
    if now.limit is None:
        return words.NOTHING
    said = _("{n} min over").format(n=now.past) if now.past else _("{n} min left").format(n=now.left)
    return soon(said) if is_soon(now, book.soon) else said
