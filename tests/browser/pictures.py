"""The README's screenshots: builds a demonstration city, serves it, and saves a picture of each screen."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console

from tests.browser import boards
from tests.browser.conftest import ARGUMENTS, DAYS, DRAWN, NAMES

FOLDER = boards.ROOT / "docs" / "pictures"
LARGEST = 1_000_000


@dataclass(frozen=True)
class Picture:
    """One screenshot: its file, the address, the window."""

    name: str
    path: str
    width: int = 1440
    height: int = 900


PICTURES = (
    Picture("overview-wall", "/?wall=1&theme=dark", 1920, 1080),
    Picture("overview-desk", "/?theme=light"),
    Picture("queues-wall", "/queues?wall=1&theme=dark", 1920, 1080),
    Picture("league", "/league?theme=light"),
    Picture("league-wall", "/league?wall=1&group=department&theme=dark", 1920, 1080),
    Picture("unit", "/units/D11?theme=light"),
    Picture("overdue-wall", "/overdue?wall=1&theme=dark", 1920, 1080),
    Picture("whistles-wall", "/whistles?wall=1&theme=dark", 1920, 1080),
    Picture("meeting", "/meeting?theme=light"),
    Picture("meeting-present", "/meeting/2026-11-26/present?theme=dark#20260928-0062", 1920, 1080),
    Picture("intake", "/intake?theme=light"),
    Picture("definitions", "/definitions?theme=light"),
)


def main() -> None:
    """Save every picture, and say how large each is."""
    FOLDER.mkdir(exist_ok=True)
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        url = boards.build_demo(Path(place) / "demo.db", DAYS)
        with boards.serve(url, Path(place) / "log.txt") as board:
            browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
            for picture in (*PICTURES, _one_case(browser, board.address)):
                _save(browser, board.address, picture)
            browser.close()


def _one_case(browser: Browser, address: str) -> Picture:
    """The case that is overdue longest: its page has something to show."""
    page = browser.new_page()
    page.goto(f"{address}/cases?set=overdue&lang=zh")
    page.wait_for_selector("main a[href^='/cases/']")
    path = page.locator("main a[href^='/cases/']").first.get_attribute("href") or "/cases"
    page.close()
    return Picture("case", f"{path.split('?')[0]}?theme=light")


def _in_chinese(address: str) -> str:
    """The address with the language before its part of the page."""
    before, mark, part = address.partition("#")
    return f"{before}&lang=zh{mark}{part}"


def _save(browser: Browser, address: str, picture: Picture) -> None:
    page = browser.new_page(viewport={"width": picture.width, "height": picture.height})
    page.goto(_in_chinese(f"{address}{picture.path}"))
    page.wait_for_function(DRAWN)
    page.wait_for_load_state("networkidle")
    file = FOLDER / f"{picture.name}.png"
    page.screenshot(path=file)
    page.close()
    size = file.stat().st_size
    assert size < LARGEST, f"{file.name} is {size} bytes"
    Console().print(f"docs/pictures/{file.name}  {size // 1000} kB")


if __name__ == "__main__":
    main()
