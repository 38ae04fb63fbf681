"""The closing account of an import: printed, and its rejects written to a file."""

import csv
from collections import defaultdict
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from casedb.importer import Account
from casedb.source import BadFile

SHOWN_ROWS = 5
"""Row numbers printed for each reason; the rejects file has them all."""


def prepare_rejects(path: Path) -> None:
    """Make sure, before any work, that the rejects file can be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("a").close()
    except OSError as error:
        raise BadFile(f"{path} cannot be written: {(error.strerror or str(error)).lower()}.") from error


def write_rejects(path: Path, account: Account) -> None:
    """Every rejected row as CSV: row (the header of the file is row 1), reason."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("row", "reason"))
        writer.writerows(account.rejected)


def print_account(console: Console, account: Account) -> None:
    """Rows read = imported + rejected, then what was written, rejected and repaired."""
    console.print(
        f"{account.read:,} rows read = {account.imported:,} imported + {len(account.rejected):,} rejected"
    )
    console.print(_written(account))
    for reason, rows in _by_reason(account).items():
        some = ", ".join(str(row) for row in rows[:SHOWN_ROWS]) + (" …" if len(rows) > SHOWN_ROWS else "")
        console.print(f"rejected, {reason}: {len(rows):,} (row {some})", markup=False)
    for kind, number in sorted(account.repairs.items()):
        console.print(f"repaired, {kind}: {number:,}", markup=False)
    if not account.repairs:
        console.print("nothing had to be repaired")


def _written(account: Account) -> Grid:
    grid = Grid("table", box=None, pad_edge=False)
    for title in ("added", "changed", "unchanged"):
        grid.add_column(title, justify="right")
    for name, counts in account.tables.items():
        grid.add_row(name, f"{counts.added:,}", f"{counts.changed:,}", f"{counts.unchanged:,}")
    return grid


def _by_reason(account: Account) -> dict[str, list[int]]:
    rows = defaultdict(list)
    for number, reason in account.rejected:
        rows[reason].append(number)
    return rows
