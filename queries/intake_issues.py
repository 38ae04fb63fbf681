"""The ten kinds of issue, and whether their change is more than chance."""

from dataclasses import replace
from datetime import datetime, timedelta

import pandas as pd

from queries import meetings_spans
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.definitions import cases_within, tally
from queries.door import question
from queries.holding import CASE
from queries.meetings import live_window, previous_window
from queries.meetings_spans import Span
from rules import comparison


@question
@cached
def issues(scope: Scope) -> pd.DataFrame:
    """Cases received by kind of issue, most first, against the period before.

    The period is [start, end), or since the last meeting; the one before is what the meeting of its first day
    closed, or as long. Columns: issue, received (cases), expected (the last period's daily mean × days of
    this one; empty: nothing was received in the last one), change (fraction of the expected; empty: nothing
    to compare with), is_real (beyond two standard errors of chance). Cases of no kind are left out.
    """
    (start, end), before = periods(scope)
    now = _counted(replace(scope, start=start, end=end))
    earlier = _counted(replace(scope, start=before[0], end=before[1])) if before else {}
    before = before if earlier else None
    days, days_before = _days(start, min(end or scope.as_of, scope.as_of)), _days(*before) if before else 0.0
    rows = []
    for issue in sorted({*now, *earlier}):
        counts = (now.get(issue, 0), days, earlier.get(issue, 0), days_before)
        rest = (comparison.expected(counts[2], days_before, days), comparison.change(*counts))
        rows.append((issue, counts[0], *rest, comparison.is_real(*counts)))
    table = pd.DataFrame(rows, columns=["issue", "received", "expected", "change", "is_real"])
    kinds = {
        "issue": "str",
        "received": "int64",
        "expected": "float64",
        "change": "float64",
        "is_real": "bool",
    }
    ordered = table.astype(kinds).sort_values(["received", "issue"], ascending=[False, True])
    return ordered.reset_index(drop=True)


def periods(scope: Scope) -> tuple[tuple[datetime, datetime | None], Span | None]:
    """The period asked about, open-ended while it runs, and the one to compare with (None: not known)."""
    if scope.end and not scope.start:
        return (datetime.min, scope.end), None
    if scope.start and scope.start != live_window(scope.as_of).start:
        return (scope.start, scope.end), meetings_spans.before(scope)
    last = previous_window(scope.as_of)
    return (live_window(scope.as_of).start, scope.end), (last.start, last.end) if last else None


def _counted(scope: Scope) -> dict[str, int]:
    selection = cases_within(scope, [CASE.c.issue, tally(scope, "received")], "")
    found = read(selection.where(CASE.c.issue.is_not(None)).group_by(CASE.c.issue))
    return {str(issue): int(count) for issue, count in zip(found["issue"], found["received"], strict=True)}


def _days(start: datetime, end: datetime) -> float:
    return max((end - start) / timedelta(days=1), 0.0)
