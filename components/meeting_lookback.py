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

OLDER = 8
"""Older items named; the others are counted."""

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
    mine, older = rows[rows["is_last_batch"]], rows[~rows["is_last_batch"]]
    body: list[Any] = []
    if mine.empty:
        body.append(html.P(_("The last meeting assigned nothing, or none is known."), className="empty"))
    if len(rows):
        drawn = [*(_row(item, leads) for item in each(mine)), *_older(older, leads)]
        body.append(html.Table([_head(), html.Tbody(drawn)], className="tbl look"))
    note = _note(mine, older, number, leads)
    return panel(_title(mine), html.Div(body), note, "meeting_look_back", "four")


def _older(rows: pd.DataFrame, leads: Leads) -> list[html.Tr]:
    """Under a quiet line what is older and unsettled, as many as `OLDER`."""
    if rows.empty:
        return []
    said: list[Any] = [_("older, the oldest first")]
    rest = len(rows) - OLDER
    if rest > 0:
        said += [_(", "), linked(_("and {n} more").format(n=words.number(rest)), leads.older)]
    line = html.Tr(html.Td(said, colSpan=len(_names())), className="apart")
    return [line, *(_row(item, leads) for item in each(rows.head(OLDER)))]


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


def _note(mine: pd.DataFrame, older: pd.DataFrame, number: int | None, leads: Leads) -> list[Any]:
    """Of the first promises that have come those kept (M16); how many older ones there are."""
    due, good = int(mine["is_promised"].sum()), int(mine["is_kept"].sum())
    if not mine["is_told"].all():
        said = _("batch {n}: their end not recorded")
    elif due:
        said = _("batch {n}: {k} of {of} due promises kept")
    else:
        said = _("batch {n}: no first promise has come yet")
    told = [] if mine.empty else [said.format(n=words.number(number), k=good, of=due)]
    if older.empty:
        return told
    again = int(older["is_reopened"].sum())
    count = {"n": linked(words.number(len(older)), leads.older, "n"), "again": words.number(again)}
    rest = _("older {n}, re-opened {again}") if again else _("older and open {n}")
    return [*told, html.Span(woven(rest, count))]


def _names() -> list[str]:
    return [
        *(_("Matter"), _("Lead"), _("Assisting"), _("Pledge"), _("First promise"), _("State"), _("Rating")),
        _("vs promise"),
    ]


def _head() -> html.Thead:
    names = _names()
    cells = [html.Th(name) for name in names[:-1]] + [html.Th(names[-1], className="r")]
    return html.Thead(html.Tr(cells))


def _row(item: Any, leads: Leads) -> html.Tr:
    """An unsettled item is bold; a settled one is quiet; an older one names its meeting."""
    is_done = item.step == "signed_off" and not item.is_reopened
    title = _("(confidential)") if item.hidden else item.title
    named = linked(title if is_done else html.B(title), leads.case(item))
    cells = [
        named if item.is_last_batch else [html.Span(batch(item.number) + " ", className="s q"), named],
        item.lead_unit or html.Span([sign("open"), " ", _("none yet")]),
        html.Span(_short(item.assist_units), className="s"),
        html.Span(item.pledge or words.NOTHING, className="s", title=item.pledge or None),
        _promise(item),
        _state(item),
        _rating(item),
    ]
    drawn = [html.Td(cell, className="cut") for cell in cells] + [html.Td(slip(item), className="r")]
    return html.Tr(drawn, className="done" if is_done else "open")


def batch(number: Any) -> str:
    """Which meeting assigned an item."""
    return words.NOTHING if words.absent(number) else _("No. {n}").format(n=int(number))


def _rating(item: Any) -> html.Span:
    """The citizen's latest, and when it was given."""
    if not item.rating:
        return html.Span(words.NOTHING, className="s q")
    return html.Span(term(item.rating), className="s", title=words.stamp(item.rated_at))


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
    """Six blocks, the word, and how often sign-off was refused."""
    drawn = [*state(item)]
    if item.refused_count:
        drawn.append(html.Span([" ", sign("back"), str(item.refused_count)], className="q"))
    return drawn


def state(item: Any) -> list[Any]:
    """Six blocks and how far an item is; what the word alone would hide is said with it."""
    return [steps(STEPS.index(item.step) + 1, len(STEPS)), *_said(item)]


def _said(item: Any) -> list[Any]:
    if item.is_reopened:
        return [html.B([sign("back"), " ", _("re-opened")])]
    if item.step == "signed_off":
        is_open = "open_case" in item.faults.split(",")
        return [kept(term(item.step)), *([" ", html.B(_("case open"))] if is_open else [])]
    if item.step == "handling" and not words.absent(item.closed_at):
        return [_("closed, not applied for")]
    return [term(item.step)]


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
