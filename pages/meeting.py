"""P6 逢6调度: the meeting that prepares itself — look-back, ten days, candidates, what is not ready yet."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import dash
import pandas as pd
from dash import ALL, Input, Output, State, callback, ctx, dcc, html

from components import (
    layouts,
    meeting_agenda,
    meeting_candidates,
    meeting_days,
    meeting_lookback,
    meeting_rises,
    meeting_shorts,
    rows,
    words,
)
from components.frame import ADDRESS, VIEW
from components.meeting_agenda import Part
from components.words import _
from pages import agenda, agenda_table
from pages.agenda import now as current_moment
from pages.ready import buttons, checks
from queries import feeds, intake, league, links, meetings, overdue, whistles
from queries.arguments import LARGEST_LIMIT, Scope, refuse
from queries.meetings_pack import Pack, pack
from records import Refusal
from rules import rulebook

GROUPS = ("town", "department", "public")
"""Groups of units, each with its own league."""

dash.register_page(__name__, path="/meeting", name="Meeting", order=6)

ORDER = "record-meeting-order"
LOOK_BACK = "meeting-look-back"
DAYS = "meeting-days"
CANDIDATES = "record-meeting-candidates"
SHOWN = "record-meeting-shown"  # keys in the order the reader sees
MOVED = "record-meeting-moved"
REFUSED = "record-meeting-refused"
ISSUES = "meeting-issues"
RISES = "meeting-rises"
READY = "record-meeting-ready"
SHORTS = "meeting-shorts"


def layout(**_address: str) -> html.Div:
    slot = layouts.slot
    kept = [dcc.Store(id=SHOWN), dcc.Store(id=MOVED), html.P(id=REFUSED, className="msaid", role="alert")]
    left, right = (
        [slot(LOOK_BACK), slot(CANDIDATES), *kept, slot(RISES)],
        [slot(DAYS), slot(READY), slot(ISSUES), slot(SHORTS)],
    )
    return layouts.meeting_page(slot(ORDER), left, right)


dash.register_page("meeting_day", path_template="/meeting/<day>", name="Meeting of a day", layout=layout)


def asked(view: dict, path: str) -> Pack:
    """The pack of the meeting in the address, at the page's moment; of the coming one where none is named."""
    named = (path or "").strip("/").split("/")[1:2]
    return pack(_day(named[0]) if named else None, Scope.of(view).as_of)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise refuse("day", text, "请写成 2026-11-26", "write it as 2026-11-26") from None


def href(search: str, day: date) -> str:
    """Another meeting's page, read the same way."""
    return f"/meeting/{day}{search or ''}"


@callback(
    Output(ORDER, "children"), Input(VIEW, "data"), Input(ADDRESS, "pathname"), Input(ADDRESS, "search")
)
def draw_order(view: dict, path: str, search: str) -> list:
    found, book = asked(view, path), rulebook.load().meeting
    parts = Counter(item.part for item in agenda.items(found))
    minutes = {
        agenda.LOOK_BACK: (_("Look-back"), book.minutes_look_back),
        agenda.TEN_DAYS: (_("Ten days"), book.minutes_figures),
        agenda.ASSIGN: (_("To assign"), book.minutes_item),
    }
    order = [Part(name, each * parts[part]) for part, (name, each) in minutes.items()]
    midnight = datetime.combine(found.meeting.actual, time())
    near = meetings.calendar(Scope(as_of=midnight))
    return [
        meeting_agenda.order(order),
        meeting_agenda.neighbours(near, found.meeting.actual, lambda day: href(search, day)),
    ]


@callback(Output(LOOK_BACK, "children"), Input(VIEW, "data"), Input(ADDRESS, "pathname"))
def draw_look_back(view: dict, path: str) -> html.Section:
    found = asked(view, path)
    now = Scope(as_of=found.scope.as_of)
    leads = meeting_lookback.Leads(
        lambda name: links.items(now, name),
        links.items(Scope(now.as_of, end=found.scope.start), "unsettled"),
        lambda item: links.case(now, item.case_id) if item.case_id else None,
    )
    number = found.before.number if found.before else None
    return meeting_lookback.look_back(meetings.look_back(found.scope), number, leads)


@callback(
    Output(CANDIDATES, "children"),
    Output(SHOWN, "data"),
    Input(VIEW, "data"),
    Input(ADDRESS, "pathname"),
    Input(MOVED, "data"),
)
def draw_candidates(view: dict, path: str, _moved: Any) -> tuple[html.Section, list[str]]:
    found = asked(view, path)
    now = Scope(as_of=found.scope.as_of)
    book = meeting_candidates.Book(
        found.scope.as_of,
        found.scope.end,
        lambda row: links.case(now, row.case_id) if row.case_id else None,
        links.data(replace(found.scope, limit=LARGEST_LIMIT), "meetings/candidates"),
        lambda row: (None, meeting_agenda.moves(row.key)),
    )
    ahead = agenda_table.table(found)
    return meeting_candidates.table(ahead, meetings.joining(found.scope), book), ahead["key"].tolist()


@callback(
    Output(MOVED, "data"),
    Output(REFUSED, "children"),
    Input({"type": meeting_agenda.MOVE, "key": ALL, "step": ALL}, "n_clicks"),
    State(VIEW, "data"),
    State(ADDRESS, "pathname"),
    State(SHOWN, "data"),
    prevent_initial_call=True,
)
def move(_clicks: list, view: dict, path: str, shown: list[str]) -> tuple[str, str]:
    """One place up or down; a sentence where somebody else was faster, or nothing can be written."""
    asked_of = ctx.triggered_id
    if not asked_of or not any(_clicks):
        raise dash.exceptions.PreventUpdate
    at = current_moment()
    try:
        agenda_table.move(asked(view, path), asked_of["key"], asked_of["step"], shown, _("desk"), at)
    except Refusal as problem:
        return at.isoformat(), problem.zh if words.language() == "zh" else problem.en
    return f"{at.isoformat()} {asked_of['key']} {asked_of['step']} {sum(click or 0 for click in _clicks)}", ""


@callback(Output(DAYS, "children"), Input(VIEW, "data"), Input(ADDRESS, "pathname"))
def draw_days(view: dict, path: str) -> html.Section:
    found = asked(view, path)
    row = meetings.ten_days(found.scope).iloc[0]
    since = found.before.actual if found.before else found.meeting.nominal
    note = (
        _("figures closed") if found.is_closed else _("as of {at}").format(at=words.clock(found.scope.as_of))
    )
    copy = dcc.Clipboard(target_id=DAYS, title=_("Copy the text"), className="btn")
    return meeting_days.ten_days(row, meetings.identities(found.scope), since, note, opens(found, row), copy)


def opens(found: Pack, row: pd.Series) -> Callable[[str], str | None]:
    """Where each figure of the sentence leads: to its cases, or to items of meetings."""
    of_items = {"all_assigned": "all", "all_closed": "closed", "all_signed": "signed_off"}

    def address(name: str) -> str | None:
        if name in of_items:
            return links.items(Scope(as_of=found.scope.as_of), of_items[name])
        if not row[name]:
            return None
        try:
            return links.behind(found.scope, "meetings/ten_days", name, row.to_dict())
        except KeyError:
            return None

    return address


@callback(Output(ISSUES, "children"), Input(VIEW, "data"), Input(ADDRESS, "pathname"))
def draw_issues(view: dict, path: str) -> html.Section:
    period = asked(view, path).scope
    return rows.issues(
        intake.issues(period), lambda row: links.behind(period, "intake/issues", "received", row)
    )


@callback(Output(RISES, "children"), Input(VIEW, "data"), Input(ADDRESS, "pathname"))
def draw_rises(view: dict, path: str) -> html.Section:
    period = asked(view, path).scope
    now = Scope(as_of=period.as_of)
    return meeting_rises.rises(
        meetings.new_clusters(period),
        meetings.hot_places(period),
        lambda row: None if row.hidden else links.case(now, row.case_id),
        links.opens(period, "meetings/new_clusters", "reports"),
        links.opens(period, "meetings/hot_places", "received"),
        [thing for thing in ("events", "villages") if feeds.told(thing)],
    )


@callback(Output(SHORTS, "children"), Input(VIEW, "data"), Input(ADDRESS, "pathname"))
def draw_shorts(view: dict, path: str) -> html.Section:
    found = asked(view, path)
    now = Scope(as_of=found.scope.as_of)

    def href(page: str, **own: Any) -> str:
        return f"{page}?{links.arguments(now, **own)}"

    return meeting_shorts.shorts(
        tiers(found.scope),
        overdue.both(now).iloc[0],
        overdue.rungs(now),
        whistles.tiles(found.scope).iloc[0],
        href,
    )


def tiers(period: Scope) -> pd.DataFrame:
    """The units of every group with their tier in the period: as the league, and the papers, have it."""
    groups = [league.table(replace(period, group=group)) for group in GROUPS]
    return pd.concat(groups, ignore_index=True)


@callback(Output(READY, "children"), Input(VIEW, "data"), Input(ADDRESS, "pathname"))
def draw_ready(view: dict, path: str) -> html.Section:
    found, now = asked(view, path), Scope.of(view).as_of
    return meeting_agenda.ready(checks(found, now), buttons(found))
