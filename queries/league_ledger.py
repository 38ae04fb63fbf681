"""What was left out of the rates as unreasonable (剔除台账): who asked, who agreed, and what it did."""

from dataclasses import replace

import pandas as pd
from sqlalchemy import select

from casedb.tables import callbacks
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.definitions import narrowed_by
from queries.door import question
from queries.events import EVENTS
from queries.excluding import OUT, concerned_unit
from queries.league_members import group, members
from queries.league_rows import Look
from queries.measures import measured
from queries.names import unit_names
from queries.standing import share
from rules import ranking
from rules.rulebook import load
from rules.words import CountingRule

STATES = ("approved", "refused", "open")


@question
@cached
def ledger(scope: Scope) -> pd.DataFrame:
    """Exclusions proposed in the period for units of the group, newest first.

    Columns: exclusion_id, case_id, unit_id, unit (whose rating it is), proposed_by, reviewed_by (post),
    reason, proposed_at, approved_at, rejected_at (empty: not by the moment), state (approved | refused |
    open), rating, effect (what it does, or would do, to the unit's rate; a fraction, empty: no rating).
    """
    asked = EVENTS["exclusion_asked"]
    now = replace(Look.of(scope).now, group=group(scope))
    unit = concerned_unit()
    facts = (
        "exclusion_id",
        "case_id",
        "proposed_by",
        "reviewed_by",
        "reason",
        "proposed_at",
        "approved_at",
        "rejected_at",
    )
    columns = [*(OUT.c[name] for name in facts), unit.label("unit_id"), callbacks.c.rating]
    source = asked.kind.joined(now, with_holder=False).outerjoin(
        callbacks, callbacks.c.callback_id == OUT.c.callback_id
    )
    wanted = select(*columns).select_from(source).where(asked.holds(now), *narrowed_by(now, unit))
    found = read(wanted.order_by(OUT.c.proposed_at.desc(), OUT.c.exclusion_id))
    return _told(found, now)


def _told(found: pd.DataFrame, now: Scope) -> pd.DataFrame:
    for moment in ("approved_at", "rejected_at"):
        found[moment] = found[moment].mask(found[moment] > now.as_of)
    state = pd.Series("open", found.index, "str").mask(found["rejected_at"].notna(), "refused")
    found["state"] = state.mask(found["approved_at"].notna(), "approved")
    found["unit"], found["proposed_by"] = unit_names(found["unit_id"]), unit_names(found["proposed_by"])
    found["effect"] = _effects(found, now)
    names = ["exclusion_id", "case_id", "unit_id", "unit", "proposed_by", "reviewed_by", "reason"]
    return found[[*names, "proposed_at", "approved_at", "rejected_at", "state", "rating", "effect"]]


def _effects(found: pd.DataFrame, now: Scope) -> pd.Series:
    """The unit's rate without this rating, less its rate with it, all else as it is."""
    raw = measured(replace(now, without=_raw(now.without)), "satisfaction").set_index("unit_id")
    k, n = found["unit_id"].map(raw["k"]), found["unit_id"].map(raw["n"])
    good = found["rating"].isin(["satisfied", "mostly"]).astype("float64")
    effect = (k - good) / (n - 1).where(n > 1) - k / n
    return effect.mask(found["rating"].isna() | (found["rating"] == "declined")).astype("float64")


def _raw(without: str | None) -> str:
    return ",".join(sorted({*filter(None, (without or "").split(",")), CountingRule.ADJUDICATED.value}))


@question
@cached
def exclusions(scope: Scope) -> pd.DataFrame:
    """Exclusions proposed in the period for units of the group: one row: asked, approved, refused, open."""
    found = ledger(scope)["state"].value_counts()
    counts = {name: int(found.get(name, 0)) for name in STATES}
    return pd.DataFrame([{"asked": sum(counts.values()), **counts}])


@question
@cached
def excluded(scope: Scope) -> pd.DataFrame:
    """Exclusions proposed in the period by unit of the group, most first; only units that have any.

    Columns: unit_id, unit, asked, approved, refused, open, rated (ratings before exclusion), share (approved
    of rated; empty: no rating), group_share, flagged (A22: over 10 %, or twice the group's, and not fewer
    than exclusion.least).
    """
    found = ledger(scope)
    counted = pd.crosstab(found["unit_id"], found["state"]).reindex(columns=list(STATES), fill_value=0)
    raw = measured(replace(Look.of(scope).now, without=_raw(scope.without)), "satisfaction")
    mine = raw[raw["unit_id"].isin(members(group(scope))["unit_id"])]
    table = counted.reset_index().merge(raw[["unit_id", "n"]], how="left", on="unit_id")
    table = table.rename(columns={"n": "rated"}).astype({"rated": "Int64"})
    table["rated"] = table["rated"].fillna(0).astype("int64")
    table["asked"] = table[list(STATES)].sum(axis=1)
    table["unit"] = unit_names(table["unit_id"])
    table["share"] = share(table["approved"], table["rated"])
    total = mine["n"].sum()
    whole = float(table["approved"].sum() / total) if total else None
    table["group_share"] = pd.Series(whole, table.index, "float64")
    enough = table["approved"] >= load().exclusion.least
    table["flagged"] = table["share"].map(lambda one: ranking.excess(one, whole)).astype("bool") & enough
    ordered = table.sort_values(["approved", "asked", "unit_id"], ascending=[False, False, True])
    return ordered[
        ["unit_id", "unit", "asked", *STATES, "rated", "share", "group_share", "flagged"]
    ].reset_index(drop=True)
