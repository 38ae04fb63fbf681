"""The forms of a record: they stand still while the page around them is drawn anew."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html

from components.words import _


def freezing(button: str) -> list[Any]:
    """The button that asks once."""
    pressed = dcc.ConfirmDialogProvider(
        html.Button(_("Freeze the record"), className="btn main"), id=button, message=asking("")
    )
    return [pressed]


def asking(warning: str) -> str:
    """What is asked before a record is frozen; a warning first."""
    ask = _(
        "Freeze the record of this meeting? It never changes afterwards; only corrections may be appended."
    )
    return f"{warning} {ask}".strip()


def form(title: str, fields: Mapping[str, Any], button: str, said: str) -> list[Any]:
    """Labelled fields, a button, and a place for what became of it."""
    rows = [
        item for label, control in fields.items() for item in (html.Label(label, htmlFor=control.id), control)
    ]
    send = html.Button(title, id=button, className="btn")
    return [html.H2(title), html.Div(rows, className="asked"), send, told(said)]


def told(name: str) -> html.P:
    """Where it is said what became of it."""
    return html.P(id=name, className="told", role="status")


def line(name: str, longest: int = 120) -> dcc.Input:
    return dcc.Input(id=name, type="text", value="", maxLength=longest)


def text(name: str) -> dcc.Textarea:
    return dcc.Textarea(id=name, value="", maxLength=2000, rows=3)


def choice(name: str) -> dcc.Dropdown:
    return dcc.Dropdown(id=name, placeholder=_("choose"), labels={"search": _("Search")})


def ruling(name: str) -> dcc.RadioItems:
    options: Any = [{"value": "yes", "label": _("upheld")}, {"value": "no", "label": _("not upheld")}]
    return dcc.RadioItems(options, id=name, value="no", inline=True, className="mstates")
