"""P1 指挥总览: the whole city in one look."""

from dataclasses import replace

import dash
import pandas as pd
from dash import Input, Output, callback, html

from components import bands, dots, headlines, layouts, meeting, rows, whistles, windows, words, year
from components.frame import VIEW
from queries import cases, intake, league, links, meetings, overdue, queues
from queries import whistles as blown
from queries.arguments import Scope
from rules import rulebook

dash.register_page(__name__, path="/", name="Overview", order=1)

TILES = "overview-tiles"
INTAKE = "overview-intake"
ISSUES = "overview-issues"
OVERDUE = "overview-overdue"
MEETING = "overview-meeting"
WHISTLES = "overview-whistles"
LEAGUE = "overview-league"
WINDOWS = "overview-windows"
YEAR = "overview-year"

OLDEST_SHOWN = 8


def layout(**_address: str) -> html.Div:
    slot = layouts.slot
    return layouts.overview_page(
        slot(TILES),
        [slot(INTAKE), slot(ISSUES)],
        [slot(OVERDUE), slot(MEETING)],
        [slot(WHISTLES), slot(LEAGUE)],
        [slot(WINDOWS), slot(YEAR)],
    )


def one(found: pd.DataFrame) -> pd.Series:
    """The single row of a question that answers with one."""
    return found.iloc[0]


@callback(Output(TILES, "children"), Input(VIEW, "data"))
def draw_tiles(view: dict) -> list:
    now = Scope.of(view)
    held, late = one(cases.stock(now)), one(overdue.stock(now))
    return [
        headlines.received(one(intake.today(now)), links.behind(now, "intake/today", "received")),
        headlines.open_cases(
            held, *(links.behind(now, "cases/stock", name) for name in ("open", "closed_today"))
        ),
        headlines.overdue(late, links.behind(now, "overdue/stock", "overdue")),
        headlines.due_soon(
            late, *(links.behind(now, "overdue/stock", name) for name in ("due_48h", "due_24h"))
        ),
        headlines.awaiting(one(blown.stock(now))),
        headlines.waiting(one(queues.hall(now)), "/queues?" + links.arguments(now)),
    ]


@callback(Output(INTAKE, "children"), Input(VIEW, "data"))
def draw_intake(view: dict) -> html.Section:
    now = Scope.of(view)
    return bands.intake(intake.by_hour(now), words.weekday(now.as_of), one(intake.today(now)))


@callback(Output(ISSUES, "children"), Input(VIEW, "data"))
def draw_issues(view: dict) -> html.Section:
    now = Scope.of(view)
    return rows.issues(intake.issues(now), lambda row: links.behind(now, "intake/issues", "received", row))


@callback(Output(OVERDUE, "children"), Input(VIEW, "data"))
def draw_overdue(view: dict) -> html.Section:
    now = Scope.of(view)
    total = one(overdue.stock(now))["overdue"]
    return rows.oldest(
        overdue.oldest(now).head(OLDEST_SHOWN), total, lambda late: links.case(now, late.case_id)
    )


@callback(Output(MEETING, "children"), Input(VIEW, "data"))
def draw_meeting(view: dict) -> html.Section:
    now = Scope.of(view)
    coming = meetings.next(now)
    return meeting.following(coming, now.as_of, "/meeting?" + links.arguments(now), is_ready(coming, now))


def is_ready(coming: pd.DataFrame, now: Scope) -> bool:
    """The papers can be made: the meeting is near, and the figures of the ten days agree."""
    left = coming["cutoff"].iloc[0] - now.as_of if len(coming) else pd.NaT
    if pd.isna(left) or left > pd.Timedelta(hours=rulebook.load().meeting.reading):
        return False
    return bool(meetings.identities(meetings.pack(None, now.as_of).scope)["holds"].all())


@callback(Output(WHISTLES, "children"), Input(VIEW, "data"))
def draw_whistles(view: dict) -> html.Section:
    now = Scope.of(view)
    return whistles.active(blown.active(now), one(blown.stock(now))["whistles"])


@callback(Output(LEAGUE, "children"), Input(VIEW, "data"))
def draw_league(view: dict) -> html.Section:
    now = Scope.of(view)
    return dots.league(
        league.satisfaction(now), lambda row: links.cases(replace(now, unit=row.unit_id), "open")
    )


@callback(Output(WINDOWS, "children"), Input(VIEW, "data"))
def draw_windows(view: dict) -> html.Section:
    return windows.strip(queues.windows(Scope.of(view)))


@callback(Output(YEAR, "children"), Input(VIEW, "data"))
def draw_year(view: dict) -> html.P:
    return year.sentence(one(intake.year(Scope.of(view))))
