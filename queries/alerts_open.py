"""Open cases with what the alerts ask of them: one read of the stock, shared by all."""

from datetime import datetime

import numpy as np
import pandas as pd
from sqlalchemy import and_, case, select, true

from casedb.tables import assignments, cases
from queries import clocks, contacting, milestones
from queries.cache import cached
from queries.conditions import is_open
from queries.database import read
from queries.feeds import recorded
from queries.holding import CASE, HELD, due, holding, unindexed
from queries.routes import is_petition
from queries.workdays import workdays
from rules.deadlines import dues
from rules.rulebook import load
from rules.words import Urgency

OF_CASE = (
    *("case_id", "channel_id", "received_at", "recorded_at", "is_group", "petitioner_count", "cluster_id"),
    *("first_case_id", "promised_at", "promised_due"),
)

OF_HOLDER = ("unit_id", "section_at", "round", "seq")

SEEN = ("recorded_at", "case_sent_at", "section_at", "met_at", "told_at", "noticed_at", "visited_at")
"""What may be written down later than the moment."""

HOUR = np.timedelta64(3600, "s")


@cached
def watched(as_of: datetime) -> pd.DataFrame:
    """Every open case, known at the moment: a row a case.

    Columns: `OF_CASE`, `OF_HOLDER` (empty: with the centre), case_sent_at, sent_at (to the holder), due_at
    (in force), is_petition, is_first; of first petitions accepted_at, met_at, told_at; of petitions
    noticed_at; of critical cases scene_due and visited_at (the last limit to be on the spot, and the visit).
    """
    held = [HELD.c[name] for name in OF_HOLDER]
    first = and_(is_petition(), CASE.c.is_first == true())
    critical = CASE.c.urgency == Urgency.CRITICAL.value
    visit = clocks.met_at(contacting.VISIT, HELD.c.dispatched_at)
    more = {
        "case_sent_at": CASE.c.dispatched_at,
        "sent_at": HELD.c.dispatched_at,
        "due_at": due(as_of),
        "is_petition": case((is_petition(), 1), else_=0),
        "accepted_at": case((first, milestones.accepted())),
        "met_at": case((first, clocks.met_at(contacting.FACES, CASE.c.received_at))),
        "told_at": case((first, milestones.event_at(milestones.FEEDBACK))),
        "noticed_at": case((is_petition(), milestones.event_at(milestones.NOTICE))),
        "scene_due": case((critical, clocks.scene_limit())),
        "visited_at": case((critical, visit)),
    }
    columns = [*(CASE.c[name] for name in OF_CASE), *held, *(one.label(name) for name, one in more.items())]
    whole = select(*columns).select_from(CASE.outerjoin(HELD, holding(as_of)))
    found = read(whole.where(unindexed(CASE.c.received_at, as_of) <= as_of, is_open(as_of)))
    for name in (
        "recorded_at",
        "case_sent_at",
        "section_at",
        "met_at",
        "told_at",
        "noticed_at",
        "visited_at",
    ):
        moments = pd.to_datetime(found[name])
        found[name] = moments.mask(moments > as_of)
    return found


def hour_after(found: pd.DataFrame, column: str, rule: str) -> pd.Series:
    """The moment, and the hours of a limit of section ``sla``."""
    return found[column] + getattr(load().sla, rule) * HOUR


def days_after(found: pd.DataFrame, column: str, rule: str) -> pd.Series:
    """When a limit in days ends; empty where its year has no calendar."""
    moments = pd.to_datetime(found[column]).astype("datetime64[us]")
    return pd.Series(dues(rule, moments.to_numpy(), workdays()), found.index)


def is_told(name: str) -> bool:
    """Whether the source records what an alert would miss."""
    needed = {
        "record": cases.c.recorded_at,
        "dispatch": cases.c.dispatched_at,
        "section": assignments.c.section_at,
    }
    return recorded(needed[name])
