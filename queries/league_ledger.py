"""What was left out of the rates as unreasonable (剔除台账): who asked, who agreed, and what it did."""

from dataclasses import replace

import pandas as pd
from sqlalchemy import select

from casedb.tables import callbacks
from queries.arguments import Scope
from queries.cache import cached
from queries.conditions import ANSWERED
from queries.database import read
from queries.definitions import narrowed_by
from queries.door import question
from queries.events import EVENTS
from queries.excluding import OUT, concerned_unit
from queries.league_members import group, members
from queries.league_rows import Look
from queries.measures import measured
from queries.names import unit_names
from queries.ratings import applies, worths
from queries.routes import is_apart
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
    open), rating, rated (the unit's ratings of the period with none left out, but for those shown apart),
    effect (what it does, or would do, to the rate of these; a fraction, empty: no rating, or one shown
    apart).
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
    columns.append(is_apart().label("apart"))
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
    raw = measured(_raw(now, CountingRule.ADJUDICATED), "satisfaction").set_index("unit_id")
    found["rated"] = found["unit_id"].map(raw["n"]).fillna(0).astype("int64")
    found["effect"] = _effects(found, found["unit_id"].map(raw["k"]), now)
    names = ["exclusion_id", "case_id", "unit_id", "unit", "proposed_by", "reviewed_by", "reason"]
    return found[[*names, "proposed_at", "approved_at", "rejected_at", "state", "rating", "rated", "effect"]]


def _effects(found: pd.DataFrame, k: pd.Series, now: Scope) -> pd.Series:
    """The unit's rate without this rating, less its rate with it, all else as it is."""
    n = found["rated"].astype("float64").where(found["rated"] > 0)
    worth = found["rating"].map(worths(now)).fillna(0.0)
    effect = (k - worth) / (n - 1).where(n > 1) - k / n
    apart = found["apart"].astype("bool") & applies(now, CountingRule.APART)
    return effect.where(found["rating"].isin(ANSWERED) & ~apart).astype("float64")


def _raw(now: Scope, *rules: CountingRule) -> Scope:
    """The same with nothing left out by these rules."""
    return now.switching_off(now.off | {rule.value for rule in rules})


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

    Columns: unit_id, unit, asked, approved, refused, open, rated (ratings before exclusion, also those shown
    apart), share (approved of rated; empty: no rating), group_share, flagged (A22: over 10 %, or twice the
    group's, and not fewer than exclusion.least), is_small (as much left out, but of fewer than these).
    """
    found = ledger(scope)
    counted = pd.crosstab(found["unit_id"], found["state"]).reindex(columns=list(STATES), fill_value=0)
    raw = measured(_raw(Look.of(scope).now, CountingRule.ADJUDICATED, CountingRule.APART), "satisfaction")
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
    is_much = table["share"].map(lambda one: ranking.excess(one, whole)).astype("bool")
    table["flagged"], table["is_small"] = is_much & enough, is_much & ~enough
    ordered = table.sort_values(["approved", "asked", "unit_id"], ascending=[False, False, True])
    names = ["unit_id", "unit", "asked", *STATES, "rated", "share", "group_share", "flagged", "is_small"]
    return ordered[names].reset_index(drop=True)
