"""All that a meeting's papers are made of, asked once: the page, Word, Excel and the record show the same."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pandas as pd

from papers import sentences
from papers.figures import at
from queries import door
from queries.arguments import Scope
from queries.meetings_pack import Pack
from rules import rulebook

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
    """The answers by name (a league by ``league/table.<group>``), the pack, and what they rest on."""

    pack: Pack
    answers: dict[str, door.Answer]
    version: str
    newest: datetime | None

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
    def said_at(self) -> str:
        """The moment of what stands, in words."""
        return at(self.pack.scope.as_of)

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
    newest = answers["health/newest"].table["newest"].max()
    return Sheets(pack, answers, rulebook.load().version, None if pd.isna(newest) else newest.to_pydatetime())


def _answer(name: str, scope: Scope) -> door.Answer:
    table = door.asked(*name.split("/"))(scope)
    return door.Answer(name, scope, pd.DataFrame() if table is None else table)
