"""The report of a check, printed for people or as JSON for programs."""

import json
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table as Grid

from casedb.check import Report


def print_report(console: Console, report: Report) -> None:
    """What is there, how old it is, and what is wrong with it."""
    console.print(_tables(report))
    if not report.findings:
        console.print("No problem found.")
        return
    console.print()
    for one in report.findings:
        where = f"{one.table}: " if one.table else ""
        examples = ", ".join(one.examples)
        console.print(
            f"{one.count:>7,}  {where}{one.en} ({one.id}): {examples}", markup=False, soft_wrap=True
        )


def print_json(console: Console, report: Report) -> None:
    """The whole report as one JSON object: moment, tables, problems."""
    tables = {name: _table(report, name) for name in report.rows}
    problems = [vars(one) for one in report.findings]
    content = {"moment": report.moment.isoformat(), "tables": tables, "problems": problems}
    console.print(
        json.dumps(content, ensure_ascii=False, indent=2), markup=False, soft_wrap=True, highlight=False
    )


def _table(report: Report, name: str) -> dict[str, Any]:
    newest = report.newest.get(name)
    age = (report.moment - newest).total_seconds() if newest else None
    return {"rows": report.rows[name], "newest": newest and newest.isoformat(), "age_seconds": age}


def _tables(report: Report) -> Grid:
    grid = Grid("table", box=None, pad_edge=False)
    grid.add_column("rows", justify="right")
    grid.add_column("newest record")
    grid.add_column("its age", justify="right")
    for name, rows in report.rows.items():
        newest = report.newest.get(name)
        grid.add_row(name, f"{rows:,}", str(newest or ""), _age(report.moment, newest))
    return grid


def _age(moment: datetime, newest: datetime | None) -> str:
    """Days, or hours and minutes where it is less than two days; empty: there is none."""
    if newest is None:
        return ""
    span = moment - newest
    if span.days >= 2:
        return f"{span.days:,} days"
    return f"{int(span.total_seconds() // 3600)} h {int(span.total_seconds() % 3600 // 60)} min"
