"""What the next meeting should hand out: a table by group, with reasons in words and the units proposed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from dash import html

from components import meeting_reasons, words
from components.panels import empty, linked, panel
from components.records import each
from components.signs import sign
from components.unit_lists import titled
from components.words import N_, _, ngettext

JOINING = 4
"""Cases named that will join at the cutoff."""

GROUPS = {
    "supervision": N_("Supervise"),
    "assignment": N_("Assign"),
    "consultation": N_("Confer"),
}

BASES = {
    "prepared": N_("as prepared for the meeting"),
    "item": N_("leads it since it was assigned"),
    "holder": N_("has the case, and is late with it"),
}
"""Why a unit is proposed to lead."""


@dataclass(frozen=True)
class Book:
    """The moment and the cutoff; where a case opens, and the list of all candidates.

    ``acts``: what may be done to a row (move, remove), drawn at its two ends; None where nothing may.
    """

    as_of: datetime
    cutoff: datetime | None
    case: Callable[[Any], str | None]
    others: str | None = None
    acts: Callable[[Any], tuple[Any, Any]] | None = None


def table(found: pd.DataFrame, joining: pd.DataFrame, book: Book, tools: Any = None) -> html.Section:
    """Of meetings.candidates and meetings.joining; ``tools`` stand right on the title's line."""
    order = _order(found)
    note = [order, tools] if tools is not None else order
    foot = _foot(found, joining, book)
    if found.empty:
        said = empty(_("Nothing is prepared, and no rule proposes anything."))
        return panel(_("Nothing to assign"), said, note, None, "mcand", foot)
    return panel(title(found), _body(found, book), note, None, "mcand", foot)


def _order(found: pd.DataFrame) -> str:
    """In which order they stand."""
    if len(found) and found["is_prepared"].any():
        return _("prepared ones first, the others by urgency")
    return _("by urgency")


def title(found: pd.DataFrame) -> str:
    """How many there are, and for how many nobody leads."""
    said = ngettext("{n} matter to assign", "{n} matters to assign", len(found)).format(n=len(found))
    waits = int(found["waits"].sum())
    if not waits:
        return said
    return said + ngettext(", {n} without a lead", ", {n} without a lead", waits).format(n=waits)


def _body(found: pd.DataFrame, book: Book) -> html.Table:
    heads = ["", "", _("Item"), _("Why it is here"), _("Proposed lead"), _("Proposed to assist"), ""]
    sizes = found["item_group"].value_counts().to_dict()
    numbered = found.reset_index(drop=True)
    rows = [_row(row, sizes, book) for row in each(numbered)]
    return html.Table(
        [html.Thead(html.Tr([html.Th(head) for head in heads])), html.Tbody(rows)], className="tbl"
    )


def _row(row: Any, sizes: Mapping[Any, int], book: Book) -> html.Tr:
    first, last = book.acts(row) if book.acts else (None, None)
    said = meeting_reasons.short(row.reasons)
    cells = [
        html.Td([first, html.Span(str(row.Index + 1))], className="no"),
        html.Td(html.B(linked(matter(row), book.case(row))), className="cut", title=matter(row)),
        html.Td(said, className="s", title=said),
        html.Td(_lead(row), title=basis(row)),
        html.Td(_assists(row), className="s", title=row.assist_units),
        html.Td(last, className="r"),
    ]
    ends = "last" if row.place == sizes[row.item_group] else None
    if row.place == 1:
        group: list[Any] = [
            _(GROUPS[row.item_group]),
            " ",
            html.Span(str(sizes[row.item_group]), className="q"),
        ]
        cells.insert(0, html.Td(group, className="g", rowSpan=sizes[row.item_group]))
    return html.Tr(cells, className=ends)


def matter(row: Any) -> str:
    """What it is called; a confidential one by its kind only."""
    if not row.hidden:
        return titled(row)
    return f"{row.category or row.issue}{titled(row)}" if row.category or row.issue else titled(row)


def _lead(row: Any) -> Any:
    return html.B([sign("open"), " ", _("to be named")]) if row.waits else row.lead_unit


def _assists(row: Any) -> Any:
    """A name is never broken over two lines."""
    if not row.assist_units:
        return words.NOTHING
    return [
        piece for name in row.assist_units.split("、") for piece in (html.Span(name, className="nb"), " ")
    ]


def basis(row: Any) -> str:
    """Why this unit is proposed."""
    if row.lead_basis == "handled" and not words.absent(row.led):
        said = _("led {n} such cases, {k} of them well")
        return said.format(n=words.number(row.led), k=words.number(row.led_well))
    return _(BASES[row.lead_basis]) if row.lead_basis in BASES else ""


def _foot(found: pd.DataFrame, joining: pd.DataFrame, book: Book) -> list[Any] | None:
    """What time alone will add at the cutoff, and how many more there are."""
    parts: list[Any] = []
    if len(joining) and book.cutoff is not None:
        parts += [html.B(_joining(len(joining), book)), html.Span(_named(joining), className="cut")]
    others = 0 if found.empty else int(found["others"].iloc[0])
    if others:
        before, _mark, after = _("{n} more in reserve").partition("{n}")
        parts.append(
            html.Span([before, linked(words.number(others), book.others, "n"), after], className="more")
        )
    return parts or None


def _joining(number: int, book: Book) -> str:
    assert book.cutoff is not None
    last = book.cutoff - words.SECOND
    tonight = last.date() == book.as_of.date()
    when = _("tonight, 24:00") if tonight else f"{words.date(last)} 24:00"
    if book.cutoff.time() != datetime.min.time():
        when = words.stamp(book.cutoff)
    said = ngettext("Joins if still open {when}, {n}:", "Join if still open {when}, {n}:", number)
    return said.format(when=when, n=number)


def _named(joining: pd.DataFrame) -> str:
    named = [titled(row) for row in each(joining.head(JOINING))]
    rest = len(joining) - len(named)
    return _(", ").join(named) + (_(" and {n} more").format(n=rest) if rest else "")
