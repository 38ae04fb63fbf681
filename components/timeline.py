"""One case on a line of time: the citizen's clock, the unit's clock, and a lane for each kind of step."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
from dash import html

from components import log, steps, timeclocks, timemarks, words
from components.panels import empty, panel
from components.words import N_, _

LANES = (
    ("contact", N_("Contacts"), ("contact", "meet", "feedback")),
    ("callback", N_("Callbacks"), ("callback",)),
    ("supervision", N_("Supervision"), ("cutoff", "item", "raise", "whistle")),
    ("evidence", N_("Evidence"), ()),
)
"""A lane's key in `steps`, its name, and the kinds of limit that will show on it."""

STOPPED = N_("No clock runs: merged, not valid, or closed at a time that nobody recorded.")


def lanes(
    found: pd.DataFrame,
    holders: pd.DataFrame,
    due: pd.DataFrame,
    end: datetime | None,
    rest_days: Sequence[date] = (),
    open_: bool = True,
) -> html.Section:
    """The case up to ``end`` (now, or when it was closed): cases.timeline, cases.holders, cases.deadline.

    ``end`` of None: its clock has stopped and nobody knows when, so there is no line to draw.
    """
    if found.empty or end is None:
        sentence = _("No step is recorded.") if found.empty else _(STOPPED)
        return panel(_("How it went"), empty(sentence), None, "case_clocks", "all")
    shown = timemarks.span(found["at"].min(), max(end, found["at"].max()))
    ground = [*timemarks.rests(shown, rest_days), *([timemarks.now(shown)] if open_ else [])]
    parts: list[Any] = [html.B(_("Citizen's clock"), className="k"), timeclocks.citizen(shown, end, ground)]
    parts += [html.B(_("Unit's clock"), className="k"), timeclocks.units(shown, holders, ground)]
    parts += _events(shown, found, _coming(shown, due) if open_ else due.head(0), ground)
    parts += [html.B(""), timemarks.axis(shown, None if open_ else end)]
    body = html.Div(parts, className="lanes")
    return panel(title(holders, end - shown.start), body, _key(), "case_clocks", "all")


def _coming(shown: timemarks.Span, due: pd.DataFrame) -> pd.DataFrame:
    """The limits still to come that lie within sight."""
    return due[due["state"].isin(["soon", "ahead"]) & (due["due_at"] < shown.reach)]


def _events(shown: timemarks.Span, found: pd.DataFrame, coming: pd.DataFrame, ground: list) -> list[Any]:
    """A lane for each kind of step."""
    parts: list[Any] = []
    lane = found["event"].map(steps.lane)
    for key, name, kinds in LANES:
        marks = timemarks.marks(shown, found[lane == key], coming[coming["kind"].isin(kinds)])
        parts += [html.B(_(name)), html.Div([*ground, *marks], className="track")]
    return parts


def title(holders: pd.DataFrame, clock: timedelta) -> str:
    """Who has held it longest, of how long in all."""
    whole = words.age(clock)
    total = holders["seconds"].sum()
    if not total:
        return _("{span} so far").format(span=whole)
    by = holders.groupby("holder")["seconds"].sum().sort_values(ascending=False)
    share = f"{100 * by.iloc[0] / total:.0f}%"
    return _("Of {span}, {share} with {holder}").format(span=whole, share=share, holder=log.by(by.index[0]))


def _key() -> html.Span:
    parts = [
        (html.I(className="box in"), _("with a unit")),
        (html.I(className="box hub"), _("with the centre")),
        (html.I(className="box out"), _("overdue")),
        (html.I(className="box due"), _("limit")),
        (html.I(className="box off"), _("day off")),
        (html.I(className="i i-open gap"), _("not reached")),
    ]
    return html.Span([piece for part in parts for piece in part])
