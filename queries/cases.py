"""Cases: how many are in hand, which ones, and everything about one of them."""

from dataclasses import replace

import pandas as pd
from sqlalchemy import func

from queries.arguments import Scope
from queries.cache import cached
from queries.cases_deadline import deadline
from queries.cases_events import told
from queries.cases_evidence import evidence
from queries.cases_holders import holders
from queries.cases_list import count, list
from queries.cases_observed import observed
from queries.cases_one import earlier, is_known, one, siblings
from queries.cases_ratings import ratings
from queries.cases_timeline import timeline
from queries.database import read
from queries.definitions import count_cases, select_cases, tally
from queries.door import question
from queries.feeds import known_only
from queries.holding import CASE
from queries.meetings import previous_same_point

__all__ = ["count", "deadline", "earlier", "evidence", "holders", "is_known", "list", "observed", "one"]
__all__ += ["ratings", "siblings", "stock", "timeline", "told"]


@question
@cached
def stock(scope: Scope) -> pd.DataFrame:
    """Cases in hand now: one row.

    Columns: open, previous (open at the same point of the last period; empty: not known, or the scope has a
    period), closed_today (finally closed since midnight; empty: the source gives no times of closing),
    awaiting_dispatch (open, and no unit holds it).
    """
    before = None if scope.start or scope.end else previous_same_point(scope.as_of)
    awaiting = tally(scope, "awaiting_dispatch")
    table = read(select_cases(scope, "open", func.count().label("open"), awaiting))
    table["closed_today"] = read(count_cases(scope, "closed_today"))["cases"]
    then = read(count_cases(replace(scope, as_of=before), "open"))["cases"] if before else [None]
    table["previous"] = pd.Series(then, dtype="Int64")
    known = known_only(table, CASE.c.closed_at, ["closed_today", "previous"])
    return known[["open", "previous", "closed_today", "awaiting_dispatch"]]
