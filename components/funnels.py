"""The visitors' way through the hall: what came to each stage, and why fewer came to the next."""

from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, panel
from components.records import each
from components.rows import bar
from components.words import N_, _

STAGES = {
    "arrived": N_("Arrived"),
    "registered": N_("Registered"),
    "ticketed": N_("Took a ticket"),
    "called": N_("Called"),
    "ended": N_("Finished"),
}
WAITING = {
    "registered": N_("registering {n}"),
    "ticketed": N_("at the desk {n}"),
    "called": N_("waiting {n}"),
    "ended": N_("talking {n}"),
}
LEAVING = {
    "registered": N_("left before {n}"),
    "ticketed": N_("no ticket needed {n}"),
    "called": N_("left uncalled {n}"),
    "ended": N_("unfinished {n}"),
}


def visits(
    stages: pd.DataFrame,
    median_minutes: float | None = None,
    misrouted: float | None = None,
    recorded: bool = True,
) -> html.Section:
    """Stage by stage, in tickets: stage, tickets, people, in_progress, left (before reaching the stage)."""
    if stages.empty or not stages["tickets"].iloc[0]:
        body: Any = empty(_("Nobody has come to the hall yet."))
        title = _("No visits yet")
        if not recorded:
            body, title = empty(_("Visits are not recorded.")), _("Visits today")
        return panel(title, body, None, "visit_funnel", "two")
    first, last = stages["tickets"].iloc[0], stages["tickets"].iloc[-1]
    worst = stages["left"].fillna(0).max()
    listed = []
    for item in each(stages):
        strong = bool(worst and item.left == worst)
        cells = [
            html.Span(_(STAGES[item.stage])),
            html.Span(words.number(item.tickets), className="n"),
            html.Span(_why(item), className="note r cut"),
        ]
        listed.append(html.Li([*cells, bar(item.tickets / first)], className="up" if strong else None))
    text = words.ngettext("{arrived} visit, {ended} finished", "{arrived} visits, {ended} finished", first)
    text = text.format(arrived=words.number(first), ended=words.number(last))
    note = [_("median {age}").format(age=words.minutes(median_minutes))]
    if not words.absent(misrouted):
        note.append(_("misrouted {n}").format(n=words.number(misrouted)))
    return panel(text, html.Ol(listed, className="rows steps5"), note, "visit_funnel", "two")


def _why(item: object) -> str:
    """Where those are who came to the stage before and not to this one."""
    stage, waiting, left = (getattr(item, name) for name in ("stage", "in_progress", "left"))
    if stage == "arrived":
        people = getattr(item, "people")  # noqa: B009 (a row of any table)
        return words.ngettext("{n} person", "{n} people", people).format(n=words.number(people))
    parts = []
    if not words.absent(waiting) and waiting:
        parts.append(_(WAITING[stage]).format(n=words.number(waiting)))
    if not words.absent(left) and left:
        parts.append(_(LEAVING[stage]).format(n=words.number(left)))
    return _(" · ").join(parts)
