"""Answers as HTML where nothing in them lives: Dash takes seconds over a thousand components."""

from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree

Piece = Any
"""A component as JSON has it (type, namespace, props), a text, a number, or nothing."""

NAMES = {"className": "class", "htmlFor": "for"}
"""Dash's words for the attributes that HTML calls otherwise."""

LIVING = {"Details", "Button", "Form", "Label", "Iframe", "Canvas", "Script", "Style"}
"""Elements that a reader changes, or whose text is no text: they stay the components they are."""

OWN = {"id", "refresh", "target"}
"""Props by which Dash does more than HTML would."""

SAID, LINK = "data-written", "data-link"
"""What assets/written.js puts into a box, and what marks a link within the board."""


def written(answer: dict[str, Any]) -> dict[str, Any]:
    """A callback's answer with every box as HTML in which nothing lives; assets/written.js puts it in.

    What has an id, data for a script, or a component that is more than an element stays, and so does what
    stands around it.
    """
    for given in answer.get("response", {}).values():
        if "children" in given:
            given["children"] = _lighter(given["children"])
    return answer


def _lighter(piece: Piece) -> Piece:
    if isinstance(piece, list):
        return [_lighter(one) for one in piece]
    if not _is_component(piece) or "children" not in piece["props"]:
        return piece
    props, inside = piece["props"], pieces(piece["props"]["children"])
    if not _is_element(piece) or not all(map(_is_still, inside)):
        props["children"] = _lighter(props["children"])
    elif any(map(_is_component, inside)):
        props |= {"children": None, SAID: as_html(inside)}
    return piece


def pieces(children: Piece) -> list[Piece]:
    """Children one after the other, without those that are not there."""
    given = children if isinstance(children, list) else [children]
    return [piece for piece in given if piece is not None and not isinstance(piece, bool)]


def _is_component(piece: Piece) -> bool:
    return isinstance(piece, dict) and "namespace" in piece


def _is_element(piece: Piece) -> bool:
    return bool(piece["namespace"] == "dash_html_components")


def _is_still(piece: Piece) -> bool:
    """Whether neither a callback, nor a script, nor a reader changes the piece or anything in it."""
    if not _is_component(piece):
        return isinstance(piece, str | int)
    is_link = piece["type"] == "Link"
    if piece["type"] in LIVING or not (is_link or _is_element(piece)):
        return False
    return _is_plain(piece["props"]) and all(map(_is_still, pieces(piece["props"].get("children"))))


def _is_plain(props: dict[str, Any]) -> bool:
    """Whether HTML says the same by these attributes; lengths without a unit, say, Dash writes in its way."""
    style = props.get("style") or {}
    own = any(name in OWN or name.startswith("data-") for name in props)
    said = any(name.startswith("aria-") and isinstance(value, bool) for name, value in props.items())
    return not own and not said and all(isinstance(style[name], str) or name[:2] == "--" for name in style)


def as_html(given: Iterable[Piece]) -> str:
    """Still pieces as HTML; nothing that somebody typed becomes an element."""
    top = ElementTree.Element("top")
    _put(top, given)
    inside = ElementTree.tostring(top, encoding="unicode", method="html")
    return inside.removeprefix("<top>").removesuffix("</top>")


def _put(box: ElementTree.Element, given: Iterable[Piece]) -> None:
    """Append components and texts; a text belongs to the element before it, the first ones to the box."""
    last: ElementTree.Element | None = None
    for piece in given:
        if _is_component(piece):
            is_link = piece["type"] == "Link"
            last = ElementTree.SubElement(box, "a" if is_link else piece["type"].lower(), _attributes(piece))
            _put(last, pieces(piece["props"].get("children")))
        elif last is None:
            box.text = f"{box.text or ''}{piece}"
        else:
            last.tail = f"{last.tail or ''}{piece}"


def _attributes(piece: Piece) -> dict[str, str]:
    """As HTML has them; what is absent or off is left out."""
    given = {name: value for name, value in piece["props"].items() if name != "children"}
    kept = {name: value for name, value in given.items() if value is not None and value is not False}
    marked = {LINK: ""} if piece["type"] == "Link" else {}
    return {NAMES.get(name, name): _value(value) for name, value in kept.items()} | marked


def _value(value: Any) -> str:
    """A style is written out, its names as CSS has them; what is on has no value."""
    if isinstance(value, dict):
        return ";".join(f"{_css(name)}:{part}" for name, part in value.items())
    return "" if value is True else str(value)


def _css(name: str) -> str:
    """``gridRow`` is ``grid-row``; a property of one's own keeps its name."""
    if name.startswith("--"):
        return name
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)
