"""Where a unit loses: kinds of matter × stages, a count in every cell, the depth its share of that kind."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd
from dash import html

from components import words
from components.panels import empty, linked, panel
from components.records import each
from components.words import N_, _

Href = Callable[[Any, str], str | None]  # a row (None: all kinds together) and a column


class Stage(NamedTuple):
    """A column: its head in two lines (parted by |), and what a title calls it."""

    column: str
    head: str
    called: str
    base: str = "due"


STAGES = (
    Stage("signed_late", N_("signed|late"), N_("late signing")),
    Stage("contacted_late", N_("contact|late"), N_("late contact")),
    Stage("closed_late", N_("done|late"), N_("late work")),
    Stage("sent_back", N_("sent|back"), N_("rework")),
    Stage("dissatisfied", N_("dissatis-|fied"), N_("many dissatisfied"), "rated"),
)
DEPTHS = (0.10, 0.20, 0.35)  # shares of a kind from which a cell is a step deeper
SMALLEST = 10  # a kind of fewer cases is as deep as one of ten: a single case never stands out
FEW, SMALL = 2, 0.10  # cases, and share of the kind, from which a title names a stage


def stages(rows: pd.DataFrame, href: Href) -> html.Section:
    """Of units.stages, most due first; ``href`` opens the cases of a cell, of the last row with None."""
    if rows.empty or not rows[["due", "rated"]].to_numpy().sum():
        said = empty(_("Nothing was due or rated in this period."))
        return panel(_("Where it is lost"), said, None, "unit_stages", "half")
    head = html.Tr([html.Th(""), html.Th(_("due"), className="r"), *map(_head, STAGES)])
    body = [_row(row, href) for row in each(rows)]
    drawn = html.Table([html.Thead(head), html.Tbody(body), html.Tfoot(_sum(rows, href))], className="uheat")
    return panel(title(rows), drawn, _("dark: high share"), "unit_stages", "half")


def title(rows: pd.DataFrame) -> str:
    """The kind that loses most, and the stages before the rating that it loses at."""
    lost = rows[[stage.column for stage in STAGES]]
    if not lost.to_numpy().sum():
        return _("Nothing lost at any stage")
    worst = next(each(rows.loc[[lost.sum(axis=1).idxmax()]]))
    at = sorted((stage for stage in STAGES if _stands_out(worst, stage)), key=_count_of(worst), reverse=True)
    before = [stage for stage in at if stage.base == "due"][:2] or at
    named = [_(stage.called) for stage in STAGES if stage in before]
    if not named:
        return _("No kind stands out at any stage")
    return _("{kind}: {stages}").format(kind=kind_name(worst), stages=_(", ").join(named))


def _stands_out(row: Any, stage: Stage) -> bool:
    share = _share(row, stage)
    return getattr(row, stage.column) >= FEW and share is not None and share >= SMALL


def _count_of(row: Any) -> Callable[[Stage], float]:
    return lambda stage: getattr(row, stage.column)


REST = "*"  # the code of the last row, when it is all smaller kinds together


def kind_name(row: Any) -> str:
    """The kind's name; the rest of the kinds and the cases without one say what they are."""
    if row.kind:
        return str(row.kind)
    return _("Other kinds") if row.category_id == REST else _("not stated")


def _head(stage: Stage) -> html.Th:
    above, below = _(stage.head).split("|")
    return html.Th([above, html.Br(), below])


def _row(row: Any, href: Href) -> html.Tr:
    due = linked(words.number(row.due), href(row, "due") if row.due else None)
    name = html.Th(html.Span(kind_name(row)), title=kind_name(row))
    return html.Tr([name, html.Td(due, className="due"), *(_cell(row, stage, href) for stage in STAGES)])


def _cell(row: Any, stage: Stage, href: Href) -> html.Td:
    count, base, share = getattr(row, stage.column), getattr(row, stage.base), _share(row, stage)
    if not count:
        return html.Td("·", className="d0")
    told = "" if share is None else _("{share} of {n}")
    told = told.format(share=words.percent(share), n=words.number(base))
    figure = linked(words.number(count), href(row, stage.column))
    return html.Td(figure, className=depth(count, base), title=told)


def _share(row: Any, stage: Stage) -> float | None:
    base = getattr(row, stage.base)
    return getattr(row, stage.column) / base if base else None


def depth(count: float, base: float) -> str:
    """d1 to d4, by the share of the kind's own base."""
    share = count / max(base, SMALLEST)
    return f"d{1 + sum(share >= limit for limit in DEPTHS)}"


def _sum(rows: pd.DataFrame, href: Href) -> html.Tr:
    """All kinds together: the figures of the tiles."""
    cells = []
    for column in ("due", *(stage.column for stage in STAGES)):
        known = rows[column].dropna()
        count = int(known.sum())
        where = href(None, column) if count else None
        said = words.number(count) if len(known) else words.NOTHING
        cells.append(html.Td(linked(said, where), className="due" if column == "due" else None))
    return html.Tr([html.Th(_("Together")), *cells])
