"""The dispatch meetings: the calendar, the windows it cuts, and what the next meeting has before it."""

from queries.meetings_calendar import (
    around,
    calendar,
    known_meetings,
    live_window,
    previous_same_point,
    previous_window,
    rest_days,
    workdays,
)
from queries.meetings_next import next

__all__ = [
    "around",
    "calendar",
    "known_meetings",
    "live_window",
    "next",
    "previous_same_point",
    "previous_window",
    "rest_days",
    "workdays",
]
