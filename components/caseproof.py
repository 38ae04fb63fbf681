"""What speaks for the answer and what does not: ratings, evidence, and facts for a person to check."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, linked, panel
from components.records import each
from components.signs import sign
from components.terms import term
from components.words import N_, _

Href = Callable[[str], str]  # the number of a case → its address

FACTS = {
    "no_contact": N_("Round {round}: answered without one contact with the citizen since it was signed for."),
    "claim": N_("Round {round}: the unit says resolved, the citizen says not."),
    "same_print": N_("A piece of evidence has the fingerprint of one in another case:"),
    "office_hours": N_("A matter of the night; all {count} contacts were in opening hours."),
    "last_hours": N_("Round {round}: more time was asked for in the last hours before the limit."),
    "after_limit": N_("Round {round}: more time was asked for when the limit had passed."),
    "granted_late": N_("Round {round}: more time was granted when the limit had passed."),
    "returned": N_("Given back {count} times, the last time:"),
    "refused_return": N_("Round {round}: the unit asked to give it back and was refused."),
    "urged": N_("The citizen asked again {count} times, the last time:"),
    "undone": N_("On D{count}, and no act of supervision of that rung is on record. Since:"),
}
RULINGS = {"approved": N_("left out"), "refused": N_("refused"), "open": N_("not decided")}


def rated(found: pd.DataFrame) -> html.Section | None:
    """What the citizen said, a line a round: columns of cases.ratings; None where nobody has called."""
    if found.empty:
        return None
    calls = int(found["calls"].sum())
    note = words.ngettext("{n} call", "{n} calls", calls).format(n=calls)
    lines = [line for turn in each(found) for line in _turn(turn)]
    return panel(headline(found), html.Ul(lines, className="alike rated"), note, "satisfaction")


def headline(found: pd.DataFrame) -> str:
    """The first rating, which is the one that counts, and whether the citizen calls it resolved."""
    start = _start(found)
    if start is None:
        return _("No first rating")
    return _("First rating: {rating}").format(rating=_word(start["rating"], start["resolved"]))


def first(found: pd.DataFrame) -> str | None:
    """The first rating alone; None where there is none yet."""
    start = _start(found)
    return None if start is None else _("1st: {rating}").format(rating=term(start["rating"]))


def _start(found: pd.DataFrame) -> Any:
    rated = found[(found["round"] == 1) & (found["rating"] != "")]
    return None if rated.empty else rated.iloc[0]


def _word(rating: str, resolved: str) -> str:
    """The rating, and the citizen's own word on the matter."""
    asked = {"yes": _("resolved"), "partly": _("partly resolved"), "no": _("not resolved")}
    more = asked.get(resolved, term(resolved) if resolved else "")
    return _("{rating}, {resolved}").format(rating=term(rating), resolved=more) if more else term(rating)


def _turn(turn: Any) -> list[html.Li]:
    """A round: attempts as ○, the rating of the unit, of the centre, and the unit's own call."""
    shape = {"dissatisfied": "cross"}.get(turn.rating, "done")
    said = [sign(shape), " ", _word(turn.rating, turn.resolved)] if turn.rating else [_("not rated")]
    others = [
        (_("receipt: {rating}"), turn.centre_rating),
        (_("own call: {rating}"), turn.own_rating),
        ("{rating}", turn.reason),
    ]
    more = [text.format(rating=term(value)) for text, value in others if value]
    cells = [
        html.Span([_("Round {n}").format(n=turn.round), "　", *[sign("open")] * turn.missed, " ", *said]),
        html.Span(words.stamp(turn.at), className="note r"),
    ]
    below = [html.Span("　".join(more), className="q below")] if more else []
    return [html.Li([*cells, *below]), *_ruling(turn)]


def _ruling(turn: Any) -> list[html.Li]:
    if not turn.exclusion:
        return []
    said = _("to be left out: {ground}").format(ground=turn.ground) if turn.ground else _("to be left out")
    return [html.Li([html.Span(said, className="q cut"), html.Span(_(RULINGS[turn.exclusion]))])]


def evidence(found: pd.DataFrame, href: Href, is_told: bool = True) -> html.Section:
    """Pieces by day and kind: columns of cases.evidence; a fingerprint that is found again is said.

    ``is_told``: the source records evidence at all.
    """
    if found.empty:
        said = _("None handed in.") if is_told else _("The source does not record evidence.")
        return panel(_("Evidence"), empty(said))
    title = words.ngettext("{n} piece of evidence", "{n} pieces of evidence", len(found)).format(n=len(found))
    twice = int((found["copies"] > 0).sum())
    note = _("{n} found again elsewhere").format(n=twice) if twice else _("no picture twice")
    parts = found.groupby([found["at"].dt.date, "kind"], sort=False)
    return panel(title, html.Ul([_pieces(part, href) for _day, part in parts], className="proof"), note)


def _pieces(part: pd.DataFrame, href: Href) -> html.Li:
    one = part.iloc[0]
    others = dict.fromkeys(number for number in part["other_case"] if number)
    seen = [
        html.Span([_("also in"), " ", linked(number, href(number), "n")], className="q") for number in others
    ]
    what = html.B(f"{term(one['kind'])} {len(part)}" if len(part) > 1 else term(one["kind"]))
    return html.Li([html.Span(words.stamp(one["at"])), what, *seen])


def observed(found: pd.DataFrame, href: Href) -> html.Section:
    """Facts for a person to check, in words, without colour or score: columns of cases.observed."""
    note = _("facts only, no conclusion")
    if found.empty:
        return panel(_("For a person to check"), empty(_("Nothing stands out.")), note)
    return panel(
        _("For a person to check"),
        html.Ul([_fact(fact, href) for fact in each(found)], className="facts1"),
        note,
    )


def _fact(fact: Any, href: Href) -> html.Li:
    said = _(FACTS[fact.fact]).format(round=fact.round, count=fact.count) if fact.fact in FACTS else fact.fact
    other = [" ", linked(fact.other_case, href(fact.other_case), "n")] if fact.other_case else []
    return html.Li([said, *other, html.Span(f"　{words.stamp(fact.at)}", className="note")])
