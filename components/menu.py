"""The left menu of the desk: pages, a case number to look up, language and theme."""

from typing import Any

from dash import dcc, html

from components import words
from components.words import _

SEARCH = "frame-search"


def links(pages: list[tuple[str, str]], here: str, kept: str = "") -> list[Any]:
    """Pages as (English name, address), the one that is ``here`` marked; ``kept`` is the query to carry."""
    listed = [_link(name, path, kept, path == here) for name, path in pages]
    search = html.Div(
        dcc.Input(id=SEARCH, type="text", placeholder=_("Case number  /"), className="search"),
        className="find",
    )
    return [*listed, search, html.P([_theme(), _language()], className="choices")]


def _link(name: str, path: str, kept: str, here: bool) -> html.A:
    current: Any = {"aria-current": "page"} if here else {}
    return html.A(_(name), href=path + kept, **current)


def _choice(label: str, name: str, value: str) -> html.Button:
    marks: Any = {"data-choose": f"{name}={value}"}
    return html.Button(label, type="button", **marks)


def _theme() -> html.Button:
    if words.viewer().theme == "dark":
        return _choice(_("Light"), "theme", "light")
    return _choice(_("Dark"), "theme", "dark")


def _language() -> html.Button:
    return _choice("English", "lang", "en") if words.language() == "zh" else _choice("中文", "lang", "zh")
