"""Why a unit's rate moved since the last period: parts that add up, drawn as steps from then to now."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, linked, panel
from components.records import each
from components.rows import width
from components.unit_axis import STILL, Axis
from components.unit_stages import kind_name
from components.words import N_, _

NAMES = {
    "before": N_("Last period"),
    "mix": N_("Mix of matters"),
    "excluded": N_("Left out"),
    "rules": N_("Rules"),
    "now": N_("This period"),
}
ENDS = ("before", "now")
OPTIONAL = ("mix", "excluded", "rules")  # not drawn when they did nothing


def why(
    rows: pd.DataFrame, shift: Any, move: str, group_mean: float | None, href: Callable[[Any], str | None]
) -> Any:
    """Of units.why with ``printed``: percentage points rounded so that they add up (ends: the rates, %).

    ``shift`` is the row of units.rank_shift or None; ``move`` whether the rate moved by more than chance
    (up | down | level; empty: too few cases to say); ``href`` opens the cases of a part.
    """
    if not _comparable(rows):
        said = empty(_("One of the two periods has no rating: nothing to compare."))
        return panel(_("Why the rate moved"), said, None, "unit_why", "half")
    shown = _shown(rows)
    axis = Axis(shown, group_mean)
    steps = [_step(row, end, axis, href) for row, end in zip(each(shown), axis.ends, strict=True)]
    for place, step in enumerate(steps, 2):  # the drawing behind them lies in the same rows of the grid
        step.style = {"gridRow": place}
    last = [html.Li(_ranks(shift), className="place")] if _moved_in_rank(shift) else []
    body = html.Ul([axis.lines(len(shown)), axis.scale(), *steps, *last], className="ufall")
    return panel(title(rows, shift, move), body, _("points"), "unit_why", "half", _foot(shift))


def _foot(shift: Any) -> str | None:
    """That a rank rests on 30 days, and so not on the rates above; or that it may have moved by chance."""
    if not _moved_in_rank(shift):
        return None
    if not (shift.rolling or shift.before_rolling):
        return _("The rates of both ranks may differ by chance") if shift.move == "level" else None
    ends = [(shift.before_rate, shift.before_n), (shift.rate, shift.n)]
    before, now = (f"{words.percent(rate)} {words.sample(n)}" for rate, n in ends)
    return _("Rank by 30 days, not by these: {before} → {now}").format(before=before, now=now)


def _comparable(rows: pd.DataFrame) -> bool:
    ends = list(rows[rows["part"].isin(ENDS)]["printed"]) if len(rows) else []
    return len(ends) == 2 and not any(map(words.absent, ends))


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    nothing = rows["part"].isin(OPTIONAL) & (rows["printed"].abs() < STILL) & (rows["points"].abs() < 1e-9)
    return rows[~nothing]


def title(rows: pd.DataFrame, shift: Any, move: str) -> str:
    """From rank to rank, and the kind that makes more than half of the change; no change that is chance."""
    if not move:
        return _("Too few ratings to call it a change")
    if move == "level":
        return _("No change beyond chance")
    rates = rows.set_index("part")["printed"]
    change = float(rates["now"]) - float(rates["before"])
    ranked = _moved_in_rank(shift) and shift.rank != shift.before_rank and shift.move == move
    said = _between_ranks(shift) if ranked else _between_rates(change)
    kinds = rows[rows["part"] == "kind"]
    main = (
        kinds[(kinds["printed"] / change).between(0.5, 1, inclusive="right")]
        if abs(change) >= STILL
        else kinds.head(0)
    )
    if len(main) != 1:
        return said
    return said + _(", over half from {kind}").format(kind=_name(next(each(main))))


def _moved_in_rank(shift: Any) -> bool:
    return shift is not None and not words.absent(shift.rank) and not words.absent(shift.before_rank)


def _between_ranks(shift: Any) -> str:
    said = _("From rank {before} to {rank}")
    return said.format(before=words.number(shift.before_rank), rank=words.number(shift.rank))


def _between_rates(change: float) -> str:
    if abs(change) < STILL:
        return _("The rate has not moved")
    said = _("{n} points more than before") if change > 0 else _("{n} points less than before")
    return said.format(n=words.points(abs(change)))


def _ranks(shift: Any) -> list[Any]:
    """The move in ranks: what the unit did itself, and what the others did."""
    both = f"{words.number(shift.before_rank)} → {words.number(shift.rank)}"
    own = _places(shift.own, _("itself {n} up"), _("itself {n} down"), _("itself level"))
    others = _places(shift.others, _("others {n} up"), _("others {n} down"), _("others level"))
    return [
        html.Span(_("Rank")),
        html.Span([html.B(both), html.Span(own), html.Span(others)], className="cut"),
    ]


def _places(moved: Any, up: str, down: str, still: str) -> str:
    """Ranks count from the top: more is further down."""
    if words.absent(moved) or not moved:
        return still
    return (down if moved > 0 else up).format(n=words.number(abs(moved)))


def _name(row: Any) -> str:
    return kind_name(row) if row.part == "kind" else _(NAMES.get(row.part, row.part))


def _step(row: Any, at: tuple[float, float], axis: "Axis", href: Callable[[Any], str | None]) -> Any:
    """A part from where the last one ended; the two ends are dots, for the axis does not start at 0."""
    name = linked(_name(row), href(row), "cut")
    link = html.U(style={"left": width(axis.x(at[1]))}) if row.part != "now" else None
    if row.part in ENDS:
        drawn: Any = html.B(style={"left": width(axis.x(at[1]))})
        figure: Any = html.B(words.points(row.printed))
        return html.Li([name, html.Span([drawn, link], className="wf"), figure], className="whole")
    low, high = (axis.x(value) for value in sorted(at))
    drawn = html.I(style={"left": width(low), "width": f"max(2px, {width(high - low)})"})
    side = "up" if row.printed > 0 else "down"
    return html.Li(
        [name, html.Span([drawn, link], className="wf"), html.Span(signed(row.printed))], className=side
    )


def signed(points: float) -> str:
    """Points with their sign; nothing is 0.0 without one."""
    said = words.points(points + 0.0)
    if abs(points) < STILL:
        return "0.0"
    return f"+{said}" if points > 0 else said
