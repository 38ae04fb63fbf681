"""The meeting's own line: its order and length, the meetings before and after; and what it still lacks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from dash import dcc, html

from components import words
from components.panels import linked, panel
from components.records import each
from components.signs import kept, sign, soon
from components.words import N_, _, ngettext

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Part:
    """A part of the order of business and its minutes."""

    name: str
    minutes: int


def order(parts: Sequence[Part]) -> html.Div:
    """The parts with their minutes, and how long the meeting lasts."""
    drawn: list[Any] = [html.B(_("Order"))]
    for place, part in enumerate(parts, 1):
        drawn += [html.Span("→", className="q")] if place > 1 else []
        drawn.append(
            html.Span(
                [html.B(place), f" {part.name} ", html.Span(words.minutes(part.minutes), className="q")]
            )
        )
    whole = words.age(sum(part.minutes for part in parts) * MINUTE)
    drawn.append(html.Span(_("{length} in all").format(length=whole), className="sum q"))
    return html.Div(drawn, className="order four")


def neighbours(calendar: pd.DataFrame, day: date, href: Callable[[date], str]) -> html.Div:
    """The meeting before, this one and the next, each with why it is not on its date."""
    held = calendar[calendar["state"].isin(["planned", "held"])].reset_index(drop=True)
    at = held.index[held["actual"] == day]
    near = held.iloc[max(0, at[0] - 1) : at[0] + 2] if len(at) else held.head(0)
    return html.Div([_neighbour(row, day, href) for row in each(near)], className="order two")


def _neighbour(row: Any, day: date, href: Callable[[date], str]) -> html.Span:
    said = _batch(row.number) + f"{row.actual:%m-%d}"
    head: Any = html.B(said) if row.actual == day else dcc.Link(said, href=href(row.actual), className="n")
    why = reason(row)
    return html.Span([head, html.Span(f" {why}", className="note") if why else None])


def _batch(number: Any) -> str:
    return "" if words.absent(number) else _("no. {n} ").format(n=int(number))


def reason(row: Any) -> str:
    """Why it is not on its nominal day, or what is proposed."""
    if row.is_proposal:
        return _("merge with {day}?").format(day=f"{row.merged_into:%m-%d}")
    if row.reason == "slid" or (row.reason and row.actual != row.nominal):
        return _("moved off a rest day") if row.reason == "slid" else str(row.reason)
    return str(row.reason or "")


Beside = Sequence[tuple[int, str]]
"""Years beside the one shown, and their addresses."""


def year(
    calendar: pd.DataFrame, shown: int, href: Callable[[date], str], unknown: Sequence[int], beside: Beside
) -> html.Section:
    """Every meeting of the year: its nominal and actual day, and what moved, skipped or merged it."""
    slid = int((calendar["nominal"] != calendar["actual"]).sum())
    title = ngettext("{year}: {n} meeting moved", "{year}: {n} meetings moved", slid).format(
        n=slid, year=shown
    )
    head = [html.Th(name) for name in (_("Meeting"), _("Nominal"), _("Held on"), _("Why"))]
    body = [_meeting(row, href) for row in each(calendar)]
    said = _("The working days of {year} are not known; enter them in calendar_days.")
    foot = " ".join(said.format(year=one) for one in unknown)
    drawn = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="tbl")
    ways = [dcc.Link(str(other), href=address, className="n") for other, address in beside]
    return panel(title, drawn, ways, None, "two", foot or None)


def _meeting(row: Any, href: Callable[[date], str]) -> html.Tr:
    takes_place = row.state in ("planned", "held")
    cells: list[Any] = [
        words.NOTHING if words.absent(row.number) else words.number(row.number),
        linked(words.day(row.nominal), href(row.actual) if takes_place else None),
        words.day(row.actual) if takes_place and row.actual != row.nominal else words.NOTHING,
        [] if takes_place else [html.B(_(GONE[row.state])), " "],
    ]
    cells[-1] = [*cells[-1], html.Span(reason(row), className="q")]
    return html.Tr([html.Td(cell) for cell in cells], className="" if takes_place else "done")


GONE = {"skipped": N_("skipped"), "merged": N_("merged into the next")}


@dataclass(frozen=True)
class Check:
    """Something to be ready: done, under way, or not begun; ``is_soon`` where a time is about to pass."""

    name: str
    said: Any
    share: float
    is_soon: bool = False


def ready(checks: Sequence[Check], buttons: Any) -> html.Section:
    """What is not ready yet first; the count of signs is the title's."""
    left = [check for check in checks if check.share < 1]
    done = [check for check in checks if check.share >= 1]
    if left:
        title = _("Before the meeting: {n} to do, {k} ready").format(n=len(left), k=len(done))
    else:
        title = _("Ready for the meeting")
    ordered = sorted(left, key=lambda check: not check.is_soon) + done
    listed = html.Ul([_line(check) for check in ordered], className="ready")
    return panel(title, [listed, buttons], None, None, "two")


def _line(check: Check) -> html.Li:
    mark: Any
    if check.share >= 1:
        mark = kept()
    elif check.is_soon:
        mark = soon()
    else:
        mark = sign("way" if check.share > 0 else "open")
    quiet = "q" if check.share >= 1 else ""
    return html.Li([html.Span(mark), html.Span(check.name), html.Span(check.said, className=quiet)])


MOVE = "meeting-move"
"""The type of the buttons that move an item, with its ``key`` and the ``step`` (-1: up, 1: down)."""


def moves(key: str) -> html.Span:
    """Two buttons, also reached by the keyboard."""
    ways = ((-1, "↑", _("Move up")), (1, "↓", _("Move down")))
    drawn = [
        html.Button(sign, id={"type": MOVE, "key": key, "step": step}, title=said, className="mmove")
        for step, sign, said in ways
    ]
    return html.Span(drawn, className="desk-only nb")
