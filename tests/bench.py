"""How fast a question is at a million cases: cold, remembered, and its bare SQL. Run with `make bench`."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from flask import Flask
from rich.console import Console
from rich.table import Table
from sqlalchemy import event

from app import settle
from queries import cache, database, door, meetings
from queries.arguments import Scope

FILE = Path("build/bench.db")
MOMENT = datetime(2026, 11, 25, 10, 30)
SCALE = 10
STEP = timedelta(seconds=10)
ROUNDS = 9
"""The best of so many rounds is the question's own time; the rest is what else the machine did."""

BUDGET_MS = 100
BEYOND = {"health/problems", "intake/year", "overdue/calibration", "overdue/skill"}
"""Look beyond the current period, at the whole database or a year: timed once, without a budget."""

MANY = {"overdue/clocks": 14, "alerts/active": 15, "alerts/counts": 15}
"""So many figures in one answer, each with the budget of one."""

LEARNT = {"overdue/chances", "overdue/expected"}
"""Rest on curves that are learnt once a day: the budget is for the next step of the clock."""

TREND, FIRST_MS, THEN_MS, YEAR = "league/trend", 1500, 50, 36
"""A year of periods of every unit: its first time, and asked again."""

COMPARING = {"league", "units", "meetings"}
"""Subjects that rest on closed periods, asked once a day: cold they have no budget, but for the trend; a
meeting's whole pack has ten seconds."""

ONE_CASE = {
    *("cases/one", "cases/timeline", "cases/holders", "cases/earlier", "cases/siblings"),
    *("cases/deadline", "cases/evidence", "cases/observed", "cases/ratings"),
    *("meetings/matter", "meetings/matter_weeks", "meetings/matter_holders"),
}

Statements = list[tuple[str, Any]]


@dataclass(frozen=True)
class Timing:
    """One question in ms: nothing remembered, at the next step of the clock, remembered, its statements."""

    name: str
    cold: float
    later: float
    cached: float
    bare: float


def main() -> int:
    """Print the table; 1 when a question is over the budget."""
    _build()
    settle()
    database.connect(f"sqlite:///{FILE}")
    cache.cache.init_app(Flask("bench"), config=cache.settings(None))
    with _bare() as raw:
        timings = [_time(name, raw) for name in door.questions()]
        cases = raw.execute("select count(*) from cases").fetchone()[0]
    return _report(timings, cases)


def _build() -> None:
    if FILE.exists():
        return
    command = [sys.executable, "-m", "casedb", "demo", "--database", f"sqlite:///{FILE}"]
    subprocess.run([*command, "--scale", str(SCALE), "--until", MOMENT.isoformat()], check=True)


def _bare() -> sqlite3.Connection:
    """A connection of no board, with the same memory for pages."""
    raw = sqlite3.connect(f"file:{FILE}?mode=ro", uri=True)
    for statement in database.FIRST["sqlite"]:
        raw.execute(statement)
    return raw


def _time(name: str, raw: sqlite3.Connection) -> Timing:
    """Milliseconds of one question, asked for the current period as the pages do."""
    scope = Scope.parse(_arguments(name, raw), MOMENT)
    subject, question = name.split("/")

    def ask(steps: int = 0) -> None:
        door._questions[subject, question](replace(scope, as_of=MOMENT + steps * STEP))

    statements = _statements(ask)
    rounds = range(1 if name in BEYOND else ROUNDS)
    cold = min(_milliseconds(ask, first=cache.cache.clear) for _ in rounds)
    cached = min(_milliseconds(ask) for _ in rounds)
    later = min(_milliseconds(lambda step=step: ask(step + 1)) for step in rounds)  # type: ignore[misc]
    bare = min(_milliseconds(lambda: _run(raw, statements)) for _ in rounds)
    return Timing(name, cold, later, cached, bare)


def _arguments(name: str, raw: sqlite3.Connection) -> dict[str, str]:
    """The current period; one case for the questions about one case."""
    if name in ONE_CASE:
        return {"case": raw.execute("select case_id from cases order by received_at desc").fetchone()[0]}
    if name.startswith("units/"):
        return {"unit": raw.execute("select unit_id from units where name = '市城管局'").fetchone()[0]}
    if name.startswith("league/"):
        return {"limit": str(YEAR)} if name == TREND else {}
    window = meetings.live_window(MOMENT)
    given = {"start": window.start.isoformat(), "end": window.end.isoformat()}
    return {**given, "set": "open", "limit": "50"} if name == "cases/list" else given


def _statements(ask: Callable[[], None]) -> Statements:
    """What the question sends to the database when nothing is remembered."""
    engine, sent = database._engine(), Statements()

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        sent.append((statement, values))

    cache.cache.clear()
    event.listen(engine, "before_cursor_execute", note)
    ask()
    event.remove(engine, "before_cursor_execute", note)
    return sent


def _run(raw: sqlite3.Connection, statements: Statements) -> None:
    for statement, values in statements:
        raw.execute(statement, values).fetchall()


def _milliseconds(act: Callable[[], Any], first: Callable[[], Any] | None = None) -> float:
    if first:
        first()
    began = perf_counter()
    act()
    return 1000 * (perf_counter() - began)


def _report(timings: list[Timing], cases: int) -> int:
    table = Table("question", title=f"{cases:,} cases on SQLite, current period, best of {ROUNDS}, ms")
    for heading in ("cold", "next step", "cached", "bare SQL", "cold / bare"):
        table.add_column(heading, justify="right")
    for one in sorted(timings, key=lambda timing: -timing.cold):
        style = "bold red" if _is_over(one) else ""
        ratio = f"{one.cold / one.bare:.1f}" if one.bare else "—"
        figures = (f"{one.cold:.1f}", f"{one.later:.1f}", f"{one.cached:.2f}", f"{one.bare:.1f}", ratio)
        table.add_row(one.name, *figures, style=style)
    over = [one.name for one in timings if _is_over(one)]
    console = Console()
    console.print(table)
    console.print(f"over budget: {', '.join(over)}" if over else f"all within {BUDGET_MS} ms")
    return 1 if over else 0


def _is_over(one: Timing) -> bool:
    if one.name == TREND:
        return one.cold > FIRST_MS or one.cached > THEN_MS
    spent = one.later if one.name in LEARNT else one.cold
    has_none = one.name in BEYOND or one.name.split("/")[0] in COMPARING
    return spent > BUDGET_MS * MANY.get(one.name, 1) and not has_none


if __name__ == "__main__":
    sys.exit(main())
