"""Every clock the centre keeps: its limit, how many were kept, what was lost beyond it, what it rests on."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.dots import dot
from components.health import BASES
from components.overdue_words import opened, unit
from components.panels import empty, panel
from components.records import each
from components.words import N_, _, ngettext

CLOCKS = {
    "record": N_("entered"),
    "dispatch": N_("sent on"),
    "section": N_("section named"),
    "chain": N_("all three in an hour each"),
    "sign": N_("signed for"),
    "response": N_("citizen contacted"),
    "scene": N_("gone to the place"),
    "meet": N_("first petition: met"),
    "feedback": N_("first petition: told"),
    "finish": N_("first petition: finished"),
    "notice": N_("petition: notice given"),
    "petition": N_("petition: closed"),
    "rework": N_("reworked"),
    "promise": N_("promise kept"),
    "arrival": N_("arrived at a whistle"),
}

Href = Callable[[Any, str], str | None]


def board(found: pd.DataFrame, rules: Mapping[str, Any], href: Href, note: Any) -> html.Section:
    """Of overdue.clocks, in their order; ``rules``: the rulebook's row of a key, for the limit itself."""
    if found.empty or not found["n"].fillna(0).sum():
        said = empty(_("No limit fell in this period, or the source records none of these steps."))
        return panel(_("Clocks"), said, note, "clocks", "all")
    floor = _floor(found)
    heads = [
        html.Th(_("Clock")), html.Th(_("Allowed")), html.Th(_("Kept, 95% range"), className="picture"),
        html.Th(_("Share kept"), className="r"), html.Th(_("Fell due"), className="r"),
        html.Th(_("Not kept"), className="r"), html.Th(_("Time lost"), className="r"),
        html.Th(_("Most with")), html.Th(_("Rests on")), html.Th(_("Source")),
    ]  # fmt: skip
    body = [_clock(row, rules.get(row.rule), floor, href) for row in each(found)]
    made = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="tbl odclocks")
    return panel(title(found), made, note, "clocks", "all", _unrecorded(found))


def name(clock: str) -> str:
    """What a clock is called."""
    return _(CLOCKS[clock]) if clock in CLOCKS else clock


def title(found: pd.DataFrame) -> str:
    """The clock beyond which most time was lost."""
    lost = found["hours_lost"].fillna(0).astype(float)
    if not lost.max():
        return _("Every clock was kept")
    worst = found.iloc[int(lost.to_numpy().argmax())]
    return _("Most time lost: {clock}, {hours} h").format(
        clock=name(worst["clock"]), hours=words.compact(worst["hours_lost"])
    )


def _floor(found: pd.DataFrame) -> float:
    """Where the axis of the rates begins: the ten below the lowest bound."""
    lowest = found["low"].dropna().astype(float).min()
    return 0.0 if pd.isna(lowest) else min(0.9, int(10 * lowest) / 10)


def _clock(row: Any, rule: Any, floor: float, href: Href) -> html.Tr:
    """One clock; where the source does not record its step, a dash."""
    if words.absent(row.n) or not row.n:
        middle = [html.Td(words.NOTHING, colSpan=6, className="q")]
    else:
        most = _("{unit} {hours} h").format(unit=unit(row, _("Centre")), hours=words.compact(row.unit_hours))
        middle = [
            html.Td(dot(row.rate, row.low, row.high, None, floor), className="picture"),
            html.Td(words.percent(row.rate), className="r"),
            html.Td(opened(words.number(row.n), href(row, "n")), className="r"),
            html.Td(
                opened(words.number(row.late), href(row, "late") if row.late else None),
                className="r" if row.late else "r q",
            ),
            html.Td(_("{n} h").format(n=words.compact(row.hours_lost)), className="r"),
            html.Td(most if row.hours_lost else words.NOTHING, className="q"),
        ]
    said = [html.Td(name(row.clock)), html.Td(_allowed(rule), className="q"), *middle]
    basis = html.Td(_(BASES.get(row.basis, row.basis)) if row.basis else words.NOTHING)
    source = html.Td(_source(row.source), className="q source", title=row.source)
    return html.Tr([*said, basis, source])


def _source(said: str) -> str:
    """Where a limit comes from, without what it says there: the title has it all."""
    here, _between, abroad = said.partition(" · ")
    own = abroad if abroad and words.language() == "en" else here
    return own.partition(": ")[0]


def _allowed(rule: Any) -> str:
    """The limit as the rulebook has it: 1 hour."""
    if rule is None:
        return words.NOTHING
    counted = {
        "minute": ngettext("{n} minute", "{n} minutes", rule.value),
        "hour": ngettext("{n} hour", "{n} hours", rule.value),
        "day": ngettext("{n} day", "{n} days", rule.value),
        "workday": ngettext("{n} working day", "{n} working days", rule.value),
    }
    return counted.get(rule.unit, f"{{n}} {rule.unit}").format(n=rule.value)


def _unrecorded(found: pd.DataFrame) -> str | None:
    """Which clocks nobody can read."""
    missing = [name(row.clock) for row in each(found) if words.absent(row.n)]
    return _("Not recorded by the source: {clocks}").format(clocks=_(", ").join(missing)) if missing else None
