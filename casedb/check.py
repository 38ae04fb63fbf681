"""Is this a case database, and is it a sound one? The contract and the data's health, as a report."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, Engine, Inspector, func, inspect, select
from sqlalchemy.exc import DBAPIError

from casedb import health, store
from casedb.disorder import NEWEST
from casedb.problem import Problem
from casedb.structure import Columns, Finding, columns_of, missing, missing_indexes
from casedb.tables import metadata
from rules.workdays import WorkCalendar

EXAMPLES = 5
"""First examples shown of each problem."""


@dataclass
class Report:
    """Everything found at a moment: problems, the newest record of each table, and how many rows each has."""

    moment: datetime
    findings: list[Finding] = field(default_factory=list)
    newest: dict[str, datetime | None] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


def check(engine: Engine, moment: datetime) -> Report:
    """Check a database or views of the contract's names. Raises store.Unusable where it cannot be read."""
    report = Report(moment)
    with store.clear(engine.url):
        inspector = inspect(engine)
        there = columns_of(inspector)
        report.findings += [*missing(there), *missing_indexes(inspector, there)]
        for problem in _answerable(inspector, moment, there):
            report.findings += _ask(engine, problem)
        with engine.connect() as connection:
            report.findings += _unknown_years(connection, there)
            _count(connection, there, report)
    return report


def _answerable(inspector: Inspector, moment: datetime, there: Columns) -> list[Problem]:
    """The problems whose columns are all there; what a table enforces by itself is asked of views only."""
    views = set(there) - set(inspector.get_table_names())
    asked = [*health.problems(moment), *(one for one in health.promises() if one.table in views)]
    return [
        one for one in asked if all(table in there and column in there[table] for table, column in one.uses)
    ]


def _ask(engine: Engine, problem: Problem) -> Iterator[Finding]:
    """How often, and the first examples; a column of another kind than the contract's is a finding too."""
    try:
        with engine.connect() as connection:
            inner = problem.select.order_by(None).subquery()
            count = connection.scalar(select(func.count()).select_from(inner)) or 0
            keys = connection.scalars(problem.select.limit(EXAMPLES)).all() if count else []
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        why = " ".join(str(error.orig).split())[:120]
        yield Finding(problem.id, problem.table, "无法检查", "could not be looked for", 1, [why])
        return
    if count:
        yield Finding(problem.id, problem.table, problem.zh, problem.en, count, [str(key) for key in keys])


def _unknown_years(connection: Connection, there: Columns) -> Iterator[Finding]:
    """Years in which cases lie but whose working days nobody knows."""
    if "received_at" not in there.get("cases", ()) or "due_at" not in there.get("assignments", ()):
        return
    first, last, due = connection.execute(health.years_needed()).one()
    known = WorkCalendar(_special_days(connection, there)).knows
    years = range(first.year, max(last, due or last).year + 1) if first else range(0)
    unknown = [str(year) for year in years if not known(year)]
    if unknown:
        en = "years without a working-day calendar"
        yield Finding("unknown_years", "calendar_days", "缺少工作日历的年份", en, len(unknown), unknown)


def _special_days(connection: Connection, there: Columns) -> dict[date, bool]:
    if not {"day", "is_workday"} <= there.get("calendar_days", set()):
        return {}
    return {day: bool(is_workday) for day, is_workday in connection.execute(health.special_days())}


def _count(connection: Connection, there: Columns, report: Report) -> None:
    """How many rows each table has, and its newest moment."""
    for name in there:
        report.rows[name] = connection.scalar(select(func.count()).select_from(metadata.tables[name])) or 0
    newest = health.newest(report.moment)
    for column in NEWEST:
        if column.name in there.get(column.table.name, ()):
            report.newest[column.table.name] = connection.scalar(newest[column.table.name])
