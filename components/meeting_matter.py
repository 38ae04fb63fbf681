"""One matter on the wall: its sentence, four figures, its history, and why it is before the meeting."""

from typing import Any

import pandas as pd
from dash import html

from components import meeting_history, meeting_reasons, words
from components.meeting_candidates import GROUPS
from components.panels import panel
from components.terms import term
from components.tiles import tile
from components.words import _, ngettext


def heading(item: Any, sentence: str = "", following: str = "") -> html.Div:
    """What is discussed, in the clerk's sentence, else as the case is titled; and what comes next.

    ``item``: the row of meetings.matter; ``following``: the next matter in words, empty: none.
    """
    said = [_(GROUPS[item.item_group]) if item.item_group else "", item.issue or item.category, where(item)]
    ahead = [html.Span([_("next"), "　", following], className="cut")] if following else []
    kick = html.P(
        [html.Span("　".join(part for part in said if part), className="cut"), *ahead], className="kick"
    )
    return html.Div([kick, html.H1(sentence or title(item))], className="mmatter all")


def where(item: Any) -> str:
    """Town and place, down to the estate."""
    return " ".join(part for part in (item.area, item.place) if part)


def title(item: Any) -> str:
    """Of a confidential matter, or a report, the kind only."""
    if item.hidden:
        kind = item.category or item.issue or term(item.nature)
        return _("{kind} (confidential: the number only)").format(kind=kind)
    return item.title or words.NOTHING


def left(item: Any, weeks: pd.DataFrame, holders: pd.DataFrame) -> html.Div:
    """The figures of meetings.matter, its history (matter_weeks, matter_holders), and why it is there."""
    figures = html.Div([_since(item), _affected(item), _reports(item), _failed(item)], className="mtiles")
    return html.Div(
        [figures, meeting_history.history(item, weeks, holders), why(item)], className="mleft four"
    )


def _since(item: Any) -> html.Section:
    first = _("since {day}").format(day=words.date(item.first_at)) if not words.absent(item.first_at) else ""
    unit = ngettext("day", "days", int(item.waiting_days))
    return tile(
        _("Since first heard of"), words.number(item.waiting_days), unit, html.Span(first, className="q")
    )


def _affected(item: Any) -> html.Section:
    places = ""
    if item.places > 1:
        places = ngettext("{n} community", "{n} communities", int(item.places)).format(
            n=words.number(item.places)
        )
    if words.absent(item.affected):
        return tile(_("Affected"), words.NOTHING, _("(not recorded)"), html.Span(places, className="q"))
    return tile(_("Affected"), words.number(item.affected), _("homes"), html.Span(places, className="q"))


def _reports(item: Any) -> html.Section:
    unit = ngettext("report", "reports", int(item.reports))
    people = ngettext("by {n} person", "by {n} people", int(item.people)).format(n=words.number(item.people))
    return tile(_("Reports"), words.number(item.reports), unit, html.Span(people, className="q"))


def _failed(item: Any) -> html.Section:
    round_ = "" if words.absent(item.round) else _("now in round {n}").format(n=int(item.round))
    unit = ngettext("time", "times", int(item.failed))
    return tile(_("Closed, not satisfied"), words.number(item.failed), unit, html.Span(round_, className="q"))


def why(item: Any) -> html.Section:
    """At most three claims, each with its numbers."""
    rows = [
        html.Li([html.Span(str(number), className="q"), html.B(claim), html.Span(beside, className="cut")])
        for number, (claim, beside) in enumerate(meeting_reasons.claims(item.reasons), 1)
    ]
    return panel(_("Why it is here"), html.Ol(rows, className="mwhy"))
