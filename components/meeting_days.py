"""The ten days in the bulletin's own sentence, each figure leading to its cases; do the sums agree?"""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, linked, panel
from components.records import each
from components.signs import kept, late
from components.words import N_, _
from components.woven import woven

Opens = Callable[[str], str | None]
"""The address of the list behind a figure of the ten days."""

SUMS = {
    "channels": N_("by channel"),
    "valid": N_("valid"),
    "stock": N_("in hand"),
}

TERMS = {
    "total": N_("received"),
    "calls": N_("calls"),
    "sms": N_("text messages"),
    "others": N_("other channels"),
    "valid": N_("valid"),
    "online": N_("settled online"),
    "sent": N_("sent to a unit"),
    "dispatched": N_("dispatched"),
    "waiting": N_("to be dispatched"),
    "closed": N_("closed"),
    "in_hand": N_("in hand"),
    "carried": N_("carried in"),
}


def ten_days(days: Any, sums: pd.DataFrame, since: date, note: str, opens: Opens, copy: Any) -> html.Section:
    """Of meetings.ten_days and meetings.identities; ``since`` is the day of the last meeting."""
    if not days.total and not days.closed:
        return panel(
            _("The ten days"), empty(_("Nothing was received or closed in this period.")), note, None, "two"
        )
    body = [
        html.P(_said(days, since, opens), className="said"),
        html.P(_beside(days, opens), className="said"),
        html.Div([_agreement(sums), copy], className="sums"),
    ]
    return panel(_title(days), body, note, None, "two days")


def _title(days: Any) -> str:
    """Requests a day, and whether that is more than in the last period."""
    if words.absent(days.per_day):
        return _("The ten days")
    said = _("{n} requests a day").format(n=words.number(round(days.per_day)))
    if words.absent(days.per_day_before) or not days.per_day_before:
        return said
    change = days.per_day / days.per_day_before - 1
    return _("{said}, {turn}").format(said=said, turn=_turn(change))


def _turn(change: float) -> str:
    if abs(change) < STEADY:
        return _("as in the last period")
    return _("{p} on the last period").format(p=words.change_share(change))


STEADY = 0.005
"""A change that rounds to less than one per cent is none."""


def _said(days: Any, since: date, opens: Opens) -> list[Any]:
    """The sentence of the bulletin, in its own order."""
    text = _(
        "Since the meeting of {since} the centre received {total} requests, {leading}of them {calls} calls; "
        "{valid} valid, {online} settled online and {dispatched} dispatched{waiting}; {sms} by text message; "
        "{others} by other channels. {closed} orders are closed, {in_hand} in hand; {on_time} closed in "
        "time; {satisfied} of the citizens called back are satisfied."
    )
    pieces: dict[str, Any] = {name: _figure(days, name, opens) for name in COUNTED}
    pieces |= {"since": words.day(since), "leading": _leading(days, opens), "waiting": _waiting(days, opens)}
    pieces |= {name: _rate(days, name, opens) for name in ("on_time", "satisfied")}
    return woven(text, {name: html.Span(piece) for name, piece in pieces.items()})


COUNTED = ("total", "calls", "valid", "online", "dispatched", "sms", "others", "closed", "in_hand")


def _figure(days: Any, name: str, opens: Opens) -> Any:
    return linked(words.number(getattr(days, name)), opens(name), "n")


def _leading(days: Any, opens: Opens) -> Any:
    """The most frequent kind of matter, with its share."""
    if not days.issue:
        return ""
    share = words.percent(days.issue_count / days.total if days.total else None)
    pieces = {"issue": days.issue, "n": _figure(days, "issue_count", opens), "p": share}
    return woven(_("{issue} {n} ({p}), "), pieces)


def _waiting(days: Any, opens: Opens) -> Any:
    return woven(_(", {n} to be dispatched"), {"n": _figure(days, "waiting", opens)}) if days.waiting else ""


def _rate(days: Any, name: str, opens: Opens) -> list[Any]:
    """A rate with what it rests on."""
    of, good = getattr(days, f"{name}_n"), getattr(days, f"{name}_k")
    if words.absent(of) or not of:
        return [html.B(words.NOTHING), html.Span(_(" (no sample)"), className="q")]
    count = linked(words.sample(of), opens(f"{name}_n"), "q")
    return [html.B(words.percent(good / of)), html.Span(woven(_(" ({n})"), {"n": count}), className="q")]


def _beside(days: Any, opens: Opens) -> list[Any]:
    """What rose fastest, and what came of all that meetings assigned."""
    if days.mover:
        change = "" if words.absent(days.mover_change) else f" +{words.percent(days.mover_change)}"
        found = {"issue": days.mover, "n": _figure(days, "mover_count", opens), "change": html.B(change)}
        return [*woven(_("{issue} {n} rose fastest a day{change}."), found), " ", *_all(days, opens)]
    rose = [_("No kind rose beyond chance."), " "] if days.issue else []
    return [*rose, *_all(days, opens)]


def _all(days: Any, opens: Opens) -> list[Any]:
    pieces = {name: _figure(days, f"all_{name}", opens) for name in ("assigned", "closed", "signed")}
    share = days.all_signed / days.all_assigned if days.all_assigned else None
    text = ENDED[words.absent(days.all_closed), words.absent(days.all_signed)]
    return woven(_(text), {**pieces, "p": words.percent(share)})


ENDED = {
    (False, False): N_("All meetings assigned {assigned} items: {closed} done, {signed} signed off ({p})."),
    (False, True): N_("All meetings assigned {assigned} items: {closed} done, sign-off not recorded."),
    (True, False): N_(
        "All meetings assigned {assigned} items: closing not recorded, {signed} signed off ({p})."
    ),
    (True, True): N_("All meetings assigned {assigned} items: neither closing nor sign-off is recorded."),
}
"""What came of all items, by whether the source never records that one is done, or signed off."""


def _agreement(sums: pd.DataFrame) -> html.Span:
    """That all three sums agree, or which does not."""
    wrong = [row for row in each(sums) if not row.holds]
    if not wrong:
        return kept(_("All three sums agree"))
    return html.Span([late(_sum(row)) for row in wrong], className="wrong")


def _sum(row: Any) -> str:
    sides = (_side(row.left_terms, row.left), _side(row.right_terms, row.right))
    return _("{name}: {left} ≠ {right}; no bulletin is made").format(
        name=_(SUMS[row.name]), left=sides[0], right=sides[1]
    )


def _side(terms: str, total: int) -> str:
    told = json.loads(terms)
    added = " + ".join(f"{said} {words.number(count)}" for said, count in _named(told))
    return f"{added} = {words.number(total)}" if len(told) > 1 else added


def _named(terms: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(_(TERMS[name]), count) for name, count in terms]
