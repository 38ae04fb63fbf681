"""A demonstration city, a board that serves it, and a real Chromium that forgives no console error."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser import boards
from tests.browser.boards import Board

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"]
DAYS = 70
"""Enough for the usual bands, which look at eight earlier weekdays."""

DRAWN = """() => {
  const filled = (of) => [...document.querySelectorAll(of)].some((box) => box.childNodes.length);
  return filled('main header.strip') && filled('main .slot')
    && !document.querySelector('[data-dash-is-loading="true"]');
}"""
"""The strip and the page have begun to stand; the rest has come when the network is idle."""

EMPTY = "[...document.querySelectorAll('main .slot:empty')].map(slot => slot.id)"
"""Slots that nothing was drawn into."""

PATIENCE_MS = 60_000
"""How long a page may take on a machine that runs other tests beside this one."""

Open = Callable[..., Page]
Start = Callable[..., Board]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; without one the browser tests are skipped, with this sentence."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip("no Chromium here: `make test` installs one, or name yours in CHROMIUM")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a demonstration city; tests that change it work on a copy."""
    file = tmp_path_factory.mktemp("city") / "demo.db"
    boards.build_demo(file, DAYS)
    return file


@pytest.fixture
def copy_of_city(city: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(city, tmp_path / "copy.db"))


@pytest.fixture(scope="session")
def board(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """A board whose clock stands still."""
    log = tmp_path_factory.mktemp("board") / "log.txt"
    with boards.serve(f"sqlite:///{city}", log) as running:
        yield running


@pytest.fixture
def errors() -> list[str]:
    """What the browser's console complained of; a test that expects a complaint clears it."""
    return []


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a board on a database of the test's own; it outlives every window of the test."""
    with ExitStack() as running:
        yield lambda url, **chosen: running.enter_context(boards.serve(url, tmp_path / "log.txt", **chosen))


@pytest.fixture
def open_page(browser: Browser, start: Start, errors: list[str]) -> Iterator[Open]:
    """Opens an address in a fresh window and waits until drawn; no console error but `LEFT` is forgiven."""
    opened: list[Page] = []

    def open_page(address: str, width: int = 1440, height: int = 900, until: str = DRAWN) -> Page:
        page = browser.new_page(viewport={"width": width, "height": height})
        opened.append(page)
        page.on("console", lambda message: _note(message, errors))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address)
        _wait(page, until, errors)
        return page

    yield open_page
    for page in opened:
        page.close()
    assert errors == []


def _wait(page: Page, until: str, errors: list[str]) -> None:
    try:
        page.wait_for_function(until)
        page.wait_for_load_state("networkidle")
    except PlaywrightTimeout:
        empty = page.evaluate(EMPTY)
        said = page.locator("body").inner_text()
        raise AssertionError(f"{page.url} is not drawn: {empty} {errors}\n{said}") from None


LEFT = "A nonexistent object was used in an `"
"""What Dash says of a page that was left while it was still asking: nobody misses the answer."""


def _note(message: ConsoleMessage, errors: list[str]) -> None:
    if message.type == "error" and LEFT not in message.text:
        errors.append(f"{message.text} ({message.location.get('url', '')})")
