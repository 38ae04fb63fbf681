"""A case on the ladder as a card: whose, how late, since when and why, and who must act next."""

from typing import Any

from dash import html

from components import words
from components.labels import letters
from components.overdue_words import SOON, Ladder, dated, following, moment, standing, unit
from components.panels import linked
from components.rows import bar
from components.unit_lists import titled
from components.words import _

LINE = 14.4  # letters of note size that a column's line holds
GAP = 0.4  # between two pieces of a line


def card(row: Any, longest: float, ladder: Ladder) -> html.Li:
    """A row of overdue.ladder; its red bar is as long as it is late, against the ``longest`` (hours)."""
    said, role = standing(row.hours_late, ladder.soon)
    late = role == "late"
    cells = [
        html.B(unit(row), className="cut"),
        (html.B if late else html.Span)(said, className=f"how {role}"),
        linked(titled(row), ladder.case(row), "what l cut"),
        html.Span(_why(row, ladder), className="q l cut"),
        html.Span(then(row, ladder), className="l cut"),
        bar(row.hours_late / longest if late else 0, state="late l"),
    ]
    return html.Li(cells, className="card")


def long(said: str) -> float:
    """The letters a piece of a line takes, with the gap before the next; a space is half a letter less."""
    return letters(said) - 0.3 * said.count(" ") + GAP


def _why(row: Any, ladder: Ladder) -> str:
    """Since when by which rule; for what is nearly due, when it falls due."""
    if row.rule in SOON and not words.absent(row.due_at):
        return _("due {day}").format(day=moment(row.due_at, ladder.as_of))
    return dated(row.since, ladder.rule(row.rule), ladder.as_of)


def then(row: Any, ladder: Ladder) -> list[Any]:
    """Who must act, whether the step was taken, when the next rung is reached: as much as a line holds."""
    who, coming = ladder.rung(row.level, "who"), following(row, ladder.as_of)
    parts = {"who": (who, html.B), "done": _done(row), "next": (coming, html.Span)}
    spare = ["next", "who"] if row.is_missed or not coming else ["done", "who"]
    while sum(long(said) for said, _kind in parts.values() if said) > LINE and spare:
        parts.pop(spare.pop(0))
    told = [part for part in parts.values() if part[0]]
    cure = _("off it by: {cure}").format(cure=ladder.rung(row.level, "cure"))
    if len(told) == 1 and "who" in parts and long(who) + long(cure) <= LINE:
        told.append((cure, html.Span))
    return [piece for said, kind in told for piece in (kind(said), " ")][:-1]


def _done(row: Any) -> tuple[str, Any]:
    """That a step is due and was not taken, in bold; or the day it was."""
    if row.is_missed:
        return _("no act yet"), html.B
    if words.absent(row.acted_at):
        return "", html.Span
    return _("acted {day}").format(day=f"{row.acted_at:%m-%d}"), html.Span
