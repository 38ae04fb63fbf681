"""One set of signs. A shape is cut out of the current colour; a word always stands beside it."""

from typing import Any

from dash import html


def sign(name: str, role: str = "") -> html.I:
    """A shape: late ▲ · soon ● · done ◆ · way ◐ · answered ◔ · open ○ · cross ✕ · back ⟲; role colours it."""
    hidden: Any = {"aria-hidden": "true"}
    return html.I(className=f"i i-{name} {role}".strip(), **hidden)


def late(*words: Any) -> html.Span:
    """▲ and words, in the one red."""
    return html.Span([sign("late"), " ", *words], className="late")


def soon(*words: Any) -> html.Span:
    """● and words, in amber."""
    return html.Span([sign("soon"), " ", *words], className="soon")


def kept(*words: Any) -> html.Span:
    """◆ in green, and words in the text's own colour."""
    return html.Span([sign("done", "kept"), " ", *words])


def steps(level: int, of: int = 4) -> html.Span:
    """A ladder as blocks, filled up to ``level``."""
    return html.Span([html.I(className="on" if n < level else "") for n in range(of)], className="steps")


def seats(taken: int, of: int) -> html.Span:
    """Seats as boxes, the open ones filled."""
    return html.Span([html.I(className="on" if n < taken else "") for n in range(of)], className="seats")
