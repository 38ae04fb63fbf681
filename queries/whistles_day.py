"""The day of the whistles, as a timeline draws it."""

import pandas as pd

from queries.arguments import Scope
from queries.cache import cached
from queries.door import question
from queries.summoned import flag, is_called, is_under_way
from queries.summoned_within import narrowed
from queries.whistles_live import live
from queries.whistles_rows import of_summons, told
from queries.whistles_tiles import since_midnight
from rules.words import Role

COLUMNS = [
    *("whistle_id", "town_id", "town", "matter", "hidden", "accepted_at", "closed_at", "end"),
    *(
        "unit_id",
        "short_name",
        "role",
        "called_at",
        "due_at",
        "last_due_at",
        "arrived_at",
        "left_at",
        "state",
        "is_told",
    ),
]


@question
@cached
def day(scope: Scope) -> pd.DataFrame:
    """A row a summons of every whistle accepted since midnight, or still under way; whistles as they came.

    Columns: whistle_id, town_id, town, matter (masked; empty where ``hidden``), hidden, accepted_at,
    closed_at (when it was over, however; empty: it is not), end (open | closed | cancelled | void), unit_id,
    short_name, role, called_at, due_at, last_due_at, arrived_at, left_at, state (as `whistles.active`; late
    also of a whistle that is over), is_told (as there).
    """
    parts = [rows for rows in (live(scope), _over(scope)) if not rows.empty]
    rows = pd.concat(parts, ignore_index=True) if parts else live(scope)
    second = rows["role"].ne(Role.LEAD.value)
    order = ["accepted_at", "whistle_id", "second", "called_at", "unit_id"]
    return rows.assign(second=second).sort_values(order)[COLUMNS].reset_index(drop=True)


def _over(scope: Scope) -> pd.DataFrame:
    """Summons of the whistles accepted since midnight that are over already."""
    as_of = scope.as_of
    over = flag(is_under_way(as_of)) == 0
    return told(of_summons(as_of, since_midnight(scope), is_called(as_of), over, *narrowed(scope)), as_of)
