"""The period a page speaks of: as the address says, or since the last dispatch meeting."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from queries import links
from queries.addresses import turned
from queries.arguments import Scope
from queries.league_rows import closed_periods
from queries.meetings import live_window, previous_window

DAY = timedelta(days=1)

NAMED = 12
"""Closed periods between meetings that are offered."""


def within(scope: Scope) -> Scope:
    """The scope with a period: its own, or from the last meeting to the moment."""
    if scope.start or scope.end:
        return scope
    window = live_window(scope.as_of)
    return replace(scope, start=window.start)


def spans(as_of: datetime) -> dict[str, tuple[datetime | None, datetime | None]]:
    """Periods to choose from by name: start and end (None: open)."""
    midnight = datetime.combine(as_of, time.min)
    live, before = live_window(as_of), previous_window(as_of)
    named: dict[str, tuple[datetime | None, datetime | None]] = {"live": (live.start, None)}
    if before:
        named["previous"] = (before.start, before.end)
    named["days30"] = (midnight - 29 * DAY, None)
    first = midnight.replace(day=1)
    named["month"] = (first, None)
    named["quarter"] = (first.replace(month=1 + (first.month - 1) // 3 * 3), None)
    named["year"] = (midnight.replace(month=1, day=1), None)
    named["all"] = (datetime(1970, 1, 1), None)
    return named


def offered(scope: Scope) -> list[tuple[str, datetime | None, datetime | None, bool]]:
    """Periods as an address says them: name, start, end, and whether the scope has it now.

    The period since the last meeting needs no word; a closed one is named by the meeting that closed it.
    """
    found = [
        ("live", None, None),
        *((name, *span) for name, span in spans(scope.as_of).items() if name != "live"),
    ]
    for window in reversed(closed_periods(Scope(scope.as_of), NAMED)):
        found.append((f"{window.start:%m-%d}—{window.end - DAY:%m-%d}", window.start, window.end))
    return [(name, start, end, (scope.start, scope.end) == (start, end)) for name, start, end in found]


def addressed(scope: Scope, search: str) -> list[tuple[str, str, bool]]:
    """Name of each period offered, its address, and whether the scope has it; what runs stays open-ended."""
    return [
        (name, turned(search, start=_said(start), end=_said(end)), here)
        for name, start, end, here in offered(scope)
    ]


def _said(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def chosen(scope: Scope) -> tuple[datetime | None, datetime]:
    """First and last moment of the period of a page."""
    period = within(scope)
    return period.start, min(period.end or scope.as_of, scope.as_of)


def choices(scope: Scope) -> list[tuple[str, str, bool]]:
    """Name of each period, its query, and whether the scope has it now."""
    period = within(scope)
    found = []
    for name, (start, end) in spans(scope.as_of).items():
        query = "?" + links.arguments(replace(scope, as_of=scope.as_of), start=start, end=end)
        found.append((name, query, (period.start, period.end) == (start, end)))
    return found
