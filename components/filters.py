"""Filters as links: a period, a set of cases, and what is chosen now with a way to let go of it."""

from typing import Any

from dash import dcc, html

from components import words
from components.words import N_, _

SETS = {
    "received": N_("all received"),
    "valid": N_("valid"),
    "invalid": N_("not valid or merged"),
    "settled_online": N_("settled by the centre"),
    "dispatched": N_("dispatched"),
    "undispatched": N_("not dispatched"),
    "closed": N_("closed"),
    "closed_today": N_("closed today"),
    "open": N_("open"),
    "awaiting_dispatch": N_("awaiting dispatch"),
    "assigned": N_("with a unit"),
    "overdue": N_("overdue"),
    "due_24h": N_("due within 24 h"),
    "due_48h": N_("due within 48 h"),
    "closed_on_time": N_("closed on time"),
    "closed_late": N_("closed late"),
    "judged": N_("known to be on time or late"),
    "open_in_time": N_("open, within the limit"),
    "open_overdue": N_("open and overdue"),
    "unknown": N_("on time or late unknown"),
    "called_back": N_("called back"),
    "reached": N_("reached on callback"),
    "rated": N_("rated"),
    "satisfied": N_("satisfied"),
    "dissatisfied": N_("dissatisfied"),
    "sent_back": N_("sent back for rework"),
    "calls": N_("telephone calls"),
}

STATES = {
    "merged": N_("merged"),
    "invalid": N_("not valid"),
    "settled_online": N_("settled by the centre"),
    "closed": N_("closed"),
    "awaiting_dispatch": N_("awaiting dispatch"),
    "answered": N_("answered, to verify"),
    "overdue": N_("overdue"),
    "due_soon": N_("nearly due"),
    "open": N_("in hand"),
}


def set_name(name: str) -> str:
    """What a set of cases is called on the screen."""
    return _(SETS.get(name, name))


def state_name(name: str) -> str:
    """What a case's state is called on the screen."""
    return _(STATES.get(name, name))


def choices(links: list[tuple[str, str, bool]]) -> html.P:
    """Links side by side: label, address, and whether it is the one chosen."""
    marks: Any = {"aria-current": "true"}
    drawn = [dcc.Link(label, href=href, **(marks if chosen else {})) for label, href, chosen in links]
    return html.P(drawn, className="choices")


def chosen(filters: list[tuple[str, str, str]]) -> html.P:
    """What narrows the figures now: kind, name, and the address without it."""
    drawn = [
        html.Span(
            [f"{kind} ", html.B(name), " ", dcc.Link("✕", href=href, title=_("remove"))], className="chip"
        )
        for kind, name, href in filters
    ]
    return html.P(drawn, className="chips")


def span(start: Any, end: Any) -> str:
    """A period in words: its first and last day and how many days it has."""
    if words.absent(start):
        return _("all since the first record")
    last = end - words.SECOND
    days = (last.date() - start.date()).days + 1
    return _("{first}—{last}, {n} days").format(first=f"{start:%m-%d}", last=f"{last:%m-%d}", n=days)
