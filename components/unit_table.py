"""Every measure of a unit: now with its interval, before, the median of its group, and how it moved."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import definition, empty, linked, panel
from components.records import each
from components.rows import width
from components.unit_measures import fraction, name, unit_of_count
from components.unit_why import signed
from components.words import _, ngettext

CALENDAR = ("signing", "callback")
"""Measures whose limits are counted in working days."""

TAIL = 0.025
"""Share of judged measures that are clearly worse by chance alone."""


def table(rows: pd.DataFrame, href: Callable[[Any], str | None], unknown: Sequence[int] = ()) -> html.Section:
    """Of units.measures, a row each; k/n opens its cases, summons open nothing.

    ``unknown``: years without a calendar, of which what is counted in working days cannot be known.
    """
    if rows.empty:
        return panel(_("All measures"), empty(_("No measure is known for this unit.")), None, None, "four")
    heads: list[Any] = ["", _("This period"), _("rate"), _scale()]
    heads += [_("before"), _("change"), _("group median")]
    sides = ["", "r", "r", "", "r", "r", "r"]
    head = [html.Th(said, className=side) for said, side in zip(heads, sides, strict=True)]
    body = [html.Tr(_cells(row, href, unknown), className=_kind(row)) for row in each(rows)]
    drawn = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="tbl umeasures")
    key = html.Span([html.I(className="tick"), _("median of the group")])
    return panel(title(rows), drawn, [_("line: 95% interval"), key], None, "four", calendar(unknown))


def title(rows: pd.DataFrame) -> str:
    """How many of the measures that are judged are worse, and how many would be by chance."""
    judged = rows[rows["is_judged"].astype(bool)]
    worse, known = int(judged["worse"].sum()), len(judged)
    if not known:
        return _("All measures: too few cases to judge")
    if not worse:
        return _("None of {n} measures clearly worse").format(n=known)
    said = ngettext("{k} of {n} measures clearly worse", "{k} of {n} measures clearly worse", worse)
    return said.format(k=worse, n=known) + _(" (about {n} by chance)").format(n=words.points(TAIL * known))


def calendar(unknown: Sequence[int], measures: Sequence[str] = CALENDAR) -> str | None:
    """Why measures counted in working days have no figure; None where every year is known."""
    if not unknown:
        return None
    said = _("{measures}: the working days of {years} are not entered")
    years = _(", ").join(map(str, unknown))
    return said.format(measures=_(", ").join(map(name, measures)), years=years)


def _kind(row: Any) -> str | None:
    if not _is_ranked(row):
        return "apart"
    return "bad" if row.worse else None


def _is_ranked(row: Any) -> bool:
    return bool(getattr(row, "is_ranked", True))


def _cells(row: Any, href: Callable[[Any], str | None], unknown: Sequence[int]) -> list[html.Td]:
    why = calendar(unknown, [row.measure]) if row.measure in CALENDAR else None
    label = html.Td([name(row.measure), " ", definition(row.measure), *overclaimed(row)])
    if not row.n:
        gone = words.NOTHING if why else words.no_sample()
        return [label, html.Td(gone, colSpan=3, className="q none", title=why), *_compared(row, why)]
    opens = href(row) if row.unit_of_count == "case" else None
    now = [linked(fraction(row), opens, "n"), " ", html.Small(unit_of_count(row), className="q")]
    figures = [html.Td(now, className="r nb"), html.Td(words.percent(row.rate), className="r rate")]
    return [label, *figures, html.Td(interval(row), className="picture"), *_compared(row, why)]


def overclaimed(row: Any) -> list[Any]:
    """Below the citizens' word the unit's own, where it says more or less; else nothing."""
    more: Any = getattr(row, "overclaim", None)
    if words.absent(more) or words.absent(row.rate):
        return []
    said = _("unit says {rate} · {more} too high") if more > 0 else _("unit says {rate} · {more}")
    claimed = said.format(rate=words.percent(row.rate + more), more=signed(100 * more))
    return [html.Small(claimed, className="q below")]


def _compared(row: Any, why: str | None) -> list[html.Td]:
    """Before and how it moved; against the group, or that it is not ranked."""
    change = html.Td(moved(row), className="r nb")
    if not _is_ranked(row):
        return [_rate(row.before_rate, "r q", why), change, html.Td(_("not ranked"), className="r q")]
    return [_rate(row.before_rate, "r q", why), change, _rate(row.median, "r", why)]


def _rate(share: Any, side: str, why: str | None) -> html.Td:
    return html.Td(words.percent(share), className=side, title=why if words.absent(share) else None)


def moved(row: Any) -> Any:
    """The change in points where the data support it, bold for the worse with enough cases; else level."""
    if row.move not in ("up", "down"):
        return html.Span(_("steady") if row.move == "level" else words.NOTHING, className="q")
    points = words.points(abs(100 * (row.rate - row.before_rate)))
    said = ("↑ " if row.move == "up" else "↓ ") + points
    is_worse = (row.move == "up") == bool(row.is_bad_high)
    return html.B(said) if _is_ranked(row) and getattr(row, "is_judged", True) and is_worse else said


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
