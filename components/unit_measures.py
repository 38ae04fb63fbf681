"""Every measure of a unit: now with its interval, before, the median of its group, and how it moved."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import definition, empty, linked, panel
from components.records import each
from components.rows import width
from components.words import N_, _, ngettext

NAMES = {
    "satisfaction": N_("Satisfaction"),
    "on_time": N_("On-time rate"),
    "on_time_original": N_("On-time rate, first limit"),
    "response": N_("Response rate"),
    "resolution": N_("Resolution rate"),
    "signing": N_("Signed in time"),
    "closure": N_("Closure rate"),
    "closed_late": N_("Closed late"),
    "sent_back": N_("Rework rate"),
    "repeats": N_("Repeat rate"),
    "returns": N_("Return rate"),
    "participation": N_("Participation"),
    "reach": N_("Reach rate"),
    "callback": N_("Callback rate"),
    "whistles": N_("Arrived in time"),
}


def name(measure: str) -> str:
    """What a measure is called; one we do not know is shown by its code."""
    return _(NAMES[measure]) if measure in NAMES else measure


def count(hits: float) -> str:
    """A count; half a hit (partly resolved) keeps its half."""
    return words.number(hits) if float(hits).is_integer() else words.points(hits)


def fraction(row: Any) -> str:
    """k of the base: where a part weighs half, what the cases weigh, so that the fraction is the rate."""
    return f"{count(row.k)}/{count(getattr(row, 'base', row.n))}"


def unit_of_count(row: Any) -> str:
    """The measure word behind k/n."""
    return _("cases") if row.unit_of_count == "case" else _("summons")


def table(rows: pd.DataFrame, href: Callable[[Any], str | None]) -> html.Section:
    """Of units.measures, a row each; k/n opens its cases, summons open nothing."""
    heads: list[Any] = [
        "",
        _("This period"),
        _("rate"),
        _scale(),
        _("before"),
        _("change"),
        _("group median"),
    ]
    if rows.empty:
        return panel(_("All measures"), empty(_("No measure is known for this unit.")), None, None, "four")
    sides = ["", "r", "r", "", "r", "r", "r"]
    head = [html.Th(said, className=side) for said, side in zip(heads, sides, strict=True)]
    body = [html.Tr(_cells(row, href), className="bad" if row.worse else None) for row in each(rows)]
    drawn = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="tbl umeasures")
    key = html.Span([html.I(className="tick"), _("median of the group")])
    return panel(_title(rows), drawn, [_("line: 95% interval"), key], None, "four")


def _title(rows: pd.DataFrame) -> str:
    worse, known = int(rows["worse"].sum()), int((rows["n"] > 0).sum())
    if not known:
        return _("All measures: nothing to count")
    if not worse:
        return _("None of {n} measures clearly worse").format(n=known)
    said = ngettext("{k} of {n} measures clearly worse", "{k} of {n} measures clearly worse", worse)
    return said.format(k=worse, n=known)


def _cells(row: Any, href: Callable[[Any], str | None]) -> list[html.Td]:
    label = [name(row.measure), " ", definition(row.measure)]
    if not row.n:
        gone = html.Td(words.no_sample(), colSpan=3, className="q none")
        return [html.Td(label), gone, *_compared(row)]
    opens = href(row) if row.unit_of_count == "case" else None
    now = [linked(fraction(row), opens, "n"), " ", html.Small(unit_of_count(row), className="q")]
    drawn = html.Td(interval(row), className="picture")
    return [
        html.Td(label), html.Td(now, className="r nb"), html.Td(words.percent(row.rate), className="r rate"),
        drawn, *_compared(row),
    ]  # fmt: skip


def _compared(row: Any) -> list[html.Td]:
    before = html.Td(words.percent(row.before_rate), className="r q")
    return [before, html.Td(moved(row), className="r nb"), html.Td(words.percent(row.median), className="r")]


def moved(row: Any) -> Any:
    """The change in points where the data support it, bold for the worse; else level, or nothing known."""
    if row.move not in ("up", "down"):
        return html.Span(_("steady") if row.move == "level" else words.NOTHING, className="q")
    points = words.points(abs(100 * (row.rate - row.before_rate)))
    said = ("↑ " if row.move == "up" else "↓ ") + points
    return html.B(said) if (row.move == "up") == bool(row.is_bad_high) else said


def interval(row: Any) -> html.Div:
    """A dot at the rate on its 95 % line, from 0 to 100; filled where the claim is supported."""
    pieces: list[Any] = []
    if not words.absent(row.low) and not words.absent(row.high):
        pieces.append(html.I(style={"left": width(row.low), "right": f"calc(100% - {width(row.high)})"}))
    if not words.absent(row.median):
        pieces.append(html.U(style={"left": width(row.median)}))
    pieces.append(html.B(style={"left": width(row.rate)}))
    return html.Div(pieces, className="uline" if row.worse else "uline open")


def _scale() -> html.Div:
    """The heads of the interval's axis."""
    marks = [html.Span(f"{at}", style={"left": f"{at}%"}) for at in (0, 50, 100)]
    return html.Div(marks, className="uscale")
