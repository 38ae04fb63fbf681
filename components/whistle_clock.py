"""A whistle's clock as a bar to one and a half limits, so that every limit stands on one line."""

from dash import html

from components.rows import width

LIMIT_AT = 2 / 3
"""Where the limit stands on every bar."""


def bar(spent: float, limit: float | None, is_late: bool, is_whole: bool) -> html.Div:
    """Blue up to the limit (green once all are there), beyond it red, or amber as long as a soft limit is
    followed by a last one. Without a limit the bar stays empty.
    """
    if not limit:
        return html.Div(className="bar")
    used = LIMIT_AT * spent / limit
    parts = [html.I(style={"width": width(min(used, LIMIT_AT))})]
    if used > LIMIT_AT:
        beyond = {"left": width(LIMIT_AT), "width": width(min(used, 1) - LIMIT_AT)}
        parts.append(html.I(className="over" if is_late else "warn", style=beyond))
    mark = html.U(style={"left": width(LIMIT_AT)})
    return html.Div([*parts, mark], className="bar done" if is_whole else "bar")
