"""Items that people put on the list of a meeting by hand and that are not assigned yet, with their cases."""

import pandas as pd
from sqlalchemy import Select, and_, false, or_, select

from casedb.tables import cases, meeting_items, meetings
from queries.arguments import Scope
from queries.database import read
from queries.holding import Condition, by, not_by
from queries.meetings_grounds import ITEM, behind
from queries.meetings_pack import meeting_of
from queries.texts import veiled
from rules.words import Confidentiality

COLUMNS = ("item_id", "position", "title", "issue", "item_group", "lead_unit_id", "assist_unit_ids")


def by_hand(scope: Scope) -> pd.DataFrame:
    """Items prepared for the scope's meeting by the moment, in their own order: `COLUMNS`, `TIES`, hidden.

    The title is masked, and empty where ``hidden``; of a merged case the ties are those of the whole.
    """
    waits = and_(ITEM.meeting_id.in_(_own(scope)), by(ITEM.prepared_at, scope.as_of, if_empty=True))
    mine = and_(waits, not_by(ITEM.assigned_at, scope.as_of), not_by(ITEM.signed_off_at, scope.as_of))
    shown = veiled(_told(mine), ["title"]).merge(behind(mine), on="item_id")
    texts = {name: shown[name].fillna("") for name in ("issue", "lead_unit_id", "assist_unit_ids")}
    place = shown["position"].astype("Float64").fillna(float("inf"))
    ordered = shown.assign(**texts, place=place).sort_values(["place", "item_id"])
    return ordered.drop(columns="place").reset_index(drop=True)


def _told(mine: Condition) -> pd.DataFrame:
    """Where a case is named that nobody can find, it may be any: its texts are hidden."""
    joined = meeting_items.outerjoin(cases, cases.c.case_id == ITEM.case_id)
    wanted = select(*(ITEM[name] for name in COLUMNS), ITEM.case_id.label("named"), cases.c.confidentiality)
    rows = read(wanted.select_from(joined).where(mine))
    alone = rows.pop("named").fillna("") == ""
    return rows.assign(confidentiality=rows["confidentiality"].mask(alone, Confidentiality.OPEN.value))


def elsewhere(scope: Scope) -> pd.DataFrame:
    """The cases of items that are prepared for other meetings: item_id and `TIES`."""
    waits = and_(not_by(ITEM.assigned_at, scope.as_of), by(ITEM.prepared_at, scope.as_of))
    return behind(and_(waits, not_by(ITEM.signed_off_at, scope.as_of), ITEM.meeting_id.not_in(_own(scope))))


def _own(scope: Scope) -> Select:
    """The codes of the meeting, and of those merged into it."""
    meeting = meeting_of(scope)
    nominal = meetings.c.nominal_date == meeting.nominal if meeting else false()
    own = select(meetings.c.meeting_id).where(nominal)
    return select(meetings.c.meeting_id).where(or_(nominal, meetings.c.merged_into.in_(own)))
