"""What lies before the next dispatch meeting: when it is, what is prepared, what came of the last one."""

from datetime import datetime, time

import pandas as pd
from sqlalchemy import Column, ColumnElement, Select, and_, case, false, func, not_, or_, select

from casedb.tables import meeting_items, meetings
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.feeds import known_only, recorded
from queries.meetings_calendar import around, workdays
from queries.meetings_standing import ENDS
from rules.calendar import Meeting
from rules.words import ItemGroup, MeetingState

Condition = ColumnElement[bool]
ITEM = meeting_items.c

_SIGNED, _CLOSED = (ITEM.signed_off_at,), (ITEM.closed_at,)

RESTS_ON: dict[str, list[tuple[Column, ...]]] = {
    "signed_off": [_SIGNED],
    "awaiting": [(ITEM.closed_at, ITEM.signoff_applied_at), _SIGNED],
    "late": [ENDS, (ITEM.first_due_at, ITEM.due_at)],
    "all_closed": [_CLOSED],
}
"""Of each list at least one column must be recorded somewhere, or the figure is not known."""


def _of(meeting: Meeting | None) -> Condition:
    """Items of the meeting, and of those merged into it."""
    if meeting is None:
        return false()
    own = select(meetings.c.meeting_id).where(meetings.c.nominal_date == meeting.nominal)
    went = meetings.c.state == MeetingState.MERGED.value
    merged = select(meetings.c.meeting_id).where(meetings.c.merged_into.in_(own), went)
    return or_(ITEM.meeting_id.in_(own), ITEM.meeting_id.in_(merged))


def _by(column: ColumnElement[datetime], as_of: datetime) -> Condition:
    """It had happened at the moment; never unknown, so that it can be negated."""
    return and_(column.is_not(None), column <= as_of)


def _number(name: str, condition: Condition) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0).label(name)


def _items(as_of: datetime, last: Meeting | None, following: Meeting | None) -> Select:
    """One row: items prepared for the next meeting by group, of the last one by outcome, and of all time."""
    assigned, done, signed = (
        _by(ITEM[name], as_of) for name in ("assigned_at", "closed_at", "signed_off_at")
    )
    applied = _by(ITEM.signoff_applied_at, as_of)
    prepared = and_(
        _of(following), not_(assigned), or_(ITEM.prepared_at.is_(None), ITEM.prepared_at <= as_of)
    )
    back = and_(_of(last), assigned)
    waits = and_(not_(signed), or_(done, applied))
    # A promise that was moved stays broken (M16): the first date counts. One made for the next meeting ends
    # at the very moment its figures close: what is not done by then is late in that meeting.
    due = func.coalesce(ITEM.first_due_at, ITEM.due_at)
    late = and_(not_(signed), not_(done), not_(applied), due.is_not(None), due <= as_of)
    return select(
        _number("prepared", prepared),
        *(_number(group.value, and_(prepared, ITEM.item_group == group.value)) for group in ItemGroup),
        _number("look_back", back),
        _number("signed_off", and_(back, signed)),
        _number("awaiting", and_(back, waits)),
        _number("late", and_(back, late)),
        _number("all_assigned", assigned),
        _number("all_closed", and_(assigned, done)),
    ).select_from(meeting_items)


def _unknown_year(as_of: datetime) -> int | None:
    """The first year in sight whose working days nobody has published or entered."""
    known = workdays()
    unknown = [year for year in (as_of.year, as_of.year + 1) if not known.knows(year)]
    return unknown[0] if unknown else None


@question
@cached
def next(scope: Scope) -> pd.DataFrame:
    """One row about the next meeting at ``as_of``; its dates are empty where the calendar ends before it.

    number, nominal, actual, cutoff (moment its figures close), days_left, period_day (day of the current
    period, the last meeting's day is 1), prepared = assignment + supervision + consultation (items put on
    its list), look_back (items the last meeting assigned), of them signed_off, awaiting (done or applied
    for, not yet signed off) and late (the moment first promised has come, not done), all_assigned and
    all_closed (items of all meetings, said done by the unit), unknown_year (whose working days are missing;
    or empty). What came of items is empty where the source never records what it rests on.
    """
    last, following = around(scope.as_of)
    today = scope.as_of.date()
    missing = None if following else _unknown_year(scope.as_of)
    dates = pd.DataFrame(
        {
            "number": pd.Series([following and following.number], dtype="Int64"),
            "nominal": pd.Series([following and following.nominal], dtype=object),
            "actual": pd.Series([following and following.actual], dtype=object),
            "cutoff": pd.Series([following and _cutoff(following)], dtype="datetime64[us]"),
            "days_left": pd.Series([following and (following.actual - today).days], dtype="Int64"),
            "period_day": pd.Series([last and (today - last.actual).days + 1], dtype="Int64"),
        }
    )
    items = _known(read(_items(scope.as_of, last, following)))
    return dates.join(items).assign(unknown_year=pd.Series([missing], dtype="Int64"))


def _known(items: pd.DataFrame) -> pd.DataFrame:
    """The figures, empty where nothing they rest on is ever recorded."""
    items = known_only(items, ITEM.item_id, items.columns)
    unknown = [
        name for name, rests_on in RESTS_ON.items() if not all(any(map(recorded, some)) for some in rests_on)
    ]
    return items.assign(**{name: pd.Series([pd.NA], dtype="Int64") for name in unknown})


def _cutoff(meeting: Meeting) -> datetime:
    return meeting.cutoff_to or datetime.combine(meeting.actual, time())
