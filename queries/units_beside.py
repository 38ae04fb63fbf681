"""What a unit's page says besides its questions: its place, points as printed, years without a calendar."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd

from queries import league
from queries.arguments import Scope
from queries.league_rows import Look
from queries.within import LONGEST, first_known
from queries.workdays import workdays
from rules import explaining

INSTANT = timedelta(microseconds=1)


def standing(scope: Scope) -> pd.DataFrame:
    """The unit's row of league.table in the scope's group, and ``ranked``: how many of it have a rank.

    No row where the scope has no group, or the table no such unit.
    """
    if scope.group is None:
        return pd.DataFrame()
    table = league.table(replace(scope, unit=None))
    return table[table["unit_id"] == scope.unit].assign(ranked=int(table["rank"].notna().sum()))


def printed(found: pd.DataFrame) -> pd.DataFrame:
    """units.why with ``printed``: points (ends: rates, %) that add up to the change, also when rounded."""
    if found.empty:
        return found.assign(printed=pd.Series(dtype="float64"))
    ends = [round(100 * float(found["points"].iloc[place]), 1) for place in (0, -1)]
    parts = explaining.rounded(list(found["points"].iloc[1:-1]), (ends[1] - ends[0]) / 100)
    return found.assign(printed=[ends[0], *parts, ends[1]])


def unknown_years(scope: Scope) -> list[int]:
    """Years of the scope's period, or of the one before it, whose working days nobody has entered."""
    look, calendar = Look.of(scope), workdays()
    touched = {year for period in (look.now, look.before) if period for year in _years(period)}
    return sorted(year for year in touched if not calendar.knows(year))


def _years(period: Scope) -> range:
    """From the first beginning whose limit may fall in the period, to its last moment."""
    first = period.start or first_known()
    last = min(period.end or period.as_of, period.as_of) - INSTANT
    return range((first - LONGEST).year, last.year + 1) if first else range(0)
