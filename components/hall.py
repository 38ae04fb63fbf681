"""The tiles of the queues screen: who waits, how many seats, how long, how many came, settled, left."""

from typing import Any

import pandas as pd
from dash import html

from components import words
from components.signs import late
from components.tiles import tile
from components.words import _


def tiles(hall: pd.Series, target_minutes: float, target_settled: float) -> list[html.Section]:
    """Six tiles of the hall's one row; the targets come from the rulebook."""
    return [
        waiting(hall),
        seats(hall),
        long_wait(hall, target_minutes),
        visits(hall),
        settled(hall, target_settled),
        left(hall),
    ]


def tickets(n: float) -> str:
    return words.ngettext("{n} ticket", "{n} tickets", n).format(n=words.number(n))


def waiting(hall: pd.Series) -> html.Section:
    """waiting_people, waiting_tickets, over_60 (tickets that have waited over an hour)."""
    over = hall["over_60"]
    said: Any = _("no visits") if words.absent(over) else _("none over 1 h")
    if not words.absent(over) and over:
        said = late(_("{n} over 1 h").format(n=words.number(over)))
    return tile(
        _("Waiting"),
        words.number(hall["waiting_people"]),
        words.ngettext("person", "people", hall["waiting_people"]),
        tickets(hall["waiting_tickets"]),
        said,
        measure="waiting",
    )


def seats(hall: pd.Series) -> html.Section:
    """open_seats of seats, talking, free, shut; a source without sittings says so."""
    if words.absent(hall["open_seats"]):
        return tile(_("Seats open"), words.NOTHING, "", _("not recorded"), None, measure="seats_open")
    inside = _("talking {talking}, free {free}").format(
        talking=words.number(hall["talking"]), free=words.number(hall["free"])
    )
    return tile(
        _("Seats open"),
        words.number(hall["open_seats"]),
        _("of {n}").format(n=words.number(hall["seats"])),
        inside,
        _("shut {n}").format(n=words.number(hall["shut"])),
        measure="seats_open",
    )


def long_wait(hall: pd.Series, target: float) -> html.Section:
    """p90_minutes of called tickets against the target; amber above it."""
    p90 = hall["p90_minutes"]
    over = not words.absent(p90) and p90 > target
    return tile(
        _("9 in 10 wait at most"),
        words.number(p90),
        _("min"),
        _("target {span}").format(span=words.minutes(target)),
        _("n={n}").format(n=words.number(hall["called"])),
        state="soon" if over else None,
        measure="wait_p90",
    )


def visits(hall: pd.Series) -> html.Section:
    """people_today, tickets_today, usual_low, usual_high (people by this time of day)."""
    usual = _("usual {range}").format(range=words.between(hall["usual_low"], hall["usual_high"]))
    return tile(
        _("Visits today"),
        words.number(hall["people_today"]),
        words.ngettext("person", "people", hall["people_today"]),
        tickets(hall["tickets_today"]),
        _("too few days") if words.absent(hall["usual_low"]) else usual,
        measure="visits_today",
    )


def settled(hall: pd.Series, target: float) -> html.Section:
    """settled_share with its interval against the target: said to differ only when the interval says so."""
    share = hall["settled_share"]
    figure = words.NOTHING if words.absent(share) else words.points(100 * share)
    return tile(
        _("Settled on the spot"),
        figure,
        "%",
        _("no sample") if words.absent(share) else _against(hall, target),
        _("n={n}").format(n=words.number(hall["settleable"])),
        measure="settled_on_spot",
    )


def _against(hall: pd.Series, target: float) -> str:
    aim = f"{100 * target:.0f}%"
    if hall["settled_low"] > target:
        return _("above {aim}").format(aim=aim)
    if hall["settled_high"] < target:
        return _("below {aim}").format(aim=aim)
    return _("level with {aim}").format(aim=aim)


def left(hall: pd.Series) -> html.Section:
    """left (tickets that went away uncalled) and left_share of called + left."""
    return tile(
        _("Left uncalled"),
        words.number(hall["left"]),
        words.ngettext("ticket", "tickets", hall["left"]),
        _("share {share}").format(share=words.percent(hall["left_share"])),
        _("n={n}").format(n=words.number(hall["left"] + hall["called"])),
        measure="left_uncalled",
    )
