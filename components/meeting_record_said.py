"""What is said of a record: objections with their answers, corrections."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dash import html

from components import words
from components.panels import panel
from components.signs import kept, sign
from components.words import _, ngettext


def objection(one: Any) -> html.Div:
    """What a unit says of a figure, and the answer; ``one`` has words of its own for unit and figure."""
    filed = html.P([html.B(_("Objection {n}").format(n=one.number)), f" {one.unit}: {one.words}"])
    by = html.P(f"{one.filed_by} {words.stamp(one.filed_at)}", className="q")
    if one.answer is None:
        return html.Div([filed, by, html.P([sign("open"), " ", _("not answered yet")], className="q")])
    ruled = _("upheld") if one.is_upheld else _("not upheld")
    said = html.P([kept(ruled) if one.is_upheld else ruled, f" {one.answer}"])
    answered = html.P(f"{one.answered_by} {words.stamp(one.answered_at)}", className="q")
    return html.Div([filed, by, said, answered])


def objections(found: Sequence[Any], limit: datetime | None) -> html.Section:
    """All objections, with the figure each is about."""
    until = _("until {at}").format(at=words.full(limit)) if limit else _("limit not known")
    title = (
        ngettext("{n} objection", "{n} objections", len(found)).format(n=len(found))
        if found
        else _("No objection")
    )
    body = [html.Li([html.P(one.label, className="q"), objection(one)]) for one in found]
    return panel(title, html.Ul(body, className="said"), until)


def corrections(found: Sequence[Any]) -> html.Section | None:
    """What was set right after the record was closed."""
    if not found:
        return None
    title = ngettext("{n} correction", "{n} corrections", len(found)).format(n=len(found))
    body = [
        html.Li([html.P(one.words), html.P(f"{one.written_by} {words.stamp(one.written_at)}", className="q")])
        for one in found
    ]
    return panel(title, html.Ul(body, className="said"))
