"""The dispatch meetings: the calendar, the windows it cuts, and what the next meeting has before it."""

from queries.meetings_bulletin import identities, ten_days
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
from queries.meetings_candidates import candidates, joining
from queries.meetings_items import items, items_count
from queries.meetings_lookback import look_back, open_items
from queries.meetings_matter import matter, matter_weeks
from queries.meetings_next import next
from queries.meetings_pack import Pack, meeting_of, pack
from queries.meetings_past import matter_holders
from queries.meetings_places import hot_places, new_clusters
from queries.meetings_rates import chaired, close_rates

__all__ = [
    "Pack",
    "around",
    "calendar",
    "candidates",
    "chaired",
    "close_rates",
    "hot_places",
    "identities",
    "items",
    "items_count",
    "joining",
    "known_meetings",
    "live_window",
    "look_back",
    "matter",
    "matter_holders",
    "matter_weeks",
    "meeting_of",
    "new_clusters",
    "next",
    "open_items",
    "pack",
    "previous_same_point",
    "previous_window",
    "rest_days",
    "ten_days",
    "workdays",
]
