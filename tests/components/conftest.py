"""Every test of a component starts with the usual viewer, and can look for what was drawn."""

from collections.abc import Iterator
from typing import Any

import pytest

from components import words


@pytest.fixture(autouse=True)
def usual_viewer() -> Iterator[None]:
    """Chinese, dark, at the desk, whatever the test before has chosen."""
    words.use(words.Viewer())
    yield
    words.use(words.Viewer())


def nodes(drawn: Any) -> list[Any]:
    """A component and everything inside it."""
    if isinstance(drawn, list | tuple):
        return [node for piece in drawn for node in nodes(piece)]
    if not hasattr(drawn, "to_plotly_json"):
        return []
    return [drawn, *nodes(getattr(drawn, "children", None))]


def text(drawn: Any) -> str:
    """The words a reader sees, in order."""
    if isinstance(drawn, list | tuple):
        return "".join(map(text, drawn))
    if hasattr(drawn, "to_plotly_json"):
        return text(getattr(drawn, "children", None))
    return "" if drawn is None else str(drawn)


def having(drawn: Any, name: str) -> list[Any]:
    """The nodes that carry a class."""
    return [node for node in nodes(drawn) if name in (getattr(node, "className", None) or "").split()]


def links(drawn: Any) -> list[str]:
    """Where a click may lead, ⓘ left out."""
    found = [getattr(node, "href", None) for node in nodes(drawn)]
    return [href for href in found if href and not href.startswith("/definitions")]
