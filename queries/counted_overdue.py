"""The lists behind the figures of the overdue board: what is late now, and what fell due in the period."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

from queries.arguments import MISSING, Scope
from queries.events import HABITS
from queries.overdue_ages import BOTH, FLOWS, GROUPS, in_period

Row = Mapping[Hashable, Any]
Sets = Mapping[str, str]

UNIT = {"unit": "unit_id"}


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


_OF_UNIT = _same("open", "overdue", "due_24h", "due_48h", "citizen_overdue")
_ASKED = {"asked": "extension_asked", **{name: f"extension_{name}" for name in HABITS}}

LATE: dict[str, tuple[Sets, Sets]] = {
    "overdue/stock": (_same("overdue", "due_24h", "due_48h"), {}),
    "overdue/both": ({**_same(*BOTH), **FLOWS}, {}),
    "overdue/ages": (dict.fromkeys(("cases", *GROUPS), "age_{bucket}"), {}),
    "overdue/units": ({**_OF_UNIT, "closed_late": FLOWS["closed_late"]}, UNIT),
    "overdue/rungs": ({"cases": "rung_{level}"}, {}),
    "overdue/rung_rules": ({"cases": "rule_{rule}"}, {}),
    "overdue/missed": ({"cases": "missed_{level}"}, {}),
    "overdue/clocks": ({"n": "{clock}_due", "late": "{clock}_late"}, {}),
    "overdue/extensions": ({**_ASKED, "paused": "paused"}, UNIT),
    "overdue/expected": ({"due": "due_by_cutoff"}, UNIT),
}
"""By question: the set of each counting column, and the row's own filters (`counted.COUNTED`)."""


def late(question: str, column: str, row: Row, listed: Scope, asked: Scope) -> Scope:
    """The scope of the list; ``listed`` has the set and the filters of the row, ``asked`` those of the page.

    What was done, or fell due, is of a period; a group of units is what its column says. KeyError where the
    page is about another group.
    """
    if question == "overdue/expected":
        return _expected(row, listed, asked)
    if question == "overdue/extensions" and column == "paused":
        return replace(listed, start=None, end=None)
    if column in FLOWS or question in ("overdue/clocks", "overdue/extensions"):
        return in_period(listed)
    if column in GROUPS:
        if listed.group not in (None, column):
            raise KeyError(column)
        return replace(listed, group=column)
    return listed


def _expected(row: Row, listed: Scope, asked: Scope) -> Scope:
    """A unit's cases; the row without a name is all of them together."""
    return replace(listed, unit=asked.unit if row["unit_id"] == "" else row["unit_id"] or MISSING)
