"""The look-back: what the last meeting assigned and what came of it, then all older items that are open."""

import pandas as pd

from queries.arguments import Scope
from queries.cache import cached
from queries.door import question
from queries.meetings_items import COLUMNS as OF_ITEMS
from queries.meetings_items import SETS, within
from queries.meetings_pack import last_batch, meeting_of

COLUMNS = [*OF_ITEMS[:4], "is_last_batch", *OF_ITEMS[4:]]


@question
@cached
def look_back(scope: Scope) -> pd.DataFrame:
    """Items of the last batch, then those of all older batches not signed off or re-opened.

    The last batch is that of the meeting before the one whose period ends with the scope: what is re-opened
    or not signed off first, the largest slip first. Of the older the oldest batch first. With the pack's own
    scope ``meetings/items`` lists the last batch (set ``all``), and what is older with its start as the end
    (set ``unsettled``).

    Columns: those of ``meetings/items``, and is_last_batch.
    """
    rows, meeting = _marked(scope), meeting_of(scope)
    if meeting:
        rows = rows[rows["batch_day"] < pd.Timestamp(meeting.actual)]
    mine, older = rows[rows["is_last_batch"]], rows[~rows["is_last_batch"]]
    listed = [_by_slip(mine), older[SETS["unsettled"](older)]]
    return pd.concat(listed)[COLUMNS].reset_index(drop=True)


@question
@cached
def open_items(scope: Scope) -> pd.DataFrame:
    """All items not signed off, oldest batch first: columns as ``meetings/look_back``."""
    rows = _marked(scope)
    return rows[rows["signed_off_at"].isna()][COLUMNS].reset_index(drop=True)


def _marked(scope: Scope) -> pd.DataFrame:
    """The items the filters are about, those of the last batch marked."""
    rows, last, meeting = within(scope), last_batch(scope), meeting_of(scope)
    day = rows["batch_day"]
    is_last = day >= pd.Timestamp(last.actual) if last else pd.Series(False, index=rows.index)
    if meeting:
        is_last &= day < pd.Timestamp(meeting.actual)
    return rows.assign(is_last_batch=is_last)


def _by_slip(rows: pd.DataFrame) -> pd.DataFrame:
    ordered = rows.assign(settled=~SETS["unsettled"](rows)).sort_values(
        ["settled", "slip_days"], ascending=[True, False], kind="stable"
    )
    return ordered.drop(columns="settled")
