"""P6 封存: what a meeting's record holds, then and now with the reasons; corrections and objections."""

from typing import Any

import dash
from dash import Input, Output, callback, dcc, html

from components import meeting_record as drawn
from components import meeting_record_decided as decided
from components import meeting_record_said as beside
from components.frame import VIEW
from pages import recording, recording_lines
from pages.recording_forms import DAY, SAID, form, told
from papers import record
from queries import links
from queries.arguments import Scope

HEAD = "record-head"
FIGURES = "record-figures"
TABLES = "record-tables"
DECIDED = "record-decided"
CORRECTIONS = "record-corrections"
OBJECTIONS = "record-objections"
SLOTS = (HEAD, DECIDED, FIGURES, TABLES, CORRECTIONS, OBJECTIONS)


def layout(day: str = "", **_address: str) -> html.Div:
    slots = [html.Div(id=name, className="slot") for name in SLOTS]
    head, decided, figures, tables, corrections, objections = slots
    aside = [form("freeze"), told("freeze"), objections, form("object"), form("answer")]
    aside += [corrections, form("correct"), dcc.Store(id=DAY, data=day)]
    return drawn.page(head, [decided, figures, tables], aside)


dash.register_page(
    __name__, path_template="/meeting/<day>/record", name="Record of a meeting", layout=layout, order=60
)


@callback(
    Output(HEAD, "children"),
    Input(VIEW, "data"),
    Input(DAY, "data"),
    Input(SAID["freeze"], "children"),
)
def draw_head(_view: dict, day: str, _said: str) -> html.Section:
    found = recording.pack(day)
    kept = recording.kept(found.meeting.actual)
    state = drawn.sealed(kept.record.frozen_at) if kept.record else drawn.unsealed()
    return drawn.head(
        found.meeting,
        "" if kept.problem else state,
        recording_lines.above(found, kept),
        kept.problem,
        recording_lines.warning(found, kept),
    )


@callback(
    Output(DECIDED, "children"),
    Input(VIEW, "data"),
    Input(DAY, "data"),
    Input(SAID["freeze"], "children"),
)
def draw_decided(_view: dict, day: str, _said: str) -> html.Section | None:
    found = recording.pack(day)
    kept = recording.kept(found.meeting.actual)
    return None if kept.problem else decided.decided(recording.matters(found, kept), kept.begun)


@callback(
    Output(FIGURES, "children"),
    Output(TABLES, "children"),
    Input(VIEW, "data"),
    Input(DAY, "data"),
    *(Input(SAID[name], "children") for name in ("freeze", "object", "answer")),
)
def draw_figures(_view: dict, day: str, *_said: str) -> tuple[Any, Any]:
    found, at = recording.pack(day), recording.now()
    kept = recording.kept(found.meeting.actual)
    if kept.record is None:
        return recording_lines.ahead(found, at), None
    differs, told = recording.differences(kept.record, found, at), recording_lines.replies(kept)
    mine = differs[differs["table"] == record.TEN_DAYS]
    lines = recording_lines.compared(kept.record, mine, told, recording_lines.opens(found, at))
    others = differs[differs["table"] != record.TEN_DAYS]
    now = Scope(as_of=at)
    return drawn.figures(lines, lambda number: links.case(now, number)), drawn.tables(
        recording_lines.turned(others)
    )


@callback(
    Output(OBJECTIONS, "children"),
    Output(CORRECTIONS, "children"),
    Input(VIEW, "data"),
    Input(DAY, "data"),
    *(Input(SAID[name], "children") for name in ("correct", "object", "answer")),
)
def draw_said(_view: dict, day: str, *_said: str) -> tuple[Any, Any]:
    held = recording.pack(day).meeting.actual
    kept = recording.kept(held)
    return beside.objections(recording_lines.replies(kept), recording.limit(held)), beside.corrections(
        kept.corrections
    )
