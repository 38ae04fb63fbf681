"""A matrix with a number in every cell: the fill only helps to find the large ones."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, linked, panel
from components.words import _

CellHref = Callable[[str, str], str]  # the row's and the column's name → where a click leads
ROWS, COLUMNS = 20, 14  # what a desk page can show at once; the rest is one row, one column


def areas(found: pd.DataFrame, href: CellHref | None = None) -> html.Section:
    """Where which matters come from: area, category, received."""
    title, note = _("Areas and matters"), _("cases received, most first")
    if found.empty or not found["received"].sum():
        return panel(title, empty(_("No case was received in this period.")), None, "area_by_category", "all")
    table = found.assign(area=_named(found["area"]), category=_named(found["category"]))
    table = table.pivot_table(
        index="area", columns="category", values="received", aggfunc="sum", fill_value=0
    )
    down = table.sum(axis=1).sort_values(ascending=False).index
    across = table.sum().sort_values(ascending=False).index
    rows = [str(name) for name in down[:ROWS]]
    columns = [str(name) for name in across[:COLUMNS]]
    body = matrix(table, rows, columns, columns, href)
    return panel(
        title, body, note, "area_by_category", "all", _left_out(len(down) - ROWS, len(across) - COLUMNS)
    )


def windows(found: pd.DataFrame, recorded: bool = True) -> html.Section:
    """Most people waiting at a window in each hour: number, hour, waiting."""
    title, note = _("Windows by hour"), _("most people waiting at once")
    if found.empty:
        said = _("Nobody has waited today.") if recorded else _("Visits are not recorded.")
        return panel(title, empty(said), None, "window_heat", "all")
    table = found.pivot_table(index="number", columns="hour", values="waiting", aggfunc="max", fill_value=0)
    numbers, hours = list(table.index), list(table.columns)
    body = matrix(table.T, hours, numbers, [str(number) for number in numbers], None, words.hour)
    return panel(title, body, note, "window_heat", "all")


def _named(names: pd.Series) -> pd.Series:
    """A missing name is a row of its own, and says so."""
    return names.replace("", None).fillna(_("not stated"))


def _left_out(rows: int, columns: int) -> str | None:
    if rows <= 0 and columns <= 0:
        return None
    return _("{rows} smaller areas and {columns} smaller matters not shown").format(
        rows=max(rows, 0), columns=max(columns, 0)
    )


def matrix(
    table: pd.DataFrame,
    rows: Sequence,
    columns: Sequence,
    heads: Sequence[str],
    href: CellHref | None = None,
    row_name: Callable = str,
) -> html.Div:
    """The numbers of ``table`` at rows × columns; a cell with something in it leads to ``href``."""
    shown = table.reindex(index=list(rows), columns=list(columns))
    highest = max(float(shown.to_numpy().max()), 1)
    head = html.Tr([html.Th(""), *(html.Th(name, title=name) for name in heads)])
    body = [
        html.Tr([html.Th(row_name(row)), *(_cell(shown.at[row, c], highest, row, c, href) for c in columns)])
        for row in rows
    ]
    return html.Div(html.Table([html.Thead(head), html.Tbody(body)]), className="heat")


def _cell(value: Any, highest: float, row: str, column: str, href: CellHref | None) -> html.Td:
    where = href(row, column) if href and value else None
    share = value / highest
    level = 0 if not value else 1 if share < 1 / 3 else 2 if share < 2 / 3 else 3
    return html.Td(linked(words.number(value), where), className=f"h{level}")
