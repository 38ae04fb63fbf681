"""Where today's visits stand, where they got lost, and when which window was full."""

import pandas as pd
from sqlalchemy import func, select

from casedb.tables import visits
from queries import queues_seating as seating
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.queues_visits import LOOKBACK, day, of_today

STAGES = ("arrived", "registered", "ticketed", "called", "ended")


def _stage(rows: pd.DataFrame) -> pd.Series:
    """The last stage each visit has reached, 0 to 4; later ones count only with a number taken."""
    called = rows["ticketed"] & rows["begun"]
    return (
        (rows["registered_at"].notna() | rows["ticketed"]).astype("int64")
        + rows["ticketed"]
        + called
        + (called & rows["ended"])
    )


def _is_out(rows: pd.DataFrame) -> pd.Series:
    """Will go no further: left uncalled, or answered or served without a number."""
    without = rows["answered_at_desk"].fillna(False).astype(bool) | rows["left_at"].notna() | rows["begun"]
    return rows["left"] | (~rows["ticketed"] & without)


@question
@cached
def visit_funnel(scope: Scope) -> pd.DataFrame:
    """Today's visits by the stage they reached, and why fewer go on.

    stage (arrived, registered, ticketed, called, ended), tickets, people, in_progress (tickets between the
    stage before and this one: registering, taking a number, waiting, talking), left (tickets that went no
    further: answered at the desk or served without a number; uncalled). In every row
    tickets = tickets of the row before - in_progress - left.
    """
    rows = of_today(scope.as_of, scope.unit)
    reached, out = _stage(rows), _is_out(rows)
    lines = []
    for number, stage in enumerate(STAGES):
        here = reached >= number
        stuck = reached == number - 1
        people = int(rows.loc[here, "people"].sum())
        lines.append([stage, int(here.sum()), people, int((stuck & ~out).sum()), int((stuck & out).sum())])
    return pd.DataFrame(lines, columns=["stage", "tickets", "people", "in_progress", "left"])


def _steps(rows: pd.DataFrame) -> pd.DataFrame:
    """Each joining and leaving of a queue in order: window_id, at, step (people), waiting (after it)."""
    gone = rows["begun_at"].where(rows["begun"], rows["left_at"])
    joined = rows[["window_id", "people"]].rename(columns={"people": "step"}).assign(at=rows["ticket_at"])
    parted = joined.assign(at=gone, step=-joined["step"]).dropna(subset=["at"])
    steps = pd.concat([joined, parted]).sort_values(["at", "step"])
    steps["waiting"] = steps.groupby("window_id")["step"].cumsum()
    return steps


@question
@cached
def heat(scope: Scope) -> pd.DataFrame:
    """The fullest moment of every window in every hour of today so far.

    number (of the window), hour, waiting (most people waiting at once in that hour). From the first hour in
    which somebody waited anywhere to the running one; windows without a queue today are zeros.
    """
    rows = of_today(scope.as_of, scope.unit)
    steps = _steps(rows[rows["ticketed"] & rows["window_id"].notna()])
    numbers = seating.plan().set_index("window_id")["number"]
    if steps.empty:
        return pd.DataFrame({"number": [], "hour": [], "waiting": []}, dtype="int64")
    hour = steps["at"].dt.hour.rename("hour")
    hours = range(int(hour.min()), scope.as_of.hour + 1)
    by = steps.groupby(["window_id", hour])["waiting"]
    # Who still waits when an hour begins counts in it, also when nobody comes or goes.
    carried = by.last().unstack("window_id").reindex(hours).ffill().shift().fillna(0)
    fullest = by.max().unstack("window_id").reindex(hours)
    most = fullest.where(fullest >= carried, carried).reindex(columns=numbers.index, fill_value=0)
    tall = most.rename_axis("hour").reset_index().melt(id_vars="hour", value_name="waiting")
    tall["number"] = tall["window_id"].map(numbers)
    tall = tall.astype({"waiting": "int64", "number": "int64"})
    return tall.sort_values(["number", "hour"])[["number", "hour", "waiting"]].reset_index(drop=True)


@question
@cached
def newest(scope: Scope) -> pd.DataFrame:
    """One row: newest (moment of the latest step in the hall up to ``as_of``; empty if there is none)."""
    times = ["arrived_at", "registered_at", "ticket_at", "called_at", "left_at", "started_at", "ended_at"]
    latest = day(scope.as_of)[times].max().max()
    if pd.isna(latest):
        before = visits.c.arrived_at <= scope.as_of - LOOKBACK
        latest = read(select(func.max(visits.c.arrived_at).label("newest")).where(before))["newest"].iloc[0]
    return pd.DataFrame({"newest": pd.Series([latest], dtype="datetime64[us]")})
