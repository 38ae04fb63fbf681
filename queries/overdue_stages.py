"""Where the time past the limit went: the days overdue of every open case, shared among its stages."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pandas as pd

from casedb.tables import assignments
from queries.arguments import Scope
from queries.cache import cached
from queries.door import question
from queries.feeds import recorded
from queries.names import unit_names
from queries.overdue_sent import Sending, sendings
from queries.overdue_within import lagging
from rules.rulebook import load
from rules.words import Role

STAGES = ("record", "sign", "return", "handle", "assist")
"""In the order of a case's way: recorded and sent, waiting to be signed, given back, handled, assisted."""

UNKNOWN = "unknown"
"""Instead of a stage: nobody recorded when the case was sent to its units."""

NOTHING = timedelta(0)


class Late(NamedTuple):
    """A case past its limit."""

    case_id: str
    received_at: datetime
    due_at: datetime
    unit_id: str
    days: float


class Lost(NamedTuple):
    """Days a case lost in a stage, and with whom; empty: the centre, or nobody."""

    case_id: str
    stage: str
    unit_id: str
    days: float


Beyond = Iterator[tuple[str, str, timedelta]]
"""Stage, unit, and what it took beyond its allowance, which may be less than nothing."""


@question
@cached
def stages(scope: Scope) -> pd.DataFrame:
    """The days overdue of all open cases past their limit, by the stage they were lost in.

    Columns: stage (`STAGES`; `UNKNOWN` is a last row where there is any), days, share (of all), cases (that
    lost time there), unit_id, unit, unit_days (with whom most of them; empty: the centre, or nobody). Each
    case's days overdue are shared among its stages in proportion to what each took beyond its own allowance:
    the hours to record and send, the limits to sign and to give back, an assisting unit's own limit; all the
    rest is handling. A case of which no sending is recorded is unknown, with nobody; where the source never
    records signing, none waited for it. They add up to all days overdue.
    """
    signs = recorded(assignments.c.signed_at)
    lost = [one for case, work in _ways(scope) for one in _lost(case, work, scope.as_of, signs)]
    found = {one.stage for one in lost}
    rows = [_summed(stage, lost) for stage in (*STAGES, *(found & {UNKNOWN}))]
    columns = ["stage", "days", "cases", "unit_id", "unit_days"]
    table = pd.DataFrame(rows, columns=columns).astype({"days": "float64", "unit_days": "float64"})
    total = table["days"].sum()
    table.insert(2, "share", table["days"] / total if total else float("nan"))
    table.insert(5, "unit", unit_names(table["unit_id"]))
    return table


def _ways(scope: Scope) -> Iterator[tuple[Late, list[Sending]]]:
    """Every open case past its limit, with the units it was sent to, in order."""
    found = lagging(replace(scope, start=None, end=None))
    late = found[found["hours_late"] > 0].fillna({"unit_id": ""})
    sent = defaultdict(list)
    for one in sendings(late["case_id"], scope.as_of):
        sent[one.case_id].append(one)
    days = late["hours_late"] / 24
    known = (late["case_id"], late["received_at"], late["due_at"], late["unit_id"], days)
    for row in zip(*(column.to_numpy().tolist() for column in known), strict=True):
        case = Late(*row)
        yield case, sent[case.case_id]


def _lost(case: Late, work: list[Sending], as_of: datetime, signs: bool) -> list[Lost]:
    """The days overdue of one case, shared among its stages; ``signs``: the source records signing."""
    leads = [one for one in work if one.role == Role.LEAD.value]
    if not leads or any(one.dispatched_at is None for one in leads):
        return [Lost(case.case_id, UNKNOWN, "", case.days)]
    taken = [*_led(case, leads, as_of, signs), *_assisted(work, as_of)]
    beyond = [(stage, unit, time) for stage, unit, time in taken if time > NOTHING]
    whole = sum((time for _, _, time in beyond), NOTHING)
    if not whole:
        return [Lost(case.case_id, "handle", case.unit_id, case.days)]
    return [Lost(case.case_id, stage, unit, time / whole * case.days) for stage, unit, time in beyond]


def _led(case: Late, leads: list[Sending], as_of: datetime, signs: bool) -> Beyond:
    """What the centre and the lead units took: until it was first sent, in each return, with the holder."""
    allowed = timedelta(hours=load().sla.record + load().sla.dispatch)
    first = leads[0].case_sent_at or leads[0].dispatched_at
    yield "record", "", _past(case.received_at + allowed, first)
    sent_on = [*(lead.dispatched_at for lead in leads[1:]), as_of]
    for lead, after in zip(leads, sent_on, strict=True):
        if lead.returned_at:
            yield "return", lead.unit_id, _past(lead.return_by, after)
    if not leads[-1].returned_at:
        yield from _held(case, leads[-1], as_of, signs)


def _held(case: Late, lead: Sending, as_of: datetime, signs: bool) -> Beyond:
    """With the unit that has it now: until it signed beyond that limit, and what it took beyond its own."""
    signed = (lead.signed_at or as_of) if signs else lead.dispatched_at
    yield "sign", lead.unit_id, _past(lead.sign_by, signed)
    yield "handle", lead.unit_id, min(_past(case.due_at, as_of), _past(signed, as_of))


def _assisted(work: list[Sending], as_of: datetime) -> Beyond:
    """With the assisting unit that took longest beyond its own limit."""
    helping = [one for one in work if one.role == Role.ASSIST.value and one.due_at]
    ends = [(_past(one.due_at, one.closed_at or one.returned_at or as_of), one.unit_id) for one in helping]
    for time, unit in sorted(ends, key=lambda end: end[0])[-1:]:
        yield "assist", unit, time


def _past(limit: datetime | None, end: datetime | None) -> timedelta:
    """How long after the limit it ended; nothing where either is not known."""
    return end - limit if end and limit else NOTHING


def _summed(stage: str, lost: list[Lost]) -> tuple[Any, ...]:
    """The days of one stage, of how many cases, and the unit that has most of them."""
    mine = [one for one in lost if one.stage == stage]
    units = Counter[str]()
    for one in sorted(mine, key=lambda one: one.unit_id):
        units[one.unit_id] += one.days  # type: ignore[assignment]
    named = stage != UNKNOWN and bool(units)
    unit, days = units.most_common(1)[0] if named else ("", None)
    return stage, sum(one.days for one in mine), len({one.case_id for one in mine}), unit, days
