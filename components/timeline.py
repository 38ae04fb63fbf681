"""One case on a line of time: the citizen's clock, the unit's clock, and a lane for each kind of step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
from dash import html

from components import log, steps, words
from components.panels import empty, panel
from components.records import each
from components.signs import sign
from components.words import N_, _

LANES = (
    ("contact", N_("Contacts")),
    ("callback", N_("Callbacks")),
    ("supervision", N_("Supervision")),
    ("evidence", N_("Evidence")),
)
ROOM = 0.07  # free width right of now, for words
LABEL = 0.11  # of the width: steps nearer than this on one lane keep only their sign


@dataclass(frozen=True)
class Span:
    """The time shown; places are shares of its length."""

    start: datetime
    end: datetime

    def at(self, moment: datetime) -> float:
        share = (moment - self.start) / (self.end - self.start)
        return min(max(share, 0.0), 1.0) * (1 - ROOM)


def _left(share: float) -> str:
    return f"{100 * share:.2f}%"


def lanes(
    found: pd.DataFrame,
    holders: pd.DataFrame,
    end: datetime,
    rest_days: Sequence[date] = (),
    open_: bool = True,
) -> html.Section:
    """The case up to ``end`` (now, or when it was closed): columns of cases.timeline and cases.holders."""
    if found.empty:
        return panel(_("How it went"), empty(_("No step is recorded.")), None, "case_clocks", "all")
    span = Span(found["at"].min(), max(end, found["at"].min() + timedelta(hours=1)))
    ground = [*_rests(span, rest_days), *([_now(span)] if open_ else [])]
    parts: list[Any] = [html.B(_("Citizen's clock"), className="k"), _citizen(span, ground)]
    parts += [html.B(_("Unit's clock"), className="k"), _units(span, found, holders, ground)]
    for lane, name in LANES:
        marks = found[found["event"].map(steps.lane) == lane]
        parts += [html.B(_(name)), html.Div([*ground, *_marks(span, marks)], className="track")]
    parts += [html.B(""), _axis(span, open_)]
    body = html.Div(parts, className="lanes")
    return panel(title(holders, span), body, _key(), "case_clocks", "all")


def title(holders: pd.DataFrame, span: Span) -> str:
    """Who has held it longest, of how long in all."""
    whole = words.age(span.end - span.start)
    total = holders["seconds"].sum()
    if not total:
        return _("{span} so far").format(span=whole)
    by = holders.groupby("holder")["seconds"].sum().sort_values(ascending=False)
    share = f"{100 * by.iloc[0] / total:.0f}%"
    return _("Of {span}, {share} with {holder}").format(span=whole, share=share, holder=log.by(by.index[0]))


def _key() -> html.Span:
    parts = [
        ("in", _("with a unit")),
        ("hub", _("with the centre")),
        ("out", _("overdue")),
        ("off", _("day off")),
    ]
    drawn: list[Any] = []
    for kind, label in parts:
        drawn += [html.I(className=f"box {kind}"), label]
    return html.Span(drawn)


def _rests(span: Span, days: Sequence[date]) -> list[html.I]:
    """Days off as a shade behind the lanes."""
    drawn = []
    for day in days:
        morning = datetime.combine(day, datetime.min.time())
        left, right = span.at(morning), span.at(morning + timedelta(days=1))
        if right > left:
            drawn.append(html.I(className="rest", style={"left": _left(left), "width": _left(right - left)}))
    return drawn


def _now(span: Span) -> html.I:
    return html.I(className="nowline", style={"left": _left(span.at(span.end))})


def _citizen(span: Span, ground: list) -> html.Div:
    whole = {"left": "0%", "width": _left(span.at(span.end))}
    said: list[Any] = [
        html.B(words.age(span.end - span.start)),
        "　",
        _("from the first word, never stopped"),
    ]
    return html.Div(
        [*ground, html.Span(said, className="lab"), html.I(className="w me", style=whole)],
        className="track tall",
    )


def _units(span: Span, found: pd.DataFrame, holders: pd.DataFrame, ground: list) -> html.Div:
    """Who had it when: units blue, the centre outlined, red from the limit of the round on."""
    drawn: list[Any] = list(ground)
    for item in each(holders.sort_values("start")):
        left, right = span.at(item.start), span.at(min(item.end, span.end))
        due = _due(found, item)
        where = {"left": _left(left), "width": _left(right - left)}
        drawn.append(html.I(className="w in" if item.kind == "unit" else "w hub", style=where))
        if right - left > LABEL:
            said: list[Any] = [f"{log.by(item.holder)} ", html.B(words.age(item.end - item.start))]
            drawn.append(
                html.Span(
                    said, className="lab cut", style={"left": _left(left), "maxWidth": _left(right - left)}
                )
            )
        if due is not None and due < item.end:
            late = span.at(max(due, item.start))
            beyond = {"left": _left(late), "width": _left(right - late)}
            drawn += [
                html.I(className="w out", style=beyond),
                html.I(className="due", style={"left": _left(span.at(due))}),
            ]
    return html.Div(drawn, className="track tall")


def _due(found: pd.DataFrame, held: Any) -> datetime | None:
    """The last limit set for the round a unit holds it in."""
    if held.kind != "unit" or words.absent(held.round):
        return None
    limits = found.loc[(found["round"] == held.round) & found["due_at"].notna(), "due_at"]
    return limits.max() if len(limits) else None


def _marks(span: Span, marks: pd.DataFrame) -> list[html.Span]:
    """A sign for each step, with words where there is room before the next one."""
    drawn = []
    ordered = marks.sort_values("at")
    places = [span.at(at) for at in ordered["at"]]
    for n, item in enumerate(each(ordered)):
        x = places[n]
        room = (places[n + 1] if n + 1 < len(places) else 1.0) - x
        said = f" {steps.name(item.event, item.detail)}" if room > LABEL else ""
        shape = sign(steps.shape(item.event, item.detail))
        drawn.append(
            html.Span([shape, said], className="mk left", style={"left": _left(x)}, title=words.full(item.at))
        )
    return drawn


def _axis(span: Span, open_: bool) -> html.Div:
    """Five dates at even distances, and now."""
    length = span.end - span.start
    form = words.stamp if length < timedelta(days=5) else words.date
    marks = [
        html.Span(
            form(span.start + length * k / 5),
            style={"left": _left(span.at(span.start + length * k / 5))},
            className="first" if k == 0 else "",
        )
        for k in range(5)
    ]
    last = _("now") if open_ else form(span.end)
    return html.Div(
        [*marks, html.Span(last, className="now", style={"left": _left(span.at(span.end))})], className="axis"
    )
