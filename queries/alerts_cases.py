"""The alerts that speak of an open case (A01 to A08, A10, A15, A17, A19): rows that break a rule now."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import pandas as pd

from queries.alerts_open import days_after, hour_after, is_told, watched
from queries.feeds import told, written
from queries.milestones import FEEDBACK, NOTICE
from queries.overdue_standing import standing
from rules.rulebook import load

SECONDS = {"minutes": 60, "hours": 3600}


class Found(NamedTuple):
    """Cases of one alert: a row each with since, value and the evidence's columns."""

    alert: str
    rule: str
    measure: str
    rows: pd.DataFrame
    evidence: tuple[str, ...]


def of_cases(as_of: datetime) -> Iterator[Found]:
    """Every alert of open cases at the moment."""
    found = watched(as_of)
    for make in (_three_hours, _milestones, _petitions, _pressing, _reworks, _groups, _promises):
        yield from make(found, as_of)
    yield _bounced(found, as_of)


def _late(
    found: pd.DataFrame, limit: pd.Series, as_of: datetime, *masks: pd.Series, unit: str = "minutes"
) -> pd.DataFrame:
    """Those whose limit has passed: since it did, and by how much."""
    past = limit < as_of
    for mask in masks:
        past &= mask
    beyond = (as_of - limit).dt.total_seconds() / SECONDS[unit]
    return found.assign(since=limit, value=beyond)[past]


def _three_hours(found: pd.DataFrame, as_of: datetime) -> Iterator[Found]:
    nobody = found["unit_id"].isna() & found["sent_at"].isna()
    if is_told("record"):
        waits = found["recorded_at"].isna() & found["case_sent_at"].isna() & nobody
        rows = _late(found, hour_after(found, "received_at", "record"), as_of, waits)
        yield Found("A01", "sla.record", "minutes", rows, ("received_at",))
    if is_told("dispatch"):
        waits = found["recorded_at"].notna() & found["case_sent_at"].isna() & nobody
        rows = _late(found, hour_after(found, "recorded_at", "dispatch"), as_of, waits)
        yield Found("A02", "sla.dispatch", "minutes", rows, ("received_at", "recorded_at"))
    if is_told("section"):
        limit = hour_after(found, "sent_at", "section")
        rows = _late(found, limit, as_of, found["section_at"].isna())
        yield Found("A03", "sla.section", "minutes", rows, ("sent_at",))


def _milestones(found: pd.DataFrame, as_of: datetime) -> Iterator[Found]:
    if told("faces"):
        rows = _late(
            found, days_after(found, "accepted_at", "meet"), as_of, found["met_at"].isna(), unit="hours"
        )
        yield Found("A04", "sla.meet", "hours", rows, ("accepted_at",))
    if written(FEEDBACK):
        limit = days_after(found, "accepted_at", "feedback")
        rows = _late(found, limit, as_of, found["told_at"].isna(), unit="hours")
        yield Found("A05", "sla.feedback", "hours", rows, ("accepted_at",))
    rows = _late(found, days_after(found, "accepted_at", "finish"), as_of, unit="hours")
    yield Found("A06", "sla.finish", "hours", rows, ("accepted_at",))


def _petitions(found: pd.DataFrame, as_of: datetime) -> Iterator[Found]:
    """A petition not notified in time, or whose limit is near or has passed: ``value`` is then negative."""
    mine = found[found["is_petition"] == 1]
    if written(NOTICE):
        limit = days_after(mine, "received_at", "petition_notice")
        rows = _late(mine, limit, as_of, mine["noticed_at"].isna(), unit="hours")
        yield Found("A07", "sla.petition_notice", "hours", rows, ("received_at",))
    near = pd.Timedelta(hours=load().ladder.warn)
    begun = mine["due_at"].where(mine["due_at"] < as_of, mine["due_at"] - near)
    soon = mine.assign(since=begun, value=(as_of - mine["due_at"]).dt.total_seconds() / SECONDS["hours"])
    rows = soon[mine["due_at"] <= as_of + near]
    yield Found("A07", "sla.petition", "hours", rows, ("received_at", "due_at"))


def _pressing(found: pd.DataFrame, as_of: datetime) -> Iterator[Found]:
    if told("visits"):
        rows = _late(found, pd.to_datetime(found["scene_due"]), as_of, found["visited_at"].isna())
        yield Found("A08", "whistle.urban", "minutes", rows, ("sent_at", "scene_due"))


def _reworks(found: pd.DataFrame, as_of: datetime) -> Iterator[Found]:
    rows = _late(found, found["due_at"], as_of, found["round"] > 1, unit="hours")
    yield Found("A10", "sla.rework", "hours", rows, ("round", "due_at"))


def _groups(found: pd.DataFrame, _: datetime) -> Iterator[Found]:
    """A group visit; and an event that many reported within a day."""
    most, book = load().group_visit.people, load()
    many = found["is_group"].astype("bool") | (found["petitioner_count"] > most)
    rows = found.assign(since=found["received_at"], value=found["petitioner_count"].astype("float64"))[many]
    yield Found("A15", "group_visit.people", "people", rows, ("petitioner_count", "received_at"))
    told = found[found["cluster_id"].notna()].sort_values("received_at")
    surges = [
        _surge(group, timedelta(hours=book.alert.surge_hours), book.ladder.raise_cluster)
        for _event, group in told.groupby("cluster_id")
    ]
    nothing = told.head(0).assign(since=told["received_at"].head(0), value=0.0)
    rows = pd.concat([one for one in surges if one is not None] or [nothing])
    yield Found("A15", "ladder.raise_cluster", "people", rows, ("cluster_id", "received_at"))


def _surge(group: pd.DataFrame, span: timedelta, least: int) -> pd.DataFrame | None:
    """The first case of an event that so many people reported within so short a time."""
    people = group.set_index("received_at")["petitioner_count"].rolling(span).sum()
    if not len(people) or people.max() < least:
        return None
    return group.head(1).assign(
        since=group["received_at"].iloc[int(people.argmax())], value=float(people.max())
    )


def _bounced(found: pd.DataFrame, as_of: datetime) -> Found:
    """Given back twice, or sent to three units."""
    book, stands = load().ladder, standing(as_of)
    much = stands[(stands["given_back"] >= book.raise_returns) | (stands["units"] >= book.raise_transfers)]
    known = much.assign(value=much["given_back"].astype("float64"), since=much["since"])
    rows = known[["case_id", "given_back", "units", "since", "value"]].merge(found, on="case_id")
    return Found("A17", "ladder.raise_returns", "times", rows, ("given_back", "units"))


def _promises(found: pd.DataFrame, as_of: datetime) -> Iterator[Found]:
    promised = pd.to_datetime(found["promised_due"]).where(found["promised_at"] <= as_of)
    rows = _late(found, promised, as_of, unit="hours")
    yield Found("A19", "sla.promise", "hours", rows, ("promised_at", "promised_due"))
