"""Alerts: a quiet line of counts on every desk page, and the list that each count opens."""

from collections.abc import Callable, Collection
from typing import Any

import pandas as pd
from dash import dcc, html

from components import filters, words
from components.panels import empty, files, linked, panel
from components.records import each
from components.words import N_, _, ngettext

NAMES = {
    "A01": N_("Not recorded in time"),
    "A02": N_("Not dispatched in time"),
    "A03": N_("No section named"),
    "A04": N_("Petitioner not met"),
    "A05": N_("No feedback"),
    "A06": N_("Petition not finished"),
    "A07": N_("Petition near or past its limit"),
    "A08": N_("Nobody on the spot"),
    "A09": N_("Whistle not answered on the spot"),
    "A10": N_("Rework past its limit"),
    "A11": N_("Meeting item past its date"),
    "A14": N_("One matter, several channels"),
    "A15": N_("Many people, one matter"),
    "A17": N_("To and fro between units"),
    "A19": N_("Promise not kept"),
}
"""What each alert is called, by its code."""

MEASURES = {
    "minutes": N_("minutes beyond the limit"),
    "hours": N_("hours beyond the limit"),
    "times": N_("times"),
    "people": N_("people"),
    "channels": N_("channels"),
}
"""What the value of an alert counts."""

SHOWN = 200
"""Rows of the list on a page; the files have all."""


def name(alert: str) -> str:
    """What an alert is called; one we do not know is shown by its code."""
    return _(NAMES[alert]) if alert in NAMES else alert


def line(counts: pd.DataFrame, href: Callable[[str], str]) -> html.P | None:
    """Of alerts.counts: alert, cases. Nothing where there is none."""
    if counts.empty:
        return None
    pieces = [
        dcc.Link([_(name(row.alert)), " ", html.B(words.number(row.cases))], href=href(row.alert))
        for row in each(counts)
    ]
    return html.P([html.Span(_("Alerts"), className="q"), *pieces], className="alerts desk-only")


def chips(counts: pd.DataFrame, chosen: str | None, href: Callable[[str | None], str]) -> html.P:
    """Every kind with its number; the chosen one is marked."""
    if counts.empty:
        return html.P(className="choices")
    total = int(counts["cases"].sum())
    all_of_them = (_("all {n}").format(n=words.number(total)), href(None), chosen is None)
    kinds = [
        (f"{name(row.alert)} {words.number(row.cases)}", href(row.alert), row.alert == chosen)
        for row in each(counts)
    ]
    return filters.choices([all_of_them, *kinds])


def table(
    found: pd.DataFrame,
    chosen: str | None,
    href: Callable[[Any], str | None],
    rule: Callable[[str], str],
    taken: tuple[str, str],
    unknown: Collection[str] = (),
) -> html.Section:
    """Of alerts.active; ``href`` opens the case, whistle or item, ``rule`` names the rule that is broken.

    ``unknown``: the kinds that the source records nothing for.
    """
    if found.empty:
        return _nothing(chosen, unknown, taken)
    heads = (_("Alert"), _("Number"), _("Unit"), _("Since"), _("How much"), _("Rule"))
    sides = ("", "", "", "r", "r", "")
    head = html.Tr([html.Th(said, className=side) for said, side in zip(heads, sides, strict=True)])
    rows = [html.Tr(_cells(row, href, rule)) for row in each(found.head(SHOWN))]
    drawn = html.Table([html.Thead(head), html.Tbody(rows)], className="tbl")
    rest = len(found) - SHOWN
    foot = _("{n} more are in the files").format(n=words.number(rest)) if rest > 0 else None
    body = [drawn, *(_unknown(unknown) if chosen is None else [])]
    return panel(_title(len(found), chosen), body, files(*taken), "alerts", "all", foot)


def _nothing(chosen: str | None, unknown: Collection[str], taken: tuple[str, str]) -> html.Section:
    """None of the kind, or none at all; what nobody records is not said to be none."""
    if chosen in unknown or len(unknown) == len(NAMES):
        title = _("Alerts") if chosen is None else name(chosen)
        said = empty(_("The source does not record what it would take to know."))
        named = _unknown(unknown) if chosen is None else []
        return panel(title, [said, *named], files(*taken), "alerts", "all")
    if chosen is not None:
        none = empty(_("Nothing of this kind asks for anybody now."))
        return panel(_title(0, chosen), none, files(*taken), "alerts", "all")
    body = [empty(_("Nothing asks for anybody now.")), *_unknown(unknown)]
    return panel(_none(len(NAMES) - len(unknown)), body, files(*taken), "alerts", "all")


def _none(kinds: int) -> str:
    """No alert, of all kinds or of those that can be known."""
    if kinds == len(NAMES):
        return _title(0, None)
    said = ngettext("0 alerts of {n} kind on record", "0 alerts of {n} kinds on record", kinds)
    return said.format(n=kinds)


def _unknown(kinds: Collection[str]) -> list[html.P]:
    """Which kinds nobody can tell here."""
    if not kinds:
        return []
    said = _("Not recorded by the source, so not known: {kinds}")
    return [html.P(said.format(kinds=_(", ").join(map(name, kinds))), className="note")]


def _title(number: int, chosen: str | None) -> str:
    said = ngettext("{n} alert", "{n} alerts", number).format(n=words.number(number))
    return said if chosen is None else _("{name}: {said}").format(name=name(chosen), said=said)


def _cells(row: Any, href: Callable[[Any], str | None], rule: Callable[[str], str]) -> list[html.Td]:
    number = row.case_id or row.whistle_id or row.item_id
    return [
        html.Td(name(row.alert)),
        html.Td(linked(number, href(row), "n")),
        html.Td(row.unit or _("Centre")),
        html.Td(words.full(row.since), className="r"),
        html.Td(amount(row.value, row.measure), className="r"),
        html.Td(rule(row.rule), className="q", title=row.evidence),
    ]


def amount(value: float, measure: str) -> str:
    """How far beyond (or before) a limit, or how many."""
    if measure in ("minutes", "hours"):
        seconds = abs(value) * (60 if measure == "minutes" else 3600)
        return (_("{time} over") if value >= 0 else _("{time} left")).format(time=words.age(seconds))
    said = {
        "times": ngettext("{n} time", "{n} times", int(value)),
        "people": ngettext("{n} person", "{n} people", int(value)),
        "channels": ngettext("{n} channel", "{n} channels", int(value)),
    }
    return said[measure].format(n=words.number(value))
