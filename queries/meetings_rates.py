"""What came of all that meetings assigned (M16): by batch, unit, chair, owner; and who chaired how often."""

import pandas as pd
from sqlalchemy import Select, and_, func, or_, select

from casedb.tables import meeting_items, meetings
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.feeds import known_only
from queries.meetings_items import SETS, newest_first, within
from queries.meetings_pack import TICK
from queries.meetings_standing import tells_ends
from rules.words import MeetingState

FIGURES = {
    "assigned": "all",
    "closed": "closed",
    "signed_off": "signed_off",
    "promise_due": "promised",
    "promise_kept": "kept",
    "open": "open",
}
"""The set of items that each figure counts."""

COLUMNS = ["by", "key", "name", "number", "actual", *FIGURES, "close_rate", "kept_rate"]


@question
@cached
def close_rates(scope: Scope) -> pd.DataFrame:
    """Items of all meetings up to ``as_of`` (its period is not used), summed in five ways.

    Columns: by (all | batch | unit | chair | owner), key (of a batch its day, of a unit its code, of a chair
    the role, of an owner the post; empty: none named), name, number and actual (of a batch only), assigned,
    closed (the unit says it is done), signed_off (verified), promise_due (the first promise has come),
    promise_kept (of these: done by it), open (not signed off), close_rate = closed / assigned, kept_rate =
    promise_kept / promise_due (fractions; empty where nothing is counted). What the source never records
    is empty: closed and close_rate without any closed_at, signed_off and open without any signed_off_at, the
    promises and kept_rate where no end is ever told. Batches newest first, else the most assigned first.
    """
    rows = within(scope)
    days = rows["batch_day"].dt.strftime("%Y-%m-%d").astype("str")
    sums = {figure: SETS[name](rows) for figure, name in FIGURES.items()}
    counted = newest_first(rows.assign(day=days, **sums))
    parts = [
        _summed(counted.assign(whole=""), "all", "whole"),
        _batches(counted),
        *(_ranked(counted, by, key) for by, key in KEYS.items()),
    ]
    return _known(_rated(pd.concat(parts, ignore_index=True)))[COLUMNS]


WAYS = ("batch", "unit", "chair", "owner")
"""Ways of summing beside the whole."""

KEYS = {"unit": "lead_unit_id", "chair": "chair_role", "owner": "owner_post"}


def _summed(rows: pd.DataFrame, by: str, key: str) -> pd.DataFrame:
    """One row a key, in the order in which they come; of all items always one."""
    groups = rows.groupby(key, sort=False)
    sums = groups[list(FIGURES)].sum().astype("int64")
    if by == "all" and sums.empty:
        sums.loc[""] = 0
    named = sums.rename_axis("key").reset_index().assign(by=by)
    units = named["key"].map(groups["lead_unit"].first())
    return named.assign(name=units if by == "unit" else named["key"])


def _batches(rows: pd.DataFrame) -> pd.DataFrame:
    facts = rows.groupby("day", sort=False).agg(number=("number", "first"), actual=("batch_day", "first"))
    facts["actual"] = facts["actual"].dt.date
    return _summed(rows, "batch", "day").join(facts, on="key")


def _ranked(rows: pd.DataFrame, by: str, key: str) -> pd.DataFrame:
    return _summed(rows, by, key).sort_values(["assigned", "key"], ascending=[False, True])


def _rated(rows: pd.DataFrame) -> pd.DataFrame:
    rows["number"] = rows["number"].astype("Int64")
    rows["actual"] = rows["actual"].astype(object).where(rows["actual"].notna(), None)
    return rows.assign(
        close_rate=rows["closed"] / rows["assigned"].where(rows["assigned"] > 0),
        kept_rate=rows["promise_kept"] / rows["promise_due"].where(rows["promise_due"] > 0),
    )


def _known(rates: pd.DataFrame) -> pd.DataFrame:
    """Each figure empty where the source never records what it rests on."""
    rates = known_only(rates, meeting_items.c.closed_at, ["closed", "close_rate"])
    rates = known_only(rates, meeting_items.c.signed_off_at, ["signed_off", "open"])
    if tells_ends():
        return rates
    nothing = pd.Series(pd.NA, index=rates.index, dtype="Int64")
    return rates.assign(**dict.fromkeys(("promise_due", "promise_kept", "kept_rate"), nothing))


@question
@cached
def chaired(scope: Scope) -> pd.DataFrame:
    """Meetings held before ``as_of``, by who chaired: chair_role (empty: not said), meetings; most first.

    One still called planned after its day was held; on its own day only once it is called held.
    """
    last = (scope.as_of - TICK).date()
    held = or_(
        meetings.c.state == MeetingState.HELD.value,
        and_(meetings.c.state == MeetingState.PLANNED.value, meetings.c.actual_date < scope.as_of.date()),
    )
    role = func.coalesce(meetings.c.chair_role, "").label("chair_role")
    counted: Select = select(role, func.count().label("meetings"))
    found = read(counted.where(held, meetings.c.actual_date <= last).group_by(role))
    return found.sort_values(["meetings", "chair_role"], ascending=[False, True]).reset_index(drop=True)
