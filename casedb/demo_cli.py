"""The two commands that need no data of your own: ``demo`` invents a city, ``simulate`` lets it live."""

from datetime import datetime
from typing import Annotated

import typer

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
    from casedb import demo as city_demo

    if scenario not in city_demo.SCENARIOS:
        raise typer.BadParameter(f"{scenario!r} is neither today nor first-year", param_hint="--scenario")
    city_demo.run(database, city_demo.plan(scenario, days=days, until=until, seed=seed, scale=scale))


def simulate(
    database: DATABASE,
    clock: Annotated[
        str | None, typer.Option("--clock", help="The clock, as BOARD_CLOCK; empty: BOARD_CLOCK itself.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the events to come.")] = 6,
) -> None:
    """Go on writing events as the clock runs, until stopped with Ctrl-C or SIGTERM."""
    from casedb import simulate as simulator

    simulator.run(database, clock, seed)


def register(app: typer.Typer) -> None:
    """Add both commands to the command line of the case database."""
    app.command()(demo)
    app.command()(simulate)
