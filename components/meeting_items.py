"""The list behind every figure of meeting items: how many of which set, and the grid that pages them."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import filters, words
from components.panels import files
from components.tables import Column, grid
from components.terms import term
from components.words import N_, _, ngettext

COLUMNS = {
    "batch": (N_("Meeting"), 128), "title": (N_("Matter"), None), "lead": (N_("Lead unit"), 104),
    "assist_units": (N_("Assisting"), 110), "promise": (N_("First promise"), 112), "step": (N_("Step"), 88),
    "slip": (N_("Days from it"), 84), "refused_count": (N_("Times refused"), 56),
    "rating": (N_("Rating"), 84), "signed_off_at": (N_("Signed off"), 96), "note_link": (N_("Note"), 128),
    "case_link": (N_("Case"), 118),
}  # fmt: skip
"""Heading and width (None: what is left)."""

SETS = {
    "all": N_("items assigned"),
    "closed": N_("items closed: the unit says so"),
    "signed_off": N_("items signed off: verified"),
    "open": N_("items not signed off"),
    "unsettled": N_("items not signed off, or open again"),
    "awaiting": N_("items done, not yet signed off"),
    "late": N_("items past their first promise"),
    "promised": N_("items whose first promise has come"),
    "kept": N_("items done by the first promise"),
    "broken": N_("items not done by the first promise"),
    "unpromised": N_("items without a promise"),
    "reopened": N_("items open again after sign-off"),
    "faulty": N_("items that cannot be right"),
}

FAULTS = {
    "no_lead": N_("no lead unit"),
    "unknown_lead": N_("a lead unit nobody knows"),
    "no_promise": N_("no promise"),
    "early_promise": N_("promised before it was assigned"),
    "early_signoff": N_("signed off before it was closed"),
    "open_case": N_("signed off, the case still open"),
}

WAYS = {
    "all": N_("in all"),
    "batch": N_("by meeting"),
    "unit": N_("by lead unit"),
    "chair": N_("by chair"),
    "owner": N_("by leader in charge"),
}

NONE_NAMED = "-"

Address = Callable[[str], str]


def named(set_name: str) -> str:
    """What a set of items is called on the screen: whose they are is said beside it."""
    whole, _by, _key = set_name.partition(".")
    return _(SETS[whole]) if whole in SETS else set_name


def said(set_name: str) -> str:
    """The set, and whose items they are."""
    _whole, by, key = [*set_name.split(".", 2), "", ""][:3]
    return f"{named(set_name)} · {whose(by, key)}" if by else named(set_name)


def whose(by: str, key: str) -> str:
    """The chair's role in words, or the leader's post; a dash where none is named."""
    if key == NONE_NAMED:
        return words.NOTHING
    return term(key) if by == "chair" else key


def faults(codes: str) -> str:
    """What cannot be right about an item, in words."""
    return _(", ").join(_(FAULTS[code]) if code in FAULTS else code for code in codes.split(","))


def book(grid_id: str) -> Any:
    """The grid, empty until it asks for its first rows."""
    return grid(grid_id, [Column(field, _(name), width=width) for field, (name, width) in COLUMNS.items()])


def head(set_name: str, rows: int, as_of: Any, narrowed: list, taken: tuple[str, str]) -> html.Section:
    """How many of which set at which moment, what narrows them, and the same rows as files."""
    text = ngettext("{set}: {n} item", "{set}: {n} items", rows)
    told = text.format(n=words.number(rows), set=named(set_name))
    title = html.H1(told[:1].upper() + told[1:])
    pieces = [title, html.Span(words.full(as_of), className="q"), filters.narrowed(narrowed), files(*taken)]
    return html.Section(pieces, className="filters all")


def records(found: pd.DataFrame, case: Address) -> list[dict[str, Any]]:
    """Rows of meetings.items as the grid shows them; ``case`` opens a case by its number."""
    table = found.astype(object).where(found.notna(), None)
    return [_record(row, case) for row in table.itertuples(index=False)]


def _record(row: Any, case: Address) -> dict[str, Any]:
    return {
        "batch": _batch(row),
        "title": _("(confidential)") if row.hidden else row.title,
        "lead": row.lead_unit or words.NOTHING,
        "assist_units": row.assist_units or words.NOTHING,
        "promise": _promise(row),
        "step": _("open again") if row.is_reopened else term(row.step),
        "slip": _signed(row.slip_days),
        "refused_count": words.number(row.refused_count) if row.refused_count else words.NOTHING,
        "rating": term(row.rating),
        "signed_off_at": words.stamp(row.signed_off_at),
        "note_link": _note(row, case),
        "case_link": _linked(row.case_id, case) if row.case_id else words.NOTHING,
    }


def _promise(row: Any) -> str:
    """The last day first promised, and the one it was moved to: 00:00 is the end of the day before."""
    days = [day for day in dict.fromkeys((row.first_due_at, row.due_at)) if day is not None]
    return " → ".join(f"{day - words.SECOND:%m-%d}" for day in days) or words.NOTHING


def _note(row: Any, case: Address) -> str:
    """The request that opened it again, and what cannot be right about it."""
    again = _linked(row.reopened_by, case) if row.reopened_by else words.stamp(row.reopened_at)
    said = [again if row.is_reopened else "", faults(row.faults) if row.faults else ""]
    return _(", ").join(filter(None, said)) or words.NOTHING


def _signed(days: float | None) -> str:
    """Days late with a plus, days early with a minus."""
    return words.NOTHING if days is None else f"{days:+.0f}".replace("-", words.MINUS)


def _batch(row: Any) -> str:
    """The meeting's number and day."""
    day = words.NOTHING if row.batch_date is None else f"{row.batch_date:%Y-%m-%d}"
    return day if row.number is None else f"{row.number} · {day}"


def _linked(number: str, case: Address) -> str:
    return f"[{number}]({case(number)})"
