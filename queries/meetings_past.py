"""Who had one matter, and how often it was closed without satisfying anybody; with what came before it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pandas as pd
from sqlalchemy import and_, select, true

from casedb.tables import assignments, callbacks
from queries.arguments import Scope
from queries.cache import cached
from queries.cases_holders import holders
from queries.cases_one import only
from queries.database import read, records
from queries.door import question
from queries.holding import CASE, by
from queries.meetings_alike import alike, ties
from queries.picked import picked
from rules import masking
from rules.words import CallbackSource, Nature, RatedObject, Rating, Role

FAILED = ("returned", "dissatisfied", "sent_back")
"""Ends of a unit's time that were no success."""


@question
@cached
def matter_holders(scope: Scope) -> pd.DataFrame:
    """Who had ``scope.case``, and what the same citizen brought before it, in order.

    Columns: unit_id, unit (empty: the centre), kind (unit | centre), start, end, days, round, end_word
    (returned | dissatisfied | sent_back | answered | passed_on | holding; of the centre empty), is_failed.
    None of a confidential matter, nor of a report: of these a wall says no more than their number.
    """
    own = the_case(scope)
    names = ["unit_id", "unit", "kind", "start", "end", "days", "round", "end_word", "is_failed"]
    if own is None or is_hidden(own):
        return pd.DataFrame(columns=names)
    parts = [_held(scope, code) for code in chain(scope)]
    begun = parts[-1]["start"].min()
    earlier = [part[part["end"] <= begun] for part in parts[:-1]]
    table = pd.concat([*earlier, parts[-1]], ignore_index=True).rename(columns={"holder": "unit"})
    spans = (table["end"] - table["start"]) / timedelta(days=1)
    return table.assign(days=spans, is_failed=table["end_word"].isin(FAILED))[names]


def the_case(scope: Scope) -> dict[str, Any] | None:
    """The row of the case; None where it is not there (yet)."""
    wanted = select(CASE).where(CASE.c.case_id == only(scope).case, CASE.c.received_at <= scope.as_of)
    return next(iter(records(wanted)), None)


def same_matter(scope: Scope) -> pd.DataFrame:
    """All requests of its matter; none where it is not there."""
    return _alike(Scope(scope.as_of, case=only(scope).case))


@cached
def _alike(scope: Scope) -> pd.DataFrame:
    return alike(scope.as_of, ties(and_(CASE.c.case_id == scope.case, CASE.c.received_at <= scope.as_of)))


def is_hidden(own: dict[str, Any]) -> bool:
    return masking.hidden(own["confidentiality"]) or own["nature"] == Nature.REPORT.value


def times(scope: Scope) -> dict[str, Any]:
    """How often it was sent, given back, and done without satisfying anybody: with all of its chain."""
    sent = _leads(scope, chain(scope))
    mine = sent[sent["case_id"] == scope.case]
    done = sent[sent["closed_at"] <= scope.as_of]
    bad = done["sent_back_at"].le(scope.as_of) | _is_bad(done, scope)
    return {
        "failed": int(bad.sum()),
        "round": mine["round"].max() if len(mine) else pd.NA,
        "hands": len(sent),
        "units": sent["unit_id"].nunique(),
        "returned": int(sent["returned_at"].le(scope.as_of).sum()),
    }


def _leads(scope: Scope, codes: Iterable[str]) -> pd.DataFrame:
    lead = assignments.c
    names = ("case_id", "seq", "round", "unit_id", "closed_at", "sent_back_at", "returned_at")
    sent = by(lead.dispatched_at, scope.as_of, if_empty=True)
    mine = and_(picked(lead.case_id, codes), lead.role == Role.LEAD.value, sent)
    return read(select(*(lead[name] for name in names)).where(mine).order_by(lead.case_id, lead.seq))


def _is_bad(done: pd.DataFrame, scope: Scope) -> pd.Series:
    """Rounds in which the citizen said so to somebody other than the unit."""
    call = callbacks.c
    about = and_(call.rated_object == RatedObject.UNIT.value, call.source != CallbackSource.UNIT.value)
    said = and_(call.rating == Rating.DISSATISFIED.value, call.reached == true(), call.at <= scope.as_of)
    found = read(select(call.case_id, call.round).where(picked(call.case_id, done["case_id"]), about, said))
    rounds = {*found.itertuples(index=False, name=None)}
    pairs = zip(done["case_id"], done["round"], strict=True)
    return pd.Series([pair in rounds for pair in pairs], index=done.index, dtype="bool")


@cached
def _codes(scope: Scope) -> tuple[str, ...]:
    own = same_matter(scope)
    mine = own[own["case_id"] == scope.case]
    root = scope.case if mine.empty else mine["first_case_id"].iloc[0] or scope.case
    chain = own[(own["first_case_id"] == root) | (own["case_id"] == root)]
    earlier = chain[chain["received_at"] < mine["received_at"].iloc[0]] if len(mine) else chain.head(0)
    return (*earlier["case_id"], str(scope.case))


def chain(scope: Scope) -> tuple[str, ...]:
    """What the same citizen brought before, oldest first, and the case itself."""
    return _codes(Scope(scope.as_of, case=only(scope).case))


def _held(scope: Scope, code: str) -> pd.DataFrame:
    """The parts of one case, each with how it ended: an answer that was sent back did not end it."""
    parts, sent = holders(Scope(scope.as_of, case=code)), _leads(scope, [code])
    answered = parts["ended"] == "answered"
    back = answered & parts["round"].isin(sent["round"][sent["sent_back_at"].le(scope.as_of)])
    bad = answered & _is_bad(pd.DataFrame({"case_id": code, "round": parts["round"]}), scope)
    word = parts["ended"].mask(back, "sent_back").mask(bad, "dissatisfied")
    silent = (word == "") & (parts["kind"] == "unit")
    runs = silent & (parts["end"] >= pd.Timestamp(scope.as_of))
    return parts.assign(end_word=word.mask(silent, "passed_on").mask(runs, "holding"))
