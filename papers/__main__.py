"""``python -m papers 2026-11-26``: the papers of a meeting, written into a folder; cron may call it."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

import records
from papers import annex, bulletin, printing
from papers.bulletin import Imprint
from papers.cells import TooLarge
from papers.gathering import Disagreeing, Sheets, gather
from papers.pdf import pdf
from queries import database, meetings_pack
from queries.arguments import BadArgument
from queries.cache import remembering
from queries.database import DatabaseDown
from rules import rulebook
from rules.clock import BadClock, Clock
from rules.rulebook import BadRule
from settings import Settings

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def papers(
    day: Annotated[str, typer.Argument(help="Day of the meeting, 2026-11-26; empty: the next one.")] = "",
    folder: Annotated[Path, typer.Option(help="Where the papers are written.")] = Path("build/papers"),
    case_database: Annotated[str, typer.Option("--database", help="Instead of CASE_DATABASE_URL.")] = "",
    clock: Annotated[str, typer.Option(help="Instead of BOARD_CLOCK.")] = "",
    copies: Annotated[int, typer.Option(min=0, help="Copies printed; 0: left blank.")] = 0,
    english: Annotated[bool, typer.Option("--english", help="Add a summary in English.")] = False,
) -> None:
    """Write the bulletin (Word), its annex (Excel) and, where it can be printed, the PDF of a meeting.

    Database, clock, rulebook and the centre's name are the board's own settings.
    """
    try:
        chosen = Settings()
        rulebook.use(chosen.board_rulebook or None)
        cases = case_database or chosen.case_database_url
        database.connect(cases)
        records.connect(chosen.board_database_url or records.default_url(cases))
        moment = Clock.parse(clock or chosen.board_clock, chosen.board_zone).moment(chosen.refresh_seconds)
        imprint = Imprint(chosen.board_name or Imprint.centre, copies=copies or None, with_english=english)
        with remembering():
            write(gather(meetings_pack.pack(_day(day), moment)), folder, imprint)
    except (BadArgument, DatabaseDown, Disagreeing, TooLarge, printing.CannotPrint) as problem:
        raise _stop(problem.zh) from None
    except (BadClock, BadRule, OSError, ValueError) as problem:
        raise _stop(str(problem)) from None
    finally:
        records.dispose()
        database.dispose()


def write(sheets: Sheets, folder: Path, imprint: Imprint) -> list[Path]:
    """Write the papers of the pack into a folder and say each; raises what making them raises."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        "xlsx": lambda: annex.workbook(sheets, imprint.centre),
        "docx": lambda: bulletin.word(sheets, imprint),
        "pdf": lambda: pdf(sheets, imprint),
    }
    written = []
    for kind, make in made.items():
        body = make()
        if body is None:
            typer.echo("未找到 LibreOffice 或 Chromium，跳过 PDF。")
            continue
        path = folder / bulletin.file_name(sheets, kind)
        path.write_bytes(body)
        typer.echo(str(path))
        written.append(path)
    return written


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date() if text else None
    except ValueError:
        raise _stop(f"会议日期应写作 2026-11-26，不能是“{text}”。") from None


def _stop(message: str) -> typer.Exit:
    """Say in one sentence what was wrong; raise the result to leave with exit code 2."""
    typer.secho(message, fg="red", err=True)
    return typer.Exit(2)


if __name__ == "__main__":
    app()
