"""How many more will be late by the next meeting's cutoff, and with whom: estimates, each with its range."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.overdue_words import moment, opened, unit
from components.panels import empty, panel
from components.records import each, first
from components.rows import width
from components.words import _, ngettext

SHOWN = 6
"""Rows of the panel; what is beyond the first five shares the last."""

Href = Callable[[Any, str], str | None]  # a row and a column → the list behind it

MARKS = (1, 2, 5, 10, 20, 50, 100)
"""What lies between two lines of the axis: the first that needs no more than four of them."""


@dataclass(frozen=True)
class Axis:
    """From nothing to ``top`` cases, a line every ``step``."""

    top: int
    step: int

    @classmethod
    def of(cls, highest: float) -> "Axis":
        step = next((mark for mark in MARKS if highest <= 4 * mark), MARKS[-1])
        return cls(max(step, -int(-highest // step) * step), step)


def expected(found: pd.DataFrame, cutoff: datetime | None, as_of: datetime, href: Href) -> html.Section:
    """Of overdue.expected: the first row is all together, then a unit a row: due, expected, low, high."""
    total = first(found)
    if total is None or cutoff is None:
        return _nothing(_("No meeting is planned, so there is no cutoff."))
    if words.absent(total.due):
        return _nothing(_("The source gives no limits."))
    when = moment(cutoff, as_of)
    if not total.due:
        title = _("None more overdue by {when}").format(when=when)
        return _nothing(_("No open case has its limit before then."), title)
    if words.absent(total.expected):
        said = _("{n} due; no case before them to learn from.")
        return _nothing(_counted(said, total, href))
    title = _("About {n} more overdue by {when} ({range})").format(
        when=when, n=words.number(total.expected), range=words.between(total.low, total.high)
    )
    note = _counted(_("{n} due; 80% range"), total, href)
    drawn = _rows(found.iloc[1:], round(total.expected), href)
    return panel(title, html.Ol(drawn, className="rows willbe"), note, "chances", "three")


def _nothing(said: Any, title: str = "") -> html.Section:
    return panel(title or _("More overdue by the next meeting"), empty(said), None, "chances", "three")


def _rows(units: pd.DataFrame, total: int, href: Href) -> list[html.Li]:
    """The units with most to expect; those beyond the last row share it."""
    known = units.fillna({"expected": 0.0, "low": 0.0, "high": 0.0})
    ordered = known.sort_values(["expected", "due"], ascending=False, kind="stable")
    printed = ordered.assign(printed=whole(list(ordered["expected"]), total))
    cut = SHOWN if len(printed) <= SHOWN else SHOWN - 1
    axis = Axis.of(float(printed["high"].head(cut).max()))
    drawn = [_row(row, axis, href) for row in each(printed.head(cut))]
    return drawn + ([_rest(printed.iloc[cut:], axis)] if len(printed) > cut else [])


def whole(parts: list[float], total: int) -> list[int]:
    """Whole numbers that add up to the total: what rounding down leaves goes to the largest remainders."""
    share = total / sum(parts) if sum(parts) else 0
    exact = [part * share for part in parts]
    made = [int(value + 1e-9) for value in exact]
    by_remainder = sorted(range(len(made)), key=lambda at: made[at] - exact[at])
    for place in by_remainder[: total - sum(made)]:
        made[place] += 1
    return made


def _row(row: Any, axis: Axis, href: Href) -> html.Li:
    """A unit: how many are due, the estimate with its range; bold where the range leaves no doubt."""
    sure = row.low >= 1
    within = html.Span(words.between(row.low, row.high), className="note")
    about: list[Any] = [_about(row.printed), " ", within]
    cells = [
        html.Span(unit(row, _("no unit named")), className="cut"),
        _due(row, href),
        _dot(row, axis),
        html.Span(about, className="r sure" if sure else "r"),
    ]
    return html.Li(cells)


def _rest(rest: pd.DataFrame, axis: Axis) -> html.Li:
    """The units that have no row of their own: their sum, without a range nobody computed."""
    name = ngettext("{n} other unit", "{n} other units", len(rest)).format(n=len(rest))
    cells = [
        html.Span(name, className="cut q"),
        html.Span(_("due {n}").format(n=words.number(rest["due"].sum())), className="note"),
        html.Div(className="dot", style=_lines(axis)),
        html.Span(_about(int(rest["printed"].sum())), className="r q"),
    ]
    return html.Li(cells)


def _due(row: Any, href: Href) -> html.Span:
    return html.Span(_counted(_("due {n}"), row, href), className="note")


def _counted(said: str, row: Any, href: Href) -> html.Span:
    """A sentence whose number opens the cases that are due."""
    before, after = said.split("{n}")
    return html.Span([before, opened(words.number(row.due), href(row, "due")), after])


def _about(n: int) -> str:
    return ngettext("about {n} case", "about {n} cases", n).format(n=words.number(n))


def _lines(axis: Axis) -> dict[str, str]:
    return {"--lines": str(axis.top // axis.step)}


def _dot(row: Any, axis: Axis) -> html.Div:
    low, mid, high = (width(value / axis.top) for value in (row.low, row.expected, row.high))
    line = html.I(style={"left": low, "right": f"calc(100% - {high})"})
    return html.Div([line, html.Em(style={"left": mid})], className="dot", style=_lines(axis))
