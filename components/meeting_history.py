"""The history of one matter: reports by week above, who had it below, to one scale of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.labels import letters
from components.panels import empty, panel
from components.records import each
from components.signs import sign
from components.words import N_, _, ngettext

WIDE = 60
"""Letters of the note size that the whole width has room for."""

AIR = 1.25
"""The tallest week stands under a fifth of free height, where its label goes."""

DAY = timedelta(days=1)

MONTHS = timedelta(days=60)
"""From so long a history on, the axis has months instead of weeks."""

FEW = 5.0
"""A week of so many reports is as tall as the picture at least: one report is no tower."""

LINES = 2
"""Lines of words under the holders."""

ENDS = {
    "returned": (N_("given back"), "back"),
    "dissatisfied": (N_("closed, not satisfied"), "cross"),
    "sent_back": (N_("sent back"), "back"),
    "answered": (N_("closed"), "done"),
    "passed_on": (N_("passed on"), ""),
}
"""How a unit's time ended, and its sign."""


@dataclass(frozen=True)
class Scale:
    """From when to when; places are fractions from the left."""

    start: datetime
    end: datetime

    def at(self, moment: datetime) -> float:
        share: float = (moment - self.start) / (self.end - self.start)
        return min(max(share, 0.0), 1.0)


def history(item: Any, weeks: pd.DataFrame, holders: pd.DataFrame) -> html.Section:
    """Of matter_weeks and matter_holders; the row of meetings.matter for the title."""
    if weeks.empty:
        return panel(title(item), empty(_("No report of this matter is known.")), None, None, "mhistory")
    scale = Scale(weeks["start"].min(), weeks["end"].max())
    body = [html.Div(_bars(weeks, scale), className="mbars")]
    if len(holders):
        body += [html.Div([*_segments(holders, scale)], className="msegs")]
        body += [html.Div([*_ends(holders, scale)], className="mends")]
    body += [html.Div([*_axis(weeks, scale)], className="axis maxis")]
    return panel(title(item), body, _note(weeks, holders), None, "mhistory")


def title(item: Any) -> str:
    """Through how many hands in how long, and whether the reports rise."""
    day = words.days(item.waiting_days)
    hands = ngettext("{days}: sent out {n} time", "{days}: sent out {n} times", int(item.hands))
    said = hands.format(days=day, n=words.number(item.hands))
    return said + (_(", reports rise sharply") if '"surge"' in str(item.reasons) else "")


def _note(weeks: pd.DataFrame, holders: pd.DataFrame) -> list[str]:
    last = weeks.iloc[-1]
    above = _("above: reports by week")
    if not last["is_complete"]:
        span = max(round((last["end"] - last["start"]) / DAY), 1)
        told = _("above: reports by week (last bar {days}, {n})")
        above = told.format(days=words.days(span), n=words.number(last["reports"]))
    return [above, _("below: who had it")] if len(holders) else [above]


# ── weeks ────────────────────────────────────────────────────────────────────────────────────────────────


def _bars(weeks: pd.DataFrame, scale: Scale) -> list[Any]:
    top = AIR * max(float(weeks["reports"].max()), FEW)
    bars = [_bar(row, scale, top) for row in each(weeks)]
    return [*bars, _peak(weeks, scale, top)]


def _bar(row: Any, scale: Scale, top: float) -> html.I:
    state = "open" if not row.is_complete else "up" if row.is_period else ""
    left, right = scale.at(row.start), scale.at(row.end)
    place = {"left": _share(left), "width": f"calc({_share(right - left)} - var(--s-1))"}
    return html.I(className=state, style={**place, "height": _share(row.reports / top)})


def _peak(weeks: pd.DataFrame, scale: Scale, top: float) -> html.Span:
    """The highest week in words, on the side that has room; of equal ones the last."""
    whole = weeks[weeks["is_complete"]]
    known = whole if len(whole) else weeks
    row = next(each(known[known["reports"] == known["reports"].max()].tail(1)))
    others = known[known["start"] != row.start]["reports"]
    said = _("week from {day}: {n}").format(day=f"{row.start:%m-%d}", n=words.number(row.reports))
    range_ = words.number(others.min()) if len(others) and others.min() == others.max() else ""
    rest = range_ or (words.between(others.min(), others.max()) if len(others) else "")
    plain = ngettext("the other week {range}", "the other {n} weeks {range}", len(others))
    beside = f"　{plain.format(n=len(others), range=rest)}" if len(others) else ""
    left, right = scale.at(row.start), scale.at(row.end)
    side = {"right": _share(1 - left)} if left > 0.5 else {"left": _share(right)}
    style = {**side, "bottom": _share(min(row.reports / top, 0.9))}
    return html.Span([html.B(said), beside], className="mpeak", style=style)


def _share(share: float) -> str:
    return f"{100 * share:.2f}%"


# ── holders ──────────────────────────────────────────────────────────────────────────────────────────────


def _units(holders: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """The stretches with a unit that lie in sight; between them the centre had it."""
    return holders[(holders["kind"] == "unit") & (holders["end"] > scale.start)]


def _segments(holders: pd.DataFrame, scale: Scale) -> Iterator[html.Span]:
    for row in each(_units(holders, scale)):
        left, right = scale.at(row.start), scale.at(row.end)
        spent = f" {words.days(int(row.days))}" if row.days >= 1 else ""
        named = [_name(row) + spent, _name(row)]
        said = next((text for text in named if _fits(text, right - left)), "")
        style = {"left": _share(left), "width": f"max(calc({_share(right - left)} - var(--s-1)), 3px)"}
        yield html.Span(said, className="now" if row.end_word == "holding" else None, style=style)


def _fits(text: str, share: float) -> bool:
    return letters(text) <= share * WIDE - 1


def _name(row: Any) -> str:
    return row.unit or words.NOTHING


def _ends(holders: pd.DataFrame, scale: Scale) -> Iterator[html.Span]:
    """How each stretch ended, under its end; the last first, and what finds no room is left out."""
    free = [1.0] * LINES
    for row in reversed([*each(_units(holders, scale))]):
        said, mark = _end(row, _fits(_name(row), scale.at(row.end) - scale.at(row.start)))
        width = (letters(said) + 2.5) / WIDE
        right = max(scale.at(row.end), width)
        line = next((number for number in range(LINES) if right <= free[number] + 1e-9), None)
        if line is None:
            continue
        free[line] = right - width
        style = {"right": _share(1 - right), "--line": str(line)}
        yield html.Span([sign(mark), " ", said] if mark else said, style=style)


def _end(row: Any, is_named: bool) -> tuple[str, str]:
    """Words and sign; whose it was only where the stretch itself has no room for the name."""
    if row.end_word == "holding":
        said, mark = _("in hand, round {n}").format(n=int(row.round)), ""
    else:
        word, mark = ENDS.get(row.end_word, (str(row.end_word), ""))
        said = _(word)
    return (said if is_named else f"{_name(row)} {said}"), mark


def _axis(weeks: pd.DataFrame, scale: Scale) -> Iterator[html.Span]:
    """The first day, then months or weeks where they have room."""
    yield html.Span(words.date(scale.start), className="first", style={"left": "0%"})
    taken = (letters(words.date(scale.start)) + 2) / WIDE
    for moment, said in _ticks(weeks, scale):
        half, place = (letters(said) + 1) / WIDE / 2, scale.at(moment)
        if place - half > taken and place + half <= 1:
            taken = place + half
            yield html.Span(said, style={"left": _share(place)})


def _ticks(weeks: pd.DataFrame, scale: Scale) -> list[tuple[datetime, str]]:
    if scale.end - scale.start < MONTHS:
        return [(at, f"{at:%m-%d}") for at in weeks["start"].iloc[1:]]
    firsts = pd.date_range(scale.start, scale.end, freq="MS", normalize=True)
    return [(at, _month(at)) for at in firsts]


def _month(at: datetime) -> str:
    return f"{at.month}月" if words.language() == "zh" else words.MONTHS[at.month - 1]
