"""The cases behind the figures of whistles: the orders of a town. All others are lists of `whistles.list`."""

from collections.abc import Mapping
from typing import Any

from queries.arguments import Scope
from queries.league_rows import Look

WHISTLES: dict[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
    "whistles/towns": ({"orders": "dispatched"}, {"area": "area_id"}),
}
"""By question: the set of each column that counts cases, and the row's own filters (`counted.COUNTED`)."""


def blown(scope: Scope, set_name: str, own: Mapping[str, Any]) -> Scope:
    """Cases of the town's area received in the period; who was called narrows whistles, not orders."""
    period = Look.of(scope).now
    return Scope(period.as_of, period.start, period.end, set=set_name, **own)
