"""The ladder in a real browser: it fits the wall, its raised rungs turn over, figures open their cases."""

import re
from itertools import product

import pytest
from playwright.sync_api import expect

from tests.browser import test_wall as walls
from tests.browser.boards import Board
from tests.browser.conftest import EMPTY, PATIENCE_MS, Open

SHOWN = """() => [...document.querySelectorAll('[data-turns]')]
  .map(book => [...book.children].map(sheet => sheet.checkVisibility()))"""

ALL_AT = """at => [...document.querySelectorAll('[data-turns]')].map(book => [...book.children])
  .every(sheets => sheets.every((sheet, place) => sheet.hidden !== (place === at % sheets.length)))"""


LOOKS = list(product(walls.SCREENS, ("zh", "en"), ("dark", "light")))


@pytest.mark.parametrize(("screen", "language", "theme"), LOOKS)
def test_the_ladder_fits_the_wall(
    board: Board, open_page: Open, screen: tuple[int, int], language: str, theme: str
) -> None:
    width, height = screen
    address = f"{board.address}/overdue?wall=1&lang={language}&theme={theme}"
    wall = open_page(address, width=width, height=height)
    texts = wall.evaluate(walls.TEXTS)

    assert wall.evaluate(EMPTY) == []
    root = "document.documentElement"
    assert wall.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]") == [width, height]
    assert walls._small(texts, walls.SCREENS[screen]) == []
    assert walls._outside(texts, width, height) == []
    assert [text["words"] for text in texts if text["cut"]] == []
    assert wall.evaluate(walls.SPILT) == []
    assert wall.evaluate(walls.SHORTENED) == []
    assert walls._overlapping(texts) == []


def test_the_raised_rungs_turn_over_one_sheet_at_a_time(board: Board, open_page: Open) -> None:
    wall = open_page(f"{board.address}/overdue?wall=1", width=1920, height=1080)
    assert wall.evaluate(SHOWN) != []

    for turn in range(3):
        wall.clock.set_fixed_time(turn * 10)
        wall.wait_for_function(ALL_AT, arg=turn)
        assert [sum(sheets) for sheets in wall.evaluate(SHOWN)] == [1] * len(wall.evaluate(SHOWN))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("view", ["ladder", "units", "chances", "clocks"])
def test_every_view_of_the_desk_is_drawn_and_scrolls_down_only(
    board: Board, open_page: Open, view: str, language: str
) -> None:
    desk = open_page(f"{board.address}/overdue?lang={language}&view={view}", width=1440, height=900)

    assert desk.evaluate(EMPTY) == []
    assert desk.evaluate("document.documentElement.scrollWidth") == 1440
    assert desk.locator(".choices .here").count() == 1


@pytest.mark.parametrize(
    ("view", "figure"),
    [
        ("ladder", ".rung .n a"),
        ("ladder", ".odtable .chip a"),
        ("ladder", ".ages a"),
        ("ladder", ".twofold .beside a"),
        ("units", ".odunits a[href^='/cases']"),
        ("units", ".odnarrow a"),
        ("clocks", ".odclocks td:nth-child(5) a"),
        ("clocks", ".odclocks td:nth-child(6) a"),
    ],
)
def test_a_figure_opens_exactly_its_cases(board: Board, open_page: Open, view: str, figure: str) -> None:
    page = open_page(f"{board.address}/overdue?lang=en&view={view}")
    link = page.locator(figure).first
    counted = link.inner_text().replace(",", "")
    link.click()

    page.wait_for_url("**/cases?*")
    heading = page.locator("main h1")
    heading.wait_for()
    found = re.search(r"[\d,]+", heading.inner_text())
    assert found
    assert found.group().replace(",", "") == counted


def test_another_view_is_one_click_away(board: Board, open_page: Open) -> None:
    desk = open_page(f"{board.address}/overdue")

    desk.locator(".choices a", has_text="各项时限").click()
    desk.wait_for_url("**view=clocks**")
    desk.locator(".odclocks").wait_for()

    expect(desk.locator(".odtable")).to_have_count(0)
    expect(desk.locator(".rung")).to_have_count(6, timeout=PATIENCE_MS)
