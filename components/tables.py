"""Tables: a plain one that is read, and the grid that pages and sorts through thousands of cases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import dash_ag_grid as dag
import pandas as pd
from dash import html

from components import words
from components.panels import linked
from components.records import each
from components.words import _

KINDS: dict[str, Callable[[Any], str]] = {
    "text": lambda value: words.NOTHING if words.absent(value) or value == "" else str(value),
    "number": words.number,
    "share": words.percent,
    "time": words.full,
    "days": words.days,
}
# The grid's own theming, in our tokens: it follows the page to light and into the greys of a failure.
THEME = """themeQuartz.withParams({
 backgroundColor: 'var(--bg)', foregroundColor: 'var(--text)', headerBackgroundColor: 'var(--bg)',
 headerTextColor: 'var(--quiet)', borderColor: 'var(--line)', accentColor: 'var(--plain)',
 rowHoverColor: 'var(--surface)', oddRowBackgroundColor: 'var(--bg)', fontFamily: 'var(--sans)',
 fontSize: '.875rem', headerFontSize: '.8125rem', headerFontWeight: 400, wrapperBorder: false,
 wrapperBorderRadius: 0, spacing: '.3125rem', cellHorizontalPadding: '.375rem'})"""

PRINTED = 70
"""Rows of a grid that are drawn beyond the window: paper gets them too, and scrolling finds them there."""


@dataclass(frozen=True)
class Column:
    """A column of a table: its field, its heading (translated), its kind, and where a click leads."""

    field: str
    title: str
    kind: str = "text"  # one of KINDS
    href: Callable[[Any], str] | None = None
    width: int | None = None  # px, in the grid
    sortable: bool = False  # in the grid


def plain(rows: pd.DataFrame, columns: Sequence[Column], sentence: str = "") -> Any:
    """All rows as an HTML table; without any, one sentence."""
    if rows.empty:
        return html.P(sentence or _("Nothing to show."), className="empty")
    head = html.Tr([html.Th(column.title, className=_side(column)) for column in columns])
    body = [html.Tr([_cell(row, column) for column in columns]) for row in each(rows)]
    return html.Table([html.Thead(head), html.Tbody(body)], className="tbl")


def _side(column: Column) -> str:
    return "r" if column.kind in ("number", "share", "days") else ""


def _cell(row: Any, column: Column) -> html.Td:
    text = KINDS[column.kind](getattr(row, column.field))
    return html.Td(linked(text, column.href(row) if column.href else None), className=_side(column))


def grid(name: str, columns: Sequence[Column], block: int = 100) -> dag.AgGrid:
    """A grid that asks for ``block`` rows at a time (getRowsRequest), sorted by the database.

    A column whose field ends in ``_link`` holds ``[text](address)`` made by the page from an id.
    """
    definitions = [_definition(column) for column in columns]
    options: Any = {
        "theme": {"function": THEME},
        "cacheBlockSize": block,
        "maxBlocksInCache": 10,
        "infiniteInitialRowCount": 1,
        "rowBuffer": PRINTED,
        "ensureDomOrder": True,
        "suppressCellFocus": True,
        "localeText": {"loadingOoo": _("Loading"), "noRowsToShow": _("No case matches.")},
    }
    return dag.AgGrid(
        id=name,
        columnDefs=definitions,
        defaultColDef={"resizable": True, "sortable": False, "suppressMovable": True},
        rowModelType="infinite",
        dashGridOptions=options,
        className="grid",
        style={"height": "max(20rem, calc(100vh - 10.5rem))", "width": "100%"},
    )


def _definition(column: Column) -> dict[str, Any]:
    made: dict[str, Any] = {"field": column.field, "headerName": column.title, "sortable": column.sortable}
    if column.sortable:
        made["unSortIcon"] = True  # that a heading sorts is seen before it is tried
    if column.width:
        made["width"] = column.width
    else:
        made |= {"flex": 1, "minWidth": 150}
    if column.field.endswith("_link"):
        made |= {"cellRenderer": "markdown"}
    return made | ({"type": "rightAligned"} if _side(column) else {})
