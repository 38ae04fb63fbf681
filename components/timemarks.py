"""The line of time under one case: what share of it is where, its days off, its dates, its marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pandas as pd
from dash import html

from components import limits, signs, steps, words
from components.records import each
from components.signs import sign
from components.terms import term
from components.words import _

ROOM = 0.07  # free width right of now: for words, and for what comes next
LABEL = 0.1  # of the width: steps nearer than this on one lane keep only their sign
FIRST = 0.16  # of the width: room for the first rating, which is always said
TICKS = 9  # dates under the lanes at most
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STRIDES = [n * HOUR for n in (1, 2, 3, 6, 12)] + [n * DAY for n in (1, 2, 7, 14, 28, 91, 182, 364, 1820)]


@dataclass(frozen=True)
class Span:
    """The time shown; places are shares of its length, and a little of the future is seen."""

    start: datetime
    end: datetime

    @property
    def reach(self) -> datetime:
        """The moment at the right edge."""
        return self.start + (self.end - self.start) / (1 - ROOM)

    def at(self, moment: datetime) -> float:
        share = (moment - self.start) / (self.reach - self.start)
        return min(max(share, 0.0), 1.0)


def place(share: float) -> str:
    return f"{100 * share:.2f}%"


def ends(found: pd.DataFrame, end: datetime) -> tuple[datetime, datetime]:
    """The first and the last moment that a case with these steps can show up to ``end``."""
    start = found["at"].min() if len(found) else end
    return start, span(start, end).reach


def span(start: datetime, end: datetime) -> Span:
    """The line of a case; a case of this minute still has an hour to stand on."""
    return Span(start, max(end, start + HOUR))


def rests(shown: Span, days: Sequence[date]) -> list[html.I]:
    """Days off as a shade behind the lanes."""
    drawn = []
    for day in days:
        morning = datetime.combine(day, datetime.min.time())
        left, right = shown.at(morning), shown.at(morning + DAY)
        if right > left:
            drawn.append(html.I(className="rest", style={"left": place(left), "width": place(right - left)}))
    return drawn


def now(shown: Span) -> html.I:
    return html.I(className="nowline", style={"left": place(shown.at(shown.end))})


def marks(shown: Span, found: pd.DataFrame, coming: pd.DataFrame) -> list[html.Span]:
    """A sign for each step, with words where there is room before the next one; then what is to come."""
    drawn = []
    ordered = found.sort_values("at")
    places = [shown.at(at) for at in ordered["at"]]
    ends = [*places[1:], shown.at(coming["due_at"].min()) if len(coming) else 1.0]
    first = _first_rating(ordered)
    for item, x, end in zip(each(ordered), places, ends, strict=False):
        is_first, has_room = item.Index == first, end - x > (FIRST if item.Index == first else LABEL)
        said = _said(item, is_first) if has_room or is_first else []
        drawn.append(_mark(x, [_sign(item), " ", *said], words.full(item.at), has_room))
    return [*drawn, *(_coming(item) for item in each(coming.head(1)))]


def _coming(item: Any) -> html.Span:
    """What is to come stands right of now, as wide as it must be."""
    said, when = limits.short(item), words.full(item.due_at)
    return html.Span(said, className="mk q", style={"right": place(0)}, title=when)


def _mark(x: float, pieces: list[Any], title: str, has_room: bool) -> html.Span:
    """Where there is no room on the right, the words that must be said stand left of their sign."""
    if not has_room and len(pieces) > 2:
        beside = {"right": place(1 - x)}
        return html.Span([*pieces[2:], " ", pieces[0]], className="mk right", style=beside, title=title)
    return html.Span(pieces, className="mk left", style={"left": place(x)}, title=title)


def _sign(item: Any) -> Any:
    level = _level(item)
    return signs.steps(level) if level else sign(steps.shape(item.event, item.detail))


def _level(item: Any) -> int:
    """The step of the ladder of an act of supervision."""
    detail = str(item.detail)
    return int(detail[1:]) if item.event == "escalated" and detail[1:].isdigit() else 0


def _said(item: Any, is_first: bool) -> list[Any]:
    """The lane names what kind of step it is: the mark says only which."""
    if is_first:
        return [html.B(_("First rating: {rating}").format(rating=term(item.detail)))]
    return [term(item.detail)] if item.detail else [steps.name(item.event)]


def _first_rating(found: pd.DataFrame) -> Any:
    """Where the first rating stands: it stays the headline, whatever is said later."""
    calls = found[(found["event"] == "callback") & ~found["detail"].isin(["", "missed", "reached"])]
    return calls.index[0] if len(calls) else None


def axis(shown: Span, stopped: datetime | None) -> html.Div:
    """Whole days (or hours) at even distances, and now; or, where the clock has ``stopped``, that moment."""
    stride = next((one for one in STRIDES if (shown.end - shown.start) / one < TICKS), STRIDES[-1])
    last, apart = shown.at(stopped or shown.end), LABEL if stopped else LABEL / 2
    ticks = [at for at in _whole(shown, stride) if abs(shown.at(at) - last) > apart]
    drawn = [html.Span(_date(at, stride), style={"left": place(shown.at(at))}) for at in ticks]
    said = words.stamp(stopped) if stopped else _("now")
    return html.Div([*drawn, html.Span(said, className="now", style={"left": place(last)})], className="axis")


def _date(at: datetime, stride: timedelta) -> str:
    """A tick in words: the time within days, the day at midnight, the month where years go by."""
    if stride < DAY and at.time() != time():
        return f"{at:%H:%M}"
    return f"{at:%m-%d}" if stride < 91 * DAY else f"{at:%Y-%m}"


def _whole(shown: Span, stride: timedelta) -> list[datetime]:
    """Whole strides within the line, weeks beginning on Mondays."""
    monday = datetime.combine(shown.start.date() - shown.start.weekday() * DAY, datetime.min.time())
    first = monday + -(-(shown.start - monday) // stride) * stride
    return [first + n * stride for n in range(TICKS + 1) if first + n * stride <= shown.end]
