"""Present mode: the strip with its segments and timer, and what the clerk records of the item, live."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dash import html

from components import meeting_lookback, words
from components.meeting_candidates import basis
from components.signs import sign
from components.terms import term
from components.words import N_, _

PARTS = {"look_back": N_("Look-back"), "ten_days": N_("Ten days"), "assign": N_("To assign")}

MOST = 3
"""Assisting units named on the wall."""


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
    of = _("of {n} in all").format(n=words.number(bar.of))
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


# ── what the clerk records ───────────────────────────────────────────────────────────────────────────────


STATES = {
    "proposed": (N_("proposed"), "open", ""),
    "recording": (N_("being recorded"), "way", ""),
    "decided": (N_("decided"), "done", "kept"),
}
"""The word of a state, its sign and the sign's role."""


def record(item: Any, after: Any) -> html.Div:
    """Lead, assisting, pledge and due of an item of the agenda; ``after`` is the meeting after this one."""
    fields = [_lead(item), _assists(item), _pledge(item), _due(item, after)]
    return html.Div(fields, className="mrec two")


def state(name: str) -> html.Span:
    """○ proposed, ◐ being recorded, ◆ decided."""
    word, shape, role = STATES.get(name, STATES["proposed"])
    return html.Span([sign(shape, role), " ", _(word)], className="mstate")


def _field(item: Any, name: str, label: str, body: Any, below: Any = None) -> html.Section:
    said = item.states.get(name, "proposed")
    head = html.Header([html.H2(label), state(said)])
    note = html.P(below, className="note cut") if below else None
    return html.Section([head, html.Div(body, className="mbody"), note], className=f"mfield is-{said}")


def _lead(item: Any) -> html.Section:
    lead = html.P(item.lead_unit or [sign("open"), " ", _("to be named")], className="munit cut")
    own = item.row is not None and item.part == "assign" and item.lead_unit_id == item.row.lead_unit_id
    below = item.owner_post or (basis(item.row) if own else "")
    return _field(item, "lead_unit_id", _("In the lead"), lead, below)


def _assists(item: Any) -> html.Section:
    named, rest = item.assist_units[:MOST], len(item.assist_units) - MOST
    more = [html.P(_("and {n} more units").format(n=rest), className="q")] if rest > 0 else []
    body = [*(html.P(name, className="cut") for name in named), *more] or [html.P(words.NOTHING)]
    return _field(item, "assist_unit_ids", _("Assisting"), body)


def _pledge(item: Any) -> html.Section:
    if item.hidden and item.pledge:
        body: Any = html.Span(_("recorded, not shown (confidential)"), className="q")
    else:
        body = item.pledge or html.Span(_("none yet"), className="q")
    return _field(item, "pledge", _("Pledge"), html.P(body, className="mpledge"))


def _due(item: Any, after: Any) -> html.Section:
    body = html.P(
        words.NOTHING if item.due is None else words.day(last_day(item.due, after)), className="munit"
    )
    return _field(item, "due", _("Promised by"), body, _first_promise(item) or _why_then(item.due, after))


def last_day(due: datetime, after: Any) -> Any:
    """The day a limit is called by: midnight is the end of the day before, but for the next meeting's own."""
    is_meeting = after is not None and due.date() == after.actual
    return due.date() if is_meeting else (due - words.SECOND).date()


def _first_promise(item: Any) -> Any:
    """Of an item looked back at: where it stands, and how far it is from its first promise."""
    if item.part != "look_back":
        return None
    return [*meeting_lookback.state(item.row), "　", meeting_lookback.slip(item.row)]


def _why_then(due: datetime | None, after: Any) -> str | None:
    """Which meeting that is, and why it is not on its own day."""
    if due is None or after is None or due.date() != after.actual:
        return None
    said = meeting(after.number)
    if after.actual == after.nominal:
        return said
    return _("{meeting}, moved from {day}").format(meeting=said, day=words.day(after.nominal))


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
