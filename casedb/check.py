"""Is this a case database, and is it a sound one? The contract and the data's health, as a report."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, DateTime, Engine, Select, func, inspect, select
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
        views = set(there) - set(inspector.get_table_names())
    for column in _moments(views, there):
        _look_at_moments(engine, column, report)
    for problem in _answerable(moment, there, views):
        _look_for(engine, problem, report)
    _look_at_years(engine, there, report)
    _count(engine, there, report)
    return report


def _ask(engine: Engine, question: Select[Any], about: str, report: Report) -> list[Any] | None:
    """The answer; where a column is of another kind than the contract's, none, and that is a finding."""
    try:
        with engine.connect() as connection:
            return list(connection.execute(question))
    except (DBAPIError, ValueError) as error:
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise store.Unusable(f"{store.shown(engine.url)} stopped answering.") from error
        why = " ".join(str(getattr(error, "orig", error)).split())[:120]
        report.findings.append(
            Finding(
                f"{about}_unreadable", about.partition(".")[0], "无法检查", "cannot be looked at", 1, [why]
            )
        )
        return None


def _moments(views: set[str], there: Columns) -> Iterator[Column[Any]]:
    """The columns of views that should hold moments; those of tables are held to it by their type."""
    for name in sorted(views):
        for column in metadata.tables[name].columns:
            if isinstance(column.type, DateTime) and column.name in there[name]:
                yield column


def _look_at_moments(engine: Engine, column: Column[Any], report: Report) -> None:
    """A text that merely looks like a moment would be compared letter by letter, and wrongly."""
    about = f"{column.table.name}.{column.name}"
    rows = _ask(engine, select(func.min(column), func.max(column)), about, report)
    for value in rows[0] if rows else ():
        if value is not None and not isinstance(value, datetime):
            zh, en = "不是时间类型", "holds texts, not moments"
            report.findings.append(Finding(f"{about}_no_moment", column.table.name, zh, en, 1, [str(value)]))
            return


def _answerable(moment: datetime, there: Columns, views: set[str]) -> list[Problem]:
    """The problems whose columns are all there; what a table enforces by itself is asked of views only."""
    asked = [*health.problems(moment), *(one for one in health.promises() if one.table in views)]
    return [one for one in asked if all(column in there.get(table, ()) for table, column in one.uses)]


def _look_for(engine: Engine, problem: Problem, report: Report) -> None:
    """How often a problem occurs, and the first examples."""
    inner = problem.select.order_by(None).subquery()
    counted = _ask(engine, select(func.count()).select_from(inner), problem.id, report)
    if not counted or not counted[0][0]:
        return
    keys = _ask(engine, problem.select.limit(EXAMPLES), problem.id, report) or []
    examples = [str(row[0]) for row in keys]
    report.findings.append(
        Finding(problem.id, problem.table, problem.zh, problem.en, counted[0][0], examples)
    )


def _look_at_years(engine: Engine, there: Columns, report: Report) -> None:
    """Years in which cases lie but whose working days nobody knows."""
    if "received_at" not in there.get("cases", ()) or "due_at" not in there.get("assignments", ()):
        return
    rows = _ask(engine, health.years_needed(), "calendar_days.years", report)
    found = [moment.year for moment in (rows[0] if rows else ()) if moment]
    known = WorkCalendar(_special_days(engine, there, report)).knows
    years = range(min(found), max(found) + 1) if found else range(0)
    unknown = [str(year) for year in years if not known(year)]
    if unknown:
        zh, en = "缺少工作日历的年份", "years without a working-day calendar"
        report.findings.append(Finding("unknown_years", "calendar_days", zh, en, len(unknown), unknown))


def _special_days(engine: Engine, there: Columns, report: Report) -> dict[date, bool]:
    if not {"day", "is_workday"} <= there.get("calendar_days", set()):
        return {}
    rows = _ask(engine, health.special_days(), "calendar_days.day", report) or []
    return {day: bool(is_workday) for day, is_workday in rows}


def _count(engine: Engine, there: Columns, report: Report) -> None:
    """How many rows each table has, and its newest moment."""
    for name in there:
        rows = _ask(engine, select(func.count()).select_from(metadata.tables[name]), name, report)
        report.rows[name] = rows[0][0] if rows else 0
    newest = health.newest(report.moment)
    for column in NEWEST:
        name = column.table.name
        if column.name in there.get(name, ()):
            rows = _ask(engine, newest[name], f"{name}.{column.name}_newest", report)
            report.newest[name] = rows[0][0] if rows else None
