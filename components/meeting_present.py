"""Present mode: the strip with its segments and timer, and what an item is called."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dash import html

from components import meeting_lookback, words
from components.signs import sign
from components.terms import term
from components.words import N_, _

PARTS = {"look_back": N_("Look-back"), "ten_days": N_("Ten days"), "assign": N_("To assign")}


@dataclass(frozen=True)
class Bar:
    """The strip: which meeting, the page's moment and the figures' own, which item of how many, its timer.

    ``batch``: the meeting that assigned an older item.
    """

    number: int | None
    part: str
    moment: datetime
    until: str
    place: int
    of: int
    groups: tuple[int, ...]
    timer: "Timer"
    batch: str = ""


@dataclass(frozen=True)
class Timer:
    """Seconds an item has had, whether they go on, what they are limited to; the version marks a change."""

    seconds: float
    is_running: bool
    minutes: int
    version: int

    @property
    def is_over(self) -> bool:
        return self.seconds > self.minutes * 60


def until(as_of: datetime, is_closed: bool) -> str:
    """The moment the figures are of; midnight is the end of the day before."""
    if not is_closed:
        return _("data to {at}").format(at=words.clock(as_of))
    if as_of.time() == datetime.min.time():
        return _("data to {at}").format(at=f"{words.date(as_of - words.SECOND)} 24:00")
    return _("data to {at}").format(at=words.stamp(as_of))


def top(bar: Bar) -> html.Div:
    """Meeting and part, time and cutoff, which item, the timer; below them the items as segments."""
    return html.Div(
        [
            html.P(
                [
                    html.B(meeting(bar.number)),
                    html.Span("　".join(filter(None, [_(PARTS[bar.part]), bar.batch])), className="q cut"),
                ],
                className="two",
            ),
            html.P(
                [html.B(words.moment(bar.moment)), html.Span(bar.until, className="q cut")], className="two"
            ),
            html.P([*nth(bar), typed(), clock(bar.timer)], className="two"),
            segments(bar),
        ],
        className="mtop",
    )


def meeting(number: int | None) -> str:
    return _("Dispatch meeting") if number is None else _("Dispatch meeting no. {n}").format(n=number)


def batch(item: Any) -> str:
    """Which meeting assigned an older item; of one that was brought again that it was re-opened."""
    again = _("re-opened") if item.is_reopened else ""
    older = _("older, {batch}").format(batch=meeting_lookback.batch(item.row.number)) if item.is_older else ""
    return "　".join(filter(None, [older, again]))


def nth(bar: Bar) -> list[Any]:
    """Which item, and of how many."""
    of = _("of {n} here").format(n=words.number(bar.of))
    return [html.B(_("Item {n}").format(n=bar.place)), html.Span(of, className="q cut")]


def typed() -> html.Span:
    """Where the digits of a jump appear while they are typed, and that there is no such item."""
    marks: Any = {"data-typed": "", "data-beyond": _("no item {n}")}
    return html.Span(className="typed", **marks)


def clock(timer: Timer) -> html.Span:
    """Counted on by the browser; past its limit late."""
    marks: Any = {
        "data-timer": str(timer.version),
        "data-seconds": f"{timer.seconds:.0f}",
        "data-running": "1" if timer.is_running else "",
        "data-limit": str(timer.minutes * 60),
    }
    shown = html.B(lasting(timer.seconds))
    limit = html.Span(["/ ", words.minutes(timer.minutes)], className="q")
    label = html.Span(_("this item"), className="q")
    over = " over" if timer.is_over else ""
    return html.Span([label, sign("late", "late"), shown, limit], className=f"mtimer{over}", **marks)


def lasting(seconds: float) -> str:
    """Minutes and seconds: 2:47."""
    whole = timedelta(seconds=int(seconds)) // timedelta(seconds=1)
    return f"{whole // 60}:{whole % 60:02}"


def segments(bar: Bar) -> html.Div:
    """One for each item, gaps between groups; those before this one dim, this one bright."""
    drawn, place = [], 0
    for size in bar.groups:
        for number in range(size):
            place += 1
            state = "now" if place == bar.place else "past" if place < bar.place else ""
            gap = "gap" if number == 0 and place > 1 else ""
            drawn.append(html.I(className=f"{state} {gap}".strip()))
    return html.Div(drawn, className="msegments")


def frame(
    keys: Sequence[str], here: str, first: int, count: int, drawn: Sequence[Any], name: str
) -> html.Div:
    """What is drawn, with what the keys need: all items, the one shown, and where its part begins."""
    marks: Any = {
        "data-items": json.dumps(list(keys)),
        "data-here": here,
        "data-from": str(first),
        "data-count": str(count),
    }
    return html.Div(list(drawn), className=name, **marks)


# ── an item without a case, and the ten days ─────────────────────────────────────────────────────────────


def called(item: Any) -> str:
    """What an item is called on the wall: the clerk's sentence; of a hidden one the kind only."""
    if item.part == "ten_days":
        return _("The ten days")
    if item.hidden:
        kind = item.kind or term(item.item_group)
        return _("{kind} (confidential: the number only)").format(kind=kind)
    return item.sentence or item.title or words.NOTHING


def bare(item: Any, following: str) -> html.Div:
    """The heading of an item behind which no case stands, or none that may be named."""
    said = "　".join(part for part in (term(item.item_group), item.kind) if part)
    ahead = [html.Span([_("next"), "　", following], className="cut")] if following else []
    kick = html.P([html.Span(said, className="cut"), *ahead], className="kick")
    return html.Div([kick, html.H1(called(item))], className="mmatter all")


def nothing() -> html.Div:
    """Instead of the figures of a matter."""
    return html.Div(
        html.P(_("No case that may be shown stands behind this item."), className="empty"),
        className="mleft four",
    )
