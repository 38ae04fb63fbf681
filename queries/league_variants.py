"""What another way of counting (口径) would change: every rule switched alone, and before against after."""

from dataclasses import replace

import pandas as pd

from queries.arguments import Scope
from queries.cache import cached
from queries.door import question
from queries.league_members import group, measure
from queries.league_rows import rows, tiers
from queries.standing import is_mostly_rolling, mean_of
from rules.ranking import RANKED
from rules.words import CountingRule

COUNTED = ("satisfaction", "resolution", "participation", "reach")
"""Measures that the rules of counting touch."""


@question
@cached
def variants(scope: Scope) -> pd.DataFrame:
    """The group under the chosen rules of counting, then with each rule turned over alone.

    Columns: variant (chosen, or the rule), without (rules that are off then), mean (of the window that most
    of the chosen way rest on: the period, or 30 days), rated (n of all), better, worse (units in these tiers;
    empty: nobody is ranked then), changed (units that are ranked both ways and change their tier), names (of
    them, joined by 、), one_way (units ranked in only one of the two ways). Only the chosen one where the
    rules do not touch the measure.
    """
    chosen = tiers(scope, group(scope))
    found = [_line("chosen", scope.without, chosen, chosen)]
    for rule in CountingRule if measure(scope) in COUNTED else ():
        other = scope.turning(rule.value)
        found.append(_line(rule.value, other.without, tiers(other, group(scope)), chosen))
    names = ["variant", "without", "mean", "rated", "better", "worse", "changed", "names", "one_way"]
    table = pd.DataFrame(found, columns=names).astype({"better": "Int64", "worse": "Int64"})
    return table.assign(without=table["without"].astype("str").fillna(""))


def _line(variant: str, off: str | None, found: pd.DataFrame, chosen: pd.DataFrame) -> list[object]:
    tiers = found.set_index("unit_id")["tier"]
    was = chosen.set_index("unit_id")["tier"].reindex(tiers.index)
    rated, is_ranked, was_ranked = int(found["n"].sum()), tiers.isin(RANKED), was.isin(RANKED)
    movers = found[(is_ranked & was_ranked & (tiers != was)).to_numpy()]["unit"]
    counts = [int((tiers == tier).sum()) if is_ranked.any() else None for tier in ("better", "worse")]
    one_way = int((is_ranked != was_ranked).sum())
    return [
        variant,
        off,
        mean_of(found, is_mostly_rolling(chosen)),
        rated,
        *counts,
        len(movers),
        "、".join(movers),
        one_way,
    ]


@question
@cached
def slope(scope: Scope) -> pd.DataFrame:
    """Every unit of the group under the standard rules, and under the chosen ones.

    Columns: unit_id, unit, before_rate, before_rank, before_tier, before_n (all rules in force), rate, rank,
    tier, n (as chosen), moved (places lost; negative: won; empty: not ranked on both sides), in that order.
    """
    after = rows(scope, group(scope))
    facts = ["rate", "rank", "tier", "n"]
    before = rows(replace(scope, without=None), group(scope))[["unit_id", *facts]]
    found = after[["unit_id", "unit", *facts]].merge(before, on="unit_id", suffixes=("", "_then"))
    found = found.rename(columns={f"{name}_then": f"before_{name}" for name in facts})
    return found.assign(moved=found["rank"] - found["before_rank"])
