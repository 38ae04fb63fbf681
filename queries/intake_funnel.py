"""What became of the cases received in a period, stage by stage."""

from typing import Any

import pandas as pd
from sqlalchemy import Integer, Select, and_, false, func, select
from sqlalchemy import case as when

from queries.arguments import Scope
from queries.cache import cached
from queries.conditions import ANSWERED, CALL, GOOD, first_answer, is_call_back, is_valid
from queries.database import read
from queries.definitions import cases_within, tally
from queries.door import question
from queries.holding import CASE

BASES = {
    "received": "",
    "calls": "received",
    "valid": "received",
    "settled_online": "valid",
    "dispatched": "valid",
    "closed": "valid",
    "answered": "dispatched",
    "called_back": "closed",
    "reached": "called_back",
    "rated": "reached",
    "satisfied": "rated",
}
"""Every stage, a set of its own, with the stage it is a share of (what is closed is called back)."""

CALLED = ("called_back", "reached", "rated", "satisfied")
"""Stages that the calls back decide."""


@question
@cached
def funnel(scope: Scope) -> pd.DataFrame:
    """The cases received in [start, end), as known at the moment, by the stage they reached.

    Columns: stage, cases, base (the stage it is a share of; empty for the first), share (empty: no base).
    """
    counted = read(
        cases_within(scope, [tally(scope, stage) for stage in BASES if stage not in CALLED], "")
    ).iloc[0]
    called = read(_called(scope)).iloc[0]
    rows = [
        (stage, int((called if stage in CALLED else counted)[stage]), base) for stage, base in BASES.items()
    ]
    table = pd.DataFrame(rows, columns=["stage", "cases", "base"])
    whole = table["base"].map(table.set_index("stage")["cases"])
    return table.assign(share=table["cases"] / whole.where(whole > 0))


def _called(scope: Scope) -> Select[Any]:
    """Cases called back, reached, rated and satisfied, in one pass over their calls instead of one a set."""
    rated = and_(first_answer(), CALL.c.rating.in_(ANSWERED))
    facts = {
        "reached": CALL.c.reached != false(),
        "rated": rated,
        "bad": and_(rated, CALL.c.rating.not_in(GOOD)),
    }
    columns = [func.max(when((holds, 1), else_=0)).label(name) for name, holds in facts.items()]
    calls = cases_within(scope, columns, "").join(CALL, CALL.c.case_id == CASE.c.case_id)
    mine = calls.where(is_valid(scope.as_of), is_call_back(scope.as_of)).group_by(CASE.c.case_id).subquery()
    counts = {"reached": mine.c.reached, "rated": mine.c.rated, "satisfied": mine.c.rated - mine.c.bad}
    sums = [func.coalesce(func.sum(each), 0, type_=Integer).label(name) for name, each in counts.items()]
    return select(func.count().label("called_back"), *sums).select_from(mine)
