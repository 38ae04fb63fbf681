"""The ladder of supervision as columns: who is on which rung, by which rule, and who must act next."""

from typing import Any

import pandas as pd
from dash import html

from components import words
from components.headlines import some
from components.overdue_cards import LINE, card, long
from components.overdue_words import CHAIR, HUMAN, TIMED, Ladder
from components.panels import empty, linked, panel
from components.records import each
from components.signs import steps
from components.words import _

PAGED = (3, 4)
"""Rungs whose cases are all shown, turn by turn; of the others the wall has the first three."""

CARDS = 3
SHORTEST_SCALE = 240  # hours: the bars of a page whose worst case is late by less are not drawn longer


def columns(
    found: pd.DataFrame, rungs: pd.DataFrame, rules: pd.DataFrame, missed: pd.DataFrame, ladder: Ladder
) -> list[html.Section]:
    """A column a rung, from the questions ladder, rungs, rung_rules and missed of overdue."""
    if rungs.empty:
        said = empty(_("The source gives no limits."))
        return [panel(_("Ladder of supervision"), said, None, "ladder", "all")]
    found = named(found)
    longest = max(float(found["hours_late"].max()) if len(found) else 0.0, SHORTEST_SCALE)
    undone = dict(zip(missed["level"], missed["cases"], strict=True))
    return [
        _column(
            rung,
            [card(row, longest, ladder) for row in each(found[found["level"] == rung.level])],
            _head(rung, rules[rules["level"] == rung.level], undone.get(rung.level, 0), ladder),
            ladder,
        )
        for rung in each(rungs)
    ]


def named(found: pd.DataFrame) -> pd.DataFrame:
    """The cases that may have a card: a wall names no unit of a hidden matter, it is only counted."""
    return found[~found["hidden"].astype(bool)] if words.viewer().wall else found


def _column(rung: Any, cards: list[html.Li], head: html.Header, ladder: Ladder) -> html.Section:
    body = _human() if rung.level == HUMAN else _leaves(rung, cards, ladder)
    return html.Section([head, body], className="rung chair" if rung.level == CHAIR else "rung")


def _head(rung: Any, rules: pd.DataFrame, missed: int, ladder: Ladder) -> html.Header:
    """The rung's name and count, what it is made of, what the step does and where it was not done."""
    blocks = steps(int(rung.level)) if rung.level < HUMAN else None
    count = linked(words.number(rung.cases), ladder.behind("rungs", rung) if some(rung.cases) else None)
    is_bare = rung.level == HUMAN or words.absent(rung.cases)
    word = None if is_bare else words.ngettext("case", "cases", rung.cases)
    look = "n" if some(rung.cases) else "n q void" if words.absent(rung.cases) else "n q"
    pieces: list[Any] = [
        html.H2([blocks, f"D{int(rung.level)} {ladder.rung(rung.level)}"], className="cut"),
        html.Span([count, html.Small(word, className="unit")], className=look),
    ]
    if rung.level == HUMAN:
        return html.Header(pieces)
    action = html.Span(ladder.rung(rung.level, "action"), className="q cut")
    undone = html.B(_("no act {n}").format(n=words.number(missed)), className="r") if some(missed) else None
    made = html.P(_made_of(rung, rules, ladder) or words.NOTHING, className="apart")
    return html.Header([*pieces, made, html.P([action, undone], className="does")])


def _made_of(rung: Any, rules: pd.DataFrame, ladder: Ladder) -> list[html.Span]:
    """How many are past their limit, in red; then the other rules, most first, as far as the line holds."""
    pieces: list[html.Span] = []
    room = LINE
    if some(rung.overdue):
        said = _("overdue {n}").format(n=words.number(rung.overdue))
        pieces.append(html.Span(said, className="late"))
        room -= long(said)
    others = rules[~rules["rule"].isin(TIMED)].sort_values("cases", ascending=False, kind="stable")
    for row in each(others):
        said = f"{ladder.rule(row.rule)} "
        room -= long(f"{said}{row.cases}")
        if room < 0 and pieces:
            break
        pieces.append(html.Span([said, linked(words.number(row.cases), ladder.behind("rung_rules", row))]))
    return pieces


def _human() -> html.Div:
    """What people propose and decide: no unit is named on a wall."""
    said = (
        _("People propose it, people decide it"),
        _("The system lists nobody"),
        _("No unit is named here"),
    )
    return html.Div([html.P(line) for line in said], className="human")


def _leaves(rung: Any, cards: list[html.Li], ladder: Ladder) -> Any:
    """Three cards, and how many more there are; on the wall the raised ones turn over, three at a time."""
    if not cards and not some(rung.cases):
        unknown = words.absent(rung.cases)
        return empty(_("The source gives no limits.") if unknown else _("No case on this rung"))
    turns = words.viewer().wall and rung.level in PAGED
    shown = cards if turns else cards[:CARDS]
    parts = [shown[at : at + CARDS] for at in range(0, len(shown), CARDS)] or [[]]
    leaves = [_leaf(part, number, len(parts), rung, len(shown), ladder) for number, part in enumerate(parts)]
    marks: Any = {"data-turns": "leaves"} if len(leaves) > 1 else {}
    return html.Div(leaves, className="leaves", **marks)


def _leaf(cards: list[html.Li], number: int, of: int, rung: Any, shown: int, ladder: Ladder) -> html.Div:
    """A sheet of three cards; the first is up until the browser turns it."""
    page = html.B(f"{number + 1}/{of}") if of > 1 else None
    rest = rung.cases - shown
    others = words.ngettext("{n} other", "{n} others", int(rest))
    said = others if rest and shown else _("{n} in all")
    before, after = said.split("{n}")
    count = linked(words.number(rest or rung.cases), ladder.behind("rungs", rung))
    foot = html.P([html.Span([before, count, after]), page], className="note does")
    body = html.Ol(cards, className="cards") if cards else empty(_("No unit is named here"))
    return html.Div([body, foot], className="leaf", hidden=number > 0)
