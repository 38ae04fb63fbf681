"""The league of one group: tiers before ranks, and for every rate what it rests on."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import pandas as pd
from dash import html

from components import compared, intervals, words
from components.compared import RANKED, measure_of, name_class
from components.league_columns import COLUMNS, PAST, tag, text_of
from components.panels import empty, linked, panel
from components.records import each
from components.terms import term
from components.unit_measures import fraction
from components.words import N_, _, ngettext

Href = Callable[[Any, str], str]  # a row and the name of a column → where a click leads
SHORT = {
    "better": N_("Clearly\nbetter"),
    "same": N_("No clear\ndifference"),
    "worse": N_("Clearly\nbehind"),
    "few": N_("Too few\nratings"),
}
"""A tier's name in the lines it has beside three rows or more."""

GAP = ".5rem"  # between the ranked and those with too few ratings


def table(
    rows: pd.DataFrame,
    measure: str,
    shown: Sequence[str],
    href: Href,
    sort: Callable[[str], str],
    files: list[tuple[str, str]] | None = None,
) -> html.Section:
    """One group as a table: the rows of league.table, their order kept inside each tier.

    ``shown``: names of `league_columns.COLUMNS`. ``href`` of "unit" opens the unit, of "n" and of a side
    measure its cases. ``sort`` gives the address a heading leads to; ``files`` are labels and addresses.
    """
    mean, _is_rolling = compared.yardstick(rows)
    note = [
        _keys(_has_own(rows, mean)),
        *[html.A(label, href=file, className="act") for label, file in files or []],
    ]
    if rows.empty:
        return panel(_("No unit"), empty(_("This group has no unit yet.")), None, "league", "four")
    title = compared.finding(rows, rows["unit_group"].iloc[0], measure)
    hidden = (measure, *(() if compared.has_before(rows) else PAST))
    columns = [name for name in COLUMNS if name in shown and name not in hidden]
    foot = None if compared.has_before(rows) else _("No earlier period to compare with")
    grid = _grid(rows, measure, columns, href, sort)
    return panel(title, grid, note, "league", "four league-panel", foot)


def _has_own(rows: pd.DataFrame, mean: float | None) -> bool:
    """Whether a ranked row is judged by another mean than the line."""
    return bool((compared.aside(rows, mean) & (rows["tier"] != "few")).any())


def _keys(has_own: bool) -> html.Span:
    """What the signs in a row mean."""
    own: list[Any] = [html.S(className="meankey"), _("mean of its own window")] if has_own else []
    return html.Span(
        [
            html.B(className="dotkey"), _("raw"),
            html.I(className="linekey"), _("95%"),
            html.U(className="tickkey"), _("shrunk"),
            *own,
        ],
        className="keys",
    )  # fmt: skip


def _grid(
    rows: pd.DataFrame, measure: str, columns: list[str], href: Href, sort: Callable[[str], str]
) -> html.Div:
    """One grid: the heading, the ranked rows, a gap, those with too few ratings."""
    axis = intervals.axis(rows, measure_of(measure).is_bad_high)
    mean, is_rolling = compared.yardstick(rows)
    ranked, few = rows[rows["tier"] != "few"], rows[rows["tier"] == "few"]
    ranked = ranked.assign(step=ranked["tier"].map(RANKED.index)).sort_values("step", kind="stable")
    start = len(ranked) + (3 if len(ranked) and len(few) else 2)
    line = f"repeat({{}}, var(--row)) {GAP if start > len(ranked) + 2 else ''}"
    tracks = " ".join(["auto", line.format(len(ranked)) if len(ranked) else ""])
    tracks += f" repeat({len(few)}, var(--row))" if len(few) else ""
    label = compared.mean_label(words.points(100 * (mean or 0)), is_rolling)
    drawn = [_head(intervals.scale(axis, mean, label), measure, columns, sort)]
    for block, first in ((ranked, 2), (few, start)):
        if len(block):
            drawn.append(intervals.behind(axis, mean, f"{first} / {first + len(block)}"))
            drawn += _tiers(block, first, axis, mean, measure, columns, href)
    style = {"gridTemplateRows": tracks.strip(), "--lines": len(rows) + 1, "--more": max(len(columns), 1)}
    return html.Div(drawn, className="lt", style=style)


def _head(scale: html.Span, measure: str, columns: list[str], sort: Callable[[str], str]) -> html.Div:
    words_of = measure_of(measure)
    fixed = [
        ("rank", _("Rank"), "rank"), ("unit", _("Unit"), "name"), ("n", _(words_of.base), ""),
        ("rate", _(words_of.rate), ""),
    ]  # fmt: skip
    heads: list[Any] = [linked(text, sort(name), kind or None) for name, text, kind in fixed]
    heads.append(scale)
    heads += [linked(_(COLUMNS[name].head), sort(name)) for name in columns]
    return html.Div(heads, className="row head", style={"gridRow": 1})


def _tiers(
    block: pd.DataFrame,
    first: int,
    axis: intervals.Axis,
    mean: float | None,
    measure: str,
    columns: list[str],
    href: Href,
) -> list[html.Div]:
    """The rows of a block, each tier with its name once at the left."""
    drawn, line = [], first
    for tier, members in groupby(each(block), key=lambda row: row.tier):
        found = list(members)
        drawn.append(_tier_name(tier, len(found), line))
        for number, row in enumerate(found, 1):
            own = None if words.absent(row.mean) or row.mean == mean else intervals.own_mean(axis, row.mean)
            cells = (
                _few(row, axis, href) if tier == "few" else _ranked(row, axis, own, measure, columns, href)
            )
            kinds = {"worse": "row sure", "few": "row none"}.get(tier, "row")
            kinds += " edge" if number == len(found) else ""
            drawn.append(html.Div(cells, className=kinds, style={"gridRow": line}))
            line += 1
    return drawn


def _tier_name(tier: str, units: int, line: int) -> html.Div:
    """The tier and its number of units; a tier of few rows has no room for several lines, nor needs them."""
    said = ngettext("{n} unit", "{n} units", units).format(n=units)
    name = _(SHORT[tier]) if units > 2 else term(tier)
    small = html.Small(_("not ranked") if tier == "few" else said)
    pieces = [html.Span(name), *([small] if units > 1 else [])]
    return html.Div(pieces, className="tiername", style={"gridRow": f"{line} / span {units}"})


def _front(row: Any, href: Href) -> list[Any]:
    """Rank, unit (tagged when it rests on 30 days), and the number that opens its cases."""
    rank = words.NOTHING if words.absent(row.rank) else words.number(row.rank)
    name = html.Span(
        [linked(row.unit, href(row, "unit")), html.Small(tag(row))],
        className=name_class(row.unit),
        title=row.unit,
    )
    count = linked(words.number(row.n), href(row, "n") if row.n else None, "n" if row.n else None)
    return [html.Span(rank, className="rank"), name, html.Span(count)]


def _ranked(
    row: Any, axis: intervals.Axis, own: Any, measure: str, columns: list[str], href: Href
) -> list[Any]:
    cells = [
        html.Span(text_of(row.rate)),
        intervals.interval(row, axis, row.shrunk if "shrunk" in columns else None, own),
        *[COLUMNS[name].cell(row, measure, href) for name in columns],
    ]
    return [*_front(row, href), *cells]


def _few(row: Any, axis: intervals.Axis, href: Href) -> list[Any]:
    """No rank and no rate: k/n, and what is missing."""
    part = fraction(row) if row.n else words.NOTHING
    said = html.Span(_missing(row), className="say")
    return [*_front(row, href), html.Span(part), intervals.interval(row, axis), said]


def _missing(row: Any) -> str:
    if not row.n:
        return words.no_sample()
    text = (
        _("{n} in 30 days, {more} more to be ranked") if row.rolling else _("{n}, {more} more to be ranked")
    )
    return text.format(n=words.number(row.n), more=words.number(row.missing))
