"""The command line of the case database: create, import, check, contract, demo, simulate."""

from typing import Annotated

import typer
from rich.console import Console

from casedb import demo_cli, store

app = typer.Typer(
    help="Create, fill and check a case database.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
console = Console()
errors = Console(stderr=True)

Database = Annotated[str, typer.Option("--database", metavar="URL", help="The case database.")]


def stop(message: str) -> typer.Exit:
    """Say in one sentence what was wrong; raise the result to leave with exit code 2."""
    errors.print(message, style="red", markup=False, highlight=False, soft_wrap=True)
    return typer.Exit(2)


@app.command()
def create(database: Database) -> None:
    """Create the contract's tables where they are missing."""
    try:
        engine = store.open_engine(database)
        made = store.create(engine)
    except store.Unusable as error:
        raise stop(str(error)) from error
    where = store.shown(engine.url)
    console.print(f"{where}: {len(made)} tables created." if made else f"{where}: all tables were there.")


demo_cli.register(app)
