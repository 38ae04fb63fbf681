"""What every figure means: its words, formula, source and exclusions, as the ⓘ links find them."""

from typing import Any

from dash import html

from components.words import _


def measure(
    name: str, title: str, meaning: str, formula: str, source: str, excluded: str, today: str | None = None
) -> html.Section:
    """One measure under the id its ⓘ links to; ``today`` says how many are excluded now."""
    facts = [
        (_("Formula"), formula),
        (_("Source"), source),
        (_("Left out"), excluded if today is None else f"{excluded} ({today})"),
    ]
    listed: list[Any] = []
    for label, text in facts:
        if text:
            listed += [html.Dt(label), html.Dd(text)]
    return html.Section(
        [html.H2(title), html.P(meaning), html.Dl(listed, className="facts")],
        id=name,
        className="measure two",
    )


def facts(pairs: list[tuple[str, Any]]) -> html.Dl:
    """Labels and what belongs to them, under each other."""
    listed: list[Any] = []
    for label, value in pairs:
        listed += [html.Dt(label), html.Dd(value)]
    return html.Dl(listed, className="facts")
