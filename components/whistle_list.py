"""The list behind every figure of the whistles: how many of which set, and the grid that pages them."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import filters, words
from components.panels import files
from components.tables import Column, grid
from components.terms import term
from components.whistle_words import matter
from components.words import N_, _

SPOT = "spot_"

COLUMNS = {
    "accepted_at": (N_("Accepted at"), 122), "town": (N_("Town"), 80), "matter": (N_("Matter"), None),
    "area_kind": (N_("Place"), 60), "unit": (N_("Unit"), 98), "role": (N_("Role"), 62),
    "last_due_at": (N_("Last limit"), 90), "arrived_at": (N_("There at"), 90),
    "late_minutes": (N_("Min late"), 66), "proof": (N_("Proof"), 70), "end": (N_("Whistle"), 82),
    "closed_at": (N_("Over at"), 90), "ratings": (N_("Ratings"), 66), "case_link": (N_("Case"), 118),
}  # fmt: skip
"""Heading and width (None: what is left)."""

ROLES = {"lead": N_("lead"), "assist": N_("assist")}
ENDS = {
    "open": N_("goes on"),
    "closed": N_("signed off"),
    "cancelled": N_("withdrawn"),
    "void": N_("ruled void"),
}


STANDS = {
    "missing": N_("not there"),
    "late": N_("came late"),
    "waiting": N_("limit to come"),
    "unknown": N_("arrivals not recorded"),
    "there": N_("there, limit to come"),
    "unconfirmed": N_("in time, unconfirmed"),
    "on_time": N_("in time"),
}
"""How it stands with a whistle that called a unit (units.whistles)."""


def book(name: str) -> Any:
    """The grid, empty until it asks for its first rows."""
    return grid(name, [Column(field, _(said), width=width) for field, (said, width) in COLUMNS.items()])


def head(
    set_name: str, rows: int, of_whistles: bool, as_of: Any, narrowed: list, taken: tuple[str, str]
) -> html.Section:
    """How many of which set at which moment, what narrows them, and the same rows as files."""
    text = _("{set}: {n} whistles") if of_whistles else _("{set}: {n} units called")
    said = text.format(n=words.number(rows), set=named(set_name))
    title = html.H1(said[:1].upper() + said[1:])
    pieces = [title, html.Span(words.full(as_of), className="q"), filters.narrowed(narrowed), files(*taken)]
    return html.Section(pieces, className="filters all")


def named(set_name: str) -> str:
    """What a set of whistles is called on the screen."""
    if set_name.startswith(SPOT):
        return _("on the spot {code}").format(code=set_name.removeprefix(SPOT))
    return filters.set_name(set_name)


def records(found: pd.DataFrame, case: Callable[[str], str]) -> list[dict[str, Any]]:
    """Rows of whistles.list as the grid shows them; ``case`` opens a case by its number."""
    table = found.astype(object).where(found.notna(), None)
    return [_record(row, case) for row in table.itertuples(index=False)]


def _record(row: Any, case: Callable[[str], str]) -> dict[str, Any]:
    said = {name: getattr(row, name) or words.NOTHING for name in ("town", "unit")}
    return {
        **said,
        "matter": f"{matter(row)} {row.place or ''}".strip(),
        "area_kind": term(row.area_kind),
        "role": _(ROLES[row.role]) if row.role in ROLES else words.NOTHING,
        "accepted_at": words.full(row.accepted_at),
        **{name: words.stamp(getattr(row, name)) for name in ("last_due_at", "arrived_at", "closed_at")},
        "late_minutes": words.number(row.late_minutes) if row.late_minutes else words.NOTHING,
        "proof": _proof(row),
        "end": _(ENDS[row.end]),
        "ratings": f"{words.number(row.town_rating)}/{words.number(row.unit_rating)}",
        "case_link": f"[{row.case_id}]({case(row.case_id)})" if row.case_id else words.NOTHING,
    }


def _proof(row: Any) -> str:
    """What the arrival rests on: more than the unit's own word, or that alone."""
    if row.arrived_at is None:
        return words.NOTHING
    return _("proved") if row.is_confirmed else _("unconfirmed")
