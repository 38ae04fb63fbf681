"""The look-back: what the last meeting assigned and what came of it, unsettled first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import linked, panel
from components.records import each
from components.signs import kept, late, sign, steps
from components.terms import term
from components.words import _, ngettext
from components.woven import woven

STEPS = ("assigned", "pledged", "handling", "applied", "verified", "signed_off")
"""交办 表态 办理 申请销号 核查 销号: the six blocks of an item."""


@dataclass(frozen=True)
class Leads:
    """Where figures and items lead: a set of items, and the case behind one."""

    listed: Callable[[str], str]
    older: str
    case: Callable[[Any], str | None]


def look_back(rows: pd.DataFrame, number: int | None, leads: Leads) -> html.Section:
    """Of meetings.look_back; ``number`` is the batch that is looked back at."""
    mine = rows[rows["is_last_batch"]]
    if mine.empty:
        body: Any = html.P(_("The last meeting assigned nothing, or none is known."), className="empty")
    else:
        body = html.Table(
            [_head(), html.Tbody([_row(item, leads) for item in each(mine)])], className="tbl look"
        )
    return panel(_title(mine), body, _note(rows, mine, number, leads), "meeting_look_back", "four")


def _title(mine: pd.DataFrame) -> str:
    """How many, and how they stand: signed off, to be checked, past their first promise, re-opened."""
    said = ngettext("Look-back: {n} item", "Look-back: {n} items", len(mine)).format(n=len(mine))
    counts = {
        _("signed off {n}"): int((mine["signed_off_at"].notna() & ~mine["is_reopened"]).sum()),
        _("to check {n}"): int(mine["step"].isin(["applied", "verified"]).sum()),
        _("promise broken {n}"): int(mine["is_late"].sum()),
        _("re-opened {n}"): int(mine["is_reopened"].sum()),
    }
    parts = [text.format(n=count) for text, count in counts.items() if count]
    return _("{said}: {parts}").format(said=said, parts=_(", ").join(parts)) if parts else said


def _note(rows: pd.DataFrame, mine: pd.DataFrame, number: int | None, leads: Leads) -> list[Any]:
    due = mine[mine["first_due_at"].notna()]
    is_done = due["closed_at"].notna() | due["signoff_applied_at"].notna()
    good = int((is_done & (due["slip_days"] <= 0)).sum())
    said = _("batch {n}: {k}/{of} by the promise").format(n=words.number(number), k=good, of=len(due))
    older = len(rows) - len(mine)
    if not older:
        return [said]
    count = linked(words.number(older), leads.older, "n")
    return [said, html.Span(woven(_("older and open {n}"), {"n": count}))]


def _head() -> html.Thead:
    names = [
        *(_("Matter"), _("Lead"), _("Assisting"), _("Pledge"), _("First promise"), _("State")),
        _("vs promise"),
    ]
    cells = [html.Th(name) for name in names[:-1]] + [html.Th(names[-1], className="r")]
    return html.Thead(html.Tr(cells))


def _row(item: Any, leads: Leads) -> html.Tr:
    """An unsettled item is bold; a settled one is quiet."""
    is_done = item.step == "signed_off" and not item.is_reopened
    title = _("(confidential)") if item.hidden else item.title
    cells = [
        linked(title if is_done else html.B(title), leads.case(item)),
        item.lead_unit or html.Span([sign("open"), " ", _("none yet")]),
        html.Span(_short(item.assist_units), className="s"),
        html.Span(item.pledge or words.NOTHING, className="s", title=item.pledge or None),
        _promise(item),
        _state(item),
    ]
    drawn = [html.Td(cell, className="cut") for cell in cells] + [html.Td(slip(item), className="r")]
    return html.Tr(drawn, className="done" if is_done else "open")


def _short(names: str) -> str:
    return names.replace("、", " ") or words.NOTHING


def _promise(item: Any) -> list[Any]:
    """The first promise, which never changes; a later one beside it."""
    if words.absent(item.first_due_at):
        return [html.Span(_("not promised"), className="q")]
    first = _last_day(item.first_due_at)
    if words.absent(item.due_at) or item.due_at == item.first_due_at:
        return [first]
    return [first, html.Span(" " + _("moved to {day}").format(day=_last_day(item.due_at)), className="q")]


def _last_day(limit: Any) -> str:
    """The last day of a limit: 00:00 is the end of the day before."""
    return f"{limit - words.SECOND:%m-%d}"


def _state(item: Any) -> list[Any]:
    """Six blocks, the word, and how often sign-off was refused; or that it was re-opened."""
    place = STEPS.index(item.step) + 1
    said: Any = term(item.step)
    if item.is_reopened:
        said = html.B([sign("back"), " ", _("re-opened")])
    elif item.step == "signed_off":
        said = kept(said)
    drawn = [steps(place, len(STEPS)), said]
    if item.refused_count:
        drawn.append(html.Span([" ", sign("back"), str(item.refused_count)], className="q"))
    return drawn


def slip(item: Any) -> Any:
    """Days from the first promise, by the calendar: late is red, kept is a word."""
    if words.absent(item.slip_days):
        return words.NOTHING
    if item.slip_days > 0:
        past = _("{n} d over").format(n=round(item.slip_days))
        return html.B(late(past)) if item.is_late else past
    if not item.slip_days:
        return _("as promised")
    return _("{n} d early").format(n=round(-item.slip_days))
