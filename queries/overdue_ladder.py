"""The ladder now: how many open cases stand on each rung and why, and the cases themselves, worst first."""

import pandas as pd
from sqlalchemy import select

from casedb.tables import assignments, escalations
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.feeds import recorded
from queries.holding import CASE
from queries.meetings_shown import is_unnamed
from queries.names import unit_names
from queries.overdue_sets import MISSABLE
from queries.overdue_standing import acts_known
from queries.overdue_within import stood
from queries.picked import picked
from queries.texts import veiled
from rules import ladder as rule

SHOWN = 30
"""Cases of a rung that are listed unless told otherwise."""

FIRST = ("unsigned", "milestone")
"""Conditions of something missed, on rungs of what is still to come: they lead their rung."""

COLUMNS = [
    *("level", "case_id", "unit_id", "unit", "title", "hidden", "rule", "since", "due_at", "hours_late"),
    *("citizen_hours_late", "severity", "colour", "next_level", "next_at", "next_rule", "acted_level"),
    *("acted_at", "is_missed"),
]


@question
@cached
def rungs(scope: Scope) -> pd.DataFrame:
    """Open cases by the rung they stand on, D0 to D5: level, cases, overdue (of them past their limit).

    Where the source gives no limits at all overdue is empty, and cases where no other rule holds any. Cases
    of D5 are empty where nobody records supervision.
    """
    return _rungs(stood(scope, "level", "hours_late"))


def _rungs(found: pd.DataFrame) -> pd.DataFrame:
    levels = [rung.level for rung in rule.rungs()]
    late = found[found["hours_late"] > 0]
    sizes = {"cases": found["level"].value_counts(), "overdue": late["level"].value_counts()}
    table = pd.DataFrame({name: size.reindex(levels, fill_value=0) for name, size in sizes.items()})
    return _known(table.astype("Int64").rename_axis("level").reset_index())


def _known(table: pd.DataFrame) -> pd.DataFrame:
    """The rungs, with the figures empty that only limits or acts could tell and the source has none."""
    is_proposed, acts = table["level"] == rule.PROPOSED, recorded(escalations.c.level)
    if recorded(assignments.c.due_at):
        return table.assign(cases=table["cases"].where(~is_proposed | acts))
    told = (table["cases"] > 0) | (is_proposed & acts)
    return table.assign(cases=table["cases"].where(told), overdue=pd.array([pd.NA] * len(table), "Int64"))


@question
@cached
def rung_rules(scope: Scope) -> pd.DataFrame:
    """What put them there: level, rule (the condition of the rung that held first), cases; only where any.

    In the order of the ladder; of each rung they add up to its cases.
    """
    sizes = stood(scope, "rule")["rule"].value_counts()
    rows = [(one.level, one.id, int(sizes.get(one.id, 0))) for one in rule.conditions()]
    table = pd.DataFrame(rows, columns=["level", "rule", "cases"])
    return table[table["cases"] > 0].reset_index(drop=True)


@question
@cached
def missed(scope: Scope) -> pd.DataFrame:
    """Cases on which nobody has acted as their rung asks (`ladder`: is_missed), D2 to D4: level, cases.

    Empty where nobody knows whether any case stands there (`rungs`), or the source records no acts.
    """
    found = stood(scope, "level", "hours_late", "is_missed")
    on_rung = _rungs(found).set_index("level")["cases"].reindex(MISSABLE)
    sizes = found[found["is_missed"]]["level"].value_counts().reindex(MISSABLE, fill_value=0)
    acts = pd.Series([acts_known(level) for level in MISSABLE], MISSABLE)
    counts = sizes.astype("Int64").where(on_rung.notna() & (acts | (on_rung == 0)))
    return pd.DataFrame({"level": MISSABLE, "cases": counts.array})


@question
@cached
def ladder(scope: Scope) -> pd.DataFrame:
    """Cases by rung, lowest first, worst first on each; 30 of a rung unless ``limit`` says otherwise.

    What was missed (signing, a milestone) leads its rung, then the longest past its limit, or with the least
    time left. Columns: level, case_id, unit_id, unit (the holder; empty: none), title (masked; empty where
    ``hidden``), hidden (confidential, or a report: no wall names its unit), rule (what put it there first),
    since, due_at (limit in force; empty: none), hours_late (negative: hours left), citizen_hours_late (by the
    citizen's own limit), severity (0 to 100), colour (none | yellow | orange | red), next_level, next_at,
    next_rule (the rung that time alone will put it on, when and by what; empty: none), acted_level, acted_at
    (the highest act recorded; empty: none), is_missed (on D2 or higher beyond the grace, and nobody has acted
    so; of none where the source records no acts: `missed`).
    """
    shown = _worst_first(stood(scope), scope)
    texts = select(CASE.c.case_id, CASE.c.title, CASE.c.confidentiality, CASE.c.nature)
    known = shown.merge(read(texts.where(picked(CASE.c.case_id, shown["case_id"]))), on="case_id")
    table = veiled(known, ["title"]).assign(hidden=is_unnamed(known["confidentiality"], known["nature"]))
    table["title"] = table["title"].mask(table["hidden"], "")
    table["unit"] = unit_names(table["unit_id"])
    return table[COLUMNS]


def _worst_first(found: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Those of each rung that are shown, in their order."""
    keys = found.loc[found["level"].notna(), ["level", "rule", "hours_late", "case_id"]]
    ordered = keys.assign(leads=~keys["rule"].isin(FIRST)).sort_values(
        ["level", "leads", "hours_late", "case_id"], ascending=[True, True, False, True], na_position="last"
    )
    place = ordered.groupby("level").cumcount() - scope.offset
    return found.loc[ordered.index[place.between(0, (scope.limit or SHOWN) - 1)]]
