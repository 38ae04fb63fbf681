"""The wall: nothing scrolls, nothing is small, nothing is cut off and nothing lies over anything else."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy import Connection, create_engine

from tests.browser import boards
from tests.browser.boards import Board
from tests.browser.conftest import EMPTY, Open
from tests.builders import add_callback, add_case, add_unit

SCREENS = {(1920, 1080): 20, (3840, 2160): 40}
"""Width and height in pixels, and the smallest type on it."""

PAGES = ("/?wall=1", "/queues?wall=1", "/league?wall=1&group=town", "/league?wall=1&group=department")

SPREAD, ALIKE = [0] * 20 + [8] * 20 + [20] * 20, [4, 3, 5, 2] * 14 + [18, 20, 16, 22]
"""Ratings of forty that are not satisfied, of each of sixty units."""

CROWDED = (
    "group=county", "group=county&start=2026-11-17T00:00&without=first,mostly", "group=public",
    "group=county&measure=response",
)  # fmt: skip
"""A group spread over all tiers, also with much said below; one hardly to be told apart; one of no cases."""

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

ELLIPSES = """() => [...document.querySelectorAll('.lwpage .cut')]
  .filter(box => box.scrollWidth > box.clientWidth)
  .map(box => box.innerText)"""
"""Names and sentences of the league that end in dots."""


@pytest.fixture(params=list(product(PAGES, SCREENS, ("zh", "en"))), ids=str)
def wall(request: pytest.FixtureRequest, board: Board, open_page: Open) -> Page:
    path, (width, height), language = request.param
    return open_page(f"{board.address}{path}&lang={language}", width=width, height=height)


@pytest.fixture(scope="module")
def crowded(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """A board of a city with sixty counties and sixty more public services, many of them with long names."""
    folder = tmp_path_factory.mktemp("crowded")
    url = f"sqlite:///{shutil.copy(city, folder / 'crowded.db')}"
    with create_engine(url).begin() as connection:
        _add_units(connection, "county", SPREAD)
        _add_units(connection, "public", ALIKE)
    with boards.serve(url, folder / "log.txt") as running:
        yield running


def _add_units(connection: Connection, group: str, bad: list[int]) -> None:
    for number, misses in enumerate(bad):
        unit = add_unit(connection, _name(number), unit_id=f"{group}{number:02}", unit_group=group)
        for call in range(40):
            at = boards.day(9, 0) - timedelta(days=2, minutes=call)
            rating = "dissatisfied" if call < misses else "satisfied"
            add_callback(connection, add_case(connection, at, is_valid=True), at, unit_id=unit, rating=rating)


def _name(number: int) -> str:
    ends = ("镇", "街道", "开发区管委会", "综合行政执法大队", "农业农村和水务局")
    return f"{'青柳白石玉云桐槐枫松竹兰梅荷莲'[number % 15]}{'溪河湖山'[number // 15]}{ends[number % 5]}"


def _size(page: Page) -> tuple[int, int]:
    assert page.viewport_size
    return page.viewport_size["width"], page.viewport_size["height"]


def test_the_wall_fits_and_can_be_read_from_afar(wall: Page) -> None:
    _check(wall)


@pytest.mark.parametrize(("asked", "size", "language"), list(product(CROWDED, SCREENS, ("zh", "en"))))
def test_a_group_of_sixty_fits_the_wall_too(
    crowded: Board, open_page: Open, asked: str, size: tuple[int, int], language: str
) -> None:
    width, height = size
    address = f"{crowded.address}/league?wall=1&lang={language}&{asked}"

    page = open_page(address, width=width, height=height)

    _check(page)
    assert page.evaluate(ELLIPSES) == []


def _check(wall: Page) -> None:
    """Nothing scrolls, is small, is cut off, or lies over anything else."""
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
