"""Rows that stand on their bar: named amounts, the ten kinds of issue, the cases overdue longest."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, linked, panel, tick
from components.records import each
from components.signs import steps
from components.words import _

Href = Callable[[Any], str]  # a row of the table → where a click leads


def width(share: float | None) -> str:
    """A share of the full length as CSS, kept inside it; absent is nothing."""
    return "0%" if words.absent(share) else f"{100 * min(max(float(share or 0), 0), 1):.1f}%"


def bar(share: float | None, mark: float | None = None, state: str = "") -> html.Div:
    """The one bar there is: ``share`` of its full length, ``mark`` a tick to compare with."""
    ticks = [] if words.absent(mark) else [html.U(style={"left": width(mark)})]
    return html.Div([html.I(style={"width": width(share)}), *ticks], className=f"bar {state}".strip())


def row(
    label: str,
    figure: str,
    share: float | None,
    note: Any = None,
    href: str | None = None,
    strong: bool = False,
) -> html.Li:
    """A named amount on its bar; ``strong`` is the one to look at."""
    cells = [
        linked(label, href, "l cut"),
        html.Span(note, className="note r"),
        html.Span(figure, className="n r"),
        bar(share),
    ]
    return html.Li(cells, className="up" if strong else None)


def rows(items: list[html.Li]) -> html.Ol:
    """Named amounts under each other, sharing the height there is."""
    return html.Ol(items, className="rows barrows")


def issues(found: pd.DataFrame, href: Href | None = None, title: str = "") -> html.Section:
    """Ten kinds of issue, most first: issue, received, expected, change (fraction), is_real."""
    note = [_("{n} received").format(n=words.number(found["received"].sum())), tick(_("last period"))]
    title = title or issues_title(found)
    if found.empty:
        unnamed = empty(_("No case received in this period names its kind."))
        return panel(title, unnamed, measure="issues", className="half")
    # a little air, so that the longest bar and its mark stay apart from the edge
    longest = 1.02 * max(found["received"].max(), found["expected"].max(), 1)
    listed = [_issue(item, longest, href) for item in each(found.head(10))]
    half = {"--half": -(-len(listed) // 2)}
    return panel(title, html.Ol(listed, className="rows issues", style=half), note, "issues", "half")


def issues_title(found: pd.DataFrame) -> str:
    """Which kind rises most, said only of a change beyond chance."""
    if not found["received"].sum():
        return _("Issues: none named")
    rising = found[found["is_real"].astype(bool) & (found["change"] > 0)]
    if rising.empty:
        return _("Issues: none rising")
    fastest = rising.sort_values("change", ascending=False)["issue"].iloc[0]
    return _("Issues: {issue} up most").format(issue=fastest)


def _issue(item: Any, longest: float, href: Href | None) -> html.Li:
    """One kind: a real rise is bold on a bright bar, a change within chance says so."""
    real = bool(item.is_real) and not words.absent(item.change)
    up = real and item.change > 0
    change = words.change_share(item.change) if real or words.absent(item.change) else _("steady")
    name = linked(item.issue, href(item) if href else None, "cut")
    figure = html.Span(words.number(item.received), className="r")
    moved = html.Span(change, className="r" if real else "r q")
    cells: list[Any] = [name, figure, moved]
    mark = None if words.absent(item.expected) else item.expected / longest
    return html.Li([*cells, bar(item.received / longest, mark)], className="up" if up else None)


def oldest(cases: pd.DataFrame, total: int | None, href: Href | None = None) -> html.Section:
    """Cases overdue longest: case_id, unit, title, days_late, hours_late, level; ``total`` are overdue."""
    note = [_("D2 slip"), _("D3 raised"), _("D4 meet")]
    if cases.empty:
        unknown = words.absent(total)
        body: Any = empty(_("The source gives no limits.") if unknown else _("No case is overdue."))
        return panel(
            _("Overdue") if unknown else _("Nothing overdue"),
            body,
            measure="oldest_overdue",
            className="grow overdue",
        )
    longest = max(cases["hours_late"].max(), 1)
    listed = [_overdue(item, longest, href) for item in each(cases)]
    return panel(
        oldest_title(cases), html.Ol(listed, className="rows"), note, "oldest_overdue", "grow overdue",
        _others(cases, total or 0),
    )  # fmt: skip


def oldest_title(cases: pd.DataFrame) -> str:
    at_meeting = int((cases["level"] >= 4).sum())
    said = _("{n} oldest overdue").format(n=len(cases))
    return said + (_(", {n} at D4").format(n=at_meeting) if at_meeting else "")


def _overdue(item: Any, longest: float, href: Href | None) -> html.Li:
    cells = [
        html.Span([steps(int(item.level)), f"D{int(item.level)}"], className="step"),
        html.B(item.unit or words.NOTHING, className="cut"),
        linked(item.title, href(item) if href else None, "cut"),
        html.B(lateness(item), className="late days"),
    ]
    return html.Li([*cells, bar(item.hours_late / longest, state="late")])


def lateness(item: Any) -> str:
    """Days, or hours on the first day."""
    return words.days(item.days_late) if item.days_late else words.age(3600 * item.hours_late)


def _others(cases: pd.DataFrame, total: int) -> str:
    """How many are not listed, and what bounds them."""
    rest = total - len(cases)
    if rest <= 0:
        return _("{n} cases in all").format(n=words.number(total))
    bound = words.days(int(cases["days_late"].iloc[-1]) + 1)
    return _("{total} in all; the other {rest} are under {bound}").format(
        total=words.number(total), rest=words.number(rest), bound=bound
    )
