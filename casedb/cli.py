"""The command line of the case database: create, import, check, contract, demo, simulate."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from casedb import accounts, demo_cli, reports, store, vetting
from casedb.check import check as checked
from casedb.contract import contract
from casedb.importer import Account, import_file
from casedb.mapping import BadMap, Map
from casedb.source import BadFile
from rules.clock import BadClock, Clock

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


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV or Excel, gzipped or not.")],
    database: Database,
    mapping: Annotated[Path, typer.Option("--map", help="The mapping file, see docs/import.md.")],
    rejects: Annotated[Path | None, typer.Option(help="A CSV file for the rejected rows.")] = None,
) -> None:
    """Import a file; the same file again changes nothing."""
    try:
        made = vetting.load(mapping)
        if rejects:
            accounts.prepare_rejects(rejects)
        account = _import_with_bar(file, made, database)
    except (BadMap, BadFile, store.Unusable) as error:
        raise stop(str(error)) from error
    accounts.print_account(console, account)
    if rejects:
        accounts.write_rejects(rejects, account)


def _import_with_bar(file: Path, made: Map, database: str) -> Account:
    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    is_watched = errors.is_terminal
    with Progress(*columns, console=errors, transient=True, disable=not is_watched) as bar:
        task = bar.add_task(file.name, total=1.0)
        return import_file(
            file,
            made,
            database,
            lambda share, rows: bar.update(task, completed=share, description=f"{rows:,} rows"),
        )


@app.command()
def check(
    database: Database,
    as_json: Annotated[bool, typer.Option("--json", help="The report as JSON.")] = False,
    clock: Annotated[str, typer.Option(envvar="BOARD_CLOCK", help="The moment; empty: now.")] = "",
) -> None:
    """Check the contract and the data's health: exit code 0, 1 (problems) or 2 (cannot be read)."""
    try:
        moment = Clock.parse(clock).now()
        report = checked(store.open_reader(database), moment)
    except (BadClock, store.Unusable) as error:
        raise stop(str(error)) from error
    (reports.print_json if as_json else reports.print_report)(console, report)
    raise typer.Exit(1 if report.findings else 0)


@app.command("contract")
def contract_() -> None:
    """Print the contract as Markdown: the text of docs/contract.md."""
    typer.echo(contract(), nl=False)


demo_cli.register(app)
