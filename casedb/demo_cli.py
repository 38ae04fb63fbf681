"""The two commands that need no data of your own: ``demo`` invents a city, ``simulate`` lets it live."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console

from casedb.store import Unusable
from rules.clock import BadClock
from rules.workdays import UnknownYear

DATABASE = Annotated[str, typer.Option("--database", help="The case database, as a SQLAlchemy URL.")]
UNTIL = Annotated[
    datetime | None,
    typer.Option(
        "--until",
        formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"],
        help="The last moment of the demo; empty: the scenario's own.",
    ),
]


def demo(
    database: DATABASE,
    days: Annotated[int, typer.Option(min=1, max=3660, help="Days of history before the last moment.")] = 400,
    until: UNTIL = None,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same rows.")] = 6,
    scale: Annotated[float, typer.Option(min=0.01, max=200, help="Multiplies the number of cases.")] = 1.0,
    scenario: Annotated[str, typer.Option(help="today or first-year.")] = "today",
) -> None:
    """Fill a database with the invented city 宁溪市; whatever the contract's tables held is replaced."""
    # Imported here: numpy and the city take a second that the other commands need not wait for.
    from casedb.demo import SCENARIOS, plan, run

    if scenario not in SCENARIOS:
        raise typer.BadParameter(f"{scenario!r} is neither today nor first-year", param_hint="--scenario")
    with _said_clearly():
        run(database, plan(scenario, days=days, until=until, seed=seed, scale=scale))


def simulate(
    database: DATABASE,
    clock: Annotated[
        str | None, typer.Option("--clock", envvar="BOARD_CLOCK", help="The clock, as the board's.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the events to come.")] = 6,
) -> None:
    """Go on writing events as the clock runs, until stopped with Ctrl-C or SIGTERM."""
    from casedb.simulate import run

    with _said_clearly():
        run(database, clock, seed)


@contextmanager
def _said_clearly() -> Iterator[None]:
    """What a person can put right is one sentence and exit code 2."""
    try:
        yield
    except (Unusable, BadClock, UnknownYear) as error:
        console = Console(stderr=True)
        console.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error


def register(app: typer.Typer) -> None:
    """Add both commands to the command line of the case database."""
    app.command()(demo)
    app.command()(simulate)
