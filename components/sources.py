"""Where requests come from and what they are about: named amounts with what became of them."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, panel
from components.records import each
from components.rows import row, rows
from components.words import _

Href = Callable[[Any], str]
SHOWN = 14


def channels(found: pd.DataFrame, href: Href) -> html.Section:
    """Of intake.by_channel: channel, received, closed_on_time, closed_late, late_share."""
    return _listed(_("Channels"), found, "channel", href, "by_channel")


def categories(found: pd.DataFrame, href: Href) -> html.Section:
    """Of intake.by_category: category, received, closed_on_time, closed_late, late_share."""
    return _listed(_("Matters"), found, "category", href, "by_category")


def areas(found: pd.DataFrame, href: Href) -> html.Section:
    """Of intake.by_area: area, received, closed_on_time, closed_late, late_share."""
    return _listed(_("Areas"), found, "area", href, "by_area")


def _listed(title: str, found: pd.DataFrame, word: str, href: Href, measure: str) -> html.Section:
    some = found[found["received"] > 0]
    if some.empty:
        body = empty(_("No case was received in this period."))
        return panel(title, body, None, measure, "two")
    most, total = max(some["received"].max(), 1), some["received"].sum()
    listed = [_one(item, word, most, href) for item in each(some.head(SHOWN))]
    rest = len(some) - SHOWN
    foot = _("{n} more not listed").format(n=rest) if rest > 0 else None
    named = some[some[word] != ""]
    said = _("{title}: {first} most").format(title=title, first=named[word].iloc[0]) if len(named) else title
    note = _("{n} cases").format(n=words.number(total))
    return panel(said, rows(listed), [note, _("late of closed")], measure, "two sources", foot)


def _one(item: Any, word: str, most: float, href: Href) -> html.Li:
    judged = item.closed_on_time + item.closed_late
    late = words.NOTHING
    if judged:
        late = f"{words.percent(item.late_share)} {words.sample(judged)}"
    name = getattr(item, word) or _("not stated")
    return row(name, words.number(item.received), item.received / most, late, href(item))
