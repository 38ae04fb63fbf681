"""A headline figure: rule, label, figure with its unit, the change, and one explaining fact."""

from typing import Any

from dash import html

from components.panels import definition, linked
from components.signs import sign


def stamp() -> html.Span:
    """The moment of a frozen picture; the browser fills it when data stop coming."""
    marks: Any = {"data-stamp": ""}
    return html.Span(className="stamp", **marks)


def tile(
    label: str,
    figure: str,
    unit: str = "",
    left: Any = None,
    right: Any = None,
    state: str | None = None,
    href: str | None = None,
    measure: str | None = None,
) -> html.Section:
    """One tile; ``state`` late (red rule, ▲, bold) or soon (amber rule, ●); ``href`` opens the list."""
    shape: list[Any] = [html.Span(sign(state), className=state), " "] if state else []
    return html.Section(
        [
            html.H2([stamp(), *shape, label, " ", definition(measure)]),
            html.Span([linked(figure, href), html.Small(unit)], className="fig"),
            html.P([html.Span(left), html.Span(right, className="q cut")]),
        ],
        className=f"tile is-{state}" if state else "tile",
    )
