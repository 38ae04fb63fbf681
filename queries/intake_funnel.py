"""What became of the cases received in a period, stage by stage."""

import pandas as pd

from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.definitions import cases_within, tally
from queries.door import question

BASES = {
    "received": "",
    "calls": "received",
    "valid": "received",
    "settled_online": "valid",
    "dispatched": "valid",
    "closed": "valid",
    "called_back": "dispatched",
    "reached": "called_back",
    "rated": "reached",
    "satisfied": "rated",
}
"""Every stage, a set of its own, with the stage it is a share of (units' answers are what is called back)."""


@question
@cached
def funnel(scope: Scope) -> pd.DataFrame:
    """The cases received in [start, end), as known at the moment, by the stage they reached.

    Columns: stage, cases, base (the stage it is a share of; empty for the first), share (empty: no base).
    """
    counted = read(cases_within(scope, [tally(scope, stage) for stage in BASES], "")).iloc[0]
    rows = [(stage, int(counted[stage]), base) for stage, base in BASES.items()]
    table = pd.DataFrame(rows, columns=["stage", "cases", "base"])
    whole = table["base"].map(table.set_index("stage")["cases"])
    return table.assign(share=table["cases"] / whole.where(whole > 0))
