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
from components.words import _, ngettext

UNKNOWN = "unknown"
"""Instead of a stage: of these cases nobody recorded when they were sent."""

Href = Callable[[Any], str | None]


def stages(found: pd.DataFrame, overdue: Any, href: Href) -> html.Section:
    """Of overdue.stages, in the order of a case's way: stage, days, cases, unit_id, unit, unit_days.

    ``href`` opens a unit. Where no case has a stage on record there is no picture.
    """
    total = float(found["days"].sum()) if len(found) else 0.0
    if words.absent(overdue) or total <= 0:
        unknown = words.absent(overdue)
        said = _("The source gives no limits.") if unknown else _("No case is overdue.")
        named = _("Where the time went") if unknown else _("No day overdue")
        return panel(named, empty(said), None, "stages", "three")
    note = _("{n} cases; days beyond what is allowed").format(n=words.number(overdue))
    if found.loc[found["stage"] != UNKNOWN, "days"].sum() <= 0:
        said = _("The source does not record when cases were sent to a unit, so no stage can be told.")
        named = _("{days} overdue, stages not recorded").format(days=words.days(total))
        return panel(named, empty(said), note, "stages", "three")
    most, before, drawn = found["days"].idxmax(), 0.0, []
    for row in each(found.assign(printed=whole(list(found["days"]), round(total)))):
        last = row.Index == found.index[-1]
        drawn.append(_stage(row, before / total, total, row.Index == most, last, href))
        before += row.days
    return panel(title(found, most), html.Ol(drawn, className="rows fall"), note, "stages", "three")


def title(found: pd.DataFrame, most: Any) -> str:
    """All days overdue, and the stage that took most of them."""
    total, largest = float(found["days"].sum()), found.loc[most]
    is_told = largest["stage"] != UNKNOWN
    text = _("{days} overdue, {share} of it in {stage}")
    said = text if is_told else _("{days} overdue, {share} of it {stage}")
    return said.format(
        days=words.days(total), share=tenths(largest["days"] / total), stage=stage(largest["stage"])
    )


def _stage(row: Any, start: float, total: float, is_most: bool, is_last: bool, href: Href) -> html.Li:
    """A floating bar, joined by a hairline to the next; who held most of it."""
    share = row.days / total
    step = html.I(style={"left": width(start), "width": width(share)})
    joint = [] if is_last else [html.U(style={"left": width(start + share)})]
    worst = _with(row)
    cells = [
        html.Span(stage(row.stage), className="cut"),
        html.Div([step, *joint], className="fl"),
        html.Span(words.days(row.printed), className="r"),
        linked(worst, href(row) if worst and row.unit_id else None, "note r cut"),
    ]
    kinds = ["up"] * is_most + ["void"] * (row.stage == UNKNOWN)
    return html.Li(cells, className=" ".join(kinds) or None)


def _with(row: Any) -> str:
    """Who held most of it; of what nobody recorded, how many cases these are."""
    if row.stage == UNKNOWN:
        said = ngettext("{n} case, no dispatch time", "{n} cases, no dispatch time", row.cases)
        return said.format(n=words.number(row.cases))
    if not row.printed or words.absent(row.unit_days):
        return ""
    most = min(round(row.unit_days), row.printed)
    return _("most: {unit} {days}").format(unit=unit(row, _("Centre")), days=words.days(most))
