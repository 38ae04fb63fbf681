"""The head of the screen of whistles: who is late or nearly so, what is under way, how the period went."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.headlines import some
from components.labels import letters
from components.panels import linked
from components.records import each
from components.tiles import tile
from components.whistle_words import Book, share, untold
from components.words import _, ngettext

ROOM = 12.0
"""Letters that the line under a figure holds."""


def tiles(now: pd.Series, active: pd.DataFrame, book: Book) -> list[html.Section]:
    """Six tiles, from the row of whistles.tiles and from whistles.active."""

    def count(name: str, said: str = "{n}", set_name: str = "") -> html.Span:
        return counted(said, now[name], book.listed(set_name or name))

    return [
        late(now, book),
        soon(now, active, count, book),
        open_ones(now, count, book),
        arrived(now, count, book),
        rate(_("Arrived in time"), now, "pairs", _("{n} pairs"), "whistles", book, unconfirmed(now, book)),
        rate(_("All in time"), now, "whole", _("{n} due"), "whistles_whole", book),
    ]


def counted(said: str, value: Any, href: str | None) -> html.Span:
    """A sentence whose number opens its list; a number of nothing opens none."""
    before, after = said.split("{n}")
    return html.Span([before, linked(words.number(value), href if some(value) else None), after])


def units(value: Any) -> str:
    """The unit of a count of units called."""
    text = ngettext("{n} unit", "{n} units", 2 if words.absent(value) else int(value))
    return text.format(n="").strip()


def places(value: Any) -> str:
    """The unit of a count of whistles."""
    return ngettext("whistle", "whistles", 2 if words.absent(value) else int(value))


def late(now: pd.Series, book: Book) -> html.Section:
    """Units past the last limit and not there, and which."""
    if words.absent(now["late"]):
        said = _("no whistles") if words.absent(now["open"]) else untold()
    else:
        said = who(str(now["late_units"])) if now["late"] else _("none late")
    return tile(
        _("Late, not there"),
        words.number(now["late"]),
        units(now["late"]),
        said,
        state="late" if some(now["late"]) else None,
        href=book.listed("late") if some(now["late"]) else None,
        measure="whistles_late",
    )


def who(names: str) -> str:
    """The units' short names as far as the line holds them; of others, how many."""
    among = names.split("、")
    for most in range(len(among), 0, -1):
        shown = _(", ").join(among[:most])
        if most < len(among):
            shown = _("{names} and {n} more").format(names=shown, n=len(among) - most)
        if letters(shown) <= ROOM:
            return shown
    return shown


def soon(now: pd.Series, active: pd.DataFrame, count: Callable[..., Any], book: Book) -> html.Section:
    """Units with little of their limit left; beside it the next limit, and who is past a soft one."""
    coming = next_limit(active, book)
    left = _("due {clock}").format(clock=words.clock(coming)) if coming else _("no limit ahead")
    is_near = some(now["soon"]) or some(now["soft"])
    return tile(
        _("Nearly late"),
        words.number(now["soon"]),
        units(now["soon"]),
        left if not words.absent(now["soon"]) else None if words.absent(now["open"]) else untold(),
        count("soft", _("past soft {n}")) if some(now["soft"]) else None,
        state="soon" if is_near else None,
        href=book.listed("soon") if some(now["soon"]) else None,
        measure="whistles_late",
    )


def next_limit(active: pd.DataFrame, book: Book) -> Any:
    """The first moment at which a unit that is not there will be past its limit; None without any."""
    ends = [
        end
        for row in each(active)
        if row.state in ("called", "answered", "departed")
        for end in (row.due_at, row.last_due_at)
        if not words.absent(end) and end >= book.as_of
    ]
    return min(ends, default=None)


def open_ones(now: pd.Series, count: Callable[..., Any], book: Book) -> html.Section:
    """Whistles under way; today's against the usual band by this hour."""
    usual = _("usual {range}").format(range=words.between(now["usual_low"], now["usual_high"]))
    return tile(
        _("Under way"),
        words.number(now["open"]),
        places(now["open"]),
        count("today", _("today {n}")),
        _("too few days") if words.absent(now["usual_low"]) else usual,
        href=book.listed("under_way") if some(now["open"]) else None,
        measure="whistles_active",
    )


def arrived(now: pd.Series, count: Callable[..., Any], book: Book) -> html.Section:
    """Units there, of all that are wanted; whistles with all of them; lead units there."""
    base: Any = ["/ ", count("summoned"), " ", units(now["summoned"])]
    return tile(
        _("On the spot"),
        words.number(now["arrived"]),
        base if some(now["summoned"]) else units(now["summoned"]),
        count("all_there", _("all there {n}")),
        html.Span([count("leads_there", _("leads {n}")), "/", count("leads")]),
        href=book.listed("arrived") if some(now["arrived"]) else None,
        measure="whistles_active",
    )


def unconfirmed(now: pd.Series, book: Book) -> html.Span | None:
    """Arrivals in time by the unit's own word alone: beside the rate, not in it."""
    if not some(now["pairs_unconfirmed"]):
        return None
    return counted(_("{n} claimed"), now["pairs_unconfirmed"], book.listed("unconfirmed"))


def rate(
    label: str, now: pd.Series, name: str, said: str, measure: str, book: Book, beside: Any = None
) -> html.Section:
    """A rate of the period, and the period before; below it k of n, and ``beside`` what is not in the n."""
    k, n = now[f"{name}_k"], now[f"{name}_n"]
    found = share(k, n)
    before = share(now[f"{name}_before_k"], now[f"{name}_before_n"])
    base = html.Span(
        [
            linked(words.number(k), book.listed(f"{name}_kept") if some(k) else None),
            "/",
            counted(said, n, book.listed(name)),
        ]
    )
    last = _("last {rate}").format(rate=words.NOTHING if before is None else words.points(100 * before))
    return tile(
        label,
        words.NOTHING if found is None else words.points(100 * found),
        "" if found is None else f"% {last}",
        _unmeasured(now, n) if found is None else base,
        beside,
        measure=measure,
    )


def _unmeasured(now: pd.Series, n: Any) -> str:
    """Why there is no rate: nothing fell due, or nobody records who came."""
    return untold() if words.absent(n) and not words.absent(now["open"]) else _("(no sample)")
