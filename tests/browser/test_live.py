"""What another process writes into the case database is on the screen within a step and a second."""

import re
import subprocess
import sys
from pathlib import Path

from tests.browser import boards
from tests.browser.boards import ROOT
from tests.browser.conftest import Open

STEP_SECONDS = 3
GRACE_SECONDS = 1

INSERT = """
import sys
from datetime import datetime, timedelta
from sqlalchemy import create_engine, insert, select
from casedb.tables import visits, windows

with create_engine(sys.argv[1]).begin() as connection:
    window = connection.scalar(select(windows.c.window_id).where(windows.c.number == 27))
    at = datetime.fromisoformat(sys.argv[2]) - timedelta(minutes=5)
    row = dict(visit_id="newcomer", arrived_at=at, registered_at=at, ticket_at=at, window_id=window, people=7)
    connection.execute(insert(visits).values(row))
"""


def test_a_visitor_written_by_another_process_appears_within_a_step_and_a_second(
    copy_of_city: Path, tmp_path: Path, open_page: Open
) -> None:
    url = f"sqlite:///{copy_of_city}"
    with boards.serve(url, tmp_path / "log.txt", f"{boards.MOMENT}x1", STEP_SECONDS) as board:
        page = open_page(f"{board.address}/queues?lang=zh")
        before = _waiting(page.locator("main").inner_text())

        subprocess.run([sys.executable, "-c", INSERT, url, boards.MOMENT], cwd=ROOT, check=True)

        page.wait_for_function(
            "expected => document.querySelector('main').innerText.includes(expected)",
            arg=f"{before + 7}",
            timeout=1000 * (STEP_SECONDS + GRACE_SECONDS),
        )


def _waiting(words: str) -> int:
    found = re.search(r"候访\D*(\d+)", words)
    assert found, words
    return int(found[1])
