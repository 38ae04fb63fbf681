"""The three honest failures: where their notice stands and what it says; the browser fills in what it knows.

``stale``: queries work, but the newest record is old. ``lost``: this browser hears no server.
``db``: no query works.
"""

from datetime import datetime
from typing import Any

from dash import html

from components import words
from components.words import _

GOOD, BAD, UNKNOWN = "good", "bad", "unknown"


def slot(state: str) -> html.Div:
    """An empty place for one failure's notice: top (stale), middle (db) or foot (lost)."""
    marks: Any = {"data-notice": state}
    return html.Div(className="notice", **marks)


def stale() -> dict[str, Any]:
    """The notice of data that stopped coming; {newest}, {age}, {now} are ``stale_facts``."""
    return _notice(
        "stale",
        _("Data not coming in"),
        _("Nothing new from upstream; resumes by itself"),
        _("Data as of {newest}, {age} old"),
        _("Now {now}; figures are of {newest}"),
        _("Tell whoever is on data duty"),
        _chain(BAD, GOOD, GOOD),
    )


def stale_facts(newest: datetime | None, now: datetime) -> dict[str, str]:
    """What the server knows of stale data; a clock time only when it is of today."""
    if newest is None or words.absent(newest):
        return {"newest": words.NOTHING, "age": words.NOTHING, "now": words.clock(now)}
    said = words.clock(newest) if newest.date() == now.date() else words.stamp(newest)
    return {"newest": said, "age": words.age(now - newest), "now": words.clock(now)}


def lost() -> dict[str, Any]:
    """The notice of a screen that hears no server; {picture}, {minutes}, {now}, {tries} are the browser's."""
    return _notice(
        "lost",
        _("This screen is cut off"),
        _("Others may be fine; check this screen's network"),
        _("Picture of {picture}, {minutes} min old"),
        _("This machine's clock: {now}"),
        _("Reconnecting, try {tries}"),
        _chain(UNKNOWN, UNKNOWN, UNKNOWN, cut=True),
    )


def db(reason: str = "") -> dict[str, Any]:
    """The notice of a database that cannot be asked; ``reason`` is one sentence in the viewer's language."""
    return _notice(
        "db",
        _("Database stopped"),
        _("All screens affected; lists and exports wait"),
        _("Picture of {picture}, {minutes} min old"),
        _("Now {now}; nothing can be asked"),
        reason or _("Tell whoever is on system duty"),
        _chain(UNKNOWN, BAD, GOOD),
    )


def _notice(
    sign: str, title: str, todo: str, middle: str, now: str, told: str, chain: list
) -> dict[str, Any]:
    return {
        "sign": sign,
        "title": title,
        "todo": todo,
        "middle": middle,
        "nothing": _("There is no earlier picture"),
        "now": now,
        "told": told,
        "chain": chain,
    }


def _chain(feed: str, database: str, server: str, cut: bool = False) -> list[tuple[str, str]]:
    """The way data come, link by link; ``cut`` breaks it in front of this screen."""
    links = [(_("feed"), feed), (_("database"), database), (_("server"), server)]
    return [*links, *([("", BAD)] if cut else []), (_("this screen"), GOOD)]
