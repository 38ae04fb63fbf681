"""Where a unit loses: kinds of matter by stage, and what citizens say when they are not satisfied."""

from dataclasses import replace

import pandas as pd
from sqlalchemy import func

from queries.arguments import Scope, unit_of
from queries.cache import cached
from queries.conditions import CALL
from queries.counted_units import REST
from queries.database import read
from queries.definitions import select_cases
from queries.door import question
from queries.holding import CASE
from queries.league_rows import Look
from queries.measures import is_known, measured_by
from queries.names import at_level, categories, named

KINDS_SHOWN = 6
"""Kinds of matter shown; the rest is one line, so that the sums stay whole."""

STAGES = {
    "due": "on_time",
    "signed_late": "signing",
    "contacted_late": "response",
    "closed_late": "on_time",
    "sent_back": "sent_back",
    "dissatisfied": "satisfaction",
    "rated": "satisfaction",
}
"""The measure each stage is read from."""

COUNTED = {"due": "n", "rated": "n", "sent_back": "hits"}
"""Which sum of it a stage is; the others are those of the base that the measure does not count."""


def by_kind(scope: Scope, measure: str) -> pd.DataFrame:
    """The sums of a measure by unit and kind (category of level 2, else of level 1): unit_id, kind, sums."""
    found = measured_by(replace(scope, unit=None), measure, "category_id")
    return found.assign(kind=kind_of(found["category_id"])).drop(columns="category_id")


def kind_of(codes: pd.Series) -> pd.Series:
    """The code of each category's ancestor of level 2, or of level 1 where it has none."""
    tree = categories()
    second = at_level(codes, tree, 2)
    return second.mask(second == "", at_level(codes, tree, 1))


def kind_names(kinds: pd.Series) -> pd.Series:
    return named(kinds, categories())


def _own(scope: Scope, measure: str) -> pd.DataFrame:
    """The unit's sums by kind: n, hits, lost (the rest)."""
    found = by_kind(Look.of(scope).now, measure)
    sums = found[found["unit_id"] == scope.unit].groupby("kind")[["n", "hits"]].sum()
    return sums.assign(lost=sums["n"] - sums["hits"])


@question
@cached
def stages(scope: Scope) -> pd.DataFrame:
    """Where the unit loses: kinds of matter, most due first, by the stage that went wrong in the period.

    Columns: category_id, kind (name), due (应办结), signed_late, contacted_late, closed_late (not closed in
    time), sent_back, dissatisfied, rated (ratings that count). At most 6 kinds; the last is the rest then,
    its category_id ``*``. Counts of assignments, and of ratings in the last two; empty where the source does
    not record the stage.
    """
    unit_of(scope)
    own = {name: _own(scope, name) for name in set(STAGES.values())}
    facts = {stage: own[name][COUNTED.get(stage, "lost")] for stage, name in STAGES.items()}
    table = pd.DataFrame(facts).fillna(0).astype("int64").rename_axis("category_id").reset_index()
    table = table[table.drop(columns="category_id").sum(axis=1) > 0]
    ordered = table.sort_values(["due", "rated", "category_id"], ascending=[False, False, True])
    shown = _folded(ordered)
    shown["kind"] = kind_names(shown["category_id"])
    unknown = {stage: float("nan") for stage, name in STAGES.items() if not is_known(name)}
    return shown.assign(**unknown)[["category_id", "kind", *STAGES]].reset_index(drop=True)


def _folded(ordered: pd.DataFrame) -> pd.DataFrame:
    """The first kinds, and the rest as one line."""
    if len(ordered) <= KINDS_SHOWN:
        return ordered.copy()
    head, tail = ordered.head(KINDS_SHOWN - 1), ordered.iloc[KINDS_SHOWN - 1 :]
    rest = tail.drop(columns="category_id").sum().to_frame().T.assign(category_id=REST)
    return pd.concat([head, rest], ignore_index=True)


@question
@cached
def reasons(scope: Scope) -> pd.DataFrame:
    """What citizens who are not satisfied with the unit say, most first.

    Columns: reason (empty: none given), cases, cumulative (share of all up to here, a fraction), top_kind
    (the kind of matter with most of them), top_cases.
    """
    unit_of(scope)
    now = Look.of(scope).now
    keys = [func.coalesce(CALL.c.reason, "").label("reason"), CASE.c.category_id]
    wanted = select_cases(now, "counted_bad", *keys, func.count().label("cases")).group_by(*keys)
    found = read(wanted)
    found["kind"] = kind_names(kind_of(found["category_id"].fillna("")))
    sums = found.groupby(["reason", "kind"])["cases"].sum().reset_index()
    top = sums.sort_values(["cases", "kind"], ascending=[False, True]).drop_duplicates("reason")
    table = (
        sums.groupby("reason", as_index=False)["cases"]
        .sum()
        .merge(top.rename(columns={"kind": "top_kind", "cases": "top_cases"}), on="reason")
    )
    ordered = table.sort_values(["cases", "reason"], ascending=[False, True]).reset_index(drop=True)
    share = ordered["cases"].cumsum() / ordered["cases"].sum()
    return ordered.assign(cumulative=share)[["reason", "cases", "cumulative", "top_kind", "top_cases"]]
