"""Where the days past the limit went, stage by stage, and with whom most of them."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.overdue_expected import whole
from components.overdue_words import stage, tenths, unit
from components.panels import empty, linked, panel
from components.records import each
from components.rows import width
from components.words import _

Href = Callable[[Any], str | None]


def stages(found: pd.DataFrame, overdue: Any, href: Href) -> html.Section:
    """Of overdue.stages, in the order of a case's way: stage, days, unit_id, unit, unit_days.

    ``href`` opens a unit.
    """
    total = float(found["days"].sum()) if len(found) else 0.0
    if words.absent(overdue) or total <= 0:
        unknown = words.absent(overdue)
        said = _("The source gives no limits.") if unknown else _("No case is overdue.")
        named = _("Where the time went") if unknown else _("No day overdue")
        return panel(named, empty(said), None, "stages", "three")
    most, before, drawn = found["days"].idxmax(), 0.0, []
    for row in each(found.assign(printed=whole(list(found["days"]), round(total)))):
        last = row.Index == found.index[-1]
        drawn.append(_stage(row, before / total, total, row.Index == most, last, href))
        before += row.days
    note = _("{n} cases; days beyond what is allowed").format(n=words.number(overdue))
    return panel(title(found, most), html.Ol(drawn, className="rows fall"), note, "stages", "three")


def title(found: pd.DataFrame, most: Any) -> str:
    """All days overdue, and the stage that took most of them."""
    total, largest = float(found["days"].sum()), found.loc[most]
    return _("{days} overdue, {share} of it in {stage}").format(
        days=words.days(total), share=tenths(largest["days"] / total), stage=stage(largest["stage"])
    )


def _stage(row: Any, start: float, total: float, is_most: bool, is_last: bool, href: Href) -> html.Li:
    """A floating bar, joined by a hairline to the next; who held most of it."""
    share = row.days / total
    step = html.I(style={"left": width(start), "width": width(share)})
    joint = [] if is_last else [html.U(style={"left": width(start + share)})]
    worst = ""
    if row.days and not words.absent(row.unit_days):
        worst = _("most: {unit} {days}").format(unit=unit(row, _("Centre")), days=words.days(row.unit_days))
    cells = [
        html.Span(stage(row.stage), className="cut"),
        html.Div([step, *joint], className="fl"),
        html.Span(words.days(row.printed), className="r"),
        linked(worst, href(row) if worst and row.unit_id else None, "note r cut"),
    ]
    return html.Li(cells, className="up" if is_most else None)
