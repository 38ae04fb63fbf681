"""People coming through the door, hour by hour, against what is usual on such a day."""

from datetime import datetime, timedelta

import pandas as pd
from sqlalchemy import Select, case, extract, func, literal, select, union_all

from casedb.tables import visits
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.queues_visits import asks_for, midnight, of_today
from rules import rulebook

AHEAD = 2
"""Hours the forecast reaches beyond the running one."""


def _like_days(day: datetime) -> list[datetime]:
    return [day - timedelta(weeks=week) for week in range(1, rulebook.load().usual.weekdays + 1)]


def _people_by_hour(day: datetime, number: int, unit: str | None) -> Select:
    hour = extract("hour", visits.c.arrived_at).label("hour")
    people = func.sum(func.coalesce(visits.c.people, 1)).label("people")
    inside = (visits.c.arrived_at >= day, visits.c.arrived_at < day + timedelta(days=1), asks_for(unit))
    return select(literal(number).label("day"), hour, people).where(*inside).group_by(hour)


@cached
def _like_hours(scope: Scope) -> pd.DataFrame:
    """People by hour (columns 0 to 23) of the last same weekdays before ``end``'s day, a row a day.

    Days on which nobody came were not open, and are left out. The scope ends at 00:00 of its day, so that
    the answer is kept for hours: it is the same all day.
    """
    days = enumerate(_like_days(scope.as_of))
    each = union_all(*(_people_by_hour(day, number, scope.unit) for number, day in days)).subquery()
    rows = read(select(each.c.day, each.c.hour, each.c.people))
    wide = rows.astype("int64").pivot_table(index="day", columns="hour", values="people", aggfunc="sum")
    return wide.reindex(columns=range(24)).fillna(0.0)


def like_hours(as_of: datetime, unit: str | None) -> pd.DataFrame:
    """People by hour of the last same weekdays that were open; empty where too few are known."""
    day = midnight(as_of)
    rows = _like_hours(Scope(as_of=day, end=day, unit=unit))
    return rows if len(rows) >= rulebook.load().usual.least else rows.iloc[:0]


def _people_until(day: datetime, until: timedelta, unit: str | None) -> Select:
    people = func.coalesce(visits.c.people, 1)
    so_far = func.sum(case((visits.c.arrived_at <= day + until, people), else_=0))
    inside = (visits.c.arrived_at >= day, visits.c.arrived_at < day + timedelta(days=1), asks_for(unit))
    return select(func.sum(people).label("people"), so_far.label("so_far")).where(*inside)


@cached
def _sums_so_far(scope: Scope) -> pd.DataFrame:
    """People of the whole day, and until this clock time, on each of the last same weekdays."""
    day = midnight(scope.as_of)
    days = (_people_until(like, scope.as_of - day, scope.unit) for like in _like_days(day))
    each = union_all(*days).subquery()
    return read(select(each.c.people, each.c.so_far).where(each.c.people > 0))


def usual_so_far(scope: Scope) -> tuple[float, float] | None:
    """P10 and P90 of the people who had come by this clock time on the last same weekdays; None: too few."""
    rule = rulebook.load().usual
    sums = _sums_so_far(scope)["so_far"].astype("float64")
    return (sums.quantile(rule.low), sums.quantile(rule.high)) if len(sums) >= rule.least else None


def _ratio(today: pd.Series, like: pd.DataFrame, hour: int) -> float:
    """Today against a usual day over the complete hours; 1 before the first one that has visitors."""
    usual = like.median().iloc[:hour].sum()
    return float(today.iloc[:hour].sum() / usual) if usual > 0 else 1.0


def _shown(today: pd.Series, like: pd.DataFrame, hour: int) -> list[int]:
    """The hours from the first to the last in which anybody comes, today or usually."""
    busy = [number for number in range(24) if today[number] > 0 or (not like.empty and like[number].any())]
    return list(range(min([*busy, hour]), max([*busy, hour]) + 1)) if busy else []


def _forecast(rows: pd.DataFrame, like: pd.DataFrame, ratio: float, hour: int) -> pd.DataFrame:
    ahead = rows["hour"].between(hour + 1, hour + AHEAD) & (not like.empty)
    median = like.median().reindex(rows["hour"]).to_numpy(dtype="float64", na_value=float("nan"))
    return rows.assign(
        forecast=pd.Series(median * ratio, index=rows.index).where(ahead),
        forecast_low=(rows["usual_low"] * ratio).where(ahead),
        forecast_high=(rows["usual_high"] * ratio).where(ahead),
    )


@question
@cached
def arrivals(scope: Scope) -> pd.DataFrame:
    """People arriving by hour of ``as_of``'s day, from the first to the last hour that has visitors.

    hour, people (empty for hours to come), usual_low and usual_high (P10 and P90 of the last 8 same weekdays
    that were open; empty where fewer than 4), complete (the hour is over), minutes (of the hour that have
    passed), forecast, forecast_low, forecast_high (the next two hours only).

    The forecast is the usual median of the hour times today's ratio: people in today's complete hours
    divided by the usual median of the same hours (1 before the first). Its 80 % range is the usual P10 to
    P90 of that hour, times the same ratio.
    """
    today = _today(scope)
    like, hour = like_hours(scope.as_of, scope.unit), scope.as_of.hour
    shown = _shown(today, like, hour)
    rule = rulebook.load().usual
    known = pd.Series([today[number] if number <= hour else None for number in shown], dtype="Int64")
    rows = pd.DataFrame({"hour": pd.Series(shown, dtype="int64"), "people": known})
    for name, share in (("usual_low", rule.low), ("usual_high", rule.high)):
        usual = like.quantile(share).reindex(shown) if not like.empty else pd.Series(index=shown, dtype=float)
        rows[name] = usual.to_numpy(dtype="float64")
    rows["complete"] = rows["hour"] < hour
    passed = scope.as_of.minute
    rows["minutes"] = [60 if number < hour else passed if number == hour else 0 for number in shown]
    ratio = _ratio(today, like, hour) if not like.empty else 1.0
    return _forecast(rows, like, ratio, hour)


def _today(scope: Scope) -> pd.Series:
    """People who arrived today by hour, 0 to 23."""
    rows = of_today(scope.as_of, scope.unit)
    return rows.groupby(rows["arrived_at"].dt.hour)["people"].sum().reindex(range(24), fill_value=0)
