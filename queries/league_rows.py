"""The rows of a league: each unit's sums in its window, and where they put it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pandas as pd

from queries.arguments import Scope
from queries.cache import cached
from queries.intake_issues import periods
from queries.league_members import measure, members
from queries.measures import FILTERS, KINDS, MEASURES, measured, settled
from queries.meetings_calendar import known_meetings
from queries.standing import group_mean, placed, summed
from rules import calendar, shrinkage
from rules.calendar import Window
from rules.rulebook import load


@dataclass(frozen=True)
class Look:
    """What is compared: the period asked about, and the whole one before it (None: not known)."""

    now: Scope
    before: Scope | None

    @classmethod
    def of(cls, scope: Scope) -> "Look":
        """The period of the scope, or since the last meeting; before it the last whole one, or as long."""
        (start, end), past = periods(scope)
        now = replace(scope, start=None if start == datetime.min else start, end=end)
        return cls(now, replace(scope, start=past[0], end=past[1]) if past else None)


def closed_periods(scope: Scope, count: int) -> list[Window]:
    """The last ``count`` whole periods between meetings that ended by the scope's start, oldest first."""
    last = Look.of(scope).now.start or scope.as_of
    found: list[Window] = []
    while len(found) < count:
        previous = _period_before(last)
        if previous is None:
            break
        found.append(previous)
        last = previous.start
    return found[::-1]


@cached
def _period_before(moment: datetime) -> Window | None:
    """The period that the meeting at or before the moment closed."""
    known = known_meetings(moment.date())
    meeting, _ = calendar.around(moment, known)
    try:
        return calendar.period(meeting, known) if meeting else None
    except ValueError:
        return None


def rolling(scope: Scope) -> Scope:
    """The days before the end of the period, or the moment, that a unit of few cases rests on."""
    end = min(scope.end or scope.as_of, scope.as_of)
    return replace(scope, start=end - timedelta(days=load().ranking.days), end=scope.end)


def group_prior(scope: Scope, name: str, group: str) -> shrinkage.Prior | None:
    """What a unit of the group is like before its own cases: from the last twelve periods."""
    past = closed_periods(scope, load().ranking.prior_periods)
    asked = [replace(scope, start=one.start, end=one.end) for one in past]
    known = [part for part in (_of_group(period, name, group) for period in asked) if not part.empty]
    sums = pd.concat(known or [_of_group(scope, name, group)]).groupby("unit_id")[["k", "base"]].sum()
    return shrinkage.prior(list(sums.itertuples(index=False, name=None)))


def _of_group(scope: Scope, name: str, group: str) -> pd.DataFrame:
    found = measured(scope, name)
    return found[found["unit_id"].isin(members(group)["unit_id"])]


def rows(scope: Scope, group: str) -> pd.DataFrame:
    """One group's units in the period of the scope: unit_id, unit, unit_group, k, n, start, end, rolling,
    missing (cases still needed to be ranked) and the columns of `standing.placed`, in printed order.

    A unit of too few cases rests on the 30 days before, where these have more, and is judged by the group's
    mean of these days.
    """
    now = Look.of(scope).now
    return _placed(scope, group, group_prior(now, measure(scope), group))


def tiers(scope: Scope, group: str) -> pd.DataFrame:
    """As `rows`, without shrunk rates and ranks: the tiers need no look at the periods before."""
    return _placed(scope, group, None)


def _placed(scope: Scope, group: str, prior: shrinkage.Prior | None) -> pd.DataFrame:
    name, now = measure(scope), Look.of(scope).now
    found = summed(members(group), measured(now, name)).assign(start=now.start, end=now.end, rolling=False)
    mean = group_mean(found)
    found = _lengthened(found.assign(own_mean=pd.Series(mean, found.index, "float64")), now, name)
    found["missing"] = (load().ranking.least - found["n"]).clip(lower=0)
    return placed(found, MEASURES[name], mean, prior).drop(columns="own_mean")


def in_period(scope: Scope, group: str) -> pd.DataFrame:
    """As `rows`, of nothing but the period itself: for looking back, where no rank is given."""
    plain = Scope(scope.as_of, scope.start, scope.end, without=scope.without)
    kept = replace(plain, **{name: getattr(scope, name) for name in FILTERS})
    return _in_period(settled(kept), group, measure(scope))


@cached
def _in_period(scope: Scope, group: str, name: str) -> pd.DataFrame:
    found = summed(members(group), measured(scope, name))
    return placed(found, MEASURES[name], group_mean(found), None)


def _lengthened(found: pd.DataFrame, now: Scope, name: str) -> pd.DataFrame:
    """The rows, with those of too few cases in the 30 days where that makes more of them."""
    few = found["n"] < load().ranking.least
    if not few.any():
        return found
    longer = rolling(now)
    whole = summed(found[["unit_id", "unit", "unit_group"]], measured(longer, name))
    better = few & (whole["n"] > found["n"])
    own_mean = group_mean(whole)
    whole = whole.assign(own_mean=own_mean, start=longer.start, end=longer.end, rolling=True)
    return found.where(~better, whole).astype({**KINDS, "rolling": "bool"})
