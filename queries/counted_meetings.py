"""The lists behind the figures of a meeting's ten days."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

from queries.arguments import Scope
from queries.measures import MEASURES, is_whole
from queries.meetings_bulletin import JUDGED, TALLIED, TICKETS
from queries.meetings_spans import period_of

Row = Mapping[Hashable, Any]

KINDS = {"issue_count": "issue", "mover_count": "mover"}
"""Figures about one kind of issue, and the column that names it."""

_RATES = {f"{name}_n": MEASURES[measure].base for name, measure in JUDGED.items()}
_RATES |= {f"{name}_k": MEASURES[measure].part for name, measure in JUDGED.items()}

MET: dict[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
    "meetings/ten_days": ({**TALLIED, **TICKETS, **_RATES, **dict.fromkeys(KINDS, "received")}, {}),
    "meetings/new_clusters": ({"reports": "received"}, {"event": "cluster_id"}),
    "meetings/hot_places": ({"received": "received"}, {"area": "area_id"}),
}
"""By question: the set of each counting column, and the row's own filters (`counted.COUNTED`)."""


def met(column: str, row: Row, listed: Scope) -> Scope:
    """The scope of the list, in the period of the question; KeyError where a figure counts no cases."""
    if column == "satisfied_k" and not is_whole("satisfaction"):
        raise KeyError(column)
    own = period_of(listed)
    return replace(own, issue=row[KINDS[column]]) if column in KINDS else own
