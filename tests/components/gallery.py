"""The pieces with the figures of the reference pictures: ``python -m tests.components.gallery [port]``.

Addresses: /overview /queues /overdue /intake /case /lost /league /league-other /candidates /present, with
?wall=1, lang=en, theme=light, state=stale|lost|db; /league?wall=1 also with tiers=12,12,5,3 (better, worse,
same, too few).
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
    filters,
    funnel_plot,
    funnels,
    hall,
    headlines,
    ladder,
    layouts,
    league,
    league_columns,
    league_filters,
    league_law,
    league_ledger,
    league_variants,
    league_wall,
    lost,
    meeting,
    meeting_candidates,
    meeting_matter,
    menu,
    notices,
    overdue_chances,
    overdue_clocks,
    overdue_expected,
    overdue_ladder,
    overdue_stages,
    overdue_tiles,
    overdue_units,
    overdue_watch,
    overdue_words,
    panels,
    records,
    rows,
    slope,
    strip,
    whistles,
    windows,
    words,
    year,
)  # fmt: skip
from tests.components import mock, mock_league, mock_meeting, mock_overdue

HERE = Path(__file__).parent.parent.parent
PAGES = [
    ("Overview", "/overview"), ("Window queues", "/queues"), ("Overdue ladder", "/overdue"),
    ("Intake", "/intake"), ("Cases", "/case"), ("Definitions", "/lost"),
    ("League", "/league"), ("League", "/league-other"), ("Meeting", "/candidates"), ("Meeting", "/present"),
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
        [rows.oldest(mock.OLDEST, 37), meeting.following(mock.MEETING, mock.MORNING, "/meeting", True)],
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


def overdue() -> html.Div:
    shown, here = mock_overdue, "/"
    tiles = overdue_tiles.tiles(
        shown.STOCK, shown.BOTH, shown.AGES, lambda name: here, lambda name: here, lambda row, name: here
    )
    columns = ladder.columns(shown.LADDER, shown.RUNGS, shown.RULES, shown.MISSED, overdue_book())
    return layouts.overdue_page(
        html.Div(tiles, className="slot"),
        html.Div(columns, className="slot"),
        overdue_expected.expected(shown.EXPECTED, shown.CUTOFF, shown.NOW, lambda row, name: here),
        overdue_stages.stages(shown.STAGES, 37, lambda row: here),
        *([] if words.viewer().wall else overdue_below()),
    )


def overdue_book() -> overdue_words.Ladder:
    now, agreed = mock_overdue.NOW, mock_overdue.AGREED
    return overdue_words.Ladder(*agreed, now, 48, lambda row: f"/cases/{row.case_id}", lambda name, row: "/c")


def overdue_below() -> list[Any]:
    """What the desk has more than the wall."""
    shown, book, note = mock_overdue, overdue_book(), panels.files("/csv", "/xlsx")

    def counted(_row: Any, _name: str) -> str:
        return "/cases"

    return [
        overdue_ladder.missed(shown.LADDER, shown.MISSED, book, note),
        overdue_ladder.whole(shown.LADDER, shown.RUNGS, shown.RULES, book, note),
        overdue_units.table(shown.UNITS, lambda row: "/", counted, note),
        overdue_watch.extensions(shown.EXTENSIONS, counted, note),
        overdue_chances.chances(shown.CHANCES, shown.SKILL, shown.NOW, book.case, note),
        overdue_watch.bounced(shown.BOUNCED, book, note),
        overdue_clocks.board(shown.CLOCKS, shown.RULEBOOK, counted, note),
    ]


def candidates() -> html.Div:
    shown = mock_meeting
    book = meeting_candidates.Book(shown.NOW, shown.CUTOFF, lambda row: f"/cases/{row.case_id}", "/more")
    return layouts.plain_page(meeting_candidates.table(shown.CANDIDATES, shown.JOINING, book))


def present() -> html.Div:
    shown, item = mock_meeting, records.first(mock_meeting.ITEM)
    drawn = [
        meeting_matter.heading(item, shown.SENTENCE, "滨江路烧烤夜间噪音"),
        meeting_matter.left(item, shown.WEEKS, shown.HOLDERS),
    ]
    return html.Div([notices.slot("db"), *drawn], className="page mpresent")


def nowhere() -> html.Div:
    return lost.lost("/nowhere")


def league_page() -> html.Div:
    return league_on_the_wall() if words.viewer().wall else league_at_the_desk()


def league_on_the_wall() -> html.Div:
    asked = (request.referrer or request.url) if has_request_context() else ""
    tiers = asked.partition("tiers=")[2].partition("&")[0]
    units = mock_league.towns(*map(int, tiers.split(","))) if tiers else mock_league.TABLE
    group = "town" if tiers else "department"
    phrases = dict.fromkeys(units["unit_id"], ("噪音扰民", 14, 30)) if tiers else mock_league.PHRASES
    when = filters.span(mock_league.START, mock_league.END)
    return html.Div(
        [notices.slot("db"), league_wall.wall(units, "satisfaction", phrases, group, when)], className="page"
    )


def league_filter() -> html.Section:
    here = "/league"
    window = (mock_league.START, mock_league.END)
    offered = [(name, here, name == "live") for name in filters.PERIODS]
    rules = [(rule, rule != "first", here) for rule in league_filters.RULES]
    measures = [(name, here, name == "satisfaction") for name in ("satisfaction", *league_columns.SIDE)]
    columns = [(name, here, name in league_columns.USUAL) for name in league_columns.COLUMNS]
    return league_filters.bar(
        league_filters.groups(mock_league.GROUPS, "department", lambda group: here),
        league_filters.measures(measures),
        league_filters.rules(rules),
        league_filters.periods(window, offered),
        league_filters.columns(columns),
    )


def league_at_the_desk() -> html.Div:
    table = league.table(
        mock_league.TABLE,
        "satisfaction",
        league_columns.USUAL,
        lambda row, column: f"/{row.unit_id}/{column}",
        lambda column: f"/sorted/{column}",
        [(words._("as CSV"), "/csv")],
    )
    aside = layouts.column(
        funnel_plot.funnel(mock_league.TABLE, lambda row: f"/{row.unit_id}"),
        league_variants.variants(mock_league.VARIANTS, lambda row: f"/{row.without}"),
        league_ledger.summary(mock_league.COUNTS),
    )
    law = league_law.law(21, 1.05, 3)
    return html.Div([notices.slot("db"), league_filter(), table, aside, law], className="page")


def league_other() -> html.Div:
    excluded = mock_league.EXCLUDED
    ledger = league_ledger.items(mock_league.LEDGER, lambda row: f"/cases/{row.case_id}")
    drawn = [
        slope.slope(mock_league.SLOPE, lambda row: f"/{row.unit_id}"),
        ledger,
        league_ledger.shares(excluded),
    ]
    return layouts.plain_page(*drawn)


DRAWN: dict[str, Any] = {
    "/overview": overview, "/queues": queues, "/overdue": overdue, "/lost": nowhere,
    "/league-other": league_other, "/league": league_page, "/candidates": candidates, "/present": present,
}  # fmt: skip
NAMES = {path: name for name, path in PAGES}


def frame(path: str) -> html.Div:
    moment = mock.AFTERNOON if path in ("/queues", "/overdue") else mock.MORNING
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
