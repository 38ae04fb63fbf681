"""The clerk's desk: the order of business, the item on the wall, and the form of what is decided."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from dash import dcc, html

from components import meeting_present, meeting_reasons, notices, words
from components.meeting_present import PARTS, called
from components.meeting_recorded import STATES
from components.panels import panel
from components.signs import sign
from components.terms import term
from components.words import N_, _, ngettext

LONGEST = {"title": 42, "pledge": 90, "owner_post": 40, "reason": 60}
"""Letters: a sentence is two lines of 21 on the wall."""

AWAY = 60
"""Days from the meeting on that may be chosen as a limit."""

PAUSE = 0.6
"""Seconds without a letter until what was written is saved."""

LABELS = {
    "item_group": N_("Kind"),
    "title": N_("Sentence on the wall"),
    "lead_unit_id": N_("In the lead"),
    "assist_unit_ids": N_("Assisting"),
    "owner_post": N_("Leader in charge"),
    "pledge": N_("Pledge"),
    "due": N_("Promised by"),
}

GROUPS = ("supervision", "assignment", "consultation")


def page(*pieces: Any) -> html.Div:
    """The desk of the clerk: pieces flow over six columns."""
    return html.Div([notices.slot("db"), *pieces], className="page plain clerk")


def written(name: str, limit: str, **more: Any) -> dcc.Input:
    """A line of text, handed on after a pause unless told otherwise."""
    usual: Any = {"debounce": PAUSE, **more}
    return dcc.Input(id=name, type="text", value="", maxLength=LONGEST[limit], **usual)


def choice(name: str, options: Any = None, **more: Any) -> dcc.Dropdown:
    """A list to choose from, its own words in the reader's language."""
    said: Any = {
        "search": _("Search"),
        "clear_search": _("Clear"),
        "clear_selection": _("Clear"),
        "no_options_found": _("Nothing found"),
        "select_all": _("All"),
        "deselect_all": _("None"),
        "selected_count": _("{n} chosen").format(n="{num_selected}"),
    }
    return dcc.Dropdown(options or [], id=name, labels=said, **more)


def form(ids: dict[str, str], states: dict[str, str], name: str) -> html.Div:
    """The fields in their order; four have a state."""
    fields = {
        "item_group": dcc.Dropdown(
            [{"value": group, "label": term(group)} for group in GROUPS],
            id=ids["item_group"],
            clearable=False,
        ),
        "title": written(ids["title"], "title"),
        "lead_unit_id": choice(ids["lead_unit_id"], placeholder=_("to be named")),
        "assist_unit_ids": choice(ids["assist_unit_ids"], multi=True, placeholder=words.NOTHING),
        "owner_post": written(ids["owner_post"], "owner_post"),
        "pledge": written(ids["pledge"], "pledge"),
        "due": choice(ids["due"], clearable=False, placeholder=words.NOTHING),
    }
    rows: list[Any] = []
    for field, control in fields.items():
        shown = html.Div(control, className="" if field in states else "wide")
        rows += [html.Label([_(LABELS[field]), *_limit(field)], htmlFor=ids[field]), shown]
        rows += [chosen(states[field])] if field in states else []
    return html.Div(rows, id=name, className="mform")


def _limit(field: str) -> list[Any]:
    """How many signs a line of text takes: a longer one is refused whole, never cut."""
    if field not in LONGEST:
        return []
    return [" ", html.Span(_("at most {n}").format(n=LONGEST[field]), className="s q limit")]


def chosen(name: str) -> dcc.RadioItems:
    """○ proposed, ◐ being recorded, ◆ decided."""
    options: Any = [{"value": code, "label": _(word)} for code, (word, *_shape) in STATES.items()]
    return dcc.RadioItems(options, id=name, inline=True, className="mstates")


def limits(meeting: Any, after: Any, more: Iterable[date]) -> list[dict[str, str]]:
    """Days to choose from: the next meeting first, then every day, and those already said."""
    start = meeting.actual
    days = sorted({*(start + timedelta(days=number) for number in range(AWAY)), *more})
    first = [after.actual] if after else []
    return [
        {"value": day.isoformat(), "label": _next(day, after) if day in first else words.day(day)}
        for day in [*first, *(day for day in days if day not in first)]
    ]


def _next(day: date, after: Any) -> str:
    return _("{day}, {meeting}").format(day=words.day(day), meeting=meeting_present.meeting(after.number))


# ── the order of business ────────────────────────────────────────────────────────────────────────────────


def order(items: Sequence[Any], here: str) -> html.Section:
    """Every item, to be put on the wall by a click; the signs say how far it is recorded."""
    drawn: list[Any] = []
    part, place = "", 0
    for item in items:
        if item.part != part:
            part, place = item.part, 0
            drawn.append(html.H3(_(PARTS[part])))
        if item.is_older and place and not items[items.index(item) - 1].is_older:
            drawn.append(html.H3(_("older, the oldest first")))
        place += 1
        drawn.append(_jump(item, place, item.key == here))
    title = ngettext("{n} item in order", "{n} items in order", len(items)).format(n=len(items))
    return panel(title, html.Div(drawn, className="mlist"))


def _jump(item: Any, place: int, is_here: bool) -> html.Button:
    marks: Any = {"data-go": item.key, **({"aria-current": "true"} if is_here else {})}
    name = html.Span(called(item), className="cut", title=called(item))
    return html.Button([html.Span(str(place), className="q"), name, _progress(item)], **marks)


def _progress(item: Any) -> html.Span:
    """◆ all decided, ◐ some recorded, ○ as proposed; of what was decided before only what is open again."""
    if item.is_reopened:
        return html.Span([sign("back"), " ", _("re-opened")])
    if item.part != "assign":
        return html.Span()
    said = [
        item.states.get(name, "proposed") for name in ("lead_unit_id", "assist_unit_ids", "pledge", "due")
    ]
    if all(state == "decided" for state in said):
        return html.Span([sign("done", "kept"), " ", _("decided")])
    return html.Span(sign("way" if item.version else "open"))


# ── the item on the wall, its buttons, the list's own ────────────────────────────────────────────────────


def matter(item: Any) -> html.Div:
    """What is on the wall, and why it is there."""
    why = meeting_reasons.short(item.row.reasons) if item.part == "assign" and item.row is not None else ""
    kind = "　".join(part for part in (term(item.item_group) if item.item_group else "", item.kind) if part)
    return html.Div([html.P(kind, className="q"), html.H1(called(item)), html.P(why, className="q")])


def moves() -> html.Div:
    """Previous, next, the timer: what the keys do, to be clicked."""
    buttons = {
        "-1": _("← Previous"),
        "+1": _("Next →"),
        "timer": _("Start or stop the timer"),
        "reset": _("Timer to nought"),
    }
    return html.Div([_button(what, name) for what, name in buttons.items()], className="mline")


def _button(what: str, name: str) -> html.Button:
    marks: Any = {"data-go": what}
    return html.Button(name, className="btn", **marks)


def listing(ids: dict[str, str]) -> html.Div:
    """Take the item off with a reason, put one back, add a case by its number.

    A reason that came after a pause could come after the click, and be back once the field was emptied.
    """
    lines = [
        [
            html.Div(
                written(ids["reason"], "reason", placeholder=_("Why it is taken off"), debounce=False),
                className="grow",
            ),
            html.Button(_("Take off the list"), id=ids["remove"], className="btn"),
        ],
        [
            html.Div(choice(ids["removed"], placeholder=_("Taken off before")), className="grow"),
            html.Button(_("Put back"), id=ids["back"], className="btn"),
        ],
        [
            html.Div(
                dcc.Input(id=ids["number"], type="text", placeholder=_("Case number"), maxLength=64),
                className="grow",
            ),
            html.Button(_("Add to the list"), id=ids["add"], className="btn"),
        ],
    ]
    return html.Div([html.Div(line, className="mline") for line in lines])


def off(items: Iterable[Any]) -> list[dict[str, str]]:
    """Items taken off, to be put back, each with its reason."""
    return [
        {
            "value": item.key,
            "label": _("{matter} ({why})").format(matter=called(item), why=item.removed_reason),
        }
        for item in items
    ]
