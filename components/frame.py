"""The frame round every page: the document, the empty slots, and what the browser's script needs to know."""

from html import escape
from pathlib import Path

from dash import dcc, html

from components import notices, words

VIEW = "frame-view"  # the moment and the filters every figure of a page is drawn for
CLOCK = "frame-clock"  # counts refresh steps
WAKE = "frame-wake"  # a hidden tab woke up
ADDRESS = "_pages_location"  # Dash's own: path and search of the address bar
STRIP = "frame-strip"
MENU = "frame-menu"
PROBLEM = "frame-problem"
ALERTS = "frame-alerts"  # what asks for somebody now, by kind
NARROWED = "frame-narrowed"  # a past moment or a filter, said aloud

SHEETS = sorted((Path(__file__).parent.parent / "assets").glob("*.css"))
WALL_PAGES = (
    *("/", "/queues", "/overdue", "/whistles"),
    *("/league?group=town", "/league?group=department", "/league?group=public"),
)

DOCUMENT = """<!DOCTYPE html>
<html lang="{lang}" data-theme="{theme}" data-view="{view}" data-step="{step}" data-lost-after="30"
 data-wall-pages="{walls}">
<head>{metas}<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
{favicon}{css}</head>
<body>{app_entry}<footer>{config}{scripts}{renderer}</footer></body>
</html>"""


def document(step: int, **parts: str) -> str:
    """The HTML document, with the reader's language, theme and view on its root."""
    reader = words.viewer()
    return DOCUMENT.format(
        lang="zh-CN" if reader.language == "zh" else "en",
        theme=reader.theme,
        view="wall" if reader.wall else "desk",
        step=step,
        walls=" ".join(WALL_PAGES),
        **{
            name: parts[name]
            for name in ("metas", "favicon", "css", "app_entry", "config", "scripts", "renderer")
        },
        title=escape(parts["title"]),
    )


def plain_document(said: str) -> str:
    """A document of one sentence, for an address that cannot be understood."""
    sheets = "".join(f'<link rel="stylesheet" href="/assets/{sheet.name}">' for sheet in SHEETS)
    title, home = words._("This address cannot be understood"), words._("To the overview")
    body = (
        f'<main class="sorry"><h1>{escape(title)}</h1>'
        f'<p>{escape(said)}</p><p><a class="n" href="/">{escape(home)}</a></p></main>'
    )
    empty = dict.fromkeys(("metas", "favicon", "config", "scripts", "renderer"), "")
    title = words._("This address cannot be understood")
    return document(10, **{**empty, "css": sheets, "app_entry": body, "title": title})


def sentence(problem: Exception) -> str:
    """What went wrong, for a reader: the problem's own sentence where it has one."""
    own = getattr(problem, words.language(), None)
    return own or words._("A figure could not be drawn; the last one stays. The log of the server says why.")


def layout(page: html.Div, refresh_seconds: int) -> html.Div:
    """Slots for menu, notice, strip and page; nothing in it asks for data."""
    return html.Div(
        [
            html.Nav(id=MENU, className="menu"),
            html.Main(
                [
                    notices.slot("stale"),
                    html.Header(id=STRIP, className="strip"),
                    html.Div(id=NARROWED),
                    html.Div(id=ALERTS),
                    html.P(id=PROBLEM, className="problem", role="alert"),
                    page,
                    notices.slot("lost"),
                ],
                className="board",
            ),
            dcc.Store(id=VIEW),
            dcc.Store(id=WAKE),
            dcc.Interval(id=CLOCK, interval=1000 * refresh_seconds),
        ],
        className="frame",
    )
