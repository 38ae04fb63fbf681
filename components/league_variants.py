"""Counted another way: what each rule would do to the group's mean and to who stands in which tier."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.compared import some
from components.league_filters import RULES
from components.panels import empty, linked, panel
from components.records import each
from components.words import N_, _, ngettext

OFF = {
    "mostly": N_("Satisfied only"),
    "adjudicated": N_("Exclusions kept in"),
    "first": N_("Last answer"),
    "centre": N_("With own calls"),
    "unit": N_("Receiving centre"),
    "apart": N_("No kind apart"),
}
"""What is counted once a rule is turned off."""

SHOWN = 3  # names in a row; more are counted


def variants(rows: pd.DataFrame, href: Callable[[Any], str]) -> html.Section:
    """One line a variant ("chosen" or a rule), of league.variants; ``href`` opens the comparison."""
    if len(rows) == 1:
        said = _("These rules do not touch this measure.")
        return panel(_("Counted another way"), empty(said), None, "league_variants")
    if rows.empty:
        return panel(_("Counted another way"), empty(_("Nothing to compare.")), None, "league_variants")
    heads = [_("Counting"), _("Mean"), _("Better"), _("Behind"), _("Moves")]
    cells = [html.Span(text, className="r" if 0 < n < 4 else None) for n, text in enumerate(heads)]
    lines = [html.Div(cells, className="row head"), *[_line(row, href) for row in each(rows)]]
    return panel(_title(rows), html.Div(lines, className="mini variants"), None, "league_variants")


def _title(rows: pd.DataFrame) -> str:
    """How many units change tier under one of the variants."""
    names = {name for row in each(rows) for name in movers(row)}
    text = ngettext(
        "Counted another way, {n} unit changes tier", "Counted another way, {n} units change tier", len(names)
    )
    return text.format(n=len(names)) if names else _("Counted another way, no tier changes")


def movers(row: Any) -> list[str]:
    """Names of the units that change tier under a variant."""
    known = "" if words.absent(row.names) or row.variant == "chosen" else str(row.names)
    return [name for name in known.split("、") if name]


def moves(row: Any, shown: int) -> str:
    """Who changes tier under a variant, and how many are ranked in only one of the two ways."""
    names = movers(row)
    said = some(names, shown) if names else _("none")
    if words.absent(row.better):
        return _("nobody ranked then")
    if not row.one_way:
        return said
    text = ngettext("{said}; {n} ranked only one way", "{said}; {n} ranked only one way", row.one_way)
    return text.format(said=said, n=row.one_way)


def name(row: Any) -> str:
    """What a variant is called: as its rule is when it has been turned."""
    turned_off = row.variant in str(row.without or "").split(",")
    return _((OFF if turned_off else RULES).get(row.variant, row.variant))


def _line(row: Any, href: Callable[[Any], str]) -> html.Div:
    chosen = row.variant == "chosen"
    names = movers(row)
    label = html.B(_("As shown")) if chosen else linked(name(row), href(row))
    mean = words.NOTHING if words.absent(row.mean) else words.points(100 * row.mean)
    known = [words.NOTHING if words.absent(n) else words.number(n) for n in (row.better, row.worse)]
    figures = [mean, *known]
    said = words.NOTHING if chosen else moves(row, SHOWN)
    told = html.Span(said, className="q names", title=_(", ").join(names))
    cells = [html.Span(label), *[html.Span(figure, className="r") for figure in figures], told]
    return html.Div(cells, className="row")
