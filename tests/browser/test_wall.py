"""The wall: nothing scrolls, nothing is small, nothing is cut off and nothing lies over anything else."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.boards import Board
from tests.browser.conftest import EMPTY, Open

SCREENS = {(1920, 1080): 20, (3840, 2160): 40}
"""Width and height in pixels, and the smallest type on it."""

PAGES = ("/?wall=1", "/queues?wall=1", "/league?wall=1&group=town", "/league?wall=1&group=department")

TEXTS = Path(__file__).with_name("texts.js").read_text(encoding="utf8")

SPILT = """() => [...document.querySelectorAll('main *')]
  .filter(box => getComputedStyle(box).display !== 'inline' && !box.ownerSVGElement && box.clientWidth)
  .filter(box => [...box.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .filter(box => getComputedStyle(box).textOverflow !== 'ellipsis' && box.scrollWidth > box.clientWidth + 1)
  .map(box => box.innerText)"""

SHORTENED = """() => [...document.querySelectorAll('.tile .cut, .strip .cut')]
  .filter(box => box.scrollWidth > box.clientWidth)
  .map(box => box.innerText)"""
"""Facts of a tile and words of the strip that end in dots."""


@pytest.fixture(params=list(product(PAGES, SCREENS, ("zh", "en"))), ids=str)
def wall(request: pytest.FixtureRequest, board: Board, open_page: Open) -> Page:
    path, (width, height), language = request.param
    return open_page(f"{board.address}{path}&lang={language}", width=width, height=height)


def _size(page: Page) -> tuple[int, int]:
    assert page.viewport_size
    return page.viewport_size["width"], page.viewport_size["height"]


def test_the_wall_fits_and_can_be_read_from_afar(wall: Page) -> None:
    width, height = _size(wall)
    texts = wall.evaluate(TEXTS)

    assert wall.evaluate(EMPTY) == []
    root = "document.documentElement"
    assert wall.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]") == [width, height]
    assert _small(texts, SCREENS[width, height]) == []
    assert _outside(texts, width, height) == []
    assert [text["words"] for text in texts if text["cut"]] == []
    assert wall.evaluate(SPILT) == []
    assert wall.evaluate(SHORTENED) == []
    assert _overlapping(texts) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["/", "/queues"])
def test_the_desk_shortens_neither_tile_nor_strip(
    board: Board, open_page: Open, path: str, language: str
) -> None:
    desk = open_page(f"{board.address}{path}?lang={language}", width=1920, height=1080)

    assert desk.evaluate(SHORTENED) == []


def _small(texts: list[dict[str, Any]], least: int) -> list[tuple[str, float]]:
    return [(text["words"], text["size"]) for text in texts if text["size"] < least - 0.05]


def _outside(texts: list[dict[str, Any]], width: int, height: int) -> list[str]:
    return [text["words"] for text in texts if text["right"] > width + 1 or text["bottom"] > height + 1]


def _overlapping(texts: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes share more than a hair."""
    return [
        (one["words"], other["words"])
        for number, one in enumerate(texts)
        for other in texts[number + 1 :]
        if _shared(one, other, "left", "right") > 2 and _shared(one, other, "top", "bottom") > 2
    ]


def _shared(one: dict[str, Any], other: dict[str, Any], start: str, end: str) -> float:
    return float(min(one[end], other[end]) - max(one[start], other[start]))
