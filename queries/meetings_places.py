"""Where the period differs from the one before: events that several people reported, places that grew."""

from dataclasses import replace
from typing import Any

import pandas as pd
from sqlalchemy import func

from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.definitions import cases_within
from queries.door import question
from queries.feeds import SPOT
from queries.holding import CASE
from queries.meetings_spans import before, days, lasting, period_of
from queries.names import areas, at_level, named
from queries.texts import veiled
from rules import comparison

REPORTS = 2
"""Cases that make an event worth telling: one alone is a case like any other."""

CLUSTERS = ["cluster_id", "case_id", "title", "issue", "area", "first_at", "reports", "before", "is_new"]


@question
@cached
def new_clusters(scope: Scope) -> pd.DataFrame:
    """Events reported more often in the period than in the one before, by two or more cases; new ones first.

    Columns: cluster_id, case_id (its first case known), title (masked, of that case; empty where ``hidden``),
    issue, area, first_at (first reported), reports, before (cases received in the period and in the one
    before), is_new (nobody reported it before the period), hidden.
    """
    asked = period_of(scope)
    past = before(asked)
    now = _reported(asked)
    then = _reported(replace(asked, start=past[0], end=past[1])) if past else {}
    grown = {code: count for code, count in now.items() if count >= max(REPORTS, then.get(code, 0) + 1)}
    first = _first(asked, list(grown))
    counts = {name: first["cluster_id"].map(found) for name, found in (("reports", now), ("before", then))}
    table = first.assign(**{name: found.fillna(0).astype("int64") for name, found in counts.items()})
    table["is_new"] = (table["first_at"] >= asked.start).astype("bool") if asked.start else False
    ordered = table.sort_values(["is_new", "reports", "cluster_id"], ascending=[False, False, True])
    return ordered[[*CLUSTERS, "hidden"]].reset_index(drop=True)


def _reported(asked: Scope) -> dict[str, int]:
    """Cases received in the period by event."""
    wanted = cases_within(asked, [CASE.c.cluster_id, func.count().label("cases")], "")
    found = read(wanted.where(CASE.c.cluster_id.is_not(None)).group_by(CASE.c.cluster_id))
    return {str(code): int(count) for code, count in zip(found["cluster_id"], found["cases"], strict=True)}


def _first(asked: Scope, codes: list[str]) -> pd.DataFrame:
    """The first case of each event that is known at the moment."""
    names = ("cluster_id", "case_id", "title", "confidentiality", "issue", "area_id", "received_at")
    wanted = cases_within(replace(asked, start=None), [CASE.c[name] for name in names], "")
    known = read(wanted.where(CASE.c.cluster_id.in_(codes)).order_by(CASE.c.received_at, CASE.c.case_id))
    first = veiled(known.drop_duplicates("cluster_id"), ["title"]).rename(columns={"received_at": "first_at"})
    return first.assign(area=named(first["area_id"], areas()), issue=first["issue"].fillna(""))


@question
@cached
def hot_places(scope: Scope) -> pd.DataFrame:
    """Villages and communities whose daily rate rose beyond two standard errors, the largest rise first.

    Columns: area_id, area, parent (its town or street), received, before (cases received in the period and in
    the one before), expected (at the rate of the one before), change (fraction of it; empty: none before).
    """
    asked = period_of(scope)
    past = before(asked)
    now, length = _placed(asked), lasting(asked)
    then = _placed(replace(asked, start=past[0], end=past[1])) if past else {}
    rows = []
    for place, count in now.items() if then else ():
        sides = (count, length, then.get(place, 0), days(past))
        usual = comparison.expected(*sides[2:], length) or 0.0
        if comparison.is_real(*sides) and count > usual:
            rows.append((place, count, sides[2], usual, comparison.change(*sides)))
    return _told(rows)


def _placed(asked: Scope) -> dict[str, int]:
    """Cases received in the period by village or community; those placed nowhere so fine are left out."""
    found = read(
        cases_within(asked, [CASE.c.area_id, func.count().label("cases")], "").group_by(CASE.c.area_id)
    )
    found["spot"] = at_level(found["area_id"].fillna(""), areas(), SPOT)
    sums = found[found["spot"] != ""].groupby("spot")["cases"].sum()
    return {str(place): int(count) for place, count in sums.items()}


def _told(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    kinds = {"area_id": "str", "received": "int64", "before": "int64", "expected": "float64"}
    table = pd.DataFrame(rows, columns=[*kinds, "change"]).astype({**kinds, "change": "float64"})
    tree = areas()
    table["area"] = named(table["area_id"], tree)
    table["parent"] = named(at_level(table["area_id"], tree, 1), tree)
    table["rise"] = table["received"] - table["expected"]
    ordered = table.sort_values(["rise", "area_id"], ascending=[False, True]).reset_index(drop=True)
    return ordered[["area_id", "area", "parent", "received", "before", "expected", "change"]]
