"""What every Plotly figure shares: the palette of the viewer's theme, a lean template, the graph itself."""

from typing import Any

from dash import dcc

from components import words

# The same values as assets/01-tokens.css (a test compares them): Plotly cannot read CSS variables.
PALETTE = {
    "dark": {
        "bg": "#0B1220", "text": "#E8EEF7", "quiet": "#9DB0CC", "line": "#22304A", "line-strong": "#4A5F85",
        "plain": "#4DA3FF", "plain-dim": "#38689C", "kept": "#3FB68B", "late": "#FF5D5D", "band": "#2A3B5A",
    },
    "light": {
        "bg": "#FFFFFF", "text": "#111B2E", "quiet": "#44546E", "line": "#D8DFEA", "line-strong": "#8494AE",
        "plain": "#1459A8", "plain-dim": "#5F93CC", "kept": "#1F8A64", "late": "#D92D20", "band": "#DCE4F0",
    },
}  # fmt: skip
SANS = "Noto Sans SC, Source Han Sans SC, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"


def colour(role: str) -> str:
    """A colour by its role, in the viewer's theme."""
    return PALETTE[words.viewer().theme][role]


def template() -> dict[str, Any]:
    """Fonts, colours and margins, and nothing of the stock template."""
    clear = "rgba(0,0,0,0)"
    size = 20 if words.viewer().wall else 14
    return {
        "layout": {
            "font": {"family": SANS, "size": size, "color": colour("text")},
            "paper_bgcolor": clear,
            "plot_bgcolor": clear,
            "margin": {"l": 0, "r": 0, "t": 8, "b": 8},
            "hoverlabel": {"bgcolor": colour("bg"), "bordercolor": colour("line-strong")},
        }
    }


def graph(traces: list[dict[str, Any]], height: str, **layout: Any) -> dcc.Graph:
    """A figure as tall as ``height`` (CSS) and as wide as its panel."""
    figure = {"data": traces, "layout": {"template": template(), "autosize": True, **layout}}
    config: Any = {"displayModeBar": False, "responsive": True}
    return dcc.Graph(figure=figure, config=config, responsive=True, style={"height": height})
