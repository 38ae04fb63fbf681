"""Two watch lists: how units lengthen and stop their limits, and cases that go to and fro between units."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.overdue_words import Ladder, lateness, opened, unit
from components.panels import empty, linked, panel
from components.records import each
from components.unit_lists import titled
from components.words import N_, _, ngettext

HABITS = {
    "last_hours": N_("at the last minute"),
    "after_limit": N_("after the limit"),
    "too_many": N_("too often"),
    "too_long": N_("too long"),
}
"""What an extension may be asked for wrongly."""

UNITS, CASES = 10, 10

Href = Callable[[Any, str], str | None]  # a row and a column → the list behind it


def extensions(found: pd.DataFrame, href: Href, note: Any) -> html.Section:
    """Of overdue.extensions: unit, asked, last_hours, after_limit, too_many, too_long, paused."""
    if found.empty:
        said = empty(_("No extension was asked for in this period, or the source records none."))
        return panel(_("Extensions"), said, note, "extensions", "two")
    if not (found["asked"].sum() + found["paused"].sum()):
        said = empty(_("No extension was asked for and no limit is stopped."))
        return panel(_("No extension"), said, note, "extensions", "two")
    names = {"asked": N_("asked for"), **HABITS, "paused": N_("paused")}
    heads = [html.Th(_("Unit")), *(html.Th(_(name), className="r") for name in names.values())]
    body = [_habits(row, list(names), href) for row in each(found.head(UNITS))]
    made = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="tbl odnarrow")
    rest = len(found) - UNITS
    foot = ngettext("{n} more unit", "{n} more units", rest).format(n=rest) if rest > 0 else None
    return panel(_extensions_title(found), made, note, "extensions", "two", foot)


def _extensions_title(found: pd.DataFrame) -> str:
    """How many were asked for, and the habit that most of the doubtful ones show."""
    sums = {name: int(found[name].sum()) for name in HABITS}
    asked = int(found["asked"].sum())
    said = ngettext("{n} extension asked for", "{n} extensions asked for", asked).format(
        n=words.number(asked)
    )
    worst = max(sums, key=lambda name: sums[name])
    if not sums[worst]:
        return said + _(", none doubtful")
    return said + _(", {n} {habit}").format(n=words.number(sums[worst]), habit=_(HABITS[worst]))


def _habits(row: Any, names: list[str], href: Href) -> html.Tr:
    cells = [html.Td(unit(row))]
    for name in names:
        value = getattr(row, name)
        strong = name in HABITS and bool(value)
        figure = opened(words.number(value), href(row, name) if value else None)
        cells.append(html.Td(html.B(figure) if strong else figure, className="r" if value else "r q"))
    return html.Tr(cells)


def bounced(found: pd.DataFrame, ladder: Ladder, note: Any, is_told: bool = True) -> html.Section:
    """Of overdue.bounced: unit (now), title, path, returns, units, hours since received, hours_late.

    ``is_told``: the source records the way of a case at all.
    """
    if not is_told:
        said = empty(_("The source records neither returns nor a second unit."))
        return panel(_("To and fro not recorded"), said, note, "bounced", "four")
    if found.empty:
        said = empty(_("No open case goes to and fro between units."))
        return panel(_("Nothing goes to and fro"), said, note, "bounced", "four")
    heads = [
        html.Th(_("With now")), html.Th(_("Matter")), html.Th(_("Way so far")),
        html.Th(_("returned"), className="r"), html.Th(_("units in all"), className="r"),
        html.Th(_("since received"), className="r"),
        html.Th(_("by rule"), className="r"),
    ]  # fmt: skip
    body = [_bounced(row, ladder) for row in each(found.head(CASES))]
    made = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="tbl odbounced")
    rest = len(found) - CASES
    foot = _("{n} others").format(n=words.number(rest)) if rest > 0 else None
    return panel(_bounced_title(found), made, note, "bounced", "four", foot)


def _bounced_title(found: pd.DataFrame) -> str:
    said = ngettext("{n} case goes to and fro", "{n} cases go to and fro", len(found))
    return said.format(n=words.number(len(found))) + _(", one through {n} units").format(
        n=words.number(found["units"].max())
    )


def _bounced(row: Any, ladder: Ladder) -> html.Tr:
    cells = [
        html.Td(unit(row, _("Centre"))),
        html.Td(linked(titled(row), ladder.case(row)), className="matter"),
        html.Td(row.path, className="path", title=row.path),
        html.Td(words.number(row.returns), className="r"),
        html.Td(words.number(row.units), className="r"),
        html.Td(words.age(3600 * row.hours), className="r"),
        lateness(row.hours_late, ladder.soon),
    ]
    return html.Tr(cells)
