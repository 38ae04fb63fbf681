"""The record of a meeting: its seal, then and now with the cases, objections beside the numbers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dash import dcc, html

from components import notices, words
from components.meeting_record_said import objection
from components.panels import linked, panel
from components.signs import kept, sign
from components.words import N_, _, ngettext

SHOWN = 12
"""Cases named in a row; the others unfold."""

MOST = 500
"""Cases drawn in all: a page of thousands of links is not read."""

LEFT_OUT = ("mean", "adjusted", "shrunk", "n_effective", "left_terms", "right_terms", "in_tier", "expected")
"""Columns reckoned from others: they move in every row as soon as one row moves."""

WHYS = {
    "late_entry": N_("entered late"),
    "re_rated": N_("rated anew"),
    "excluded": N_("excluded"),
    "corrected": N_("corrected"),
    "unknown": N_("not due to single cases"),
}

TURNS = {"in": N_("came in"), "out": N_("went out"), "changed": N_("changed")}

Address = Callable[[str], str]


@dataclass(frozen=True)
class Line:
    """A figure: its name in words, then and now in words, why, the cases, objections to it, and its list."""

    label: str
    then: str
    now: str = ""
    why: str = ""
    cases: Sequence[Any] = ()
    objections: Sequence[Any] = ()
    href: str | None = None


def page(head: Any, main: Sequence[Any], aside: Sequence[Any]) -> html.Div:
    """The seal above, figures left, what is said of them right."""
    columns = [html.Div(main, className="col four"), html.Div(aside, className="col two")]
    return html.Div([notices.slot("db"), head, *columns], className="page meeting record")


def value(figure: Any, is_share: bool = False) -> str:
    """A figure as it is said: rates in per cent, days with one decimal, texts as they are."""
    if figure is None or figure == "":
        return words.NOTHING
    if isinstance(figure, bool):
        return _("yes") if figure else _("no")
    if isinstance(figure, int | float):
        said = words.points if isinstance(figure, float) else words.number
        return words.percent(figure) if is_share else said(figure)
    return str(figure)[:60]


# ── the seal ─────────────────────────────────────────────────────────────────────────────────────────────


def head(meeting: Any, state: Any, facts: Mapping[str, Any], problem: str, warning: str = "") -> html.Section:
    """Which meeting, whether it is frozen, what the figures rest on, and that their data had stopped."""
    title = _("Record of meeting {number}, {day}").format(
        number=words.number(meeting.number), day=words.day(meeting.actual, year=True)
    )
    rows = [html.Div([html.Dt(label), html.Dd(said)]) for label, said in facts.items()]
    wrong = [html.P([sign("db"), " ", problem], className="refused", role="alert")] if problem else []
    if warning:
        wrong.append(html.P([sign("late"), " ", warning], className="refused", role="status"))
    top = html.Div([html.H1(title), html.Span(state, className="state")], className="top")
    return html.Section([top, *wrong, html.Dl(rows)], className="seal all")


def sealed(at: datetime) -> html.Span:
    """That it is closed, and when."""
    return kept(_("frozen {at}").format(at=words.full(at)))


def unsealed() -> html.Span:
    """That it is still open."""
    return html.Span([sign("open"), " ", _("not frozen")])


# ── then, now, why ───────────────────────────────────────────────────────────────────────────────────────


def figures(lines: Sequence[Line], case: Address) -> html.Section:
    """Every figure of the ten days: as it was, as it is, and why it differs."""
    changed = sum(1 for line in lines if line.why)
    title = (
        ngettext("{n} figure is another one now", "{n} figures are others now", changed).format(n=changed)
        if changed
        else _("Every figure is as it was")
    )
    names = (_("Figure"), _("Then"), _("Now"), _("Why it differs"))
    top = html.Tr(
        [html.Th(name, className="r" if place in (1, 2) else "") for place, name in enumerate(names)]
    )
    body = [row for line in lines for row in _rows(line, case)]
    table = html.Table([html.Thead(top), html.Tbody(body)], className="tbl then")
    return panel(title, table, _("ratings as they are known now"), None, "all")


def _rows(line: Line, case: Address) -> list[html.Tr]:
    why = _why(line, case) if line.why else html.Span(_("as it was"), className="q")
    cells = [
        html.Td(line.label),
        html.Td(line.then, className="r"),
        html.Td(linked(line.now, line.href, "n" if line.href else None), className="r"),
        html.Td(why),
    ]
    said = [html.Tr(html.Td(objection(one), colSpan=4), className="reply") for one in line.objections]
    return [html.Tr(cells, className="other" if line.why else "same"), *said]


def _why(line: Line, case: Address) -> list[Any]:
    """Each reason with its cases; a reason without cases alone."""
    drawn: list[Any] = []
    for why in line.why.split(","):
        mine = [one for one in line.cases if one.why == why]
        drawn.append(html.Div(_reason(why, mine, case)))
    return drawn


def _reason(why: str, mine: Sequence[Any], case: Address) -> list[Any]:
    name = html.B(_(WHYS[why]))
    if not mine:
        return [name]
    count = ngettext("{n} case", "{n} cases", len(mine)).format(n=words.number(len(mine)))
    return [name, " ", html.Span(count, className="q"), " ", *_cases(mine, case)]


def _cases(mine: Sequence[Any], case: Address) -> list[Any]:
    first, rest = mine[:SHOWN], mine[SHOWN:MOST]
    links = _links(first, case)
    if not rest:
        return links
    more = _("{n} more").format(n=words.number(len(mine) - len(first)))
    return [*links, html.Details([html.Summary(more), *_links(rest, case)])]


def _links(mine: Iterable[Any], case: Address) -> list[Any]:
    return [
        html.Span(
            [dcc.Link(one.case_id, href=case(one.case_id), className="n"), " ", _(TURNS[one.turn])],
            className="who",
        )
        for one in mine
    ]


def tables(changed: Mapping[str, Mapping[str, Sequence[tuple[str, str, str]]]]) -> html.Section:
    """Tables that say something else now: table → row → (column, then, now)."""
    count = len(changed)
    title = ngettext("{n} table is another one now", "{n} tables are others now", count).format(n=count)
    if not count:
        return panel(_("Every table is as it was"), html.P(_("All rows are the same."), className="q"))
    folds = [_fold(name, rows) for name, rows in changed.items()]
    return panel(title, folds, _("rows compared, without cases"))


def _fold(name: str, rows: Mapping[str, Sequence[tuple[str, str, str]]]) -> html.Details:
    said = ngettext("{n} row", "{n} rows", len(rows)).format(n=words.number(len(rows)))
    lines = [html.Li([html.Span(row or name), *_turns(parts)]) for row, parts in rows.items()]
    return html.Details(
        [html.Summary([name, " ", html.Span(said, className="q")]), html.Ul(lines)], className="fold"
    )


def _turns(parts: Sequence[tuple[str, str, str]]) -> list[html.Span]:
    return [
        html.Span([html.Span(column, className="q"), " ", then, " → ", html.B(now)])
        for column, then, now in parts
    ]


def ahead(lines: Sequence[Line], tables: Sequence[str], note: str) -> html.Section:
    """What will be frozen: the figures as they stand, the tables by name."""
    body = [
        html.Tr([html.Td(line.label), html.Td(linked(line.then, line.href, "n"), className="r")])
        for line in lines
    ]
    table = html.Table(html.Tbody(body), className="tbl two-up")
    named = html.P([_("Tables: "), _(", ").join(tables)], className="q named")
    return panel(_("What will be frozen"), [table, named], note)
