"""The whistles under way, a row each that stands on its clock; on the wall a crowd turns over."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pandas as pd
from dash import html

from components import whistle_chips, words
from components.panels import empty, linked, panel
from components.records import each
from components.signs import sign
from components.whistle_row import NARROW, WIDE, Row, line
from components.whistle_words import Book, clock, is_soon, named, untold, wanted
from components.words import _, ngettext

LOOSE, TIGHT = 7, 9
"""Rows of the wall, and as many as it holds closer together; more turn over."""

STAYING = 7
"""Rows that stay while the others turn; where more are late or nearly so, only the worst `WORST` do."""

WORST = 4

FEW = 4
"""Rows of two lines, their chips on the second, where the wall has room for it."""

LISTS = {
    "late": "late",
    "arrived": "arrived",
    "departed": "coming",
    "answered": "heard_from",
    "called": "silent",
}
"""The set of units that stand so, in the order of the legend."""

HEIGHTS = ((3, 7.5), (FEW, 6.5), (5, 5.0), (6, 4.25), (LOOSE, 3.75), (TIGHT, 3.25))
"""Up to so many rows, each is so high (u)."""


def board(active: pd.DataFrame, whistles: int | None, book: Book) -> html.Section:
    """Of whistles.active; ``whistles`` are under way in all, absent where nobody records them."""
    rows = list(_rows(active))
    silent = 0 if words.absent(whistles) else max(int(whistles or 0) - len(rows), 0)
    foot = _waiting(silent) if silent else None
    if not rows:
        unknown = words.absent(whistles)
        said = empty(_("no whistles recorded") if unknown else _("No unit is called to any spot now."))
        name = _("Whistles") if unknown else _("No whistle open")
        return panel(name, said, None, "whistles_active", "all", foot)
    body, turned = _sheets(rows, book)
    note = [*turned, *_legend([unit for row in rows for unit in row.units], book)]
    return panel(title(rows), body, note, "whistles_active", "all wboard", foot)


def _rows(active: pd.DataFrame) -> Iterator[Row]:
    for _code, group in groupby(each(active), key=lambda row: row.whistle_id):
        units = wanted(group)
        if units:
            yield Row(units, clock(units))


def _waiting(silent: int) -> str:
    """Whistles that wait for nobody have no clock, but are under way."""
    said = ngettext("{n} more whistle waits for no unit", "{n} more whistles wait for no unit", silent)
    return said.format(n=words.number(silent))


def title(rows: Sequence[Row]) -> str:
    """Where units are late, else that none is, or that nobody records who came."""
    behind = [row for row in rows if row.clock.late]
    if behind:
        missing = sum(unit.state == "late" for row in behind for unit in row.units)
        towns = list(dict.fromkeys(str(row.first.town) for row in behind))
        where = named(towns) or ngettext("{n} town", "{n} towns", len(towns)).format(n=len(towns))
        said = ngettext(
            "{where}: {n} unit not there in time", "{where}: {n} units not there in time", missing
        )
        return said.format(where=where, n=words.number(missing))
    said = ngettext("{n} whistle under way", "{n} whistles under way", len(rows))
    tail = _(", none late") if all(row.clock.is_told for row in rows) else _(", ") + untold()
    return said.format(n=words.number(len(rows))) + tail


def _legend(units: Sequence[Any], book: Book) -> list[Any]:
    """How many units stand how, in the order of the signs."""
    alike = [[unit for unit in units if unit.state == step] for step in LISTS]
    made = [_count(found, book) for found in alike if found]
    claimed = sum(map(whistle_chips.is_claimed, units))
    if claimed:
        shape = html.Span(sign(whistle_chips.CLAIMED), className="kept")
        figure = linked(words.number(claimed), book.listed("claimed"), "n")
        made.append(html.Span([shape, _("unconfirmed"), " ", figure]))
    return made


def _count(units: Sequence[Any], book: Book) -> html.Span:
    """How many units that stand alike."""
    step = units[0].state
    shape, role = whistle_chips.SIGNS[step], whistle_chips.ROLES.get(step, "")
    figure = linked(words.number(len(units)), book.listed(LISTS[step]), "n")
    return html.Span([html.Span(sign(shape), className=role), whistle_chips.said(units[0]), " ", figure])


# ── sheets ──


def _sheets(rows: Sequence[Row], book: Book) -> tuple[list[Any], list[Any]]:
    """All rows under each other; on a wall, of more than fit, those that press stay and the rest turns."""
    is_few = words.viewer().wall and len(rows) <= FEW
    items = [line(row, book, WIDE if is_few else NARROW) for row in rows]
    if not words.viewer().wall or len(rows) <= TIGHT:
        high = next((high for most, high in HEIGHTS if len(rows) <= most), HEIGHTS[-1][1])
        return [_list(items, high, kind="wcalls few" if is_few else "wcalls")], []
    pressing = sum(bool(row.clock.late) or is_soon(row.clock, book.soon) for row in rows)
    stay = pressing if pressing <= STAYING else WORST
    room = TIGHT - stay
    high = HEIGHTS[-1][1]
    rest = [items[at : at + room] for at in range(stay, len(items), room)]
    turning = [_list(sheet, high, room, hidden=number > 0) for number, sheet in enumerate(rest)]
    staying = [_list(items[:stay], high)] if stay else []
    return [*staying, _book(turning, "div")], [_book(_pages(len(rows) - stay, len(rest)), "span")]


def _book(sheets: list[Any], kind: str) -> Any:
    """Sheets of which the browser shows one at a time."""
    marks: Any = {"data-turns": kind}
    return (html.Div if kind == "div" else html.Span)(sheets, **marks)


def _pages(others: int, of: int) -> list[html.Span]:
    said = ngettext("{n} other, {page}", "{n} others, {page}", others)
    return [
        html.Span(said.format(n=words.number(others), page=f"{number + 1}/{of}"), hidden=number > 0)
        for number in range(of)
    ]


def _list(rows: list[Any], high: float, of: int = 0, hidden: bool = False, kind: str = "wcalls") -> html.Ol:
    """Rows of one height; a sheet that is not full is filled up, so that nothing jumps."""
    blank = [html.Li(className="blank")] * (of - len(rows))
    style = {"--row": f"calc({high} * var(--u))"}
    return html.Ol([*rows, *blank], className=kind, style=style, hidden=hidden)
