"""What weighs most on the units that lag: one kind of matter each, where one stands out."""

from dataclasses import replace

import pandas as pd

from queries.arguments import Scope
from queries.cache import cached
from queries.door import question
from queries.league_members import group
from queries.league_rows import Look, in_period
from queries.units_parts import by_kind, kind_names

LEAST = 3
"""Ratings of a kind below which nothing is said of it."""

STANDS_OUT = 0.3
"""Share of all ratings not satisfied from which a kind stands out."""


@question
@cached
def burdens(scope: Scope) -> pd.DataFrame:
    """Of each unit of the group that lags in satisfaction: unit_id, kind, cases, of.

    The kind of matter with most ratings that are not satisfied (``cases``, of all its ``of``).
    Units of which no kind stands out are left out.
    """
    now = replace(Look.of(scope).now, measure="satisfaction")
    sums = by_kind(now, "satisfaction")
    found = sums.assign(cases=sums["n"] - sums["hits"], kind=kind_names(sums["kind"]))
    found["of"] = found.groupby("unit_id")["cases"].transform("sum")
    placed = in_period(now, group(scope))
    lags = found["unit_id"].isin(placed.loc[placed["tier"] == "worse", "unit_id"])
    clear = (found["cases"] >= LEAST) & (found["cases"] >= STANDS_OUT * found["of"])
    ordered = found[lags & clear].sort_values(["cases", "kind"], ascending=[False, True])
    return ordered.drop_duplicates("unit_id")[["unit_id", "kind", "cases", "of"]].reset_index(drop=True)
