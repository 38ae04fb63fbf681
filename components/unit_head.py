"""The head of a unit's own page: who it is and where it stands in its group, then six measures as tiles."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import definition, linked
from components.records import each
from components.terms import term
from components.tiles import stamp
from components.unit_measures import fraction, name, unit_of_count
from components.words import _

SHOWN = ("satisfaction", "on_time", "resolution", "sent_back", "participation", "whistles")
ALERT = 2  # times behind in three periods from which a reminder is due (A13)


def head(one: Any, standing: Any, window: str, group_href: str) -> html.Section:
    """The unit's row of units.one and of units_beside.standing (None: not in the table of its group).

    ``window`` stands right: the period and the rules chosen. ``group_href`` opens the league of its group.
    """
    group = None if words.absent(one.unit_group) or not one.unit_group else term(one.unit_group)
    about = [linked(group, group_href)] if group else []
    if not words.absent(one.leader_post) and one.leader_post:
        about.append(html.Span(one.leader_post, title=_("The post that heads the unit")))
    pieces = [
        html.H1(one.unit, className="cut", title=one.unit),
        html.Span(about, className="q about"),
        *_standing(standing, group),
        html.Span(window, className="q end cut"),
    ]
    return html.Section(pieces, className="uwho all")


def _standing(standing: Any, group: str | None) -> list[Any]:
    """Tier, interval, rank, recent tiers; or why there is none of them."""
    if standing is None:
        said = _("not in this period's table") if group else _("in no group, so not ranked")
        return [html.Span(said)]
    if not standing.n:
        return [html.Span(_("No rating: not ranked"))]
    tier = term(standing.tier)
    return [html.B(tier) if standing.tier == "worse" else html.Span(tier), *_facts(standing)]


def _facts(standing: Any) -> list[html.Span]:
    said: list[str | None] = [_interval(standing)]
    if words.absent(standing.rank):
        said.append(_("{n} more ratings needed for a rank").format(n=words.number(standing.missing)))
    else:
        rank = _("rank {rank} of {n}")
        said.append(rank.format(rank=words.number(standing.rank), n=words.number(standing.ranked)))
    said.append(_recent(standing))
    if standing.rolling:
        said.append(_("on 30 days: too few ratings in the period"))
    return [html.Span(fact) for fact in said if fact]


def _interval(standing: Any) -> str:
    low, high = (words.points(100 * share) for share in (standing.low, standing.high))
    said = _("interval {range}").format(range=low + _("–") + high)
    if words.absent(standing.mean):
        return said
    return said + _(", group mean {mean}").format(mean=words.points(100 * standing.mean))


def _recent(standing: Any) -> str | None:
    """How often of late the unit stood apart from its group: behind first, else better."""
    known = [tier for tier in (standing.recent or "").split(",") if tier]
    for tier, said in (("worse", _("behind in {k} of {n} periods")), ("better", _("better in {k} of {n}"))):
        times = known.count(tier)
        if len(known) > 1 and times:
            alert = tier == "worse" == standing.tier and times >= ALERT
            return said.format(k=times, n=len(known)) + (_(", a reminder is due") if alert else "")
    return None


def tiles(measures: pd.DataFrame, href: Callable[[Any], str | None]) -> list[html.Section]:
    """Six rows of units.measures as tiles; ``href`` opens the cases a row counts, None where none are."""
    found = {row.measure: row for row in each(measures)}
    return [_tile(measure, found.get(measure), href) for measure in SHOWN]


def _tile(measure: str, row: Any, href: Callable[[Any], str | None]) -> html.Section:
    """Now with its k/n, before, the median of the group; bold only where significantly worse."""
    label = html.H2([stamp(), name(measure), " ", definition(measure)])
    known = row is not None and bool(row.n)
    figure: list[Any] = [words.points(100 * row.rate) if known else words.NOTHING]
    figure += (
        [html.Small("%"), *_base(row, href)] if known else [html.Small(_("no sample"), className="of q")]
    )
    below = html.P([html.Span(_before(row)), html.Span(_median(row), className="cut")], className="q")
    kind = "tile utile bad" if known and row.worse else "tile utile"
    return html.Section([label, html.Div(figure, className="fig"), below], className=kind)


def _base(row: Any, href: Callable[[Any], str | None]) -> list[Any]:
    """k/n; the measure word behind it gives way when the figures are long."""
    counted = linked(fraction(row), href(row) if row.unit_of_count == "case" else None, "n of")
    return [counted, html.Small(unit_of_count(row), className="cut")]


def _before(row: Any) -> str:
    return _("before {rate}").format(rate=_points(row, "before_rate"))


def _median(row: Any) -> str:
    return _("median {rate}").format(rate=_points(row, "median"))


def _points(row: Any, column: str) -> str:
    share: Any = None if row is None else getattr(row, column)
    return words.NOTHING if words.absent(share) else words.points(100 * share)


def law(actions: Any = None) -> html.Footer:
    """What tiers are for, and what may be done from here: appeal, take away."""
    said: list[Any] = [
        _("Satisfaction depends on the sample and on the kinds of request. "),
        html.B(_("Tiers are for study and not the only ground of an appraisal.")),
    ]
    return html.Footer([html.Span(said), html.Span(actions)], className="ulaw note all")
