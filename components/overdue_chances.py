"""Which open cases will be late, by how such cases went before; and how far such estimates held."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.overdue_words import moment, unit
from components.panels import empty, linked, panel
from components.records import each, first
from components.unit_lists import titled
from components.words import N_, _, ngettext

SHOWN = 15
LIKELY = 0.5
BASES = {"unit": N_("same unit and kind"), "kind": N_("same kind"), "all": N_("all cases")}


def chances(
    found: pd.DataFrame, skill: pd.DataFrame, as_of: datetime, case: Callable[[Any], str], note: Any
) -> html.Section:
    """Of overdue.chances: unit, title, due_at, chance, meeting_chance, n, basis; the row of overdue.skill."""
    known = found[found["chance"].notna()]
    if known.empty:
        said = empty(_("No case with a limit ahead, or none before it to learn from."))
        return panel(_("Who will be late"), said, note, "chances", "two")
    drawn = [_case(row, as_of, case) for row in each(known.head(SHOWN))]
    more = int((known["chance"] >= LIKELY).sum()) - SHOWN
    rest = ngettext("{n} more in the files", "{n} more in the files", more) if more > 0 else ""
    foot = "　".join(part for part in (rest.format(n=words.number(more)), _skill(first(skill))) if part)
    drawn_list = html.Ol(drawn, className="odchances")
    return panel(_title(known), drawn_list, note, "chances", "two", foot or None)


def _title(known: pd.DataFrame) -> str:
    """How many are more likely late than not; at least so many where the list ends with them."""
    likely = int((known["chance"] >= LIKELY).sum())
    if not likely:
        return _("No case is likelier late than not")
    if likely == len(known):
        return _("At least {n} cases are likelier late than not").format(n=words.number(likely))
    said = ngettext("{n} case is likelier late than not", "{n} cases are likelier late than not", likely)
    return said.format(n=words.number(likely))


def _case(row: Any, as_of: datetime, case: Callable[[Any], str]) -> html.Li:
    """A case with its chance, what that rests on, and the chance that the meeting finds it open."""
    basis = _(BASES[row.basis]) if row.basis in BASES else words.NOTHING
    rests = f"{basis} {words.sample(row.n)}"
    meeting = ""
    if not words.absent(row.meeting_chance):
        meeting = _("open at the meeting {share}").format(share=f"{100 * row.meeting_chance:.0f}%")
    cells = [
        html.B(unit(row), className="cut"),
        linked(titled(row), case(row), "cut"),
        html.Span(f"{100 * row.chance:.0f}%", className="n r"),
        html.Span(moment(row.due_at, as_of), className="q cut"),
        html.Span(rests, className="q cut"),
        html.Span(meeting, className="q r"),
    ]
    return html.Li(cells)


def _skill(skill: Any) -> str | None:
    """How much better than foretelling the mean of all."""
    if skill is None or words.absent(skill.skill):
        return None
    text = _("{n} past cases, {first}—{last}: {share} less error than guessing the average")
    if skill.skill <= 0:
        text = _("{n} past cases, {first}—{last}: no better than guessing the average")
    return text.format(
        n=words.number(skill.cases), first=f"{skill.first:%m-%d}", last=f"{skill.last:%m-%d}",
        share=f"{100 * skill.skill:.0f}%",
    )  # fmt: skip
