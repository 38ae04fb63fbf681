"""Whistles at the desk in a real browser: it fits, and every figure is as long as the list it opens."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser import test_wall as walls
from tests.browser.boards import Board
from tests.browser.conftest import EMPTY, Open


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_desk_shortens_no_tile_and_scrolls_down_only(
    board: Board, open_page: Open, language: str
) -> None:
    desk = open_page(f"{board.address}/whistles?lang={language}", width=1440, height=900)

    assert desk.evaluate(EMPTY) == []
    assert desk.evaluate(walls.SHORTENED) == []
    assert desk.evaluate("document.documentElement.scrollWidth") == 1440
    assert desk.evaluate("document.documentElement.scrollHeight") > 900


def test_every_figure_is_as_long_as_the_list_it_opens(board: Board, open_page: Open) -> None:
    page = open_page(f"{board.address}/whistles")
    links = page.locator("main a[href^='/whistles/list']").all()
    figures = {link.get_attribute("href") or "": link.inner_text() for link in links}

    assert {_set(href) for href in figures} >= SETS
    counts = {href: _count(page, board, href) for href in figures}
    assert {href: int(re.sub(r"\D", "", said)) for href, said in figures.items()} == counts


SETS = {
    *("late", "under_way", "arrived", "summoned", "today", "pairs", "pairs_kept", "whole", "whole_kept"),
    *("rated_town", "rated_unit", "good_town", "accepted", "signed_off"),
}
"""Some of the sets that the figures of a usual day open."""


def _set(href: str) -> str:
    found = re.search(r"set=(\w+)", href)
    return found[1] if found else ""


def _count(page: Page, board: Board, href: str) -> int:
    answer = page.request.get(f"{board.address}/data/whistles/count.json?{urlsplit(href).query}")
    return int(answer.json()[0]["rows"])


@pytest.mark.parametrize("figure", [".tile .fig a", ".wunits a[href*='pairs_kept']"])
def test_a_figure_opens_its_list(board: Board, open_page: Open, figure: str) -> None:
    page = open_page(f"{board.address}/whistles?lang=en")
    link = page.locator(figure).first
    counted = link.inner_text()
    link.click()

    page.wait_for_url("**/whistles/list?*")
    heading = page.locator("main h1")
    heading.wait_for()
    assert re.search(r"\d+", heading.inner_text().replace(",", ""))[0] == counted  # type: ignore[index]
    page.wait_for_function(
        "rows => document.querySelectorAll('.ag-center-cols-container .ag-row').length === rows",
        arg=int(counted),
    )
