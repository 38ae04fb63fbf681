"""In short, with the way to the whole: the league's tiers, what is overdue, the whistles."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import dcc, html

from components import words
from components.panels import panel
from components.signs import late
from components.terms import term
from components.whistle_words import untold
from components.words import _

Href = Callable[..., str]
"""The address of a page, at the moment of the pack; arguments narrow it."""


def shorts(
    satisfied: pd.DataFrame, late_cases: Any, rungs: pd.DataFrame, whistles: Any, href: Href
) -> html.Section:
    """Of league.satisfaction, overdue.both, overdue.rungs and whistles.tiles; ``href`` opens a page."""
    groups = [group for group in ("town", "department", "public") if group in set(satisfied["unit_group"])]
    lines = [*(_group(satisfied, group, href) for group in groups), _overdue(late_cases, rungs, href)]
    listed = html.Ul([*lines, _whistles(whistles, href)], className="shorts")
    return panel(_("Read out in short"), listed, None, None, "two")


def _line(name: str, address: str, *said: Any) -> html.Li:
    return html.Li(
        [dcc.Link(name, href=address, className="n"), html.Span([piece for piece in said if piece])]
    )


def _group(satisfied: pd.DataFrame, group: str, href: Href) -> html.Li:
    """How many units of the group stand clearly apart; who is behind is named, in no order."""
    mine = satisfied[satisfied["unit_group"] == group]
    behind = mine[mine["tier"] == "worse"]["unit"].tolist()
    better = int((mine["tier"] == "better").sum())
    names = _(": {names}").format(names=_(", ").join(behind)) if behind else ""
    said = _("better {b}, behind {w}").format(b=better, w=len(behind))
    return _line(term(group), href("/league", group=group), said + names)


def _overdue(found: Any, rungs: pd.DataFrame, href: Href) -> html.Li:
    chair = rungs[rungs["level"] == 4]["cases"].sum()
    if words.absent(found.overdue):
        return _line(_("Overdue"), href("/overdue"), _("limits not recorded"))
    said = words.ngettext("{n} case", "{n} cases", int(found.overdue)).format(n=words.number(found.overdue))
    raised = _(", {n} before the chair").format(n=words.number(chair))
    return _line(_("Overdue"), href("/overdue"), late(said) if found.overdue else said, raised)


def _whistles(found: Any, href: Href) -> html.Li:
    if words.absent(found.pairs_n) and not words.absent(found.open):
        return _line(_("Whistles"), href("/whistles"), untold())
    if words.absent(found.pairs_n) or not found.pairs_n:
        return _line(_("Whistles"), href("/whistles"), _("none due in the period"))
    rate = words.percent(found.pairs_k / found.pairs_n)
    said = _("arrived in time {p} ({n})").format(p=rate, n=words.sample(found.pairs_n))
    whole = _(", all in time {k} of {of}").format(
        k=words.number(found.whole_k), of=words.number(found.whole_n)
    )
    return _line(_("Whistles"), href("/whistles"), said, whole)
