"""What the hall is advised to do: at most three acts in words, each with its effect. A person decides."""

from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, panel
from components.records import each
from components.words import N_, _

SHOWN = 3

ACTS = {"open_seat": N_("Open another seat"), "send": N_("Send tickets elsewhere")}


def advice(
    acts: pd.DataFrame, longest: float | None = None, longest_after: float | None = None
) -> html.Section:
    """Proposals: number, action, unit, from_minutes, to_minutes, low, high.

    ``longest`` is the hall's longest expected wait now, ``longest_after`` the same with all done (min).
    """
    note = _("duty chief decides")
    if acts.empty:
        return panel(_("Nothing to change"), empty(_("No window is overloaded.")), note, "advice", "two")
    said = words.ngettext("{n} change", "{n} changes", len(acts.head(SHOWN)))
    title = said.format(n=len(acts.head(SHOWN)))
    if not words.absent(longest) and not words.absent(longest_after):
        title += _(": longest wait {before}→{after} min").format(
            before=words.number(longest), after=words.number(longest_after)
        )
    listed = [_act(item) for item in each(acts.head(SHOWN))]
    return panel(title, html.Ol(listed, className="rows advice"), note, "advice", "two")


def _act(item: Any) -> html.Li:
    what = _(ACTS[item.action]) if item.action in ACTS else item.action
    who = _("{unit} sends one person").format(unit=item.unit) if item.action == "open_seat" else item.unit
    before, after = (html.Small(part, className="note") for part in _("no. {n}").split("{n}"))
    number = html.Span([before, str(item.number), after], className="no")
    was = html.Span(f"{words.number(item.from_minutes)}→", className="q")
    effect = html.P([was, html.B(words.number(item.to_minutes)), html.Small(_("min"))], className="eff")
    span = html.P(words.between(item.low, item.high), className="note")
    act = html.Div([html.P(what, className="what cut"), html.P(who, className="note cut")])
    return html.Li([number, act, html.Div([effect, span], className="r")])
