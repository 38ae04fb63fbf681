"""Lists of many small pieces as HTML: Dash takes seconds over thousands of components, a browser none."""

from collections.abc import Iterable
from typing import Any, TypeVar
from xml.etree import ElementTree

from dash.development.base_component import Component

Drawn = TypeVar("Drawn", bound=Component)

NAMES = {"className": "class"}
"""Dash's words for the attributes that HTML calls otherwise."""


def written(drawn: Drawn, *classes: str) -> Drawn:
    """The same; what carries one of these classes holds HTML, which assets/written.js puts in.

    Links in it load the page they lead to. Nothing in it may have an id that a callback knows.
    """
    children = _pieces(getattr(drawn, "children", None))
    if {*classes} & {*(getattr(drawn, "className", None) or "").split()}:
        drawn.children = None
        setattr(drawn, "data-written", _html(children))
        return drawn
    for piece in children:
        if isinstance(piece, Component):
            written(piece, *classes)
    return drawn


def _pieces(children: Any) -> list[Any]:
    """Children one after the other, without those that are not there."""
    given = children if isinstance(children, list | tuple) else [children]
    return [piece for piece in given if piece is not None]


def _html(pieces: Iterable[Any]) -> str:
    top = ElementTree.Element("top")
    _put(top, pieces)
    inside = ElementTree.tostring(top, encoding="unicode", method="html")
    return inside.removeprefix("<top>").removesuffix("</top>")


def _put(box: ElementTree.Element, pieces: Iterable[Any]) -> None:
    """Append components and texts; a text belongs to the element before it, the first ones to the box."""
    last: ElementTree.Element | None = None
    for piece in pieces:
        if isinstance(piece, Component):
            last = ElementTree.SubElement(box, _tag(piece), _attributes(piece))
            _put(last, _pieces(getattr(piece, "children", None)))
        elif not isinstance(piece, str | int | float):
            raise TypeError(f"neither a component nor a text: {piece!r}")
        elif last is None:
            box.text = f"{box.text or ''}{piece}"
        else:
            last.tail = f"{last.tail or ''}{piece}"


def _tag(piece: Component) -> str:
    kind = piece.to_plotly_json()["type"]
    return "a" if kind == "Link" else kind.lower()


def _attributes(piece: Component) -> dict[str, str]:
    """As HTML has them; what is absent or off is left out."""
    given = piece.to_plotly_json()["props"]
    kept = {name: value for name, value in given.items() if name != "children" and value not in (None, False)}
    return {NAMES.get(name, name): _value(value) for name, value in kept.items()}


def _value(value: Any) -> str:
    """A style is written out, its names as CSS has them; what is on has no value."""
    if isinstance(value, dict):
        return ";".join(f"{name}:{part}" for name, part in value.items())
    return "" if value is True else str(value)
