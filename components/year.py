"""The year in one line, as the bulletin says it: received, valid, settled, dispatched, rated, assigned."""

import pandas as pd
from dash import html

from components import words
from components.words import _


def sentence(year: pd.Series) -> html.P:
    """One row of intake.year, each figure with its unit."""
    count = words.number
    since = _("Since {day}").format(day=f"{year['start']:%Y-%m-%d}")
    parts = [
        _("received {n}, calls {calls}").format(n=count(year["received"]), calls=count(year["calls"])),
        _("valid {n}").format(n=count(year["valid"])),
        _("settled online {n}").format(n=count(year["settled_online"])),
        _("dispatched {n}").format(n=count(year["dispatched"])),
        _("satisfied {share} (n={n})").format(
            share=words.percent(year["satisfaction"]), n=count(year["rated"])
        ),
        _("{n} meetings, {chaired} by the secretary").format(
            n=count(year["meetings"]), chaired=count(year["by_secretary"])
        ),
        _("assigned {n}, done {done}").format(n=count(year["assigned"]), done=count(year["closed"])),
    ]
    return html.P([html.B(since), *(html.Span(part) for part in parts)], className="note year all")
