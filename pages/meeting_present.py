"""P6 演示: the meeting on the wall, one item a screen, and beside it what the clerk records, live."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import dash
from dash import Input, Output, State, callback, dcc, html

from components import meeting_days, meeting_matter, meeting_recorded, notices
from components import meeting_present as drawn
from components.frame import ADDRESS, VIEW
from components.records import first
from pages import agenda, meeting_place, meeting_strip
from pages.agenda import Item
from pages.meeting_place import ASKED, NOW
from queries import meetings
from queries import meetings_bulletin as figures
from queries.arguments import Scope
from queries.meetings_pack import Pack

SCREEN = "record-present-screen"
PROBLEM = "record-present-problem"
AHEAD = "record-present-ahead"  # the item that comes next, so that it is known before it is shown
WARM = "record-present-warm"


def layout(**_address: str) -> html.Div:
    screen = html.Div(id=SCREEN, className="slot")
    stores = [dcc.Store(id=AHEAD), dcc.Store(id=WARM), *meeting_place.pieces()]
    problem = html.P(id=PROBLEM, className="problem all", role="alert")
    return html.Div([screen, problem, notices.slot("db"), *stores], className="page present")


dash.register_page(
    __name__, path_template="/meeting/<day>/present", name="Meeting on the wall", order=60, layout=layout
)


@callback(
    Output(SCREEN, "children"),
    Output(PROBLEM, "children"),
    Output(AHEAD, "data"),
    Input(NOW, "data"),
    Input(ASKED, "data"),
    Input(VIEW, "data"),
    State(ADDRESS, "pathname"),
)
def draw_screen(now: dict | None, asked: dict | None, view: dict | None, path: str) -> tuple[Any, ...]:
    if not now or not view or now["path"] != path:
        raise dash.exceptions.PreventUpdate
    found, moment = meeting_place.pack(path, Scope.of(view).as_of), Scope.of(view).as_of
    whole = agenda.everything(found)
    listed = [item for item in whole if not item.removed_reason]
    item = agenda.near(listed, whole, meeting_place.here(now, asked))
    place = listed.index(item)
    ahead = listed[place + 1] if place + 1 < len(listed) else None
    screen = [drawn.top(meeting_strip.bar(found, listed, item, moment)), *body(found, item, ahead, moment)]
    start, count = (
        next(n for n, one in enumerate(listed) if one.part == item.part),
        agenda.counted(listed, item)[1],
    )
    keys = [one.key for one in listed]
    frame = drawn.frame(keys, item.key, start, count, screen, "slot")
    return frame, meeting_place.problem(now, asked), ahead.case_id if ahead else ""


def body(found: Pack, item: Item, ahead: Item | None, moment: datetime) -> list[Any]:
    """Heading, facts, and what is recorded."""
    following = drawn.called(ahead) if ahead else ""
    if item.part == agenda.TEN_DAYS:
        return [ten_days(found)]
    return [*facts(found, item, following, moment), meeting_recorded.record(item, agenda.following(found))]


def facts(found: Pack, item: Item, following: str, moment: datetime) -> list[Any]:
    """The matter of its case, as it is now if it came after the cutoff; without a case its name only."""
    scope = replace(found.scope, case=item.case_id or None)
    matter = meetings.matter(scope) if item.case_id else None
    if matter is None and item.case_id:
        scope = replace(scope, as_of=moment)
        matter = meetings.matter(scope)
    if matter is None:
        return [drawn.bare(item, following), drawn.nothing()]
    row = first(matter)._replace(item_group=item.item_group)
    sentence = "" if row.hidden or item.hidden else drawn.called(item)
    left = meeting_matter.left(row, meetings.matter_weeks(scope), meetings.matter_holders(scope))
    return [meeting_matter.heading(row, sentence, following), left]


def ten_days(found: Pack) -> html.Section:
    """The bulletin's sentence, in large type, without links."""
    row, sums = figures.ten_days(found.scope).iloc[0], figures.identities(found.scope)
    since = found.before.actual if found.before else agenda.begins(found)
    note = drawn.until(found.scope.as_of, found.is_closed)
    return meeting_days.ten_days(row, sums, since, note, lambda _name: None, None)


@callback(Output(WARM, "data"), Input(AHEAD, "data"), State(VIEW, "data"), State(ADDRESS, "pathname"))
def know_ahead(code: str | None, view: dict | None, path: str) -> str:
    """Asks about the next item before it is shown, so that the room does not wait."""
    if not code or not view:
        raise dash.exceptions.PreventUpdate
    scope = replace(meeting_place.pack(path, Scope.of(view).as_of).scope, case=code)
    for question in (meetings.matter, meetings.matter_weeks, meetings.matter_holders):
        question(scope)
    return code
