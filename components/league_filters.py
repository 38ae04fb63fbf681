"""What the league is asked with, all as links: group, period, rules of counting, measure, columns."""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
from dash import dcc, html

from components import filters, words
from components.compared import measure_of
from components.league_columns import COLUMNS
from components.records import each
from components.terms import term
from components.words import N_, _

RULES = {
    "mostly": N_("With mostly satisfied"),
    "adjudicated": N_("Exclusions out"),
    "centre": N_("Centre's calls"),
    "first": N_("First answer"),
    "unit": N_("Responsible unit"),
    "apart": N_("Mediation, enforcement apart"),
}
"""The rules of counting, each said as it is when it is on."""

LONG = {
    "apart": N_("Mediation and law enforcement are listed apart and not ranked"),
}
"""What a rule does, where its name does not say it."""

NAMED = 2  # rules that are off and named in a line; more are counted

VIEWS = {"table": N_("Table"), "slope": N_("Before and after"), "ledger": N_("Ledger")}
"""What the large part of the page shows; the first unless the address says otherwise."""


def without(rule: str) -> str:
    """A rule of counting that is off, in words."""
    return _("off: {rule}").format(rule=_(RULES.get(rule, rule)))


def window(chosen: tuple[Any, Any], off: Iterable[str]) -> str:
    """What figures stand on, in a line: the period [start, end), and the rules of counting that are off."""
    rules = [without(rule) for rule in sorted(off)]
    if len(rules) > NAMED:
        rules = [_("{n} rules of counting are off").format(n=len(rules))]
    return " · ".join([filters.span(*chosen), *rules])


def views(now: str | None, href: Callable[[str | None], str]) -> html.P:
    """What the large part may show, and which it shows now; the usual one needs no word in an address."""
    usual = next(iter(VIEWS))
    here = now if now in VIEWS else usual
    offered = [(_(said), href(None if name == usual else name), name == here) for name, said in VIEWS.items()]
    return filters.choices(offered)


def bar(*pieces: Any) -> html.Section:
    """The line of filters over a league."""
    return html.Section(list(pieces), className="ask all")


def groups(rows: pd.DataFrame, chosen: str, href: Callable[[str], str]) -> html.Nav:
    """A tab per group with its number of units: unit_group, units."""
    if rows.empty:
        return html.Nav(html.Span(_("No unit belongs to a group."), className="q"), className="tabs")
    return html.Nav([_tab(row, chosen, href) for row in each(rows)], className="tabs")


def _tab(row: Any, chosen: str, href: Callable[[str], str]) -> dcc.Link:
    label: list[Any] = [term(row.unit_group), html.Small(words.number(row.units))]
    here = " here" if row.unit_group == chosen else ""
    return dcc.Link(label, href=href(row.unit_group), className=f"kin{here}")


def periods(chosen: tuple[Any, Any], offered: list[tuple[str, str, bool]]) -> html.Div:
    """The window [start, end) as its first and last day, and the others to choose: name, address, here."""
    named = [(_(filters.PERIODS.get(name, name)), href, here) for name, href, here in offered]
    label = next((text for text, _href, here in named if here), _("Period"))
    return html.Div([html.Span(label, className="q"), _drop(filters.span(*chosen), named)], className="end")


def rules(states: list[tuple[str, bool, str]]) -> html.P:
    """Each rule of counting with ✓ where it is on; a click turns it: rule, is on, address."""
    chips = [_chip(rule, on, href) for rule, on, href in states]
    return html.P([html.Span(_("Counting"), className="q"), *chips], className="rules")


def _chip(rule: str, on: bool, href: str) -> dcc.Link:
    mark, label = [html.I("✓")] if on else [], _(RULES.get(rule, rule))
    turn = _("counted so; click to turn off") if on else _("not counted so; click to turn on")
    said = "\n".join([_(LONG[rule]), turn]) if rule in LONG else turn
    return dcc.Link([*mark, label], href=href, className="chip" if on else "chip off", title=said)


def measures(offered: list[tuple[str, str, bool]]) -> html.Div:
    """What is compared: measure, address, whether it is chosen."""
    named = [(_(measure_of(name).name), href, here) for name, href, here in offered]
    label = next((text for text, _href, here in named if here), "")
    return html.Div([html.Span(_("Compare"), className="q"), _drop(label, named)], className="end right")


def columns(offered: list[tuple[str, str, bool]]) -> html.Div:
    """Columns that may be shown: column, address that turns it, whether it is shown now."""
    named = [(_(COLUMNS[name].name) if name in COLUMNS else name, href, on) for name, href, on in offered]
    ticked = [("✓ " + label if on else label, href, on) for label, href, on in named]
    return html.Div(_drop(_("Columns"), ticked), className="last")


def _drop(label: str, links: list[tuple[str, str, bool]]) -> html.Details:
    """A label that opens its links."""
    return html.Details([html.Summary(label), filters.choices(links)], className="drop")
