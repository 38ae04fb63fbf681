"""What the hall is advised to do: at most three acts in words, each with its effect. A person decides."""

from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, panel
from components.records import each
from components.words import _

SHOWN = 3


def advice(acts: pd.DataFrame) -> html.Section:
    """Proposals of queues.advice; the title is the hall's longest wait before and after."""
    note = _("duty chief decides")
    if acts.empty:
        return panel(_("Nothing to change"), empty(_("No window is overloaded.")), note, "advice", "two")
    listed = [_act(item) for item in each(acts.head(SHOWN))]
    return panel(_title(acts.head(SHOWN)), html.Ol(listed, className="rows advice"), note, "advice", "two")


def _title(acts: pd.DataFrame) -> str:
    """How many changes, and the longest wait before and after where that moves."""
    changes = int((acts["action"] != "none").sum())
    if not changes:
        return _("No seat to spare")
    said = words.ngettext("{n} change", "{n} changes", changes).format(n=changes)
    first = next(each(acts))
    before, after = words.number(first.longest_minutes), words.number(first.longest_after_minutes)
    if words.absent(first.longest_minutes) or before == after:
        return said
    return said + _(": longest wait {before}→{after} min").format(before=before, after=after)


def _act(item: Any) -> html.Li:
    what, who = _words(item)
    before, after = (html.Small(part, className="note") for part in _("no. {n}").split("{n}"))
    number = html.Span([before, str(item.number), after], className="no")
    act = html.Div([html.P(what, className="what cut"), html.P(who, className="note cut")])
    if item.action == "none":
        return html.Li([number, act])
    was = html.Span(f"{words.number(item.from_minutes)}→", className="q")
    effect = html.P([was, html.B(words.number(item.to_minutes)), html.Small(_("min"))], className="eff")
    span = html.P(words.between(item.low, item.high), className="note")
    return html.Li([number, act, html.Div([effect, span], className="r")])


def _words(item: Any) -> tuple[str, str]:
    """What to do, and who must come or where there is room."""
    if item.action == "none":
        full = _("No seat to spare")
        if not words.absent(item.seats):
            full = _("All {n} seats taken, none to spare").format(n=int(item.seats))
        return full, _("Duty chief, please arrange")
    if item.action == "open_seat":
        return _("Open another seat"), _("{unit} sends one person").format(unit=item.unit)
    what = _("{unit}: {n} tickets to no. {to}")
    where = _("no. {to} has a free {unit} seat")
    number = int(item.to_number)
    return (
        what.format(unit=item.unit, n=int(item.tickets), to=number),
        where.format(to=number, unit=item.unit),
    )
