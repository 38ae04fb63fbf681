"""What other rules of counting do: each unit's rank and rate under the standard rules, and under these."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import league_variants, words
from components.compared import RANKED, some
from components.league_columns import text_of
from components.panels import empty, linked, panel
from components.records import each
from components.shapes import percent
from components.terms import term
from components.words import _, ngettext

NAMED = 4  # movers that the title names; more are counted
MOST = 3  # movers by rank, where no unit changes tier


def slope(rows: pd.DataFrame, href: Callable[[Any], str]) -> html.Section:
    """Two orders joined by lines, who moves in bold: unit, rate, rank, tier, and the same with before_."""
    left = _ordered(rows, "before_")
    right = _ordered(rows, "")
    if left.empty and right.empty:
        said = empty(_("No unit has enough cases to be ranked."))
        return panel(_("Other rules, other ranks"), said, None, "league_variants", "four")
    moving = set(movers(rows)["unit_id"])
    count = max(len(left), len(right))
    style = {"--count": count}
    body = html.Div(
        [
            html.Div([_("Standard rules"), *_heads()], className="slhead"),
            html.Div([_("As shown"), *_heads()], className="slhead to"),
            html.Ol([_side(row, "before_", moving, href) for row in each(left)], className="slfrom"),
            html.Div(_lines(left, right, count, moving), className="sllines"),
            html.Ol([_side(row, "", moving, href) for row in each(right)], className="slto"),
        ],
        className="slope",
        style=style,
    )
    return panel(title(rows), body, _note(rows), "league_variants", "four")


def untouched(variants: pd.DataFrame, href: Callable[[Any], str]) -> html.Section:
    """All rules are in force, so that nothing compares: which to switch, and who would change tier.

    Rows of league.variants; ``href`` opens the comparison with that rule switched.
    """
    heading = _("All rules of counting are on: switch one to compare")
    rows = [row for row in each(variants) if row.variant != "chosen"]
    if not rows:
        said = empty(_("These rules do not touch this measure."))
        return panel(_("Other rules, other ranks"), said, None, "league_variants", "four")
    lines = [html.Li([linked(league_variants.name(row), href(row)), _moving(row)]) for row in rows]
    return panel(heading, html.Ul(lines, className="turns"), None, "league_variants", "four")


def _moving(row: Any) -> html.Span:
    """How many units change tier under a variant, and who."""
    if words.absent(row.better) or row.one_way:
        return html.Span(league_variants.moves(row, NAMED), className="q")
    if not row.changed:
        return html.Span(_("no unit changes tier"), className="q")
    text = ngettext("{n} unit changes tier: {names}", "{n} units change tier: {names}", row.changed)
    names = some(league_variants.movers(row), NAMED)
    return html.Span(text.format(n=row.changed, names=names), className="q")


def _heads() -> list[Any]:
    return [html.Span(_("rank, unit, rate %"), className="q")]


def _ordered(rows: pd.DataFrame, which: str) -> pd.DataFrame:
    """The units ranked then (``before_``) or now, by rank; ties by code."""
    ranked = rows[rows[f"{which}rank"].notna()]
    return ranked.sort_values([f"{which}rank", "unit_id"]).reset_index(drop=True)


def movers(rows: pd.DataFrame) -> pd.DataFrame:
    """Units that change tier; where none does, the few whose rank moves most."""
    changed = rows[_changes(rows)]
    if len(changed):
        return changed
    steps = (rows["before_rank"] - rows["rank"]).abs().astype("Float64").fillna(0)
    found = rows.assign(steps=steps).sort_values(["steps", "unit_id"], ascending=[False, True])
    return found[found["steps"] > 0].head(MOST)


def _changes(rows: pd.DataFrame) -> pd.Series:
    """Which units stand in another tier; only one that is ranked on both sides does."""
    both = rows["tier"].isin(RANKED) & rows["before_tier"].isin(RANKED)
    return both & (rows["before_tier"] != rows["tier"])


def title(rows: pd.DataFrame) -> str:
    """Who changes tier, else how many ranks change."""
    changed = rows.loc[_changes(rows), "unit"].tolist()
    if rows["rank"].isna().all():
        return _("By these rules nobody can be ranked")
    if changed:
        text = ngettext(
            "These rules move {n} unit to another tier: {names}",
            "These rules move {n} units to another tier: {names}",
            len(changed),
        )
        return text.format(n=len(changed), names=some(changed, NAMED))
    moved = int(((rows["before_rank"] - rows["rank"]).fillna(0) != 0).sum())
    if not moved:
        return _("These rules change no tier and no rank")
    text = ngettext(
        "These rules change no tier; {n} rank moves", "These rules change no tier; {n} ranks move", moved
    )
    return text.format(n=moved)


def _note(rows: pd.DataFrame) -> str | None:
    """Those that stand on neither side."""
    neither = rows[rows["rank"].isna() & rows["before_rank"].isna()]
    if neither.empty:
        return None
    text = ngettext("{n} with too few left out", "{n} with too few left out", len(neither))
    return text.format(n=len(neither))


def _side(row: Any, which: str, moving: set[Any], href: Callable[[Any], str]) -> html.Li:
    """Rank, unit and rate on one side; a mover says on the right which tier it left for which."""
    rank, rate = getattr(row, f"{which}rank"), getattr(row, f"{which}rate")
    is_mover = row.unit_id in moving
    cells = [
        html.Span(words.number(rank), className="r"),
        linked(row.unit, href(row), "cut"),
        html.Span(text_of(rate), className="r"),
    ]
    if not which:
        cells.append(html.Span(_shift(row), className="q cut"))
    return html.Li(cells, className="on" if is_mover else None)


def _shift(row: Any) -> str:
    """From tier to tier, or by how many ranks."""
    if row.before_tier != row.tier:
        tiers = [term(tier) for tier in (row.before_tier, row.tier)]
        return " → ".join(tiers)
    if words.absent(row.before_rank) or row.before_rank == row.rank:
        return ""
    steps = int(row.before_rank - row.rank)
    return f"{'↑' if steps > 0 else '↓'} {abs(steps)}"


def _lines(left: pd.DataFrame, right: pd.DataFrame, count: int, moving: set[Any]) -> list[html.Div]:
    """A line for each unit that is ranked on both sides; movers last, over the others."""
    ends = {row.unit_id: row.Index for row in each(right)}
    found = [(row, ends[row.unit_id]) for row in each(left) if row.unit_id in ends]
    found.sort(key=lambda pair: pair[0].unit_id in moving)
    return [_line((row.Index + 0.5) / count, (end + 0.5) / count, row, moving) for row, end in found]


def _line(start: float, end: float, row: Any, moving: set[Any]) -> html.Div:
    """One straight line across, cut out of the whole box; filled where its tier is a claim."""
    tiers = (row.before_tier, row.tier)
    kind = "on" if row.unit_id in moving else "claim" if set(tiers) & {RANKED[0], RANKED[2]} else None
    above = [f"0% calc({percent(start)} - var(--h))", f"100% calc({percent(end)} - var(--h))"]
    below = [f"100% calc({percent(end)} + var(--h))", f"0% calc({percent(start)} + var(--h))"]
    return html.Div(className=kind, style={"clipPath": f"polygon({', '.join([*above, *below])})"})
