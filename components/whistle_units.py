"""How units keep the limit of whistles: in a panel those of enough pairs, at the desk all of them."""

from collections.abc import Callable
from math import floor
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.dots import dot
from components.labels import letters
from components.panels import empty, linked, panel, tick
from components.records import each
from components.whistle_words import Book, named, unrecorded
from components.words import _, ngettext

SHOWN = 7
"""Units of the panel."""

MOST_LINES = 5
"""Lines behind the dots, one every ten; a longer axis has one every twenty."""

ROOM = 12.0
"""Letters of names that the title holds."""


def rates(found: pd.DataFrame, unit: Callable[[Any], str], book: Book) -> html.Section:
    """Of whistles.units: those of enough pairs, each with its interval and the mean of all."""
    if not book.is_told:
        return unrecorded("whistles", "two")
    told, few = found[found["tier"] != "few"], found[found["tier"] == "few"]
    note = [_("this period"), tick(_("mean"))]
    if not found["is_told"].all():
        return panel(_("In time by unit: not known"), empty(_untold()), None, "whistles", "two")
    if told.empty:
        said = empty(_("No limit of a whistle fell in this period.") if few.empty else _too_few(few, book))
        return panel(_("In time by unit: too few to tell"), said, None, "whistles", "two")
    shown = chosen(told)
    foot = foot_of(shown["low"])
    listed = [_rate(row, foot, unit(row), book) for row in each(shown)]
    body = html.Ol(listed, className="rows wrates", style=lines(foot))
    return panel(title(told), body, note, "whistles", "two", _foot(len(told) - len(shown), few, book))


def chosen(told: pd.DataFrame) -> pd.DataFrame:
    """The rows there is room for: the units behind, then those ahead, then the ones nobody can tell apart."""
    place = told["tier"].map({"worse": 0, "better": 1, "same": 2})
    kept = told.assign(place=place, low_first=told["rate"].where(place == 0))
    kept = kept.sort_values(["place", "low_first"], kind="stable").head(SHOWN)
    return told.loc[told.index.isin(kept.index)]


def title(told: pd.DataFrame) -> str:
    """Which units are behind: only where the upper end of the interval is below the mean of all."""
    behind = [str(name) for name in told.loc[told["tier"] == "worse", "short_name"]]
    if not behind:
        return _("In time by unit: none behind")
    if len(behind) > 2 or letters("".join(behind)) > ROOM:
        said = ngettext("In time by unit: {n} behind", "In time by unit: {n} behind", len(behind))
        return said.format(n=len(behind))
    return _("In time by unit: {names} behind").format(names=named(behind))


def foot_of(lows: pd.Series) -> float:
    """The foot of an axis to 100 %: a ten below the lowest end of an interval."""
    tens = max(10 - floor(10 * lows.min() + 1e-9), 1)
    return 1 - (tens + tens % 2 if tens > MOST_LINES else tens) / 10


def lines(foot: float) -> dict[str, int]:
    """The parts between the lines behind the dots: a line every ten, or every twenty."""
    tens = round(10 * (1 - foot))
    return {"--lines": tens if tens <= MOST_LINES else tens // 2}


def _rate(row: Any, foot: float, href: str, book: Book) -> html.Li:
    cells = [
        linked(row.unit, href, "cut"),
        dot(row.rate, row.low, row.high, row.mean, foot),
        html.Span(words.percent(row.rate), className="r"),
        html.Span(
            ["n=", linked(words.number(row.n), book.listed("pairs", unit=row.unit_id))], className="note r"
        ),
    ]
    return html.Li(cells, className="low" if row.tier == "worse" else None)


def _too_few(few: pd.DataFrame, book: Book) -> str:
    text = ngettext(
        "{n} under {least} pairs, {pairs} in all: not told",
        "{n} under {least} pairs each, {pairs} in all: not told",
        len(few),
    )
    return text.format(n=len(few), least=book.least, pairs=words.number(few["n"].sum()))


def _foot(others: int, few: pd.DataFrame, book: Book) -> str | None:
    """What is not shown: units like the others, and those of too few pairs."""
    said = []
    if others:
        said.append(ngettext("{n} like the others", "{n} like the others", others).format(n=others))
    if len(few):
        said.append(_too_few(few, book))
    return _("; ").join(said) or None


# ── at the desk: all units ──


def table(found: pd.DataFrame, unit: Callable[[Any], str], book: Book, note: Any) -> html.Section:
    """Every unit called: in time, as lead and assisting, unconfirmed, stay, signed off, rating."""
    if not book.is_told:
        return unrecorded("whistles", "three", note)
    if found.empty:
        said = empty(_("No limit of a whistle fell in this period."))
        return panel(_("No unit had to come"), said, note, "whistles", "three")
    names = [_("In time"), _("rate in time"), _("as lead"), _("assisting"), _("unconfirmed"), _("stay")]
    names += [_("signed off"), _("rated good")]
    heads = [html.Th(_("Unit")), *(html.Th(name, className="r") for name in names)]
    body = [_unit(row, unit(row), book) for row in each(found)]
    made = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="tbl wunits")
    text = _("{k} of {n} arrivals in time, by unit")
    heading = text.format(k=words.number(found["k"].sum()), n=words.number(found["n"].sum()))
    heading = heading if found["is_told"].all() else _untold()
    return panel(heading, made, note, "whistles", "three")


def _untold() -> str:
    return _("The source does not record arrivals at whistles.")


def _unit(row: Any, href: str, book: Book) -> html.Tr:
    """A unit; a rate of too few pairs is quiet, one below the mean of all stands out."""
    rate = words.percent(row.rate)
    role = {"worse": "r", "few": "r q"}.get(row.tier, "r")
    cells = [
        html.Td(html.Span(linked(row.unit, href), className="cut")),
        html.Td(of(row, "k", "n", "pairs_kept", "pairs", book), className="r"),
        html.Td(html.B(rate) if row.tier == "worse" else rate, className=role),
        html.Td(of(row, "lead_k", "lead_n", "lead_pairs_kept", "lead_pairs", book), className="r"),
        html.Td(of(row, "assist_k", "assist_n", "assist_pairs_kept", "assist_pairs", book), className="r"),
        _count(row.unconfirmed, "unconfirmed", row, book),
        html.Td(_stay(row.stay_minutes), className="r"),
        _count(row.closed, "pairs_closed", row, book),
        html.Td(of(row, "good", "rated", "good_town", "rated_town", book), className="r"),
    ]
    return html.Tr(cells)


def of(row: Any, part: str, base: str, part_set: str, base_set: str, book: Book) -> Any:
    """k/n, each number with its list."""
    k, n = getattr(row, part), getattr(row, base)
    if not n:
        return html.Span(words.NOTHING, className="q")
    return html.Span(
        [
            linked(words.number(k), _some(k, book, part_set, row)),
            "/",
            linked(words.number(n), _some(n, book, base_set, row)),
        ]
    )


def _some(value: Any, book: Book, set_name: str, row: Any) -> str | None:
    return book.listed(set_name, unit=row.unit_id) if value else None


def _count(value: int, set_name: str, row: Any, book: Book) -> html.Td:
    figure = linked(words.number(value), _some(value, book, set_name, row))
    return html.Td(figure, className="r" if value else "r q")


def _stay(minutes: float) -> str:
    return words.NOTHING if words.absent(minutes) else words.age(60 * minutes)
