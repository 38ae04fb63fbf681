"""What a unit has open before it: cases late and due, whistles, what meetings assigned; worst first."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, linked, panel
from components.records import each
from components.signs import kept, sign, soon, steps
from components.signs import late as red
from components.whistle_words import untold
from components.words import _, ngettext

CASES, SUMMONS, ITEMS = 6, 4, 4  # rows shown; the titles count all
Href = Callable[[Any], str | None]


def titled(row: Any) -> str:
    """A matter as it may be shown: a confidential one says only that."""
    if getattr(row, "hidden", False):
        return _("(confidential)")
    return words.NOTHING if words.absent(row.title) or not row.title else row.title


def listed(title: Any, rows: list[html.Li], note: Any, measure: str, sentence: str) -> html.Section:
    """A panel of rows that takes height by their number; without any, a sentence."""
    body: Any = html.Ul(rows, className="rows ulist") if rows else empty(sentence)
    made: Any = panel(title, body, note, measure, "ulisted")
    made.style = {"--rows": max(len(rows), 1)}
    return made


def late(rows: pd.DataFrame, stock: Any, href: Href, set_href: Callable[[str], str]) -> html.Section:
    """Of units.late, and the row of units.stock (open, overdue, due_48h; None: unknown).

    ``href`` opens a case, ``set_href`` the cases of a set (open, overdue, due_48h).
    """
    shown = [_case(row, href) for row in each(rows.head(CASES))]
    is_unknown = stock is None or words.absent(stock.overdue)
    sentence = _("limits not recorded") if is_unknown else _("No open case is late or due within 48 h.")
    return listed(_late_title(stock, set_href), shown, _stock(stock, set_href), "overdue", sentence)


def _late_title(stock: Any, set_href: Callable[[str], str]) -> Any:
    if stock is None or words.absent(stock.overdue):  # a source without limits knows of nothing late
        return _("Overdue and nearly due")
    if not stock.overdue:
        return _("Nothing overdue")
    said = ngettext("{n} case overdue", "{n} cases overdue", int(stock.overdue))
    said = said.format(n=words.number(stock.overdue))
    return html.Span([html.Span(sign("late"), className="late"), " ", linked(said, set_href("overdue"))])


def _stock(stock: Any, set_href: Callable[[str], str]) -> Any:
    """How many are open and due soon; the counts lead on."""
    if stock is None:
        return None
    told = ((_("open {n}"), "open"), (_("due within 48 h {n}"), "due_48h"))
    return [_counted(said, getattr(stock, name), set_href(name)) for said, name in told]


def _counted(said: str, count: float, href: str) -> html.Span:
    """A sentence whose number is the link."""
    before, after = said.split("{n}")
    known = not words.absent(count) and count
    return html.Span([before, linked(words.number(count), href if known else None, "n"), after])


def _case(row: Any, href: Href) -> html.Li:
    if row.state == "overdue":
        level = 0 if words.absent(row.level) else int(row.level)
        ladder: Any = [steps(level), f"D{level}"]
        over = words.age(3600 * row.hours_late) if row.hours_late < 24 else words.days(row.hours_late // 24)
        said = red(_("{age} late").format(age=over))
    else:
        ladder = _("nearly due")
        said = soon(_("{age} left").format(age=words.age(-3600 * row.hours_late)))
    matter = linked(titled(row), href(row), "cut")
    return html.Li([html.Span(ladder, className="step"), matter, html.Span(said, className="r")])


BEHIND = ("missing", "late")
STATES = (*BEHIND, "waiting", "unknown", "there", "unconfirmed", "on_time")  # worst first


def whistles(rows: pd.DataFrame, is_told: bool = True) -> html.Section:
    """Of units.whistles: town, matter, state, minutes (late by, left, or taken), limit_minutes, is_told.

    ``is_told``: the source records whistles at all.
    """
    if not is_told:
        return listed(_("Whistles"), [], None, "whistles", _("no whistles recorded"))
    far = -rows["minutes"].where(rows["state"].isin(BEHIND), 0).fillna(0)
    ordered = rows.assign(place=rows["state"].map(STATES.index), far=far)
    ordered = ordered.sort_values(["place", "far"], kind="stable")
    shown = [_whistle(row) for row in each(ordered.head(SUMMONS))]
    sentence = _("No whistle called this unit in this period.")
    return listed(_whistles_title(rows), shown, _in_time(rows), "whistles", sentence)


def _tells_arrivals(rows: pd.DataFrame) -> bool:
    """Whether the source says who came."""
    return bool(rows["is_told"].all())


def _whistles_title(rows: pd.DataFrame) -> str:
    if rows.empty:
        return _("No whistle")
    behind = int(rows["state"].isin(BEHIND).sum())
    said = ngettext("{n} summons", "{n} summonses", len(rows)).format(n=words.number(len(rows)))
    if not _tells_arrivals(rows):
        return said + _(", ") + untold()
    return said + (_(", {n} not in time").format(n=words.number(behind)) if behind else _(", none late"))


def _in_time(rows: pd.DataFrame) -> str | None:
    """How many came in time, and how many so by the unit's own word alone."""
    if rows.empty or not _tells_arrivals(rows):
        return None
    said = _("in time {n}").format(n=words.number((rows["state"] == "on_time").sum()))
    alone = int((rows["state"] == "unconfirmed").sum())
    return said + (_(", {n} unconfirmed").format(n=words.number(alone)) if alone else "")


def _whistle(row: Any) -> html.Li:
    hidden = getattr(row, "hidden", False)
    matter = html.Span(_("(confidential)") if hidden else row.matter or words.NOTHING, className="cut")
    return html.Li([html.B(row.town, className="cut"), matter, html.Span(_arrival(row), className="r")])


def _arrival(row: Any) -> Any:
    """How it stands with one summons, with its sign."""
    minutes, limit = words.minutes(row.minutes), words.minutes(row.limit_minutes)
    if row.state == "missing":
        return red(_("not there, {age} over").format(age=minutes))
    if row.state == "late":
        return red(_("came {age} late").format(age=minutes))
    if row.state == "waiting":
        return [sign("open"), " ", _("{age} left").format(age=minutes)]
    if row.state == "unknown":
        return html.Span(untold(), className="q")
    taken = _("there in {age}").format(age=minutes)
    if row.state == "unconfirmed":
        return [sign("claimed"), " ", taken + _(", unconfirmed")]
    return kept(taken if words.absent(row.limit_minutes) else taken + _(", limit {age}").format(age=limit))


def items(rows: pd.DataFrame, is_told: bool = True) -> html.Section:
    """Of units.items, as ordered there: number, title, hidden, state, first_due_at, at, days_late, is_told.

    ``is_told``: the source records meeting items at all.
    """
    if not is_told:
        return listed(
            _("Meeting items"), [], None, "unit_items", _("The source does not record meeting items.")
        )
    shown = [_item(row) for row in each(rows.head(ITEMS))]
    sentence = _("No meeting has assigned this unit anything.")
    return listed(_items_title(rows), shown, _signed_off(rows), "unit_items", sentence)


def _items_title(rows: pd.DataFrame) -> str:
    if rows.empty:
        return _("No meeting item")
    said = ngettext("{n} meeting item", "{n} meeting items", len(rows)).format(n=words.number(len(rows)))
    behind = int((rows["state"] == "overdue").sum())
    if not rows["is_told"].all():
        return said + _(", their end not recorded")
    return said + (
        _(", {n} past its pledge").format(n=words.number(behind)) if behind else _(", none past its pledge")
    )


def _signed_off(rows: pd.DataFrame) -> str | None:
    off = int((rows["state"] == "signed_off").sum()) if len(rows) else 0
    return _("signed off {n}").format(n=words.number(off)) if off else None


def _item(row: Any) -> html.Li:
    number = (
        words.NOTHING if words.absent(row.number) else _("meeting {n}").format(n=words.number(row.number))
    )
    matter = html.Span(titled(row), className="cut")
    return html.Li([html.B(number), matter, html.Span(_pledge(row), className="r")])


def _pledge(row: Any) -> Any:
    """What became of an item, with its day."""
    day = words.NOTHING if words.absent(row.at) else f"{row.at:%m-%d}"
    if row.state == "overdue":
        days = 0 if words.absent(row.days_late) else int(row.days_late)
        return red(_("pledge broken, {age}").format(age=words.days(days)) if days else _("pledge broken"))
    if row.state == "open":
        due = row.first_due_at
        return _("no date pledged") if words.absent(due) else _("due {day}").format(day=f"{due:%m-%d}")
    return kept((_("signed off {day}") if row.state == "signed_off" else _("done {day}")).format(day=day))
