"""The ledger of exclusions: who asked to leave a rating out, who approved, why, and with what effect."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.compared import some
from components.panels import empty, linked, panel
from components.records import each
from components.terms import term
from components.words import N_, _, ngettext

GROUND = 3  # the column that may take several lines
STATES = {"approved": N_("left out"), "refused": N_("refused"), "open": N_("undecided")}


def summary(counts: Mapping[str, Any]) -> html.Section:
    """The ledger in one line: asked, approved, refused, open; ``href`` of each state opens its items."""
    asked = counts["asked"]
    if not asked:
        return panel(_("Exclusions"), empty(_("Nobody asked to leave a rating out.")), None, "league_ledger")
    pieces: list[Any] = []
    for state, said in STATES.items():
        href = counts["href"].get(state) if counts[state] else None
        figure = linked(words.number(counts[state]), href, "n")
        pieces.append(html.Span([_(said), " ", figure]))
    note = ngettext("{n} asked for", "{n} asked for", asked).format(n=words.number(asked))
    return panel(_("Exclusions"), html.P(pieces, className="counts"), note, "league_ledger")


def items(rows: pd.DataFrame, href: Callable[[Any], str]) -> html.Section:
    """All items (league.ledger), each with its effect and of how many ratings."""
    if rows.empty:
        said = empty(_("Nobody asked to leave a rating out."))
        return panel(_("Exclusions"), said, None, "league_ledger", "four")
    states = rows["state"].value_counts()
    text = _("{n} exclusions asked for: {approved} approved, {refused} refused, {open} undecided")
    figures = {state: int(states.get(state, 0)) for state in STATES}
    title = text.format(n=words.number(len(rows)), **figures)
    heads = [
        _("Case"), _("Unit"), _("Rating"), _("Ground"), _("Asked by"), _("Decided by"), _("Decision"),
        _("Effect, points"),
    ]  # fmt: skip
    lines = [_item(row, href) for row in each(rows)]
    return panel(title, _table(heads, lines, 1), None, "league_ledger", "four", _basis())


def _basis() -> str:
    """Which items stand here, and which ratings the effects and shares are of."""
    return _(
        "Asked for in this period. An effect is on the unit's satisfaction in it, with no rating left out; "
        "a share is of all its ratings."
    )


def _item(row: Any, href: Callable[[Any], str]) -> html.Tr:
    decided = row.approved_at if row.state == "approved" else row.rejected_at
    cells = [
        linked(row.case_id, href(row)),
        row.unit,
        term(row.rating),
        _told(row.reason),
        _who(row.proposed_by, row.proposed_at),
        words.NOTHING if row.state == "open" else _who(row.reviewed_by, decided),
        _(STATES.get(row.state, row.state)),
    ]
    drawn = [html.Td(cell, className="ground" if n == GROUND else "nb") for n, cell in enumerate(cells)]
    return html.Tr([*drawn, html.Td(_effect(row), className="r nb effect")], className=row.state)


def _told(text: Any) -> str:
    return words.NOTHING if words.absent(text) or not text else str(text)


def _who(person: Any, at: Any) -> html.Span:
    """A person, and when."""
    return html.Span([_told(person), html.Small(words.stamp(at), className="q")], className="who")


def _effect(row: Any) -> Any:
    """What the item does to its unit's rate, in points, of how many ratings; what it would do is quiet."""
    if words.absent(row.effect):
        return words.NOTHING
    size = words.points(100 * row.effect)
    said = size if row.effect <= 0 else f"+{size}"
    is_done = row.state == "approved"
    figure = said if is_done else html.Span(_("would be {n}").format(n=said), className="q")
    return [figure, html.Small(_("of {n} rated").format(n=words.number(row.rated)), className="q")]


def shares(units: pd.DataFrame) -> html.Section:
    """The share left out of each unit's ratings (league.excluded), the flagged first."""
    if units.empty or not units["asked"].sum():
        said = empty(_("No unit has an exclusion."))
        return panel(_("Share left out"), said, None, "league_ledger", "shares")
    order = units[units["asked"] > 0].sort_values(["flagged", "share"], ascending=False, kind="stable")
    flagged = order.loc[order["flagged"].astype(bool), "unit"].tolist()
    title = _("{names}: many left out").format(names=some(flagged))
    heads = [_("Unit"), _("Asked for"), _("Approved"), _("of its ratings"), _("Share")]
    mean = units["group_share"].iloc[0]
    note = _("group {share}").format(share=words.percent(mean))
    body = _table(heads, [_unit(row) for row in each(order)], 4)
    return panel(title if flagged else _("No unit stands out"), body, note, "league_ledger", "shares")


def _unit(row: Any) -> html.Tr:
    figures = [words.number(row.asked), words.number(row.approved), words.number(row.rated)]
    share = words.percent(row.share) if row.rated else words.no_sample()
    mark: Any = html.B([share, " ", _("high")]) if row.flagged else share
    if row.is_small:
        mark = [share, html.Small(_("too few to flag"), className="q")]
    name = html.B(row.unit) if row.flagged else row.unit
    cells = [html.Td(name), *[html.Td(figure, className="r") for figure in figures]]
    return html.Tr([*cells, html.Td(mark, className="r nb effect")])


def _table(heads: list[str], lines: list[html.Tr], right: int) -> html.Table:
    """A read table; its last ``right`` columns are figures."""
    first = len(heads) - right
    cells = [html.Th(text, className="r" if n >= first else None) for n, text in enumerate(heads)]
    return html.Table([html.Thead(html.Tr(cells)), html.Tbody(lines)], className="tbl ledger")
