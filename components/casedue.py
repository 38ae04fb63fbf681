"""The limits of one case: the next moment that changes something, and who is late with what now."""

from datetime import datetime
from typing import Any

import pandas as pd
from dash import html

from components import limits, log, words
from components.panels import panel
from components.records import each, first
from components.tiles import tile
from components.words import _

FIRST_STEPS = ("record", "sign", "contact")


def coming(due: pd.DataFrame, as_of: datetime) -> html.Section | None:
    """The earliest moment to come, with what happens then; else who is late now; None where nothing runs."""
    ahead, missed = first(due[due["state"].isin(["soon", "ahead"])]), _worst(due[due["state"] == "late"])
    if ahead is not None:
        return wide(_ahead(ahead, as_of))
    return None if missed is None else wide(_missed(missed))


def _worst(missed: pd.DataFrame) -> Any:
    """The one to name where one must do: a first step missed matters less than what it led to."""
    grave = missed[~missed["kind"].isin(FIRST_STEPS)]
    return first(missed if grave.empty else grave)


def wide(made: Any) -> html.Section:
    """The same tile, two columns wide."""
    made.className = f"{made.className} two"
    return made


def _ahead(limit: Any, as_of: datetime) -> html.Section:
    figure = f"{limits.moment(limit.due_at, as_of)} "
    return tile(
        _("Next limit"),
        figure,
        limits.kind(limit),
        limits.left(limit.hours),
        f"{log.by(limit.who)}　{limits.then(limit)}",
        state="soon" if limit.state == "soon" else None,
        measure="next_limit",
    )


def _missed(limit: Any) -> html.Section:
    said = _("{kind}, limit {at}").format(kind=limits.kind(limit), at=limits.at(limit.due_at))
    return tile(
        _("Late now: {who}").format(who=log.by(limit.who)),
        words.age(-limit.hours * 3600),
        "",
        said,
        _("nothing else runs"),
        state="late",
        measure="next_limit",
    )


def running(due: pd.DataFrame, as_of: datetime) -> html.Section | None:
    """Limits that run or were missed: columns of cases.deadline; None where the tile says all there is."""
    if len(due) < 2:
        return None
    return panel(
        _title(due),
        html.Ul([_line(limit, as_of) for limit in each(due)], className="limits"),
        _("time left, ▲ late by"),
    )


def _title(due: pd.DataFrame) -> str:
    """Who is late with how many, or that nobody is."""
    missed = due[due["state"] == "late"]
    if missed.empty:
        return _("Limits: none missed")
    names = dict.fromkeys(log.by(who) for who in missed["who"])
    return _("Late now: {who}").format(who="、".join(names) if words.language() == "zh" else ", ".join(names))


def _line(limit: Any, as_of: datetime) -> html.Li:
    cells = [
        html.Span([limits.state_sign(limit.state), " ", limits.kind(limit)], className="cut"),
        html.Span(log.by(limit.who), className="q cut"),
        html.Span(_until(limit, as_of), className="q"),
        html.Span(_length(limit), className="r"),
    ]
    return html.Li(cells, className="up" if limit.state == "late" else None)


def _length(limit: Any) -> Any:
    """How long, one under the other: ▲ says that it is over."""
    is_left = limit.state in ("soon", "ahead")
    return words.age(limit.hours * 3600) if is_left else limits.left(limit.hours)


def _until(limit: Any, as_of: datetime) -> str:
    return limits.at(limit.due_at) if limit.state == "late" else limits.moment(limit.due_at, as_of)
