"""Why citizens are not satisfied with a unit: reasons on one scale, most first, with what they come to."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, linked, panel
from components.records import each
from components.rows import bar
from components.words import _, ngettext

SHOWN = 6


def reasons(rows: pd.DataFrame, href: Callable[[Any], str | None]) -> html.Section:
    """Of units.reasons, most first: reason, cases, cumulative (fraction), top_kind, top_cases."""
    if rows.empty:
        said = empty(_("No rating says dissatisfied."))
        return panel(_("Nobody dissatisfied"), said, None, "unit_reasons", "half")
    longest = max(rows["cases"].max(), 1)
    listed = [_reason(row, longest, href) for row in each(rows.head(SHOWN))]
    rest = rows["cases"].iloc[SHOWN:].sum()
    foot = _("{n} more for other reasons").format(n=words.number(rest)) if rest else None
    body = html.Ol(listed, className="rows ureasons")
    return panel(title(rows), body, _("in the citizens' words"), "unit_reasons", "half", foot)


def title(rows: pd.DataFrame) -> str:
    """How many are dissatisfied, over what most of those who say, and how many do not say.

    A tie at the top names nothing.
    """
    total = int(rows["cases"].sum())
    said = ngettext("{n} dissatisfied", "{n} dissatisfied", total).format(n=words.number(total))
    stated = rows[rows["reason"].map(_is_stated)]
    silent = total - int(stated["cases"].sum())
    unsaid = _(", {n} did not say why").format(n=words.number(silent)) if silent else ""
    if stated.empty:
        return said + _(", none said why")
    return said + _most(stated) + unsaid


def _most(stated: pd.DataFrame) -> str:
    """The reason stated most, of rows in order."""
    most = stated["cases"].iloc[0]
    if len(stated) > 1 and stated["cases"].iloc[1] == most:
        return _(", no reason first")
    return _(", {n} over: {reason}").format(n=words.number(most), reason=stated["reason"].iloc[0])


def _is_stated(reason: Any) -> bool:
    return not words.absent(reason) and bool(reason)


def _name(reason: Any) -> str:
    return str(reason) if _is_stated(reason) else _("not stated")


def _reason(row: Any, longest: float, href: Callable[[Any], str | None]) -> html.Li:
    """A reason on its bar, with the kind it comes from most."""
    of = _("{n} of them {kind}")
    kind = (
        of.format(n=words.number(row.top_cases), kind=row.top_kind) if row.top_kind and row.top_cases else ""
    )
    cells = [
        html.Span([_name(row.reason), html.Span(kind, className="q of")], className="cut"),
        linked(words.number(row.cases), href(row), "n"),
        html.Span(_("together {share}").format(share=f"{100 * row.cumulative:.0f}%"), className="q r"),
        bar(row.cases / longest),
    ]
    return html.Li(cells)
