"""Sixty whistles on the wall: who presses stays, the others turn over by themselves, and all of it fits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import whistle_city
from tests.browser.boards import Board
from tests.browser.conftest import Open
from tests.browser.test_whistles_wall import LANGUAGES, LARGE, LISTS, SHEETS, SMALL, check, open_wall

SECONDS = 10
"""Between two sheets."""


@pytest.fixture(scope="module")
def crowded(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """A board of the same city with sixty whistles under way, from just blown to hours late."""
    with whistle_city.serve(city, tmp_path_factory.mktemp("sixty"), 60) as running:
        yield running


ALL_AT = """at => [...document.querySelectorAll('[data-turns]')].map(book => [...book.children])
  .every(sheets => sheets.every((sheet, place) => sheet.hidden !== (place === at % sheets.length)))"""

WATCH = """() => {
  window.opened = new Set();
  const look = () => {
    for (const book of document.querySelectorAll('div[data-turns]'))
      window.opened.add([...book.children].findIndex(sheet => !sheet.hidden));
    requestAnimationFrame(look);
  };
  look();
}"""
"""Notes from now on, picture by picture, which sheet lies open."""

REFRESH = """() => {
  const drawn = document.querySelector('.wcalls');
  window.dash_clientside.set_props('frame-wake', { data: Math.random() });
  return new Promise(done => {
    const look = () => drawn.isConnected ? requestAnimationFrame(look) : requestAnimationFrame(done);
    look();
  });
}"""
"""Has everything asked for and drawn anew, as a tab does that wakes up; over when it has been painted."""


def _turn_to(wall: Page, turn: int) -> None:
    wall.clock.set_fixed_time(turn * SECONDS)
    wall.wait_for_function(ALL_AT, arg=turn)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sixty_whistles_fit_both_walls_on_every_sheet(crowded: Board, open_page: Open, language: str) -> None:
    wall = open_wall(open_page, crowded, language)

    for turn in (0, 5, 11):
        _turn_to(wall, turn)
        check(wall, SMALL, LARGE)


def test_who_presses_most_stays_while_all_others_turn_over(crowded: Board, open_page: Open) -> None:
    wall = open_wall(open_page, crowded, "zh")
    staying, *turning = wall.evaluate(LISTS)

    assert [len(staying), *map(len, turning)] == [4, *[5] * 11, 1]
    assert len({*staying, *(row for rows in turning for row in rows)}) == 60
    for turn in (0, 1, 11, 12):
        _turn_to(wall, turn)
        assert wall.locator(".wcalls").first.is_visible()
        assert [book.index(True) for book in wall.evaluate(SHEETS)] == [turn % 12] * 2
        assert [sum(book) for book in wall.evaluate(SHEETS)] == [1, 1]


def test_a_refresh_keeps_the_sheet_that_lies_open_and_so_does_a_pause(
    crowded: Board, open_page: Open
) -> None:
    wall = open_wall(open_page, crowded, "zh")
    _turn_to(wall, 5)
    wall.evaluate(WATCH)

    wall.evaluate(REFRESH)
    wall.keyboard.press(" ")
    wall.clock.set_fixed_time(7 * SECONDS)
    wall.evaluate(REFRESH)

    assert wall.evaluate("[...window.opened]") == [5]
    wall.keyboard.press(" ")
    wall.wait_for_function(ALL_AT, arg=7)
