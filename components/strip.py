"""The top strip: who and where, the moment and the age of the newest record, the next dispatch meeting."""

from datetime import datetime
from typing import Any

import pandas as pd
from dash import html

from components import meeting, records, words
from components.words import _


def strip(
    page: str, as_of: datetime, newest: pd.DataFrame, following: pd.DataFrame, demo: bool = False
) -> list[html.Div]:
    """Three columns; ``newest`` has newest (datetime) per table, ``following`` the row of meetings.next."""
    return [_place(page, following, demo), _moment(as_of, newest), _meeting(as_of, following)]


def _place(page: str, following: pd.DataFrame, demo: bool) -> html.Div:
    """The centre (its name alone gives way), the page (an English message id), the day of the period."""
    pieces: list[Any] = [html.B(words.centre(), className="cut"), html.Span(_(page), className="q")]
    ends: list[Any] = []
    if demo:
        ends.append(html.Span(_("demo"), className="demo"))
    if len(following) and not words.absent(following["period_day"].iloc[0]):
        day = _("day {n}").format(n=int(following["period_day"].iloc[0]))
        ends.append(html.Span(day, className="q"))
    if ends:
        ends[0].className += " end"
    return html.Div([*pieces, *ends])


def _moment(as_of: datetime, newest: pd.DataFrame) -> html.Div:
    last: Any = newest["newest"].dropna().max() if len(newest) else None
    age = _("no record yet") if words.absent(last) else _newest(as_of - last)
    year = not words.absent(last) and last.year != as_of.year
    return html.Div([html.B(words.moment(as_of, year)), html.Span(age, className="q cut")])


def _newest(span: Any) -> str:
    return _("newest record {ago}").format(ago=words.ago(span))


def _meeting(as_of: datetime, following: pd.DataFrame) -> html.Div:
    if following.empty:
        return html.Div(html.Span(_("no meeting planned"), className="q"))
    item = records.first(following)
    name = _("Next meeting") if words.absent(item.number) else _("Meeting {n}").format(n=int(item.number))
    return html.Div(
        [
            html.B(name),
            html.Span(words.day(item.actual, item.actual.year != as_of.year)),
            html.B(meeting.when(item.days_left), className="end"),
        ]
    )
