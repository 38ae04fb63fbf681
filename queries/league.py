"""How satisfied citizens are with each unit, compared only within its own group and only in tiers."""

from datetime import datetime

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from casedb.tables import assignments, callbacks, cases, exclusions, units
from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.door import question
from rules import ranking, rulebook
from rules.calendar import rolling
from rules.words import CallbackSource, RatedObject, Rating, Role, UnitGroup

SATISFIED = (Rating.SATISFIED.value, Rating.MOSTLY.value)
RATED = (*SATISFIED, Rating.DISSATISFIED.value)
SOURCES = tuple(source.value for source in CallbackSource if source is not CallbackSource.UNIT)
GROUPS = tuple(group.value for group in UnitGroup)
TIERS = ("better", "same", "worse", "few")


def _judged_unit() -> ColumnElement[str]:
    """The unit a callback is about: as it says, else the lead unit of the answer it judges."""
    answered = select(assignments.c.unit_id).where(assignments.c.assignment_id == callbacks.c.assignment_id)
    of_the_round = (
        select(assignments.c.unit_id)
        .where(
            assignments.c.case_id == callbacks.c.case_id,
            assignments.c.role == Role.LEAD.value,
            assignments.c.round == callbacks.c.round,
        )
        .order_by(assignments.c.seq.desc())
        .limit(1)
    )
    return func.coalesce(callbacks.c.unit_id, answered.scalar_subquery(), of_the_round.scalar_subquery())


def _is_excluded(as_of: datetime) -> ColumnElement[bool]:
    """An exclusion of this rating, or of its whole case, has been approved."""
    of_this = or_(
        exclusions.c.callback_id == callbacks.c.callback_id,
        and_(exclusions.c.callback_id.is_(None), exclusions.c.case_id == callbacks.c.case_id),
    )
    mine = and_(exclusions.c.case_id == callbacks.c.case_id, of_this)
    return exists().where(mine, exclusions.c.approved_at <= as_of)


def _counted(start: datetime, end: datetime, as_of: datetime) -> Select:
    """The ratings of M01: first answers, judged by a person reached by others than the unit itself."""
    return (
        select(
            _judged_unit().label("unit_id"),
            callbacks.c.rating.in_(SATISFIED).label("is_satisfied"),
            _is_excluded(as_of).label("is_excluded"),
        )
        .join(cases, cases.c.case_id == callbacks.c.case_id)
        .where(
            callbacks.c.at >= start,
            callbacks.c.at < end,
            callbacks.c.at <= as_of,
            callbacks.c.reached,
            callbacks.c.round == 1,
            callbacks.c.source.in_(SOURCES),
            callbacks.c.rated_object == RatedObject.UNIT.value,
            callbacks.c.rating.in_(RATED),
            cases.c.is_valid,
        )
    )


def _by_unit(scope: Scope) -> Select:
    """One row a unit that belongs to a group, those without a rating included."""
    window = rolling(scope.as_of, rulebook.load().ranking.days)
    start, end = scope.start or window.start, scope.end or window.end
    counted = _counted(start, end, scope.as_of).subquery()
    good, out = counted.c.is_satisfied, counted.c.is_excluded
    sums = (
        select(
            counted.c.unit_id,
            func.count().label("rated"),
            func.sum(case((good, 1), else_=0)).label("satisfied"),
            func.sum(case((out, 1), else_=0)).label("excluded"),
            func.sum(case((and_(good, out), 1), else_=0)).label("excluded_satisfied"),
        )
        .group_by(counted.c.unit_id)
        .subquery()
    )
    figures = [func.coalesce(column, 0).label(column.name) for column in list(sums.c)[1:]]
    return (
        select(units.c.unit_id, units.c.name.label("unit"), units.c.unit_group, *figures)
        .join(sums, sums.c.unit_id == units.c.unit_id, isouter=True)
        .where(units.c.unit_group.is_not(None))
    )


def _share(part: pd.Series, whole: pd.Series) -> pd.Series:
    """part / whole, and nothing where there is nothing to divide by."""
    return part / whole.where(whole > 0).astype("float64")


def _tiered(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with rate, Wilson interval, mean of the group, and tier."""
    sums = rows.groupby("unit_group")[["satisfied", "rated"]].transform("sum")
    mean = _share(sums["satisfied"], sums["rated"])
    pairs = list(zip(rows["satisfied"].astype(int), rows["rated"].astype(int), mean, strict=True))
    bounds = [ranking.wilson(k, n) or (None, None) for k, n, _ in pairs]
    least = rulebook.load().ranking.least
    tiers = [ranking.tier(k, n, average) if n >= least else "few" for k, n, average in pairs]
    kept = rows["rated"] - rows["excluded"]
    return rows.assign(
        rate=_share(rows["satisfied"], rows["rated"]),
        low=pd.Series([low for low, _ in bounds], index=rows.index, dtype="float64"),
        high=pd.Series([high for _, high in bounds], index=rows.index, dtype="float64"),
        group_mean=mean,
        tier=tiers,
        adjudicated_rate=_share(rows["satisfied"] - rows["excluded_satisfied"], kept),
    )


@question
@cached
def satisfaction(scope: Scope) -> pd.DataFrame:
    """Satisfaction (M01) of the units of every group, in [start, end) or the 30 days before ``as_of``.

    unit_id, unit, unit_group, rated (satisfied, mostly satisfied and dissatisfied; those who declined are
    not in it), satisfied (mostly satisfied included), rate, low and high (Wilson 95 %), group_mean (of its
    own group), tier (better | same | worse: the whole interval lies on that side of the group's mean;
    few: under 10 ratings, rule ranking.least), adjudicated_rate (without the ratings whose exclusion is
    approved), excluded (their number). Rates are fractions, empty without ratings. By group, tier, rate.
    """
    rows = _tiered(read(_by_unit(scope)))
    if scope.unit is not None:
        rows = rows[rows["unit_id"] == scope.unit]
    order = rows.assign(
        group=rows["unit_group"].map(GROUPS.index).astype("int64"),
        step=rows["tier"].map(TIERS.index).astype("int64"),
    ).sort_values(["group", "step", "rate", "unit_id"], ascending=[True, True, False, True])
    figures = ["rated", "satisfied", "rate", "low", "high", "group_mean", "tier"]
    columns = ["unit_id", "unit", "unit_group", *figures, "adjudicated_rate", "excluded"]
    return order[columns].reset_index(drop=True)
