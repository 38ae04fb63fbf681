"""The dispatch meetings as they are really held, and the windows they cut."""

from datetime import date, datetime, timedelta

import pandas as pd

from queries.arguments import Scope
from queries.cache import cached
from queries.door import question
from queries.meetings_known import SEEN, around, known_meetings, seeded
from queries.workdays import workdays
from rules import calendar as rule
from rules.calendar import Window

UNKNOWN_PERIOD = 10
"""Days of the live window where no meeting is known: the length of a period by the rule."""


def live_window(as_of: datetime) -> Window:
    """The current period so far: 00:00 of the last meeting's day to ``as_of``.

    Where no meeting is known, the last ten days, and the window's name is then ``rolling``.
    """
    try:
        return rule.live(as_of, known_meetings(as_of.date()))
    except ValueError:
        return rule.rolling(as_of, UNKNOWN_PERIOD)


def previous_window(as_of: datetime) -> Window | None:
    """The whole period that the last meeting closed; None where it is not known."""
    previous, _ = around(as_of)
    try:
        return rule.period(previous, known_meetings(as_of.date())) if previous else None
    except ValueError:
        return None


def previous_same_point(as_of: datetime) -> datetime | None:
    """The moment of the last period to compare with: same clock time, as many days before its meeting.

    None where the last or the next meeting is not known (a year without a calendar).
    """
    previous, following = around(as_of)
    if previous is None or following is None:
        return None
    return datetime.combine(previous.actual - (following.actual - as_of.date()), as_of.time())


@question
@cached
def calendar(scope: Scope) -> pd.DataFrame:
    """Meetings with a nominal day in [start, end), or within 75 days of ``as_of``, in order.

    number (empty: skipped, merged, or before the first that was entered), nominal, actual, state, reason
    (slid: moved by a rest day; close: too close to the next; else as entered), merged_into (nominal day of
    the meeting it went or should go into), is_proposal (of a merge, still to be decided).
    """
    first = scope.start.date() if scope.start else scope.as_of.date() - SEEN
    last = scope.end.date() - timedelta(days=1) if scope.end else scope.as_of.date() + SEEN
    listed = [meeting for meeting in seeded(first, last) if first <= meeting.nominal <= last]
    facts = ["nominal", "actual", "state", "reason", "merged_into"]
    rows = pd.DataFrame([[getattr(m, fact) for fact in facts] for m in listed], columns=facts, dtype=object)
    rows.insert(0, "number", pd.Series([meeting.number for meeting in listed], dtype="Int64"))
    rows["state"] = [meeting.state.value for meeting in listed]
    rows["is_proposal"] = [meeting.merge_is_proposed for meeting in listed]
    return rows


def rest_days(start: datetime, end: datetime) -> list[date]:
    """Days from ``start`` to ``end`` that are not worked; days of an unknown year are left out."""
    known = workdays()
    days = [start.date() + timedelta(days=n) for n in range((end.date() - start.date()).days + 1)]
    return [day for day in days if known.knows(day.year) and not known.is_workday(day)]
