"""Cases of the same matter: of one person's chain (同人同事) or of one event (同事异人)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pandas as pd
from sqlalchemy import Select, and_, or_, select, true

from casedb.tables import assignments
from queries.database import read
from queries.holding import CASE, Condition, by
from queries.picked import picked
from rules import candidates as rule
from rules.rulebook import load
from rules.words import Role

TIES = ("case_id", "first_case_id", "cluster_id", "merged_into")

OF_CASE = (*TIES, "channel_id", "petitioner_id", "petitioner_count", "received_at", "issue", "area_id")


def ties(where: Condition) -> pd.DataFrame:
    """What ties these cases to others: `TIES` (empty: nothing)."""
    found = read(select(*(CASE.c[name] for name in TIES)).where(where))
    return found.assign(**{name: found[name].fillna("") for name in TIES})


def alike(as_of: datetime, own: pd.DataFrame) -> pd.DataFrame:
    """Every request received that hangs together with these cases, themselves included: `OF_CASE`, matter.

    ``own``: of `ties`. Merged requests count, since their people spoke too; what is not valid does not.
    """
    parts = [read(part) for part in _parts(as_of, own)]
    found = pd.concat(parts, ignore_index=True).drop_duplicates("case_id")
    found = found.assign(**{name: found[name].fillna("") for name in TIES})
    named = matters(pd.concat([found[[*TIES]], own[[*TIES]]]))
    matter = found["case_id"].map(named).astype("str")
    return found.assign(matter=matter).sort_values(["received_at", "case_id"])


def matters(known: pd.DataFrame) -> dict[str, str]:
    """The matter of each case, by its number."""
    rows = known[[*TIES]].drop_duplicates().to_numpy().tolist()
    own = [(case, first or None, event or None) for case, first, event, _whole in rows]
    return rule.matters(own + [(case, whole, None) for case, _first, _event, whole in rows if whole])


def _parts(as_of: datetime, own: pd.DataFrame) -> Iterable[Select]:
    """Each way of hanging together by its own index."""
    counts = and_(CASE.c.is_valid == true(), by(CASE.c.received_at, as_of))
    wanted = select(*(CASE.c[name] for name in OF_CASE)).where(counts)
    codes, firsts = own["case_id"], own["first_case_id"][own["first_case_id"] != ""]
    events = own["cluster_id"][own["cluster_id"] != ""]
    yield wanted.where(or_(picked(CASE.c.case_id, codes), picked(CASE.c.case_id, firsts)))
    yield wanted.where(or_(picked(CASE.c.first_case_id, codes), picked(CASE.c.first_case_id, firsts)))
    yield wanted.where(picked(CASE.c.cluster_id, events))
    yield wanted.where(picked(CASE.c.merged_into, codes))


def told(found: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """What the requests of each matter say together: matter, requests, people, channels, answers.

    A person counts once, with all who came along the first time; answers: units that answered as lead.
    """
    first = found.assign(person=_persons(found)).drop_duplicates(["matter", "person"])
    by_matter = found.groupby("matter")
    table = pd.DataFrame(
        {
            "requests": by_matter.size(),
            "people": first.groupby("matter")["petitioner_count"].sum(),
            "channels": by_matter["channel_id"].nunique(),
        }
    )
    several = found[found["matter"].map(table["requests"]) > 1]
    answered = _answered(as_of, several["case_id"]).merge(found[["case_id", "matter"]], on="case_id")
    units = answered.groupby("matter")["unit_id"].nunique()
    whole = table.assign(answers=units.reindex(table.index, fill_value=0)).astype("int64")
    return whole.rename_axis("matter").reset_index()


def _persons(found: pd.DataFrame) -> pd.Series:
    return found["petitioner_id"].fillna("").mask(lambda who: who == "", "case " + found["case_id"])


def _answered(as_of: datetime, codes: pd.Series) -> pd.DataFrame:
    lead = assignments.c
    mine = and_(picked(lead.case_id, codes), lead.role == Role.LEAD.value, lead.unit_id.is_not(None))
    return read(select(lead.case_id, lead.unit_id).where(mine, lead.closed_at <= as_of))


def repeats(found: pd.DataFrame, own: pd.DataFrame, as_of: datetime) -> pd.Series:
    """How often each person came with the same matter at other times, lately: by number of the case."""
    root = found["first_case_id"].where(found["first_case_id"] != "", found["case_id"])
    recent = found["received_at"] > as_of - timedelta(days=load().repeat.hotline)
    sizes = recent.groupby(root).sum()
    mine = own["first_case_id"].where(own["first_case_id"] != "", own["case_id"])
    itself = own["case_id"].isin(found["case_id"][recent]).astype("int64")
    times = mine.map(sizes).fillna(0).astype("int64") - itself
    return pd.Series(times.to_numpy(), index=own["case_id"].to_numpy())
