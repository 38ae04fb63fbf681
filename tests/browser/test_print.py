"""On paper: light colours whatever the theme, nothing to click, the moment on top, the right way round."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.boards import Board
from tests.browser.conftest import Open

WHITE = "rgb(255, 255, 255)"
ONLY_ON_SCREEN = ".menu, .btn, .files, .def, .page .choices"


@pytest.mark.parametrize("path", ["/", "/intake", "/cases?set=overdue", "/league"])
def test_paper_is_light_and_has_nothing_to_click(board: Board, open_page: Open, path: str) -> None:
    page = open_page(f"{board.address}{path}{'&' if '?' in path else '?'}theme=dark")

    page.emulate_media(media="print")

    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == WHITE
    assert page.locator(ONLY_ON_SCREEN).filter(visible=True).count() == 0
    assert "10:30" in page.locator("main header.strip").inner_text()


@pytest.mark.parametrize(("path", "paper", "lies"), [("/intake", "A4", False), ("/league", "A4", True),
                                                     ("/league", "A3", True)])  # fmt: skip
def test_a_wide_page_lies_and_a_list_stands_on_the_paper_there_is(
    board: Board, open_page: Open, path: str, paper: str, lies: bool
) -> None:
    width, height = size(open_page(f"{board.address}{path}"), paper)

    assert (width > height) is lies
    assert max(width, height) == pytest.approx({"A4": 842, "A3": 1191}[paper], abs=2)


def test_the_grid_prints_more_rows_than_the_window_shows(board: Board, open_page: Open) -> None:
    page = open_page(f"{board.address}/cases", until="document.querySelectorAll('.grid .ag-row').length > 60")

    assert page.locator(".printed").count() == 1
    page.emulate_media(media="print")
    assert page.locator(".grid .ag-row").filter(visible=True).count() > 60


def size(page: Page, paper: str) -> tuple[float, float]:
    """Width and height of the first sheet, in points."""
    printed = page.pdf(format=paper, prefer_css_page_size=True)
    found = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert found
    return float(found[1]), float(found[2])
