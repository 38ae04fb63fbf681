"""Where the meeting is, for wall and clerk: heard every second, moved by keys and buttons. No page."""

from datetime import date
from typing import Any

import dash
from dash import Input, Output, State, callback, dcc

from components import words
from components.frame import ADDRESS
from pages import agenda
from queries import meetings
from queries.arguments import refuse
from queries.meetings_pack import Pack
from records import Refusal, Unwritable, decisions, places

TICK = "record-meeting-tick"
NOW = "record-meeting-now"  # where the wall is, and a mark that changes with the records
ASK = "record-meeting-ask"  # what a key or a button asks for: the browser's script fills it
ASKED = "record-meeting-asked"  # what became of it

SECOND = 1000
"""Milliseconds between two looks into the records."""


def pieces() -> list[Any]:
    """What both windows have without showing it."""
    return [
        dcc.Interval(id=TICK, interval=SECOND),
        *(dcc.Store(id=name) for name in (NOW, ASK, ASKED)),
    ]


def said(refusal: Refusal) -> str:
    """Its sentence in the reader's language."""
    return refusal.zh if words.language() == "zh" else refusal.en


def pack(path: str, moment: Any) -> Pack:
    """The meeting in the address, at a moment."""
    named = (path or "").strip("/").split("/")[1:2]
    try:
        day = date.fromisoformat(named[0])
    except (ValueError, IndexError):
        raise refuse("day", "".join(named), "请写成 2026-11-26", "write it as 2026-11-26") from None
    return meetings.pack(day, moment)


def heard(day: date) -> dict[str, Any]:
    """Where the wall is and a mark of all decisions; without the records a sentence."""
    try:
        place, known = places.place(day), decisions.of(day)
    except Unwritable as refusal:
        return {"item": "", "version": None, "mark": "", "problem": said(refusal)}
    mark = f"{len(known)}.{sum(one.version for one in known)}"
    return {"item": place.item, "version": place.version, "mark": mark, "problem": ""}


@callback(
    Output(NOW, "data"),
    Input(TICK, "n_intervals"),
    Input(ASKED, "data"),
    State(ADDRESS, "pathname"),
    State(NOW, "data"),
)
def follow(_ticks: int, _asked: dict | None, path: str, known: dict | None) -> dict[str, Any]:
    """Says nothing while nothing has changed."""
    is_same = known is not None and known["path"] == path
    day = date.fromisoformat(known["day"]) if known and is_same else pack(path, agenda.now()).meeting.actual
    now = {"path": path, "day": day.isoformat(), **heard(day)}
    return dash.no_update if now == known else now  # type: ignore[return-value]


@callback(Output(ASKED, "data"), Input(ASK, "data"), State(NOW, "data"))
def act(ask: dict | None, known: dict | None) -> dict[str, Any]:
    """Go to an item, or set its timer; what cannot be kept still moves this window."""
    if not ask or not known:
        raise dash.exceptions.PreventUpdate
    day = date.fromisoformat(known["day"])
    done = {"n": ask["n"], "version": known["version"], "problem": ""}
    try:
        _do(ask, day)
    except Refusal as refusal:
        return {**done, "item": ask.get("go", ""), "problem": said(refusal)}
    return done


def _do(ask: dict, day: date) -> None:
    at = agenda.now()
    if "go" in ask:
        places.go(day, ask["go"], at)
    elif "timer" in ask:
        places.timer(day, bool(ask["timer"]), at)
    else:
        places.reset(day, at)


def here(now: dict, asked: dict | None) -> str:
    """The key of the item shown: where the wall is; where that could not be kept, where this window went."""
    lost = asked and asked["problem"] and asked.get("item") and asked["version"] == now["version"]
    return asked["item"] if asked and lost else now["item"]


def problem(now: dict, asked: dict | None) -> str:
    """Why something is not kept; empty while all is well."""
    return now["problem"] or (asked or {}).get("problem", "")


def clock(day: date) -> places.Place:
    """The place with its timer; of records that cannot be read one that stands."""
    try:
        return places.place(day)
    except Unwritable:
        return places.Place(day)
