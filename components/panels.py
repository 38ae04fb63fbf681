"""A panel: a rule, a title that is a finding, a quiet note, a body. And the links every piece shares."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from components.words import _


def linked(children: Any, href: str | None, className: str | None = None) -> Any:  # noqa: N803 (Dash's name)
    """The children, leading to ``href`` when there is one."""
    if href is None:
        return html.Span(children, className=className)
    return dcc.Link(children, href=href, className=className)


def definition(measure: str | None) -> Any:
    """ⓘ: what a figure means. Shown at the desk, hidden on the wall."""
    if measure is None:
        return None
    return dcc.Link("ⓘ", href=f"/definitions#{measure}", className="def", title=_("What this means"))


def files(csv: str, xlsx: str) -> html.Span:
    """The same figures to take away: the addresses of the CSV and of the Excel file."""
    links = [
        html.A(_("as CSV"), href=csv, className="btn"),
        html.A(_("as Excel"), href=xlsx, className="btn"),
    ]
    return html.Span(links, className="files")


def tick(label: str) -> html.Span:
    """A mark's explanation for a panel's note: | 上期日均."""
    return html.Span([html.I(className="tick"), label])


def empty(sentence: str) -> html.P:
    """What an empty panel says instead of a picture."""
    return html.P(sentence, className="empty")


def panel(
    title: Any,
    body: Any,
    note: Any = None,
    measure: str | None = None,
    className: str = "",  # noqa: N803 (Dash's name)
    foot: Any = None,
) -> html.Section:
    """A panel; ``note`` (a string, or pieces set apart) stands right on the title's line, ``foot`` below."""
    heading = html.H2([title, " ", definition(measure)], className="cut")
    pieces: Sequence[Any] = note if isinstance(note, list | tuple) else [note]
    notes = [html.Span(piece) if isinstance(piece, str) else piece for piece in pieces if piece]
    header = html.Header([heading, html.Span(notes, className="note cut")])
    below = [html.P(foot, className="note foot cut")] if foot else []
    return html.Section(
        [header, *(body if isinstance(body, list) else [body]), *below],
        className=f"panel {className}".strip(),
    )
