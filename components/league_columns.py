"""The league's columns that may be shown or not: their headings, and what stands in a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from components import words
from components.compared import SIDE, is_worse, measure_of
from components.panels import linked
from components.terms import term
from components.words import N_, _

Cell = Callable[[Any, str, Callable[[Any, str], str]], html.Span]  # a row, the measure, where a click leads
ARROWS = {"up": "↑", "down": "↓"}


@dataclass(frozen=True)
class Column:
    """A column's name in a sentence, its heading in two lines (message ids), and its cell."""

    name: str
    head: str
    cell: Cell


def text_of(rate: float | None) -> str:
    """A rate under a heading that says per cent."""
    return words.NOTHING if words.absent(rate) else words.points(100 * (rate or 0))


def tag(row: Any) -> str:
    """What stands behind the name of a unit that is judged by 30 days; nothing behind others."""
    return _("30 d") if row.rolling and row.tier != "few" else ""


def _shrunk(row: Any, _measure: str, _href: Any) -> html.Span:
    return html.Span(text_of(row.shrunk), className="eb")


def _adjusted(row: Any, _measure: str, _href: Any) -> html.Span:
    return html.Span(text_of(row.adjusted))


def _side(name: str) -> Cell:
    """The cell of a side measure: it opens its cases, and is bold where it is clearly worse."""

    def cell(row: Any, _measure: str, href: Callable[[Any, str], str]) -> html.Span:
        worse, known = getattr(row, f"{name}_worse"), getattr(row, f"{name}_n")
        rate = text_of(getattr(row, f"{name}_rate"))
        bad = "bad" if not words.absent(worse) and worse else None
        has_cases = not words.absent(known) and known
        said = words.sample(known) if has_cases else None
        return html.Span(linked(rate, href(row, name) if has_cases else None, bad), title=said)

    return cell


def _change(row: Any, measure: str, _href: Any) -> html.Span:
    return html.Span(moved(row, measure))


def moved(row: Any, measure: str, unit: str = "") -> Any:
    """The change in points where the data support one; steady, or a dash where nothing compares."""
    if row.move == "level":
        return html.Span(_("steady"), className="q")
    if row.move not in ARROWS or words.absent(row.change):
        return html.Span(words.NOTHING, className="q")
    said = f"{ARROWS[row.move]} {words.points(abs(100 * row.change))}{unit}"
    return html.B(said) if is_worse(row.move, measure_of(measure)) else html.Span(said)


def _recent(row: Any, _measure: str, _href: Any) -> html.Span:
    """Three cells, oldest first, filled where the unit stood in the tier it stands in now."""
    tiers = str(row.recent).split(",") if row.recent and row.tier in ("better", "worse") else []
    kinds = ["on" if tier == row.tier else None if tier else "no" for tier in tiers]
    said = _(", ").join(term(tier) for tier in tiers)
    return html.Span([html.I(className=kind) for kind in kinds], className="recent", title=said)


COLUMNS = {
    "shrunk": Column(N_("Shrunk rate"), N_("Shrunk\n%"), _shrunk),
    "adjusted": Column(N_("Adjusted for kinds"), N_("Adjusted\n%"), _adjusted),
    **{name: Column(measure_of(name).name, measure_of(name).rate, _side(name)) for name in SIDE},
    "change": Column(N_("Change"), N_("vs last,\npoints"), _change),
    "recent": Column(N_("Last 3 periods"), N_("Last\n3"), _recent),
}
USUAL = ("shrunk", "on_time", "resolution", "sent_back", "participation", "change", "recent")
"""Shown unless the address says otherwise."""

PAST = ("change", "recent")
"""What speaks of earlier periods: not shown where none is known."""

NONE = "-"
"""How an address says that no column is shown."""


def chosen(said: str | None) -> Sequence[str]:
    """The columns an address asks for, joined by commas; the usual ones where it asks for none."""
    return said.split(",") if said else USUAL


def choices(said: str | None, href: Callable[[str | None], str]) -> list[tuple[str, str, bool]]:
    """Every column, the address that turns it over, and whether it is shown; None: the usual ones."""
    now, found = chosen(said), []
    for name in COLUMNS:
        after = tuple(one for one in COLUMNS if (one in now) != (one == name))
        found.append((name, href(None if after == USUAL else ",".join(after) or NONE), name in now))
    return found


def order_after(now: str | None, column: str) -> str | None:
    """What a click on a heading asks for: the column, then its reverse; the rank's is the printed order."""
    if column == "rank":
        return None
    return f"-{column}" if now == column else column
