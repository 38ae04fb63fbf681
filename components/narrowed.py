"""What is not the whole city now: a past moment or a filter, said aloud on every page, with the way back."""

from datetime import datetime, timedelta
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
    "event": N_("event"),
    "reason": N_("reason"),
    "other": N_("other unit"),
    "start": N_("from"),
    "end": N_("until"),
}


NEAR = timedelta(hours=1)
"""A moment of the same day less than this ago is no past: it is where a figure was clicked."""


def note(
    moment: datetime | None,
    chosen: list[tuple[str, str]],
    back: str,
    now: datetime | None = None,
    live: str = "",
) -> html.P | None:
    """One line over the page: the past moment, the filters by kind and name, and a link to all of it now.

    ``now`` is the board's own moment: where ``moment`` is only a little before it, and nothing is filtered,
    the line is a quiet one and leads to ``live``, the same address without its moment.
    """
    is_near = moment is not None and now is not None and _is_near(moment, now)
    said: list[Any] = [] if moment is None else [_held(moment) if is_near else _past(moment)]
    if is_near and not chosen:
        return html.P([*said, html.A(_("back to now"), href=live, className="n")], className="narrowed held")
    for kind, name in chosen:
        said += [html.Span(_(KINDS[kind])), html.B(name or _("not stated"))]
    if chosen:
        said.append(html.Span(_("meeting and year stay the whole city's"), className="q"))
    if not said:
        return None
    here = _("show all") if moment is None else _("back to now and all")
    way = html.A(here, href=back, className="n")
    return html.P([sign("back"), *said, way], className="narrowed")


def _is_near(moment: datetime, now: datetime) -> bool:
    return moment.date() == now.date() and now - moment < NEAR


def _held(moment: datetime) -> html.Span:
    return html.Span(_("Held at {time}, as the figure you opened").format(time=f"{moment:%H:%M:%S}"))


def _past(moment: datetime) -> html.B:
    return html.B(_("Looking back: the board as it was at {moment}").format(moment=words.full(moment)))
