"""The pieces with the figures of the reference pictures: ``python -m tests.components.gallery [port]``.

Addresses: /overview /queues /intake /case /lost, with ?wall=1, lang=en, theme=light, state=stale|lost|db
To be laid beside design/mock/*.png by a person; nothing here is compared pixel by pixel.
"""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import dash
from dash import html
from flask import Flask, Response, has_request_context, jsonify, request

from components import (
    advice,
    bands,
    dots,
    funnels,
    hall,
    headlines,
    layouts,
    lost,
    meeting,
    menu,
    notices,
    rows,
    strip,
    whistles,
    windows,
    words,
    year,
)  # fmt: skip
from tests.components import mock

HERE = Path(__file__).parent.parent.parent
PAGES = [
    ("Overview", "/overview"), ("Window queues", "/queues"), ("Intake", "/intake"), ("Cases", "/case"),
    ("Definitions", "/lost"),
]  # fmt: skip


def overview() -> html.Div:
    tiles = [
        headlines.received(mock.TODAY, "/"),
        headlines.open_cases(mock.STOCK, "/", "/"),
        headlines.overdue(mock.OVERDUE, "/"),
        headlines.due_soon(mock.OVERDUE, "/", "/"),
        headlines.awaiting(mock.WHISTLES),
        headlines.waiting(mock.HALL_MORNING, "/queues"),
    ]
    return layouts.overview_page(
        html.Div(tiles, className="slot"),
        [bands.intake(mock.BY_HOUR, words.weekday(mock.MORNING), mock.TODAY), rows.issues(mock.ISSUES)],
        [rows.oldest(mock.OLDEST, 37), meeting.following(mock.MEETING, mock.MORNING)],
        [whistles.active(mock.SUMMONS), dots.league(mock.SATISFACTION)],
        [windows.strip(mock.STRIP), *year_line()],
    )


def year_line() -> list[Any]:
    asked = (request.referrer or "") if has_request_context() else ""
    return [year.sentence(mock.YEAR)] if "year=1" in asked else []


def queues() -> html.Div:
    return layouts.queues_page(
        html.Div(hall.tiles(mock.HALL, 30, 0.25), className="slot"),
        windows.board(mock.WINDOWS),
        bands.arrivals(mock.ARRIVALS, words.weekday(mock.AFTERNOON)),
        funnels.visits(mock.VISITS, 12, 11),
        advice.advice(mock.ADVICE),
    )


def nowhere() -> html.Div:
    return lost.lost("/nowhere")


DRAWN: dict[str, Any] = {"/overview": overview, "/queues": queues, "/lost": nowhere}
NAMES = {path: name for name, path in PAGES}


def frame(path: str) -> html.Div:
    moment = mock.AFTERNOON if path == "/queues" else mock.MORNING
    top = strip.strip(NAMES[path], moment, mock.NEWEST, mock.MEETING)
    board = [notices.slot("stale"), html.Header(top, className="strip"), DRAWN[path](), notices.slot("lost")]
    nav = html.Nav(menu.links(PAGES, path), className="menu")
    return html.Div([nav, html.Main(board, className="board")], className="frame")


def page() -> html.Div:
    """Drawn for the address of the document that asks (the layout is a second request)."""
    asked = (request.referrer or request.url) if has_request_context() else ""
    return frame(next((path for path in DRAWN if path in asked), "/overview"))


def viewer() -> words.Viewer:
    asked = request.full_path if request.path in DRAWN else request.referrer or ""
    return words.Viewer(
        "en" if "lang=en" in asked else "zh",
        "light" if "theme=light" in asked else "dark",
        "wall=1" in asked,
    )


class Gallery(dash.Dash):
    """Dash with the root attributes of the board."""

    def interpolate_index(self, **parts: Any) -> str:
        said = words.viewer()
        state = request.args.get("state", "")
        root = f'<html lang="{"en" if said.language == "en" else "zh-CN"}" data-theme="{said.theme}"'
        root += f' data-view="{"wall" if said.wall else "desk"}"' + (
            f' data-state="{state}"' if state else ""
        )
        return super().interpolate_index(**parts).replace("<html", root, 1)


def pulse() -> Response:
    """What the board's own pulse would say in the state the address asks for."""
    state = request.args.get("state", "ok")
    said = {"stale": notices.stale, "lost": notices.lost, "db": notices.db}.get(state)
    facts = (
        notices.stale_facts(mock.MORNING - timedelta(minutes=14), mock.MORNING) if state == "stale" else {}
    )
    facts |= {"picture": "09:42", "now": "09:47", "minutes": "5", "tries": "11"}
    beat = {
        "state": state,
        "moment": "09:42",
        "words": said() if said else None,
        "facts": facts,
        "lost": None,
    }
    return jsonify(beat)


def make() -> Gallery:
    words.name_centre("宁溪市民声调度中心")
    server = Flask("gallery")
    server.add_url_rule("/pulse", view_func=pulse)
    server.before_request(lambda: words.use(viewer()))
    gallery = Gallery("gallery", server=server, assets_folder=str(HERE / "assets"))
    gallery.layout = page
    return gallery


if __name__ == "__main__":
    make().run(port=int(sys.argv[1]) if len(sys.argv) > 1 else 8070)
