"""One case in words: every step under each other, and in whose hands it was how long."""

from typing import Any

import pandas as pd
from dash import html

from components import steps, words
from components.panels import empty, panel
from components.records import each
from components.rows import width
from components.signs import sign
from components.words import _


def log(found: pd.DataFrame) -> html.Section:
    """Every step, oldest first, grouped by round: columns of cases.timeline."""
    note = _("{n} steps, only ever added to").format(n=len(found))
    if found.empty:
        return panel(_("Steps"), empty(_("No step is recorded.")), None, "case_clocks", "four")
    rows = []
    ordered = found.assign(group=found["round"].astype(float).fillna(0)).sort_values("at", kind="stable")
    runs = (ordered["group"] != ordered["group"].shift()).cumsum()
    for _run, group in ordered.groupby(runs, sort=False):
        rows += [_step(item, n, len(group)) for n, item in enumerate(each(group))]
    return panel(_("Steps"), html.Table(html.Tbody(rows), className="tbl log"), note, "case_clocks", "four")


def by(actor: str | None) -> str:
    """Who acted; without a name it was the centre."""
    return _("Centre") if words.absent(actor) or not actor else str(actor)


def _note(item: Any) -> list[Any]:
    """What was said of the step, masked."""
    return [] if words.absent(item.note) or not item.note else [html.Span(f"　{item.note}", className="q")]


def _step(item: Any, n: int, many: int) -> html.Tr:
    name = _("Receipt") if not item.group else _("Round {n}").format(n=int(item.group))
    head = [html.Td(name, className="g nb", rowSpan=many)] if n == 0 else []
    what = steps.name(item.event, item.detail)
    cells = [
        html.Td(words.stamp(item.at), className="at"),
        html.Td(by(item.actor), className="nb"),
        html.Td([*steps.before(item.event, item.detail), what, *_note(item)]),
        html.Td(_kept(item), className="r nb"),
    ]
    return html.Tr([*head, *cells], className="last" if n == many - 1 else None)


def _kept(item: Any) -> Any:
    """The limit of the step, and whether it was kept."""
    limit = "" if words.absent(item.due_at) else _("limit {at}").format(at=words.stamp(item.due_at))
    if words.absent(item.kept):
        return limit
    shape = sign("done", "kept") if item.kept else sign("late", "late")
    return html.Span([shape, f" {limit}" if limit else (_(" in time") if item.kept else _(" late"))])


def holding(holders: pd.DataFrame) -> html.Section:
    """In whose hands it was how long: holder, seconds, kind; the sum is the citizen's clock."""
    total = holders["seconds"].sum()
    if not total:
        return panel(_("In whose hands"), empty(_("Nobody has held it yet.")), None, "holders", "")
    summed: Any = holders.groupby(["holder", "kind"], as_index=False)["seconds"].sum()
    rows = []
    for item in each(summed.sort_values("seconds", ascending=False)):
        bar = html.Div(
            html.I(style={"width": width(item.seconds / total)}),
            className="bar" if item.kind == "unit" else "bar hub",
        )
        rows.append(
            html.Li(
                [
                    html.Span(by(item.holder), className="cut"),
                    html.Span(words.age(item.seconds), className="r"),
                    bar,
                ]
            )
        )
    note = _("{span} in all").format(span=words.age(total))
    return panel(_("In whose hands"), html.Ul(rows, className="hold"), note, "holders", "")
