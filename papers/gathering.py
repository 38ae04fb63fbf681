"""All that a meeting's papers are made of, asked once: the page, Word, Excel and the record show the same."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import pandas as pd

from papers import deciding, sentences
from papers.figures import at
from queries import door, feeds
from queries.arguments import Scope
from queries.meetings_pack import Pack
from queries.workdays import workdays
from records import Refusal, decisions, objections
from records.decisions import Decision
from records.objections import Objection
from rules import freshness, rulebook

OF_MEETING = (
    *("look_back", "open_items", "ten_days", "identities", "close_rates", "chaired"),
    *("new_clusters", "hot_places", "candidates"),
)
"""Questions about the meeting, in its period."""

OF_PERIOD = ("intake/issues", "overdue/by_unit", "whistles/tiles", "whistles/units")

OF_MOMENT = (
    *("overdue/stock", "overdue/both", "overdue/units", "overdue/rungs", "overdue/oldest"),
    *("health/newest", "meetings/next"),
)
"""Questions about what stands at the moment, whenever it came in."""

GROUPS = ("town", "department", "public")
"""Groups of units: each has its own table, never one list of all."""


class Disagreeing(ValueError):
    """A sum of the bulletin does not agree: no paper is made. A sentence in Chinese (`zh`) and English."""

    def __init__(self, identities: pd.DataFrame) -> None:
        names = ", ".join(identities[~identities["holds"]]["name"])
        self.zh = f"十天数字不相符，通报不予导出：{sentences.failing(identities)}。请先核对数据。"
        self.en = (
            f"The figures of the ten days do not agree ({names}): no bulletin is made. Check the data first."
        )
        super().__init__(self.zh)


@dataclass(frozen=True)
class Sheets:
    """The answers by name (a league by ``league/table.<group>``), the pack, and what they rest on.

    ``matters``: columns of `deciding.matters`; ``unread`` says in Chinese why the records cannot be read;
    ``told``: what the source records (`feeds.THINGS`).
    """

    pack: Pack
    answers: dict[str, door.Answer]
    version: str
    newest: datetime | None
    matters: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=deciding.COLUMNS))
    objections: tuple[Objection, ...] = ()
    unread: str = ""
    told: frozenset[str] = frozenset(feeds.THINGS)

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.answers[name].table

    def __contains__(self, name: str) -> bool:
        return name in self.answers

    @property
    def since(self) -> date:
        """Day of the last meeting, from which the figures count."""
        start = self.pack.scope.start
        return self.pack.before.actual if self.pack.before else (start or self.pack.scope.as_of).date()

    @property
    def stopped_at(self) -> datetime | None:
        """The newest record, where records had stopped by the moment of the figures; else None."""
        return stopped_at(self.pack, self.newest)

    @property
    def said_at(self) -> str:
        """The moment of what stands, in words; where the data stopped before it, that moment."""
        moment = at(self.pack.scope.as_of)
        return f"按{moment}推算（数据止于{at(self.stopped_at)}）" if self.stopped_at else f"截至{moment}"

    @property
    def figures(self) -> dict[str, Any]:
        """The figures of the ten days by name."""
        return {str(name): value for name, value in self["meetings/ten_days"].iloc[0].items()}

    def agree(self) -> None:
        """Raises Disagreeing where a sum of the ten days does not hold."""
        if not self["meetings/identities"]["holds"].all():
            raise Disagreeing(self["meetings/identities"])


def gather(pack: Pack) -> Sheets:
    """Everything the papers of the meeting are made of; raises what reading raises (`DatabaseDown`)."""
    now = Scope(as_of=pack.scope.as_of)
    asked = {f"meetings/{name}": pack.scope for name in OF_MEETING}
    asked |= dict.fromkeys(OF_PERIOD, pack.scope) | dict.fromkeys(OF_MOMENT, now)
    known = set(door.questions())
    answers = {name: _answer(name, scope) for name, scope in asked.items() if name in known}
    for group in GROUPS:
        league = _answer("league/table", replace(pack.scope, group=group))
        answers[f"league/table.{group}"] = league
    said, replies, unread = _remembered(pack)
    proposed, back = (answers[f"meetings/{name}"].table for name in ("candidates", "look_back"))
    handed = deciding.matters(pack, said, proposed, back)
    last = newest(answers["health/newest"].table)
    told = frozenset(thing for thing in feeds.THINGS if feeds.told(thing))
    return Sheets(pack, answers, rulebook.load().version, last, handed, replies, unread, told)


def newest(table: pd.DataFrame) -> datetime | None:
    """The newest record of all tables (`health/newest`)."""
    last = table["newest"].max()
    return None if pd.isna(last) else last.to_pydatetime()


def stopped_at(pack: Pack, last: datetime | None) -> datetime | None:
    """``last``, the newest record, where records had stopped by the moment of the pack; else None."""
    return last if freshness.had_stopped(last, pack.scope.as_of, workdays()) else None


def _remembered(pack: Pack) -> tuple[list[Decision], tuple[Objection, ...], str]:
    """Decisions and objections of the meeting; without the records none, and why."""
    try:
        day = pack.meeting.actual
        return decisions.of(day), tuple(objections.of(day)), ""
    except Refusal as refusal:
        return [], (), refusal.zh


def _answer(name: str, scope: Scope) -> door.Answer:
    table = door.asked(*name.split("/"))(scope)
    return door.Answer(name, scope, pd.DataFrame() if table is None else table)
