"""What the clerk records of an item, live on the wall: lead, assisting, pledge and due."""

from datetime import datetime
from typing import Any

from dash import html

from components import meeting_lookback, words
from components.meeting_candidates import basis
from components.meeting_present import meeting
from components.signs import sign
from components.words import N_, _

MOST = 3
"""Assisting units named on the wall."""

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
