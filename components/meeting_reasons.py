"""Why a matter goes before the meeting, in words: short in a list, a claim with its numbers on the wall."""

import json
from collections.abc import Iterable
from typing import Any

from components import words
from components.words import N_, _

Reason = list[Any]

SHORT = {
    "item_late": N_("last batch, {0} d past its promise"),
    "item_late_before": N_("meeting {1}, {0} d past its promise"),
    "group_visit": N_("{0} people came together"),
    "promise_missed": N_("promised answer {0} d late"),
    "overdue_days": N_("overdue by {0} d"),
    "uncured": N_("raised and still open"),
    "times_at_meeting": N_("meeting no. {0} about it"),
    "rounds": N_("round {0}"),
    "conflict": N_("{0} channels, {1} units answered"),
    "passed": N_("sent to {0} units, given back {1}×"),
    "people": N_("{0} people report it"),
    "repeats": N_("brought again {0}× in {1} d"),
    "whistles": N_("whistled for {0}× in {1} d"),
    "severity": N_("severity {0}"),
    "surge": N_("{0} a day, {1} before"),
    "waiting_days": N_("heard of {0} d ago"),
    "by_hand": N_("put there by hand"),
}
"""By the code of `rules.candidates`, with its numbers in their order."""

LONG = {
    "item_late": (N_("Promise broken"), N_("last batch, {0} d past the first promise")),
    "item_late_before": (N_("Promise broken"), N_("assigned at meeting {1}, {0} d past the first promise")),
    "group_visit": (N_("A group came"), N_("{0} people together")),
    "promise_missed": (N_("Promised answer not given"), N_("{0} d late")),
    "overdue_days": (N_("Not done in time"), N_("overdue by {0} d")),
    "uncured": (N_("Raised and still open"), N_("was raised before the last cutoff")),
    "times_at_meeting": (N_("At the meeting again"), N_("meeting no. {0} about it")),
    "rounds": (N_("Not satisfied again"), N_("now in round {0}")),
    "conflict": (N_("Answers differ"), N_("{0} channels, {1} units answered")),
    "passed": (N_("Nobody takes it"), N_("sent to {0} units, given back {1}×")),
    "people": (N_("Many report it"), N_("{0} people")),
    "repeats": (N_("Brought again and again"), N_("{0}× in {1} d")),
    "whistles": (N_("Whistled for again and again"), N_("{0}× in {1} d at the same spot")),
    "severity": (N_("Gravely overdue"), N_("severity {0} of 100")),
    "surge": (N_("Reports rise sharply"), N_("{0} a day, {1} in the period before")),
    "waiting_days": (N_("Still open"), N_("heard of {0} d ago")),
    "by_hand": (N_("Put on the list by hand"), ""),
}
"""A claim, and the numbers beside it."""

UNDER_A_DAY = {
    "overdue_days": N_("overdue by less than 1 d"),
    "promise_missed": N_("promised answer less than 1 d late"),
}

MOST = 3
"""Claims on the wall."""


def read(reasons: Any) -> list[Reason]:
    """The reasons of a row, as they come from the question; none where it has none."""
    return [] if words.absent(reasons) or not reasons else list(json.loads(reasons))


def short(reasons: Any) -> str:
    """The reasons of a list in one line."""
    said = [_short(reason) for reason in read(reasons)]
    return _("; ").join(said) if said else words.NOTHING


def claims(reasons: Any, most: int = MOST) -> list[tuple[str, str]]:
    """Claims with their numbers, the strongest first."""
    return [_claim(reason) for reason in read(reasons)[:most]]


def _short(reason: Reason) -> str:
    code, numbers = reason[0], reason[1:]
    if code not in SHORT:
        return str(code)
    if code in UNDER_A_DAY and not numbers[0]:
        return _(UNDER_A_DAY[code])
    return _(SHORT[code]).format(*_said(numbers))


def _claim(reason: Reason) -> tuple[str, str]:
    code, numbers = reason[0], reason[1:]
    if code not in LONG:
        return str(code), ""
    claim, beside = LONG[code]
    if code in UNDER_A_DAY and not numbers[0]:
        return _(claim), _(UNDER_A_DAY[code])
    return _(claim), _(beside).format(*_said(numbers)) if beside else ""


def _said(numbers: Iterable[Any]) -> list[str]:
    """A whole number as one; a rate with its decimal; what is not known as a dash."""
    return [
        words.NOTHING if one is None else words.points(one) if isinstance(one, float) else words.number(one)
        for one in numbers
    ]
