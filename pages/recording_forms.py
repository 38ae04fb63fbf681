"""The forms of a record: freezing it, correcting it, objecting to it, answering. No page."""

from collections.abc import Callable
from typing import Any

import dash
from dash import Input, Output, State, callback, html

from components import meeting_record_forms as drawn
from components.frame import VIEW
from components.words import _
from pages import recording
from pages.recording_lines import choices, replies, units, warning
from records import freezing, objections

DAY = "record-day"  # of the meeting in the address
KINDS = ("freeze", "correct", "object", "answer")
FORMS = {name: f"record-form-{name}" for name in KINDS}
SAID = {name: f"record-said-{name}" for name in KINDS}
BUTTONS = {name: f"record-button-{name}" for name in KINDS}
TEXTS = {name: f"record-text-{name}" for name in KINDS}
BY = {name: f"record-by-{name}" for name in KINDS}
UNIT, FIGURE, NUMBER, RULING = "record-unit", "record-figure", "record-number", "record-ruling"


def form(name: str) -> html.Section:
    """One of the forms, out of sight until it may be used."""
    return html.Section(_form(name), id=FORMS[name], className="panel form", hidden=True)


def told(name: str) -> html.P:
    """What became of it; it is read also when the form is gone."""
    return drawn.told(SAID[name])


def _form(name: str) -> list[Any]:
    if name == "freeze":
        return drawn.freezing(BUTTONS[name])
    title = {"correct": _("Append a correction"), "object": _("Object"), "answer": _("Answer an objection")}
    first: dict[str, dict[str, Any]] = {
        "correct": {},
        "object": {_("Unit"): drawn.choice(UNIT), _("Figure"): drawn.choice(FIGURE)},
        "answer": {_("Objection"): drawn.choice(NUMBER), _("Ruling"): drawn.ruling(RULING)},
    }
    fields = {**first[name], _("Text"): drawn.text(TEXTS[name]), _("By (post)"): drawn.line(BY[name])}
    return drawn.form(title[name], fields, BUTTONS[name], SAID[name])


@callback(
    *(Output(FORMS[name], "hidden") for name in FORMS),
    *(Output(name, "options") for name in (UNIT, FIGURE, NUMBER)),
    Output(BUTTONS["freeze"], "message"),
    Input(VIEW, "data"),
    Input(DAY, "data"),
    *(Input(SAID[name], "children") for name in ("freeze", "object", "answer")),
)
def draw_forms(_view: dict, day: str, *_said: str) -> tuple[Any, ...]:
    found, at = recording.pack(day), recording.now()
    kept = recording.kept(found.meeting.actual)
    waiting = [one for one in replies(kept) if one.answer is None]
    may = {
        "freeze": kept.record is None and recording.may_freeze(found, at),
        "correct": kept.record is not None,
        "object": recording.may_freeze(found, at),
        "answer": bool(waiting),
    }
    known = [{"value": code, "label": name} for code, name in units().items()]
    numbers = [{"value": one.number, "label": f"{one.number} · {one.unit} · {one.label}"} for one in waiting]
    ask = drawn.asking(warning(found, kept))
    return *(not may[name] or bool(kept.problem) for name in FORMS), known, choices(), numbers, ask


# ── what is kept ─────────────────────────────────────────────────────────────────────────────────────────


def _written(work: Callable[[], str], text: str) -> tuple[str, str]:
    """What is said, and the text that stays in the form: none once it is kept."""
    said, is_done = recording.done(work)
    return said, "" if is_done else text


@callback(
    Output(SAID["freeze"], "children"),
    Input(BUTTONS["freeze"], "submit_n_clicks"),
    State(DAY, "data"),
    prevent_initial_call=True,
)
def freeze(clicks: int | None, day: str) -> str:
    if not clicks:
        raise dash.exceptions.PreventUpdate
    found, at = recording.pack(day), recording.now()
    if not recording.may_freeze(found, at):
        return _("A record is frozen on the day of the meeting, when its figures are closed.")

    def work() -> str:
        made = recording.freeze(found, at)
        return _("Frozen, checksum {sum}.").format(sum=made.sha256[:12])

    return recording.done(work)[0]


@callback(
    Output(SAID["correct"], "children"),
    Output(TEXTS["correct"], "value"),
    Input(BUTTONS["correct"], "n_clicks"),
    State(DAY, "data"),
    State(TEXTS["correct"], "value"),
    State(BY["correct"], "value"),
    prevent_initial_call=True,
)
def correct(clicks: int | None, day: str, text: str, by: str) -> tuple[str, str]:
    if not clicks:
        raise dash.exceptions.PreventUpdate
    held, at = recording.pack(day).meeting.actual, recording.now()

    def work() -> str:
        made = freezing.correct(held, recording.masked(text), by, at)
        return _("Correction {n} is appended.").format(n=made.number)

    return _written(work, text)


@callback(
    Output(SAID["object"], "children"),
    Output(TEXTS["object"], "value"),
    Input(BUTTONS["object"], "n_clicks"),
    State(DAY, "data"),
    State(UNIT, "value"),
    State(FIGURE, "value"),
    State(TEXTS["object"], "value"),
    State(BY["object"], "value"),
    prevent_initial_call=True,
)
def file(clicks: int | None, day: str, unit: str, figure: str, text: str, by: str) -> tuple[str, str]:
    if not clicks:
        raise dash.exceptions.PreventUpdate
    held, at = recording.pack(day).meeting.actual, recording.now()
    until = recording.limit(held)
    if until is None:
        return _("The working days after the meeting are not known: enter them in calendar_days."), text

    def work() -> str:
        made = objections.file(held, unit, figure, recording.masked(text), by, at, until)
        return _("Objection {n} is filed.").format(n=made.number)

    return _written(work, text)


@callback(
    Output(SAID["answer"], "children"),
    Output(TEXTS["answer"], "value"),
    Input(BUTTONS["answer"], "n_clicks"),
    State(DAY, "data"),
    State(NUMBER, "value"),
    State(RULING, "value"),
    State(TEXTS["answer"], "value"),
    State(BY["answer"], "value"),
    prevent_initial_call=True,
)
def answer(
    clicks: int | None, day: str, number: int | None, ruling: str, text: str, by: str
) -> tuple[str, str]:
    if not clicks:
        raise dash.exceptions.PreventUpdate
    if not number:
        return _("Choose the objection first."), text
    held, at = recording.pack(day).meeting.actual, recording.now()

    def work() -> str:
        made = objections.answer(held, number, recording.masked(text), ruling == "yes", by, at)
        return _("Objection {n} is answered.").format(n=made.number)

    return _written(work, text)
