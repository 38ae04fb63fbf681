"""The tiles of the overview: six headline figures, each with its change and the one fact that explains it."""

from typing import Any

import pandas as pd
from dash import html

from components import words
from components.signs import late
from components.tiles import tile
from components.whistle_words import untold
from components.words import _


def against(now: Any, before: Any) -> str:
    """The change against the same point of the last period, in the figure's own unit."""
    if words.absent(now) or words.absent(before):
        return _("last —")
    if now == before:
        return _("same as last")
    return _("vs last {change}").format(change=words.change(now - before))


def some(value: Any) -> bool:
    """Whether there is any of it; what is not known is none."""
    return not words.absent(value) and bool(value)


def received(today: pd.Series, href: str) -> html.Section:
    """Received today: received, previous, usual_low, usual_high."""
    usual = _("usual {range}").format(range=words.between(today["usual_low"], today["usual_high"]))
    return tile(
        _("Received today"),
        words.number(today["received"]),
        words.ngettext("case", "cases", today["received"]),
        against(today["received"], today["previous"]),
        _("too few days") if words.absent(today["usual_low"]) else usual,
        href=href,
        measure="received_today",
    )


def open_cases(stock: pd.Series, href: str, closed_href: str) -> html.Section:
    """Open: open, previous, closed_today."""
    closed = _("closed {n}").format(n=words.number(stock["closed_today"]))
    if words.absent(stock["closed_today"]):
        closed = _("closings unknown")
    return tile(
        _("Open"),
        words.number(stock["open"]),
        words.ngettext("case", "cases", stock["open"]),
        against(stock["open"], stock["previous"]),
        html.A(closed, href=closed_href),
        href=href,
        measure="open",
    )


def overdue(stock: pd.Series, href: str) -> html.Section:
    """Overdue: overdue, previous, oldest_days."""
    oldest = _("no limits") if words.absent(stock["overdue"]) else None
    if not words.absent(stock["oldest_days"]):
        oldest = _("longest {span}").format(span=words.days(stock["oldest_days"]))
    return tile(
        _("Overdue"),
        words.number(stock["overdue"]),
        words.ngettext("case", "cases", stock["overdue"]),
        against(stock["overdue"], stock["previous"]),
        oldest,
        state="late" if some(stock["overdue"]) else None,
        href=href,
        measure="overdue",
    )


def due_soon(stock: pd.Series, href: str, day_href: str) -> html.Section:
    """Due within 48 hours: due_48h, previous_48h, due_24h."""
    within_day = _("within 24 h {n}").format(n=words.number(stock["due_24h"]))
    if words.absent(stock["due_24h"]):
        within_day = _("no limits")
    return tile(
        _("Due within 48 h"),
        words.number(stock["due_48h"]),
        words.ngettext("case", "cases", stock["due_48h"]),
        against(stock["due_48h"], stock["previous_48h"]),
        html.A(within_day, href=day_href),
        state="soon" if some(stock["due_48h"]) else None,
        href=href,
        measure="due_48h",
    )


def awaiting(stock: pd.Series) -> html.Section:
    """Units that have not answered a whistle: awaiting (empty where nobody records it), previous, late."""
    over = late(_("over limit {n}").format(n=words.number(stock["late"]))) if some(stock["late"]) else None
    return tile(
        _("Not answered"),
        words.number(stock["awaiting"]),
        words.ngettext("{n} unit", "{n} units", stock["awaiting"]).format(n="").strip(),
        against(stock["awaiting"], stock["previous"]),
        over or _unlate(stock),
        measure="awaiting_arrival",
    )


def _unlate(stock: pd.Series) -> str:
    """That nobody is late at a whistle, or why nobody can tell who is, or who has answered."""
    if words.absent(stock["whistles"]):
        return _("no whistles")
    if words.absent(stock["awaiting"]):
        return _("answers not recorded")
    return untold() if words.absent(stock["late"]) else _("none late")


def waiting(hall: pd.Series, href: str) -> html.Section:
    """People waiting in the hall: waiting_people, previous_people, longest_minutes."""
    longest = hall["longest_minutes"]
    said = (
        _("nobody waits")
        if words.absent(longest)
        else _("longest {span}").format(span=words.minutes(longest))
    )
    if words.absent(hall["waiting_people"]):
        said = _("no visits")
    return tile(
        _("Waiting"),
        words.number(hall["waiting_people"]),
        words.ngettext("person", "people", hall["waiting_people"]),
        against(hall["waiting_people"], hall["previous_people"]),
        said,
        href=href,
        measure="waiting",
    )
