"""What is not the whole city now: a past moment or a filter, said aloud on every page, with the way back."""

from datetime import datetime
from typing import Any

from dash import html

from components import words
from components.signs import sign
from components.words import N_, _

KINDS = {
    "unit": N_("unit"),
    "channel": N_("channel"),
    "category": N_("matter"),
    "area": N_("area"),
    "issue": N_("kind"),
    "start": N_("from"),
    "end": N_("until"),
}


def note(moment: datetime | None, chosen: list[tuple[str, str]], back: str) -> html.P | None:
    """One line over the page: the past moment, the filters by kind and name, and a link to all of it now."""
    said: list[Any] = []
    if moment is not None:
        past = _("Looking back: the board as it was at {moment}")
        said.append(html.B(past.format(moment=words.full(moment))))
    for kind, name in chosen:
        said += [html.Span(_(KINDS[kind])), html.B(name or _("not stated"))]
    if chosen:
        said.append(html.Span(_("meeting and year stay the whole city's"), className="q"))
    if not said:
        return None
    return html.P(
        [sign("back"), *said, html.A(_("back to now and all"), href=back, className="n")],
        className="narrowed",
    )
