"""Work that goes in circles: cases a unit passes on or gets from others, and citizens who come again."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, linked, panel
from components.records import each
from components.rows import bar
from components.unit_lists import listed, titled
from components.words import _, ngettext

UNITS, AGAIN = 7, 6  # rows shown; titles and feet count all
Href = Callable[[Any], str | None]


def returns(rows: pd.DataFrame, href: Href, is_told: bool = True) -> html.Section:
    """Of units.returns: direction (out, in), other_id, other, cases; who passes to each other stands bold.

    ``is_told``: the source records returns at all.
    """
    if not is_told:
        said = empty(_("The source does not record returns."))
        return panel(_("Returns not recorded"), said, None, "returns", "ureturned")
    if rows.empty:
        said = empty(_("No case was returned to or by this unit."))
        return panel(_("No returns"), said, None, "returns", "ureturned")
    pairs = _by_other(rows)
    longest = max(rows["cases"].max(), 1)
    head = html.Li([html.Span(said) for said in ("", _("passed on to"), _("came from"))], className="head")
    shown = [_other(other, found, longest, href) for other, found in pairs[:UNITS]]
    rest = len(pairs) - UNITS
    foot = ngettext("{n} more unit", "{n} more units", rest).format(n=rest) if rest > 0 else None
    body = html.Ul([head, *shown], className="ureturns")
    return panel(_title(rows, pairs), body, None, "returns", "ureturned", foot)


Pair = dict[str, Any]


def _by_other(rows: pd.DataFrame) -> list[tuple[str, Pair]]:
    """The rows of each other unit by direction, most cases first."""
    found: dict[Any, Pair] = {}
    for row in each(rows):
        found.setdefault(row.other_id, {})[row.direction] = row
    order = sorted(found.values(), key=lambda pair: -sum(row.cases for row in pair.values()))
    return [(next(iter(pair.values())).other or _("not passed on yet"), pair) for pair in order]


def _title(rows: pd.DataFrame, pairs: list[tuple[str, Pair]]) -> str:
    """How many went out and came in, and the unit with which it goes both ways most."""
    cases = rows.groupby("direction")["cases"].sum()
    said = _("Returned {out}, received {back}").format(
        out=words.number(cases.get("out", 0)), back=words.number(cases.get("in", 0))
    )
    both = [(min(row.cases for row in pair.values()), other) for other, pair in pairs if len(pair) > 1]
    if not both:
        return said
    return said + _(", to and fro with {unit}").format(unit=max(both, key=lambda found: found[0])[1])


def _other(other: str, pair: Pair, longest: float, href: Href) -> html.Li:
    name = html.Span(other, className="cut", title=other)
    sides = [_side(pair.get(direction), longest, href) for direction in ("out", "in")]
    return html.Li([name, *sides], className="both" if len(pair) > 1 else None)


def _side(row: Any, longest: float, href: Href) -> html.Div:
    if row is None:
        return html.Div(html.Span("·", className="q"), className="side")
    figure = linked(words.number(row.cases), href(row) if row.cases else None, "n")
    return html.Div([figure, bar(row.cases / longest)], className="side")


def repeats(rows: pd.DataFrame, href: Href, is_told: bool = True) -> html.Section:
    """Of units.repeats: title, hidden, received_at, days_after (the closing); ``href``: the new case.

    ``is_told``: the source records who comes again at all.
    """
    if not is_told:
        said = _("The source does not record which case repeats another.")
        return listed(_("Repeats not recorded"), [], None, "repeats", said)
    shown = [_again(row, href) for row in each(rows.head(AGAIN))]
    sentence = _("No citizen came again over the same matter.")
    rest = len(rows) - AGAIN
    note = _("{n} more not listed").format(n=words.number(rest)) if rest > 0 else None
    return listed(_repeats_title(len(rows)), shown, note, "repeats", sentence)


def _repeats_title(cases: int) -> str:
    if not cases:
        return _("No repeats")
    return ngettext("{n} case came again", "{n} cases came again", cases).format(n=words.number(cases))


def _again(row: Any, href: Href) -> html.Li:
    after = _("{age} after closing").format(age=words.days(row.days_after))
    day = html.Span(f"{row.received_at:%m-%d}", className="q")
    return html.Li([day, linked(titled(row), href(row), "cut"), html.Span(after, className="r q")])
