"""Between a meeting's page and its record: what is kept, freezing it, comparing it with now. No page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import pandas as pd
from flask import Flask, current_app

from components import words
from papers import deciding, differing, gathering, record
from papers.gathering import gather
from queries import cache, database, health, meetings
from queries.arguments import Scope, refuse
from queries.meetings_pack import Pack
from queries.workdays import workdays
from records import Refusal, decisions, freezing, objections
from records.freezing import Correction, Record
from records.objections import Objection
from rules import masking
from rules.workdays import UnknownYear

DAY = timedelta(days=1)

APART = Flask("board.apart")
"""An application without a memory."""

COMPARED_SECONDS = 60
"""Then and now are compared at most this often: the whole pack is asked for anew each time."""


@dataclass(frozen=True)
class Kept:
    """What the board's own database knows of a meeting; ``problem`` says why it cannot be read.

    ``decided`` matters are decided in every part, ``begun`` ones only recorded.
    """

    record: Record | None = None
    corrections: list[Correction] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    decided: int = 0
    begun: int = 0
    problem: str = ""


def now() -> datetime:
    """The board's moment."""
    return current_app.config["MOMENT"]()


def pack(day: str) -> Pack:
    """The meeting of the day in the address, at the board's moment."""
    try:
        held = date.fromisoformat(day)
    except ValueError:
        raise refuse("day", day, "请写成 2026-11-26", "write it as 2026-11-26") from None
    return meetings.pack(held, now())


def kept(day: date) -> Kept:
    """What is remembered of the meeting; the page goes on without it."""
    try:
        found = decisions.of(day)
        done_ = [one for one in found if deciding.is_decided(one)]
        begun = [one for one in found if one.states and not one.removed_reason and one not in done_]
        replies = objections.of(day)
        return Kept(freezing.frozen(day), freezing.corrections(day), replies, len(done_), len(begun))
    except Refusal as refusal:
        return Kept(problem=said(refusal))


def said(refusal: Refusal) -> str:
    """Its sentence in the reader's language."""
    return refusal.zh if words.language() == "zh" else refusal.en


def done(work: Callable[[], str]) -> tuple[str, bool]:
    """What the work says when it is done, or the sentence that refuses it; whether it is done."""
    try:
        return work(), True
    except Refusal as refusal:
        return said(refusal), False


def masked(text: str | None) -> str:
    """What somebody wrote, as it may be kept and shown."""
    return masking.mask(text or "")


def may_freeze(found: Pack, at: datetime) -> bool:
    """The meeting's day has begun, and its figures are closed."""
    return found.is_closed and at >= datetime.combine(found.meeting.actual, time())


def freeze(found: Pack, at: datetime) -> Record:
    """Close the meeting with everything shown, asked anew. Raises what `freezing.freeze` raises."""
    day = found.meeting.actual
    decided = decisions.of(day)
    with unremembered():
        sheets = gather(found)
        body = record.body(sheets, decided, record.members(sheets), objections.of(day), at)
    versions = {one.key: one.version for one in decided}
    return freezing.freeze(day, body, record.facts(sheets, at), at, versions)


def matters(found: Pack, kept: Kept) -> pd.DataFrame:
    """What is decided (`deciding.matters`): as it was frozen, else as it stands."""
    if kept.record:
        frozen = record.read(kept.record.body).get("matters")
        table = pd.DataFrame(**_parts(frozen)) if frozen else pd.DataFrame(columns=deciding.COLUMNS)
        table["due_at"] = pd.to_datetime(table["due_at"])
    else:
        table = _standing(found)
    return table[table["is_decided"].astype(bool)]


def _parts(frozen: dict[str, Any]) -> dict[str, Any]:
    return {"data": frozen["rows"], "columns": frozen["columns"]}


def _standing(found: Pack) -> pd.DataFrame:
    try:
        taken = decisions.of(found.meeting.actual)
    except Refusal:
        taken = []
    scope = found.scope
    return deciding.matters(found, taken, meetings.candidates(scope), meetings.look_back(scope))


def newest(found: Pack) -> datetime | None:
    """The newest record at the moment of the figures."""
    return gathering.newest(health.newest(Scope(found.scope.as_of)))


def stopped(found: Pack) -> timedelta | None:
    """How long the data had been silent at the moment of the figures, where they had stopped; else None."""
    last = gathering.stopped_at(found, newest(found))
    return found.scope.as_of - last if last else None


def differences(frozen: Record, found: Pack, at: datetime) -> pd.DataFrame:
    """How the record differs from what the same questions say now (`papers.differing.differences`)."""
    minute = at.replace(second=0, microsecond=0)
    key = f"recording.differences|{frozen.sha256}|{minute}|{database.source()}"
    return cache.once(key, lambda: _differences(frozen, found, at), COMPARED_SECONDS)


def _differences(frozen: Record, found: Pack, at: datetime) -> pd.DataFrame:
    with unremembered():
        return differing.differences(frozen.body, gather(found), at)


@contextmanager
def unremembered() -> Iterator[None]:
    """Questions are asked anew: answers about a closed period are else remembered for hours."""
    with APART.app_context():
        yield


def limit(day: date) -> datetime | None:
    """Until when a unit may object: the end of the first working day after the meeting; None: not known."""
    try:
        return datetime.combine(workdays().add_workdays(day, 1) + DAY, time())
    except UnknownYear:
        return None
