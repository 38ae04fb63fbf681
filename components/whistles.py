"""Whistles in progress: who was called to which place, who is there, and how the clock stands."""

from typing import Any

import pandas as pd
from dash import html

from components import whistle_chips, words
from components.panels import empty, panel
from components.records import each
from components.signs import late, sign, soon
from components.whistle_clock import bar
from components.whistle_words import Clock, matter, untold
from components.whistle_words import clock as read
from components.words import N_, _

SHOWN = 3  # rows of the overview; more are counted
CHIPS = 4  # more than these and those on the spot fold into one
ROOM = 33.0  # letters that fit side by side; where they do not, words give way but of who is late

STATES = {
    "arrived": ("done", "kept", N_("there")),
    "answered": ("way", "", N_("coming")),
    "departed": ("way", "", N_("coming")),
    "called": ("open", "", N_("missing")),
    "late": ("late", "late", N_("missing")),
}


def active(summons: pd.DataFrame, whistles: int | None = 0) -> html.Section:
    """Open whistles, a row a summons; ``whistles`` is absent where nobody records them.

    Most overdue first. Columns: whistle_id, town, matter, minutes, limit_minutes, last_limit_minutes,
    short_name, role, state, late_minutes, is_told, is_answer_told.
    """
    called = summons[summons["state"] != "ruled_out"]
    if called.empty:
        unknown = words.absent(whistles)
        body: Any = empty(_("no whistles recorded") if unknown else _("No whistle is open."))
        return panel(
            _("Whistles") if unknown else _("No whistle open"), body, None, "whistles_active", "half whistles"
        )
    groups = [group for _key, group in called.groupby("whistle_id", sort=False)]
    listed = [_whistle(group) for group in groups[:SHOWN]]
    listed += [html.Li(className="blank")] * (SHOWN - len(listed))
    body = html.Ul(listed, className="rows")
    return panel(title(called), body, _counts(called), "whistles_active", "half whistles")


def title(called: pd.DataFrame) -> str:
    """How many places, how many units are late and not there, and how many came late."""
    places, missing = called["whistle_id"].nunique(), int((called["state"] == "late").sum())
    came = int(_came_late(called).sum())
    said = words.ngettext("{n} whistle", "{n} whistles", places).format(n=places)
    if not called["is_told"].all():
        return said + _(", ") + untold()
    if not missing and not came:
        return said + _(", none late")
    if missing:
        said += words.ngettext(", {n} unit late", ", {n} units late", missing).format(n=missing)
    if came:
        said += words.ngettext(", {n} unit came late", ", {n} units came late", came).format(n=came)
    return said


def _came_late(group: pd.DataFrame) -> pd.Series:
    return (group["state"] == "arrived") & (group["late_minutes"] > 0)


def _counts(called: pd.DataFrame) -> list[str]:
    state = called["state"]
    if not called["is_told"].all():
        return [_("coming {n}").format(n=state.isin(["answered", "departed"]).sum())]
    there, way = (state == "arrived").sum(), state.isin(["answered", "departed"]).sum()
    return [
        _("there {n}").format(n=there),
        _("coming {n}").format(n=way),
        _("missing {n}").format(n=len(called) - there - way),
    ]


def _whistle(group: pd.DataFrame) -> html.Li:
    rows = list(each(group))
    now = read(rows)
    spent = words.minutes(now.minutes)
    if now.line is not None:
        spent = _("{m} of {limit} min").format(m=now.minutes, limit=int(now.line))
    head = [
        html.B(rows[0].town, className="cut"),
        html.Span(matter(rows[0]), className="cut"),
        html.Span(spent, className="r q"),
        html.Span(_state(now), className="r state"),
    ]
    return html.Li([html.Div(head, className="head"), chips(group), clock(now.spent, now.line, group)])


def _state(now: Clock) -> Any:
    """All there or not, and how far from the limit: a soft one passed is amber, the last one red."""
    if now.is_whole and now.came:
        return html.B(late(_("all there, {n} min late").format(n=now.came)))
    if now.is_whole:
        said = _("all there, {n} min").format(n=now.minutes)
        return html.Span([sign("done", "kept"), " ", said], className="kept")
    if now.late:
        return html.B(late(_("{n} min late").format(n=now.late)))
    if not now.is_told:
        return html.Span(untold(), className="q")
    if now.past:
        return soon(_("{n} min over").format(n=now.past))
    return words.NOTHING if now.limit is None else _("{n} min left").format(n=now.left)


def clock(spent: float, limit: float | None, group: pd.DataFrame) -> html.Div:
    """The bar of one whistle's clock."""
    is_late = spent > group["last_limit_minutes"].iloc[0]
    return bar(spent, limit, bool(is_late), bool((group["state"] == "arrived").all()))


def chips(group: pd.DataFrame) -> html.Div:
    """One chip a unit, the lead first, then the late; many that have arrived in time become one."""
    ordered = whistle_chips.ordered(list(each(group)))
    own, there = whistle_chips.split(ordered)
    is_folding = bool(there) and len(ordered) > CHIPS
    shown = own if is_folding else ordered
    is_tight = sum(whistle_chips.width(row, _said(row)) for row in shown) > ROOM
    drawn = [_chip(row, is_tight) for row in shown]
    if is_folding:
        drawn.append(whistle_chips.folded(len(there)))
    return html.Div(drawn, className="chips")


def _state_of(row: Any) -> tuple[str, str, str]:
    """Sign, role and word of a unit; where nobody records who came, who is silent is not missing."""
    shape, role, word = STATES[row.state]
    silent = row.state == "called" and not row.is_told
    return shape, role, whistle_chips.said(row) if silent else _(word)


def _said(row: Any) -> str:
    """How it stands with a unit."""
    if not whistle_chips.came_late(row):
        return _state_of(row)[2]
    return _("there {late}").format(late=_("{n} min too late").format(n=int(row.late_minutes)))


def _chip(row: Any, is_tight: bool) -> html.Span:
    shape, role, said = _state_of(row)
    if whistle_chips.came_late(row):
        return whistle_chips.chip(row, shape, role, whistle_chips.behind(row)[is_tight:])
    return whistle_chips.chip(row, shape, role, "" if is_tight and row.state != "late" else said)
