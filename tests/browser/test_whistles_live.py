"""A whistle that another process writes appears, turns late when its limit passes, and calm on arrival."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import create_engine, insert, update

from casedb.tables import summons, whistles
from tests.browser import boards
from tests.browser.conftest import Open, Start
from tests.browser.whistle_city import NOW

SPEED, STEP_SECONDS = 30, 2
"""The clock of the board: a refresh step is a minute."""

LIMIT, LATE_BY = timedelta(minutes=5), timedelta(minutes=2)
MATTER, LEAD = "井盖缺失", "new/1"

WATCH = """([matter, accepted]) => {
  window.seen = [];
  const row = () => [...document.querySelectorAll('.wcalls li')].find(li => li.innerText.includes(matter));
  const minutes = (text) => {
    const [hours, rest] = text.match(/(\\d\\d):(\\d\\d)/).slice(1).map(Number);
    return 60 * hours + rest;
  };
  const look = () => {
    const spent = row() && row().querySelector('.used').innerText.match(/已\\s*(\\d+)分/);
    if (!spent) return;
    const printed = minutes(document.querySelector('main header.strip').innerText) - accepted;
    if (printed === Number(spent[1])) window.seen.push([printed, !!row().querySelector('.chip.late')]);
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  look();
}"""
"""Notes, when strip and row print the same minute, which it is since acceptance and if a unit is late."""


def test_a_whistle_appears_turns_late_at_its_limit_and_calm_on_arrival(
    copy_of_city: Path, start: Start, open_page: Open
) -> None:
    url = f"sqlite:///{copy_of_city}"
    board = start(url, clock=f"{boards.MOMENT}x{SPEED}", refresh_seconds=STEP_SECONDS)
    wall = open_page(f"{board.address}/whistles?wall=1&lang=zh", width=1920, height=1080)
    accepted = _printed(wall)
    due = accepted + LIMIT

    _blow(url, accepted, due)
    wall.evaluate(WATCH, [MATTER, accepted.hour * 60 + accepted.minute])
    row = wall.locator(".wcalls li", has_text=MATTER)
    row.wait_for()
    limit = int(LIMIT / timedelta(minutes=1))
    wall.wait_for_function("limit => window.seen.some(([at, late]) => late && at > limit + 1)", arg=limit)
    seen = wall.evaluate("window.seen")

    assert any(not late for _at, late in seen)
    assert [at for at, late in seen if late and at < limit] == []
    assert [at for at, late in seen if not late and at > limit] == []
    assert _printed(wall) > due
    assert "城管 超时未到" in (row.text_content() or "")

    _arrive(url, due + LATE_BY)
    row.get_by_text("晚2分").wait_for()
    assert "城管 到场 晚2分" in (row.text_content() or "")
    assert row.locator(".chip.late").count() == 0
    assert row.locator(".state .late").count() == 0


def _printed(wall: Page) -> datetime:
    """The minute that the top strip shows."""
    found = re.search(r"(\d\d):(\d\d)", wall.locator("main header.strip").inner_text())
    assert found
    return NOW.replace(hour=int(found[1]), minute=int(found[2]))


def _blow(url: str, at: datetime, due: datetime) -> None:
    """Written here, in another process than the board's: the lead unit is called, an assisting one there."""
    blown = {"whistle_id": "new", "town_id": "T05", "at": at, "accepted_at": at, "kind": "emergency"}
    where = {"matter": MATTER, "spot_id": "new-spot", "area_kind": "urban"}
    called = {"whistle_id": "new", "called_at": at, "due_at": due, "last_due_at": due}
    lead = {"summons_id": LEAD, "unit_id": "D11", "role": "lead"}
    assist = {"summons_id": "new/2", "unit_id": "D04", "role": "assist"}
    with create_engine(url).begin() as connection:
        connection.execute(insert(whistles).values(blown | where))
        connection.execute(insert(summons).values(called | lead))
        connection.execute(insert(summons).values(called | assist | _came(at)))


def _arrive(url: str, at: datetime) -> None:
    with create_engine(url).begin() as connection:
        lead = summons.c.summons_id == LEAD
        connection.execute(update(summons).where(lead).values(_came(at)))


def _came(at: datetime) -> dict[str, Any]:
    return {"arrived_at": at, "arrival_proof": "position"}
