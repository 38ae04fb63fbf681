"""How the ladder speaks: how late, since when, by which rule, what comes next, and how large a share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from dash import html

from components import limits, words
from components.panels import linked
from components.words import N_, _

CHAIR, HUMAN = 4, 5
"""The rung of the meeting's chair; the one that people propose and decide."""

TENTHS = (
    N_("under 1 in 10"), N_("1 in 10"), N_("2 in 10"), N_("3 in 10"), N_("4 in 10"), N_("5 in 10"),
    N_("6 in 10"), N_("7 in 10"), N_("8 in 10"), N_("9 in 10"), N_("all"),
)  # fmt: skip

STAGES = {
    "record": N_("dispatching"),
    "sign": N_("signing for"),
    "return": N_("returning"),
    "handle": N_("handling"),
    "assist": N_("assistance"),
    "unknown": N_("unrecorded"),
}

TIMED = ("overdue", "over_limit", "over_workdays")
"""Conditions that hold because a limit has passed."""

SOON = ("soon_48", "soon_share", "soon_24")
"""Conditions of time left."""


@dataclass(frozen=True)
class Ladder:
    """What was agreed of the ladder, the moment, and where a click leads.

    ``rungs`` by level and ``conditions`` by id are rows of the rules, with each text in both languages;
    ``soon``: with so many hours left a case is nearly due.
    ``case`` opens the case of a row; ``behind`` the list that a question's row counts.
    """

    rungs: Mapping[int, Any]
    conditions: Mapping[str, Any]
    as_of: datetime
    soon: float
    case: Callable[[Any], str]
    behind: Callable[[str, Any], str | None]

    def rung(self, level: int, field: str = "name") -> str:
        """A text of a rung: name, action, who or cure."""
        return _text(self.rungs.get(int(level)), field, f"D{int(level)}")

    def rule(self, name: str) -> str:
        """What a condition says; one that nobody agreed on is shown as its code."""
        return _text(self.conditions.get(name), "words", name)


def _text(row: Any, field: str, code: str) -> str:
    return code if row is None else str(getattr(row, f"{field}_{words.language()}"))


def unit(row: Any, nobody: str = words.NOTHING) -> str:
    """Whose it is; what no unit is named for is ``nobody``'s."""
    return nobody if words.absent(row.unit) or not row.unit else row.unit


def opened(figure: str, href: str | None) -> Any:
    """A figure that opens its list; one of nothing is plain text, which costs the browser nothing."""
    return figure if href is None else linked(figure, href)


def tenths(share: float) -> str:
    """A share to the nearest tenth, all of it only where nothing is left: 八成, 8 in 10."""
    share = min(max(share, 0.0), 1.0)
    return _(TENTHS[10 if share > 1 - 1e-9 else min(int(10 * share + 0.5 + 1e-9), 9)])


def stage(name: str) -> str:
    """What a stage of a case's way is called."""
    return _(STAGES[name]) if name in STAGES else name


def span(hours: float, whole_days_from: float = 24) -> str:
    """A length of time in its one largest unit."""
    if hours < 1:
        return words.minutes(max(int(60 * hours), 0))
    if hours < whole_days_from:
        return _("{n} h").format(n=int(hours))
    return words.days(int(hours // 24))


def over(hours: float) -> str:
    """How long past a limit."""
    return _("{span} late").format(span=span(hours))


def to_go(hours: float) -> str:
    """How long there is still."""
    return _("{span} left").format(span=span(hours, 72))


def standing(hours_late: Any, soon: float) -> tuple[str, str]:
    """How far from the limit, and its role: late, soon (no more hours left than that), or none."""
    if words.absent(hours_late):
        return words.NOTHING, ""
    if hours_late > 0:
        return over(hours_late), "late"
    return to_go(-hours_late), "soon" if -hours_late <= soon else ""


def lateness(hours_late: Any, soon: float) -> html.Td:
    """The same as a cell of a table; its sign is drawn by the style sheet."""
    said, role = standing(hours_late, soon)
    return html.Td(said, className=f"r sign {role}" if role else "r")


def dated(at: Any, rule: str, as_of: datetime) -> str:
    """By which rule, and since which day."""
    if words.absent(at):
        return rule
    near = words.date(at) if words.language() == "zh" else f"{at:%m-%d}"
    day = _("today") if at.date() == as_of.date() else near
    return _("{day}: {rule}").format(day=day, rule=rule)


def following(row: Any, as_of: datetime) -> str:
    """When time alone will put it on a higher rung, and on which; nothing where it will not."""
    if words.absent(row.next_at) or words.absent(row.next_level):
        return ""
    text = _("D{level} {when}")
    return text.format(level=int(row.next_level), when=moment(row.next_at, as_of))


def moment(at: datetime, as_of: datetime) -> str:
    """A moment to come: its clock where it is near, else its day (the end of a day is that day)."""
    shown = at - timedelta(days=1) if at.time() == time() else at
    if shown.date() > as_of.date() + timedelta(days=1):
        return words.date(shown)
    said = limits.moment(at, as_of)
    return said.replace(" ", "") if words.language() == "zh" else said
