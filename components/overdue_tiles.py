"""The head of the overdue screen: what is late by rule and by the citizen's clock, how long, what is due."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.headlines import against, some
from components.overdue_words import tenths
from components.panels import empty, linked, panel
from components.records import each
from components.rows import bar
from components.terms import term
from components.tiles import tile
from components.words import _

Link = Callable[[str], str | None]  # a column of the row → the list behind it
Href = Callable[[Any, str], str | None]  # a row and a column → the list behind it

MOST = 2 / 3
"""The title names the first age that so large a share of the cases stays within."""

GROUPS = ("town", "department", "public", "other")


def tiles(
    stock: pd.Series, both: pd.Series, ages: pd.DataFrame, stock_link: Link, both_link: Link, age_link: Href
) -> list[html.Section]:
    """The row of tiles, from overdue.stock, overdue.both and overdue.ages."""
    return [
        late(stock, both, stock_link, both_link),
        aged(ages, stock["overdue"], age_link),
        within_day(stock, both, stock_link, both_link),
        within_two(stock, both, stock_link, both_link),
    ]


def counted(said: str, value: Any, href: str | None) -> html.Span:
    """A sentence whose number opens its list; a number of nothing opens none."""
    before, after = said.split("{n}")
    return html.Span([before, linked(words.number(value), href if some(value) else None), after])


def late(stock: pd.Series, both: pd.Series, stock_link: Link, both_link: Link) -> html.Section:
    """By rule, large; beside it by the clock of the citizen, which nothing stops."""
    known = not words.absent(stock["overdue"])
    made: Any = tile(
        _("Overdue by rule"),
        words.number(stock["overdue"]),
        words.ngettext("case", "cases", stock["overdue"]),
        against(stock["overdue"], stock["previous"]),
        counted(_("closed late {n}"), both["closed_late"], both_link("closed_late"))
        if known
        else _("no limits"),
        state="late" if some(stock["overdue"]) else None,
        href=stock_link("overdue") if known else None,
        measure="overdue_open",
    )
    if known:
        citizen = linked(words.number(both["citizen_overdue"]), both_link("citizen_overdue"))
        beside = [html.Span(_("by citizen's clock"), className="note cut"), html.Span(citizen, className="n")]
        made.children.insert(2, html.P(beside, className="beside"))
    made.className += " twofold"
    return made


def within_day(stock: pd.Series, both: pd.Series, stock_link: Link, both_link: Link) -> html.Section:
    """Due within 24 hours, and how many of them before midnight."""
    unknown = words.absent(stock["due_24h"])
    tonight = counted(_("by midnight {n}"), both["due_tonight"], both_link("due_tonight"))
    return tile(
        _("Due within 24 h"),
        words.number(stock["due_24h"]),
        words.ngettext("case", "cases", stock["due_24h"]),
        _("no limits") if unknown else tonight,
        state="soon" if some(stock["due_24h"]) else None,
        href=stock_link("due_24h"),
        measure="due_24h",
    )


def within_two(stock: pd.Series, both: pd.Series, stock_link: Link, both_link: Link) -> html.Section:
    """Due within 48 hours; beside it the open cases whose clock was lengthened or stopped."""
    watched = [
        counted(_("ext. {n}"), both["extended"], both_link("extended")),
        counted(_("held {n}"), both["paused"], both_link("paused")),
    ]
    unknown = words.absent(stock["due_48h"])
    return tile(
        _("Due within 48 h"),
        words.number(stock["due_48h"]),
        words.ngettext("case", "cases", stock["due_48h"]),
        against(stock["due_48h"], stock["previous_48h"]),
        _("no limits") if unknown else html.Span(watched, className="apart"),
        state="soon" if some(stock["due_48h"]) else None,
        href=stock_link("due_48h"),
        measure="due_48h",
    )


def aged(ages: pd.DataFrame, overdue: Any, href: Href) -> html.Section:
    """The stock by how long it is overdue: from_days, to_days, cases, and the same by group of unit."""
    if words.absent(overdue) or ages.empty or not ages["cases"].sum():
        unknown = words.absent(overdue)
        said = _("The source gives no limits.") if unknown else _("No case is overdue.")
        named = _("How long overdue") if unknown else _("Nothing overdue")
        return panel(named, empty(said), None, "overdue_open", "three")
    most = ages["cases"].max()
    listed = html.Ol([_age(row, most, href) for row in each(ages)], className="ages")
    return panel(title(ages), listed, _groups(ages), "overdue_open", "three")


def title(ages: pd.DataFrame) -> str:
    """The first age that most of the cases stay within; else how many are beyond the last one."""
    total, reached = int(ages["cases"].sum()), 0
    for row in each(ages):
        reached += row.cases
        if not words.absent(row.to_days) and reached >= MOST * total:
            within = _("How long overdue: {share} within {days}")
            return within.format(share=tenths(reached / total), days=words.days(row.to_days))
    last = ages.iloc[-1]
    beyond = _("How long overdue: {share} over {days}")
    return beyond.format(share=tenths(last["cases"] / total), days=words.days(last["from_days"]))


def _groups(ages: pd.DataFrame) -> list[str]:
    """How many of each group of units; a group without any is left out."""
    sums = {name: int(ages[name].sum()) for name in GROUPS}
    names = {"other": _("others"), "town": _("towns"), "department": _("departments"), "public": _("public")}
    return [f"{names[name]} {words.number(count)}" for name, count in sums.items() if count]


def _age(row: Any, most: int, href: Href) -> html.Li:
    figure = linked(words.number(row.cases), href(row, "cases") if row.cases else None, "n")
    split = "　".join(
        f"{term(name)} {words.number(getattr(row, name))}" for name in GROUPS if getattr(row, name)
    )
    cells = [figure, bar(row.cases / most, state="late"), html.Span(age_name(row), className="note")]
    return html.Li(cells, className="" if row.cases else "q", title=split)


def age_name(row: Any) -> str:
    """The edges of an age: ≤1天, 1—3天, >60天."""
    if words.absent(row.to_days):
        return f">{words.days(row.from_days)}"
    if not row.from_days:
        return f"≤{words.days(row.to_days)}"
    return _("{n} d").format(n=words.between(row.from_days, row.to_days))
