"""The clerk's window: the item that is on the wall, and the form in which its decision is recorded."""

from typing import Any

import dash
from dash import Input, Output, State, callback, clientside_callback, ctx, dcc, html

from components import layouts
from components import meeting_clerk as drawn
from components import meeting_present as wall
from components.frame import ADDRESS, VIEW
from components.words import _
from pages import agenda, meeting_form, meeting_list, meeting_place, meeting_strip
from pages.agenda import Item
from pages.meeting_form import FIELDS, STATED, Form
from pages.meeting_place import ASKED, NOW
from queries.arguments import Scope
from queries.meetings_pack import Pack
from records import Conflict, Refusal

HEAD = "record-clerk-head"
ORDER = "record-clerk-order"
MATTER = "record-clerk-matter"
FORM = "record-clerk-form"
SAID = "record-clerk-said"
LISTED = "record-clerk-listed"
KNOWN = "record-clerk-known"  # the form as it was drawn: key, version, values
BY, ME = "record-clerk-by", "record-clerk-me"
IDS = {name: f"record-clerk-{name}" for name in FIELDS}
STATES = {name: f"record-clerk-state-{name}" for name in STATED}
LIST = {name: f"record-clerk-{name}" for name in ("reason", "remove", "removed", "back", "number", "add")}
OPTIONS = ("lead_unit_id", "assist_unit_ids", "due")

CONTROLS = [*((name, IDS[name]) for name in FIELDS), *((f"state {name}", STATES[name]) for name in STATED)]


def layout(**_address: str) -> html.Div:
    name = html.Div(
        [
            html.Label(_("Recorded by"), htmlFor=BY),
            html.Div(
                dcc.Input(id=BY, type="text", value="", maxLength=40, debounce=True, persistence=True),
                className="grow",
            ),
        ],
        className="mline",
    )
    said = [
        html.P(id=SAID, className="msaid", role="alert"),
        html.P(id=LISTED, className="msaid", role="alert"),
    ]
    right = [
        layouts.slot(MATTER),
        drawn.moves(),
        *said,
        drawn.form(IDS, STATES, FORM),
        drawn.listing(LIST),
        name,
    ]
    stores = [dcc.Store(id=KNOWN), dcc.Store(id=ME), *meeting_place.pieces()]
    columns = [html.Div(layouts.slot(ORDER), className="col two"), html.Div(right, className="col four")]
    return drawn.page(layouts.slot(HEAD), *columns, *stores)


dash.register_page(
    __name__, path_template="/meeting/<day>/clerk", name="Clerk of the meeting", order=61, layout=layout
)

# A clerk without a name is told from another one by signs that his browser draws.
clientside_callback("() => Math.random().toString(36).slice(2, 6)", Output(ME, "data"), Input(ME, "id"))


def looked_at(
    now: dict | None, asked: dict | None, view: dict | None, path: str
) -> tuple[Pack, list[Item], Item]:
    """The meeting, what it goes through, and what is on the wall."""
    if not now or not view or now["path"] != path:
        raise dash.exceptions.PreventUpdate
    found = meeting_place.pack(path, Scope.of(view).as_of)
    whole = agenda.everything(found)
    listed = [item for item in whole if not item.removed_reason]
    return found, listed, agenda.near(listed, whole, meeting_place.here(now, asked))


@callback(
    Output(HEAD, "children"),
    Output(ORDER, "children"),
    Output(MATTER, "children"),
    Output(LIST["removed"], "options"),
    Input(NOW, "data"),
    Input(ASKED, "data"),
    Input(VIEW, "data"),
    State(ADDRESS, "pathname"),
)
def draw_item(now: dict | None, asked: dict | None, view: dict | None, path: str) -> tuple[Any, ...]:
    found, listed, item = looked_at(now, asked, view, path)
    start = next(n for n, one in enumerate(listed) if one.part == item.part)
    _place, of = agenda.counted(listed, item)
    bar = meeting_strip.bar(found, listed, item, Scope.of(view or {}).as_of)
    keys = [one.key for one in listed]
    head = wall.frame(keys, item.key, start, of, [wall.top(bar)], "slot")
    return head, drawn.order(listed, item.key), drawn.matter(item), drawn.off(agenda.removed(found))


@callback(
    *(Output(control, "value", allow_duplicate=True) for _name, control in CONTROLS),
    *(Output(IDS[name], "options") for name in OPTIONS),
    Output(KNOWN, "data", allow_duplicate=True),
    Output(FORM, "className"),
    Output(SAID, "children", allow_duplicate=True),
    Input(NOW, "data"),
    Input(ASKED, "data"),
    State(VIEW, "data"),
    State(ADDRESS, "pathname"),
    State(KNOWN, "data"),
    *(State(control, "value") for _name, control in CONTROLS),
    prevent_initial_call="initial_duplicate",
)
def fill(
    now: dict | None, asked: dict | None, view: dict | None, path: str, known: dict | None, *typed: Any
) -> tuple:
    """The form of another item; of the same one only where nothing in it waits to be saved."""
    found, _listed, item = looked_at(now, asked, view, path)
    problem = meeting_place.problem(now or {}, asked)
    said = problem or dash.no_update
    if known and known["key"] == item.key:
        waits = Form(known["values"]).changed(_typed(typed))
        if waits or known["version"] == item.version:
            return (*(dash.no_update for _ in range(len(CONTROLS) + len(OPTIONS) + 2)), said)
        said = problem or meeting_form.newer(found, item)
    else:
        said = problem
    values = meeting_form.values(item, agenda.following(found))
    options = meeting_form.options(found, values)
    name = "mform off" if item.part == agenda.TEN_DAYS else "mform"
    return (*(values[one] for one, _ in CONTROLS), *options, _drawn(item, values), name, said)


@callback(
    *(Output(control, "value") for _name, control in CONTROLS),
    Output(KNOWN, "data"),
    Output(SAID, "children"),
    *(Input(control, "value") for _name, control in CONTROLS),
    State(KNOWN, "data"),
    State(NOW, "data"),
    State(VIEW, "data"),
    State(BY, "value"),
    State(ME, "data"),
    prevent_initial_call=True,
)
def keep(*given: Any) -> tuple[Any, ...]:
    """Save what differs from the form as it was drawn; who was too late is told and shown the newest."""
    *typed, known, now, view, name, me = given
    if not known or not now or not view or not known["key"]:
        raise dash.exceptions.PreventUpdate
    values, before = _typed(tuple(typed)), known["values"]
    if not Form(before).changed(values):
        raise dash.exceptions.PreventUpdate
    found = meeting_place.pack(now["path"], Scope.of(view).as_of)
    said = ""
    try:
        meeting_form.save(found, known, values, by(name, me), agenda.now())
    except Conflict as conflict:
        said = meeting_place.said(conflict) + meeting_form.lost(conflict)
    except Refusal as refusal:  # what was written stays in the form, to be saved with the next change
        return (*(dash.no_update for _ in CONTROLS), dash.no_update, meeting_place.said(refusal))
    item = next(one for one in agenda.everything(found) if one.key == known["key"])
    fresh = meeting_form.values(item, agenda.following(found))
    shown = [dash.no_update if fresh[one] == values[one] else fresh[one] for one, _ in CONTROLS]
    return (*shown, _drawn(item, fresh), said)


def by(name: str | None, me: str | None) -> str:
    """Who records: the name given, else the clerk of this window."""
    return (name or "").strip() or _("Clerk {code}").format(code=me or "?")


def _typed(values: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip((name for name, _control in CONTROLS), values, strict=True))


def _drawn(item: Item, values: dict[str, Any]) -> dict[str, Any]:
    key = "" if item.part == agenda.TEN_DAYS else item.key
    return {"key": key, "version": item.version, "values": values}


@callback(
    Output(LISTED, "children"),
    Output(LIST["reason"], "value"),
    Output(LIST["number"], "value"),
    Input(LIST["remove"], "n_clicks"),
    Input(LIST["back"], "n_clicks"),
    Input(LIST["add"], "n_clicks"),
    State(LIST["reason"], "value"),
    State(LIST["removed"], "value"),
    State(LIST["number"], "value"),
    State(LISTED, "children"),
    State(KNOWN, "data"),
    State(NOW, "data"),
    State(VIEW, "data"),
    State(BY, "value"),
    State(ME, "data"),
    prevent_initial_call=True,
)
def change_list(*given: Any) -> tuple[Any, Any, Any]:
    """Take an item off, put one back, add a case; a refusal leaves what was written."""
    reason, removed, number, told, known, now, view, name, me = given[3:]
    if not now or not view:
        raise dash.exceptions.PreventUpdate
    found, at, who = meeting_place.pack(now["path"], Scope.of(view).as_of), agenda.now(), by(name, me)
    try:
        if ctx.triggered_id == LIST["remove"]:
            said = meeting_list.remove(found, known or {}, reason or "", who, at)
        elif ctx.triggered_id == LIST["back"]:
            said = meeting_list.put_back(found, removed or "", who, at)
        else:
            said = meeting_list.add(found, number or "", who, at, told or "")
    except Refusal as refusal:
        return meeting_place.said(refusal), dash.no_update, dash.no_update
    return said, "" if not said else dash.no_update, "" if not said else dash.no_update
