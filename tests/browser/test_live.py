"""What another process writes into the case database is on the screen within a step and a second."""

import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Response

from tests.browser import boards
from tests.browser.boards import ROOT
from tests.browser.conftest import Open, Start

STEP_SECONDS = 10
GRACE_SECONDS = 1
PEOPLE = 7

INSERT = """
import sys
from datetime import datetime, timedelta
from sqlalchemy import create_engine, insert, select
from casedb.tables import visits, windows

with create_engine(sys.argv[1]).begin() as connection:
    window = connection.scalar(select(windows.c.window_id).where(windows.c.number == 27))
    at = datetime.fromisoformat(sys.argv[2]) - timedelta(minutes=5)
    row = {"visit_id": "newcomer", "arrived_at": at, "ticket_at": at, "window_id": window, "people": 7}
    connection.execute(insert(visits).values(row))
"""


def test_a_visitor_written_by_another_process_appears_within_a_step_and_a_second(
    copy_of_city: Path, start: Start, open_page: Open
) -> None:
    url = f"sqlite:///{copy_of_city}"
    board = start(url, clock=f"{boards.MOMENT}x1", refresh_seconds=STEP_SECONDS)
    page = open_page(f"{board.address}/queues?lang=zh")
    before = _waiting(page.locator("main").inner_text())
    with page.expect_response(_is_a_step):
        pass

    subprocess.run([sys.executable, "-c", INSERT, url, boards.MOMENT], cwd=ROOT, check=True)

    page.wait_for_function(
        "expected => /候访\\D*(\\d+)/.exec(document.querySelector('main').innerText)[1] === expected",
        arg=str(before + PEOPLE),
        timeout=1000 * (STEP_SECONDS + GRACE_SECONDS),
    )


def _is_a_step(answer: Response) -> bool:
    """The answer that begins a refresh step: the moment that everything on the page is asked for."""
    return "frame-view.data" in (answer.request.post_data or "")


def _waiting(words: str) -> int:
    found = re.search(r"候访\D*(\d+)", words)
    assert found, words
    return int(found[1])
