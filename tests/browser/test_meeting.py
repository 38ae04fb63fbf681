"""A meeting on the wall with its clerk in another window, through a restart of the server."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.conftest import Open, Start
from tests.browser.test_wall import _check

CLOCK = "2026-11-26T09:30"
ROOM = "/meeting/2026-11-26"
READY = "() => document.querySelector('[data-here]') && document.querySelector('.page .panel')"
SHOWS = "key => document.querySelector('[data-here]')?.dataset.here === key"
SAYS = "words => document.querySelector('.mrec')?.innerText.includes(words)"
HOLDS = "words => document.getElementById('record-clerk-pledge').value === words"
ALL = "JSON.parse(document.querySelector('[data-items]').dataset.items)"

PLEDGES = ("下周三前办结", "月底前通水", "十天内拆除")
"""Of the first three items to assign."""


def test_a_meeting_is_stepped_through_recorded_and_survives_a_restart(
    copy_of_city: Path, start: Start, open_page: Open, errors: list[str]
) -> None:
    url = f"sqlite:///{copy_of_city}"
    board = start(url, clock=CLOCK)
    wall = open_page(f"{board.address}{ROOM}/present?lang=zh", 1920, 1080, until=READY)
    clerk = open_page(f"{board.address}{ROOM}/clerk?lang=zh", until=READY)
    first = _to_the_items_to_assign(wall)

    for number, pledge in enumerate(PLEDGES):
        _jump(wall, clerk, number + 1, first[number])
        _record(wall, clerk, pledge)
    _check(wall)

    board.process.kill()
    board.process.wait()
    start(url, clock=CLOCK, port=urlsplit(board.address).port)
    wall.keyboard.press("PageUp")
    _is_at(wall, clerk, first[1])
    errors.clear()

    wall.set_viewport_size({"width": 3840, "height": 2160})
    wall.wait_for_function(SAYS, arg=PLEDGES[1])
    clerk.wait_for_function(HOLDS, arg=PLEDGES[1])
    _check(wall)
    _leave(wall, first[1])
    _close(wall, board.address, first)


def _to_the_items_to_assign(wall: Page) -> list[str]:
    """Past the look-back and the ten days, as fast as somebody hammers a clicker; the keys that follow."""
    keys: list[str] = wall.evaluate(ALL)
    place = keys.index("days") + 1
    for _ in range(place):
        wall.keyboard.press("PageDown")
    wall.wait_for_function(SHOWS, arg=keys[place])
    return keys[place:]


def _jump(wall: Page, clerk: Page, number: int, key: str) -> None:
    wall.keyboard.press(str(number))
    wall.keyboard.press("Enter")
    _is_at(wall, clerk, key)
    clerk.wait_for_function(HOLDS, arg="")


def _is_at(wall: Page, clerk: Page, key: str) -> None:
    """Both windows show the item."""
    for page in (wall, clerk):
        page.wait_for_function(SHOWS, arg=key)


def _record(wall: Page, clerk: Page, pledge: str) -> None:
    """Write a pledge and decide it; the wall shows both."""
    clerk.locator("#record-clerk-pledge").fill(pledge)
    wall.wait_for_function(SAYS, arg=pledge)
    clerk.locator("#record-clerk-state-pledge label").nth(2).click()
    wall.wait_for_selector(".mfield.is-decided")


def _leave(wall: Page, key: str) -> None:
    """Back to the desk, at the same item."""
    wall.keyboard.press("Escape")
    wall.wait_for_url(f"**{ROOM}?*#{key}")
    wall.wait_for_function("key => document.activeElement?.getAttribute('href')?.includes(key)", arg=key)


def _close(desk: Page, address: str, keys: list[str]) -> None:
    """Freeze what was shown and decided, and take the papers; neither changes afterwards."""
    desk.set_viewport_size({"width": 1440, "height": 900})
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.goto(f"{address}{ROOM}/record?lang=zh")
    desk.locator("#record-form-freeze button").click()
    desk.wait_for_selector("#record-form-freeze", state="hidden")
    desk.wait_for_function("() => document.querySelector('main').innerText.includes('已封存')")

    for paper, size in (("bulletin.docx", 10_000), ("annex.xlsx", 5_000)):
        answer = desk.request.get(f"{address}/papers/2026-11-26/{paper}")
        assert (answer.status, len(answer.body()) > size) == (200, True)
    desk.goto(f"{address}{ROOM}/clerk?lang=zh#{keys[0]}")
    desk.locator("#record-clerk-pledge").fill("改了又改")
    desk.wait_for_function("() => document.getElementById('record-clerk-said').innerText.includes('封存')")
