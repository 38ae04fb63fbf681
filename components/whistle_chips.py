"""The units that a whistle called, as chips: the lead first, then late, on the way, answered, called, there.

A chip gives its words up where there is little room, and those who came in time fold into one; who is late or
missing never does.
"""

from collections.abc import Sequence
from typing import Any

from dash import html

from components.labels import letters
from components.signs import sign
from components.words import N_, _

STEPS = ("late", "departed", "answered", "called", "arrived")
"""In the order of the chips."""

SIGNS = {"late": "late", "departed": "way", "answered": "answered", "called": "open", "arrived": "done"}

SAID = {
    "late": N_("not there"),
    "departed": N_("on the way"),
    "answered": N_("has answered"),
    "called": N_("no answer"),
    "arrived": N_("there"),
}

ROLES = {"late": "late", "arrived": "kept"}
CLAIMED = "claimed"
"""The sign ◇ of an arrival that rests on the unit's own word."""

EDGES, BETWEEN = 2.0, 0.4  # letters: a chip's sign and edges; the gap to the next


def came_late(row: Any) -> bool:
    return bool(row.state == "arrived" and row.late_minutes > 0)


def is_claimed(row: Any) -> bool:
    """There in time by the unit's own word, which nobody has confirmed."""
    return bool(row.state == "arrived" and not row.is_confirmed and not came_late(row))


def said(row: Any) -> str:
    """How it stands with a unit; where no answer is ever recorded, who is silent has only been called."""
    if row.state == "called" and not row.is_answer_told:
        return _("called")
    return _(SAID.get(row.state, row.state))


def ordered(rows: Sequence[Any]) -> list[Any]:
    """Rows of one whistle in the order of its chips; who came late stands before who came in time."""

    def place(row: Any) -> float:
        if row.role == "lead":
            return -1.0
        return STEPS.index(row.state) - came_late(row) / 2 if row.state in STEPS else len(STEPS)

    return sorted(rows, key=place)


def split(rows: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """Those that keep a chip of their own, and those who came in time and may fold into one."""
    own: list[Any] = []
    folding: list[Any] = []
    for row in rows:
        in_time = row.state == "arrived" and not came_late(row) and row.role != "lead"
        (folding if in_time else own).append(row)
    return own, folding


def chip(row: Any, shape: str, role: str, word: Any) -> html.Span:
    """One unit: sign, whether it leads, its short name, how it stands."""
    lead = [html.B(_("lead"))] if row.role == "lead" else []
    text = word if isinstance(word, list) else [word]
    return html.Span(
        [sign(shape), *lead, f"{row.short_name} ", *(part for part in text if part)],
        className=f"chip {role}".strip(),
    )


def behind(row: Any) -> list[Any]:
    """There, and how many minutes too late, in red."""
    late = html.Span(_("{n} min too late").format(n=int(row.late_minutes)), className="late")
    return [_("there {late}").split("{late}")[0], late]


def folded(count: int) -> html.Span:
    """All those in one."""
    return html.Span([sign("done"), _("{n} there").format(n=count)], className="chip kept")


# ── as wide as there is room ──


def fitting(rows: Sequence[Any], room: float) -> html.Div:
    """The chips of one whistle, in full where ``room`` (letters) allows it, else more and more tersely."""
    among = ordered(rows)
    own, there = split(among)
    terse = [_one(row, with_words=False) for row in own]
    tries = (
        [_one(row) for row in among],
        [*(_one(row) for row in own), *_folded(there)],
        [*terse, *_folded(there)],
    )
    for drawn in tries:
        if sum(size for _chip, size in drawn) <= room:
            return _chips(drawn)
    leads = [row for row in own if row.role == "lead"]
    others = [row for row in own if row.role != "lead"]
    return _chips([*(_one(row, with_words=False) for row in leads), *_by_step(others), *_folded(there)])


def _chips(drawn: Sequence[tuple[html.Span, float]]) -> html.Div:
    return html.Div([one for one, _size in drawn], className="chips")


def _folded(there: Sequence[Any]) -> list[tuple[html.Span, float]]:
    if not there:
        return []
    return [(folded(len(there)), letters(_("{n} there").format(n=len(there))) + EDGES + BETWEEN)]


def _one(row: Any, with_words: bool = True) -> tuple[html.Span, float]:
    """A unit's chip, and how many letters it takes."""
    if came_late(row):
        long = _("there {late}").format(late=_("{n} min too late"))
        return chip(row, SIGNS[row.state], "kept", behind(row)), width(row, long)
    shape, word = SIGNS.get(row.state, "open"), said(row)
    if is_claimed(row):
        shape, word = CLAIMED, _("unconfirmed")
    word = word if with_words else ""
    return chip(row, shape, ROLES.get(row.state, ""), word), width(row, word)


def width(row: Any, word: str) -> float:
    """How many letters a unit's chip takes that says this."""
    lead = letters(_("lead")) + 1 if row.role == "lead" else 0
    return letters(str(row.short_name)) + lead + EDGES + BETWEEN + letters(word)


def _by_step(rows: Sequence[Any]) -> list[tuple[html.Span, float]]:
    """A crowd: one chip for each way it stands with them, that names them all."""
    drawn = []
    for step in STEPS:
        names = [str(row.short_name) for row in rows if row.state == step]
        if names:
            pieces: list[Any] = [sign(SIGNS[step]), " ".join(names)]
            drawn.append((html.Span(pieces, className=f"chip {ROLES.get(step, '')}".strip()), 0.0))
    return drawn
