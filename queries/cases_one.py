"""One case: its facts as known at a moment, and the cases that belong to the same matter."""

from datetime import datetime

import pandas as pd
from sqlalchemy import ColumnElement, func, or_, select

from casedb.tables import assignments
from queries.arguments import Scope, refuse
from queries.cache import cached
from queries.cases_list import columns, listed
from queries.database import read, records
from queries.definitions import Condition, cases_within
from queries.door import question
from queries.holding import CASE, HELD
from queries.meetings_shown import unnamed
from queries.names import areas, categories
from rules import masking
from rules.words import Role

TEXTS = ("body", "reply", "place", "channel_ref")
FACTS = (
    *(
        "nature",
        "urgency",
        "area_kind",
        "petitioner_count",
        "is_group",
        "is_first",
        "reasonable",
        "legal_route",
    ),
    *("confidentiality", "merged_into", "invalid_reason", "first_case_id", "cluster_id", "amount_claimed"),
    *("amount_recovered", "source_system", "category_id", "area_id", "promised_due"),
)
MOMENTS = ("recorded_at", "dispatched_at", "settled_at", "signed_off_at", "promised_at")

ALIKE = 50
"""Cases of the same matter that are listed: an event may have thousands."""


@question
@cached
def one(scope: Scope) -> pd.DataFrame | None:
    """Everything about ``scope.case`` as known at the moment: one row; None where there is no such case
    (yet).

    Columns: those of `list`; body, reply, place, channel_ref (masked); category_1 to category_3, area_1 to
    area_3 (names, from the top); FACTS and MOMENTS as in the contract; rounds, sent (to a lead unit, how
    often), returns, extensions (counted to the moment); stated_verdict (the source's own, where it gives no
    times). ``hidden`` here is every report too, and then title is empty as well.
    """
    alone = only(scope)
    row = listed(cases_within(alone, columns(scope.as_of), "outer"), scope.as_of)
    if row.empty:
        return None
    facts = records(cases_within(alone, [*_facts(scope.as_of), HELD.c.stated_verdict], "outer"))[0]
    paths = _path(facts.pop("category_id"), "category", categories())
    paths |= _path(facts.pop("area_id"), "area", areas())
    silent = bool(unnamed([str(scope.case)]))
    row = row.assign(hidden=silent, title="" if silent else row["title"])
    shown = facts | {name: "" if silent else masking.mask(facts[name] or "") for name in TEXTS}
    shown |= {name: _by(facts[name], scope.as_of) for name in MOMENTS}
    shown["promised_due"] = shown["promised_due"] if shown["promised_at"] else None
    return row.join(pd.DataFrame([shown | paths]))


def is_known(scope: Scope) -> bool:
    """Whether ``scope.case`` had been received by the moment."""
    alone = only(scope)
    here = select(CASE.c.case_id).where(CASE.c.case_id == alone.case, CASE.c.received_at <= alone.as_of)
    return bool(records(here))


@question
@cached
def earlier(scope: Scope) -> pd.DataFrame:
    """Other cases of the same person and matter (同人同事), newest first: columns of `siblings`."""
    first = _of(scope, "first_case_id") or scope.case
    return _others(scope, or_(CASE.c.first_case_id == first, CASE.c.case_id == first))


@question
@cached
def siblings(scope: Scope) -> pd.DataFrame:
    """Cases about the same event (同事异人), or merged with this one (并单), newest first, at most `ALIKE`.

    Columns: those of `list`, and alike (how many there are in all).
    """
    cluster, whole = _of(scope, "cluster_id"), _of(scope, "merged_into") or scope.case
    merged = or_(CASE.c.merged_into == whole, CASE.c.case_id == whole)
    return _others(scope, or_(CASE.c.cluster_id == cluster, merged) if cluster else merged)


def only(scope: Scope) -> Scope:
    """The scope of nothing but the case; raises `BadArgument` where no case is named."""
    if not scope.case:
        raise refuse("case", "", "须给出案件编号", "give the number of a case")
    return Scope(as_of=scope.as_of, case=scope.case)


def _facts(as_of: datetime) -> list[ColumnElement]:
    mine = assignments.c.case_id == CASE.c.case_id, assignments.c.role == Role.LEAD.value
    leads = select(func.max(assignments.c.round)).where(*mine, assignments.c.dispatched_at <= as_of)
    sent = select(func.count()).where(*mine, assignments.c.dispatched_at <= as_of)
    returns = select(func.count()).where(*mine, assignments.c.returned_at <= as_of)
    granted = select(func.count()).where(*mine, assignments.c.extension_approved_at <= as_of)
    counts = {"rounds": leads, "sent": sent, "returns": returns, "extensions": granted}
    facts = [CASE.c[name] for name in (*TEXTS, *FACTS, *MOMENTS)]
    return [*facts, *(one.correlate(CASE).scalar_subquery().label(name) for name, one in counts.items())]


def _by(moment: datetime | None, as_of: datetime) -> datetime | None:
    """The moment where it had come by then."""
    return moment if moment and moment <= as_of else None


def _path(code: str | None, word: str, tree: pd.DataFrame) -> dict[str, str]:
    """Names of the code's ancestors from the top: ``word``_1 to ``word``_3; empty below the deepest."""
    own = tree[tree["code"] == code]
    ancestors = {level: "" if own.empty else own[f"level{level}_id"].iloc[0] for level in (1, 2, 3)}
    known = tree[tree["code"].isin(list(ancestors.values()))]
    said = dict(zip(known["code"], known["name"], strict=True))
    return {f"{word}_{level}": said.get(ancestor, "") for level, ancestor in ancestors.items()}


def _of(scope: Scope, name: str) -> str | None:
    found = read(cases_within(only(scope), [CASE.c[name]], ""))[name]
    return None if found.empty or pd.isna(found.iloc[0]) else str(found.iloc[0])


def _others(scope: Scope, alike: Condition) -> pd.DataFrame:
    whole, others = Scope(as_of=scope.as_of), (alike, CASE.c.case_id != scope.case)
    selection = cases_within(whole, columns(scope.as_of), "outer").where(*others)
    newest = selection.order_by(CASE.c.received_at.desc(), CASE.c.case_id).limit(scope.limit or ALIKE)
    counted = read(cases_within(whole, [func.count().label("alike")], "").where(*others))
    return listed(newest, scope.as_of).assign(alike=counted["alike"].iloc[0])
