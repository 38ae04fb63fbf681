"""Whistles on the wall: a usual day, nine and none all fit, and a report is never told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import test_wall as walls
from tests.browser import whistle_city
from tests.browser.boards import Board
from tests.browser.conftest import Open
from tests.browser.whistle_city import QUIET

LANGUAGES = ("zh", "en")
SMALL, LARGE = walls.SCREENS


@pytest.fixture(scope="module")
def busy(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """Nine whistles under way, as many as stand without turning."""
    with whistle_city.serve(city, tmp_path_factory.mktemp("nine"), 9) as running:
        yield running


def open_wall(open_page: Open, board: Board, language: str, asked: str = "") -> Page:
    width, height = SMALL
    address = f"{board.address}/whistles?wall=1&lang={language}{asked}"
    return open_page(address, width=width, height=height)


def check(wall: Page, *screens: tuple[int, int]) -> None:
    """On each screen nothing scrolls, is small, is cut off, or lies over anything else."""
    for width, height in screens:
        wall.set_viewport_size({"width": width, "height": height})
        walls._check(wall)
        assert wall.evaluate(PAST_THE_LINE) == []


PAST_THE_LINE = """() => [...document.querySelectorAll('.wcalls li')]
  .filter(row => {
    const { left, width } = row.getBoundingClientRect();
    return [...row.querySelectorAll('.chip')]
      .some(chip => chip.getBoundingClientRect().right > left + width * 2 / 3 + 1);
  }).map(row => row.innerText)"""
"""Rows whose chips go beyond the line of the limit."""

SHEETS = """() => [...document.querySelectorAll('[data-turns]')]
  .map(book => [...book.children].map(sheet => sheet.checkVisibility()))"""

LISTS = """() => [...document.querySelectorAll('.wcalls')]
  .map(list => [...list.querySelectorAll('.about')].map(about => about.innerText))"""
"""What the rows of every list say, of those too that do not lie open."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whistles_of_a_usual_day_fit_both_walls(board: Board, open_page: Open, language: str) -> None:
    check(open_wall(open_page, board, language), SMALL, LARGE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_whistles_stand_without_turning(busy: Board, open_page: Open, language: str) -> None:
    wall = open_wall(open_page, busy, language)

    assert [len(rows) for rows in wall.evaluate(LISTS)] == [9]
    assert wall.evaluate(SHEETS) == []
    check(wall, SMALL, LARGE)


@pytest.mark.parametrize(("language", "said"), [("zh", "没有进行中的吹哨"), ("en", "No whistle open")])
def test_a_wall_without_whistles_says_so_in_the_same_place(
    busy: Board, open_page: Open, language: str, said: str
) -> None:
    wall = open_wall(open_page, busy, language, f"&as_of={QUIET.isoformat()}")

    assert said in wall.locator("main").inner_text()
    check(wall, SMALL, LARGE)


def test_a_whistle_opens_its_case_and_a_report_says_nothing(busy: Board, open_page: Open) -> None:
    wall = open_wall(open_page, busy, "zh")
    rows = wall.locator(".wcalls li")

    assert "压占道路0" in wall.locator("main").inner_text()
    assert "压占道路1" not in wall.content()
    assert rows.filter(has_text="（不公开）").count() == 1
    assert rows.filter(has_text="（不公开）").locator("a").count() == 0
    rows.locator(".about a").click()
    wall.wait_for_url("**/cases/*")
    wall.locator(".casehead").wait_for()
