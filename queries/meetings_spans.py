"""The period a question about a meeting speaks of, and the one before it."""

from dataclasses import replace
from datetime import datetime, timedelta

from queries.arguments import Scope
from queries.meetings_calendar import live_window
from queries.meetings_known import around, known_meetings
from rules import calendar

Span = tuple[datetime, datetime]


def period_of(scope: Scope) -> Scope:
    """The scope with a period: its own, or from the last meeting to the moment."""
    return scope if scope.start or scope.end else replace(scope, start=live_window(scope.as_of).start)


def until(scope: Scope) -> datetime:
    """The end of the period so far."""
    return min(scope.end or scope.as_of, scope.as_of)


def before(scope: Scope) -> Span | None:
    """The period that ended where this one starts: of the meeting of that day, else as long as this one."""
    if scope.start is None:
        return None
    last, _ = around(scope.start)
    try:
        window = calendar.period(last, known_meetings(scope.start.date())) if last else None
    except ValueError:
        window = None
    if window and window.end == scope.start:
        return window.start, window.end
    length = until(scope) - scope.start
    return (scope.start - length, scope.start) if length > timedelta(0) else None


def days(span: Span | None) -> float:
    """Length in days, for rates per day; nought where there is none."""
    return max((span[1] - span[0]) / timedelta(days=1), 0.0) if span else 0.0


def lasting(scope: Scope) -> float:
    """Days of the period so far."""
    return days((scope.start, until(scope))) if scope.start else 0.0
